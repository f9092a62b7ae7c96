//! When mail is taken, and which mail asks for nothing.

use baoming::message::Trust;
use baoming::reading::Kind;
use baoming::roster::*;

use crate::roll::*;

fn asks_at(time: &str) -> Request {
    Request { arrived: key(at(time), 1), ..asks(1) }
}

#[test]
fn from_opening_to_closing_mail_is_taken_and_politely_refused_around_it() {
    let table = [
        ("2021-09-08T00:00:00+08:00", Some(Outcome::NotYetOpen)),
        ("2021-09-13T08:29:59+08:00", Some(Outcome::NotYetOpen)),
        ("2021-09-13T08:30:00+08:00", None),
        ("2021-09-24T17:29:59+08:00", None),
        ("2021-09-24T17:30:00+08:00", Some(Outcome::Closed { early: None })),
        ("2021-09-27T09:00:00+08:00", Some(Outcome::Closed { early: None })),
    ];
    for (time, refused) in table {
        let mut roll = Roll::new(event());
        let verdict = roll.decide(&asks_at(time));
        assert_eq!(outcomes(&verdict), [refused.clone().unwrap_or(Outcome::Confirmed)], "{time}");
        assert_eq!(verdict.steps.len(), usize::from(refused.is_none()), "{time}");
    }
}

#[test]
fn arrival_decides_the_window_however_late_it_is_seen() {
    let mut roll = Roll::new(event());
    let in_time = asks_at("2021-09-24T17:29:59+08:00");
    let verdict = roll.decide_at(&in_time, at("2021-09-25T09:00:00+08:00"));
    assert_eq!(outcomes(&verdict), [Outcome::Confirmed]);
}

#[test]
fn after_closing_who_has_a_place_hears_that_and_not_that_all_is_over() {
    let mut roll = Roll::new(event());
    roll.decide(&asks(1));
    let mut late = mail(Kind::Registration, "p1@163.com", 2, &[someone(1), someone(2)]);
    late.arrived = key(at("2021-09-26T10:00:00+08:00"), 2);
    let already = Outcome::Already { status: Status::Confirmed, position: None };
    assert_eq!(outcomes(&roll.decide(&late)), [already, Outcome::Closed { early: None }]);
}

#[test]
fn machines_lists_and_bounces_get_no_answer_and_make_no_work() {
    for kind in [Kind::Automatic, Kind::Bulk, Kind::Bounce] {
        let verdict = Roll::new(event()).decide(&mail(kind, "a@163.com", 1, &[someone(1)]));
        let ignored = Verdict { no_letter: Some(NoLetter::Ignored), ..Verdict::default() };
        assert_eq!(verdict, ignored, "{kind:?}");
    }
}

#[test]
fn changes_and_questions_go_to_the_staff_and_never_make_a_registration() {
    let table = [
        (Kind::Change, TaskKind::Change),
        (Kind::Status, TaskKind::Status),
        (Kind::Inquiry, TaskKind::Inquiry),
    ];
    for (kind, task) in table {
        let verdict = Roll::new(event()).decide(&mail(kind, "a@163.com", 1, &[someone(1)]));
        assert!(verdict.steps.is_empty(), "{kind:?}");
        assert_eq!(verdict.tasks[0].kind, task);
        assert_eq!(outcomes(&verdict), [Outcome::Passed], "{kind:?}");
    }
}

#[test]
fn a_question_that_only_a_person_can_answer_is_tied_to_the_registration() {
    let mut roll = Roll::new(event());
    roll.decide(&asks(1));
    let verdict = roll.decide(&mail(Kind::Inquiry, "p1@163.com", 2, &[]));
    assert_eq!(verdict.tasks[0].registration.as_ref(), Some(&roll.nth(1).id));
    assert_eq!(verdict.letters[0].items[0].number.as_deref(), Some("XJ21-001"));
}

#[test]
fn a_stranger_who_asks_about_a_number_learns_no_name() {
    let mut roll = Roll::new(event());
    roll.decide(&asks(1));
    let mut stranger = mail(Kind::Status, "other@163.com", 2, &[]);
    stranger.refers_to = vec!["XJ21-001".to_owned()];
    assert_eq!(roll.decide(&stranger).letters[0].items, [Item::whole(Outcome::Passed)]);
}

#[test]
fn thanks_are_read_and_not_answered() {
    let mut thanks = mail(Kind::Inquiry, "a@163.com", 1, &[]);
    thanks.reading.courtesy = true;
    let verdict = Roll::new(event()).decide(&thanks);
    assert_eq!((verdict.no_letter, verdict.tasks.len()), (Some(NoLetter::Ignored), 0));
}

#[test]
fn without_an_address_the_place_is_given_and_no_letter_is_owed() {
    let mut request = asks(1);
    request.sender.email = None;
    let verdict = Roll::new(event()).decide(&request);
    assert_eq!(verdict.steps[0].after.status, Status::Confirmed);
    assert_eq!((verdict.letters.len(), verdict.no_letter), (0, Some(NoLetter::NoAddress)));
    let task = &verdict.tasks[0];
    assert_eq!(task.kind, TaskKind::Undelivered, "somebody has to telephone");
    assert_eq!(task.registration.as_ref(), Some(&verdict.steps[0].after.id));
}

#[test]
fn an_inquiry_among_the_spam_is_shown_to_the_staff_and_not_answered() {
    let mut inquiry = mail(Kind::Inquiry, "a@163.com", 1, &[]);
    inquiry.junk = true;
    let verdict = Roll::new(event()).decide(&inquiry);
    assert_eq!((verdict.no_letter, verdict.tasks.len()), (Some(NoLetter::Ignored), 1));
}

#[test]
fn a_change_in_doubt_is_tied_to_the_registration_by_the_name_although_its_values_differ() {
    let mut roll = Roll::new(event());
    roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[someone(1), someone(2)]));
    let moved = person(&[("name", "马2"), ("phone", "13800000000")]);
    let mut forged = mail(Kind::Change, "a@163.com", 2, &[moved]);
    forged.sender.trust = Trust::Failed;
    let verdict = roll.decide(&forged);
    assert_eq!(verdict.tasks[0].registration.as_ref(), Some(&roll.nth(2).id));
    assert_eq!(roll.nth(2).get("phone"), Some("13909540002"));
    let unnamed = person(&[("phone", "13800000000")]);
    let verdict = roll.decide(&mail(Kind::Change, "a@163.com", 3, &[unnamed]));
    assert_eq!(verdict.tasks[0].registration, None);
}
