//! Whoever has no address is telephoned: which news become a task, and what is to be said.

use baoming::reading::Kind;
use baoming::roster::*;

use crate::roll::*;

fn add(n: u64, away: bool) -> OrderKind {
    OrderKind::Add { channel: Channel::Phone, person: someone(n), email: None, away }
}

/// What is to be told by telephone, with the number of whom to call.
fn calls(verdict: &Verdict) -> Vec<String> {
    let tasks = verdict.tasks.iter().filter(|task| task.kind == TaskKind::Undelivered);
    tasks
        .map(|task| {
            let number = task.registration.as_ref().unwrap().rsplit('/').next().unwrap();
            format!("{number} {}", task.reasons.join("；"))
        })
        .collect()
}

#[test]
fn who_telephones_hears_it_at_once_and_who_stands_on_a_list_is_called() {
    let mut roll = Roll::new(event());
    assert!(calls(&roll.direct(&order(1, add(1, false))).unwrap()).is_empty());
    let said = calls(&roll.direct(&order(2, add(2, true))).unwrap());
    assert_eq!(said, ["XJ21-002 没有邮箱，请打电话告知本人：报名成功，名额已经确认"]);
    roll.direct(&order(3, add(3, true))).unwrap();
    let said = calls(&roll.direct(&order(4, add(4, true))).unwrap());
    assert_eq!(said, ["XJ21-004 没有邮箱，请打电话告知本人：名额已满，列入候补第1位"]);
}

#[test]
fn a_place_that_falls_to_somebody_without_an_address_is_told_by_telephone() {
    let mut roll = Roll::new(event());
    (1..=3).for_each(|n| drop(roll.decide(&asks(n))));
    roll.direct(&order(4, add(4, false))).unwrap();
    roll.direct(&order(5, add(5, false))).unwrap();
    let verdict = roll.decide(&mail(Kind::Cancellation, "p1@163.com", 6, &[]));
    assert_eq!(calls(&verdict), ["XJ21-004 没有邮箱，请打电话告知本人：递补成功，已有名额"]);
    roll.event.categories[1].quota = 4;
    let promote = OrderKind::Promote { number: "XJ21-005".into(), reason: "会议决定".into() };
    let verdict = roll.direct(&order(7, promote)).unwrap();
    assert_eq!(calls(&verdict), ["XJ21-005 没有邮箱，请打电话告知本人：递补成功，已有名额"]);
}

#[test]
fn what_a_clerk_decides_later_is_told_by_telephone() {
    let mut roll = Roll::new(event());
    for n in 1..=2 {
        let mut request = asks(n);
        request.sender.email = None;
        request.junk = true;
        roll.decide(&request);
    }
    let approve = OrderKind::Approve { number: "XJ21-001".into(), set: Person::new() };
    let said = calls(&roll.direct(&order(3, approve)).unwrap());
    assert_eq!(said, ["XJ21-001 没有邮箱，请打电话告知本人：报名成功，名额已经确认"]);
    let reject = OrderKind::Reject { number: "XJ21-002".into(), reason: "材料不实".into() };
    let said = calls(&roll.direct(&order(4, reject)).unwrap());
    assert_eq!(said, ["XJ21-002 没有邮箱，请打电话告知本人：未予登记，原因：材料不实"]);
}

#[test]
fn a_change_by_telephone_corrects_completes_and_leaves_reviews_alone() {
    let mut roll = Roll::new(event());
    roll.direct(&order(1, add(1, false))).unwrap();
    let change = |number: &str, set: &[(&str, &str)]| OrderKind::Change {
        number: number.to_owned(),
        set: person(set),
    };
    let verdict = roll.direct(&order(2, change("xj21-001", &[("phone", "13909549999")]))).unwrap();
    assert!(calls(&verdict).is_empty(), "the person is on the line");
    assert_eq!(verdict.steps[0].why, "values-changed");
    assert_eq!(roll.nth(1).get("phone"), Some("13909549999"));
    roll.decide(&mail(Kind::Registration, "a@163.com", 3, &[person(&[("name", "马兰")])]));
    roll.direct(&order(4, change("XJ21-002", &[("phone", "13909540002")]))).unwrap();
    assert_eq!(roll.nth(2).status, Status::Confirmed);
    let mut doubtful = asks(5);
    doubtful.junk = true;
    roll.decide(&doubtful);
    let refused = roll.direct(&order(6, change("XJ21-003", &[("phone", "13909540003")])));
    assert!(refused.unwrap_err().to_string().contains("baoming approve"));
    assert_eq!(roll.nth(3).status, Status::Review);
}

#[test]
fn another_category_is_told_with_the_rule_that_it_goes_by() {
    let mut roll = Roll::new(event());
    roll.decide(&asks(1));
    let set = person(&[("category", "supervisor")]);
    let change = OrderKind::Change { number: "XJ21-001".to_owned(), set };
    let verdict = roll.direct(&order(2, change)).unwrap();
    let item = &verdict.letters[0].items[0];
    assert_eq!(item.notes, ["改报类别后，先后次序以更改的时间为准。"]);
    assert!(matches!(item.outcome, Outcome::Corrected { status: Status::Confirmed, .. }));
}
