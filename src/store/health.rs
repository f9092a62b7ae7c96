//! How the service is: the facts behind `status` and the digest's last lines.

use jiff::Timestamp;

use super::{LetterState, Pause, Result, Store};

/// What a full listing of one folder showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderPass {
    /// The folder.
    pub folder: String,
    /// Its UIDVALIDITY.
    pub uidvalidity: u32,
    /// How many messages the server listed.
    pub listed: u64,
    /// How many of them the ledger had when the pass was over: fewer means that I1 is open.
    pub held: u64,
}

/// The last full listing of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// The mailbox.
    pub mailbox: String,
    /// When it was over.
    pub at: Timestamp,
    /// What it showed.
    pub seen: FolderPass,
}

/// The store's part of `status`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Messages that wait for a decision.
    pub backlog: u64,
    /// When the oldest of them arrived.
    pub oldest: Option<Timestamp>,
    /// Messages in quarantine.
    pub quarantined: u64,
    /// Letters by state.
    pub letters: Vec<(LetterState, u64)>,
    /// Since when the longest waiting due letter is due.
    pub oldest_due: Option<Timestamp>,
    /// Tasks that are open.
    pub open_tasks: u64,
    /// The last full listing of each folder.
    pub passes: Vec<Pass>,
    /// What rests.
    pub pauses: Vec<Pause>,
}

impl Store {
    /// The state of things.
    pub async fn health(&self, now: Timestamp) -> Result<Health> {
        super::pending()
    }

    /// Notes a full listing of a mailbox's folders.
    pub async fn note_pass(
        &self,
        mailbox: &str,
        at: Timestamp,
        folders: &[FolderPass],
    ) -> Result<()> {
        super::pending()
    }

    /// The last full listing of each folder.
    pub async fn passes(&self) -> Result<Vec<Pass>> {
        super::pending()
    }
}
