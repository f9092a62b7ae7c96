//! Letters: one a cause and recipient, claimed before the network, never forgotten.

use baoming::message::Email;
use baoming::roster::{Action, Cause, Item, Outcome, Owed, Registration, Status, TaskKind};
use baoming::store::{
    Decided, LetterFilter, LetterOutcome, LetterState, NewLetter, RegistrationFilter,
};
use jiff::Timestamp;

use crate::desk::{
    Desk, citizen, event, letter, minutes_after_opening, on_both, opening, record, registration,
    standing,
};

async fn post(desk: &Desk, letters: Vec<NewLetter>) {
    record(desk, &event(5), &[Decided { letters, ..standing(&[]) }]).await;
}

fn message(id: &str) -> Cause {
    Cause::Message(id.into())
}

async fn state(desk: &Desk, id: &str) -> LetterState {
    let all = desk.store.letters(&LetterFilter::default()).await.unwrap();
    all.into_iter().find(|one| one.id == id).unwrap().state
}

on_both! {
    async fn a_letter_exists_once_for_each_cause_and_recipient(desk) {
        let rendered = NewLetter { mail: Some(b"mail".to_vec()), ..letter(message("A"), 1) };
        post(desk, vec![rendered.clone(), letter(message("A"), 2), letter(message("A"), 1)]).await;
        post(desk, vec![rendered, letter(message("B"), 1)]).await;
        let due = desk.store.due_letters("", opening(), 10).await.unwrap();
        let told: Vec<_> = due.iter().map(|one| (one.cause.clone(), one.to.clone())).collect();
        let (a, b) = (message("A"), message("B"));
        assert_eq!(told, [(a.clone(), citizen(1)), (a, citizen(2)), (b, citizen(1))]);
        assert_eq!(due[0].mail.as_deref(), Some(b"mail".as_slice()));
        assert_eq!(due[1].mail, None);
        assert_eq!(due[1].facts["name"], "公民2");
    }
}

on_both! {
    async fn a_letter_is_due_in_its_time_and_claimed_by_one(desk) {
        let later = NewLetter { due: minutes_after_opening(5), ..letter(message("B"), 2) };
        post(desk, vec![later, letter(message("A"), 1)]).await;
        assert_eq!(desk.store.next_due("").await.unwrap(), Some(opening()));
        let due = desk.store.due_letters("", minutes_after_opening(4), 10).await.unwrap();
        assert_eq!(due.len(), 1);
        let (now, until) = (minutes_after_opening(4), minutes_after_opening(9));
        let claims = futures::future::join_all((0..8).map(|n| {
            let (store, id) = (desk.store.clone(), due[0].id.clone());
            async move { store.claim_letter(&id, &[n], now, until).await.unwrap() }
        }))
        .await;
        assert_eq!(claims.iter().filter(|taken| **taken).count(), 1);
        assert_eq!(state(desk, &due[0].id).await, LetterState::Sending);
        assert_eq!(desk.store.claimed_since("", &[opening(), until]).await.unwrap(), [1, 0]);
        let retry = LetterOutcome::Retry { at: until, why: "451 try later".into() };
        assert!(desk.store.settle_letter(&due[0].id, &retry).await.unwrap());
        let again = desk.store.due_letters("", until, 10).await.unwrap();
        assert_eq!(again.len(), 2);
        let first = again.iter().find(|one| one.id == due[0].id).unwrap();
        assert_eq!((first.attempts, first.due), (1, until));
        let winner = claims.iter().position(|taken| *taken).unwrap();
        assert_eq!(first.mail.as_deref(), Some([u8::try_from(winner).unwrap()].as_slice()));
    }
}

on_both! {
    async fn a_sent_letter_is_settled_once_with_the_providers_words(desk) {
        post(desk, vec![letter(message("A"), 1)]).await;
        let id = desk.store.due_letters("", opening(), 1).await.unwrap().remove(0).id;
        let sent = LetterOutcome::Sent { reply: "250 Mail OK queued as smtp1".into() };
        assert!(!desk.store.settle_letter(&id, &sent).await.unwrap(), "nobody claimed it");
        let until = minutes_after_opening(5);
        assert!(desk.store.claim_letter(&id, b"mail", opening(), until).await.unwrap());
        assert!(desk.store.settle_letter(&id, &sent).await.unwrap());
        assert!(!desk.store.settle_letter(&id, &sent).await.unwrap());
        assert!(!desk.store.claim_letter(&id, b"mail", opening(), until).await.unwrap());
        let row = desk.store.letters(&LetterFilter::default()).await.unwrap().remove(0);
        assert_eq!((row.state, row.settled), (LetterState::Sent, Some(opening())));
        assert_eq!(row.outcome.as_deref(), Some("250 Mail OK queued as smtp1"));
        assert_eq!((row.number, row.to, row.attempts), (1, citizen(1), 1));
        assert_eq!(desk.store.letter_counts().await.unwrap(), [(LetterState::Sent, 1)]);
        assert_eq!(desk.store.next_due("").await.unwrap(), None);
    }
}

on_both! {
    async fn a_refused_letter_becomes_a_task_and_may_be_sent_again(desk) {
        let person = registration(1, Status::Confirmed);
        let decision = Decided { letters: vec![letter(message("A"), 1)], ..standing(&[person]) };
        record(desk, &event(5), &[decision]).await;
        let id = desk.store.due_letters("", opening(), 1).await.unwrap().remove(0).id;
        assert!(!desk.store.resend_letter(&id, "clerk").await.unwrap(), "it waits");
        desk.store.claim_letter(&id, b"m", opening(), minutes_after_opening(5)).await.unwrap();
        let refused = LetterOutcome::Refused { why: "550 User not found".into() };
        assert!(desk.store.settle_letter(&id, &refused).await.unwrap());
        let tasks = desk.store.open_tasks().await.unwrap();
        assert_eq!((tasks.len(), tasks[0].kind), (1, TaskKind::Undelivered));
        assert_eq!(tasks[0].letter.as_ref(), Some(&id));
        assert_eq!(tasks[0].registration.as_deref(), Some("XJ21-001"));
        assert_eq!(tasks[0].reasons, ["550 User not found"]);
        assert!(desk.store.resend_letter("1", "clerk").await.unwrap());
        assert_eq!(state(desk, &id).await, LetterState::Waiting);
        assert_eq!(desk.store.open_tasks().await.unwrap(), []);
    }
}

on_both! {
    async fn a_later_decision_settles_what_did_not_arrive_but_not_for_other_people(desk) {
        let people = [1, 2].map(|n| registration(n, Status::Waitlisted));
        record(desk, &event(5), &[standing(&people)]).await;
        let both = vec!["XJ21-001".to_owned(), "XJ21-002".to_owned()];
        let letters = vec![
            letter(message("A"), 1),
            NewLetter { numbers: both, ..letter(message("B"), 2) },
        ];
        post(desk, letters).await;
        for due in desk.store.due_letters("", opening(), 10).await.unwrap() {
            desk.store.claim_letter(&due.id, b"m", opening(), opening()).await.unwrap();
        }
        assert_eq!(desk.store.uncertain_claims(opening()).await.unwrap().len(), 2);
        let mut cancelled = standing(&[registration(1, Status::Cancelled)]);
        cancelled.verdict.settles = vec![people[0].id.clone()];
        record(desk, &event(5), &[cancelled]).await;
        let open = desk.store.open_tasks().await.unwrap();
        let left: Vec<_> = open.iter().map(|task| task.letter.is_some()).collect();
        assert_eq!(left, [true], "the second person still does not know");
    }
}

on_both! {
    async fn a_claim_whose_sender_died_is_uncertain_and_shown(desk) {
        post(desk, vec![letter(message("A"), 1), letter(message("B"), 2), letter(message("C"), 3)]).await;
        let due = desk.store.due_letters("", opening(), 10).await.unwrap();
        for (minutes, one) in [5, 10, 15].into_iter().zip(&due) {
            let until = minutes_after_opening(minutes);
            desk.store.claim_letter(&one.id, b"m", opening(), until).await.unwrap();
        }
        let now = minutes_after_opening(4);
        assert_eq!(desk.store.uncertain_claims(now).await.unwrap(), [""; 0]);
        let lost = desk.store.uncertain_claims(minutes_after_opening(5)).await.unwrap();
        assert_eq!(lost, [due[0].id.clone()]);
        assert_eq!(state(desk, &due[0].id).await, LetterState::Uncertain);
        assert_eq!(desk.store.open_tasks().await.unwrap()[0].letter.as_ref(), Some(&due[0].id));
        // It was slow, not dead: what it knows is taken.
        let sent = LetterOutcome::Sent { reply: "250 OK".into() };
        assert!(desk.store.settle_letter(&due[0].id, &sent).await.unwrap());
        assert_eq!(desk.store.open_tasks().await.unwrap(), []);
        // At the start of the only daemon every claim is a dead one.
        assert_eq!(desk.store.uncertain_claims(Timestamp::MAX).await.unwrap().len(), 2);
        let uncertain = LetterFilter { state: Some(LetterState::Uncertain), ..LetterFilter::default() };
        assert_eq!(desk.store.letters(&uncertain).await.unwrap().len(), 2);
    }
}

on_both! {
    async fn what_nobody_knows_is_uncertain_and_what_is_outdated_superseded(desk) {
        post(desk, vec![letter(message("A"), 1), letter(message("B"), 2)]).await;
        let due = desk.store.due_letters("", opening(), 10).await.unwrap();
        desk.store.claim_letter(&due[0].id, b"m", opening(), opening()).await.unwrap();
        let uncertain = LetterOutcome::Uncertain { why: "lost after the final dot".into() };
        assert!(desk.store.settle_letter(&due[0].id, &uncertain).await.unwrap());
        assert_eq!(desk.store.open_tasks().await.unwrap()[0].reasons, ["lost after the final dot"]);
        assert!(desk.store.settle_letter(&due[1].id, &LetterOutcome::Superseded).await.unwrap());
        assert!(!desk.store.settle_letter(&due[1].id, &LetterOutcome::Superseded).await.unwrap());
        let states = [LetterState::Superseded, LetterState::Uncertain];
        assert_eq!(desk.store.letter_counts().await.unwrap(), states.map(|state| (state, 1)));
    }
}

on_both! {
    async fn an_uncertain_letter_is_repeated_once_and_only_one_with_a_mark_is_looked_for(desk) {
        post(desk, (1..=3).map(|n| letter(message("A"), n)).collect()).await;
        let due = desk.store.due_letters("", opening(), 10).await.unwrap();
        let times = (opening(), minutes_after_opening(30));
        let marks = [Some("7:1"), None, Some("7:1")];
        for (one, mark) in due.iter().zip(marks) {
            assert!(desk.store.claim_marked(&one.id, b"m", times, mark).await.unwrap());
        }
        let uncertain = LetterOutcome::Uncertain { why: "lost".into() };
        for one in &due[..2] {
            assert!(desk.store.settle_letter(&one.id, &uncertain).await.unwrap());
        }
        let sent = LetterOutcome::Sent { reply: "250 OK".into() };
        assert!(desk.store.settle_letter(&due[2].id, &sent).await.unwrap());
        assert_eq!(desk.store.sent_since("", Some(opening())).await.unwrap(), ["letter-3@baoming.example"]);
        assert_eq!(desk.store.sent_since("", Some(times.1)).await.unwrap(), [""; 0]);
        assert_eq!(desk.store.sent_since("", None).await.unwrap(), ["letter-3@baoming.example"]);

        let known = desk.store.uncertain_letters("").await.unwrap();
        assert_eq!((known.len(), known[0].id.as_str(), known[0].repeated), (1, &*due[0].id, false));
        assert_eq!((known[0].mark.as_str(), known[0].claimed), ("7:1", opening()));
        assert!(desk.store.repeat_letter(&due[0].id).await.unwrap());
        assert!(!desk.store.repeat_letter(&due[0].id).await.unwrap(), "it waits");
        assert_eq!(desk.store.open_tasks().await.unwrap().len(), 1, "the other one's");
        assert!(desk.store.claim_marked(&due[0].id, b"m", times, Some("7:2")).await.unwrap());
        assert!(desk.store.settle_letter(&due[0].id, &uncertain).await.unwrap());
        assert!(desk.store.uncertain_letters("").await.unwrap()[0].repeated);
        assert!(!desk.store.repeat_letter(&due[0].id).await.unwrap(), "never a third time");
        assert!(!desk.store.repeat_letter(&due[2].id).await.unwrap(), "it was sent");
    }
}

/// A decision about a registration with its letter to citizen 1.
fn told(cause: &str, person: &Registration, action: Action, outcome: Outcome) -> Decided {
    let mut decided = standing(std::slice::from_ref(person));
    decided.verdict.steps[0].action = action;
    let items = vec![Item::of(person, outcome)];
    decided.verdict.letters =
        vec![Owed { cause: message(cause), to: citizen(1), items, not_before: None }];
    let message_id = format!("letter-{cause}@baoming.example");
    decided.letters = vec![NewLetter { message_id, ..letter(message(cause), 1) }];
    decided
}

on_both! {
    async fn a_waiting_letter_is_overtaken_by_the_letter_of_a_later_decision(desk) {
        let person = registration(1, Status::Waitlisted);
        let line = Outcome::Waitlisted { position: 1 };
        let first = told("A", &person, Action::Registered, line.clone());
        let asked = told("B", &person, Action::Changed, Outcome::Passed);
        record(desk, &event(5), &[first, asked]).await;
        let confirmed = registration(1, Status::Confirmed);
        let promoted = told("C", &confirmed, Action::Promoted, Outcome::Promoted);
        record(desk, &event(5), &[promoted]).await;
        let states = || async {
            let mut all = desk.store.letters(&LetterFilter::default()).await.unwrap();
            all.sort_by_key(|one| one.number);
            all.into_iter().map(|one| one.state).collect::<Vec<_>>()
        };
        let (gone, waits) = (LetterState::Superseded, LetterState::Waiting);
        assert_eq!(states().await, [gone, waits, waits]);
        let due = desk.store.due_letters("", opening(), 9).await.unwrap();
        assert_eq!(due.len(), 2);
        assert_eq!(desk.store.earlier_letters(&due[1], &["XJ21-001"]).await.unwrap(),
            ["letter-B@baoming.example"]);
        // One that is claimed may be out already.
        desk.store.claim_letter(&due[1].id, b"m", opening(), minutes_after_opening(5)).await.unwrap();
        let cancelled = registration(1, Status::Cancelled);
        record(desk, &event(5), &[told("D", &cancelled, Action::Cancelled, Outcome::Cancelled)]).await;
        assert_eq!(states().await, [gone, waits, LetterState::Sending, waits]);
    }
}

on_both! {
    async fn letters_are_found_by_message_id_number_and_time(desk) {
        post(desk, vec![letter(message("A"), 1), letter(message("B"), 2)]).await;
        let ids = ["letter-2@baoming.example".to_owned(), "unknown".to_owned()];
        let found = desk.store.letters_by_message_id(&ids).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].numbers, ["XJ21-002"]);
        let newest = LetterFilter { limit: Some(1), ..LetterFilter::default() };
        assert_eq!(desk.store.letters(&newest).await.unwrap(), found);
        let number = Some("XJ21-001".to_owned());
        let about = LetterFilter { number, ..LetterFilter::default() };
        assert_eq!(desk.store.letters(&about).await.unwrap()[0].cause, message("A"));
        let settled = LetterFilter { settled_since: Some(opening()), ..LetterFilter::default() };
        assert_eq!(desk.store.letters(&settled).await.unwrap(), []);
    }
}

on_both! {
    async fn the_brake_counts_letters_by_address_and_in_all(desk) {
        let early = Decided {
            at: minutes_after_opening(-90),
            letters: vec![letter(message("A"), 1)],
            ..standing(&[])
        };
        let late = Decided {
            letters: vec![letter(message("B"), 1), letter(message("C"), 1), letter(message("D"), 2)],
            ..standing(&[])
        };
        record(desk, &event(5), &[early, late]).await;
        let mut work = desk.store.work().await.unwrap();
        let emails: Vec<Email> = [1, 2, 3].map(citizen).into();
        let since = minutes_after_opening(-60);
        let (counts, total) = work.letters_since("", &emails, since).await.unwrap();
        assert_eq!(counts, [(citizen(1), 2), (citizen(2), 1)].into());
        assert_eq!(total, 3);
        drop(work);
        let all = RegistrationFilter::default();
        assert_eq!(desk.store.registrations(&all).await.unwrap(), []);
    }
}
