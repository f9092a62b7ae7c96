//! How the service is: the facts behind `status` and the digest's last lines.

use jiff::Timestamp;

use super::bulk::{self, Value};
use super::cells::Cells;
use super::dialect::commit;
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
    /// When it had begun.
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
        let rows = sqlx::query(
            "select \
             (select count(*) from ledger where state = 'received'), \
             (select min(arrived) from ledger where state = 'received'), \
             (select count(*) from ledger where state = 'quarantined'), \
             (select min(due) from letter where state = 'waiting' and due <= $1), \
             (select count(*) from task where closed is null)",
        )
        .bind(now.as_millisecond())
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let mut health = Health {
            letters: self.letter_counts().await?,
            passes: self.passes().await?,
            pauses: self.pauses(now).await?,
            ..Health::default()
        };
        if let Some(row) = rows.first() {
            health.backlog = row.count(0)?;
            health.oldest = row.maybe_time(1)?;
            health.quarantined = row.count(2)?;
            health.oldest_due = row.maybe_time(3)?;
            health.open_tasks = row.count(4)?;
        }
        Ok(health)
    }

    /// Notes a full listing of a mailbox's folders, which had begun at `at`.
    pub async fn note_pass(
        &self,
        mailbox: &str,
        at: Timestamp,
        folders: &[FolderPass],
    ) -> Result<()> {
        let count = |count: u64| Value::from(i64::try_from(count).unwrap_or(i64::MAX));
        let rows = folders
            .iter()
            .map(|seen| {
                [
                    Value::from(mailbox),
                    Value::from(&seen.folder),
                    Value::from(seen.uidvalidity),
                    Value::from(at),
                    count(seen.listed),
                    count(seen.held),
                ]
            })
            .collect();
        let mut tx = self.transaction().await?;
        bulk::rows(
            &mut tx,
            "insert into pass (mailbox, folder, uidvalidity, at, listed, held) values",
            rows,
            "on conflict (mailbox, folder) do update set uidvalidity = excluded.uidvalidity, \
             at = excluded.at, listed = excluded.listed, held = excluded.held",
        )
        .await?;
        commit(tx).await
    }

    /// The last full listing of each folder.
    pub async fn passes(&self) -> Result<Vec<Pass>> {
        let rows = sqlx::query(
            "select mailbox, folder, uidvalidity, at, listed, held from pass \
             order by mailbox, folder",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter()
            .map(|row| {
                let seen = FolderPass {
                    folder: row.text(1)?,
                    uidvalidity: row.small(2)?,
                    listed: row.count(4)?,
                    held: row.count(5)?,
                };
                Ok(Pass { mailbox: row.text(0)?, at: row.time(3)?, seen })
            })
            .collect()
    }
}
