//! Where the staff choose from all who registered.

use std::time::Duration;

use baoming::reading::Kind;
use baoming::roster::*;
use jiff::Timestamp;

use crate::roll::*;

const TOLD: &str = "2021-09-26T17:00:00+08:00";

fn with(people: u64) -> Roll {
    let mut roll = Roll::new(event());
    roll.event.rules.mode = Mode::Selection { until: at(TOLD) };
    (1..=people).for_each(|n| drop(roll.decide(&asks(n))));
    roll
}

fn choose(roll: &mut Roll, serial: u32, chosen: bool) -> Result<Verdict, Refusal> {
    let number = roll.event.number(serial);
    roll.direct(&order(u64::from(serial) + 100, OrderKind::Select { number, chosen }))
}

fn tell(roll: &mut Roll, now: Timestamp) -> Verdict {
    let all: Vec<_> = roll.all.values().cloned().collect();
    let wants = Wants::of_lapses(&all);
    let slice = roll.board(&wants).select(&roll.event, &wants);
    let verdict = announce(&roll.event, slice, "told", now);
    roll.write(&verdict);
    verdict
}

#[test]
fn nobody_has_a_place_on_arrival_and_each_is_told_when_it_will_be_known() {
    let mut roll = with(2);
    assert_eq!(outcomes(&roll.decide(&asks(3))), [Outcome::Listed { told: at(TOLD) }]);
    assert_eq!(roll.tally("representative"), Tally { confirmed: 0, reserved: 0, waiting: 3 });
    let asked = roll.decide(&mail(Kind::Status, "p1@163.com", 50, &[]));
    assert_eq!(asked.letters[0].items[0].remarks, [Note::Listed { told: at(TOLD) }]);
}

#[test]
fn whom_the_staff_choose_is_told_with_all_others_and_not_before() {
    let mut roll = with(5);
    for serial in [5, 2] {
        assert!(choose(&mut roll, serial, true).unwrap().letters.is_empty());
    }
    assert!(tell(&mut roll, at(TOLD) - Duration::from_secs(1)).steps.is_empty());
    let verdict = tell(&mut roll, at(TOLD));
    assert_eq!(verdict.letters.len(), 5);
    let confirmed: Vec<_> =
        roll.standing().into_iter().filter(|it| it.1 == Status::Confirmed).collect();
    assert_eq!(confirmed.iter().map(|it| it.0).collect::<Vec<_>>(), [2, 5]);
    assert_eq!(roll.nth(1).status, Status::Refused);
    assert_eq!(roll.nth(1).reason, "not-chosen");
}

#[test]
fn a_choice_can_be_taken_back_until_then_and_never_exceeds_the_places() {
    let mut roll = with(4);
    (1..=3).for_each(|serial| drop(choose(&mut roll, serial, true).unwrap()));
    assert!(matches!(choose(&mut roll, 4, true), Err(Refusal::Full(_))));
    assert!(matches!(choose(&mut roll, 3, true), Err(Refusal::Unfit { .. })), "twice");
    choose(&mut roll, 3, false).unwrap();
    choose(&mut roll, 4, true).unwrap();
    tell(&mut roll, at(TOLD));
    assert_eq!((roll.nth(3).status, roll.nth(4).status), (Status::Refused, Status::Confirmed));
}

#[test]
fn as_long_as_nobody_is_chosen_nothing_is_told() {
    let mut roll = with(3);
    assert!(tell(&mut roll, at(TOLD)).steps.is_empty());
}

#[test]
fn a_place_that_is_given_back_goes_to_nobody_by_itself() {
    let mut roll = with(4);
    (1..=3).for_each(|serial| drop(choose(&mut roll, serial, true).unwrap()));
    let verdict = roll.decide(&mail(Kind::Cancellation, "p1@163.com", 300, &[]));
    assert_eq!(verdict.steps.len(), 1);
}

#[test]
fn where_the_order_decides_there_is_nothing_to_choose() {
    let mut roll = Roll::new(event());
    (1..=4).for_each(|n| drop(roll.decide(&asks(n))));
    assert!(matches!(choose(&mut roll, 4, true), Err(Refusal::Unfit { .. })));
}

#[test]
fn whoever_asks_before_that_cannot_tell_whether_they_were_chosen() {
    let mut roll = with(2);
    choose(&mut roll, 2, true).unwrap();
    let mut asked = |n: u64| {
        let verdict = roll.decide(&mail(Kind::Status, &format!("p{n}@163.com"), 50 + n, &[]));
        (outcomes(&verdict), verdict.letters[0].items[0].remarks.clone())
    };
    let (chosen, other) = (asked(2), asked(1));
    assert_eq!(chosen, other);
    assert_eq!(other.1, [Note::Listed { told: at(TOLD) }]);
}

#[test]
fn whoever_is_beyond_a_limit_is_on_the_list_like_the_others() {
    let mut roll = with(0);
    roll.event.rules.who.per_sender = Some(1);
    let two = mail(Kind::Registration, "p1@163.com", 1, &[someone(1), someone(2)]);
    let told = Outcome::Listed { told: at(TOLD) };
    assert_eq!(outcomes(&roll.decide(&two)), [told.clone(), told]);
}
