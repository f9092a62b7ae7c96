//! What the staff do by hand.

use baoming::reading::{Doubt, Kind};
use baoming::roster::*;

use crate::roll::*;

fn add(n: u64) -> OrderKind {
    OrderKind::Add { channel: Channel::Phone, person: someone(n), email: None, away: false }
}

fn approve(number: &str, set: &[(&str, &str)]) -> OrderKind {
    OrderKind::Approve { number: number.to_owned(), set: person(set) }
}

fn reject(number: &str) -> OrderKind {
    OrderKind::Reject { number: number.to_owned(), reason: "材料不实".to_owned() }
}

fn cancel(number: &str) -> OrderKind {
    OrderKind::Cancel { number: number.to_owned(), reason: "本人来电".to_owned() }
}

fn promote(number: &str) -> OrderKind {
    OrderKind::Promote { number: number.to_owned(), reason: "局务会决定".to_owned() }
}

fn in_review(n: u64) -> Request {
    Request { junk: true, ..asks(n) }
}

/// What a refused order tells the clerk.
fn refused(roll: &mut Roll, kind: OrderKind) -> String {
    roll.direct(&order(90, kind)).unwrap_err().to_string()
}

#[test]
fn a_telephone_registration_takes_its_place_by_the_time_of_entry() {
    let mut roll = Roll::new(event());
    (1..=2).for_each(|n| drop(roll.decide(&asks(n))));
    let verdict = roll.direct(&order(3, add(3))).unwrap();
    let new = &verdict.steps[0].after;
    assert_eq!((new.status, new.channel), (Status::Confirmed, Channel::Phone));
    assert_eq!((verdict.letters.len(), verdict.no_letter), (0, Some(NoLetter::NoAddress)));
    roll.direct(&order(4, add(4))).unwrap();
    assert_eq!(roll.nth(4).status, Status::Waitlisted);
}

#[test]
fn an_entry_that_cannot_be_right_is_refused_with_what_to_do() {
    let mut roll = Roll::new(event());
    roll.decide(&asks(1));
    let bare = |fields: &[(&str, &str)]| OrderKind::Add {
        channel: Channel::Onsite,
        person: person(fields),
        email: None,
        away: false,
    };
    let again = refused(&mut roll, add(1));
    assert_eq!(again, "此人已登记，编号 XJ21-001（已确认）；无需再次录入");
    let nameless = refused(&mut roll, bare(&[("phone", "13909540009")]));
    assert_eq!(nameless, "还缺姓名；请补充后再录入");
    let reporter = [("name", "马兰"), ("phone", "13909540009"), ("category", "reporter")];
    assert!(refused(&mut roll, bare(&reporter)).contains("supervisor（政务公开义务监督员）"));
    let mut early = order(1, add(2));
    early.key.arrived = at("2021-09-12T10:00:00+08:00");
    let early = roll.direct(&early).unwrap_err().to_string();
    assert_eq!(early, "报名尚未开始（2021-09-13 08:30 开始）；请在开始后录入");
}

#[test]
fn an_entry_after_closing_is_the_staffs_own_and_recorded_so() {
    let mut roll = Roll::new(event());
    let mut late = order(1, add(1));
    late.key.arrived = at("2021-09-27T10:00:00+08:00");
    assert_eq!(roll.direct(&late).unwrap().steps[0].why, "after-closing");
}

#[test]
fn a_correction_that_changes_nothing_is_refused_and_writes_to_nobody() {
    let mut roll = Roll::new(event());
    roll.decide(&asks(1));
    let same = approve("XJ21-001", &[("name", "马1"), ("phone", "13909540001")]);
    assert!(refused(&mut roll, same).contains("没有需要更正的"));
    let category = approve("XJ21-001", &[("category", "representative")]);
    assert!(refused(&mut roll, category).contains("没有需要更正的"));
    roll.direct(&order(3, approve("XJ21-001", &[("phone", "13909540009")]))).unwrap();
}

#[test]
fn approving_gives_the_reserved_seat_and_settles_the_task() {
    let mut roll = Roll::new(event());
    roll.decide(&in_review(1));
    let verdict = roll.direct(&order(2, approve("XJ21-001", &[]))).unwrap();
    assert_eq!(outcomes(&verdict), [Outcome::Confirmed]);
    assert_eq!(verdict.letters[0].cause, Cause::Command("c2".to_owned()));
    assert_eq!(verdict.settles, [roll.nth(1).id.clone()]);
}

#[test]
fn approving_in_line_waits_at_the_place_of_arrival() {
    let mut roll = Roll::new(event());
    (1..=3).for_each(|n| drop(roll.decide(&asks(n))));
    roll.decide(&in_review(4));
    roll.decide(&asks(5));
    let verdict = roll.direct(&order(6, approve("XJ21-004", &[]))).unwrap();
    assert_eq!(outcomes(&verdict), [Outcome::Waitlisted { position: 1 }]);
}

#[test]
fn a_category_in_doubt_must_be_named_when_approving() {
    let mut roll = Roll::new(event());
    let mut request = asks(1);
    let concerns = Some((0, "category".to_owned()));
    let doubt = Doubt { reason: "两处类别不一致".to_owned(), advice: None, concerns };
    request.reading.doubts = vec![doubt];
    roll.decide(&request);
    assert!(refused(&mut roll, approve("XJ21-001", &[])).contains("representative"));
    roll.direct(&order(2, approve("XJ21-001", &[("category", "supervisor")]))).unwrap();
    assert_eq!(roll.tally("supervisor").confirmed, 1);
}

#[test]
fn an_incomplete_one_can_be_completed_by_telephone() {
    let mut roll = Roll::new(event());
    roll.decide(&mail(Kind::Registration, "a@163.com", 1, &[person(&[("name", "马兰")])]));
    roll.direct(&order(2, approve("XJ21-001", &[("phone", "13909540001")]))).unwrap();
    assert_eq!(roll.nth(1).status, Status::Confirmed);
}

#[test]
fn approving_into_the_other_category_frees_the_reserved_seat_for_the_next() {
    let mut roll = Roll::new(event());
    roll.decide(&in_review(1));
    (2..=4).for_each(|n| drop(roll.decide(&asks(n))));
    let set = [("category", "supervisor")];
    let verdict = roll.direct(&order(5, approve("XJ21-001", &set))).unwrap();
    assert_eq!(verdict.letters.len(), 2);
    assert_eq!(roll.nth(4).status, Status::Confirmed);
}

#[test]
fn corrected_values_keep_the_place_and_are_confirmed_by_letter() {
    let mut roll = Roll::new(event());
    roll.decide(&asks(1));
    let verdict = roll.direct(&order(2, approve("XJ21-001", &[("name", "马兰")]))).unwrap();
    assert_eq!(
        (verdict.steps[0].action, verdict.steps[0].why),
        (Action::Changed, "values-changed")
    );
    let status = Status::Confirmed;
    assert_eq!(outcomes(&verdict), [Outcome::Corrected { status, position: None }]);
    // Another category that has a place is a correction too; one in line tells its position.
    let verdict = roll.direct(&order(3, approve("XJ21-001", &[("category", "supervisor")])));
    assert_eq!(outcomes(&verdict.unwrap()), [Outcome::Corrected { status, position: None }]);
    (4..=7).for_each(|n| drop(roll.decide(&asks(n))));
    let verdict = roll.direct(&order(8, approve("XJ21-005", &[("name", "马青")]))).unwrap();
    let (status, position) = (Status::Waitlisted, Some(1));
    assert_eq!(outcomes(&verdict), [Outcome::Corrected { status, position }]);
}

#[test]
fn who_changes_the_category_in_line_goes_behind_those_who_wanted_it_before() {
    let mut roll = Roll::new(event());
    (1..=4).for_each(|n| drop(roll.decide(&asks(n))));
    for n in 5..=7 {
        let mut who = someone(n);
        who.extend(person(&[("category", "supervisor")]));
        roll.decide(&mail(Kind::Registration, "s@163.com", n, &[who]));
    }
    let set = [("category", "supervisor")];
    let verdict = roll.direct(&order(8, approve("XJ21-004", &set))).unwrap();
    let status = Status::Waitlisted;
    assert_eq!(outcomes(&verdict), [Outcome::Corrected { status, position: Some(2) }]);
    let confirmed = refused(&mut roll, approve("XJ21-001", &set));
    assert!(confirmed.contains("政务公开义务监督员的名额已满"), "{confirmed}");
    assert_eq!(roll.nth(1).status, Status::Confirmed);
}

#[test]
fn nobody_is_approved_into_two_places() {
    let mut roll = Roll::new(event());
    roll.decide(&asks(1));
    roll.decide(&in_review(2));
    let set = [("name", "马1"), ("phone", "13909540001")];
    assert!(refused(&mut roll, approve("XJ21-002", &set)).contains("XJ21-001"));
}

#[test]
fn rejecting_frees_the_reserved_seat_and_tells_why() {
    let mut roll = Roll::new(event());
    roll.decide(&in_review(1));
    (2..=4).for_each(|n| drop(roll.decide(&asks(n))));
    let verdict = roll.direct(&order(5, reject("XJ21-001"))).unwrap();
    assert_eq!(outcomes(&verdict), [Outcome::Rejected { reason: "材料不实".to_owned() }]);
    assert_eq!(roll.nth(1).status, Status::Refused);
    assert_eq!(roll.nth(4).status, Status::Confirmed);
}

#[test]
fn a_given_place_is_not_rejected_away() {
    let mut roll = Roll::new(event());
    roll.decide(&asks(1));
    assert!(refused(&mut roll, reject("XJ21-001")).contains("baoming cancel"));
}

#[test]
fn cancelling_by_hand_promotes_too_and_only_once() {
    let mut roll = Roll::new(event());
    (1..=4).for_each(|n| drop(roll.decide(&asks(n))));
    roll.direct(&order(5, cancel("XJ21-001"))).unwrap();
    assert_eq!(roll.nth(1).reason, "本人来电");
    assert_eq!(roll.nth(4).status, Status::Confirmed);
    assert!(refused(&mut roll, cancel("XJ21-001")).contains("无需取消"));
    assert!(refused(&mut roll, cancel("XJ21-099")).contains("没有编号为 XJ21-099 的登记"));
}

#[test]
fn out_of_turn_only_a_free_place_is_given_and_it_is_recorded() {
    let mut roll = Roll::new(event());
    (1..=5).for_each(|n| drop(roll.decide(&asks(n))));
    assert!(refused(&mut roll, promote("XJ21-005")).contains("名额已满"));
    roll.event.categories[1].quota = 4;
    let verdict = roll.direct(&order(6, promote("XJ21-005"))).unwrap();
    assert_eq!(verdict.steps[0].why, "out-of-turn");
    assert_eq!(outcomes(&verdict), [Outcome::Promoted]);
    assert_eq!(roll.nth(4).status, Status::Waitlisted);
}

#[test]
fn a_raised_quota_is_filled_from_the_line_in_order() {
    let mut roll = Roll::new(event());
    (1..=6).for_each(|n| drop(roll.decide(&asks(n))));
    roll.event.categories[1].quota = 5;
    let wants = Wants::of_places(2);
    let slice = roll.board(&wants).select(&roll.event, &wants);
    let verdict = fill(&roll.event, slice, "settings-7", at("2021-09-14T08:00:00+08:00"));
    roll.write(&verdict);
    assert_eq!(verdict.letters.len(), 2);
    assert_eq!((roll.nth(5).status, roll.nth(6).status), (Status::Confirmed, Status::Waitlisted));
}

#[test]
fn attendance_is_noted_from_the_day_on_for_who_has_a_place_and_nobody_is_written_to() {
    let mut roll = Roll::new(event());
    (1..=4).for_each(|n| drop(roll.decide(&asks(n))));
    let attend = |number: &str| OrderKind::Attend { number: number.to_owned(), present: true };
    assert!(refused(&mut roll, attend("XJ21-001")).contains("2021-09-28"), "nobody can have come");
    let mut early = order(9, attend("xj21-001"));
    early.key.arrived = at("2021-09-28T07:30:00+08:00");
    let verdict = roll.direct(&early).unwrap();
    assert_eq!((verdict.letters.len(), roll.nth(1).attended), (0, Some(true)));
    assert!(refused(&mut roll, attend("XJ21-004")).contains("候补"));
}
