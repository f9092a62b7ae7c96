//! What concerns everybody of an event at once: it is called off or moved, it is near, it is to be
//! forgotten.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::desk::Desk;
use super::verdict::{Action, Item, NoLetter, Outcome, Owed, Task, TaskKind, Verdict};
use super::{Cause, Event, Refusal, Registration, Request, Slice, State, Status};
use crate::message::Email;
use crate::reading::field;

/// Tells everybody who is registered that the event does not take place.
pub(super) fn call_off(desk: &mut Desk, reason: &str) -> Result<(), Refusal> {
    let state = open_state(desk)?;
    let outcome = Outcome::CalledOff { reason: reason.to_owned() };
    tell(desk, |_| Some(outcome.clone()), "活动取消，没有邮箱，请打电话告知本人");
    desk.verdict.state = Some(State { called_off: Some(desk.now), ..state });
    Ok(())
}

/// Tells everybody who is registered the time and the place that the settings say now.
pub(super) fn moved(desk: &mut Desk, before: Option<&(Timestamp, String)>) -> Result<(), Refusal> {
    let state = open_state(desk)?;
    let (at, place) = (desk.event.takes_place, desk.event.place.clone());
    let before = before.or(state.told.as_ref()).cloned();
    let Some(before) = before.filter(|before| *before != (at, place.clone())) else {
        return Err(Refusal::AsTold);
    };
    let outcome = |known: &Registration| {
        let (status, before) = (known.status, before.clone());
        Some(Outcome::Moved { status, before })
    };
    tell(desk, outcome, "活动时间或地点有变，没有邮箱，请打电话告知本人");
    desk.verdict.state = Some(State { told: Some((at, place)), ..state });
    Ok(())
}

/// The state of an event about which everybody may still be told something.
fn open_state(desk: &Desk) -> Result<State, Refusal> {
    let state = desk.board.state.clone();
    if state.called_off.is_some() {
        return Err(Refusal::CalledOff);
    }
    if desk.now >= desk.event.takes_place {
        return Err(Refusal::Begun);
    }
    Ok(state)
}

/// Reminds everybody who has a place, once for each beginning. `slice` holds everybody
/// ([`super::Wants::everybody`]). Whom no letter reaches, the digest names.
#[must_use]
pub fn remind(event: &Event, slice: Slice, now: Timestamp) -> Verdict {
    let cause = Cause::Reminder(format!("{}:{}", event.id, event.takes_place.as_second()));
    let mut desk = Desk::new(event, slice, cause, now);
    let state = desk.board.state.clone();
    let due = event.reminder().is_some_and(|at| at <= now) && now < event.takes_place;
    if !due || state.called_off.is_some() || state.reminded == Some(event.takes_place) {
        return Verdict::default();
    }
    let has_place = |known: &Registration| known.status == Status::Confirmed;
    let items = by_address(&desk, |known| has_place(known).then_some(Outcome::Reminder));
    owe(&mut desk, items);
    desk.verdict.state = Some(State { reminded: Some(event.takes_place), ..state });
    desk.verdict
}

/// Asks the writer of a message which of several events it means. Nothing is decided until then.
#[must_use]
pub fn ask(request: &Request, events: Vec<(String, Timestamp)>) -> Verdict {
    let mut verdict = Verdict::default();
    let names: Vec<_> = events.iter().map(|(name, _)| name.as_str()).collect();
    verdict.tasks.push(Task {
        kind: TaskKind::Which,
        registration: None,
        reasons: vec![format!("来信没有写明是哪一场活动（{}），等待回复", names.join("、"))],
    });
    match request.sender.email.clone() {
        Some(to) => {
            let items = vec![Item::whole(Outcome::WhichEvent { events })];
            verdict.letters.push(Owed {
                cause: request.cause.clone(),
                to,
                items,
                not_before: None,
            });
        }
        None => verdict.no_letter = Some(NoLetter::NoAddress),
    }
    verdict
}

/// One letter an address, with everybody registered from there; without an address a task.
fn tell(desk: &mut Desk, outcome: impl Fn(&Registration) -> Option<Outcome>, by_phone: &str) {
    let items = by_address(desk, &outcome);
    let unreached = desk.matches().into_iter().filter(|one| one.active() && one.email.is_none());
    let unreached: Vec<_> = unreached.map(|one| one.id.clone()).collect();
    for id in unreached {
        desk.task(TaskKind::Undelivered, Some(id), vec![by_phone.to_owned()]);
    }
    owe(desk, items);
}

fn by_address(
    desk: &Desk,
    outcome: impl Fn(&Registration) -> Option<Outcome>,
) -> BTreeMap<Email, Vec<Item>> {
    let mut letters: BTreeMap<Email, Vec<Item>> = BTreeMap::new();
    for known in desk.matches().into_iter().filter(|known| known.active()) {
        if let (Some(to), Some(outcome)) = (&known.email, outcome(known)) {
            letters.entry(to.clone()).or_default().push(Item::of(known, outcome));
        }
    }
    letters
}

fn owe(desk: &mut Desk, letters: BTreeMap<Email, Vec<Item>>) {
    if letters.is_empty() {
        desk.verdict.no_letter = Some(NoLetter::NoAddress);
    }
    let cause = desk.cause.clone();
    let owed = letters.into_iter().map(|(to, items)| Owed {
        cause: cause.clone(),
        to,
        items,
        not_before: None,
    });
    desk.verdict.letters.extend(owed);
}

/// Erases what is known of one person. While the event is ahead, a place must be given back first:
/// nobody may stand on the list whom nobody knows.
pub(super) fn erase(desk: &mut Desk, known: &Registration) -> Result<(), Refusal> {
    if known.active() && desk.now < desk.event.ends() {
        return Err(Refusal::Unfit {
            number: known.number.clone(),
            status: known.status,
            advice: "活动结束前，请先用 baoming cancel 取消，再清除",
        });
    }
    forget_one(desk, known, "by-request");
    desk.verdict.no_letter = Some(NoLetter::Ignored);
    Ok(())
}

/// Erases what is known of everybody.
pub(super) fn erase_all(desk: &mut Desk) -> Result<(), Refusal> {
    if desk.now < desk.event.ends() {
        return Err(Refusal::NotOver);
    }
    forget_all(desk, "by-staff");
    Ok(())
}

/// Erases what is known of everybody: the time for which it may be kept is over. `slice` holds
/// everybody.
#[must_use]
pub fn forget(event: &Event, slice: Slice, now: Timestamp) -> Verdict {
    let mut desk = Desk::new(event, slice, Cause::Command(String::new()), now);
    if event.forgotten().is_none_or(|at| now < at) {
        return Verdict::default();
    }
    forget_all(&mut desk, "kept-long-enough");
    desk.verdict
}

fn forget_all(desk: &mut Desk, why: &'static str) {
    let all: Vec<_> = desk.matches().into_iter().cloned().collect();
    for known in &all {
        if !known.person.is_empty() || known.email.is_some() {
            forget_one(desk, known, why);
        }
    }
    desk.verdict.no_letter = Some(NoLetter::Ignored);
    desk.verdict.state = Some(State { erased: Some(desk.now), ..desk.board.state.clone() });
}

/// What stays: number, status, category, times, and reasons that are codes.
fn forget_one(desk: &mut Desk, known: &Registration, why: &'static str) {
    let mut after = known.clone();
    let names_nobody = |reason: &str| reason.bytes().all(|c| c.is_ascii_lowercase() || c == b'-');
    if !names_nobody(&after.reason) {
        after.reason.clear();
    }
    // The only value that counts are made from and that names nobody.
    after.person.retain(|name, _| name == field::CATEGORY);
    after.person.values_mut().for_each(|kept| kept.evidence = crate::reading::Evidence::default());
    after.email = None;
    after.hold_until = None;
    desk.verdict.settles.push(after.id.clone());
    desk.record(Action::Erased, after, why);
}
