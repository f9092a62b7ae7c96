//! The ledger: one row for every message that a server ever listed (I1).

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::bulk::{self, Value};
use super::cells::{Cells, of_word};
use super::seal::{Place, Seals};
use super::{Facts, Result, Store};
use crate::mailbox::MessageKey;
use crate::reading::Kind;

/// Where what was noted of a message is sealed.
pub(super) const FACTS: Place = Place("ledger", "facts");

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
        let mut conn = self.reader().await?;
        let known = known(&mut conn, mailbox, folder, uidvalidity, uids).await?;
        Ok(uids.iter().copied().filter(|uid| !known.contains(uid)).collect())
    }

    /// The highest UID taken in below this UIDVALIDITY: `UID FETCH last+1:*` is the quick look for
    /// new mail. Without meaning for a Maildir.
    pub async fn last_uid(
        &self,
        mailbox: &str,
        folder: &str,
        uidvalidity: u32,
    ) -> Result<Option<u64>> {
        let rows = sqlx::query(
            "select max(uid) from ledger where mailbox = $1 and folder = $2 and uidvalidity = $3",
        )
        .bind(mailbox)
        .bind(folder)
        .bind(i64::from(uidvalidity))
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let last = rows.first().map(|row| row.maybe_int(0)).transpose()?.flatten();
        Ok(last.map(i64::cast_unsigned))
    }

    /// Messages with what was noted of them, in the order of `ids`; unknown ids are left out.
    pub async fn ledger(&self, ids: &[String]) -> Result<Vec<LedgerEntry>> {
        let rows = bulk::within(
            &mut *self.reader().await?,
            "select id, mailbox, folder, uidvalidity, uid, arrived, received, state, original, \
             kind, attempts, facts from ledger where id in",
            &[],
            ids.iter().map(Value::from).collect(),
            "",
        )
        .await?;
        let mut found = BTreeMap::new();
        for row in &rows {
            found.insert(row.text(0)?, entry(row, &self.0.seals)?);
        }
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    /// The ids of all messages that something became of, in the order of their arrival; those that
    /// only repeat another one's bytes, or came before our time, are none.
    pub async fn decided_messages(&self) -> Result<Vec<String>> {
        let rows = sqlx::query(
            "select id from ledger where state in ('done', 'duplicate', 'ignored', 'quarantined') \
             order by rank",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    /// All messages by mailbox, folder and state: the digest's side of I1.
    pub async fn ledger_counts(&self) -> Result<Vec<LedgerCount>> {
        let rows = sqlx::query(
            "select mailbox, folder, state, count(*) from ledger \
             group by mailbox, folder, state order by mailbox, folder, state",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(LedgerCount {
                    mailbox: row.text(0)?,
                    folder: row.text(1)?,
                    state: of_word("ledger", "state", "(counted)", row.str(2)?)?,
                    count: row.count(3)?,
                })
            })
            .collect()
    }

    /// What was decided from `from` to before `to`, by mailbox, state and kind.
    pub async fn decided_between(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<(String, LedgerState, Option<Kind>, u64)>> {
        let rows = sqlx::query(
            "select mailbox, state, kind, count(*) from ledger \
             where decided >= $1 and decided < $2 \
             group by mailbox, state, kind order by mailbox, state, kind",
        )
        .bind(from.as_millisecond())
        .bind(to.as_millisecond())
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter()
            .map(|row| {
                let state = of_word("ledger", "state", "(counted)", row.str(1)?)?;
                Ok((row.text(0)?, state, kind(row, 2, "(counted)")?, row.count(3)?))
            })
            .collect()
    }
}

/// Those of the UIDs that the ledger has.
pub(super) async fn known(
    conn: &mut AnyConnection,
    mailbox: &str,
    folder: &str,
    uidvalidity: u32,
    uids: &[u64],
) -> Result<HashSet<u64>> {
    let rows = bulk::within(
        conn,
        "select uid from ledger where mailbox = $1 and folder = $2 and uidvalidity = $3 and uid in",
        &[mailbox.into(), folder.into(), uidvalidity.into()],
        uids.iter().map(|uid| Value::from(uid.cast_signed())).collect(),
        "",
    )
    .await?;
    rows.iter().map(|row| Ok(row.int(0)?.cast_unsigned())).collect()
}

/// The name of a message out of four columns from `at` on.
pub(super) fn message_key(row: &AnyRow, at: usize) -> Result<MessageKey> {
    Ok(MessageKey {
        mailbox: row.text(at)?,
        folder: row.text(at + 1)?,
        uidvalidity: row.small(at + 2)?,
        uid: row.int(at + 3)?.cast_unsigned(),
    })
}

fn entry(row: &AnyRow, seals: &Seals) -> Result<LedgerEntry> {
    let id = row.text(0)?;
    let facts =
        row.maybe_bytes(11)?.map(|sealed| seals.open_json(FACTS, &id, sealed)).transpose()?;
    Ok(LedgerEntry {
        key: message_key(row, 1)?,
        arrived: row.time(5)?,
        received: row.time(6)?,
        state: of_word("ledger", "state", &id, row.str(7)?)?,
        original: row.maybe_text(8)?,
        kind: kind(row, 9, &id)?,
        attempts: row.small(10)?,
        facts,
        id,
    })
}

fn kind(row: &AnyRow, at: usize, id: &str) -> Result<Option<Kind>> {
    row.maybe_text(at)?.map(|word| of_word("ledger", "kind", id, &word)).transpose()
}
