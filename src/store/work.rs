//! [`Work`]: an open transaction, the only writer of the roster, alone by construction.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use jiff::Timestamp;
use sqlx::{Any, Transaction};

use super::bulk::{self, Value};
use super::cells::Cells;
use super::dialect::commit;
use super::post::recipient;
use super::registrations::{columns, registration};
use super::seal::Seals;
use super::{Error, Pending, Result, Store, Unread, pending};
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
pub struct Work {
    pub(super) store: Store,
    pub(super) tx: Transaction<'static, Any>,
    /// Something was refused half-way: nothing of this work may be committed.
    pub(super) spoilt: bool,
}

impl fmt::Debug for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Work").field("spoilt", &self.spoilt).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens an exclusive transaction: nobody else decides, receives or posts until it ends.
    /// Waits for its turn.
    pub async fn work(&self) -> Result<Work> {
        Ok(Work { tx: self.exclusive().await?, store: self.clone(), spoilt: false })
    }
}

impl Work {
    /// The first messages that wait for a decision, in the order of arrival: inside the
    /// transaction nobody else can decide them.
    pub async fn undecided(&mut self, limit: u32) -> Result<Vec<Pending>> {
        self.undecided_with(limit, &[]).await
    }

    /// See [`Store::undecided_with`].
    pub async fn undecided_with(&mut self, limit: u32, back: &[String]) -> Result<Vec<Pending>> {
        pending::undecided(&mut self.tx, limit, back).await
    }

    /// See [`Store::quarantined`].
    pub async fn quarantined(&mut self) -> Result<Vec<Unread>> {
        pending::unread(&mut self.tx).await
    }

    /// Whether any message waits for a decision, also one that cannot be read.
    pub async fn waits(&mut self) -> Result<bool> {
        let rows = sqlx::query("select 1 from ledger where state = 'received' limit 1")
            .fetch_all(&mut *self.tx)
            .await?;
        Ok(!rows.is_empty())
    }

    /// For each candidate the ledger id of the message that it repeats: same Message-ID, same
    /// sender, same content, decided before or earlier among the candidates.
    pub async fn find_duplicates(
        &mut self,
        candidates: &[Candidate],
    ) -> Result<Vec<Option<String>>> {
        let seals = &self.store.0.seals;
        let traces: Vec<_> = candidates.iter().map(|candidate| candidate.traces(seals)).collect();
        let wanted = traces.iter().flatten().map(|traces| Value::from(traces.message.clone()));
        let rows = bulk::within(
            &mut self.tx,
            "select id, message_mac, sender_mac, content_mac from ledger \
             where state in ('done', 'ignored') and message_mac in",
            &[],
            wanted.collect(),
            "order by rank",
        )
        .await?;
        let mut seen: HashMap<Traces, String> = HashMap::new();
        for row in &rows {
            let traces = Traces {
                message: row.bytes(1)?.to_vec(),
                sender: row.maybe_bytes(2)?.map(<[u8]>::to_vec),
                content: row.bytes(3)?.to_vec(),
            };
            seen.entry(traces).or_insert(row.text(0)?);
        }
        let originals = candidates.iter().zip(traces).map(|(candidate, traces)| {
            let original = seen.entry(traces?).or_insert_with(|| candidate.id.clone());
            (*original != candidate.id).then(|| original.clone())
        });
        Ok(originals.collect())
    }

    /// The event's incomplete and offered registrations whose hold ended at or before `now`, in
    /// order. With `closed` early no incomplete one is held any more.
    pub async fn lapsed_holds(
        &mut self,
        event: &Event,
        now: Timestamp,
        closed: bool,
    ) -> Result<Vec<Registration>> {
        let latest = if closed { Timestamp::MAX } else { now };
        let rows = sqlx::query(concat!(
            "select ",
            columns!(),
            " from registration where event = $1 and hold_until <= $3 \
             and (hold_until <= $2 or status = 'incomplete') \
             and status in ('incomplete', 'waitlisted') order by rank"
        ))
        .bind(&event.id)
        .bind(now.as_millisecond())
        .bind(latest.as_millisecond())
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter().map(|row| registration(row, &self.store.0.seals)).collect()
    }

    /// The event's waitlisted registrations, those who were chosen among them, in order.
    pub async fn waitlisted(&mut self, event: &Event) -> Result<Vec<Registration>> {
        let rows = sqlx::query(concat!(
            "select ",
            columns!(),
            " from registration where event = $1 and stands in ('line', 'reserved') \
             and status = 'waitlisted' order by rank"
        ))
        .bind(&event.id)
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter().map(|row| registration(row, &self.store.0.seals)).collect()
    }

    /// The registration with this number (in any case of letters).
    pub async fn registration(&mut self, number: &str) -> Result<Option<Registration>> {
        let rows =
            sqlx::query(concat!("select ", columns!(), " from registration where number = $1"))
                .bind(number.trim().to_uppercase())
                .fetch_all(&mut *self.tx)
                .await?;
        rows.first().map(|row| registration(row, &self.store.0.seals)).transpose()
    }

    /// How many letters a bureau wrote at or after `since`: to each of these addresses, and in all.
    /// What the brake goes by.
    pub async fn letters_since(
        &mut self,
        bureau: &str,
        emails: &[Email],
        since: Timestamp,
    ) -> Result<(BTreeMap<Email, u32>, u32)> {
        let seals = &self.store.0.seals;
        let by_trace: HashMap<Vec<u8>, &Email> =
            emails.iter().map(|email| (recipient(seals, email), email)).collect();
        let rows = bulk::within(
            &mut self.tx,
            "select recipient_mac, count(*) from letter \
             where created >= $1 and bureau = $2 and recipient_mac in",
            &[since.into(), bureau.into()],
            by_trace.keys().cloned().map(Value::from).collect(),
            "group by recipient_mac",
        )
        .await?;
        let mut counts = BTreeMap::new();
        for row in &rows {
            if let Some(email) = by_trace.get(row.bytes(0)?) {
                counts.insert((*email).clone(), row.small(1)?);
            }
        }
        let rows = sqlx::query("select count(*) from letter where created >= $1 and bureau = $2")
            .bind(since.as_millisecond())
            .bind(bureau)
            .fetch_all(&mut *self.tx)
            .await?;
        Ok((counts, rows.first().map_or(Ok(0), |row| row.small(0))?))
    }

    /// How many answers to messages a bureau wrote at or after `since` that tell of no decision.
    pub async fn courtesies_since(&mut self, bureau: &str, since: Timestamp) -> Result<u32> {
        let rows = sqlx::query(
            "select count(*) from letter \
             where created >= $1 and bureau = $2 and standing = 0 and cause like 'message:%'",
        )
        .bind(since.as_millisecond())
        .bind(bureau)
        .fetch_all(&mut *self.tx)
        .await?;
        rows.first().map_or(Ok(0), |row| row.small(0))
    }

    /// How many tasks are open because of messages from each of these addresses.
    pub async fn open_tasks_of(&mut self, emails: &[Email]) -> Result<BTreeMap<Email, u32>> {
        let seals = &self.store.0.seals;
        let by_trace: HashMap<Vec<u8>, &Email> =
            emails.iter().map(|email| (recipient(seals, email), email)).collect();
        let rows = sqlx::query(
            "select sender_mac, count(*) from task join ledger on ledger.id = task.message \
             where task.closed is null and sender_mac is not null group by sender_mac",
        )
        .fetch_all(&mut *self.tx)
        .await?;
        let mut counts = BTreeMap::new();
        for row in &rows {
            if let Some(email) = by_trace.get(row.bytes(0)?) {
                counts.insert((*email).clone(), row.small(1)?);
            }
        }
        Ok(counts)
    }

    /// Commits, whole or not at all.
    pub async fn commit(self) -> Result<()> {
        if self.spoilt {
            return Err(Error::Unsupported("a work that was refused cannot be committed"));
        }
        commit(self.tx).await
    }
}

/// By what another copy of a message is known again.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Traces {
    pub(super) message: Vec<u8>,
    pub(super) sender: Option<Vec<u8>>,
    pub(super) content: Vec<u8>,
}

impl Candidate {
    fn traces(&self, seals: &Seals) -> Option<Traces> {
        let (sender, content) = (self.sender.as_ref(), &self.fingerprint);
        Some(traces(seals, self.message_id.as_deref()?, sender, content))
    }
}

pub(super) fn traces(
    seals: &Seals,
    message_id: &str,
    sender: Option<&Email>,
    fingerprint: &[u8; 32],
) -> Traces {
    Traces {
        message: seals.find("message-id", &[message_id]),
        sender: sender.map(|email| recipient(seals, email)),
        content: seals.find("content", &[&super::hex::to_hex(fingerprint)]),
    }
}
