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
    /// The task panics, with words that nobody must see.
    Panics,
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

    /// `BAOMING_FAULT` holds `place`, `place:n`, `panic-place:n`, or `fail-database:n`,
    /// `fail-file:n`.
    fn from_environment() -> Option<Plan> {
        #[expect(clippy::disallowed_methods, reason = "a test tells the process where to die")]
        let text = std::env::var("BAOMING_FAULT").ok()?;
        let (name, nth) = text.split_once(':').unwrap_or((&text, "1"));
        let (place, mishap) = if let Some(place) = name.strip_prefix("fail-") {
            (place, Mishap::Fails)
        } else if let Some(place) = name.strip_prefix("panic-") {
            (place, Mishap::Panics)
        } else {
            (name, Mishap::Dies)
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
    #[expect(clippy::panic, reason = "a test wants it")]
    pub(super) fn end(mishap: Mishap) {
        use rustix::process::{Signal, getpid, kill_process};
        match mishap {
            Mishap::Dies => drop(kill_process(getpid(), Signal::KILL)),
            Mishap::Unwinds => std::panic::resume_unwind(Box::new("a planned crash")),
            Mishap::Panics => panic!("a test asked for it: 马玉梅，13995000001"),
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

/// What `BAOMING_FAULT` tells the reader of this message to do: `reader-panic:MARK` and its like,
/// for a message that holds the mark.
#[cfg(feature = "fault")]
fn chosen_for(raw: &[u8]) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "a test tells the process where to break")]
    let chosen = std::env::var("BAOMING_FAULT").ok()?;
    let (how, mark) = chosen.split_once(':')?;
    let marked = raw.windows(mark.len().max(1)).any(|bytes| bytes == mark.as_bytes());
    marked.then(|| how.to_owned())
}

/// Breaks at a message that holds the mark, as no known message does: `reader-panic`,
/// `reader-abort` (the process dies), `reader-hang`, `reader-spin` or `reader-eat` (all memory).
///
/// # Panics
///
/// When it is told to.
#[cfg(feature = "fault")]
#[expect(clippy::panic, reason = "a test wants it")]
pub fn reader(raw: &[u8]) {
    let chosen = chosen_for(raw).unwrap_or_default();
    match chosen.as_str() {
        "reader-panic" => panic!("a test asked for it"),
        "reader-abort" => std::process::abort(),
        "reader-hang" => loop {
            std::thread::park();
        },
        "reader-spin" => loop {
            std::hint::spin_loop();
        },
        "reader-eat" => {
            let mut eaten = Vec::new();
            loop {
                eaten.push(std::hint::black_box(vec![1_u8; 1024 * 1024]));
            }
        }
        _ => {}
    }
}

/// What a lying reader says in the place of its answer: `reader-lie-noise`, `-length` (endless),
/// `-version`, `-number` (of another message), `-payload` (no reading in it), `-half`, anything else
/// (nothing).
#[cfg(feature = "fault")]
#[must_use]
pub fn lie(raw: &[u8]) -> Option<Vec<u8>> {
    let chosen = chosen_for(raw)?;
    let head = |version, length: u32, number: u64| {
        let mut head = vec![version, 4, 0, 0];
        head.extend(length.to_le_bytes());
        head.extend(number.to_le_bytes());
        head
    };
    match chosen.strip_prefix("reader-lie-")? {
        "noise" => Some(vec![0x5a; 100_000]),
        "length" => Some(head(0xB1, u32::MAX, 1)),
        "version" => Some(head(0xB0, 0, 1)),
        "number" => Some(head(0xB1, 0, u64::MAX)),
        "half" => Some(head(0xB1, 1_000_000, 1)),
        "payload" => Some([head(0xB1, 3, 1), b"abc".to_vec()].concat()),
        _ => Some(Vec::new()),
    }
}

/// How long the pool waits for a message, in milliseconds: `BAOMING_PATIENCE`; for one that is read
/// alone `BAOMING_LONG_PATIENCE`, if that is set.
#[cfg(feature = "fault")]
#[must_use]
pub fn patience(ordinary: std::time::Duration, alone: bool) -> std::time::Duration {
    #[expect(clippy::disallowed_methods, reason = "a test cannot wait so long")]
    let chosen = |name| std::env::var(name).ok();
    let long = alone.then(|| chosen("BAOMING_LONG_PATIENCE")).flatten();
    let chosen = long.or_else(|| chosen("BAOMING_PATIENCE")).and_then(|text| text.parse().ok());
    chosen.map_or(ordinary, std::time::Duration::from_millis)
}

/// A reading process hears of a test's wishes as well; it gets nothing else of the environment.
#[cfg(feature = "fault")]
pub fn pass_on(command: &mut std::process::Command) {
    #[expect(clippy::disallowed_methods, reason = "a test tells the process where to break")]
    let wish = std::env::var_os("BAOMING_FAULT");
    command.envs(wish.map(|wish| ("BAOMING_FAULT", wish)));
}

/// Does nothing: this build has no kill points.
#[cfg(not(feature = "fault"))]
#[inline]
pub const fn pass_on(_command: &mut std::process::Command) {}

/// The ordinary patience: this build has no kill points.
#[cfg(not(feature = "fault"))]
#[inline]
#[must_use]
pub const fn patience(ordinary: std::time::Duration, _alone: bool) -> std::time::Duration {
    ordinary
}

/// Nothing: this build has no kill points.
#[cfg(not(feature = "fault"))]
#[inline]
#[must_use]
pub const fn lie(_raw: &[u8]) -> Option<Vec<u8>> {
    None
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
