//! `[staff]`, `[digest]` and `[daemon]`: who is told, and how the service runs.

use std::path::PathBuf;
use std::time::Duration;

use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::digest::Hour;
use crate::message::Email;

use super::event::Day;
use super::rule;
use super::sources::Sources;
use super::table::Table;

/// The people who run the day.
#[derive(Clone, Debug, Default)]
pub struct Staff {
    /// Who gets the digest. Mail from these addresses is never answered automatically.
    pub addresses: Vec<Email>,
    /// Names of the bureau's own people, who are never applicants.
    pub names: Vec<String>,
}

/// How the service runs.
#[derive(Clone, Debug)]
pub struct Daemon {
    /// The folder with the status file and the lock: `/run/baoming`.
    pub runtime_dir: PathBuf,
    /// What is logged, as a `tracing` filter (`info`, `baoming=debug`).
    pub log: String,
    /// Log lines are JSON.
    pub log_json: bool,
    /// The longest time that the transaction in hand may take after SIGTERM.
    pub stop_within: Duration,
}

impl Staff {
    pub(super) fn read(mut table: Table) -> Option<Self> {
        let addresses = table.required("addresses", &rule::list(rule::email()));
        if addresses.as_ref().is_some_and(Vec::is_empty) {
            table.wrong("addresses", "is empty", "at least one e-mail address for the digest");
        }
        let names = table.or("names", &rule::list(rule::text()), Vec::new());
        Some(Self { addresses: addresses?, names: names? })
    }
}

/// `[digest]`: when it is due; by default at the time that the bureau's first event names.
pub(super) fn digest(mut table: Table, days: &[Day], bureau: &str) -> Option<Hour> {
    let first = days.iter().find(|day| day.event.life.bureau == bureau);
    let usual = first.map_or(Time::constant(17, 40, 0, 0), |day| day.digest_at);
    let zone = first.map_or(TimeZone::UTC, |day| day.event.zone.clone());
    let at = table.or("at", &rule::time_of_day(), usual);
    let zone = table.or("zone", &rule::zone(), zone);
    Some(Hour { at: at?, zone: zone? })
}

impl Default for Daemon {
    fn default() -> Self {
        Self {
            runtime_dir: PathBuf::from("/run/baoming"),
            log: "info".to_owned(),
            log_json: false,
            stop_within: Duration::from_secs(8),
        }
    }
}

impl Daemon {
    pub(super) fn read(mut table: Table, sources: &Sources) -> Option<Self> {
        let usual = Self::default();
        let runtime_dir = table.or("runtime_dir", &rule::path(), usual.runtime_dir);
        let filter = rule::shaped(
            "a level (error, warn, info, debug, trace) or a filter as \"info,baoming::outbox=debug\"",
            r"^[A-Za-z0-9_:]+(=[a-z]+)?(,[A-Za-z0-9_:]+(=[a-z]+)?)*$",
        );
        let log = table.or("log", &filter, usual.log);
        let log_json = table.or("log_json", &rule::flag(), usual.log_json);
        let stop_within = rule::duration("1s", "9s");
        let stop_within = table.or("stop_within", &stop_within, usual.stop_within);
        Some(Self {
            runtime_dir: sources.beside(&runtime_dir?),
            log: log?,
            log_json: log_json?,
            stop_within: stop_within?,
        })
    }
}
