//! Selection: nobody has a place before the staff have chosen from all who registered, and all are
//! told at one moment.
//!
//! Whom the staff choose holds a seat and does not know it. When the time has come the chosen are
//! confirmed and the others told kindly; as long as nobody is chosen, nothing is told.

use jiff::Timestamp;

use super::desk::Desk;
use super::verdict::{Action, NoLetter, Outcome, Owed, TaskKind, Verdict};
use super::{Cause, Event, Refusal, Registration, Slice, Status};

/// A clerk chooses somebody, or takes that back. After the date it is told at once.
pub(super) fn choose(desk: &mut Desk, known: &Registration, chosen: bool) -> Result<(), Refusal> {
    let unfit =
        |advice| Refusal::Unfit { number: known.number.clone(), status: known.status, advice };
    let Some(told) = desk.event.rules.selection() else {
        return Err(unfit("本次活动按报名顺序核定，不用选定；越过次序的，用 baoming promote"));
    };
    let (Status::Waitlisted, Some(category)) = (known.status, known.category.clone()) else {
        return Err(unfit("只有候选（待核定）的登记可以选定"));
    };
    if known.seat == chosen {
        let advice =
            if chosen { "已经选定，无需再选" } else { "尚未选定，无需撤回" };
        return Err(unfit(advice));
    }
    if chosen && desk.free(&category) == 0 {
        let name = desk.event.category(&category).map_or(category, |found| found.name.clone());
        return Err(Refusal::Full(name));
    }
    let mut after = known.clone();
    after.seat = chosen;
    let (why, at_once) =
        (if chosen { "chosen" } else { "not-chosen-yet" }, chosen && desk.now >= told);
    if at_once {
        (after.seat, after.status) = (false, Status::Confirmed);
        let item = desk.item(&after, Outcome::Confirmed);
        desk.answer(after.email.as_ref(), vec![item]);
    } else {
        desk.verdict.no_letter = Some(NoLetter::Ignored);
    }
    why.clone_into(&mut after.reason);
    desk.record(Action::Chosen, after, why);
    Ok(())
}

/// Tells all whom the staff chose: `slice` comes from [`super::Board::select`] with
/// [`super::Wants::of_lapses`] for all who are waitlisted. Nothing follows before the date, or while
/// nobody is chosen. `journal` is the id of the journal entry that says so.
#[must_use]
pub fn announce(event: &Event, slice: Slice, journal: &str, now: Timestamp) -> Verdict {
    let mut desk = Desk::new(event, slice, Cause::Command(journal.to_owned()), now);
    let listed: Vec<Registration> = desk.matches().into_iter().cloned().collect();
    let listed = listed.into_iter().filter(|known| known.status == Status::Waitlisted);
    let (chosen, others): (Vec<_>, Vec<_>) = listed.partition(Registration::chosen);
    if chosen.is_empty() || event.rules.selection().is_none_or(|told| now < told) {
        return Verdict::default();
    }
    for mut known in chosen {
        (known.status, known.seat) = (Status::Confirmed, false);
        "chosen".clone_into(&mut known.reason);
        tell(&mut desk, known, Outcome::Confirmed, "chosen");
    }
    for mut known in others {
        (known.status, known.also) = (Status::Refused, None);
        "not-chosen".clone_into(&mut known.reason);
        tell(&mut desk, known, Outcome::NotChosen, "not-chosen");
    }
    desk.verdict.no_letter = Some(NoLetter::Ignored);
    desk.verdict
}

fn tell(desk: &mut Desk, after: Registration, outcome: Outcome, why: &'static str) {
    let item = desk.item(&after, outcome);
    if let Some(to) = after.email.clone() {
        let cause = Cause::Promotion(after.number.clone(), desk.cause.id().to_owned());
        desk.verdict.letters.push(Owed { cause, to, items: vec![item], not_before: None });
    } else {
        let reason = "核定结果已定，但没有邮箱，请打电话告知本人".to_owned();
        desk.task(TaskKind::Undelivered, Some(after.id.clone()), vec![reason]);
    }
    desk.record(Action::Told, after, why);
}
