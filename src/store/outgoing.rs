//! The sender's side of the letters: due, claimed, settled. A claim is committed before the
//! network is touched, so that a crash leaves an uncertain letter, never a second one.

use jiff::Timestamp;

use sqlx::any::AnyRow;

use super::cells::{Cells, cause_of};
use super::dialect::commit;
use super::letters::{FACTS, MAIL, Personal};
use super::pack::unpack;
use super::post::{recipient, seal_mail};
use super::{Result, Store};
use crate::message::Email;
use crate::roster::Cause;

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

impl Store {
    /// A bureau's waiting letters that are due, those due first at the front.
    pub async fn due_letters(
        &self,
        bureau: &str,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<DueLetter>> {
        let rows = sqlx::query(
            "select id, cause, message_id, attempts, created, due, facts, content \
             from letter left join mail on mail.letter = letter.id \
             where state = 'waiting' and due <= $1 and bureau = $3 order by due, number limit $2",
        )
        .bind(now.as_millisecond())
        .bind(i64::from(limit))
        .bind(bureau)
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter().map(|row| self.due_letter(row)).collect()
    }

    /// The Message-IDs of the letters that the same recipient gets before this one about one of
    /// these registrations, oldest first.
    pub async fn earlier_letters(&self, letter: &DueLetter, about: &[&str]) -> Result<Vec<String>> {
        let rows = sqlx::query(
            "select message_id, numbers from letter \
             where recipient_mac = $1 and state <> 'superseded' and number < (select number from letter where id = $2) \
             order by number",
        )
        .bind(recipient(&self.0.seals, &letter.to))
        .bind(&letter.id)
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let mut earlier = Vec::new();
        for row in &rows {
            if row.str(1)?.split_whitespace().any(|number| about.contains(&number)) {
                earlier.push(row.text(0)?);
            }
        }
        Ok(earlier)
    }

    /// The bureaus for which letters wait, by their names in the settings.
    pub async fn waiting_bureaus(&self) -> Result<Vec<String>> {
        let rows = sqlx::query(
            "select distinct bureau from letter where state = 'waiting' and bureau <> ''",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    /// The moment at which a bureau's next waiting letter is due.
    pub async fn next_due(&self, bureau: &str) -> Result<Option<Timestamp>> {
        let next = "select min(due) from letter where state = 'waiting' and bureau = $1";
        let rows = sqlx::query(next).bind(bureau).fetch_all(&mut *self.reader().await?).await?;
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
        self.claim_marked(id, mail, (now, until), None).await
    }

    /// The same, with where the provider's folder of sent mail stood before (`mark`): by that the
    /// letter's fate can be found out.
    pub async fn claim_marked(
        &self,
        id: &str,
        mail: &[u8],
        (now, until): (Timestamp, Timestamp),
        mark: Option<&str>,
    ) -> Result<bool> {
        let content = seal_mail(&self.0.seals, id, mail)?;
        let mut tx = self.transaction().await?;
        let taken = sqlx::query(
            "update letter set state = 'sending', attempts = attempts + 1, claimed = $2, \
             claimed_until = $3, sent_mark = $4 where id = $1 and state = 'waiting' returning id",
        )
        .bind(id)
        .bind(now.as_millisecond())
        .bind(until.as_millisecond())
        .bind(mark)
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
        commit(tx).await?;
        Ok(true)
    }

    /// How many of a bureau's letters were claimed at or after each of the moments: what pacing and caps go by.
    pub async fn claimed_since(&self, bureau: &str, moments: &[Timestamp]) -> Result<Vec<u64>> {
        let mut conn = self.reader().await?;
        let mut counts = Vec::with_capacity(moments.len());
        for moment in moments {
            let count = "select count(*) from letter where claimed >= $1 and bureau = $2";
            let rows = sqlx::query(count)
                .bind(moment.as_millisecond())
                .bind(bureau)
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
}
