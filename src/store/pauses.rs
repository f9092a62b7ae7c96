//! What must survive a restart: pauses, and who receives a mailbox.

use jiff::Timestamp;

use super::{Result, Store};

/// Something that rests until a moment: a refused login, a spent daily cap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// What rests (`imap:bureau`, `smtp`).
    pub what: String,
    /// Until when.
    pub until: Timestamp,
    /// Why, for staff and operator; nothing personal.
    pub why: String,
}

impl Store {
    /// Lets something rest; a later call replaces an earlier one.
    pub async fn pause(&self, what: &str, until: Timestamp, why: &str) -> Result<()> {
        super::pending()
    }

    /// The pause in force, if there is one.
    pub async fn paused(&self, what: &str, now: Timestamp) -> Result<Option<Pause>> {
        super::pending()
    }

    /// Ends a pause before its time.
    pub async fn lift_pause(&self, what: &str) -> Result<()> {
        super::pending()
    }

    /// All pauses in force.
    pub async fn pauses(&self, now: Timestamp) -> Result<Vec<Pause>> {
        super::pending()
    }

    /// Takes or renews a lease: `true` when `holder` has it until `until`. One receiver a mailbox
    /// where several daemons share a database.
    pub async fn lease(
        &self,
        what: &str,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool> {
        super::pending()
    }

    /// Gives a lease back.
    pub async fn release(&self, what: &str, holder: &str) -> Result<()> {
        super::pending()
    }
}
