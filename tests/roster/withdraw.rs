//! Places that are given back, and who follows.

use baoming::message::Trust;
use baoming::reading::{Doubt, Kind};
use baoming::roster::*;

use crate::roll::*;

fn with(people: u64) -> Roll {
    let mut roll = Roll::new(event());
    (1..=people).for_each(|n| drop(roll.decide(&asks(n))));
    roll
}

fn gives_back(from: &str, people: &[Person]) -> Request {
    mail(Kind::Cancellation, from, 50, people)
}

#[test]
fn a_cancellation_from_the_address_promotes_the_first_in_line_at_once() {
    let mut roll = with(5);
    let verdict = roll.decide(&gives_back("p2@163.com", &[]));
    assert_eq!(outcomes(&verdict), [Outcome::Cancelled]);
    assert_eq!(verdict.letters[0].items[0].category.as_deref(), Some("representative"));
    let promotion = Cause::Promotion("XJ21-004".to_owned(), "m50".to_owned());
    assert_eq!(verdict.letters[1].cause, promotion);
    assert_eq!(verdict.letters[1].to, email("p4@163.com"));
    assert_eq!(verdict.letters[1].items[0].outcome, Outcome::Promoted);
    assert_eq!(roll.nth(2).status, Status::Cancelled);
    assert_eq!(roll.nth(4).status, Status::Confirmed);
    assert_eq!(roll.nth(5).status, Status::Waitlisted);
}

#[test]
fn leaving_the_line_promotes_nobody_and_moves_the_others_up() {
    let mut roll = with(5);
    let verdict = roll.decide(&gives_back("p4@163.com", &[]));
    assert_eq!((verdict.steps.len(), verdict.letters.len()), (1, 1));
    assert_eq!(outcomes(&roll.decide(&asks(6))), [Outcome::Waitlisted { position: 2 }]);
}

#[test]
fn a_reserved_seat_that_is_given_back_goes_to_the_next() {
    let mut roll = Roll::new(event());
    let unnamed = person(&[("name", "马兰")]);
    roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[unnamed]));
    (2..=4).for_each(|n| drop(roll.decide(&asks(n))));
    roll.decide(&gives_back("a@163.com", &[]));
    assert_eq!(roll.nth(4).status, Status::Confirmed);
}

#[test]
fn whoever_is_promoted_without_an_address_is_telephoned() {
    let mut roll = with(3);
    let add =
        OrderKind::Add { channel: Channel::Phone, person: someone(9), email: None, away: false };
    roll.direct(&order(10, add)).unwrap();
    let verdict = roll.decide(&gives_back("p1@163.com", &[]));
    assert_eq!(verdict.letters.len(), 1);
    assert_eq!(verdict.tasks[0].kind, TaskKind::Undelivered);
    assert_eq!(verdict.tasks[0].registration.as_ref(), Some(&roll.nth(4).id));
}

#[test]
fn several_who_are_named_are_all_taken_off_and_as_many_follow() {
    let mut roll = Roll::new(event());
    let people = [someone(1), someone(2), someone(3)];
    roll.decide(&mail(Kind::Registration, "a@163.com", 1, &people));
    (4..=6).for_each(|n| drop(roll.decide(&asks(n))));
    let named = [person(&[("name", "马1")]), person(&[("phone", "13909540003")])];
    let verdict = roll.decide(&gives_back("a@163.com", &named));
    assert_eq!(outcomes(&verdict), [Outcome::Cancelled, Outcome::Cancelled]);
    let (one, two) = (roll.nth(4).status, roll.nth(5).status);
    assert_eq!((one, two), (Status::Confirmed, Status::Confirmed));
    assert_eq!(roll.nth(6).status, Status::Waitlisted);
}

type Case = fn() -> Request;

/// Each case must leave the roster as it is and hand the mail to the staff.
#[test]
fn anything_less_than_certain_goes_to_the_staff() {
    let cases: Vec<(&str, Case)> = vec![
        ("another address", || gives_back("other@163.com", &[someone(1)])),
        ("a quoted number from another address", || Request {
            refers_to: vec!["XJ21-001".to_owned()],
            ..gives_back("other@163.com", &[])
        }),
        ("somebody else's number", || Request {
            refers_to: vec!["XJ21-004".to_owned()],
            ..gives_back("a@163.com", &[])
        }),
        ("nobody named of several", || gives_back("a@163.com", &[])),
        ("a name that is not registered", || gives_back("a@163.com", &[someone(7)])),
        ("one of two named unknown", || gives_back("a@163.com", &[someone(1), someone(7)])),
        ("the name right and the phone wrong", || {
            gives_back("a@163.com", &[person(&[("name", "马1"), ("phone", "13800000000")])])
        }),
        ("a failed sender check", || {
            let mut forged = gives_back("a@163.com", &[someone(1)]);
            forged.sender.trust = Trust::Failed;
            forged
        }),
        ("found among the spam", || Request {
            junk: true,
            ..gives_back("a@163.com", &[someone(1)])
        }),
        ("a machine", || {
            let mut machine = gives_back("a@163.com", &[someone(1)]);
            machine.sender.machine = Some("auto-replied".to_owned());
            machine
        }),
        ("a doubt", || {
            let mut doubtful = gives_back("a@163.com", &[someone(1)]);
            let (reason, advice) = ("不清楚取消谁".to_owned(), None);
            doubtful.reading.doubts = vec![Doubt { reason, advice, concerns: None }];
            doubtful
        }),
    ];
    for (case, request) in cases {
        let mut roll = Roll::new(event());
        roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[someone(1), someone(2)]));
        (3..=4).for_each(|n| drop(roll.decide(&asks(n))));
        let verdict = roll.decide(&request());
        assert!(verdict.steps.is_empty(), "{case}");
        assert_eq!(verdict.tasks[0].kind, TaskKind::Cancellation, "{case}");
        if request().sender.machine.is_none() {
            assert_eq!(outcomes(&verdict), [Outcome::Passed], "{case}");
        }
    }
}

#[test]
fn the_staff_are_told_whom_a_stranger_means_and_the_stranger_is_not() {
    let quoted =
        Request { refers_to: vec!["XJ21-001".to_owned()], ..gives_back("other@163.com", &[]) };
    for request in [quoted, gives_back("other@163.com", &[someone(1)])] {
        let mut roll = with(2);
        let verdict = roll.decide(&request);
        assert_eq!(verdict.tasks[0].registration.as_ref(), Some(&roll.nth(1).id));
        assert!(verdict.tasks[0].reasons[0].contains("XJ21-001"), "{:?}", verdict.tasks[0]);
        let item = &verdict.letters[0].items[0];
        assert_eq!((item.number.as_ref(), item.name.as_ref()), (None, None));
    }
}

#[test]
fn the_number_tells_which_of_several_is_meant() {
    let mut roll = Roll::new(event());
    roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[someone(1), someone(2)]));
    let mut by_number = gives_back("a@163.com", &[]);
    by_number.refers_to = vec!["XJ21-002".to_owned()];
    roll.decide(&by_number);
    assert_eq!(roll.standing(), [(1, Status::Confirmed), (2, Status::Cancelled)]);
}

#[test]
fn giving_back_twice_is_answered_the_same_and_frees_nothing() {
    let mut roll = with(5);
    roll.decide(&gives_back("p2@163.com", &[]));
    let again =
        Request { cause: Cause::Message("m51".to_owned()), ..gives_back("p2@163.com", &[]) };
    let verdict = roll.decide(&again);
    assert_eq!(outcomes(&verdict), [Outcome::Cancelled]);
    assert_eq!((verdict.steps.len(), verdict.tasks.len()), (0, 0));
}

#[test]
fn a_cancellation_after_closing_is_still_applied_and_the_line_served() {
    let mut roll = with(4);
    let mut late = gives_back("p1@163.com", &[]);
    late.arrived = key(at("2021-09-27T10:00:00+08:00"), 50);
    roll.decide(&late);
    assert_eq!(roll.nth(4).status, Status::Confirmed);
}

#[test]
fn once_the_event_has_begun_nobody_is_called_up_any_more() {
    let mut roll = with(4);
    let mut late = gives_back("p1@163.com", &[]);
    late.arrived = key(at("2021-09-28T09:00:00+08:00"), 50);
    roll.decide(&late);
    assert_eq!(roll.standing()[0].1, Status::Cancelled);
    assert_eq!(roll.nth(4).status, Status::Waitlisted);
}

#[test]
fn a_place_that_falls_free_is_not_taken_by_a_newcomer() {
    let mut roll = with(4);
    roll.decide(&gives_back("p1@163.com", &[]));
    assert_eq!(outcomes(&roll.decide(&asks(51))), [Outcome::Waitlisted { position: 1 }]);
}
