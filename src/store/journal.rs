//! The journal: decisions and clerks' orders in their order, with the settings in force (I6).

use jiff::Timestamp;

use sha2::{Digest, Sha256};
use sqlx::AnyConnection;

use super::bulk::{self, Value};
use super::cells::{Cells, of_word, word};
use super::hex::to_hex;
use super::seal::Place;
use super::{Decided, Result, Source, Store, Work};
use crate::roster::{Event, NoLetter, Order};

/// Where settings are sealed.
const SETTINGS: Place = Place("settings", "content");
/// Where a clerk's order is sealed.
const ORDER: Place = Place("command", "content");

/// A decision as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRow {
    /// Its place in the order, from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// What made it necessary: `message:ID`, `command:ID`, `clock`.
    pub source: String,
    /// The event it was decided for.
    pub event: String,
    /// The settings in force, see [`Store::settings`].
    pub settings: String,
    /// How many letters it owes.
    pub letters: u32,
    /// Why it owes none (I4).
    pub no_letter: Option<NoLetter>,
}

/// A clerk's order as it was journalled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandRow {
    /// The order.
    pub order: Order,
    /// When it was journalled.
    pub at: Timestamp,
}

impl Store {
    /// Keeps the settings in force and gives back their name, a digest of their text: the same
    /// text has the same name. Kept sealed.
    pub async fn keep_settings(&self, json: &str) -> Result<String> {
        let name = to_hex(&Sha256::digest(json));
        let content = self.0.seals.seal(SETTINGS, &name, json.as_bytes())?;
        sqlx::query(
            "insert into settings (name, at, content) values ($1, $2, $3) on conflict do nothing",
        )
        .bind(&name)
        .bind(self.0.clock.now().as_millisecond())
        .bind(content)
        .execute(&mut *self.writer().await?)
        .await?;
        Ok(name)
    }

    /// The settings of that name.
    pub async fn settings(&self, name: &str) -> Result<Option<String>> {
        let rows = sqlx::query("select content from settings where name = $1")
            .bind(name)
            .fetch_all(&mut *self.reader().await?)
            .await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let json = self.0.seals.open(SETTINGS, name, row.bytes(0)?)?;
        Ok(Some(String::from_utf8_lossy(&json).into_owned()))
    }

    /// Decisions in their order, after the one with number `after`.
    pub async fn decisions(&self, after: u64, limit: u32) -> Result<Vec<DecisionRow>> {
        let rows = sqlx::query(
            "select seq, at, source, event, settings, letters, no_letter from decision \
             where seq > $1 order by seq limit $2",
        )
        .bind(after.cast_signed())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter()
            .map(|row| {
                let seq = row.count(0)?;
                let no_letter = row
                    .maybe_text(6)?
                    .map(|reason| of_word("decision", "no_letter", &seq.to_string(), &reason));
                Ok(DecisionRow {
                    seq,
                    at: row.time(1)?,
                    source: row.text(2)?,
                    event: row.text(3)?,
                    settings: row.text(4)?,
                    letters: row.small(5)?,
                    no_letter: no_letter.transpose()?,
                })
            })
            .collect()
    }

    /// The clerk's order with this id; `None` when there is none, or what it said was erased.
    pub async fn command(&self, id: &str) -> Result<Option<CommandRow>> {
        let rows = sqlx::query("select at, content from command where id = $1")
            .bind(id)
            .fetch_all(&mut *self.reader().await?)
            .await?;
        let Some(row) = rows.first() else { return Ok(None) };
        if row.bytes(1)?.is_empty() {
            return Ok(None);
        }
        let order = self.0.seals.open_json(ORDER, id, row.bytes(1)?)?;
        Ok(Some(CommandRow { order, at: row.time(0)? }))
    }
}

impl Work {
    /// The running number for the next order: its `key.uid`.
    pub async fn next_order(&mut self) -> Result<u64> {
        let rows = sqlx::query("select coalesce(max(number), 0) + 1 from command")
            .fetch_all(&mut *self.tx)
            .await?;
        rows.first().map_or(Ok(1), |row| row.count(0))
    }

    /// Writes a clerk's order down, before it is applied.
    pub async fn journal(&mut self, order: &Order) -> Result<()> {
        let content = self.store.0.seals.seal_json(ORDER, &order.id, order)?;
        sqlx::query("insert into command (id, number, at, content) values ($1, $2, $3, $4)")
            .bind(&order.id)
            .bind(order.key.uid.cast_signed())
            .bind(self.store.0.clock.now().as_millisecond())
            .bind(content)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}

impl Source {
    /// The source as the journal and the audit write it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Message(fate) => format!("message:{}", fate.id),
            Self::Command(id) => format!("command:{id}"),
            Self::Clock => "clock".into(),
        }
    }
}

/// Adds decisions to the journal, inside an exclusive transaction.
pub(super) async fn append(
    conn: &mut AnyConnection,
    event: &Event,
    decided: &[Decided],
    sources: &[String],
) -> Result<()> {
    let last =
        sqlx::query("select coalesce(max(seq), 0) from decision").fetch_all(&mut *conn).await?;
    let first = last.first().map_or(Ok(0), |row| row.int(0))? + 1;
    let rows = decided
        .iter()
        .zip(sources)
        .zip(first..)
        .map(|((decided, source), seq)| {
            [
                Value::from(seq),
                Value::from(decided.at),
                Value::from(source),
                Value::from(&event.id),
                Value::from(&decided.settings),
                Value::from(u32::try_from(decided.letters.len()).unwrap_or(u32::MAX)),
                Value::from(decided.verdict.no_letter.map(|reason| word(&reason))),
            ]
        })
        .collect();
    bulk::rows(
        conn,
        "insert into decision (seq, at, source, event, settings, letters, no_letter) values",
        rows,
        "",
    )
    .await
    .map(drop)
}
