//! Chance, handed in: identifiers, nonces and jitter.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

/// A source of random bytes: the system's, or a seeded one that repeats exactly.
#[derive(Clone, Debug)]
pub struct Dice(Source);

#[derive(Clone, Debug)]
enum Source {
    /// With some bytes in hand, shared by all clones.
    System(Arc<Mutex<Pool>>),
    /// State of a `SplitMix64` generator, shared by all clones. Never used for keys in production.
    Seeded(Arc<Mutex<u64>>),
}

/// Bytes of the operating system that nobody has got yet, from `used` on: a message takes some ten
/// nonces, identifiers and salts, and each would be a call of its own.
#[derive(Debug)]
struct Pool {
    bytes: [u8; POOL],
    used: usize,
}

const POOL: usize = 4_096;

/// From this size on bytes come straight from the system: a key never lies in the pool.
const DIRECT: usize = 32;

impl Pool {
    fn take(&mut self, into: &mut [u8]) {
        if POOL - self.used < into.len() {
            ask_system(&mut self.bytes);
            self.used = 0;
        }
        for (byte, taken) in into.iter_mut().zip(self.bytes.iter_mut().skip(self.used)) {
            // Nothing is given out twice.
            *byte = std::mem::take(taken);
        }
        self.used += into.len();
    }
}

fn ask_system(bytes: &mut [u8]) {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
    let filled = getrandom::fill(bytes);
    #[expect(clippy::expect_used, reason = "no key or identifier is safe without it")]
    filled.expect("the operating system gives random bytes");
}

impl Dice {
    /// Random bytes of the operating system.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System(Arc::new(Mutex::new(Pool { bytes: [0; POOL], used: POOL }))))
    }

    /// A sequence that is the same for the same seed; for tests, the demo and simulations.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded(Arc::new(Mutex::new(seed))))
    }

    /// Fills `bytes`.
    ///
    /// # Panics
    ///
    /// If the operating system has no randomness to give: nothing secret could be kept then.
    pub fn fill(&self, bytes: &mut [u8]) {
        match &self.0 {
            Source::System(_) if bytes.len() >= DIRECT => ask_system(bytes),
            Source::System(pool) => {
                pool.lock().unwrap_or_else(PoisonError::into_inner).take(bytes);
            }
            Source::Seeded(state) => {
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                for chunk in bytes.chunks_mut(8) {
                    let word = split_mix(&mut state).to_le_bytes();
                    for (byte, random) in chunk.iter_mut().zip(word) {
                        *byte = random;
                    }
                }
            }
        }
    }

    /// A random number below `bound` (0 for a bound of 0).
    #[must_use]
    pub fn below(&self, bound: u64) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_le_bytes(bytes).checked_rem(bound).unwrap_or(0)
    }

    /// An identifier of 26 characters that sorts by the time it was made (the ULID layout: 48 bits
    /// of milliseconds, 80 random bits, Crockford's base 32), so that index pages fill in order.
    #[must_use]
    pub fn id(&self, now: Timestamp) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let mut random = [0; 16];
        self.fill(&mut random);
        let millis = u128::from(now.as_millisecond().max(0).unsigned_abs());
        let value = (millis << 80) | (u128::from_le_bytes(random) >> 48);
        (0..26)
            .rev()
            .map(|place| {
                let digit = usize::try_from((value >> (place * 5)) & 31).unwrap_or(0);
                char::from(ALPHABET.get(digit).copied().unwrap_or(b'0'))
            })
            .collect()
    }
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_gives_no_bytes_twice() {
        let dice = Dice::system();
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..2 * POOL / 24 {
            let mut bytes = [0; 24];
            dice.clone().fill(&mut bytes);
            assert!(seen.insert(bytes));
        }
        let mut key = [0; DIRECT];
        dice.fill(&mut key);
        assert_ne!(key, [0; DIRECT]);
    }

    #[test]
    fn ids_sort_by_time_and_a_seed_repeats() {
        let early = "2021-09-13T00:30:00Z".parse().unwrap();
        let late = "2021-09-13T00:30:00.001Z".parse().unwrap();
        let dice = Dice::seeded(7);
        assert!(dice.id(early) < dice.id(late));
        assert_eq!(Dice::seeded(7).id(early), Dice::seeded(7).id(early));
        assert_ne!(Dice::seeded(7).id(early), Dice::seeded(8).id(early));
        assert_eq!(dice.id(early).len(), 26);
    }
}
