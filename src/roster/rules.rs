//! How an event gives its places, as values: what differs between bureaus. The default is what a
//! bureau that says nothing gets.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Time;

use super::Who;

/// The rules of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// In which way it is decided who comes.
    pub mode: Mode,
    /// How long an incomplete registration keeps its reserved place.
    pub hold: Duration,
    /// How many places one sender's incomplete or reviewed registrations may reserve at once.
    pub sender_cap: u32,
    /// Who may come, and how many of one unit or sender.
    pub who: Who,
    /// How often somebody is asked for what is missing before the staff take over, at least 1.
    pub asks: u32,
    /// How many may stand in each category's line; `None`: as many as come.
    pub waitlist: Option<u32>,
    /// How a place that falls free goes to the next.
    pub promotion: Promotion,
    /// What becomes of several people in one message who do not say it themselves.
    pub groups: Groups,
    /// Unused places that go to another category.
    pub spill: Option<Spill>,
    /// Whether somebody may send another person in their place.
    pub substitution: Substitution,
}

/// In which way it is decided who comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// In the order of arrival (按报名顺序核定).
    FirstCome,
    /// The staff choose from all who registered (择优选定); nobody has a place before.
    Selection {
        /// Until when they choose; then everybody is told.
        until: Timestamp,
    },
}

/// How a place that falls free goes to the next in line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promotion {
    /// As an offer that wants an answer; `None`: given at once.
    pub offer: Option<Offer>,
    /// So long before the event no offer runs any more.
    pub last: Duration,
    /// From then on places are given at once; otherwise they are not given by the program.
    pub late: bool,
}

/// An offer of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// How long the place is kept, quiet hours not counted.
    pub lasts: Duration,
    /// From when to when, by the clock on the wall, nobody is written to and no time runs.
    pub quiet: Option<(Time, Time)>,
}

/// What becomes of several people in one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Groups {
    /// As many as fit get places, in the order of the mail; the others stand in line.
    Fit,
    /// All get places or all stand in line, and are promoted together.
    Together,
}

/// Unused places that go to another category: those of a category in whose line nobody stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spill {
    /// From when on.
    pub from: Timestamp,
    /// The id of the category that gets them.
    pub to: String,
}

/// Whether somebody with a place may send another person instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Substitution {
    /// The staff decide.
    Review,
    /// Yes where nobody waits for the place; otherwise the staff decide.
    NobodyWaits,
    /// Yes.
    Always,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            mode: Mode::FirstCome,
            hold: Duration::from_hours(48),
            sender_cap: 5,
            who: Who::default(),
            asks: 3,
            waitlist: None,
            promotion: Promotion { offer: None, last: Duration::ZERO, late: true },
            groups: Groups::Fit,
            spill: None,
            substitution: Substitution::Review,
        }
    }
}

impl Rules {
    /// When the staff's choice ends, where they choose.
    #[must_use]
    pub fn selection(&self) -> Option<Timestamp> {
        match self.mode {
            Mode::FirstCome => None,
            Mode::Selection { until } => Some(until),
        }
    }

    /// Whether unused places go to this category at this moment.
    #[must_use]
    pub fn spills_to(&self, category: &str, now: Timestamp) -> bool {
        self.spill.as_ref().is_some_and(|spill| spill.to == category && spill.from <= now)
    }
}
