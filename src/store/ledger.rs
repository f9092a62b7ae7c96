//! The ledger: one row for every message that a server ever listed (I1).

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Facts, Result, Store};
use crate::mailbox::{Arrival, MessageKey};
use crate::reading::Kind;
use crate::roster::OrderKey;

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LedgerState {
    /// Its bytes are kept; it waits for its decision.
    Received,
    /// It was decided.
    Done,
    /// Other bytes with the same Message-ID, sender and content were decided.
    Duplicate,
    /// A machine, a list or a courtesy wrote it.
    Ignored,
    /// It cannot be read; a person must look at it.
    Quarantined,
    /// The same bytes are in the ledger already.
    Alias,
    /// It arrived before the mailbox's `since`.
    Preexisting,
}

/// What a window of arrivals became.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Taken in, waiting for a decision.
    pub new: u32,
    /// The same bytes were known.
    pub alias: u32,
    /// Older than `since`.
    pub preexisting: u32,
    /// The very message was in the ledger already: nothing was written.
    pub known: u32,
}

/// A message of which only the listing was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// Its name in the mailbox.
    pub key: MessageKey,
    /// When the server took it.
    pub arrived: Timestamp,
    /// The size that the server claims.
    pub size: u64,
}

/// A message that waits for its decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The ledger id.
    pub id: String,
    /// Its place in the order; `place` is 0.
    pub key: OrderKey,
    /// How often its reading was begun.
    pub attempts: u32,
}

/// A message as the ledger knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The ledger id.
    pub id: String,
    /// Its name in the mailbox.
    pub key: MessageKey,
    /// When the server took it.
    pub arrived: Timestamp,
    /// When it was taken in here.
    pub received: Timestamp,
    /// Where it stands.
    pub state: LedgerState,
    /// The ledger id of the message that an alias or a duplicate repeats.
    pub original: Option<String>,
    /// What it wants, once it is decided.
    pub kind: Option<Kind>,
    /// How often its reading was begun.
    pub attempts: u32,
    /// What it said, once it is decided.
    pub facts: Option<Facts>,
}

/// How many messages of one folder are in one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerCount {
    /// The mailbox's name.
    pub mailbox: String,
    /// The folder.
    pub folder: String,
    /// The state.
    pub state: LedgerState,
    /// How many.
    pub count: u64,
}

impl fmt::Display for LedgerState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl LedgerState {
    /// The word in the database and in the contracts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Done => "done",
            Self::Duplicate => "duplicate",
            Self::Ignored => "ignored",
            Self::Quarantined => "quarantined",
            Self::Alias => "alias",
            Self::Preexisting => "preexisting",
        }
    }
}

impl Store {
    /// Those of `uids` that the ledger does not have, in the order given: the set difference by
    /// which new mail is found, whatever a server says of flags and counts.
    pub async fn unknown(
        &self,
        mailbox: &str,
        folder: &str,
        uidvalidity: u32,
        uids: &[u64],
    ) -> Result<Vec<u64>> {
        super::pending()
    }

    /// The highest UID taken in below this UIDVALIDITY: `UID FETCH last+1:*` is the quick look for
    /// new mail. Without meaning for a Maildir.
    pub async fn last_uid(
        &self,
        mailbox: &str,
        folder: &str,
        uidvalidity: u32,
    ) -> Result<Option<u64>> {
        super::pending()
    }

    /// Keeps a window of arrivals in one transaction: afterwards the mailbox is not needed. What
    /// the ledger knows already is left alone; the same bytes again become an `alias`; what
    /// arrived before `since` is noted as `preexisting`, without its bytes.
    pub async fn receive(&self, arrivals: &[Arrival], since: Timestamp) -> Result<Received> {
        super::pending()
    }

    /// Notes messages as `preexisting` by their listing alone, so that their bodies need never be
    /// fetched. Gives back how many were new to the ledger.
    pub async fn note_preexisting(&self, sightings: &[Sighting]) -> Result<u32> {
        super::pending()
    }

    /// The first messages that wait for a decision, in the order of arrival.
    pub async fn undecided(&self, limit: u32) -> Result<Vec<Pending>> {
        super::pending()
    }

    /// The bytes of these messages as they arrived, in the order of `ids`; an id without kept
    /// bytes (alias, preexisting, unknown) is left out.
    pub async fn raw(&self, ids: &[String]) -> Result<Vec<(String, Arrival)>> {
        super::pending()
    }

    /// Counts the beginning of a reading, committed before it begins: a message that brings its
    /// reader down is known by its attempts.
    pub async fn begin_attempt(&self, ids: &[String]) -> Result<()> {
        super::pending()
    }

    /// Puts a message aside that cannot be read, with an `unreadable` task for the staff. `false`
    /// when it no longer waits for a decision.
    pub async fn quarantine(&self, id: &str, reason: &str) -> Result<bool> {
        super::pending()
    }

    /// Messages with what was noted of them, in the order of `ids`; unknown ids are left out.
    pub async fn ledger(&self, ids: &[String]) -> Result<Vec<LedgerEntry>> {
        super::pending()
    }

    /// All messages by mailbox, folder and state: the digest's side of I1.
    pub async fn ledger_counts(&self) -> Result<Vec<LedgerCount>> {
        super::pending()
    }

    /// What was decided from `from` to before `to`, by state and kind.
    pub async fn decided_between(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<(LedgerState, Option<Kind>, u64)>> {
        super::pending()
    }

    /// Messages of a mailbox that are decided and whose `after` (seen, move) is still to be done.
    pub async fn pending_after(&self, mailbox: &str, limit: u32) -> Result<Vec<MessageKey>> {
        super::pending()
    }

    /// The mailbox's `after` was done for these, or they are gone from it.
    pub async fn after_done(&self, keys: &[MessageKey]) -> Result<()> {
        super::pending()
    }
}
