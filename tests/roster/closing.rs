//! Registration that the staff close before its date, and open again.

use std::time::Duration;

use baoming::reading::{Brief, Kind};
use baoming::roster::*;
use jiff::Timestamp;

use crate::roll::*;

const CLOSED: &str = "2021-09-20T15:00:00+08:00";
const REOPENED: &str = "2021-09-21T09:00:00+08:00";

/// The staff order it at that moment.
fn orders(roll: &mut Roll, time: &str, kind: OrderKind) -> Result<Verdict, Refusal> {
    let mut order = order(900, kind);
    order.key.arrived = at(time);
    roll.direct(&order)
}

fn close() -> OrderKind {
    OrderKind::Close { reason: "报名人数已远超名额".to_owned() }
}

fn reopen() -> OrderKind {
    OrderKind::Reopen { reason: "增加了场次".to_owned() }
}

/// The open day, closed early.
fn closed() -> Roll {
    let mut roll = Roll::new(event());
    orders(&mut roll, CLOSED, close()).unwrap();
    roll
}

fn arriving(n: u64, time: &str) -> Request {
    Request { arrived: key(at(time), n), ..asks(n) }
}

fn early() -> Outcome {
    Outcome::Closed { early: Some(at(CLOSED)) }
}

#[test]
fn what_had_arrived_before_the_close_is_taken_whenever_it_is_read_and_what_came_later_is_not() {
    let mut roll = closed();
    let later = at("2021-09-22T10:00:00+08:00");
    let verdict = roll.decide_at(&arriving(1, "2021-09-20T14:59:59+08:00"), later);
    assert_eq!(outcomes(&verdict), [Outcome::Confirmed]);
    assert_eq!(verdict.closed, Some(at(CLOSED)), "letters say the moment of the close");
    for time in [CLOSED, "2021-09-24T17:29:59+08:00", "2021-09-26T09:00:00+08:00"] {
        let verdict = roll.decide_at(&arriving(2, time), later);
        assert_eq!((outcomes(&verdict), verdict.steps.len()), (vec![early()], 0), "{time}");
    }
    assert_eq!(roll.standing(), [(1, Status::Confirmed)]);
}

#[test]
fn nobody_is_told_and_whoever_has_a_place_keeps_it_and_still_gives_it_to_the_next() {
    let mut roll = Roll::new(event());
    for n in 1..=4 {
        roll.decide(&asks(n));
    }
    let verdict = orders(&mut roll, CLOSED, close()).unwrap();
    assert_eq!((verdict.steps.len(), verdict.letters.len(), verdict.tasks.len()), (0, 0, 0));
    assert_eq!(verdict.no_letter, Some(NoLetter::Ignored), "I4");
    let mut gives_back = mail(Kind::Cancellation, "p1@163.com", 950, &[someone(1)]);
    gives_back.arrived = key(at("2021-09-21T10:00:00+08:00"), 950);
    roll.decide(&gives_back);
    assert_eq!(roll.nth(4).status, Status::Confirmed, "the line moves up as before");
    let mut again = asks(2);
    again.arrived = key(at("2021-09-21T11:00:00+08:00"), 951);
    let already = Outcome::Already { status: Status::Confirmed, position: None };
    assert_eq!(outcomes(&roll.decide(&again)), [already]);
}

#[test]
fn what_arrived_while_it_was_closed_stays_late_and_what_comes_after_that_counts() {
    let mut roll = closed();
    orders(&mut roll, REOPENED, reopen()).unwrap();
    let now = at("2021-09-21T10:00:00+08:00");
    let verdict = roll.decide_at(&arriving(1, "2021-09-20T18:00:00+08:00"), now);
    assert_eq!(outcomes(&verdict), [early()], "read later, and still late");
    assert_eq!(verdict.closed, None, "and the letter says that it is open now");
    assert_eq!(outcomes(&roll.decide(&arriving(2, REOPENED))), [Outcome::Confirmed]);
    // Closed a second time: each mail hears of the close that it met.
    let second = "2021-09-22T08:00:00+08:00";
    orders(&mut roll, second, close()).unwrap();
    let now = at("2021-09-23T08:00:00+08:00");
    let first = roll.decide_at(&arriving(3, "2021-09-20T19:00:00+08:00"), now);
    assert_eq!(outcomes(&first), [early()]);
    let then = roll.decide_at(&arriving(4, "2021-09-22T09:00:00+08:00"), now);
    assert_eq!(outcomes(&then), [Outcome::Closed { early: Some(at(second)) }]);
}

#[test]
fn an_incomplete_registration_ends_with_the_close_and_is_not_completed_after_it() {
    let mut roll = Roll::new(event());
    let unfinished = |n: u64| {
        let nameonly = person(&[("name", &format!("马{n}"))]);
        let mut request = mail(Kind::Registration, &format!("p{n}@163.com"), n, &[nameonly]);
        request.arrived = key(at("2021-09-20T10:00:00+08:00"), n);
        request
    };
    for n in 1..=3 {
        roll.decide(&unfinished(n));
    }
    let supplies = |n: u64, time: &str| {
        let phone = person(&[("phone", &format!("1390954{n:04}"))]);
        let mut request = mail(Kind::Registration, &format!("p{n}@163.com"), n + 10, &[phone]);
        request.arrived = key(at(time), n + 10);
        request
    };
    orders(&mut roll, CLOSED, close()).unwrap();
    let in_time = roll.decide_at(&supplies(1, "2021-09-20T14:59:00+08:00"), at(REOPENED));
    assert_eq!(outcomes(&in_time), [Outcome::Confirmed]);
    assert_eq!(outcomes(&roll.decide(&supplies(2, CLOSED))), [early()]);
    let ended = roll.lapse(at(CLOSED));
    assert_eq!(ended.len(), 2, "as on the closing date");
    assert!(ended.iter().all(|verdict| verdict.closed == Some(at(CLOSED))));
    let rest = [(1, Status::Confirmed), (2, Status::Cancelled), (3, Status::Cancelled)];
    assert_eq!(roll.standing(), rest);
    // Who had supplied something in time, and not all, is promised no longer time than there is.
    let mut two = roll;
    two.event.required.push("organization".to_owned());
    two.state = State::default();
    two.decide(&unfinished(4));
    orders(&mut two, CLOSED, close()).unwrap();
    let half = two.decide_at(&supplies(4, "2021-09-20T14:59:00+08:00"), at(REOPENED));
    let until = Some(at(CLOSED));
    let missing = vec!["organization".to_owned()];
    assert_eq!(outcomes(&half), [Outcome::Incomplete { missing, until }]);
    // Seen too late to be asked for anything.
    let mut roll = closed();
    let verdict = roll.decide_at(&unfinished(5), at(REOPENED));
    assert!(matches!(outcomes(&verdict)[..], [Outcome::TooLate { .. }]), "{verdict:?}");
}

#[test]
fn what_has_not_lapsed_when_it_is_reopened_keeps_the_time_that_its_letter_said() {
    let mut roll = Roll::new(event());
    let mut begins = mail(Kind::Registration, "p1@163.com", 1, &[person(&[("name", "马1")])]);
    begins.arrived = key(at("2021-09-20T14:00:00+08:00"), 1);
    roll.decide(&begins);
    orders(&mut roll, CLOSED, close()).unwrap();
    orders(&mut roll, "2021-09-20T15:00:30+08:00", reopen()).unwrap();
    assert_eq!(roll.lapse(at("2021-09-22T13:59:59+08:00")).len(), 0);
    assert_eq!(roll.lapse(at("2021-09-22T14:00:00+08:00")).len(), 1);
}

#[test]
fn from_an_early_close_on_a_group_may_be_passed_and_those_beyond_a_limit_are_served() {
    let mut limited = event();
    limited.rules.who.per_sender = Some(1);
    limited.rules.who.beyond = Beyond::Last;
    let mut roll = Roll::new(limited);
    roll.decide(&mail(Kind::Registration, "one@163.com", 1, &[someone(1), someone(2)]));
    assert_eq!(roll.standing(), [(1, Status::Confirmed), (2, Status::Waitlisted)]);
    orders(&mut roll, CLOSED, close()).unwrap();
    let state = roll.state.clone();
    assert!(roll.event.serves_last(&state, at(CLOSED)));
    assert!(!roll.event.serves_last(&state, at("2021-09-20T14:59:59+08:00")));
    fill_now(&mut roll, at(CLOSED));
    assert_eq!(roll.nth(2).status, Status::Confirmed, "after all who came in time");

    let mut roll = Roll::new(event());
    for n in 1..=2 {
        roll.decide(&asks(n));
    }
    let mut family = mail(Kind::Registration, "f@163.com", 3, &[someone(3), someone(4)]);
    family.reading.together = Some(true);
    roll.decide(&family);
    roll.decide(&asks(5));
    assert_eq!(roll.nth(5).status, Status::Waitlisted, "one place is free, the family waits first");
    orders(&mut roll, CLOSED, close()).unwrap();
    assert_eq!(roll.event.turns(&roll.state), [at(CLOSED)]);
    fill_now(&mut roll, at(CLOSED));
    assert_eq!(roll.nth(5).status, Status::Confirmed, "the family cannot use it");
}

fn fill_now(roll: &mut Roll, now: Timestamp) {
    let wants = Wants::of_places(9);
    let slice = roll.board(&wants).select(&roll.event, &wants);
    let verdict = fill(&roll.event, slice, "turn", now);
    roll.write(&verdict);
}

#[test]
fn a_clerk_still_enters_people_after_an_early_close_and_it_is_recorded_as_such() {
    let mut roll = closed();
    let add = |n| OrderKind::Add {
        channel: Channel::Phone,
        person: someone(n),
        email: None,
        away: false,
    };
    let verdict = orders(&mut roll, "2021-09-21T10:00:00+08:00", add(1)).unwrap();
    assert_eq!(verdict.steps[0].why, "after-closing");
    assert_eq!(verdict.steps[0].after.status, Status::Confirmed);
}

#[test]
fn a_wish_for_another_category_after_an_early_close_goes_to_the_staff() {
    let mut roll = Roll::new(event());
    roll.decide(&asks(1));
    orders(&mut roll, CLOSED, close()).unwrap();
    let wish = person(&[("name", "马1"), ("category", "supervisor")]);
    let mut change = mail(Kind::Change, "p1@163.com", 9, &[wish]);
    change.arrived = key(at(REOPENED), 9);
    let verdict = roll.decide(&change);
    assert_eq!((verdict.tasks.len(), verdict.steps.len()), (1, 0));
}

#[test]
fn after_an_early_close_nothing_is_supplied_by_a_correction_and_no_expired_offer_begins_anew() {
    let mut roll = Roll::new(event());
    let offer = Some(Offer { lasts: Duration::from_hours(2), quiet: None });
    roll.event.rules.promotion = Promotion { offer, last: Duration::ZERO, late: true };
    for n in 1..=4 {
        roll.decide(&asks(n));
    }
    roll.decide(&mail(Kind::Registration, "p5@163.com", 5, &[person(&[("name", "马5")])]));
    roll.decide(&mail(Kind::Cancellation, "p1@163.com", 6, &[]));
    assert!(roll.nth(4).offered() && roll.nth(5).status == Status::Incomplete);
    let after = "2021-09-13T11:00:00+08:00";
    orders(&mut roll, "2021-09-13T09:00:00+08:00", close()).unwrap();
    let mut supplies = mail(Kind::Change, "p5@163.com", 7, &[someone(5)]);
    supplies.arrived = key(at(after), 7);
    let verdict = roll.decide(&supplies);
    assert_eq!((verdict.steps.len(), verdict.tasks[0].kind), (0, TaskKind::Change));
    let mut takes = mail(Kind::Registration, "p4@163.com", 8, &[]);
    takes.arrived = key(at(after), 8);
    takes.reading.brief = Some(Brief::Yes);
    assert_eq!(outcomes(&roll.decide(&takes)), [Outcome::OfferExpired]);
    assert_eq!(roll.nth(4).status, Status::Cancelled);
    assert_eq!(roll.all.len(), 5, "nobody is entered anew");
}

#[test]
fn a_close_holds_whatever_date_the_file_says_later_until_it_is_taken_back() {
    let mut roll = closed();
    roll.event.closes = at("2021-09-26T17:30:00+08:00");
    let time = "2021-09-25T09:00:00+08:00";
    assert_eq!(outcomes(&roll.decide(&arriving(1, time))), [early()]);
    orders(&mut roll, time, reopen()).unwrap();
    assert_eq!(outcomes(&roll.decide(&arriving(2, time))), [Outcome::Confirmed]);
    // The file names an earlier moment than the staff did: that one.
    let mut roll = closed();
    roll.event.closes = at("2021-09-18T17:30:00+08:00");
    assert_eq!(roll.event.closing(&roll.state), roll.event.closes);
    assert_eq!(
        outcomes(&roll.decide(&arriving(1, "2021-09-19T09:00:00+08:00"))),
        [Outcome::Closed { early: None }]
    );
}

#[test]
fn an_order_that_cannot_be_carried_out_is_refused_with_the_reason_and_changes_nothing() {
    let refused = |roll: &mut Roll, time: &str, kind: OrderKind, said: &str| {
        let before = roll.state.clone();
        let why = orders(roll, time, kind).unwrap_err().to_string();
        assert!(why.contains(said), "{why}");
        assert_eq!(roll.state, before);
    };
    let open = &mut Roll::new(event());
    refused(open, "2021-09-10T09:00:00+08:00", close(), "报名尚未开始（2021-09-13 08:30 开始）");
    refused(open, "2021-09-24T17:30:00+08:00", close(), "已按活动文件于 2021-09-24 17:30 截止");
    refused(open, "2021-09-28T12:00:00+08:00", close(), "活动已经结束");
    refused(open, CLOSED, reopen(), "报名没有提前截止");
    refused(open, "2021-09-24T17:30:00+08:00", reopen(), "把 closes 改晚");
    refused(open, CLOSED, OrderKind::Close { reason: " ".to_owned() }, "--reason 写明原因");
    let shut = &mut closed();
    refused(shut, REOPENED, close(), "已于 2021-09-20 15:00 提前截止");
    refused(shut, "2021-09-25T09:00:00+08:00", close(), "已于 2021-09-20 15:00 提前截止");
    refused(shut, REOPENED, OrderKind::Reopen { reason: String::new() }, "--reason 写明原因");
    refused(shut, "2021-09-24T17:30:00+08:00", reopen(), "（2021-09-24 17:30）已到");
    refused(shut, "2021-09-28T12:00:00+08:00", reopen(), "活动已经结束");
    shut.state.called_off = Some(at(REOPENED));
    refused(shut, REOPENED, reopen(), "活动已经取消");
    shut.state.erased = Some(at(REOPENED));
    refused(shut, REOPENED, reopen(), "个人信息已经清除");
    open.state.called_off = Some(at(CLOSED));
    refused(open, CLOSED, close(), "活动已经取消");
}
