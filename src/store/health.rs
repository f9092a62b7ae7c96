//! How the service is: the facts behind `status` and the digest's last lines.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::bulk::{self, Value};
use super::cells::{Cells, of_word};
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

    /// The same for one bureau of several: its letters, and the mail of its mailboxes.
    pub async fn health_of(
        &self,
        now: Timestamp,
        bureau: &str,
        mailboxes: &BTreeSet<String>,
    ) -> Result<Health> {
        let mut health = self.health(now).await?;
        health.passes.retain(|pass| mailboxes.contains(&pass.mailbox));
        (health.backlog, health.oldest, health.quarantined) = (0, None, 0);
        let rows = sqlx::query(
            "select mailbox, state, count(*), min(arrived) from ledger \
             where state in ('received', 'quarantined') group by mailbox, state",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        for row in &rows {
            if !mailboxes.contains(row.str(0)?) {
                continue;
            }
            if row.str(1)? == "quarantined" {
                health.quarantined += row.count(2)?;
            } else {
                health.backlog += row.count(2)?;
                let oldest = row.time(3)?;
                health.oldest = Some(health.oldest.map_or(oldest, |other| other.min(oldest)));
            }
        }
        let rows = sqlx::query(
            "select state, count(*), min(case when due <= $2 then due end) from letter \
             where bureau = $1 group by state order by state",
        )
        .bind(bureau)
        .bind(now.as_millisecond())
        .fetch_all(&mut *self.reader().await?)
        .await?;
        (health.letters, health.oldest_due) = (Vec::new(), None);
        for row in &rows {
            let state = of_word("letter", "state", "(counted)", row.str(0)?)?;
            health.letters.push((state, row.count(1)?));
            if state == LetterState::Waiting {
                health.oldest_due = row.maybe_time(2)?;
            }
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
