//! What surrounds registering: what the form asks for, who is reminded, when all of it is forgotten.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Time;

use super::{Closure, Event};
use crate::message::Email;

/// What an event says beyond its rules of admission.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Life {
    /// The bureau that runs it, by its name in the settings; empty for the one of `[staff]` and
    /// `[sending]`.
    pub bureau: String,
    /// The address that the call tells people to write to.
    pub email: Option<Email>,
    /// The fields that the form asks for besides those required, in its order.
    pub form: Vec<String>,
    /// What stands behind the plus in addresses that mean this event (`name+TAG@example.cn`).
    pub tag: Option<String>,
    /// When, on the day before, those with a place are reminded; `None`: nobody is.
    pub remind: Option<Time>,
    /// How long after the end what is personal is kept; `None`: until somebody erases it.
    pub erase_after: Option<Duration>,
    /// The topics of suggestions (意见建议), each with the words by which it is known, in order.
    pub topics: Vec<(String, Vec<String>)>,
}

/// What has happened to an event besides its registrations. The store keeps it, orders change it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// When the staff called it off.
    pub called_off: Option<Timestamp>,
    /// When it begins and where, as everybody registered was told last.
    pub told: Option<(Timestamp, String)>,
    /// The beginning that the reminders spoke of.
    pub reminded: Option<Timestamp>,
    /// When what is personal was erased last.
    pub erased: Option<Timestamp>,
    /// When the staff closed registration early, in order; the last one may be in force.
    pub closures: Vec<Closure>,
}

/// How far an event has come. What is personal is erased in the end, which the store knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Not announced yet.
    Planned,
    /// Announced; registrations are told from when on they are taken.
    Announced,
    /// Registrations are taken.
    Open,
    /// None are taken any more; it has not ended yet.
    Closed,
    /// It has taken place.
    Over,
}

impl Event {
    /// How far it has come at a moment by its own dates.
    #[must_use]
    pub fn phase(&self, now: Timestamp) -> Phase {
        if now >= self.ends() {
            Phase::Over
        } else if now >= self.closes {
            Phase::Closed
        } else if now >= self.opens {
            Phase::Open
        } else if now >= self.announced {
            Phase::Announced
        } else {
            Phase::Planned
        }
    }

    /// When it is over.
    #[must_use]
    pub fn ends(&self) -> Timestamp {
        self.takes_place.checked_add(self.lasts).unwrap_or(self.takes_place)
    }

    /// When those with a place are reminded: at the configured hour of the day before.
    #[must_use]
    pub fn reminder(&self) -> Option<Timestamp> {
        let day = self.takes_place.to_zoned(self.zone.clone()).date().yesterday().ok()?;
        let at = day.to_datetime(self.life.remind?);
        Some(at.to_zoned(self.zone.clone()).ok()?.timestamp())
    }

    /// Until when it is known who had a place, for other events (`once_per`), whatever is erased.
    #[must_use]
    pub fn remembered(&self) -> Option<Timestamp> {
        let days = Duration::from_hours(u64::from(self.rules.who.once_per?) * 24);
        self.takes_place.checked_add(days).ok()
    }

    /// When what is personal is erased.
    #[must_use]
    pub fn forgotten(&self) -> Option<Timestamp> {
        self.ends().checked_add(self.life.erase_after?).ok()
    }
}
