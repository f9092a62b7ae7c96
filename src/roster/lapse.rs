//! What follows from time alone: reservations run out, and a raised quota fills from the line.

use jiff::Timestamp;

use super::desk::Desk;
use super::offer::EXPIRED;
use super::verdict::{Action, Item, NoLetter, Outcome, TaskKind, Verdict};
use super::{Cause, Event, Registration, Slice, Status};

/// Ends an incomplete registration, or an offer, whose time has run out and gives its place to the
/// next. `slice` comes from [`super::Board::select`] with [`super::Wants::of_lapses`]. Nothing
/// follows when it is neither any more or its time has not come.
#[must_use]
pub fn lapse(event: &Event, slice: Slice, registration: &Registration, now: Timestamp) -> Verdict {
    let cause = Cause::Lapse(registration.number.clone());
    let mut desk = Desk::new(event, slice, cause, now);
    // It may have changed since it was looked up.
    let known = desk.board.known.get(&registration.id).unwrap_or(registration).clone();
    let until = event.kept_until(&desk.board.state, &known);
    let due = until.is_some_and(|until| until <= now);
    if !due || !(known.offered() || known.status == Status::Incomplete) {
        return Verdict::default();
    }
    if known.offered() {
        expire(&mut desk, &known);
        return desk.verdict;
    }
    let missing = event.missing(&known.person);
    desk.end(&known, Status::Cancelled, Action::Lapsed, "lapsed", "lapsed");
    desk.promote_all();
    if known.email.is_none() {
        let reason = format!("到期仍缺{}，登记已失效，请打电话告知本人", event.labels(&missing));
        desk.task(TaskKind::Undelivered, Some(known.id.clone()), vec![reason]);
    }
    desk.answer(known.email.as_ref(), vec![Item::of(&known, Outcome::Lapsed { missing })]);
    desk.verdict
}

/// An offer was not answered in time.
fn expire(desk: &mut Desk, known: &Registration) {
    desk.end(known, Status::Cancelled, Action::Lapsed, EXPIRED, EXPIRED);
    desk.promote_all();
    if known.email.is_none() {
        let reason = "到期未能答复，保留的名额已让给下一位，请打电话告知本人".to_owned();
        desk.task(TaskKind::Undelivered, Some(known.id.clone()), vec![reason]);
    }
    desk.answer(known.email.as_ref(), vec![Item::of(known, Outcome::OfferExpired)]);
}

/// Gives places that nobody freed to the first in line: those of a raised quota, unused ones from the
/// day on which they go to another category, those that a group could not use until closing. `slice` comes from
/// [`super::Board::select`] with [`super::Wants::of_places`]; `journal` is the id of the journal
/// entry that says so. No letter answers anybody, so the verdict's reason is [`NoLetter::Ignored`].
#[must_use]
pub fn fill(event: &Event, slice: Slice, journal: &str, now: Timestamp) -> Verdict {
    let mut desk = Desk::new(event, slice, Cause::Command(journal.to_owned()), now);
    for category in &event.categories {
        desk.freed.insert(category.id.clone());
    }
    desk.promote_all();
    desk.verdict.no_letter = Some(NoLetter::Ignored);
    desk.verdict
}
