//! The sender's side of the letters: due, claimed, settled. A claim is committed before the
//! network is touched, so that a crash leaves an uncertain letter, never a second one.

use jiff::Timestamp;

use super::{Result, Store};
use crate::message::Email;
use crate::roster::Cause;

/// A letter that is due.
#[derive(Clone, Debug, PartialEq)]
pub struct DueLetter {
    /// Its id.
    pub id: String,
    /// What made it necessary.
    pub cause: Cause,
    /// Where it goes.
    pub to: Email,
    /// Our Message-ID, the same in every attempt.
    pub message_id: String,
    /// What it says, as the letter's own room wrote it down.
    pub facts: serde_json::Value,
    /// The mail as it was rendered for an earlier attempt.
    pub mail: Option<Vec<u8>>,
    /// How often sending was begun.
    pub attempts: u32,
    /// When it was written.
    pub created: Timestamp,
    /// Since when it is due.
    pub due: Timestamp,
}

/// How an attempt to send a letter ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterOutcome {
    /// The provider took it.
    Sent {
        /// The provider's answer.
        reply: String,
    },
    /// Not now: try again.
    Retry {
        /// Not before.
        at: Timestamp,
        /// The provider's answer, or what failed.
        why: String,
    },
    /// Refused for good; the staff get a task.
    Refused {
        /// The provider's answer.
        why: String,
    },
    /// Nobody knows whether it was taken; the staff get a task.
    Uncertain {
        /// What was seen last.
        why: String,
    },
    /// A newer letter says it better.
    Superseded,
}

impl Store {
    /// Waiting letters that are due, those due first at the front.
    pub async fn due_letters(&self, now: Timestamp, limit: u32) -> Result<Vec<DueLetter>> {
        super::pending()
    }

    /// The moment at which the next waiting letter is due.
    pub async fn next_due(&self) -> Result<Option<Timestamp>> {
        super::pending()
    }

    /// Takes a waiting letter for sending: the attempt is counted and the rendered bytes are kept,
    /// committed before the network is touched. `false` when another took it.
    pub async fn claim_letter(
        &self,
        id: &str,
        mail: &[u8],
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool> {
        super::pending()
    }

    /// Ends an attempt. `false` when the letter is not being sent (`Superseded`: nor waiting).
    pub async fn settle_letter(&self, id: &str, outcome: &LetterOutcome) -> Result<bool> {
        super::pending()
    }

    /// Letters whose claim ran out before `now` become uncertain, each with a task. The only
    /// daemon of a database passes [`Timestamp::MAX`] at its start: every claim is a dead one then.
    /// Gives back their ids.
    pub async fn uncertain_claims(&self, now: Timestamp) -> Result<Vec<String>> {
        super::pending()
    }

    /// How many letters were claimed at or after each of the moments: what pacing and caps go by.
    pub async fn claimed_since(&self, moments: &[Timestamp]) -> Result<Vec<u64>> {
        super::pending()
    }
}
