//! The end of the audit's chain: how a row is hashed, and how changes are added.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::AnyConnection;

use super::bulk::{self, Value};
use super::cells::{Cells, word};
use super::{Result, Store};
use crate::roster::Step;

/// Bytes of a registration's salt.
const SALT: usize = 16;

/// A change to be written down.
pub(super) struct Change<'a> {
    pub(super) at: Timestamp,
    pub(super) by: &'a str,
    pub(super) source: &'a str,
    pub(super) step: &'a Step,
    /// The person as JSON, which the trace is made from.
    pub(super) person: &'a [u8],
}

/// The columns of a row that its hash covers.
pub(super) struct Link {
    pub(super) seq: i64,
    pub(super) at: i64,
    /// registration, action, why, who, source, status
    pub(super) texts: [String; 6],
    pub(super) category: Option<String>,
    pub(super) seat: i64,
    pub(super) person_mac: Vec<u8>,
}

impl Link {
    /// SHA-256 over the previous hash and all columns, each with its length before it, so that no
    /// two rows have the same bytes; a missing category has a length that no text has.
    pub(super) fn hash(&self, prev: &[u8]) -> Vec<u8> {
        let mut hash = Sha256::new();
        let mut take = |part: Option<&[u8]>| {
            let length = part.map_or(u64::MAX, |part| u64::try_from(part.len()).unwrap_or(0));
            hash.update(length.to_be_bytes());
            hash.update(part.unwrap_or_default());
        };
        take(Some(prev));
        take(Some(&self.seq.to_be_bytes()));
        take(Some(&self.at.to_be_bytes()));
        for text in &self.texts {
            take(Some(text.as_bytes()));
        }
        take(self.category.as_deref().map(str::as_bytes));
        take(Some(&self.seat.to_be_bytes()));
        take(Some(&self.person_mac));
        hash.finalize().to_vec()
    }
}

/// Adds changes to the end of the chain, inside an exclusive transaction.
pub(super) async fn append(
    store: &Store,
    conn: &mut AnyConnection,
    changes: &[Change<'_>],
) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let salts = salts(store, conn, changes).await?;
    let last = sqlx::query("select seq, hash from audit order by seq desc limit 1")
        .fetch_all(&mut *conn)
        .await?;
    let (mut seq, mut prev) = match last.first() {
        Some(row) => (row.int(0)?, row.bytes(1)?.to_vec()),
        None => (0, Vec::new()),
    };
    let traces = changes.iter().map(|Change { step, person, .. }| {
        let salt = salts.get(&step.after.id).map(Vec::as_slice).unwrap_or_default();
        store.0.seals.trace(salt, person)
    });
    let mut rows = Vec::with_capacity(changes.len());
    for (Change { at, by, source, step, .. }, person_mac) in changes.iter().zip(traces) {
        seq += 1;
        let after = &step.after;
        let link = Link {
            seq,
            at: at.as_millisecond(),
            texts: [
                after.id.clone(),
                word(&step.action),
                step.why.to_owned(),
                (*by).to_owned(),
                (*source).to_owned(),
                word(&after.status),
            ],
            category: after.category.clone(),
            seat: i64::from(after.seat),
            person_mac,
        };
        let hash = link.hash(&prev);
        let [registration, action, why, who, source, status] = link.texts;
        rows.push([
            Value::from(link.seq),
            Value::from(link.at),
            Value::from(registration),
            Value::from(action),
            Value::from(why),
            Value::from(who),
            Value::from(source),
            Value::from(status),
            Value::from(link.category),
            Value::from(link.seat),
            Value::from(link.person_mac),
            Value::from(std::mem::replace(&mut prev, hash.clone())),
            Value::from(hash),
        ]);
    }
    bulk::rows(
        conn,
        "insert into audit (seq, at, registration, action, why, who, source, status, category, \
         seat, person_mac, prev, hash) values",
        rows,
        "",
    )
    .await
    .map(drop)
}

/// The salt of each registration concerned; new ones get theirs.
async fn salts(
    store: &Store,
    conn: &mut AnyConnection,
    changes: &[Change<'_>],
) -> Result<BTreeMap<String, Vec<u8>>> {
    let ids: BTreeSet<&str> = changes.iter().map(|change| change.step.after.id.as_str()).collect();
    let found = bulk::within(
        conn,
        "select registration, salt from audit_salt where registration in",
        &[],
        ids.iter().map(|id| Value::from(*id)).collect(),
        "",
    )
    .await?;
    let mut salts = BTreeMap::new();
    for row in &found {
        salts.insert(row.text(0)?, row.bytes(1)?.to_vec());
    }
    let mut new = Vec::new();
    for id in ids {
        if !salts.contains_key(id) {
            let mut salt = vec![0; SALT];
            store.0.dice.fill(&mut salt);
            new.push([Value::from(id), Value::from(salt.clone())]);
            salts.insert(id.to_owned(), salt);
        }
    }
    bulk::rows(conn, "insert into audit_salt (registration, salt) values", new, "").await?;
    Ok(salts)
}
