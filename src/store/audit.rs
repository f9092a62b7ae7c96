//! The audit: who or what changed each registration, when and why (I7). Append-only, chained by
//! hashes, without personal text.

use jiff::Timestamp;

use sqlx::any::AnyRow;

use super::cells::{Cells, of_word};
use super::chain::Link;
use super::hex::to_hex;
use super::{Result, Store};
use crate::roster::{Action, Status};

/// One change of one registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place in the chain, from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// The registration's id.
    pub registration: String,
    /// What was done.
    pub action: Action,
    /// Why: a code.
    pub why: String,
    /// Who or what did it: `baoming`, or a clerk's login name.
    pub by: String,
    /// What made it necessary: `message:ID`, `command:ID`, `clock`.
    pub source: String,
    /// The status afterwards.
    pub status: Status,
    /// The category afterwards.
    pub category: Option<String>,
    /// Whether it held a seat afterwards without being confirmed.
    pub seat: bool,
}

/// What the verification of the whole chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditCheck {
    /// How many rows were looked at.
    pub rows: u64,
    /// The first row whose content, order or link does not fit; `None` when all is well.
    pub broken_at: Option<u64>,
    /// The last row's hash in hexadecimal digits. Noted elsewhere (printed in a digest), it shows
    /// later that no row was cut off since.
    pub head: Option<String>,
}

/// Rows that the verification holds at a time.
const PAGE: i64 = 1000;
impl Store {
    /// What happened to a registration (by its id), the oldest first.
    pub async fn audit(&self, registration: &str) -> Result<Vec<AuditRow>> {
        let rows = sqlx::query(
            "select seq, at, registration, action, why, who, source, status, category, seat \
             from audit where registration = $1 order by seq",
        )
        .bind(registration)
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter().map(audit_row).collect()
    }

    /// Walks the whole chain.
    pub async fn verify_audit(&self) -> Result<AuditCheck> {
        let mut conn = self.reader().await?;
        let (mut seq, mut prev) = (0, Vec::new());
        loop {
            let rows = sqlx::query(
                "select seq, at, registration, action, why, who, source, status, category, seat, \
                 person_mac, prev, hash from audit where seq > $1 order by seq limit $2",
            )
            .bind(seq)
            .bind(PAGE)
            .fetch_all(&mut *conn)
            .await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                let link = Link {
                    seq: row.int(0)?,
                    at: row.int(1)?,
                    texts: [
                        row.text(2)?,
                        row.text(3)?,
                        row.text(4)?,
                        row.text(5)?,
                        row.text(6)?,
                        row.text(7)?,
                    ],
                    category: row.maybe_text(8)?,
                    seat: row.int(9)?,
                    person_mac: row.bytes(10)?.to_vec(),
                };
                seq += 1;
                let hash = link.hash(&prev);
                if link.seq != seq || row.bytes(11)? != prev || row.bytes(12)? != hash {
                    let broken_at = Some(link.seq.cast_unsigned());
                    return Ok(AuditCheck { rows: seq.cast_unsigned(), broken_at, head: None });
                }
                prev = hash;
            }
        }
        let head = (!prev.is_empty()).then(|| to_hex(&prev));
        Ok(AuditCheck { rows: seq.cast_unsigned(), broken_at: None, head })
    }
}

fn audit_row(row: &AnyRow) -> Result<AuditRow> {
    let seq = row.count(0)?;
    let id = seq.to_string();
    Ok(AuditRow {
        seq,
        at: row.time(1)?,
        registration: row.text(2)?,
        action: of_word("audit", "action", &id, row.str(3)?)?,
        why: row.text(4)?,
        by: row.text(5)?,
        source: row.text(6)?,
        status: of_word("audit", "status", &id, row.str(7)?)?,
        category: row.maybe_text(8)?,
        seat: row.int(9)? == 1,
    })
}
