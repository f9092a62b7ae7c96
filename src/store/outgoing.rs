//! The sender's side of the letters: due, claimed, settled. A claim is committed before the
//! network is touched, so that a crash leaves an uncertain letter, never a second one.

use jiff::Timestamp;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::cells::{Cells, cause_of};
use super::letters::{FACTS, MAIL, OUTCOME, Personal, seal_mail};
use super::pack::unpack;
use super::tasks::{About, NewTask, open_tasks, settle_tasks};
use super::{LetterState, Result, Store};
use crate::message::Email;
use crate::roster::{Cause, TaskKind};

/// A letter that is due.
#[derive(Clone, Debug, PartialEq)]
pub struct DueLetter {
    /// Its id.
    pub id: String,
    /// What made it necessary.
    pub cause: Cause,
    /// Where it goes.
    pub to: Email,
    /// Our Message-ID, the same in every attempt.
    pub message_id: String,
    /// What it says, as the letter's own room wrote it down.
    pub facts: serde_json::Value,
    /// The mail as it was rendered for an earlier attempt.
    pub mail: Option<Vec<u8>>,
    /// How often sending was begun.
    pub attempts: u32,
    /// When it was written.
    pub created: Timestamp,
    /// Since when it is due.
    pub due: Timestamp,
}

/// How an attempt to send a letter ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterOutcome {
    /// The provider took it.
    Sent {
        /// The provider's answer.
        reply: String,
    },
    /// Not now: try again.
    Retry {
        /// Not before.
        at: Timestamp,
        /// The provider's answer, or what failed.
        why: String,
    },
    /// Refused for good; the staff get a task.
    Refused {
        /// The provider's answer.
        why: String,
    },
    /// Nobody knows whether it was taken; the staff get a task.
    Uncertain {
        /// What was seen last.
        why: String,
    },
    /// A newer letter says it better.
    Superseded,
}

/// What the staff read about a letter whose sender died.
const INTERRUPTED: &str = "发送过程中断，无法确认对方是否收到";

impl LetterOutcome {
    fn state(&self) -> LetterState {
        match self {
            Self::Sent { .. } => LetterState::Sent,
            Self::Retry { .. } => LetterState::Waiting,
            Self::Refused { .. } => LetterState::Refused,
            Self::Uncertain { .. } => LetterState::Uncertain,
            Self::Superseded => LetterState::Superseded,
        }
    }

    fn words(&self) -> Option<&str> {
        match self {
            Self::Sent { reply: words }
            | Self::Retry { why: words, .. }
            | Self::Refused { why: words }
            | Self::Uncertain { why: words } => Some(words),
            Self::Superseded => None,
        }
    }
}

impl Store {
    /// Waiting letters that are due, those due first at the front.
    pub async fn due_letters(&self, now: Timestamp, limit: u32) -> Result<Vec<DueLetter>> {
        let rows = sqlx::query(
            "select id, cause, message_id, attempts, created, due, facts, content \
             from letter left join mail on mail.letter = letter.id \
             where state = 'waiting' and due <= $1 order by due, number limit $2",
        )
        .bind(now.as_millisecond())
        .bind(i64::from(limit))
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter().map(|row| self.due_letter(row)).collect()
    }

    /// The moment at which the next waiting letter is due.
    pub async fn next_due(&self) -> Result<Option<Timestamp>> {
        let rows = sqlx::query("select min(due) from letter where state = 'waiting'")
            .fetch_all(&mut *self.reader().await?)
            .await?;
        Ok(rows.first().map(|row| row.maybe_time(0)).transpose()?.flatten())
    }

    /// Takes a waiting letter for sending: the attempt is counted and the rendered bytes are kept,
    /// committed before the network is touched. `false` when another took it.
    pub async fn claim_letter(
        &self,
        id: &str,
        mail: &[u8],
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool> {
        let content = seal_mail(&self.0.seals, id, mail)?;
        let mut tx = self.transaction().await?;
        let taken = sqlx::query(
            "update letter set state = 'sending', attempts = attempts + 1, claimed = $2, \
             claimed_until = $3 where id = $1 and state = 'waiting' returning id",
        )
        .bind(id)
        .bind(now.as_millisecond())
        .bind(until.as_millisecond())
        .fetch_all(&mut *tx)
        .await?;
        if taken.is_empty() {
            return Ok(false);
        }
        sqlx::query(
            "insert into mail (letter, content) values ($1, $2) \
             on conflict (letter) do update set content = excluded.content",
        )
        .bind(id)
        .bind(content)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Ends an attempt. `false` when the letter is not being sent (`Superseded`: nor waiting).
    /// A sender that was slow, not dead, may still say `Sent` of a letter that became uncertain.
    pub async fn settle_letter(&self, id: &str, outcome: &LetterOutcome) -> Result<bool> {
        let now = self.0.clock.now();
        let mut tx = match outcome {
            // These open or close a task.
            LetterOutcome::Refused { .. } | LetterOutcome::Uncertain { .. } => {
                self.exclusive().await?
            }
            _ => self.transaction().await?,
        };
        let words = outcome.words();
        let sealed = words.map(|words| self.0.seals.seal_json(OUTCOME, id, &words)).transpose()?;
        let state = outcome.state();
        let due = match outcome {
            LetterOutcome::Retry { at, .. } => Some(at.as_millisecond()),
            _ => None,
        };
        let settled = (state != LetterState::Waiting).then(|| now.as_millisecond());
        let rows = sqlx::query(
            "update letter set state = $2, due = coalesce($3, due), settled = $4, \
             outcome = coalesce($5, outcome), claimed_until = null \
             where id = $1 and (state = 'sending' or (state = 'waiting' and $2 = 'superseded') \
             or (state = 'uncertain' and $2 = 'sent')) returning numbers",
        )
        .bind(id)
        .bind(state.word())
        .bind(due)
        .bind(settled)
        .bind(sealed)
        .fetch_all(&mut *tx)
        .await?;
        let Some(row) = rows.first() else { return Ok(false) };
        match state {
            LetterState::Refused | LetterState::Uncertain => {
                let why = words.unwrap_or_default();
                let task = self.undelivered(&mut tx, id, row.str(0)?, why).await?;
                open_tasks(self, &mut tx, vec![task]).await?;
            }
            LetterState::Sent => {
                settle_tasks(&mut tx, About::Letters, &[id.into()], now, "baoming").await?;
            }
            _ => {}
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Letters whose claim ran out before `now` become uncertain, each with a task. The only
    /// daemon of a database passes [`Timestamp::MAX`] at its start: every claim is a dead one then.
    /// Gives back their ids.
    pub async fn uncertain_claims(&self, now: Timestamp) -> Result<Vec<String>> {
        let mut tx = self.exclusive().await?;
        let rows = sqlx::query(
            "update letter set state = 'uncertain', settled = $2, claimed_until = null \
             where state = 'sending' and claimed_until <= $1 returning id, numbers",
        )
        .bind(now.as_millisecond())
        .bind(self.0.clock.now().as_millisecond())
        .fetch_all(&mut *tx)
        .await?;
        let (mut ids, mut tasks) = (Vec::new(), Vec::new());
        for row in &rows {
            let id = row.text(0)?;
            tasks.push(self.undelivered(&mut tx, &id, row.str(1)?, INTERRUPTED).await?);
            ids.push(id);
        }
        open_tasks(self, &mut tx, tasks).await?;
        tx.commit().await?;
        Ok(ids)
    }

    /// How many letters were claimed at or after each of the moments: what pacing and caps go by.
    pub async fn claimed_since(&self, moments: &[Timestamp]) -> Result<Vec<u64>> {
        let mut conn = self.reader().await?;
        let mut counts = Vec::with_capacity(moments.len());
        for moment in moments {
            let rows = sqlx::query("select count(*) from letter where claimed >= $1")
                .bind(moment.as_millisecond())
                .fetch_all(&mut *conn)
                .await?;
            counts.push(rows.first().map_or(Ok(0), |row| row.count(0))?);
        }
        Ok(counts)
    }

    fn due_letter(&self, row: &AnyRow) -> Result<DueLetter> {
        let seals = &self.0.seals;
        let id = row.text(0)?;
        let Personal { to, facts } = seals.open_json(FACTS, &id, row.bytes(6)?)?;
        let mail = row.maybe_bytes(7)?.map(|sealed| {
            seals.open(MAIL, &id, sealed).and_then(|packed| unpack(&packed, MAIL.0, &id))
        });
        Ok(DueLetter {
            cause: cause_of(&id, row.str(1)?)?,
            to,
            message_id: row.text(2)?,
            facts,
            mail: mail.transpose()?,
            attempts: row.small(3)?,
            created: row.time(4)?,
            due: row.time(5)?,
            id,
        })
    }

    /// The task for a letter that did not arrive, at the first registration that it speaks of.
    async fn undelivered(
        &self,
        conn: &mut AnyConnection,
        letter: &str,
        numbers: &str,
        why: &str,
    ) -> Result<NewTask> {
        let number = numbers.split_whitespace().next().unwrap_or_default();
        let rows = sqlx::query("select id, event from registration where number = $1")
            .bind(number)
            .fetch_all(conn)
            .await?;
        let mut task =
            NewTask::new(TaskKind::Undelivered, self.0.clock.now(), vec![why.to_owned()]);
        task.letter = Some(letter.to_owned());
        if let Some(row) = rows.first() {
            task.registration = Some(row.text(0)?);
            task.event = Some(row.text(1)?);
        }
        Ok(task)
    }
}
