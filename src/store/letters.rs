//! Letters as rows: what staff and the digest see of them. `outgoing.rs` has the sender's side.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use sqlx::any::AnyRow;

use super::bulk::{self, Value};
use super::cells::{Cells, cause_of, of_word};
use super::dialect::commit;
use super::seal::{Place, Seals};
use super::tasks::{About, settle_tasks};
use super::{Result, Said, Store};
use crate::message::Email;
use crate::roster::Cause;

/// Where a letter's recipient and words are sealed.
pub(super) const FACTS: Place = Place("letter", "facts");
/// Where the provider's last answer is sealed.
pub(super) const OUTCOME: Place = Place("letter", "outcome");
/// Where the rendered mail is sealed.
pub(super) const MAIL: Place = Place("mail", "content");

/// The personal part of a letter, as it is sealed.
#[derive(Deserialize)]
pub(super) struct Personal {
    pub(super) to: Email,
    pub(super) facts: serde_json::Value,
}

/// The same, to be written: what the letter says is JSON already.
pub(super) fn personal(to: &Email, facts: &Said) -> String {
    let to = serde_json::Value::from(to.as_str());
    format!(r#"{{"to":{to},"facts":{}}}"#, facts.0)
}

/// Where a letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LetterState {
    /// To be sent when it is due.
    Waiting,
    /// Claimed by a sender until a moment.
    Sending,
    /// Taken by the provider.
    Sent,
    /// Refused for good.
    Refused,
    /// Nobody knows whether the provider took it.
    Uncertain,
    /// A newer letter says it better.
    Superseded,
}

/// Which letters to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LetterFilter {
    /// Only this state.
    pub state: Option<LetterState>,
    /// Only those settled at or after this moment.
    pub settled_since: Option<Timestamp>,
    /// Only those that speak of this registration number.
    pub number: Option<String>,
    /// At most so many, the newest first; `None`: all.
    pub limit: Option<u32>,
}

/// A letter as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterRow {
    /// Its id.
    pub id: String,
    /// Its running number, for people to name it by.
    pub number: u64,
    /// What made it necessary.
    pub cause: Cause,
    /// Where it goes.
    pub to: Email,
    /// Where it stands.
    pub state: LetterState,
    /// Our Message-ID.
    pub message_id: String,
    /// The registration numbers it speaks of.
    pub numbers: Vec<String>,
    /// When it was written.
    pub created: Timestamp,
    /// Not to be sent before.
    pub due: Timestamp,
    /// When it was sent, refused or given up; `None` while it waits.
    pub settled: Option<Timestamp>,
    /// How often sending was begun.
    pub attempts: u32,
    /// What the provider answered last, or why it is not sent.
    pub outcome: Option<String>,
}

impl fmt::Display for LetterState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl LetterState {
    /// The word in the database and in the contracts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Uncertain => "uncertain",
            Self::Superseded => "superseded",
        }
    }
}

/// The columns that [`letter_row`] reads.
macro_rules! columns {
    () => {
        "id, number, cause, state, message_id, numbers, created, due, settled, attempts, facts, \
         outcome"
    };
}

impl Store {
    /// Letters for showing, the newest first.
    pub async fn letters(&self, filter: &LetterFilter) -> Result<Vec<LetterRow>> {
        let rows = sqlx::query(concat!(
            "select ",
            columns!(),
            " from letter where ($1 is null or state = $1) and ($2 is null or settled >= $2) \
             and ($3 is null or ' ' || numbers || ' ' like '% ' || $3 || ' %') \
             order by number desc limit $4"
        ))
        .bind(filter.state.map(LetterState::word))
        .bind(filter.settled_since.map(Timestamp::as_millisecond))
        .bind(filter.number.as_deref())
        .bind(filter.limit.map_or(i64::MAX, i64::from))
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter().map(|row| letter_row(row, &self.0.seals)).collect()
    }

    /// Our letters with these Message-IDs (without angle brackets): what an answer, a thread or a
    /// bounce refers to.
    pub async fn letters_by_message_id(&self, ids: &[String]) -> Result<Vec<LetterRow>> {
        let rows = bulk::within(
            &mut *self.reader().await?,
            concat!("select ", columns!(), " from letter where message_id in"),
            &[],
            ids.iter().map(Value::from).collect(),
            "order by number",
        )
        .await?;
        rows.iter().map(|row| letter_row(row, &self.0.seals)).collect()
    }

    /// How many letters are in each state.
    pub async fn letter_counts(&self) -> Result<Vec<(LetterState, u64)>> {
        let rows = sqlx::query("select state, count(*) from letter group by state order by state")
            .fetch_all(&mut *self.reader().await?)
            .await?;
        let state = |row: &AnyRow| of_word("letter", "state", "(counted)", row.str(0)?);
        rows.iter().map(|row| Ok((state(row)?, row.count(1)?))).collect()
    }

    /// A clerk's word: an uncertain or refused letter (by its id or its running number) shall be
    /// sent again, with the same Message-ID. `false` when it is in another state.
    pub async fn resend_letter(&self, letter: &str, by: &str) -> Result<bool> {
        let again = "update letter set state = 'waiting', due = $2, settled = null, repeated = 1 \
                     where state in ('uncertain', 'refused') and (id = $1 or number = $3) \
                     returning id";
        self.clerks_word(again, letter, by).await
    }

    /// A clerk's word: an uncertain or refused letter did arrive. `false` when it is in another
    /// state.
    pub async fn letter_arrived(&self, letter: &str, by: &str) -> Result<bool> {
        let arrived = "update letter set state = 'sent', settled = $2 \
                       where state in ('uncertain', 'refused') and (id = $1 or number = $3) \
                       returning id";
        self.clerks_word(arrived, letter, by).await
    }

    async fn clerks_word(&self, change: &'static str, letter: &str, by: &str) -> Result<bool> {
        let now = self.0.clock.now();
        let mut tx = self.exclusive().await?;
        let changed = sqlx::query(change)
            .bind(letter)
            .bind(now.as_millisecond())
            .bind(letter.parse().unwrap_or(0_i64))
            .fetch_all(&mut *tx)
            .await?;
        let ids = changed.iter().map(|row| row.text(0)).collect::<Result<Vec<_>>>()?;
        settle_tasks(&mut tx, About::Letters, &ids, now, by).await?;
        commit(tx).await?;
        Ok(!ids.is_empty())
    }
}

fn letter_row(row: &AnyRow, seals: &Seals) -> Result<LetterRow> {
    let id = row.text(0)?;
    let Personal { to, .. } = seals.open_json(FACTS, &id, row.bytes(10)?)?;
    let outcome = row.maybe_bytes(11)?;
    Ok(LetterRow {
        number: row.count(1)?,
        cause: cause_of(&id, row.str(2)?)?,
        to,
        state: of_word("letter", "state", &id, row.str(3)?)?,
        message_id: row.text(4)?,
        numbers: row.text(5)?.split_whitespace().map(str::to_owned).collect(),
        created: row.time(6)?,
        due: row.time(7)?,
        settled: row.maybe_time(8)?,
        attempts: row.small(9)?,
        outcome: outcome.map(|sealed| seals.open_json(OUTCOME, &id, sealed)).transpose()?,
        id,
    })
}
