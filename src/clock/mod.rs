//! Time and chance, as values that are handed in.
//!
//! Every room that needs the present moment or a random number takes a [`Clock`] or [`Dice`], so
//! that a test, the demo or a simulation can set both. Nothing else in the crate may ask the system
//! (`clippy.toml` bans it).

mod dice;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

pub use dice::Dice;

/// Tells the time: the system's, or one whose hands are set by its owner.
#[derive(Clone, Debug)]
pub struct Clock(Hands);

#[derive(Clone, Debug)]
enum Hands {
    System,
    /// Milliseconds since the Unix epoch, shared by all clones.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// The system's wall clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Hands::System)
    }

    /// A clock that stands at `at` until [`Clock::set`] moves it. All clones move together.
    #[must_use]
    pub fn standing_at(at: Timestamp) -> Self {
        Self(Hands::Set(Arc::new(AtomicI64::new(at.as_millisecond()))))
    }

    /// The present moment, in whole milliseconds (the resolution that the store keeps).
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let millis = match &self.0 {
            #[expect(
                clippy::disallowed_methods,
                reason = "this is the one place that asks the system for the time"
            )]
            Hands::System => Timestamp::now().as_millisecond(),
            Hands::Set(millis) => millis.load(Ordering::SeqCst),
        };
        Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Moves the hands of a standing clock; the system's clock is left alone.
    pub fn set(&self, to: Timestamp) {
        if let Hands::Set(millis) = &self.0 {
            millis.store(to.as_millisecond(), Ordering::SeqCst);
        }
    }

    /// Whether this clock runs by itself. A standing clock has no use for waiting.
    #[must_use]
    pub fn runs(&self) -> bool {
        matches!(self.0, Hands::System)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_clock_moves_with_all_its_clones() {
        let clock = Clock::standing_at("2021-09-13T00:30:00Z".parse().unwrap());
        let other = clock.clone();
        clock.set("2021-09-13T09:40:00Z".parse().unwrap());
        assert_eq!(other.now().to_string(), "2021-09-13T09:40:00Z");
        assert!(!other.runs());
    }
}
