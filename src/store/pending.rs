//! Messages between receiving and deciding: who waits, their bytes, and those that cannot be read.

use std::collections::HashMap;

use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::bulk::{self, Value};
use super::cells::{Cells, key_of};
use super::dialect::commit;
use super::ledger::message_key;
use super::pack::unpack;
use super::receive::CONTENT;
use super::tasks::{About, NewTask, open_tasks, settle_tasks};
use super::{Result, Store};
use crate::mailbox::Arrival;
use crate::roster::{OrderKey, TaskKind};

macro_rules! columns {
    () => {
        "id, rank, attempts, size, interrupted"
    };
}

/// A message that waits for its decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The ledger id.
    pub id: String,
    /// Its place in the order; `place` is 0.
    pub key: OrderKey,
    /// How often its reader did not live through it.
    pub attempts: u32,
    /// How often the service ended while it waited, see [`Store::count_start`].
    pub interrupted: u32,
    /// Its size on the server, in bytes.
    pub size: u64,
}

/// A message in quarantine: nobody knows who wrote it, and to which event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The ledger id.
    pub id: String,
    /// The mailbox's name in the settings.
    pub mailbox: String,
    /// When it arrived there.
    pub arrived: Timestamp,
    /// When it was taken in here.
    pub received: Timestamp,
}

impl Store {
    /// The first messages that wait for a decision, in the order of arrival. Those that a reader
    /// did not live through are no longer in the line.
    pub async fn undecided(&self, limit: u32) -> Result<Vec<Pending>> {
        self.undecided_with(limit, &[]).await
    }

    /// The same with some that were put [aside](Self::set_aside) and are read by now: each has the
    /// place of its arrival again.
    pub async fn undecided_with(&self, limit: u32, back: &[String]) -> Result<Vec<Pending>> {
        undecided(&mut *self.reader().await?, limit, back).await
    }

    /// The bytes of these messages as they arrived, in the order of `ids`; an id without kept
    /// bytes (alias, preexisting, unknown) is left out.
    pub async fn raw(&self, ids: &[String]) -> Result<Vec<(String, Arrival)>> {
        let rows = bulk::within(
            &mut *self.reader().await?,
            "select raw.id, mailbox, folder, uidvalidity, uid, arrived, size, cut, content \
             from raw join ledger on ledger.id = raw.id where raw.id in",
            &[],
            ids.iter().map(Value::from).collect(),
            "",
        )
        .await?;
        let mut found = HashMap::new();
        for row in &rows {
            let id = row.text(0)?;
            let packed = self.0.seals.open(CONTENT, &id, row.bytes(8)?)?;
            let arrival = Arrival {
                key: message_key(row, 1)?,
                arrived: row.time(5)?,
                raw: unpack(&packed, CONTENT.0, &id)?,
                cut_from: (row.int(7)? == 1).then_some(row.count(6)?),
            };
            found.insert(id, arrival);
        }
        Ok(ids.iter().filter_map(|id| found.remove_entry(id)).collect())
    }

    /// The first message that a reader did not live through: it is read alone, and the others do
    /// not wait for it. Those in `but` are left out.
    pub async fn set_aside(&self, but: &[String]) -> Result<Option<Pending>> {
        let rows = sqlx::query(concat!(
            "select ",
            columns!(),
            " from ledger where state = 'received' and attempts > 0 order by rank"
        ))
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let mut found = rows.iter().map(pending);
        found.find(|one| one.as_ref().map_or(true, |one| !but.contains(&one.id))).transpose()
    }

    /// Counts an attempt against messages that their reader did not live through.
    pub async fn count_attempt(&self, ids: &[String]) -> Result<()> {
        let mut tx = self.exclusive().await?;
        bulk::within(
            &mut tx,
            "update ledger set attempts = attempts + 1 where state = 'received' and id in",
            &[],
            ids.iter().map(Value::from).collect(),
            "",
        )
        .await?;
        commit(tx).await
    }

    /// The service begins: whatever waits for its decision was left by one that ended. Counted up
    /// to `most`; beyond that only [`count_alone`](Self::count_alone) does.
    pub async fn count_start(&self, most: u32) -> Result<()> {
        let mut tx = self.exclusive().await?;
        sqlx::query(
            "update ledger set interrupted = interrupted + 1 \
             where state = 'received' and interrupted < $1",
        )
        .bind(i64::from(most))
        .execute(&mut *tx)
        .await?;
        commit(tx).await
    }

    /// One message is taken in hand alone, because the service has ended over it too often:
    /// committed before, so that its next end is known to be this message's.
    pub async fn count_alone(&self, id: &str) -> Result<()> {
        let mut tx = self.exclusive().await?;
        sqlx::query(
            "update ledger set interrupted = interrupted + 1 where state = 'received' and id = $1",
        )
        .bind(id)
        .execute(&mut *tx)
        .await?;
        commit(tx).await
    }

    /// Puts a message aside that cannot be read, with an `unreadable` task for the staff. `false`
    /// when it no longer waits for a decision.
    pub async fn quarantine(&self, id: &str, reason: &str) -> Result<bool> {
        let now = self.0.clock.now();
        let mut tx = self.exclusive().await?;
        let aside = sqlx::query(
            "update ledger set state = 'quarantined', decided = $2 \
             where id = $1 and state = 'received' returning id",
        )
        .bind(id)
        .bind(now.as_millisecond())
        .fetch_all(&mut *tx)
        .await?;
        if aside.is_empty() {
            return Ok(false);
        }
        let task = NewTask {
            message: Some(id.into()),
            ..NewTask::new(TaskKind::Unreadable, now, vec![reason.into()])
        };
        open_tasks(self, &mut tx, vec![task]).await?;
        commit(tx).await?;
        Ok(true)
    }

    /// The messages that nobody could read, in the order of arrival.
    pub async fn quarantined(&self) -> Result<Vec<Unread>> {
        unread(&mut *self.reader().await?).await
    }

    /// A clerk's word: a quarantined message shall be read again. `false` when it is in another
    /// state.
    pub async fn reprocess(&self, id: &str, by: &str) -> Result<bool> {
        let mut tx = self.exclusive().await?;
        let again = sqlx::query(
            "update ledger set state = 'received', decided = null, attempts = 0, \
             interrupted = 0 \
             where id = $1 and state = 'quarantined' returning id",
        )
        .bind(id)
        .fetch_all(&mut *tx)
        .await?;
        let ids = again.iter().map(|row| row.text(0)).collect::<Result<Vec<_>>>()?;
        settle_tasks(&mut tx, About::Messages, &ids, self.0.clock.now(), by).await?;
        commit(tx).await?;
        Ok(!ids.is_empty())
    }
}

pub(super) async fn undecided(
    conn: &mut AnyConnection,
    limit: u32,
    back: &[String],
) -> Result<Vec<Pending>> {
    let rows = sqlx::query(concat!(
        "select ",
        columns!(),
        " from ledger where state = 'received' and attempts = 0 order by rank limit $1"
    ))
    .bind(i64::from(limit))
    .fetch_all(&mut *conn)
    .await?;
    let mut found = rows.iter().map(pending).collect::<Result<Vec<_>>>()?;
    if !back.is_empty() {
        let rows = bulk::within(
            conn,
            concat!(
                "select ",
                columns!(),
                " from ledger where state = 'received' and attempts > 0 and id in"
            ),
            &[],
            back.iter().map(Value::from).collect(),
            "",
        )
        .await?;
        found.extend(rows.iter().map(pending).collect::<Result<Vec<_>>>()?);
        found.sort_by(|one, other| one.key.cmp(&other.key));
    }
    Ok(found)
}

pub(super) async fn unread(conn: &mut AnyConnection) -> Result<Vec<Unread>> {
    let rows = sqlx::query(
        "select id, mailbox, arrived, received from ledger where state = 'quarantined' order by rank",
    )
    .fetch_all(conn)
    .await?;
    let one = |row: &AnyRow| {
        Ok(Unread {
            id: row.text(0)?,
            mailbox: row.text(1)?,
            arrived: row.time(2)?,
            received: row.time(3)?,
        })
    };
    rows.iter().map(one).collect()
}

fn pending(row: &AnyRow) -> Result<Pending> {
    let id = row.text(0)?;
    let key = key_of("ledger", &id, row.str(1)?)?;
    let size = row.int(3)?.unsigned_abs();
    Ok(Pending { key, attempts: row.small(2)?, size, interrupted: row.small(4)?, id })
}
