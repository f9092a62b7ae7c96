//! The waiting list: its end, offers with a deadline, unused places, second wishes.

use std::time::Duration;

use baoming::message::Trust;
use baoming::reading::{Brief, Kind};
use baoming::roster::*;
use jiff::civil::Time;

use crate::roll::*;

/// Three representatives have places, `people` in all asked.
fn with(rules: Rules, people: u64) -> Roll {
    let mut roll = Roll::new(Event { rules, ..event() });
    (1..=people).for_each(|n| drop(roll.decide(&asks(n))));
    roll
}

fn offers(hours: u64, quiet: bool) -> Rules {
    let quiet = quiet.then(|| (Time::constant(22, 0, 0, 0), Time::constant(7, 0, 0, 0)));
    let offer = Some(Offer { lasts: Duration::from_hours(hours), quiet });
    let promotion = Promotion { offer, last: Duration::from_hours(24), late: true };
    Rules { promotion, ..Rules::default() }
}

fn gives_back(n: u64, at: u64) -> Request {
    mail(Kind::Cancellation, &format!("p{n}@163.com"), at, &[])
}

fn says_yes(n: u64, at: u64) -> Request {
    let mut yes = mail(Kind::Registration, &format!("p{n}@163.com"), at, &[]);
    yes.reading.accepts = true;
    yes
}

#[test]
fn a_place_that_falls_free_is_offered_to_the_first_in_line_and_held() {
    let mut roll = with(offers(24, false), 5);
    let verdict = roll.decide(&gives_back(1, 60));
    let until = at("2021-09-14T09:30:00+08:00");
    assert_eq!(verdict.letters[1].to, email("p4@163.com"));
    assert_eq!(verdict.letters[1].items[0].outcome, Outcome::Offered { until });
    assert_eq!(verdict.steps[1].action, Action::Offered);
    assert!(roll.nth(4).offered() && roll.nth(4).takes_seat());
    assert_eq!(roll.tally("representative"), Tally { confirmed: 2, reserved: 1, waiting: 1 });
    assert_eq!(outcomes(&roll.decide(&asks(70))), [Outcome::Waitlisted { position: 2 }]);
}

#[test]
fn a_plain_yes_takes_the_offered_place_and_a_no_gives_it_to_the_next() {
    let mut roll = with(offers(24, false), 5);
    roll.decide(&gives_back(1, 60));
    assert_eq!(outcomes(&roll.decide(&says_yes(4, 70))), [Outcome::Confirmed]);
    assert_eq!((roll.nth(4).status, roll.nth(4).seat), (Status::Confirmed, false));
    roll.decide(&gives_back(2, 80));
    assert!(roll.nth(5).offered());
    let verdict = roll.decide(&gives_back(5, 90));
    assert_eq!(verdict.steps[0].why, "declined");
    assert_eq!(verdict.steps.len(), 1, "nobody else waits, and who declined is not asked again");
    assert_eq!(outcomes(&roll.decide(&asks(95))), [Outcome::Confirmed]);
}

#[test]
fn a_word_takes_or_declines_for_all_whom_the_letter_was_about_and_nobody_else() {
    let brief = |brief, at| {
        let mut said = mail(Kind::Inquiry, "f@163.com", at, &[]);
        said.reading.brief = Some(brief);
        said
    };
    for (answer, expected) in [(Brief::Yes, Status::Confirmed), (Brief::No, Status::Cancelled)] {
        let mut roll = with(offers(24, false), 3);
        let family = [someone(4), someone(5)];
        roll.decide(&mail(Kind::Registration, "f@163.com", 10, &family));
        (1..=2).for_each(|n| drop(roll.decide(&gives_back(n, 60 + n))));
        assert!(roll.nth(4).offered() && roll.nth(5).offered());
        roll.decide(&brief(answer, 70));
        assert_eq!((roll.nth(4).status, roll.nth(5).status), (expected, expected));
        assert_eq!(roll.nth(3).status, Status::Confirmed);
        assert!(roll.tasks.is_empty(), "{:?}", roll.tasks);
    }
}

#[test]
fn a_word_about_one_registration_of_an_address_does_nothing_to_another() {
    let brief = |kind, brief, number: Option<&str>| {
        let mut said = mail(kind, "p3@163.com", 70, &[]);
        said.reading.brief = Some(brief);
        said.refers_to.extend(number.map(str::to_owned));
        said
    };
    let both = || {
        let mut roll = with(offers(24, false), 3);
        roll.decide(&mail(Kind::Registration, "p3@163.com", 10, &[someone(4)]));
        roll.decide(&gives_back(1, 60));
        assert!(roll.nth(4).offered());
        roll
    };
    // About the one that has a place: the offer is left alone.
    let mut roll = both();
    roll.decide(&brief(Kind::Inquiry, Brief::Yes, Some("XJ21-003")));
    assert!(roll.nth(4).offered());
    roll.decide(&brief(Kind::Cancellation, Brief::No, Some("XJ21-003")));
    assert_eq!(roll.nth(3).status, Status::Cancelled);
    assert!(roll.nth(4).offered());
    // About the offer.
    let mut roll = both();
    roll.decide(&brief(Kind::Cancellation, Brief::No, Some("XJ21-004")));
    assert_eq!((roll.nth(3).status, roll.nth(4).status), (Status::Confirmed, Status::Cancelled));
    // Nobody knows about whom: a no goes to a clerk, a yes can only mean the offer.
    let mut roll = both();
    roll.decide(&brief(Kind::Cancellation, Brief::No, None));
    assert_eq!(roll.nth(3).status, Status::Confirmed);
    assert!(roll.nth(4).offered() && roll.tasks[0].reasons[0].contains("哪一位"));
    roll.decide(&brief(Kind::Inquiry, Brief::Yes, None));
    assert_eq!(roll.nth(4).status, Status::Confirmed);
}

#[test]
fn two_who_answer_too_late_begin_anew_one_behind_the_other() {
    let mut roll = with(offers(24, false), 3);
    roll.decide(&mail(Kind::Registration, "f@163.com", 10, &[someone(4)]));
    roll.decide(&mail(Kind::Registration, "f@163.com", 11, &[someone(5)]));
    (1..=2).for_each(|n| drop(roll.decide(&gives_back(n, 60 + n))));
    roll.lapse(at("2021-09-15T10:00:00+08:00"));
    (6..=7).for_each(|n| drop(roll.decide(&asks(n * 1000))));
    let mut late = mail(Kind::Inquiry, "f@163.com", 9000, &[]);
    late.reading.brief = Some(Brief::Yes);
    roll.decide(&late);
    let keys: Vec<_> = [8, 9].map(|serial| roll.nth(serial).key.clone()).into();
    assert!(keys[0] < keys[1], "{keys:?}");
}

#[test]
fn whoever_takes_an_offer_too_late_and_is_there_by_telephone_does_not_begin_anew() {
    let mut roll = with(offers(24, false), 4);
    roll.decide(&gives_back(1, 60));
    roll.lapse(at("2021-09-15T10:00:00+08:00"));
    let add =
        OrderKind::Add { channel: Channel::Phone, person: someone(4), email: None, away: false };
    roll.direct(&order(5000, add)).unwrap();
    let mut late = mail(Kind::Inquiry, "p4@163.com", 9000, &[]);
    late.reading.brief = Some(Brief::Yes);
    roll.decide(&late);
    assert_eq!(roll.all.len(), 5, "nobody is there twice");
}

#[test]
fn whoever_writes_again_in_full_takes_the_offer_as_well() {
    let mut roll = with(offers(24, false), 4);
    roll.decide(&gives_back(1, 60));
    let again = Request { cause: Cause::Message("m61".into()), ..asks(4) };
    let again = Request { arrived: key(at("2021-09-13T12:00:00+08:00"), 61), ..again };
    assert_eq!(outcomes(&roll.decide(&again)), [Outcome::Confirmed]);
}

#[test]
fn an_offer_that_is_not_answered_goes_to_the_next_and_asking_again_begins_at_the_end() {
    let mut roll = with(offers(24, false), 6);
    roll.decide(&gives_back(1, 60));
    let verdicts = roll.lapse(at("2021-09-14T09:30:00+08:00"));
    assert_eq!(verdicts[0].letters[0].items[0].outcome, Outcome::OfferExpired);
    assert_eq!(
        (roll.nth(4).status, roll.nth(4).reason.as_str()),
        (Status::Cancelled, "offer-expired")
    );
    assert!(roll.nth(5).offered(), "the next is asked");
    let mut late = says_yes(4, 2000);
    late.refers_to = vec!["XJ21-004".to_owned()];
    let verdict = roll.decide(&late);
    assert_eq!(outcomes(&verdict), [Outcome::Waitlisted { position: 2 }]);
    assert_eq!(verdict.letters[0].items[0].remarks, [Note::Anew]);
    assert_eq!(verdict.letters[0].items[0].number.as_deref(), Some("XJ21-007"));
}

#[test]
fn an_answer_after_the_deadline_is_late_whether_or_not_anybody_looked_at_the_clock() {
    let mut roll = with(offers(24, false), 6);
    roll.decide(&gives_back(1, 60));
    let verdict = roll.decide(&says_yes(4, 24 * 60 + 61));
    assert_eq!(verdict.steps[0].why, "offer-expired");
    assert!(roll.nth(5).offered(), "the place goes to the next first");
    assert_eq!(outcomes(&verdict), [Outcome::Waitlisted { position: 2 }]);
}

#[test]
fn an_answer_that_is_not_certain_goes_to_the_staff_and_the_place_stays_held() {
    let mut roll = with(offers(24, false), 4);
    roll.decide(&gives_back(1, 60));
    let mut forged = says_yes(4, 70);
    forged.sender.trust = Trust::Failed;
    let verdict = roll.decide(&forged);
    assert_eq!((verdict.steps.len(), verdict.tasks[0].kind), (0, TaskKind::Offer));
    let stranger = Request { refers_to: vec!["XJ21-004".to_owned()], ..says_yes(9, 71) };
    roll.decide(&stranger);
    assert!(roll.nth(4).offered(), "a number alone opens nothing");
}

#[test]
fn whoever_has_no_address_is_called_and_the_clerk_enters_the_answer() {
    for (kind, expected) in [
        (OrderKind::Approve { number: "XJ21-004".into(), set: Person::new() }, Status::Confirmed),
        (
            OrderKind::Promote { number: "XJ21-004".into(), reason: "本人同意".into() },
            Status::Confirmed,
        ),
        (
            OrderKind::Cancel { number: "XJ21-004".into(), reason: "本人不来".into() },
            Status::Cancelled,
        ),
    ] {
        let mut roll = with(offers(24, false), 3);
        let add = OrderKind::Add {
            channel: Channel::Phone,
            person: someone(9),
            email: None,
            away: false,
        };
        roll.direct(&order(10, add)).unwrap();
        let verdict = roll.decide(&gives_back(1, 60));
        assert_eq!(verdict.tasks[0].kind, TaskKind::Offer);
        assert!(verdict.tasks[0].reasons[0].contains("9月14日9:30"), "{:?}", verdict.tasks[0]);
        let verdict = roll.direct(&order(70, kind)).unwrap();
        assert_eq!(roll.nth(4).status, expected);
        assert!(verdict.settles.contains(&roll.nth(4).id), "the task is done");
    }
}

#[test]
fn quiet_hours_do_not_count_and_no_offer_is_sent_in_them() {
    let (night, zone) = (offers(10, true).promotion.offer.unwrap(), event().zone);
    let until = |from: &str| night.until(at(from), &zone).to_zoned(zone.clone()).to_string();
    assert!(until("2021-09-14T08:00:00+08:00").starts_with("2021-09-14T18:00:00+08:00"));
    assert!(until("2021-09-14T15:00:00+08:00").starts_with("2021-09-15T10:00:00+08:00"));
    assert!(until("2021-09-14T23:30:00+08:00").starts_with("2021-09-15T17:00:00+08:00"));
    assert!(until("2021-09-15T03:00:00+08:00").starts_with("2021-09-15T17:00:00+08:00"));
    let mut roll = with(offers(10, true), 4);
    let verdict = roll.decide(&gives_back(1, 14 * 60));
    let letter = &verdict.letters[1];
    assert_eq!(letter.not_before, Some(at("2021-09-14T07:00:00+08:00")));
    assert!(roll.nth(4).offered(), "the place is held at once all the same");
    let by_day = with(offers(10, true), 4).decide(&gives_back(1, 60));
    assert_eq!(by_day.letters[1].not_before, None);
}

#[test]
fn an_offer_needs_its_whole_time_before_the_last_moment_for_offers() {
    let late = |late| {
        let mut rules = offers(24, false);
        rules.promotion.late = late;
        let mut roll = with(rules, 4);
        let mut gone = gives_back(1, 60);
        gone.arrived = key(at("2021-09-26T10:00:00+08:00"), 60);
        roll.decide(&gone);
        roll.nth(4).clone()
    };
    assert_eq!(late(true).status, Status::Confirmed, "too short for an offer: given at once");
    assert!(late(false).in_line(), "or left to the staff");
}

#[test]
fn beyond_its_end_the_line_takes_nobody_and_says_so_kindly() {
    let rules = Rules { waitlist: Some(2), ..Rules::default() };
    let mut roll = with(rules, 5);
    let verdict = roll.decide(&asks(6));
    assert_eq!(outcomes(&verdict), [Outcome::LineFull]);
    assert_eq!((roll.nth(6).status, roll.nth(6).reason.as_str()), (Status::Refused, "line-full"));
    let add =
        OrderKind::Add { channel: Channel::Phone, person: someone(9), email: None, away: false };
    assert_eq!(
        roll.direct(&order(50, add)).unwrap_err(),
        Refusal::LineFull("企业及群众代表".to_owned())
    );
    roll.decide(&gives_back(4, 51));
    assert_eq!(
        outcomes(&roll.decide(&mail(Kind::Registration, "p6@163.com", 60, &[someone(6)]))),
        [Outcome::Waitlisted { position: 2 }],
        "whoever was turned away may ask again"
    );
}

fn either(n: u64, first: Option<&str>) -> Request {
    let mut wishes = someone(n);
    wishes.extend(first.map(|id| person(&[("category", id)])).unwrap_or_default());
    wishes.extend(person(&[("other_category", "any")]));
    mail(Kind::Registration, &format!("p{n}@163.com"), n, &[wishes])
}

#[test]
fn whoever_takes_either_category_gets_the_first_that_is_free() {
    let mut roll = with(Rules::default(), 3);
    let verdict = roll.decide(&either(4, None));
    assert_eq!(outcomes(&verdict), [Outcome::Confirmed]);
    let item = &verdict.letters[0].items[0];
    assert_eq!(item.category.as_deref(), Some("supervisor"));
    let wish = Note::OtherWish { category: "representative".to_owned() };
    assert_eq!(item.remarks, [wish]);
    assert_eq!(verdict.steps[0].why, "other-category");
}

#[test]
fn of_two_lines_the_one_that_moves_first_gives_the_place() {
    let mut roll = with(Rules::default(), 3);
    (4..=5).for_each(|n| drop(roll.decide(&either(n, Some("supervisor")))));
    roll.decide(&asks(6));
    let verdict = roll.decide(&either(7, Some("supervisor")));
    assert_eq!(outcomes(&verdict), [Outcome::Waitlisted { position: 1 }]);
    let both = Note::BothLines { category: "representative".to_owned(), position: 2 };
    assert_eq!(verdict.letters[0].items[0].remarks, [both]);
    roll.decide(&gives_back(1, 60));
    assert_eq!(roll.nth(6).status, Status::Confirmed, "before in the representatives' line");
    roll.decide(&gives_back(2, 61));
    assert_eq!(roll.nth(7).status, Status::Confirmed);
    assert_eq!(roll.nth(7).category.as_deref(), Some("representative"));
    assert_eq!(roll.tally("supervisor").waiting, 0, "the other line is left");
}

#[test]
fn unused_places_go_to_the_other_category_from_the_day_on_and_only_while_nobody_waits_for_them() {
    let spill = Spill { from: at("2021-09-22T08:30:00+08:00"), to: "representative".to_owned() };
    let mut roll = with(Rules { spill: Some(spill), ..Rules::default() }, 5);
    assert_eq!(roll.nth(4).status, Status::Waitlisted, "not yet");
    let wants = Wants::of_places(9);
    let slice = roll.board(&wants).select(&roll.event, &wants);
    let verdict = fill(&roll.event, slice, "turn", at("2021-09-22T08:30:00+08:00"));
    roll.write(&verdict);
    assert_eq!(verdict.steps.iter().map(|step| step.why).collect::<Vec<_>>(), ["spilled"; 2]);
    assert_eq!(roll.nth(4).place_of.as_deref(), Some("supervisor"));
    assert_eq!(roll.nth(4).category.as_deref(), Some("representative"));
    let note = Note::Spilled { category: "supervisor".to_owned() };
    assert_eq!(verdict.letters[0].items[0].remarks, [note]);
    assert_eq!(roll.tally("supervisor").confirmed, 2, "a place counts where it belongs");
    // A supervisor who comes now waits; the place that falls free is theirs before any spill.
    let supervisor = |n: u64| {
        let mut wish = someone(n);
        wish.extend(person(&[("category", "supervisor")]));
        let mut request = mail(Kind::Registration, &format!("p{n}@163.com"), n, &[wish]);
        request.arrived = key(at("2021-09-23T08:30:00+08:00"), n);
        request
    };
    assert_eq!(outcomes(&roll.decide(&supervisor(8))), [Outcome::Waitlisted { position: 1 }]);
    roll.decide(&Request {
        arrived: key(at("2021-09-23T09:30:00+08:00"), 90),
        ..mail(Kind::Registration, "p9@163.com", 9, &[someone(9)])
    });
    let mut gone = gives_back(4, 91);
    gone.arrived = key(at("2021-09-23T10:00:00+08:00"), 91);
    roll.decide(&gone);
    assert_eq!(roll.nth(6).status, Status::Confirmed, "the supervisor");
    assert_eq!(roll.nth(7).status, Status::Waitlisted);
}

/// Two supervisors' places are used by representatives 4 and 5; the three own ones are taken.
fn lent() -> Roll {
    let spill = Spill { from: at("2021-09-13T08:30:00+08:00"), to: "representative".to_owned() };
    let roll = with(Rules { spill: Some(spill), ..Rules::default() }, 6);
    let on = |n: u32| roll.nth(n).place_of.as_deref();
    assert_eq!([on(3), on(4), on(5)], [None, Some("supervisor"), Some("supervisor")]);
    assert_eq!(roll.nth(6).status, Status::Waitlisted);
    roll
}

#[test]
fn whoever_is_on_another_categorys_place_moves_to_the_first_free_one_of_the_own_and_hears_nothing()
{
    let mut roll = lent();
    let verdict = roll.decide(&gives_back(1, 50));
    let steps: Vec<_> = verdict.steps.iter().map(|it| (it.after.serial, it.why)).collect();
    assert_eq!(steps, [(1, "by-applicant"), (4, "moved-back"), (6, "spilled")]);
    assert_eq!((roll.nth(4).status, &roll.nth(4).place_of), (Status::Confirmed, &None));
    assert_eq!(roll.nth(6).place_of.as_deref(), Some("supervisor"));
    let told: Vec<_> = verdict.letters.iter().map(|it| it.to.as_str()).collect();
    assert_eq!(told, ["p1@163.com", "p6@163.com"]);
}

#[test]
fn of_two_offers_that_end_together_the_second_leaves_the_place_to_which_the_first_has_moved_it() {
    let mut roll = lent();
    for serial in [3, 4] {
        let one = roll.all.values_mut().find(|one| one.serial == serial).unwrap();
        (one.status, one.seat, one.email) = (Status::Waitlisted, true, Some(email("f@163.com")));
        one.hold_until = Some(at("2021-09-14T08:30:00+08:00"));
        "offered".clone_into(&mut one.reason);
    }
    let mut late = mail(Kind::Inquiry, "f@163.com", 9000, &[]);
    late.reading.brief = Some(Brief::Yes);
    roll.decide(&late);
    assert_eq!([3, 4].map(|serial| roll.nth(serial).status), [Status::Cancelled; 2]);
    assert_eq!(roll.nth(5).place_of, None, "on a place of the own category");
}

#[test]
fn a_lent_place_that_comes_back_is_its_own_lines_before_anybody_elses() {
    let mut roll = lent();
    let mut wish = someone(20);
    wish.extend(person(&[("category", "supervisor")]));
    let supervisor = mail(Kind::Registration, "p20@163.com", 20, &[wish]);
    assert_eq!(outcomes(&roll.decide(&supervisor)), [Outcome::Waitlisted { position: 1 }]);
    roll.decide(&gives_back(1, 50));
    assert_eq!(roll.nth(7).status, Status::Confirmed, "the supervisor");
    assert_eq!(roll.nth(4).place_of, None, "moved back");
    assert_eq!(
        roll.nth(6).status,
        Status::Waitlisted,
        "the representatives have their three places"
    );
    assert_eq!(roll.tally("supervisor").confirmed, 2);
}

#[test]
fn with_nobody_in_any_line_a_lent_place_stands_free_again_for_its_own_category() {
    let mut roll = lent();
    roll.decide(&gives_back(6, 49));
    roll.decide(&gives_back(1, 50));
    assert_eq!(roll.nth(4).place_of, None);
    let mut wish = someone(20);
    wish.extend(person(&[("category", "supervisor")]));
    let supervisor = mail(Kind::Registration, "p20@163.com", 60, &[wish]);
    assert_eq!(outcomes(&roll.decide(&supervisor)), [Outcome::Confirmed]);
}
