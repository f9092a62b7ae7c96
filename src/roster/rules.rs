//! How an event gives its places, as values: what differs between bureaus. The default is what a
//! bureau that says nothing gets.

use std::time::Duration;

use super::Who;

/// The rules of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How long an incomplete registration keeps its reserved place.
    pub hold: Duration,
    /// How many places one sender's incomplete or reviewed registrations may reserve at once.
    pub sender_cap: u32,
    /// Who may come, and how many of one unit or sender.
    pub who: Who,
}

impl Default for Rules {
    fn default() -> Self {
        Self { hold: Duration::from_hours(48), sender_cap: 5, who: Who::default() }
    }
}
