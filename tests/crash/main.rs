//! What is left after the worst moment: the real process is killed, the disk's files are torn as a
//! power failure tears them, and every single call to the database, the mailbox, the provider and
//! the file system fails once. Afterwards the promises I1 to I7 hold and the work goes on.
//!
//! `tests/kills 10000` runs the kills alone, as many as one has time for. A failing run prints its
//! seed; `BAOMING_SEED` runs it again.
#![cfg(feature = "fault")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test may fail loudly, look at the environment and ask for the time"
)]

#[path = "../support/mod.rs"]
mod support;

#[path = "../support/postgres.rs"]
mod postgres;

#[path = "../support/bureau.rs"]
mod bureau;

#[path = "../support/folder.rs"]
mod folder;

#[path = "../support/invariants.rs"]
mod invariants;

#[path = "../support/replayed.rs"]
mod replayed;

#[path = "../support/imapd.rs"]
mod imapd;

#[path = "../support/world.rs"]
mod world;

mod broken;
mod cable;
mod disk;
mod kills;
mod nth;
mod power;
mod provider;
mod town;
mod wires;

/// The tests of PostgreSQL note here what they leave out.
use support::skip;
