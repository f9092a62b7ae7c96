//! What a citizen writes after the first letter: how does it stand, another number, another
//! category, another person.

use baoming::message::Trust;
use baoming::reading::{Doubt, Kind};
use baoming::roster::*;

use crate::roll::*;

fn with(people: u64) -> Roll {
    let mut roll = Roll::new(event());
    (1..=people).for_each(|n| drop(roll.decide(&asks(n))));
    roll
}

fn changes(n: u64, said: &[(&str, &str)]) -> Request {
    mail(Kind::Change, &format!("p{n}@163.com"), 60, &[person(said)])
}

#[test]
fn whoever_asks_is_told_how_it_stands_and_where_in_line() {
    let mut roll = with(5);
    let standing = |status, position| Outcome::Standing { status, position };
    let ask = |n: u64| mail(Kind::Status, &format!("p{n}@163.com"), 50 + n, &[]);
    let verdict = roll.decide(&ask(1));
    assert_eq!(outcomes(&verdict), [standing(Status::Confirmed, None)]);
    assert!(verdict.tasks.is_empty() && verdict.steps.is_empty());
    assert_eq!(outcomes(&roll.decide(&ask(5))), [standing(Status::Waitlisted, Some(2))]);
}

#[test]
fn whoever_asks_while_something_is_missing_is_told_what() {
    let mut roll = Roll::new(event());
    let bare = person(&[("name", "马1"), ("category", "representative")]);
    roll.decide(&mail(Kind::Registration, "p1@163.com", 1, &[bare]));
    let verdict = roll.decide(&mail(Kind::Status, "p1@163.com", 2, &[]));
    let item = &verdict.letters[0].items[0];
    assert_eq!(item.outcome, Outcome::Standing { status: Status::Incomplete, position: None });
    let lacks = Note::Lacks { fields: vec!["phone".to_owned()] };
    assert_eq!(item.remarks, [lacks, Note::Kept { position: None }]);
}

#[test]
fn of_several_each_is_told_or_the_one_that_is_named() {
    let mut roll = Roll::new(event());
    roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[someone(1), someone(2)]));
    let all = roll.decide(&mail(Kind::Status, "a@163.com", 2, &[]));
    assert_eq!(all.letters[0].items.len(), 2);
    let one = mail(Kind::Status, "a@163.com", 3, &[person(&[("name", "马2")])]);
    assert_eq!(roll.decide(&one).letters[0].items[0].number.as_deref(), Some("XJ21-002"));
    let other = mail(Kind::Status, "a@163.com", 4, &[person(&[("name", "马9")])]);
    assert_eq!(roll.decide(&other).tasks[0].kind, TaskKind::Status);
}

#[test]
fn a_telephone_is_corrected_from_the_registering_address() {
    let mut roll = with(1);
    let verdict = roll.decide(&changes(1, &[("phone", "13800000000")]));
    let corrected = Outcome::Corrected { status: Status::Confirmed, position: None };
    assert_eq!(outcomes(&verdict), [corrected]);
    let fields = vec!["phone".to_owned()];
    assert_eq!(verdict.letters[0].items[0].remarks, [Note::Changed { fields }]);
    assert_eq!(roll.nth(1).get("phone"), Some("13800000000"));
    assert_eq!(roll.nth(1).key, asks(1).arrived, "its place in the order stays");
}

type Case = fn() -> Request;

#[test]
fn a_correction_that_is_less_than_certain_goes_to_the_staff() {
    let cases: Vec<(&str, Case)> = vec![
        ("another address", || mail(Kind::Change, "x@163.com", 60, &[someone(1)])),
        ("a number that is not theirs", || Request {
            refers_to: vec!["XJ21-002".to_owned()],
            ..changes(1, &[("phone", "13800000000")])
        }),
        ("another name", || changes(1, &[("name", "马兰"), ("phone", "13800000000")])),
        ("a failed sender check", || {
            let mut forged = changes(1, &[("phone", "13800000000")]);
            forged.sender.trust = Trust::Failed;
            forged
        }),
        ("among the spam", || Request { junk: true, ..changes(1, &[("phone", "13800000000")]) }),
        ("a doubt", || {
            let mut doubtful = changes(1, &[("phone", "13800000000")]);
            let reason = "不清楚".to_owned();
            doubtful.reading.doubts = vec![Doubt { reason, advice: None, concerns: None }];
            doubtful
        }),
        ("a category that there is not", || changes(1, &[("category", "press")])),
    ];
    for (case, request) in cases {
        let mut roll = with(2);
        let verdict = roll.decide(&request());
        assert!(verdict.steps.is_empty(), "{case}");
        assert_eq!(verdict.tasks[0].kind, TaskKind::Change, "{case}");
        assert_eq!(outcomes(&verdict), [Outcome::Passed], "{case}");
    }
}

#[test]
fn a_correction_that_makes_two_registrations_one_person_goes_to_the_staff() {
    let mut roll = with(2);
    let mut first = someone(1);
    first.extend(person(&[("phone", "13909540007")]));
    roll.decide(&mail(Kind::Registration, "q@163.com", 20, &[first]));
    let verdict = roll.decide(&changes(1, &[("phone", "13909540007")]));
    assert_eq!((verdict.steps.len(), verdict.tasks.len()), (0, 1));
}

#[test]
fn another_category_is_taken_when_a_place_there_is_free_and_the_old_one_goes_to_the_next() {
    let mut roll = with(4);
    let verdict = roll.decide(&changes(1, &[("category", "supervisor")]));
    assert_eq!(outcomes(&verdict), [Outcome::Confirmed]);
    assert_eq!(roll.nth(1).category.as_deref(), Some("supervisor"));
    assert_eq!(verdict.steps[0].why, "category-wished");
    assert_eq!(roll.nth(4).status, Status::Confirmed, "the next representative");
}

#[test]
fn whoever_has_a_place_keeps_it_when_the_other_category_is_full() {
    let mut roll = with(3);
    for n in 4..=5 {
        let mut wish = someone(n);
        wish.extend(person(&[("category", "supervisor")]));
        roll.decide(&mail(Kind::Registration, &format!("p{n}@163.com"), n, &[wish]));
    }
    let verdict = roll.decide(&changes(1, &[("category", "supervisor")]));
    assert!(verdict.steps.is_empty());
    let stays = Note::Stays { category: "supervisor".to_owned() };
    assert_eq!(verdict.letters[0].items[0].remarks, [stays]);
    assert_eq!(roll.nth(1).status, Status::Confirmed);
}

#[test]
fn whoever_waits_goes_to_the_end_of_the_other_line() {
    let mut roll = with(4);
    for n in 5..=7 {
        let mut wish = someone(n);
        wish.extend(person(&[("category", "supervisor")]));
        roll.decide(&mail(Kind::Registration, &format!("p{n}@163.com"), n, &[wish]));
    }
    let verdict = roll.decide(&changes(4, &[("category", "supervisor")]));
    assert_eq!(outcomes(&verdict), [Outcome::Waitlisted { position: 2 }]);
}

fn sends_another(n: u64) -> Request {
    let mut request = mail(Kind::Change, &format!("p{n}@163.com"), 60, &[someone(77)]);
    request.reading.instead = true;
    request
}

#[test]
fn another_person_comes_instead_only_as_the_event_says() {
    for (rule, waits, replaced) in [
        (Substitution::Review, 0, false),
        (Substitution::NobodyWaits, 0, true),
        (Substitution::NobodyWaits, 1, false),
        (Substitution::Always, 1, true),
    ] {
        let mut roll = with(3 + waits);
        roll.event.rules.substitution = rule;
        let verdict = roll.decide(&sends_another(1));
        if replaced {
            assert_eq!(outcomes(&verdict), [Outcome::Cancelled, Outcome::Confirmed], "{rule:?}");
            let new = &verdict.steps[1];
            assert_eq!((new.why, new.after.status), ("substituted", Status::Confirmed));
            assert_eq!(verdict.letters[0].items[0].remarks, [Note::Replaced]);
            assert_eq!(roll.nth(1).status, Status::Cancelled);
        } else {
            assert!(verdict.steps.is_empty(), "{rule:?}");
            assert!(verdict.tasks[0].reasons[0].contains("代替"), "{:?}", verdict.tasks[0]);
        }
    }
}

#[test]
fn whoever_comes_instead_is_held_to_the_rules_of_the_event() {
    let sends = |said: &[(&str, &str)]| {
        let mut roll = with(1);
        roll.event.rules.substitution = Substitution::Always;
        let who = &mut roll.event.rules.who;
        (who.youngest, who.per_organization) = (Some(18), Some(1));
        let mut neighbour = someone(2);
        neighbour.extend(person(&[("organization", "王堡村")]));
        roll.decide(&mail(Kind::Registration, "p2@163.com", 2, &[neighbour]));
        let mut request = sends_another(1);
        request.reading.applicants[0].fields.extend(person(said));
        let verdict = roll.decide(&request);
        (verdict.steps.len(), verdict.tasks.first().map(|task| task.reasons[0].clone()))
    };
    assert_eq!(sends(&[]), (2, None));
    for said in [("id_number", "642223200809290017"), ("organization", "王堡村")] {
        let (steps, reason) = sends(&[said]);
        assert_eq!(steps, 0, "{said:?}");
        assert!(reason.unwrap().contains("不符合报名条件或超过限额"), "{said:?}");
    }
}

#[test]
fn what_stays_missing_is_asked_for_so_often_and_then_a_person_takes_over() {
    let mut roll = Roll::new(event());
    roll.event.rules.asks = 2;
    roll.event.required = vec!["name".into(), "phone".into(), "address".into(), "gender".into()];
    let says =
        |uid, said: &[(&str, &str)]| mail(Kind::Registration, "a@163.com", uid, &[person(said)]);
    roll.decide(&says(1, &[("name", "马兰")]));
    let verdict = roll.decide(&says(2, &[("phone", "13909540001")]));
    let until = roll.nth(1).hold_until;
    let missing = vec!["address".to_owned(), "gender".to_owned()];
    assert_eq!(outcomes(&verdict), [Outcome::Incomplete { missing, until }], "only what lacks");
    assert_eq!(verdict.letters[0].items[0].remarks, [Note::Kept { position: None }]);
    let verdict = roll.decide(&says(3, &[("address", "吉强镇")]));
    assert!(matches!(outcomes(&verdict)[0], Outcome::UnderReview { kept: true, .. }));
    assert!(verdict.tasks[0].reasons[0].contains("2次"), "{:?}", verdict.tasks[0]);
}
