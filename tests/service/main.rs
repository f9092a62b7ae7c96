//! The service as its operator meets it: the real program, run against real servers, in good days
//! and bad ones. `tests/story` tells the good story; here are passwords that are wrong, databases
//! that cannot be written, signals, restarts, and each command of the staff.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may fail loudly and look at the clock"
)]

#[path = "../support/mod.rs"]
mod support;

#[path = "../support/postgres.rs"]
mod postgres;

#[path = "../support/bureau.rs"]
mod bureau;

#[path = "../support/folder.rs"]
mod folder;

#[cfg(feature = "fault")]
#[path = "../support/children.rs"]
mod family;

#[cfg(feature = "fault")]
#[path = "../support/bombs.rs"]
mod bombs;

#[cfg(feature = "ocr")]
#[path = "../support/eyes.rs"]
mod eyes;

#[path = "../support/replayed.rs"]
mod replayed;

#[path = "../support/invariants.rs"]
mod invariants;

mod after;
mod bare;
mod bounces;
mod bureaus;
mod clerks;
mod closing;
mod commands;
mod daemons;
mod digests;
mod endings;
mod dumps;
mod erasure;
mod events;
mod exits;
mod export;
mod fixtures;
mod forgetting;
mod hidden;
mod hold;
mod hostile;
mod import;
mod known;
mod logins;
mod loops;
mod mails;
#[cfg(feature = "ocr")]
mod pictures;
mod quarantine;
mod refused;
mod renamed;
mod replay;
mod reread;
mod secrets;
mod several;
mod signals;
mod stage;
mod stale;
mod stories;
mod table;
mod telephone;
mod trouble;
mod waiting;
mod whole;
mod writers;

/// The tests of PostgreSQL note here what they leave out.
use support::skip;
