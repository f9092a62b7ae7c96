//! How sending ends: settled by the sender, or found without one.

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::cells::Cells;
use super::dialect::commit;
use super::letters::OUTCOME;
use super::tasks::{About, NewTask, open_tasks, settle_tasks};
use super::{LetterState, Result, Store};
use crate::roster::TaskKind;

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
        commit(tx).await?;
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
        commit(tx).await?;
        Ok(ids)
    }

    /// The task for a letter that did not arrive, at the first registration that it speaks of.
    pub(super) async fn undelivered(
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
