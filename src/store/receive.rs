//! Receiving: a window of messages is kept, whole and sealed, before anything looks inside.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::AnyConnection;

use super::bulk::{self, Value};
use super::cells::Cells;
use super::dialect::commit;
use super::ledger::known;
use super::pack::Packer;
use super::seal::Place;
use super::{LedgerState, Result, Store};
use crate::mailbox::{Arrival, MessageKey};
use crate::roster::OrderKey;

/// Where the bytes of a message are sealed.
pub(super) const CONTENT: Place = Place("raw", "content");

/// What a window of arrivals became.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Taken in, waiting for a decision.
    pub new: u32,
    /// The same bytes were known.
    pub alias: u32,
    /// Older than `since`.
    pub preexisting: u32,
    /// The very message was in the ledger already: nothing was written.
    pub known: u32,
    /// The new ones with their ledger ids: who has the bytes in hand need not read them again.
    pub taken: Vec<(String, MessageKey)>,
}

impl Received {
    /// Adds the counts of another window.
    pub fn add(&mut self, more: &Self) {
        self.new += more.new;
        self.alias += more.alias;
        self.preexisting += more.preexisting;
        self.known += more.known;
    }
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

/// A window of arrivals, sealed and ready to be kept: the work on the bytes, which needs no
/// database, is done.
pub struct Parcel {
    rows: Vec<Row>,
    /// The sealed bytes, by ledger id.
    contents: HashMap<String, Vec<u8>>,
}

impl fmt::Debug for Parcel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parcel").field("messages", &self.rows.len()).finish_non_exhaustive()
    }
}

impl Parcel {
    /// The ledger ids that the messages will have, unless they are known already.
    pub fn ids(&self) -> impl Iterator<Item = &String> {
        self.contents.keys()
    }
}

/// A row of the ledger to be.
struct Row {
    id: String,
    key: MessageKey,
    arrived: Timestamp,
    size: u64,
    cut: bool,
    sha256: Vec<u8>,
    state: LedgerState,
    original: Option<String>,
}

impl Store {
    /// Keeps a window of arrivals in one transaction: afterwards the mailbox is not needed. What
    /// the ledger knows already is left alone; the same bytes again become an `alias`; what
    /// arrived before `since` is noted as `preexisting`, without its bytes.
    pub async fn receive(&self, arrivals: &[Arrival], since: Timestamp) -> Result<Received> {
        self.keep(self.pack(arrivals, since)?).await
    }

    /// Deflates and seals a window of arrivals, for [`keep`](Self::keep).
    pub fn pack(&self, arrivals: &[Arrival], since: Timestamp) -> Result<Parcel> {
        let mut packer = Packer::new();
        let mut contents = HashMap::new();
        let mut rows = Vec::with_capacity(arrivals.len());
        for arrival in arrivals {
            let row = self.row(arrival, since);
            if row.state == LedgerState::Received {
                let deflated = packer.pack(&arrival.raw)?;
                contents.insert(row.id.clone(), self.0.seals.seal(CONTENT, &row.id, &deflated)?);
            }
            rows.push(row);
        }
        Ok(Parcel { rows, contents })
    }

    /// Keeps what was packed, see [`receive`](Self::receive).
    pub async fn keep(&self, parcel: Parcel) -> Result<Received> {
        let Parcel { mut rows, mut contents } = parcel;
        let mut tx = self.exclusive().await?;
        let found = rows.len();
        drop_known(&mut tx, &mut rows).await?;
        let mut received = Received { known: small(found - rows.len()), ..Received::default() };
        find_originals(&mut tx, &mut rows).await?;
        let mut raw = Vec::new();
        for row in &rows {
            match row.state {
                LedgerState::Alias => received.alias += 1,
                LedgerState::Preexisting => received.preexisting += 1,
                _ => {
                    received.new += 1;
                    received.taken.push((row.id.clone(), row.key.clone()));
                    raw.push([Value::from(&row.id), contents.remove(&row.id).into()]);
                }
            }
        }
        insert(&mut tx, &rows, self.0.clock.now()).await?;
        bulk::rows(&mut tx, "insert into raw (id, content) values", raw, "").await?;
        commit(tx).await?;
        Ok(received)
    }

    /// Notes messages as `preexisting` by their listing alone, so that their bodies need never be
    /// fetched. Gives back how many were new to the ledger.
    pub async fn note_preexisting(&self, sightings: &[Sighting]) -> Result<u32> {
        let mut rows: Vec<Row> = sightings
            .iter()
            .map(|seen| Row {
                id: self.id(),
                key: seen.key.clone(),
                arrived: seen.arrived,
                size: seen.size,
                cut: false,
                sha256: Vec::new(),
                state: LedgerState::Preexisting,
                original: None,
            })
            .collect();
        let mut tx = self.exclusive().await?;
        drop_known(&mut tx, &mut rows).await?;
        insert(&mut tx, &rows, self.0.clock.now()).await?;
        commit(tx).await?;
        Ok(small(rows.len()))
    }

    fn row(&self, arrival: &Arrival, since: Timestamp) -> Row {
        let length = u64::try_from(arrival.raw.len()).unwrap_or(u64::MAX);
        let early = arrival.arrived < since;
        Row {
            id: self.id(),
            key: arrival.key.clone(),
            arrived: arrival.arrived,
            size: arrival.cut_from.unwrap_or(length),
            cut: arrival.cut_from.is_some(),
            sha256: Sha256::digest(&arrival.raw).to_vec(),
            state: if early { LedgerState::Preexisting } else { LedgerState::Received },
            original: None,
        }
    }
}

/// Leaves out what the ledger has under the same name, and what the window names twice.
async fn drop_known(conn: &mut AnyConnection, rows: &mut Vec<Row>) -> Result<()> {
    let mut folders: BTreeMap<(&str, &str, u32), Vec<u64>> = BTreeMap::new();
    for Row { key, .. } in rows.iter() {
        let folder = (key.mailbox.as_str(), key.folder.as_str(), key.uidvalidity);
        folders.entry(folder).or_default().push(key.uid);
    }
    let mut seen = HashSet::new();
    for ((mailbox, folder, uidvalidity), uids) in folders {
        for uid in known(conn, mailbox, folder, uidvalidity, &uids).await? {
            seen.insert(MessageKey {
                mailbox: mailbox.into(),
                folder: folder.into(),
                uidvalidity,
                uid,
            });
        }
    }
    rows.retain(|row| seen.insert(row.key.clone()));
    Ok(())
}

/// Makes aliases of those whose bytes are kept already, or stand earlier in the window.
async fn find_originals(conn: &mut AnyConnection, rows: &mut [Row]) -> Result<()> {
    let mut originals: HashMap<Vec<u8>, String> = HashMap::new();
    let found = bulk::within(
        conn,
        "select sha256, id from ledger where state not in ('alias', 'preexisting') and sha256 in",
        &[],
        rows.iter().map(|row| Value::from(row.sha256.clone())).collect(),
        "",
    )
    .await?;
    for row in &found {
        originals.insert(row.bytes(0)?.to_vec(), row.text(1)?);
    }
    for row in rows {
        if let Some(original) = originals.get(&row.sha256) {
            row.state = LedgerState::Alias;
            row.original = Some(original.clone());
        } else if row.state == LedgerState::Received {
            originals.insert(row.sha256.clone(), row.id.clone());
        }
    }
    Ok(())
}

async fn insert(conn: &mut AnyConnection, rows: &[Row], now: Timestamp) -> Result<()> {
    let rows = rows
        .iter()
        .map(|row| {
            [
                Value::from(&row.id),
                Value::from(&row.key.mailbox),
                Value::from(&row.key.folder),
                Value::from(row.key.uidvalidity),
                Value::from(row.key.uid.cast_signed()),
                Value::from(row.arrived),
                Value::from(rank(&row.key, row.arrived)),
                Value::from(now),
                Value::from(i64::try_from(row.size).unwrap_or(i64::MAX)),
                Value::from(row.cut),
                Value::from(row.sha256.clone()),
                Value::from(row.state.word()),
                Value::from(row.original.clone()),
            ]
        })
        .collect();
    bulk::rows(
        conn,
        "insert into ledger (id, mailbox, folder, uidvalidity, uid, arrived, rank, received, \
         size, cut, sha256, state, original) values",
        rows,
        "",
    )
    .await
    .map(drop)
}

/// Where a message stands in the order, as sortable text.
fn rank(key: &MessageKey, arrived: Timestamp) -> String {
    let MessageKey { mailbox, folder, uidvalidity, uid } = key.clone();
    OrderKey { arrived, mailbox, folder, uidvalidity, uid, place: 0 }.rank()
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
