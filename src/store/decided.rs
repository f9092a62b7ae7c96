//! What intake hands over when a decision is made: its cause, what follows, and the letters.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::LedgerState;
use crate::message::Email;
use crate::reading::Kind;
use crate::roster::{Cause, Verdict};

/// One decision with all that follows from it; [`Work::record`](super::Work::record) writes it.
#[derive(Clone, Debug)]
pub struct Decided {
    /// What made it necessary.
    pub source: Source,
    /// What was decided. What its `letters` tell of overtakes older ones; kept are `letters` below.
    pub verdict: Verdict,
    /// The letters, ready to be kept.
    pub letters: Vec<NewLetter>,
    /// When it was decided.
    pub at: Timestamp,
    /// The settings in force, by the name that [`Store::keep_settings`](super::Store::keep_settings)
    /// gave them (I6).
    pub settings: String,
    /// Who decided, for the audit: `baoming`, or a clerk's login name.
    pub by: String,
}

/// What made a decision necessary.
#[derive(Clone, Debug)]
pub enum Source {
    /// A message, with what becomes of its ledger row.
    Message(Box<MessageFate>),
    /// A clerk's order, by its journal id.
    Command(String),
    /// A deadline: a reservation's hold has ended.
    Clock,
}

/// What becomes of a message's ledger row, and what is kept of what the message said.
#[derive(Clone, Debug)]
pub struct MessageFate {
    /// The ledger id.
    pub id: String,
    /// `Done`, `Duplicate`, `Ignored` or `Quarantined`.
    pub state: LedgerState,
    /// The ledger id of the message that a duplicate repeats.
    pub original: Option<String>,
    /// What it wants; `None` when it could not be read.
    pub kind: Option<Kind>,
    /// Its own Message-ID, without angle brackets (kept as a keyed HMAC).
    pub message_id: Option<String>,
    /// Who wrote it (kept as a keyed HMAC, and sealed among the facts).
    pub sender: Option<Email>,
    /// A digest of its content, by which another copy with other bytes is known again.
    pub fingerprint: [u8; 32],
    /// The letter of ours that it brings back for good.
    pub came_back: Option<CameBack>,
    /// What staff see of it, kept sealed.
    pub facts: Facts,
    /// The mailbox's `after` asks for something: [`Store::pending_after`](super::Store::pending_after)
    /// shall list it.
    pub after: bool,
}

/// A letter of ours that a mail system sent back: the staff get a task, unless they have one.
#[derive(Clone, Debug)]
pub struct CameBack {
    /// The letter's id.
    pub letter: String,
    /// The registration numbers that it speaks of.
    pub numbers: Vec<String>,
    /// Why, in words for the staff.
    pub why: String,
}

/// What staff see of a message in tasks, digests and `show`. Personal: kept sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The display name in `From`.
    pub from_name: Option<String>,
    /// The address in `From`.
    pub from: Option<Email>,
    /// The decoded subject.
    pub subject: String,
    /// Why a person must look at it, as reading says.
    pub doubts: Vec<String>,
    /// Names of the attached files.
    pub attachments: Vec<String>,
}

/// A letter to be kept: unique by cause and recipient for ever (I3).
#[derive(Clone, Debug)]
pub struct NewLetter {
    /// What made it necessary.
    pub cause: Cause,
    /// Where it goes.
    pub to: Email,
    /// Our own Message-ID, without angle brackets; derived from the cause, nothing personal.
    pub message_id: String,
    /// What it says, as the letter's own room writes it down. Kept sealed.
    pub facts: Said,
    /// The rendered mail, when it was rendered already. Kept sealed.
    pub mail: Option<Vec<u8>>,
    /// Not to be sent before; of those that may be, the one with the earliest `due` comes first.
    pub due: Timestamp,
    /// The registration numbers that it speaks of: an answer in its thread refers to them.
    pub numbers: Vec<String>,
}

/// What a letter says, as the JSON text that is sealed. It is written once and not taken apart
/// again before: a tree of values a letter would cost more than its decision.
#[derive(Clone, PartialEq, Eq)]
pub struct Said(pub(super) String);

impl Said {
    /// The value as JSON; `null` when it has no such form (a map whose keys are no text).
    #[must_use]
    pub fn of(value: &impl Serialize) -> Self {
        Self(serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned()))
    }
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Said(…)")
    }
}
