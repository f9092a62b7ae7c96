//! Letters of unknown fate, for the rule that finds out what became of them.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::cells::Cells;
use super::tasks::{About, settle_tasks};
use super::{Result, Store};

/// A letter of which nobody knows whether the provider took it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UncertainLetter {
    /// Its id.
    pub id: String,
    /// Our Message-ID, by which a copy is known.
    pub message_id: String,
    /// Where the folder of sent mail stood before the attempt.
    pub mark: String,
    /// When the attempt was begun.
    pub claimed: Timestamp,
    /// Since when its fate is unknown.
    pub since: Timestamp,
    /// It was sent once more already.
    pub repeated: bool,
}

impl Store {
    /// A bureau's uncertain letters before whose sending the folder of sent mail was looked at.
    pub async fn uncertain_letters(&self, bureau: &str) -> Result<Vec<UncertainLetter>> {
        let rows = sqlx::query(
            "select id, message_id, sent_mark, claimed, settled, repeated from letter \
             where state = 'uncertain' and sent_mark is not null and claimed is not null \
             and settled is not null and bureau = $1 order by number",
        )
        .bind(bureau)
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter().map(uncertain).collect()
    }

    /// The Message-IDs of some letters of a bureau that the provider took at or after `since`, behind a mark:
    /// if it keeps copies, theirs are there. Without `since`: of the last that it took at all.
    pub async fn sent_since(&self, bureau: &str, since: Option<Timestamp>) -> Result<Vec<String>> {
        let rows = sqlx::query(
            "select message_id from letter where state = 'sent' and settled is not null \
             and ($1 is null or (claimed >= $1 and sent_mark is not null)) \
             and bureau = $2 order by settled desc limit 20",
        )
        .bind(since.map(Timestamp::as_millisecond))
        .bind(bureau)
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    /// The rule's word: an uncertain letter shall be sent once more, with the same Message-ID.
    /// `false` when it was already, or is in another state.
    pub async fn repeat_letter(&self, id: &str) -> Result<bool> {
        let now = self.0.clock.now();
        let mut tx = self.exclusive().await?;
        let changed = sqlx::query(
            "update letter set state = 'waiting', due = $2, settled = null, repeated = 1 \
             where id = $1 and state = 'uncertain' and repeated = 0 returning id",
        )
        .bind(id)
        .bind(now.as_millisecond())
        .fetch_all(&mut *tx)
        .await?;
        settle_tasks(&mut tx, About::Letters, &[id.into()], now, "baoming").await?;
        tx.commit().await?;
        Ok(!changed.is_empty())
    }
}

fn uncertain(row: &AnyRow) -> Result<UncertainLetter> {
    Ok(UncertainLetter {
        id: row.text(0)?,
        message_id: row.text(1)?,
        mark: row.text(2)?,
        claimed: row.time(3)?,
        since: row.time(4)?,
        repeated: row.count(5)? > 0,
    })
}
