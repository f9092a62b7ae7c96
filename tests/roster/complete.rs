//! An answer that supplies what was missing.

use baoming::message::Trust;
use baoming::reading::Kind;
use baoming::roster::*;

use crate::roll::*;

fn supplies(from: &str, uid: u64, fields: &[(&str, &str)]) -> Request {
    mail(Kind::Registration, from, uid, &[person(fields)])
}

/// Three places: number 1 is incomplete (a name without telephone), 2 to `people` are complete.
fn with_incomplete(people: u64) -> Roll {
    let mut roll = Roll::new(event());
    roll.decide(&supplies("a@163.com", 1, &[("name", "马兰")]));
    (2..=people).for_each(|n| drop(roll.decide(&asks(n))));
    roll
}

#[test]
fn the_missing_telephone_completes_the_registration_in_place() {
    let mut roll = with_incomplete(5);
    let verdict = roll.decide(&supplies("a@163.com", 9, &[("phone", "13909540001")]));
    assert_eq!(outcomes(&verdict), [Outcome::Confirmed]);
    let first = roll.nth(1);
    assert_eq!((first.status, first.get("phone")), (Status::Confirmed, Some("13909540001")));
    assert_eq!(first.key.uid, 1);
    assert_eq!(roll.next_serial, 6);
}

#[test]
fn the_whole_form_sent_again_completes_too() {
    let mut roll = with_incomplete(2);
    let again = supplies("a@163.com", 9, &[("name", "马兰"), ("phone", "13909540001")]);
    assert_eq!(roll.decide(&again).steps[0].action, Action::Completed);
}

#[test]
fn from_another_address_the_number_must_be_quoted() {
    let mut roll = with_incomplete(2);
    let mut other = supplies("b@qq.com", 9, &[("phone", "13909540001")]);
    other.refers_to = vec!["XJ21-001".to_owned()];
    assert_eq!(roll.decide(&other).steps[0].action, Action::Completed);

    let mut roll = with_incomplete(2);
    let stranger = supplies("b@qq.com", 9, &[("name", "马兰"), ("phone", "13909540001")]);
    assert_eq!(roll.decide(&stranger).steps[0].action, Action::Registered);
}

#[test]
fn who_stood_in_line_keeps_the_place_in_line() {
    let mut roll = Roll::new(event());
    (1..=3).for_each(|n| drop(roll.decide(&asks(n))));
    roll.decide(&supplies("a@163.com", 4, &[("name", "马兰")]));
    roll.decide(&asks(5));
    let verdict = roll.decide(&supplies("a@163.com", 9, &[("phone", "13909540001")]));
    assert_eq!(outcomes(&verdict), [Outcome::Waitlisted { position: 1 }]);
}

#[test]
fn who_had_nothing_reserved_takes_the_place_in_line_of_the_first_mail() {
    let mut roll = Roll::new(event());
    (1..=3).for_each(|n| drop(roll.decide(&asks(n))));
    roll.decide(&mail(Kind::Registration, "a@163.com", 4, &[]));
    (5..=6).for_each(|n| drop(roll.decide(&asks(n))));
    let whole = supplies("a@163.com", 9, &[("name", "马兰"), ("phone", "13909540001")]);
    assert_eq!(outcomes(&roll.decide(&whole)), [Outcome::Waitlisted { position: 1 }]);
    assert_eq!(roll.next_serial, 7);
}

#[test]
fn a_name_alone_begins_to_reserve_and_the_rest_is_asked_again() {
    let mut roll = Roll::new(event());
    roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[]));
    let verdict = roll.decide(&supplies("a@163.com", 2, &[("name", "马兰")]));
    let until = roll.nth(1).hold_until;
    let incomplete = Outcome::Incomplete { missing: vec!["phone".to_owned()], until };
    assert_eq!(outcomes(&verdict), [incomplete]);
    assert!(roll.nth(1).seat);
}

#[test]
fn the_same_incomplete_mail_again_changes_nothing() {
    let mut roll = with_incomplete(1);
    let verdict = roll.decide(&supplies("a@163.com", 2, &[("name", "马兰")]));
    let already = Outcome::Already { status: Status::Incomplete, position: None };
    assert_eq!(outcomes(&verdict), [already]);
    assert!(verdict.steps.is_empty());
}

#[test]
fn what_contradicts_goes_to_a_person_and_keeps_the_seat() {
    let mut roll = Roll::new(event());
    roll.decide(&supplies("a@163.com", 1, &[("name", "马兰"), ("gender", "女")]));
    let verdict =
        roll.decide(&supplies("a@163.com", 2, &[("phone", "13909540001"), ("gender", "男")]));
    assert_eq!(verdict.tasks[0].reasons[0], "补充的内容与原登记不一致：性别");
    let first = roll.nth(1);
    assert_eq!((first.status, first.seat, first.get("phone")), (Status::Review, true, None));
    assert_eq!(first.hold_until, None);
}

#[test]
fn an_address_that_failed_its_check_completes_nothing() {
    let mut roll = with_incomplete(1);
    let mut forged = supplies("a@163.com", 2, &[("phone", "13909540001")]);
    forged.sender.trust = Trust::Failed;
    roll.decide(&forged);
    assert_eq!((roll.nth(1).status, roll.nth(1).get("phone")), (Status::Review, None));
}

#[test]
fn nor_does_one_that_quotes_the_number() {
    for sender in ["a@163.com", "other@qq.com"] {
        let mut roll = with_incomplete(1);
        let mut forged = supplies(sender, 2, &[("phone", "13909540001")]);
        forged.refers_to = vec!["XJ21-001".to_owned()];
        forged.sender.trust = Trust::Failed;
        let verdict = roll.decide(&forged);
        assert_eq!((roll.nth(1).status, roll.nth(1).get("phone")), (Status::Review, None));
        assert!(roll.nth(1).reserves(), "the place stays where it is");
        assert_eq!(verdict.tasks[0].reasons[0], "发件人未通过邮件系统的验证");
    }
}

#[test]
fn when_two_could_be_meant_a_person_decides() {
    let mut roll = Roll::new(event());
    let people = [person(&[("name", "马兰")]), person(&[("name", "马军")])];
    roll.decide(&mail(Kind::Registration, "a@163.com", 1, &people));
    let verdict = roll.decide(&supplies("a@163.com", 2, &[("phone", "13909540001")]));
    assert_eq!(verdict.tasks[0].reasons[0], "不能确定补充的是哪一份登记：XJ21-001、XJ21-002");
    assert_eq!(roll.nth(1).status, Status::Incomplete);
    let named = supplies("a@163.com", 3, &[("name", "马军"), ("phone", "13909540001")]);
    roll.decide(&named);
    assert_eq!(roll.nth(2).status, Status::Confirmed);
}

#[test]
fn another_name_from_the_same_address_is_another_person() {
    let mut roll = with_incomplete(1);
    let mut father = supplies("a@163.com", 2, &[("name", "马福"), ("phone", "13909540001")]);
    father.refers_to = vec!["XJ21-001".to_owned()];
    roll.decide(&father);
    assert_eq!(roll.standing(), [(1, Status::Incomplete), (2, Status::Confirmed)]);
}

#[test]
fn people_of_one_mail_do_not_complete_each_other() {
    let mut roll = Roll::new(event());
    let people = [person(&[("gender", "女")]), someone(2)];
    roll.decide(&mail(Kind::Registration, "a@163.com", 1, &people));
    assert_eq!(roll.standing(), [(1, Status::Incomplete), (2, Status::Confirmed)]);
}

#[test]
fn after_closing_nothing_is_completed() {
    let mut roll = with_incomplete(1);
    roll.all.values_mut().for_each(|it| it.hold_until = Some(at("2021-09-24T17:30:00+08:00")));
    let mut late = supplies("a@163.com", 2, &[("phone", "13909540001")]);
    late.arrived = key(at("2021-09-24T17:30:00+08:00"), 2);
    assert_eq!(outcomes(&roll.decide(&late)), [Outcome::Closed { early: None }]);
    assert_eq!(roll.nth(1).status, Status::Incomplete);
}

#[test]
fn an_identity_number_that_somebody_else_has_goes_to_a_person() {
    let id = "642223196902141173";
    let mut roll = Roll::new(event());
    let mut known = someone(1);
    known.extend(person(&[("id_number", id)]));
    roll.decide(&mail(Kind::Registration, "p1@163.com", 1, &[known]));
    roll.decide(&supplies("a@163.com", 2, &[("name", "马兰")]));
    let whole = supplies("a@163.com", 3, &[("phone", "13909540009"), ("id_number", id)]);
    roll.decide(&whole);
    assert_eq!(roll.nth(2).status, Status::Review);
}

#[test]
fn a_number_quoted_for_somebody_who_is_registered_already_completes_nothing() {
    let mut roll = Roll::new(event());
    roll.decide(&asks(1));
    roll.decide(&supplies("a@163.com", 2, &[("name", "马1")]));
    let verdict = roll.decide(&supplies("a@163.com", 3, &[("phone", "13909540001")]));
    assert_eq!(verdict.tasks[0].reasons[0], "补充后与 XJ21-001 是同一人");
}

#[test]
fn a_supplied_registration_settles_what_was_open_about_it() {
    let mut roll = with_incomplete(1);
    let verdict = roll.decide(&supplies("a@163.com", 9, &[("phone", "13909540001")]));
    assert_eq!(verdict.settles, [roll.nth(1).id.clone()]);
}

#[test]
fn two_people_of_one_mail_do_not_complete_the_same_registration() {
    let mut roll = Roll::new(event());
    roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[]));
    let people = [person(&[("phone", "13909540001")]), person(&[("name", "马兰")])];
    roll.decide(&mail(Kind::Registration, "a@163.com", 2, &people));
    assert_eq!(roll.standing(), [(1, Status::Incomplete), (2, Status::Incomplete)]);
}

/// Several requests decided on one board, as the service decides what has come in together.
fn together(roll: &mut Roll, requests: &[Request]) -> Vec<Verdict> {
    let mut board = roll.board_for(requests);
    let mut decide_one = |request: &Request| {
        let slice = board.slice(&roll.event, request);
        let verdict = decide(&roll.event, slice, request, request.arrived.arrived);
        board.apply(&verdict);
        roll.write(&verdict);
        verdict
    };
    requests.iter().map(&mut decide_one).collect()
}

#[test]
fn a_number_that_is_guessed_before_it_is_given_makes_nobody_a_second_registration() {
    let mut roll = Roll::new(event());
    roll.decide(&asks(1));
    let nameless = supplies("a@163.com", 2, &[("phone", "13909540001")]);
    let mut guess = supplies("b@163.com", 3, &[("name", "马1")]);
    guess.refers_to = vec!["XJ21-002".to_owned()];
    let verdicts = together(&mut roll, &[nameless, guess]);
    assert_eq!(verdicts[1].tasks[0].reasons[0], "补充后与 XJ21-001 是同一人");
}

#[test]
fn a_correction_that_comes_in_with_the_registration_makes_nobody_a_second_one() {
    let mut roll = Roll::new(event());
    roll.decide(&asks(1));
    let other = supplies("a@163.com", 2, &[("name", "马1"), ("phone", "13909549999")]);
    let change = person(&[("phone", "13909540001")]);
    let change = mail(Kind::Change, "a@163.com", 3, &[change]);
    let verdicts = together(&mut roll, &[other, change]);
    assert_eq!((verdicts[1].steps.len(), verdicts[1].tasks.len()), (0, 1));
}
