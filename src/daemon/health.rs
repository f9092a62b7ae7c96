//! What the service is doing, for systemd, for `status` and for whoever looks into the runtime
//! directory.
//!
//! Each part reports after every round: well, or waiting by plan and why. A part that stops
//! reporting leaves the watchdog unfed, and systemd restarts the service.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clock::Clock;
use crate::confine::Strength;

/// How much later than promised a part may report before it counts as hung. Longer than the
/// longest single step: a body may take five minutes to arrive.
const GRACE: Duration = Duration::from_mins(6);

/// The name of the file in the runtime directory.
pub const FILE: &str = "status.json";

/// How a part of the service is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum Mood {
    /// The last round succeeded.
    Well,
    /// Waits by plan: a server refused, the disk is full, the day's letters are used up.
    Waiting {
        /// What is wrong and what to do, without personal data.
        why: String,
        /// When it tries again.
        until: Timestamp,
    },
}

/// A part's last report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// How it is.
    #[serde(flatten)]
    pub mood: Mood,
    /// Since when it has been so.
    pub since: Timestamp,
    /// When it last reported.
    pub reported: Timestamp,
    /// When its last round succeeded.
    pub succeeded: Option<Timestamp>,
}

/// What `status.json` holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// By part: `mailbox NAME`, `decider`, `outbox`, `digest`, `settings`.
    pub parts: BTreeMap<String, Report>,
    /// The process that wrote it.
    pub pid: u32,
    /// What confines the processes that read mail, once one was started.
    #[serde(default)]
    pub readers: Option<String>,
}

impl Snapshot {
    /// Those that wait, as `part: why`.
    #[must_use]
    pub fn troubles(&self) -> Vec<String> {
        let trouble = |(part, report): (&String, &Report)| match &report.mood {
            Mood::Well => None,
            Mood::Waiting { why, .. } => Some(format!("{part}: {why}")),
        };
        self.parts.iter().filter_map(trouble).collect()
    }
}

/// The board on which the parts report. Clones share it.
#[derive(Clone, Debug)]
pub struct Health {
    clock: Clock,
    file: Option<PathBuf>,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    snapshot: Snapshot,
    alive_until: BTreeMap<String, Instant>,
}

impl Health {
    /// An empty board; `directory` is where the file is kept, if anywhere.
    #[must_use]
    pub fn new(clock: Clock, directory: Option<PathBuf>) -> Self {
        let snapshot = Snapshot { parts: BTreeMap::new(), pid: std::process::id(), readers: None };
        let state = State { snapshot, alive_until: BTreeMap::new() };
        let file = directory.map(|directory| directory.join(FILE));
        Self { clock, file, state: Arc::new(Mutex::new(state)) }
    }

    /// Notes how `part` is; it promises to report again within `next`.
    pub fn report(&self, part: &str, mood: Mood, next: Duration) {
        let now = self.clock.now();
        let mut state = self.lock();
        let before = state.snapshot.parts.get(part);
        let changed = before.is_none_or(|before| before.mood != mood);
        let report = Report {
            since: before.filter(|_| !changed).map_or(now, |before| before.since),
            succeeded: match mood {
                Mood::Well => Some(now),
                Mood::Waiting { .. } => before.and_then(|before| before.succeeded),
            },
            reported: now,
            mood,
        };
        if changed {
            log_change(part, &report.mood);
        }
        state.snapshot.parts.insert(part.to_owned(), report);
        state.alive_until.insert(part.to_owned(), Instant::now() + next + GRACE);
        self.write(&state.snapshot);
    }

    /// Notes what confines the processes that read mail; it is told with the next report.
    pub fn note_readers(&self, strength: Option<Strength>) {
        self.lock().snapshot.readers = strength.map(|strength| strength.to_string());
    }

    /// Takes a part off the board: it has ended by order.
    pub fn forget(&self, part: &str) {
        let mut state = self.lock();
        state.snapshot.parts.remove(part);
        state.alive_until.remove(part);
    }

    /// Whether every part has kept its promise to report: only then the watchdog is fed.
    #[must_use]
    pub fn alive(&self) -> bool {
        let now = Instant::now();
        self.lock().alive_until.values().all(|until| *until >= now)
    }

    /// The present state.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.lock().snapshot.clone()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Replaces the file as a whole. A failure is no reason to stop: systemd's status line has the
    /// same words.
    fn write(&self, snapshot: &Snapshot) {
        let Some(file) = &self.file else { return };
        let new = file.with_extension("json.new");
        let written = serde_json::to_vec_pretty(snapshot)
            .map_err(std::io::Error::other)
            .and_then(|bytes| std::fs::write(&new, bytes))
            .and_then(|()| std::fs::rename(&new, file));
        if let Err(error) = written {
            tracing::debug!(%error, "the status file could not be written");
        }
    }
}

fn log_change(part: &str, mood: &Mood) {
    match mood {
        Mood::Well => tracing::info!(part, "is well"),
        Mood::Waiting { why, until } => tracing::warn!(part, %until, "waits: {why}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn since_stays_while_the_mood_does_and_the_last_success_is_kept() {
        let clock = Clock::standing_at("2021-09-13T00:00:00Z".parse().unwrap());
        let health = Health::new(clock.clone(), None);
        health.report("outbox", Mood::Well, Duration::ZERO);
        clock.set("2021-09-13T00:01:00Z".parse().unwrap());
        let waits = Mood::Waiting { why: "disk full".to_owned(), until: clock.now() };
        health.report("outbox", waits.clone(), Duration::ZERO);
        clock.set("2021-09-13T00:02:00Z".parse().unwrap());
        health.report("outbox", waits, Duration::ZERO);
        let snapshot = health.snapshot();
        let report = snapshot.parts.get("outbox").unwrap();
        assert_eq!(report.since.to_string(), "2021-09-13T00:01:00Z");
        assert_eq!(report.succeeded.unwrap().to_string(), "2021-09-13T00:00:00Z");
        assert_eq!(snapshot.troubles(), ["outbox: disk full"]);
        assert!(health.alive());
    }

    #[test]
    fn the_file_holds_the_snapshot() {
        let folder = tempfile::tempdir().unwrap();
        let health = Health::new(Clock::system(), Some(folder.path().to_owned()));
        health.report("decider", Mood::Well, Duration::ZERO);
        let text = std::fs::read(folder.path().join(FILE)).unwrap();
        assert_eq!(serde_json::from_slice::<Snapshot>(&text).unwrap(), health.snapshot());
    }
}
