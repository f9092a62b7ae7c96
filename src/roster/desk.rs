//! The working copy of a slice on which one decision is made: each step is written on it at once,
//! so that the next one sees it. Who gets a place, and who follows, is in `line`.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::line::Group;
use super::verdict::{Action, Item, NoLetter, Note, Outcome, Owed, Step, Task, TaskKind, Verdict};
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
    /// Categories in which this decision freed a place or a place in line.
    pub(super) freed: BTreeSet<String>,
    /// What holds for the people of a message who belong together, while they are entered.
    pub(super) group: Group,
}

impl<'a> Desk<'a> {
    pub(super) fn new(event: &'a Event, slice: Slice, cause: Cause, now: Timestamp) -> Self {
        let board = slice.into_board();
        let early = board.state.closed_early().map(|_| event.closing(&board.state));
        Self {
            event,
            now,
            cause,
            board,
            verdict: Verdict { closed: early, ..Verdict::default() },
            freed: BTreeSet::new(),
            group: Group::None,
        }
    }

    /// The registrations that the request matches, in their order.
    pub(super) fn matches(&self) -> Vec<&Registration> {
        let mut known: Vec<_> = self.board.known.values().collect();
        known.sort_by(|one, other| one.key.cmp(&other.key));
        known
    }

    /// Whether its turn comes only after closing, see [`Event::last`].
    pub(super) fn too_early(&self, key: &OrderKey) -> bool {
        key.arrived >= self.event.closes && self.now < self.closing()
    }

    /// Where it stands in line, from 1.
    pub(super) fn position(&self, registration: &Registration) -> Option<u32> {
        let category = registration.category.as_ref().filter(|_| registration.in_line())?;
        if self.event.rules.selection().is_some() {
            return None;
        }
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
            also: None,
            seat: false,
            place_of: None,
            together: BTreeSet::new(),
            asked: 0,
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

    /// Puts a registration that was just placed behind everybody else, see [`Event::last`]: into the
    /// line, if that takes anybody more. Gives back why it gets nothing.
    pub(super) fn behind(&self, registration: &mut Registration) -> Option<&'static str> {
        let seated = registration.takes_seat();
        (registration.seat, registration.place_of) = (false, None);
        let full = seated && self.is_full(registration);
        match registration.status {
            Status::Confirmed if full => {
                (registration.status, registration.also) = (Status::Refused, None);
                return Some("line-full");
            }
            Status::Confirmed => registration.status = Status::Waitlisted,
            _ if full => (registration.category, registration.also) = (None, None),
            _ => {}
        }
        None
    }

    /// Writes a step down.
    pub(super) fn record(&mut self, action: Action, mut after: Registration, why: &'static str) {
        after.changed = self.now;
        if after.waits_together() {
            // Whoever joins the others late may be all that they waited for.
            self.freed.extend(after.lines().cloned());
        }
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
        after.place_of = None;
        after.hold_until = None;
        reason.clone_into(&mut after.reason);
        self.verdict.settles.push(after.id.clone());
        self.record(action, after, why);
    }

    /// Notes that a registration gives up the place that it takes, or stands for.
    pub(super) fn leave(&mut self, registration: &Registration) {
        self.freed.extend(registration.takes().map(str::to_owned));
        self.leave_line(registration);
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
            (after.seat, after.place_of, after.also) = (false, None, None);
            after.together.clear();
        }
    }

    /// Notes that a registration leaves its line: a group behind it may be next.
    pub(super) fn leave_line(&mut self, registration: &Registration) {
        self.freed.extend(registration.lines().chain(&registration.together).cloned());
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
                self.verdict.letters.insert(0, Owed { cause, to, items, not_before: None });
            }
            None => self.verdict.no_letter = Some(NoLetter::NoAddress),
        }
    }

    /// How a settled or unfinished registration stands, as its letter tells.
    pub(super) fn outcome(&self, registration: &Registration, advice: Vec<String>) -> Outcome {
        let kept = registration.reserves();
        match (registration.status, registration.reason.as_str()) {
            (Status::Confirmed, _) => Outcome::Confirmed,
            (Status::Waitlisted, _) if registration.offered() => {
                Outcome::Offered { until: registration.hold_until.unwrap_or(self.now) }
            }
            (Status::Waitlisted, reason) => {
                let position = self.position(registration).unwrap_or(1);
                match self.event.rules.selection() {
                    Some(told) => Outcome::Listed { told },
                    None if self.too_early(&registration.key) => {
                        let reason = who::told_last(self.event, reason);
                        Outcome::LastInLine { position, reason }
                    }
                    None => Outcome::Waitlisted { position },
                }
            }
            (Status::Incomplete, _) => Outcome::Incomplete {
                missing: self.event.missing(&registration.person),
                until: self.event.kept_until(&self.board.state, registration).filter(|_| kept),
            },
            (Status::Review, _) => Outcome::UnderReview { advice, kept },
            (Status::Cancelled, _) => Outcome::Cancelled,
            (Status::Refused, "line-full") => Outcome::LineFull,
            (Status::Refused, "not-chosen") => Outcome::NotChosen,
            (Status::Refused, _) => Outcome::Rejected { reason: registration.reason.clone() },
        }
    }

    /// One person's outcome with what there is to add to it.
    pub(super) fn item(&self, registration: &Registration, outcome: Outcome) -> Item {
        let mut item = Item::of(registration, outcome);
        item.remarks = self.remarks(registration, &item.outcome);
        item
    }

    fn remarks(&self, registration: &Registration, outcome: &Outcome) -> Vec<Note> {
        let mut notes = Vec::new();
        if let Outcome::Cancelled | Outcome::Lapsed { .. } = outcome {
            return notes;
        }
        let asked =
            matches!(outcome, Outcome::Already { .. } | Outcome::Standing { .. } | Outcome::Passed);
        if let (true, Some(until)) = (registration.offered() && asked, registration.hold_until) {
            notes.push(Note::Offer { until });
        }
        // Whom the staff have chosen hears no more than the others before all are told.
        let open = registration.in_line() || registration.chosen();
        if let (true, Some(told)) = (open && asked, self.event.rules.selection()) {
            notes.push(Note::Listed { told });
        }
        if asked && registration.status == Status::Incomplete {
            notes.push(Note::Lacks { fields: self.event.missing(&registration.person) });
        }
        if registration.reserves() && self.event.rules.selection().is_none() {
            notes.push(Note::Kept { position: self.position(registration) });
        }
        if let Some(category) = registration.place_of.clone() {
            notes.push(Note::Spilled { category });
        }
        if let (true, Some(category)) = (registration.in_line(), registration.also.clone()) {
            let position = self.board.ahead(&category, &registration.key).saturating_add(1);
            notes.push(Note::BothLines { category, position });
        }
        if registration.waits_together() {
            notes.push(Note::Together);
        }
        notes
    }

    /// That the same person is registered already, and how.
    pub(super) fn already(&self, registration: &Registration) -> Item {
        let position = self.position(registration);
        let last = position.filter(|_| self.too_early(&registration.key)).map(|_| {
            let limit = who::told_last(self.event, &registration.reason);
            format!("{limit}，报名截止后仍有空余名额的，再按次序递补。")
        });
        self.item(registration, Outcome::Already { status: registration.status, position })
            .noting(last)
    }

    /// How a registration stands, for somebody who asks.
    pub(super) fn standing(&self, registration: &Registration) -> Item {
        let position = self.position(registration);
        self.item(registration, Outcome::Standing { status: registration.status, position })
    }
}
