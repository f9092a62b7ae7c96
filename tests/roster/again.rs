//! The same person again, and who only looks like it.

use baoming::message::Trust;
use baoming::reading::Kind;
use baoming::roster::*;

use crate::roll::*;

const ID: &str = "642223196902141173";
const OTHER_ID: &str = "642223198010198181";

type Fields<'a> = &'a [(&'a str, &'a str)];

/// What becomes of `second` from another address after `first` is registered.
fn after(first: Fields, second: Fields) -> (Roll, Verdict) {
    let mut roll = Roll::new(event());
    roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[person(first)]));
    let verdict = roll.decide(&mail(Kind::Registration, "b@163.com", 2, &[person(second)]));
    (roll, verdict)
}

#[test]
fn who_is_the_same_person() {
    let known = [("name", "马兰"), ("phone", "13909540001"), ("id_number", ID)];
    let table: [(&str, Fields, Status); 7] = [
        (
            "equal numbers",
            &[("name", "马兰"), ("phone", "1"), ("id_number", ID)],
            Status::Cancelled,
        ),
        ("name and phone", &[("name", "马 兰"), ("phone", "139-0954-0001")], Status::Cancelled),
        ("shared phone", &[("name", "马军"), ("phone", "13909540001")], Status::Confirmed),
        ("shared name", &[("name", "马兰"), ("phone", "13909540002")], Status::Confirmed),
        (
            "other name",
            &[("name", "马军"), ("phone", "13909540002"), ("id_number", ID)],
            Status::Review,
        ),
        (
            "other number",
            &[("name", "马兰"), ("phone", "13909540001"), ("id_number", OTHER_ID)],
            Status::Review,
        ),
        (
            "namesake",
            &[("name", "马兰"), ("phone", "13909540002"), ("id_number", OTHER_ID)],
            Status::Confirmed,
        ),
    ];
    for (case, second, status) in table {
        let (roll, verdict) = after(&known, second);
        if status == Status::Cancelled {
            let already = Outcome::Already { status: Status::Confirmed, position: None };
            assert_eq!(outcomes(&verdict), [already], "{case}");
            assert_eq!(verdict.letters[0].items[0].number.as_deref(), Some("XJ21-001"), "{case}");
            assert!(verdict.steps.is_empty(), "{case}");
        } else {
            assert_eq!(roll.nth(2).status, status, "{case}");
        }
    }
}

#[test]
fn a_doubtful_likeness_names_the_other_registration_to_the_staff() {
    let first = [("name", "马兰"), ("phone", "13909540001"), ("id_number", ID)];
    let second = [("name", "马军"), ("phone", "13909540002"), ("id_number", ID)];
    let (roll, verdict) = after(&first, &second);
    assert_eq!(verdict.tasks[0].reasons, ["身份证号与 XJ21-001 相同，但姓名不同"]);
    assert_eq!(verdict.tasks[0].registration.as_ref(), Some(&roll.nth(2).id));
    assert!(roll.nth(2).seat);
}

#[test]
fn who_waits_and_writes_again_hears_the_position() {
    let mut roll = Roll::new(event());
    (1..=5).for_each(|n| drop(roll.decide(&asks(n))));
    let mut again = asks(5);
    again.arrived = key(at("2021-09-14T08:00:00+08:00"), 9);
    again.cause = Cause::Message("m9".to_owned());
    let already = Outcome::Already { status: Status::Waitlisted, position: Some(2) };
    assert_eq!(outcomes(&roll.decide(&again)), [already]);
}

#[test]
fn an_incomplete_registration_counts_as_registered_for_others() {
    let mut roll = Roll::new(event());
    roll.event.required.push("organization".to_owned());
    roll.decide(&asks(1));
    let mut other = asks(1);
    other.sender.email = Some(email("friend@qq.com"));
    let already = Outcome::Already { status: Status::Incomplete, position: None };
    assert_eq!(outcomes(&roll.decide(&other)), [already]);
}

#[test]
fn from_the_same_address_the_same_name_without_a_number_is_the_same_person() {
    let mut roll = Roll::new(event());
    roll.decide(&asks(1));
    let bare = mail(Kind::Registration, "p1@163.com", 2, &[person(&[("name", "马1")])]);
    assert!(matches!(outcomes(&roll.decide(&bare))[..], [Outcome::Already { .. }]));
    let other = person(&[("name", "马1"), ("phone", "13800000000")]);
    let verdict = roll.decide(&mail(Kind::Registration, "p1@163.com", 3, &[other]));
    assert_eq!(verdict.tasks[0].reasons, ["同一邮箱已为同名的人登记（XJ21-001），但电话不同"]);
}

#[test]
fn after_a_cancellation_the_same_person_registers_anew_at_the_end() {
    let mut roll = Roll::new(event());
    (1..=4).for_each(|n| drop(roll.decide(&asks(n))));
    roll.decide(&mail(Kind::Cancellation, "p1@163.com", 5, &[]));
    let mut again = asks(1);
    again.arrived = key(at("2021-09-14T08:00:00+08:00"), 6);
    again.cause = Cause::Message("m6".to_owned());
    let verdict = roll.decide(&again);
    assert_eq!(outcomes(&verdict), [Outcome::Waitlisted { position: 1 }]);
    assert_eq!(verdict.steps[0].after.number, "XJ21-005");
}

#[test]
fn whom_the_staff_refused_comes_back_to_the_staff() {
    let mut roll = Roll::new(event());
    let mut doubtful = asks(1);
    doubtful.junk = true;
    roll.decide(&doubtful);
    let (number, reason) = ("XJ21-001".to_owned(), "不在本县".to_owned());
    roll.direct(&order(2, OrderKind::Reject { number, reason })).unwrap();
    roll.decide(&Request {
        cause: Cause::Message("m3".to_owned()),
        arrived: asks(3).arrived,
        ..asks(1)
    });
    assert_eq!(roll.nth(2).status, Status::Review);
}

#[test]
fn somebody_who_occurs_twice_in_one_mail_is_registered_once() {
    let mut more = someone(1);
    more.extend(person(&[("organization", "西吉县第一中学")]));
    let mut roll = Roll::new(event());
    let verdict =
        roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[someone(1), someone(2), more]));
    assert_eq!(outcomes(&verdict).len(), 2);
    assert_eq!(roll.nth(1).get("organization"), Some("西吉县第一中学"));
}

#[test]
fn another_category_the_second_time_is_a_change_for_the_staff() {
    let mut roll = Roll::new(event());
    roll.decide(&asks(1));
    let mut wish = someone(1);
    wish.extend(person(&[("category", "supervisor")]));
    let verdict = roll.decide(&mail(Kind::Registration, "p1@163.com", 2, &[wish]));
    assert!(matches!(outcomes(&verdict)[..], [Outcome::Already { .. }]));
    assert_eq!(verdict.tasks[0].kind, TaskKind::Change);
}

#[test]
fn a_failed_sender_check_does_not_hinder_a_plain_registration() {
    let mut request = asks(1);
    request.sender.trust = Trust::Failed;
    assert_eq!(outcomes(&Roll::new(event()).decide(&request)), [Outcome::Confirmed]);
}
