//! The working copy of a slice on which one decision is made: each step is written on it at once,
//! so that the next one sees it.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::verdict::{Action, Item, NoLetter, Outcome, Owed, Step, Task, TaskKind, Verdict};
use super::who::{self, Admission};
use super::{Board, Cause, Channel, Event, OrderKey, Person, Registration, Slice, Status, words};
use crate::message::Email;

/// One decision in the making.
pub(super) struct Desk<'a> {
    pub(super) event: &'a Event,
    pub(super) now: Timestamp,
    pub(super) cause: Cause,
    pub(super) board: Board,
    pub(super) verdict: Verdict,
    /// Categories in which this decision freed a place.
    freed: BTreeSet<String>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(event: &'a Event, slice: Slice, cause: Cause, now: Timestamp) -> Self {
        Self {
            event,
            now,
            cause,
            board: slice.into_board(),
            verdict: Verdict::default(),
            freed: BTreeSet::new(),
        }
    }

    /// The registrations that the request matches, in their order.
    pub(super) fn matches(&self) -> Vec<&Registration> {
        let mut known: Vec<_> = self.board.known.values().collect();
        known.sort_by(|one, other| one.key.cmp(&other.key));
        known
    }

    /// Places of the category that nobody has.
    pub(super) fn free(&self, category: &str) -> u32 {
        let tally = self.board.tally(category);
        let quota = self.event.category(category).map_or(0, |category| category.quota);
        quota.saturating_sub(tally.confirmed).saturating_sub(tally.reserved)
    }

    /// Whether the next free place falls to this key: there is one, nobody in line is before, and it
    /// need not wait for closing.
    pub(super) fn is_next(&self, category: &str, key: &OrderKey) -> bool {
        self.free(category) > 0 && !self.too_early(key) && self.board.ahead(category, key) == 0
    }

    /// Whether its turn comes only after closing, see [`Event::last`].
    pub(super) fn too_early(&self, key: &OrderKey) -> bool {
        key.arrived >= self.event.closes && self.now < self.event.closes
    }

    /// Where it stands in line, from 1.
    pub(super) fn position(&self, registration: &Registration) -> Option<u32> {
        let category = registration.category.as_ref().filter(|_| registration.in_line())?;
        Some(self.board.ahead(category, &registration.key).saturating_add(1))
    }

    /// A new registration with the next number, not yet placed and not yet written down.
    pub(super) fn fresh(
        &self,
        key: OrderKey,
        person: Person,
        email: Option<&Email>,
    ) -> Registration {
        let serial = self.board.next_serial.max(1);
        let number = self.event.number(serial);
        Registration {
            id: format!("{}/{number}", self.event.id),
            event: self.event.id.clone(),
            number,
            serial,
            status: Status::Review,
            category: None,
            seat: false,
            key,
            person,
            email: email.cloned(),
            channel: Channel::Email,
            hold_until: None,
            reason: String::new(),
            attended: None,
            message: None,
            created: self.now,
            changed: self.now,
        }
    }

    /// Settles a registration: it keeps the seat that it has, or takes the next one, or waits.
    pub(super) fn place(&self, registration: &mut Registration, category: &str) {
        let seated =
            registration.takes_seat() && registration.category.as_deref() == Some(category);
        let confirmed = seated || self.is_next(category, &registration.key);
        registration.category = Some(category.to_owned());
        registration.status = if confirmed { Status::Confirmed } else { Status::Waitlisted };
        registration.seat = false;
        registration.hold_until = None;
    }

    /// Puts a registration that was just placed behind everybody else, see [`Event::last`].
    pub(super) fn behind(registration: &mut Registration) {
        registration.seat = false;
        if registration.status == Status::Confirmed {
            registration.status = Status::Waitlisted;
        }
    }

    /// Keeps a seat, or the place in line, for an unfinished registration: not beyond what its
    /// sender may reserve.
    pub(super) fn reserve(&self, registration: &mut Registration, category: Option<&str>) {
        let reserved = registration
            .email
            .as_ref()
            .map_or(0, |email| self.board.sender_reserved.get(email).copied().unwrap_or(0));
        let category = category.filter(|_| reserved < self.event.rules.sender_cap);
        registration.seat = category.is_some_and(|id| self.is_next(id, &registration.key));
        registration.category = category.map(str::to_owned);
    }

    /// Writes a step down.
    pub(super) fn record(&mut self, action: Action, mut after: Registration, why: &'static str) {
        after.changed = self.now;
        self.board.write(&after);
        self.verdict.steps.push(Step { action, after, why });
    }

    /// Ends a registration: its place is free, and what was open about it is settled.
    pub(super) fn end(
        &mut self,
        registration: &Registration,
        status: Status,
        action: Action,
        why: &'static str,
        reason: &str,
    ) {
        let mut after = registration.clone();
        self.leave(&after);
        after.status = status;
        after.seat = false;
        after.hold_until = None;
        reason.clone_into(&mut after.reason);
        self.verdict.settles.push(after.id.clone());
        self.record(action, after, why);
    }

    /// Notes that a registration gives up the place that it takes.
    pub(super) fn leave(&mut self, registration: &Registration) {
        if registration.takes_seat() {
            self.freed.extend(registration.category.clone());
        }
    }

    /// What was supplied shows that a registration is beyond a limit, or counts for another
    /// category: it gives up what was reserved for it.
    pub(super) fn leave_for(
        &mut self,
        known: &Registration,
        after: &mut Registration,
        admission: &Admission,
    ) {
        let last = admission.last.is_some() && known.key.arrived < self.event.closes;
        let moves = known.category.is_some() && known.category != admission.category;
        if last {
            after.key = self.event.last(&known.key);
        }
        if moves {
            after.category.clone_from(&admission.category);
            // It takes no place there yet, and may be next.
            self.freed.extend(admission.category.clone());
        }
        if last || moves {
            self.leave(known);
            after.seat = false;
        }
    }

    /// Gives every place that this decision freed to the first in line.
    pub(super) fn promote_all(&mut self) {
        for category in std::mem::take(&mut self.freed) {
            self.promote(&category);
        }
    }

    /// Gives the category's free places to the first in line, until the event begins. An
    /// unfinished one gets its seat reserved and no letter yet.
    pub(super) fn promote(&mut self, category: &str) {
        // Nobody moves up to an event that does not take place.
        let ahead = self.now < self.event.takes_place && self.board.state.called_off.is_none();
        while ahead && self.free(category) > 0 {
            let Some(first) = self.board.heads.get(category).and_then(|line| line.first()) else {
                return;
            };
            if self.too_early(&first.key) {
                return;
            }
            let mut first = first.clone();
            if first.unfinished() {
                first.seat = true;
                self.record(Action::Promoted, first, "seat-reserved");
                continue;
            }
            first.status = Status::Confirmed;
            "first-in-line".clone_into(&mut first.reason);
            self.record(Action::Promoted, first.clone(), "first-in-line");
            let cause = Cause::Promotion(first.number.clone(), self.cause.id().to_owned());
            self.tell(&first, &Outcome::Promoted);
            if let Some(to) = first.email.clone() {
                let items = vec![Item::of(&first, Outcome::Promoted)];
                self.verdict.letters.push(Owed { cause, to, items });
            }
        }
    }

    /// Notes what a person must look at.
    pub(super) fn task(
        &mut self,
        kind: TaskKind,
        registration: Option<String>,
        reasons: Vec<String>,
    ) {
        self.verdict.tasks.push(Task { kind, registration, reasons });
    }

    /// Has whoever has no address telephoned, and says what is to be told.
    pub(super) fn tell(&mut self, registration: &Registration, outcome: &Outcome) {
        if registration.email.is_none()
            && let Some(news) = words::news(outcome)
        {
            let reason = format!("没有邮箱，请打电话告知本人：{news}");
            self.task(TaskKind::Undelivered, Some(registration.id.clone()), vec![reason]);
        }
    }

    /// Owes the letter that answers the cause; it comes before the letters that follow from it.
    pub(super) fn answer(&mut self, to: Option<&Email>, items: Vec<Item>) {
        match to.cloned() {
            Some(to) => {
                let cause = self.cause.clone();
                self.verdict.letters.insert(0, Owed { cause, to, items });
            }
            None => self.verdict.no_letter = Some(NoLetter::NoAddress),
        }
    }

    /// How a settled or unfinished registration stands, as its letter tells.
    pub(super) fn outcome(&self, registration: &Registration, advice: Vec<String>) -> Outcome {
        let kept = registration.reserves();
        match registration.status {
            Status::Confirmed => Outcome::Confirmed,
            Status::Waitlisted => {
                let position = self.position(registration).unwrap_or(1);
                if self.too_early(&registration.key) {
                    let reason = who::told_last(self.event, &registration.reason);
                    Outcome::LastInLine { position, reason }
                } else {
                    Outcome::Waitlisted { position }
                }
            }
            Status::Incomplete => Outcome::Incomplete {
                missing: self.event.missing(&registration.person),
                until: registration.hold_until.filter(|_| kept),
            },
            Status::Review => Outcome::UnderReview { advice, kept },
            Status::Cancelled => Outcome::Cancelled,
            Status::Refused => Outcome::Rejected { reason: registration.reason.clone() },
        }
    }

    /// That the same person is registered already, and how.
    pub(super) fn already(&self, registration: &Registration) -> Item {
        let position = self.position(registration);
        let last = position.filter(|_| self.too_early(&registration.key)).map(|_| {
            let limit = who::told_last(self.event, &registration.reason);
            format!("{limit}，报名截止后仍有空余名额的，再按次序递补。")
        });
        Item::of(registration, Outcome::Already { status: registration.status, position })
            .noting(last)
    }
}
