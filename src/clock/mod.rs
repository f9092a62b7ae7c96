//! Time and chance, as values that are handed in.
//!
//! Every room that needs the present moment or a random number takes a [`Clock`] or [`Dice`], so
//! that a test, the demo or a simulation can set both. Nothing else in the crate may ask the system
//! (`clippy.toml` bans it).

mod dice;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

pub use dice::Dice;

/// Tells the time: the system's, or one whose hands are set by its owner.
#[derive(Clone, Debug)]
pub struct Clock(Hands);

#[derive(Clone, Debug)]
enum Hands {
    System,
    /// Shared by all clones.
    Set(Arc<Standing>),
}

/// A clock whose hands are set by its owner.
#[derive(Debug)]
struct Standing {
    /// Milliseconds since the Unix epoch.
    wall: AtomicI64,
    /// Milliseconds that have passed.
    uptime: AtomicI64,
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
        let wall = AtomicI64::new(at.as_millisecond());
        Self(Hands::Set(Arc::new(Standing { wall, uptime: AtomicI64::new(0) })))
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
            Hands::Set(hands) => hands.wall.load(Ordering::SeqCst),
        };
        Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// How long this machine has been up, in whole milliseconds, sleep included: time that passes
    /// whatever happens to the wall clock, until the next start of the machine.
    #[must_use]
    pub fn uptime(&self) -> SignedDuration {
        match &self.0 {
            Hands::System => {
                let up = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
                SignedDuration::from_millis(up.tv_sec * 1_000 + up.tv_nsec / 1_000_000)
            }
            Hands::Set(hands) => SignedDuration::from_millis(hands.uptime.load(Ordering::SeqCst)),
        }
    }

    /// The name of the machine whose clock this is.
    #[must_use]
    pub fn node(&self) -> String {
        match &self.0 {
            Hands::System => rustix::system::uname().nodename().to_string_lossy().into_owned(),
            Hands::Set(_) => String::new(),
        }
    }

    /// Time passes on a standing clock, until this moment; the system's clock is left alone.
    pub fn set(&self, to: Timestamp) {
        if let Hands::Set(hands) = &self.0 {
            let before = hands.wall.swap(to.as_millisecond(), Ordering::SeqCst);
            let passed = to.as_millisecond().saturating_sub(before).max(0);
            hands.uptime.fetch_add(passed, Ordering::SeqCst);
        }
    }

    /// Sets the hands of a standing clock although no time has passed, as a wrong or a mended time
    /// server does.
    pub fn step(&self, to: Timestamp) {
        if let Hands::Set(hands) = &self.0 {
            hands.wall.store(to.as_millisecond(), Ordering::SeqCst);
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
        let up = other.uptime();
        other.step("2021-09-15T09:40:00Z".parse().unwrap());
        assert_eq!(clock.now().to_string(), "2021-09-15T09:40:00Z");
        assert_eq!(clock.uptime(), up);
    }

    #[test]
    fn the_systems_uptime_runs_with_its_wall_clock() {
        let clock = Clock::system();
        let (wall, up) = (clock.now(), clock.uptime());
        assert!(up > SignedDuration::ZERO && !clock.node().is_empty());
        while clock.now() == wall {}
        assert!(clock.uptime() >= up);
    }
}
