//! The digest's day keys: each day's digest exists once, over restarts and downtime.

use jiff::Timestamp;

use super::cells::Cells;
use super::post::keep_letters;
use super::{NewLetter, Result, Store, Work};

/// The newest digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastDigest {
    /// Its day key (`2021-09-13`, of another bureau than the first `2021-09-13/NAME`).
    pub day: String,
    /// When it was posted: the next one tells what came after.
    pub at: Timestamp,
}

/// The bureau whose digest has this day key.
#[must_use]
pub fn bureau_of(day: &str) -> &str {
    day.split_once('/').map_or("", |(_, bureau)| bureau)
}

impl Store {
    /// Whether that day's digest was posted.
    pub async fn digest_done(&self, day: &str) -> Result<bool> {
        let rows = sqlx::query("select day from digest where day = $1")
            .bind(day)
            .fetch_all(&mut *self.reader().await?)
            .await?;
        Ok(!rows.is_empty())
    }

    /// A bureau's digest with the latest day key.
    pub async fn last_digest(&self, bureau: &str) -> Result<Option<LastDigest>> {
        let last = "select day, at from digest where bureau = $1 order by day desc limit 1";
        let rows = sqlx::query(last).bind(bureau).fetch_all(&mut *self.reader().await?).await?;
        rows.first().map(|row| Ok(LastDigest { day: row.text(0)?, at: row.time(1)? })).transpose()
    }
}

impl Work {
    /// Posts a day's digest: the day key and its letters (one a recipient), or nothing and `false`
    /// when the day has its digest.
    pub async fn post_digest(
        &mut self,
        day: &str,
        at: Timestamp,
        letters: &[NewLetter],
    ) -> Result<bool> {
        let posted = sqlx::query(
            "insert into digest (day, at, bureau) values ($1, $2, $3) \
             on conflict do nothing returning day",
        )
        .bind(day)
        .bind(at.as_millisecond())
        .bind(bureau_of(day))
        .fetch_all(&mut *self.tx)
        .await?;
        if posted.is_empty() {
            return Ok(false);
        }
        let letters: Vec<_> = letters.iter().map(|letter| (at, letter, false)).collect();
        let kept = keep_letters(&self.store, &mut self.tx, bureau_of(day), &letters).await;
        self.spoilt |= kept.is_err();
        kept.map(|()| true)
    }
}
