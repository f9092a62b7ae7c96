//! When registration closes: on the event's own date, or before it when the staff say so.
//!
//! An early close holds from the moment of its order until another order opens registration again.
//! Arrival decides, as everywhere: what had arrived before is taken whenever it is read, and what
//! arrived meanwhile came too late, also when it is read after registration was opened again.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::desk::Desk;
use super::verdict::NoLetter;
use super::{Event, Order, OrderKey, Refusal, Registration, State, Status};

/// A time in which the staff had closed registration before the event's own date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// From when on.
    pub from: Timestamp,
    /// When it was opened again; `None`: it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The journal id of the order that closed it, which says who ordered it and why.
    pub order: String,
}

impl Closure {
    fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

impl State {
    /// The early close that is in force, whatever the event's own date says.
    #[must_use]
    pub fn closed_early(&self) -> Option<&Closure> {
        self.closures.last().filter(|closure| closure.until.is_none())
    }
}

impl Event {
    /// When registration closes, or closed, as things stand.
    #[must_use]
    pub fn closing(&self, state: &State) -> Timestamp {
        state.closed_early().map_or(self.closes, |early| early.from.min(self.closes))
    }

    /// When registration had closed for what arrived then; `None`: it had not.
    #[must_use]
    pub fn closed_for(&self, state: &State, arrived: Timestamp) -> Option<Timestamp> {
        let early = state.closures.iter().find(|closure| closure.holds(arrived));
        let own = (arrived >= self.closes).then_some(self.closes);
        early.map(|closure| closure.from.min(self.closes)).or(own)
    }

    /// Whether what arrived then came while registrations were taken.
    #[must_use]
    pub fn takes(&self, state: &State, arrived: Timestamp) -> bool {
        self.opens <= arrived && self.closed_for(state, arrived).is_none()
    }

    /// Until when an incomplete registration keeps its reservation, and an offered one its place:
    /// nobody may supply anything to a registration once it is closed early.
    #[must_use]
    pub fn kept_until(&self, state: &State, registration: &Registration) -> Option<Timestamp> {
        let until = registration.hold_until?;
        let early = state.closed_early().map(|early| early.from);
        Some(match early.filter(|_| registration.status == Status::Incomplete) {
            Some(early) => until.min(early),
            None => until,
        })
    }

    /// A moment as refusals tell it.
    fn told(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }
}

impl Desk<'_> {
    /// When registration closes, or closed, as things stand.
    pub(super) fn closing(&self) -> Timestamp {
        self.event.closing(&self.board.state)
    }

    /// Whether what arrived then came after registration had closed.
    pub(super) fn came_late(&self, key: &OrderKey) -> bool {
        self.event.closed_for(&self.board.state, key.arrived).is_some()
    }
}

/// Takes no registrations any more, from the moment of the order on. Nobody is told; incomplete
/// registrations end when all mail that had come by then is known, as on the event's own date.
pub(super) fn close(desk: &mut Desk, order: &Order, reason: &str) -> Result<(), Refusal> {
    let mut state = changeable(desk, reason)?;
    let (event, at) = (desk.event, order.key.arrived);
    if at < event.opens {
        return Err(Refusal::NothingToClose(event.told(event.opens)));
    }
    if let Some(closed) = event.closed_for(&state, at) {
        return Err(match state.closed_early() {
            Some(_) => Refusal::ClosedEarly(event.told(closed)),
            None => Refusal::ClosedByDate(event.told(closed)),
        });
    }
    state.closures.push(Closure { from: at, until: None, order: order.id.clone() });
    desk.verdict.state = Some(state);
    desk.verdict.no_letter = Some(NoLetter::Ignored);
    Ok(())
}

/// Takes registrations again until the event's own date. What was answered or has lapsed meanwhile
/// stays so.
pub(super) fn reopen(desk: &mut Desk, order: &Order, reason: &str) -> Result<(), Refusal> {
    let mut state = changeable(desk, reason)?;
    let (event, at) = (desk.event, order.key.arrived);
    let Some(early) = state.closures.last_mut().filter(|closure| closure.until.is_none()) else {
        return Err(Refusal::NotClosedEarly);
    };
    if at >= event.closes {
        return Err(Refusal::DatePassed(event.told(event.closes)));
    }
    // Servers tell arrivals to the second: what comes within this one comes after the order.
    let second = Timestamp::from_second(at.as_second()).unwrap_or(at);
    early.until = Some(second.max(early.from));
    desk.verdict.state = Some(state);
    desk.verdict.no_letter = Some(NoLetter::Ignored);
    Ok(())
}

/// The state of an event whose registration may still be closed or opened, for a reason.
fn changeable(desk: &Desk, reason: &str) -> Result<State, Refusal> {
    let state = desk.board.state.clone();
    if reason.trim().is_empty() {
        return Err(Refusal::NoReason);
    }
    if state.erased.is_some() {
        return Err(Refusal::Erased);
    }
    if state.called_off.is_some() {
        return Err(Refusal::CalledOff);
    }
    if desk.now >= desk.event.ends() {
        return Err(Refusal::Over);
    }
    Ok(state)
}
