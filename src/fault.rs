//! Kill points for the crash tests, behind the Cargo feature `fault`.
//!
//! A build without the feature (every release build) compiles [`point`] to nothing; a test checks
//! that no name of a point is left in such a binary.

/// Ends the process with SIGKILL here, when the environment names this point: `BAOMING_FAULT`
/// holds `name` or `name:n` for its n-th passing.
#[cfg(feature = "fault")]
pub fn point(name: &str) {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    static CHOSEN: OnceLock<Option<(String, u32)>> = OnceLock::new();
    static PASSED: AtomicU32 = AtomicU32::new(0);
    let chosen = CHOSEN.get_or_init(|| {
        #[expect(clippy::disallowed_methods, reason = "a test tells the process where to die")]
        let text = std::env::var("BAOMING_FAULT").ok()?;
        let (name, nth) = text.split_once(':').unwrap_or((&text, "1"));
        Some((name.to_owned(), nth.parse().unwrap_or(1)))
    });
    if let Some((fatal, nth)) = chosen
        && fatal == name
        && PASSED.fetch_add(1, Ordering::SeqCst) + 1 == *nth
    {
        let _ =
            rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    }
}

/// Breaks at a message that holds the mark, as no known message does: `BAOMING_FAULT` is
/// `reader-panic:MARK`, `reader-abort:MARK` (the process dies) or `reader-hang:MARK`.
///
/// # Panics
///
/// When it is told to.
#[cfg(feature = "fault")]
#[expect(clippy::panic, reason = "a test wants it")]
pub fn reader(raw: &[u8]) {
    #[expect(clippy::disallowed_methods, reason = "a test tells the process where to break")]
    let chosen = std::env::var("BAOMING_FAULT").unwrap_or_default();
    let Some((how, mark)) = chosen.split_once(':') else { return };
    if mark.is_empty() || !raw.windows(mark.len()).any(|bytes| bytes == mark.as_bytes()) {
        return;
    }
    match how {
        "reader-panic" => panic!("a test asked for it"),
        "reader-abort" => std::process::abort(),
        "reader-hang" => {
            tracing::warn!("the reader hangs");
            loop {
                std::thread::park();
            }
        }
        _ => {}
    }
}

/// Does nothing: this build has no kill points.
#[cfg(not(feature = "fault"))]
#[inline(always)]
pub const fn reader(_raw: &[u8]) {}

/// Does nothing: this build has no kill points.
#[cfg(not(feature = "fault"))]
#[inline(always)]
pub const fn point(_name: &str) {}
