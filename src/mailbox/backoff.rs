//! How long to wait before the next attempt.

use std::time::Duration;

use crate::clock::Dice;

/// The first wait after a failure.
pub const SHORTEST_WAIT: Duration = Duration::from_secs(5);

/// The longest wait between two attempts.
pub const LONGEST_WAIT: Duration = Duration::from_mins(10);

/// Doubling waits with jitter, from 5 seconds to 10 minutes, so that many daemons behind one
/// address do not come back at the same moment.
#[derive(Clone, Debug)]
pub struct Backoff {
    dice: Dice,
    failures: u32,
}

impl Backoff {
    /// A fresh one: the next wait is the shortest.
    #[must_use]
    pub fn new(dice: Dice) -> Self {
        Self { dice, failures: 0 }
    }

    /// The wait after one more failure: between half of the step and the whole of it, the step
    /// doubling with each failure.
    pub fn next_wait(&mut self) -> Duration {
        let doubled =
            SHORTEST_WAIT.saturating_mul(1_u32.checked_shl(self.failures).unwrap_or(u32::MAX));
        self.failures = (self.failures + 1).min(16);
        let step = doubled.min(LONGEST_WAIT);
        let half = step / 2;
        let jitter = self.dice.below(u64::try_from(half.as_millis()).unwrap_or(u64::MAX) + 1);
        half + Duration::from_millis(jitter)
    }

    /// After a success the next failure starts from the shortest wait again.
    pub fn reset(&mut self) {
        self.failures = 0;
    }

    /// Failures since the last success (counted up to 16).
    #[must_use]
    pub fn failures(&self) -> u32 {
        self.failures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_start_again_after_a_success() {
        for seed in 0..50 {
            let mut backoff = Backoff::new(Dice::seeded(seed));
            let mut step = SHORTEST_WAIT;
            for _ in 0..40 {
                let wait = backoff.next_wait();
                assert!(wait >= step / 2 && wait <= step, "seed {seed}: {wait:?} of {step:?}");
                step = (step * 2).min(LONGEST_WAIT);
            }
            backoff.reset();
            assert!(backoff.next_wait() <= SHORTEST_WAIT, "seed {seed}");
        }
    }
}
