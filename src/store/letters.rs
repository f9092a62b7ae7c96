//! Letters as rows: what staff and the digest see of them. `outgoing.rs` has the sender's side.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Result, Store};
use crate::message::Email;
use crate::roster::Cause;

/// Where a letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LetterState {
    /// To be sent when it is due.
    Waiting,
    /// Claimed by a sender until a moment.
    Sending,
    /// Taken by the provider.
    Sent,
    /// Refused for good.
    Refused,
    /// Nobody knows whether the provider took it.
    Uncertain,
    /// A newer letter says it better.
    Superseded,
}

/// Which letters to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LetterFilter {
    /// Only this state.
    pub state: Option<LetterState>,
    /// Only those settled at or after this moment.
    pub settled_since: Option<Timestamp>,
    /// Only those that speak of this registration number.
    pub number: Option<String>,
    /// At most so many, the newest first; `None`: all.
    pub limit: Option<u32>,
}

/// A letter as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterRow {
    /// Its id, which `resend` takes.
    pub id: String,
    /// What made it necessary.
    pub cause: Cause,
    /// Where it goes.
    pub to: Email,
    /// Where it stands.
    pub state: LetterState,
    /// Our Message-ID.
    pub message_id: String,
    /// The registration numbers it speaks of.
    pub numbers: Vec<String>,
    /// When it was written.
    pub created: Timestamp,
    /// Not to be sent before.
    pub due: Timestamp,
    /// When it was sent, refused or given up; `None` while it waits.
    pub settled: Option<Timestamp>,
    /// How often sending was begun.
    pub attempts: u32,
    /// What the provider answered last, or why it is not sent.
    pub outcome: Option<String>,
}

impl fmt::Display for LetterState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl LetterState {
    /// The word in the database and in the contracts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Uncertain => "uncertain",
            Self::Superseded => "superseded",
        }
    }
}

impl Store {
    /// Letters for showing, the newest first.
    pub async fn letters(&self, filter: &LetterFilter) -> Result<Vec<LetterRow>> {
        super::pending()
    }

    /// Our letters with these Message-IDs (without angle brackets): what an answer, a thread or a
    /// bounce refers to.
    pub async fn letters_by_message_id(&self, ids: &[String]) -> Result<Vec<LetterRow>> {
        super::pending()
    }

    /// How many letters are in each state.
    pub async fn letter_counts(&self) -> Result<Vec<(LetterState, u64)>> {
        super::pending()
    }

    /// A clerk's word: an uncertain or refused letter shall be sent (again), with the same
    /// Message-ID. `false` when it is in another state.
    pub async fn resend_letter(&self, id: &str) -> Result<bool> {
        super::pending()
    }
}
