//! Kill points and failing calls for the crash tests, behind the Cargo feature `fault`.
//!
//! A build without the feature (every release build) compiles [`point`] and [`call`] to nothing; a
//! test checks that no trace of them is left in such a binary. A process is told by its environment
//! what shall go wrong, a test in the same process by [`plan`].

/// What happens at the chosen passing.
#[cfg(feature = "fault")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mishap {
    /// The process gets SIGKILL.
    Dies,
    /// The task is unwound without a word: for its transactions a crash, but the process of the
    /// test lives on.
    Unwinds,
    /// The call fails as a broken disk or connection makes it fail.
    Fails,
}

/// What shall go wrong: at the `nth` passing (from 1) of `place`, which is the name of a kill
/// point, a kind of call (`database`, `file`), or `any` for every kill point and database call.
#[cfg(feature = "fault")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Where.
    pub place: String,
    /// At which passing.
    pub nth: u64,
    /// What.
    pub mishap: Mishap,
}

#[cfg(feature = "fault")]
mod planned {
    use std::sync::{LazyLock, Mutex, PoisonError};

    use super::{Mishap, Plan};

    /// The plan, and how often its place was passed.
    static PLANNED: LazyLock<Mutex<(Option<Plan>, u64)>> =
        LazyLock::new(|| Mutex::new((from_environment(), 0)));

    /// `BAOMING_FAULT` holds `place`, `place:n`, or `fail-database:n`, `fail-file:n`.
    fn from_environment() -> Option<Plan> {
        #[expect(clippy::disallowed_methods, reason = "a test tells the process where to die")]
        let text = std::env::var("BAOMING_FAULT").ok()?;
        let (name, nth) = text.split_once(':').unwrap_or((&text, "1"));
        let (place, mishap) = match name.strip_prefix("fail-") {
            Some(place) => (place, Mishap::Fails),
            None => (name, Mishap::Dies),
        };
        Some(Plan { place: place.to_owned(), nth: nth.parse().unwrap_or(1), mishap })
    }

    /// Puts another plan in force and tells how often the place of the last one was passed.
    pub fn plan(next: Option<Plan>) -> u64 {
        let mut planned = PLANNED.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *planned, (next, 0)).1
    }

    /// What happens to somebody who passes here now.
    pub(super) fn passing(place: &str, counted_by_any: bool) -> Option<Mishap> {
        let mut planned = PLANNED.lock().unwrap_or_else(PoisonError::into_inner);
        let (Some(plan), passed) = &mut *planned else { return None };
        if plan.place != place && !(counted_by_any && plan.place == "any") {
            return None;
        }
        *passed += 1;
        (*passed == plan.nth).then_some(plan.mishap)
    }

    /// Ends the process, or only the task, at once.
    pub(super) fn end(mishap: Mishap) {
        use rustix::process::{Signal, getpid, kill_process};
        match mishap {
            Mishap::Dies => drop(kill_process(getpid(), Signal::KILL)),
            Mishap::Unwinds => std::panic::resume_unwind(Box::new("a planned crash")),
            Mishap::Fails => {}
        }
    }
}

#[cfg(feature = "fault")]
pub use planned::plan;

/// The process may be made to die here.
#[cfg(feature = "fault")]
pub fn point(name: &str) {
    if let Some(mishap) = planned::passing(name, true) {
        planned::end(mishap);
    }
}

/// A call to the `database` or to a `file` begins here, and may be made to fail.
///
/// # Errors
///
/// When a test wants it.
#[cfg(feature = "fault")]
pub fn call(what: &str) -> std::io::Result<()> {
    match planned::passing(what, what == "database") {
        None => Ok(()),
        Some(Mishap::Fails) => Err(std::io::Error::other("a test wants this call to fail")),
        Some(mishap) => {
            planned::end(mishap);
            Ok(())
        }
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

/// Never fails: this build has no faults.
#[cfg(not(feature = "fault"))]
#[inline]
pub const fn call(_what: &str) -> std::io::Result<()> {
    Ok(())
}
