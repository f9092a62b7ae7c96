//! Several people in one message who want to come together.

use baoming::reading::Kind;
use baoming::roster::*;

use crate::roll::*;

fn group(uid: u64, people: &[u64]) -> Request {
    let people: Vec<_> = people.iter().map(|n| someone(*n)).collect();
    let mut request = mail(Kind::Registration, &format!("g{uid}@163.com"), uid, &people);
    request.reading.together = Some(true);
    request
}

fn gives_back(n: u64, at: u64) -> Request {
    mail(Kind::Cancellation, &format!("p{n}@163.com"), at, &[])
}

fn statuses(roll: &Roll, serials: &[u32]) -> Vec<Status> {
    serials.iter().map(|serial| roll.nth(*serial).status).collect()
}

#[test]
fn a_group_gets_places_when_there_is_one_for_each() {
    let mut roll = Roll::new(event());
    assert_eq!(outcomes(&roll.decide(&group(1, &[1, 2, 3]))), vec![Outcome::Confirmed; 3]);
}

#[test]
fn otherwise_all_stand_in_line_and_nobody_passes_them() {
    let mut roll = Roll::new(event());
    (1..=2).for_each(|n| drop(roll.decide(&asks(n))));
    let verdict = roll.decide(&group(3, &[11, 12]));
    let waits = |position| Outcome::Waitlisted { position };
    assert_eq!(outcomes(&verdict), [waits(1), waits(2)]);
    assert_eq!(verdict.letters[0].items[0].remarks, [Note::Together]);
    assert_eq!(outcomes(&roll.decide(&asks(5))), [waits(3)], "a free place is kept for the group");
    let verdict = roll.decide(&gives_back(1, 60));
    assert_eq!(
        statuses(&roll, &[3, 4, 5]),
        [Status::Confirmed, Status::Confirmed, Status::Waitlisted]
    );
    assert_eq!(
        verdict.steps.iter().map(|it| it.why).collect::<Vec<_>>(),
        ["by-applicant", "all-fit", "all-fit"]
    );
    assert_eq!(verdict.letters[1].items.len(), 2, "one letter tells both");
}

#[test]
fn a_group_that_becomes_smaller_may_fit_at_once() {
    let mut roll = Roll::new(event());
    (1..=2).for_each(|n| drop(roll.decide(&asks(n))));
    roll.decide(&group(3, &[11, 12]));
    roll.decide(&mail(Kind::Cancellation, "g3@163.com", 60, &[someone(12)]));
    assert_eq!(statuses(&roll, &[3, 4]), [Status::Confirmed, Status::Cancelled]);
}

#[test]
fn from_closing_on_a_place_that_the_group_cannot_use_goes_to_the_next_who_can() {
    let mut roll = Roll::new(event());
    (1..=2).for_each(|n| drop(roll.decide(&asks(n))));
    roll.decide(&group(3, &[11, 12]));
    roll.decide(&asks(5));
    let wants = Wants::of_places(9);
    let slice = roll.board(&wants).select(&roll.event, &wants);
    let verdict = fill(&roll.event, slice, "turn", roll.event.closes);
    roll.write(&verdict);
    assert_eq!(verdict.steps[0].why, "past-group");
    assert_eq!(
        statuses(&roll, &[3, 4, 5]),
        [Status::Waitlisted, Status::Waitlisted, Status::Confirmed]
    );
}

#[test]
fn what_the_mail_says_goes_before_what_is_configured() {
    let mut roll = Roll::new(event());
    roll.event.rules.groups = Groups::Together;
    (1..=2).for_each(|n| drop(roll.decide(&asks(n))));
    let mut some = group(3, &[11, 12]);
    some.reading.together = Some(false);
    roll.decide(&some);
    assert_eq!(statuses(&roll, &[3, 4]), [Status::Confirmed, Status::Waitlisted]);
    let mut silent = group(4, &[13, 14]);
    silent.reading.together = None;
    assert_eq!(roll.decide(&silent).letters[0].items[0].remarks, [Note::Together]);
}

#[test]
fn a_group_across_two_categories_waits_for_both() {
    let mut roll = Roll::new(event());
    (1..=3).for_each(|n| drop(roll.decide(&asks(n))));
    let mut supervisor = someone(11);
    supervisor.extend(person(&[("category", "supervisor")]));
    let mut both = mail(Kind::Registration, "g4@163.com", 4, &[supervisor, someone(12)]);
    both.reading.together = Some(true);
    roll.decide(&both);
    assert_eq!(statuses(&roll, &[4, 5]), [Status::Waitlisted; 2]);
    roll.decide(&gives_back(1, 60));
    assert_eq!(statuses(&roll, &[4, 5]), [Status::Confirmed; 2]);
}

#[test]
fn a_group_that_no_number_of_cancellations_could_seat_goes_to_a_person() {
    let mut roll = Roll::new(event());
    let verdict = roll.decide(&group(1, &[1, 2, 3, 4, 5, 6]));
    assert!(verdict.tasks[0].reasons.iter().any(|reason| reason.contains("6人一起")));
    assert!(verdict.steps.iter().all(|step| step.after.together.is_empty()));
}

#[test]
fn a_group_for_whom_the_line_has_no_room_is_refused_whole() {
    let mut roll = Roll::new(event());
    roll.event.rules.waitlist = Some(1);
    (1..=3).for_each(|n| drop(roll.decide(&asks(n))));
    assert_eq!(outcomes(&roll.decide(&group(4, &[11, 12]))), vec![Outcome::LineFull; 2]);
}
