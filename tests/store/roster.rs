//! The roster as decisions leave it, and what a window of requests is shown of it.

use std::collections::{BTreeMap, BTreeSet};

use baoming::reading::{Evidence, Field, field};
use baoming::roster::{
    Action, NoLetter, Registration, Spill, Status, Step, Task, TaskKind, Verdict, Wants,
};
use baoming::store::{Decided, Error, LedgerState, RegistrationFilter, Standing};

use crate::desk::{
    arrival, citizen, decided, event, minutes_after_opening, on_both, opening, order_key, record,
    registration, standing,
};

/// Two confirmed (1, 2), one reserved seat (3), three in line (4, 5 with a reserved place, 6), one
/// cancelled (7).
fn people() -> Vec<Registration> {
    let mut people: Vec<Registration> = [
        Status::Confirmed,
        Status::Confirmed,
        Status::Review,
        Status::Waitlisted,
        Status::Incomplete,
        Status::Waitlisted,
        Status::Cancelled,
    ]
    .into_iter()
    .zip(1..)
    .map(|(status, n)| registration(n, status))
    .collect();
    people[2].seat = true;
    people[4].hold_until = Some(minutes_after_opening(60));
    people
}

fn numbers(standings: &[Standing]) -> Vec<u32> {
    standings.iter().map(|one| one.registration.serial).collect()
}

on_both! {
    async fn a_registration_comes_back_as_it_was_recorded(desk) {
        let mut one = registration(1, Status::Incomplete);
        let id_number = Field {
            value: "642223199001011234".into(),
            evidence: Evidence { document: "正文".into(), place: "第3行".into(), quote: "…".into() },
        };
        one.person.insert(field::ID_NUMBER.into(), id_number);
        one.category = None;
        one.seat = true;
        one.hold_until = Some(minutes_after_opening(7));
        one.attended = Some(false);
        one.message = Some("M1".into());
        one.key.place = 2;
        record(desk, &event(5), &[standing(std::slice::from_ref(&one))]).await;
        let found = desk.store.registration("xj21-001 ").await.unwrap().unwrap();
        assert_eq!(found, Standing { registration: one.clone(), position: None, received: one.key.arrived });
        assert_eq!(desk.store.registration("XJ21-002").await.unwrap(), None);

        // A later step changes it in place; its number and its making stay.
        let mut later = one.clone();
        later.status = Status::Confirmed;
        later.category = Some("supervisor".into());
        (later.hold_until, later.attended, later.email) = (None, None, None);
        later.changed = minutes_after_opening(9);
        record(desk, &event(5), &[standing(std::slice::from_ref(&later))]).await;
        let mut work = desk.store.work().await.unwrap();
        assert_eq!(work.registration("XJ21-001").await.unwrap(), Some(later));
    }
}

on_both! {
    async fn a_list_is_in_order_with_positions_and_can_be_narrowed(desk) {
        let mut people = people();
        people.reverse();
        people[0].changed = minutes_after_opening(99);
        record(desk, &event(3), &[standing(&people)]).await;
        let all = desk.store.registrations(&RegistrationFilter::default()).await.unwrap();
        assert_eq!(numbers(&all), [1, 2, 3, 4, 5, 6, 7]);
        let positions: Vec<_> = all.iter().map(|one| one.position).collect();
        assert_eq!(positions, [None, None, None, Some(1), Some(2), Some(3), None]);
        assert_eq!(desk.store.registration("XJ21-006").await.unwrap().unwrap().position, Some(3));

        let narrowed = |filter: RegistrationFilter| async move {
            numbers(&desk.store.registrations(&filter).await.unwrap())
        };
        let none = RegistrationFilter::default;
        let waitlisted = Some(Status::Waitlisted);
        assert_eq!(narrowed(RegistrationFilter { status: waitlisted, ..none() }).await, [4, 6]);
        let category = Some("supervisor".to_owned());
        assert_eq!(narrowed(RegistrationFilter { category, ..none() }).await, [0_u32; 0]);
        let event = Some("xiji-open-day".to_owned());
        assert_eq!(narrowed(RegistrationFilter { event, ..none() }).await.len(), 7);
        let changed_since = Some(minutes_after_opening(99));
        assert_eq!(narrowed(RegistrationFilter { changed_since, ..none() }).await, [7]);
    }
}

on_both! {
    async fn a_board_counts_seats_and_shows_the_head_of_the_line(desk) {
        record(desk, &event(3), &[standing(&people())]).await;
        let mut work = desk.store.work().await.unwrap();
        let board = work.board(&event(3), &Wants::default()).await.unwrap();
        let tally = board.tallies["representative"];
        assert_eq!((tally.confirmed, tally.reserved, tally.waiting), (2, 1, 3));
        let head: Vec<u32> = board.heads["representative"].iter().map(|one| one.serial).collect();
        assert_eq!(head, [4, 5, 6]);
        assert!(board.whole_line["representative"] && board.whole_line["supervisor"]);
        assert_eq!(board.next_serial, 8);
        assert_eq!((board.known.len(), board.ahead.len()), (0, 0));
    }
}

on_both! {
    async fn whoever_is_on_another_categorys_place_is_on_the_board_where_places_are_lent(desk) {
        let mut event = event(5);
        let mut one = registration(1, Status::Confirmed);
        one.place_of = one.category.replace("another".to_owned());
        record(desk, &event, &[standing(std::slice::from_ref(&one))]).await;
        for (spill, lent) in [(false, vec![]), (true, vec![one])] {
            event.rules.spill = spill.then(|| Spill { from: opening(), to: "another".to_owned() });
            let mut work = desk.store.work().await.unwrap();
            assert_eq!(work.board(&event, &Wants::default()).await.unwrap().lent, lent);
        }
    }
}

on_both! {
    async fn a_board_knows_whom_the_window_may_mean(desk) {
        let mut people = people();
        let id_number = Field { value: "642223199001011234".into(), evidence: Evidence::default() };
        people[6].person.insert(field::ID_NUMBER.into(), id_number);
        record(desk, &event(3), &[standing(&people)]).await;
        let wants = Wants {
            id_numbers: ["642223199001011234".into()].into(),
            name_phones: [
                ("公民1".into(), "13900000001".into()),
                ("公民1".into(), "13900000002".into()),
            ]
            .into(),
            numbers: ["XJ21-004".into(), "XJ21-999".into()].into(),
            emails: [citizen(5), citizen(3), citizen(77)].into(),
            ..Wants::default()
        };
        let mut work = desk.store.work().await.unwrap();
        let board = work.board(&event(3), &wants).await.unwrap();
        let known: BTreeSet<u32> = board.known.values().map(|one| one.serial).collect();
        assert_eq!(known, [1, 3, 4, 5, 7].into());
        assert_eq!(board.known["R00007"], people[6]);
        let reserved: BTreeMap<_, _> = [(citizen(3), 1), (citizen(5), 1)].into();
        assert_eq!(board.sender_reserved, reserved);
        // Those in line that are known have their place counted, and whoever may yet join it.
        let ahead: Vec<_> = board.ahead.into_iter().map(|((_, key), n)| (key.uid, n)).collect();
        assert_eq!(ahead, [(3, 0), (4, 0), (5, 1)]);
    }
}

on_both! {
    async fn a_key_from_the_past_is_told_how_many_stand_before_it(desk) {
        // A line that is longer than any head: 60 people after three places.
        let people: Vec<_> = (1..=63)
            .map(|n| registration(n, if n <= 3 { Status::Confirmed } else { Status::Waitlisted }))
            .collect();
        record(desk, &event(3), &[standing(&people)]).await;
        let mut between = order_key(23);
        between.uid = 1000;
        let behind = order_key(500);
        let wants = Wants {
            keys: [between.clone(), behind, order_key(1)].into(),
            numbers: ["XJ21-063".into()].into(),
            heads: 2,
            ..Wants::default()
        };
        let mut work = desk.store.work().await.unwrap();
        let board = work.board(&event(3), &wants).await.unwrap();
        assert!(!board.whole_line["representative"]);
        // The two that are wanted and a reserve.
        assert_eq!(board.heads["representative"].len(), 2 + 24);
        let category = "representative".to_owned();
        let expected = [
            ((category.clone(), order_key(1)), 0),
            ((category.clone(), between), 20),
            ((category, order_key(63)), 59),
        ];
        assert_eq!(board.ahead, expected.into());
    }
}

on_both! {
    async fn holds_that_ended_are_found_in_order(desk) {
        let mut people = people();
        people[4].hold_until = Some(minutes_after_opening(60));
        people[2].status = Status::Incomplete;
        people[2].hold_until = Some(minutes_after_opening(61));
        record(desk, &event(3), &[standing(&people)]).await;
        let mut work = desk.store.work().await.unwrap();
        for (minutes, expected) in [(59, vec![]), (60, vec![5]), (61, vec![3, 5])] {
            let now = minutes_after_opening(minutes);
            let lapsed = work.lapsed_holds(&event(3), now, false).await.unwrap();
            let lapsed: Vec<u32> = lapsed.iter().map(|one| one.serial).collect();
            assert_eq!(lapsed, expected, "after {minutes} minutes");
        }
    }
}

on_both! {
    async fn more_confirmed_than_the_quota_is_refused_and_nothing_is_written(desk) {
        record(desk, &event(2), &[standing(&[registration(1, Status::Confirmed)])]).await;
        let ids = desk.take_in(&[arrival(1, 1, "a")]).await;
        let two = [registration(2, Status::Confirmed), registration(3, Status::Confirmed)];
        let mut work = desk.store.work().await.unwrap();
        work.event(&event(2)).await.unwrap();
        let decision = Decided {
            verdict: standing(&two).verdict,
            ..decided(&ids[0], LedgerState::Done)
        };
        let refused = work.record(&event(2), &[decision]).await.unwrap_err();
        assert!(matches!(refused, Error::OverQuota { quota: 2, confirmed: 3, .. }), "{refused}");
        assert!(work.commit().await.is_err());
        let all = desk.store.registrations(&RegistrationFilter::default()).await.unwrap();
        assert_eq!(numbers(&all), [1]);
        assert_eq!(desk.store.undecided(10).await.unwrap().len(), 1);
        assert_eq!(desk.store.decisions(0, 10).await.unwrap().len(), 1);
    }
}

on_both! {
    async fn a_quota_below_what_is_confirmed_is_refused_by_name(desk) {
        let two = [registration(1, Status::Confirmed), registration(2, Status::Confirmed)];
        record(desk, &event(2), &[standing(&two)]).await;
        let mut work = desk.store.work().await.unwrap();
        let refused = work.event(&event(1)).await.unwrap_err().to_string();
        assert!(refused.contains("`representative` cannot be 1, 2 places"), "{refused}");
        drop(work);
        let mut without = event(5);
        without.categories.pop();
        let mut work = desk.store.work().await.unwrap();
        assert!(work.event(&without).await.is_err());
        drop(work);
        // A larger one is taken over at once.
        let third = [registration(3, Status::Confirmed)];
        record(desk, &event(3), &[standing(&third)]).await;
    }
}

on_both! {
    async fn a_work_that_is_dropped_leaves_nothing(desk) {
        let ids = desk.take_in(&[arrival(1, 1, "a")]).await;
        let mut work = desk.store.work().await.unwrap();
        work.event(&event(2)).await.unwrap();
        let decision = Decided {
            verdict: standing(&[registration(1, Status::Confirmed)]).verdict,
            ..decided(&ids[0], LedgerState::Done)
        };
        work.record(&event(2), &[decision]).await.unwrap();
        assert_eq!(work.undecided(10).await.unwrap(), []);
        drop(work);
        assert_eq!(desk.store.undecided(10).await.unwrap().len(), 1);
        assert_eq!(desk.store.registrations(&RegistrationFilter::default()).await.unwrap(), []);
        // The number was never given.
        let mut work = desk.store.work().await.unwrap();
        assert_eq!(work.board(&event(2), &Wants::default()).await.unwrap().next_serial, 1);
    }
}

on_both! {
    async fn a_window_is_recorded_in_order_with_its_journal(desk) {
        let ids = desk.take_in(&[arrival(1, 1, "a"), arrival(2, 2, "b"), arrival(3, 3, "c")]).await;
        let settings = desk.store.keep_settings("{\"quota\":2}").await.unwrap();
        assert_eq!(desk.store.keep_settings("{\"quota\":2}").await.unwrap(), settings);
        let kept = desk.store.settings(&settings).await.unwrap();
        assert_eq!(kept.as_deref(), Some("{\"quota\":2}"));
        assert_eq!(desk.store.settings("unknown").await.unwrap(), None);

        // The second message gives the place of the first back: one row, two steps.
        let mut given_back = registration(1, Status::Cancelled);
        given_back.reason = "withdrawn".into();
        let step = Step { action: Action::Cancelled, after: given_back, why: "withdrawn" };
        let window = [
            Decided {
                verdict: standing(&[registration(1, Status::Confirmed)]).verdict,
                settings: settings.clone(),
                ..decided(&ids[0], LedgerState::Done)
            },
            Decided {
                verdict: Verdict { steps: vec![step], ..Verdict::default() },
                ..decided(&ids[1], LedgerState::Done)
            },
            Decided {
                verdict: Verdict { no_letter: Some(NoLetter::NoAddress), ..Verdict::default() },
                ..decided(&ids[2], LedgerState::Ignored)
            },
        ];
        record(desk, &event(2), &window).await;
        let journal = desk.store.decisions(0, 10).await.unwrap();
        let told: Vec<_> = journal.iter().map(|row| (row.seq, row.source.clone())).collect();
        let source = |at: usize| format!("message:{}", ids[at]);
        assert_eq!(told, [(1, source(0)), (2, source(1)), (3, source(2))]);
        assert_eq!(journal[0].settings, settings);
        assert_eq!(journal[2].no_letter, Some(NoLetter::NoAddress));
        assert_eq!(desk.store.decisions(2, 10).await.unwrap(), journal[2..]);
        let found = desk.store.registration("XJ21-001").await.unwrap().unwrap();
        assert_eq!(found.registration.status, Status::Cancelled);
        assert_eq!(found.registration.reason, "withdrawn");
    }
}

on_both! {
    async fn a_task_stays_open_until_a_decision_or_a_clerk_settles_it(desk) {
        let ids = desk.take_in(&[arrival(1, 1, "a"), arrival(2, 2, "b")]).await;
        let task = |kind, registration: Option<&str>| Task {
            kind,
            registration: registration.map(str::to_owned),
            reasons: vec!["身份证号与姓名不符".into()],
        };
        let review = Decided {
            verdict: Verdict {
                tasks: vec![task(TaskKind::Review, Some("R00001")), task(TaskKind::Inquiry, None)],
                ..standing(&[registration(1, Status::Review)]).verdict
            },
            ..decided(&ids[0], LedgerState::Done)
        };
        record(desk, &event(2), std::slice::from_ref(&review)).await;
        let open = desk.store.open_tasks().await.unwrap();
        assert_eq!((open[0].number, open[0].kind), (1, TaskKind::Review));
        assert_eq!(open[0].registration.as_deref(), Some("XJ21-001"));
        assert_eq!(open[0].event.as_deref(), Some("xiji-open-day"));
        assert_eq!(open[0].message.as_ref().unwrap().id, ids[0]);
        assert_eq!(open[1].reasons, ["身份证号与姓名不符"]);

        // Settles what was open and opens its own for the same person: that one stays.
        let settles = Decided {
            verdict: Verdict {
                settles: vec!["R00001".into()],
                tasks: vec![task(TaskKind::Change, Some("R00001"))],
                ..Verdict::default()
            },
            ..decided(&ids[1], LedgerState::Done)
        };
        record(desk, &event(2), &[settles]).await;
        let kinds = |open: &[baoming::store::TaskRow]| open.iter().map(|one| one.kind).collect::<Vec<_>>();
        let open = desk.store.open_tasks().await.unwrap();
        assert_eq!(kinds(&open), [TaskKind::Inquiry, TaskKind::Change]);
        assert!(desk.store.close_task("2", "clerk").await.unwrap());
        assert!(!desk.store.close_task("2", "clerk").await.unwrap());
        assert!(desk.store.close_task(&open[1].id, "clerk").await.unwrap());
        assert_eq!(desk.store.open_tasks().await.unwrap(), []);

        // Within one window, too, a later decision settles what an earlier one opened.
        let again = Decided { verdict: Verdict { settles: vec!["R00001".into()], ..Verdict::default() }, ..standing(&[]) };
        record(desk, &event(2), &[Decided { source: review.source.clone(), ..review }, again]).await;
        assert_eq!(kinds(&desk.store.open_tasks().await.unwrap()), [TaskKind::Inquiry]);
        assert_eq!(desk.store.health(opening()).await.unwrap().open_tasks, 1);
    }
}
