//! Incomplete and doubtful registrations, and what they reserve.

use baoming::reading::{Doubt, Kind};
use baoming::roster::*;

use crate::roll::*;

fn named(name: &str) -> Person {
    person(&[("name", name)])
}

fn doubt(reason: &str, concerns: Option<(usize, &str)>) -> Doubt {
    Doubt {
        reason: reason.to_owned(),
        advice: Some("请回信写明".to_owned()),
        concerns: concerns.map(|(whose, field)| (whose, field.to_owned())),
    }
}

#[test]
fn who_leaves_out_the_telephone_is_asked_and_the_seat_is_kept() {
    let mut roll = Roll::new(event());
    let verdict = roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[named("马兰")]));
    let until = Some(at("2021-09-15T08:31:00+08:00"));
    let incomplete = Outcome::Incomplete { missing: vec!["phone".to_owned()], until };
    assert_eq!(outcomes(&verdict), [incomplete]);
    assert_eq!(roll.tally("representative").reserved, 1);
}

#[test]
fn a_reserved_seat_is_not_given_to_the_next() {
    let mut roll = Roll::new(event());
    roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[named("马兰")]));
    (2..=4).for_each(|n| drop(roll.decide(&asks(n))));
    assert_eq!(roll.nth(3).status, Status::Confirmed);
    assert_eq!(roll.nth(4).status, Status::Waitlisted);
}

#[test]
fn an_incomplete_one_behind_the_last_seat_keeps_its_place_in_line() {
    let mut roll = Roll::new(event());
    (1..=3).for_each(|n| drop(roll.decide(&asks(n))));
    roll.decide(&mail(Kind::Registration, "a@163.com", 4, &[named("马兰")]));
    assert_eq!(outcomes(&roll.decide(&asks(5))), [Outcome::Waitlisted { position: 2 }]);
}

#[test]
fn without_a_name_nothing_is_reserved_and_all_is_asked_for() {
    let mut roll = Roll::new(event());
    let verdict = roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[]));
    let missing = vec!["name".to_owned(), "phone".to_owned()];
    assert_eq!(outcomes(&verdict), [Outcome::Incomplete { missing, until: None }]);
    assert_eq!(roll.tally("representative"), Tally::default());
}

#[test]
fn a_sender_reserves_no_more_than_the_cap() {
    let mut roll = Roll::new(event());
    let people = ["马兰", "马军", "马华"].map(named);
    let verdict = roll.decide(&mail(Kind::Registration, "a@163.com", 1, &people));
    let kept = |outcome: &Outcome| matches!(outcome, Outcome::Incomplete { until: Some(_), .. });
    assert_eq!(outcomes(&verdict).iter().map(kept).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(roll.tally("representative").reserved, 2);
    roll.decide(&mail(Kind::Registration, "b@163.com", 2, &[named("马平")]));
    assert_eq!(roll.tally("representative").reserved, 3);
}

#[test]
fn a_doubt_about_one_person_holds_up_only_that_one() {
    let mut roll = Roll::new(event());
    let mut request = mail(Kind::Registration, "a@163.com", 1, &[someone(1), someone(2)]);
    request.reading.doubts = vec![doubt("身份证号只有17位", Some((1, "id_number")))];
    let verdict = roll.decide(&request);
    let review = Outcome::UnderReview { advice: vec!["请回信写明".to_owned()], kept: true };
    assert_eq!(outcomes(&verdict), [Outcome::Confirmed, review]);
    assert_eq!(verdict.tasks[0].reasons, ["身份证号只有17位"]);
}

#[test]
fn a_general_doubt_holds_up_everybody_and_their_seats_are_kept() {
    let mut roll = Roll::new(event());
    let mut request = mail(Kind::Registration, "a@163.com", 1, &[someone(1), someone(2)]);
    request.reading.doubts = vec![doubt("附件打不开", None)];
    roll.decide(&request);
    assert_eq!(roll.standing(), [(1, Status::Review), (2, Status::Review)]);
    assert_eq!(roll.tally("representative").reserved, 2);
}

#[test]
fn a_category_in_doubt_reserves_nothing_and_takes_no_default() {
    let mut roll = Roll::new(event());
    let mut request = asks(1);
    request.reading.doubts = vec![doubt("两处类别不一致", Some((0, "category")))];
    let verdict = roll.decide(&request);
    assert!(matches!(outcomes(&verdict)[..], [Outcome::UnderReview { kept: false, .. }]));
    assert_eq!(roll.nth(1).category, None);
}

#[test]
fn a_doubtful_mail_without_people_makes_a_task_and_no_registration() {
    let mut roll = Roll::new(event());
    let mut request = mail(Kind::Registration, "a@163.com", 1, &[]);
    request.reading.doubts = vec![doubt("只有一张照片", None)];
    let verdict = roll.decide(&request);
    assert!(matches!(outcomes(&verdict)[..], [Outcome::UnderReview { kept: false, .. }]));
    assert_eq!((verdict.steps.len(), verdict.tasks[0].registration.as_ref()), (0, None));
}

#[test]
fn what_lies_among_the_spam_keeps_its_seat_and_a_person_looks() {
    let mut roll = Roll::new(event());
    let verdict = roll.decide(&Request { junk: true, ..asks(1) });
    assert_eq!(verdict.tasks[0].reasons, ["在垃圾邮件文件夹中找到"]);
    assert!(matches!(outcomes(&verdict)[..], [Outcome::UnderReview { kept: true, .. }]));
}

#[test]
fn a_machine_that_seems_to_register_is_looked_at_and_not_written_to() {
    let mut roll = Roll::new(event());
    let mut request = asks(1);
    request.sender.machine = Some("List-Id".to_owned());
    let verdict = roll.decide(&request);
    assert_eq!(roll.nth(1).status, Status::Review);
    assert_eq!((verdict.letters.len(), verdict.no_letter), (0, Some(NoLetter::Ignored)));
}

#[test]
fn an_unknown_category_goes_to_the_staff() {
    let mut roll = Roll::new(event());
    let mut who = someone(1);
    who.extend(person(&[("category", "reporter")]));
    let verdict = roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[who]));
    assert_eq!(verdict.tasks[0].reasons, ["所报类别不在本次活动的类别之内"]);
}

#[test]
fn without_a_default_the_category_is_asked_for() {
    let mut roll = Roll::new(Event { default_category: None, ..event() });
    let verdict = roll.decide(&asks(1));
    let missing = vec!["category".to_owned()];
    assert_eq!(outcomes(&verdict), [Outcome::Incomplete { missing, until: None }]);
}

#[test]
fn a_reservation_lapses_and_the_next_in_line_has_the_place() {
    let mut roll = Roll::new(event());
    roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[named("马兰")]));
    (2..=4).for_each(|n| drop(roll.decide(&asks(n))));
    assert!(roll.lapse(at("2021-09-15T08:30:59+08:00")).is_empty());
    let [verdict] = &roll.lapse(at("2021-09-15T08:31:00+08:00"))[..] else { panic!() };
    assert_eq!(verdict.letters[0].cause, Cause::Lapse("XJ21-001".to_owned()));
    assert_eq!(outcomes(verdict), [Outcome::Lapsed { missing: vec!["phone".to_owned()] }]);
    let promotion = Cause::Promotion("XJ21-004".to_owned(), "XJ21-001".to_owned());
    assert_eq!(verdict.letters[1].cause, promotion);
    assert_eq!((roll.nth(1).status, roll.nth(1).reason.as_str()), (Status::Cancelled, "lapsed"));
    assert_eq!(roll.nth(4).status, Status::Confirmed);
}

#[test]
fn nothing_is_held_past_closing() {
    let mut roll = Roll::new(event());
    let mut late = mail(Kind::Registration, "a@163.com", 1, &[named("马兰")]);
    late.arrived = key(at("2021-09-24T16:00:00+08:00"), 1);
    roll.decide(&late);
    assert_eq!(roll.nth(1).hold_until, Some(roll.event.closes));
}

#[test]
fn what_is_seen_too_late_to_be_completed_ends_at_once_with_one_letter_that_says_so() {
    let mut roll = Roll::new(event());
    let mut late = mail(Kind::Registration, "a@163.com", 1, &[named("马兰")]);
    late.arrived = key(at("2021-09-24T17:29:00+08:00"), 1);
    let verdict = roll.decide_at(&late, at("2021-09-24T17:31:00+08:00"));
    assert_eq!(outcomes(&verdict), [Outcome::TooLate { missing: vec!["phone".to_owned()] }]);
    assert_eq!(roll.nth(1).status, Status::Cancelled);
    assert_eq!(roll.tally("representative"), Tally::default());
}

#[test]
fn an_unfinished_head_of_the_line_gets_its_seat_reserved_without_a_letter() {
    let mut roll = Roll::new(event());
    (1..=3).for_each(|n| drop(roll.decide(&asks(n))));
    roll.decide(&mail(Kind::Registration, "a@163.com", 4, &[named("马兰")]));
    let verdict = roll.decide(&mail(Kind::Cancellation, "p2@163.com", 5, &[]));
    assert_eq!(verdict.letters.len(), 1);
    assert_eq!((roll.nth(4).status, roll.nth(4).seat), (Status::Incomplete, true));
}

#[test]
fn a_field_of_the_events_own_is_called_by_its_name_to_staff_and_citizens() {
    let mut own = event();
    own.required.push("diet".to_owned());
    own.field_names.insert("diet".to_owned(), "饮食禁忌".to_owned());
    let mut roll = Roll::new(own);
    let mut request = asks(1);
    request.reading.doubts = vec![doubt("两处电话不一致", None)];
    let verdict = roll.decide(&request);
    assert!(verdict.tasks[0].reasons.contains(&"还缺：饮食禁忌".to_owned()), "{:?}", verdict.tasks);
    let [Outcome::UnderReview { advice, .. }] = &outcomes(&verdict)[..] else { panic!() };
    assert!(advice.contains(&"请回复本邮件，补充饮食禁忌。".to_owned()), "{advice:?}");
    let add =
        OrderKind::Add { channel: Channel::Phone, person: someone(2), email: None, away: false };
    let refused = roll.direct(&order(3, add)).unwrap_err().to_string();
    assert_eq!(refused, "还缺饮食禁忌；请补充后再录入");
}
