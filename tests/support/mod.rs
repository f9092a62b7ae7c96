//! What the integration tests share: real servers in temporary directories, and a proxy that plays
//! the providers' faults.
#![expect(dead_code, unreachable_pub, reason = "each test program uses its own part of this")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may fail loudly, look at the environment and start threads"
)]

pub mod account;
pub mod mailserver;
pub mod proxy;
pub mod skip;

use std::time::{Duration, Instant};

/// The longest that a test waits for a state: far beyond what any step needs on a loaded machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Waits until `state` gives a value, asking every few milliseconds.
///
/// # Panics
///
/// After [`PATIENCE`], naming what was awaited.
pub fn wait_until<T>(what: &str, mut state: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(value) = state() {
            return value;
        }
        assert!(Instant::now() < end, "waited {PATIENCE:?} in vain until {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Used by no test, so that the expectation of dead code above always holds.
struct NobodyNeedsThis;
