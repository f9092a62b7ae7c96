//! [`Work`]: an open transaction, the only writer of the roster, alone by construction.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Pending, Result, Store};
use crate::message::Email;
use crate::roster::{Event, Registration};

/// A message that might repeat another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its ledger id.
    pub id: String,
    /// Its own Message-ID; without one it repeats nothing.
    pub message_id: Option<String>,
    /// Who wrote it.
    pub sender: Option<Email>,
    /// The digest of its content.
    pub fingerprint: [u8; 32],
}

/// An exclusive transaction. Dropping it undoes everything.
#[derive(Debug)]
pub struct Work {
    pub(super) store: Store,
}

impl Store {
    /// Opens an exclusive transaction: nobody else decides, receives or posts until it ends.
    /// Waits for its turn.
    pub async fn work(&self) -> Result<Work> {
        super::pending()
    }
}

impl Work {
    /// Makes the event known with its categories' quotas, or takes over changed ones; refused when
    /// a quota is smaller than what is confirmed (DESIGN §9.7). To be called before the event's
    /// board is asked for.
    pub async fn event(&mut self, event: &Event) -> Result<()> {
        super::pending()
    }

    /// The first messages that wait for a decision, in the order of arrival: inside the
    /// transaction nobody else can decide them.
    pub async fn undecided(&mut self, limit: u32) -> Result<Vec<Pending>> {
        super::pending()
    }

    /// For each candidate the ledger id of the message that it repeats: same Message-ID, same
    /// sender, same content, decided before or earlier among the candidates.
    pub async fn find_duplicates(
        &mut self,
        candidates: &[Candidate],
    ) -> Result<Vec<Option<String>>> {
        super::pending()
    }

    /// The event's unfinished registrations whose hold ended at or before `now`, in order.
    pub async fn lapsed_holds(
        &mut self,
        event: &Event,
        now: Timestamp,
    ) -> Result<Vec<Registration>> {
        super::pending()
    }

    /// The registration with this number.
    pub async fn registration(&mut self, number: &str) -> Result<Option<Registration>> {
        super::pending()
    }

    /// How many letters were written at or after `since`: to each of these addresses, and in all.
    /// What the brake goes by.
    pub async fn letters_since(
        &mut self,
        emails: &[Email],
        since: Timestamp,
    ) -> Result<(BTreeMap<Email, u32>, u32)> {
        super::pending()
    }

    /// Commits. An error means that nothing was written.
    pub async fn commit(self) -> Result<()> {
        super::pending()
    }
}
