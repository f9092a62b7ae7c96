//! Who gets a place, who waits, and what each hears.

use baoming::reading::Kind;
use baoming::roster::*;

use crate::roll::*;

/// A roll with as many confirmed and waiting representatives as asked for.
fn with(people: u64) -> Roll {
    let mut roll = Roll::new(event());
    for n in 1..=people {
        roll.decide(&asks(n));
    }
    roll
}

#[test]
fn a_plain_registration_gets_a_place_a_number_and_one_letter() {
    let mut roll = Roll::new(event());
    let verdict = roll.decide(&asks(1));
    let [step] = verdict.steps.as_slice() else { panic!("{verdict:?}") };
    assert_eq!((step.action, step.why), (Action::Registered, "place-free"));
    assert_eq!(step.after.number, "XJ21-001");
    assert_eq!(step.after.category.as_deref(), Some("representative"));
    assert_eq!(outcomes(&verdict), [Outcome::Confirmed]);
    assert_eq!(verdict.letters[0].cause, Cause::Message("m1".to_owned()));
    assert_eq!((verdict.no_letter, verdict.tasks.len()), (None, 0));
}

#[test]
fn whoever_comes_after_the_last_place_waits_and_hears_the_position() {
    let mut roll = with(3);
    assert_eq!(outcomes(&roll.decide(&asks(4))), [Outcome::Waitlisted { position: 1 }]);
    assert_eq!(outcomes(&roll.decide(&asks(5))), [Outcome::Waitlisted { position: 2 }]);
}

#[test]
fn mail_that_is_seen_late_takes_its_place_in_line_by_arrival() {
    let mut roll = with(0);
    for n in [1, 2, 3, 6, 7] {
        roll.decide(&asks(n));
    }
    let late = roll.decide(&asks(5));
    assert_eq!(outcomes(&late), [Outcome::Waitlisted { position: 1 }]);
    assert_eq!(roll.line("representative")[0].number, "XJ21-006");
}

#[test]
fn a_full_category_does_not_spill_into_the_other() {
    let roll = with(4);
    assert_eq!(roll.tally("supervisor"), Tally::default());
    assert_eq!(roll.nth(4).status, Status::Waitlisted);
}

#[test]
fn two_people_in_mail_that_is_seen_late_stand_side_by_side() {
    let mut roll = with(3);
    (6..=7).for_each(|n| drop(roll.decide(&asks(n))));
    let late = mail(Kind::Registration, "a@163.com", 5, &[someone(20), someone(21)]);
    let positions = [Outcome::Waitlisted { position: 1 }, Outcome::Waitlisted { position: 2 }];
    assert_eq!(outcomes(&roll.decide(&late)), positions);
}

#[test]
fn several_in_one_mail_get_as_many_places_as_there_are_in_their_order() {
    let mut roll = with(2);
    let family = mail(Kind::Registration, "a@163.com", 5, &[someone(20), someone(21), someone(22)]);
    let verdict = roll.decide(&family);
    let numbers: Vec<_> = verdict.letters[0].items.iter().map(|it| it.number.as_deref()).collect();
    assert_eq!(numbers, [Some("XJ21-003"), Some("XJ21-004"), Some("XJ21-005")]);
    let waits = |position| Outcome::Waitlisted { position };
    assert_eq!(outcomes(&verdict), [Outcome::Confirmed, waits(1), waits(2)]);
    assert_eq!(verdict.letters.len(), 1);
}

#[test]
fn a_newcomer_does_not_take_a_place_that_somebody_in_line_waits_for() {
    let mut roll = with(4);
    roll.event.categories[1].quota = 4;
    assert_eq!(outcomes(&roll.decide(&asks(5))), [Outcome::Waitlisted { position: 2 }]);
}
