//! What is kept: every message, the roster, the letters, the journal and the audit, in one SQLite
//! file or one PostgreSQL database.
//!
//! Two rules hold the room together. **Rosters change only through [`Work`]**, an open transaction
//! that nobody else has at the same time: it locks, looks up ([`Work::board`]), is told what was
//! decided ([`Work::record`]) and commits everything or nothing. **Everything that could name a
//! citizen is sealed** before it is bound to a statement ([`Key`]): raw mail, persons, letters,
//! reasons. What must be found again (identity number, name with telephone, address, Message-ID)
//! stands beside it as a keyed HMAC.
//!
//! The SQL is one text for both databases and stands in its one function. `dialect.rs` holds the
//! few differences, `bulk.rs` makes multi-row statements, `migrations/` explains the tables.

mod after;
mod audit;
mod backup;
mod board;
mod bulk;
mod cells;
mod chain;
mod decided;
mod dialect;
mod digest;
mod elsewhere;
mod erase;
mod error;
mod event_state;
mod health;
mod hex;
mod journal;
mod key;
mod ledger;
mod letters;
mod line;
mod lock;
mod migrate;
mod news;
mod open;
mod outgoing;
mod pack;
mod pauses;
mod pending;
mod post;
mod receive;
mod record;
mod registrations;
mod roster;
mod seal;
mod settle;
mod skipped;
mod supersede;
mod tasks;
mod trouble;
mod uncertain;
mod work;

pub use audit::{AuditCheck, AuditRow};
pub use decided::{CameBack, Decided, Facts, MessageFate, NewLetter, Said, Source};
pub use digest::{LastDigest, bureau_of};
pub use erase::Erased;
pub use error::{Error, Result};
pub use health::{FolderPass, Health, Pass};
pub use journal::{CommandRow, DecisionRow};
pub use key::Key;
pub use ledger::{LedgerCount, LedgerEntry, LedgerState};
pub use letters::{LetterFilter, LetterRow, LetterState};
pub use lock::DaemonLock;
pub use news::News;
pub use open::{Options, Store};
pub use outgoing::DueLetter;
pub use pauses::Pause;
pub use pending::{Pending, Unread};
pub use receive::{Parcel, Received, Sighting};
pub use registrations::{RegistrationFilter, Standing};
pub use settle::LetterOutcome;
pub use skipped::Skipped;
pub use tasks::TaskRow;
pub use trouble::Trouble;
pub use uncertain::UncertainLetter;
pub use work::{Candidate, Work};
