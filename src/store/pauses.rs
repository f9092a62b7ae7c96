//! What must survive a restart: pauses, and who receives a mailbox.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::cells::Cells;
use super::{Result, Store};

/// Something that rests until a moment: a refused login, a spent daily cap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// What rests (`imap:bureau`, `smtp`).
    pub what: String,
    /// Until when.
    pub until: Timestamp,
    /// Why, for staff and operator; nothing personal.
    pub why: String,
}

impl Store {
    /// Lets something rest; a later call replaces an earlier one.
    pub async fn pause(&self, what: &str, until: Timestamp, why: &str) -> Result<()> {
        sqlx::query(
            "insert into pause (what, until, why) values ($1, $2, $3) \
             on conflict (what) do update set until = excluded.until, why = excluded.why",
        )
        .bind(what)
        .bind(until.as_millisecond())
        .bind(why)
        .execute(&mut *self.writer().await?)
        .await?;
        Ok(())
    }

    /// The pause in force, if there is one.
    pub async fn paused(&self, what: &str, now: Timestamp) -> Result<Option<Pause>> {
        let rows = sqlx::query("select what, until, why from pause where what = $1 and until > $2")
            .bind(what)
            .bind(now.as_millisecond())
            .fetch_all(&mut *self.reader().await?)
            .await?;
        rows.first().map(pause).transpose()
    }

    /// Ends a pause before its time.
    pub async fn lift_pause(&self, what: &str) -> Result<()> {
        sqlx::query("delete from pause where what = $1")
            .bind(what)
            .execute(&mut *self.writer().await?)
            .await?;
        Ok(())
    }

    /// All pauses in force.
    pub async fn pauses(&self, now: Timestamp) -> Result<Vec<Pause>> {
        let rows = sqlx::query("select what, until, why from pause where until > $1 order by what")
            .bind(now.as_millisecond())
            .fetch_all(&mut *self.reader().await?)
            .await?;
        rows.iter().map(pause).collect()
    }

    /// Takes or renews a lease: `true` when `holder` has it until `until`. One receiver a mailbox
    /// where several daemons share a database.
    pub async fn lease(
        &self,
        what: &str,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool> {
        let rows = sqlx::query(
            "insert into lease (what, holder, until) values ($1, $2, $4) \
             on conflict (what) do update set holder = excluded.holder, until = excluded.until \
             where lease.holder = excluded.holder or lease.until <= $3 returning what",
        )
        .bind(what)
        .bind(holder)
        .bind(now.as_millisecond())
        .bind(until.as_millisecond())
        .fetch_all(&mut *self.writer().await?)
        .await?;
        Ok(!rows.is_empty())
    }

    /// Ends all leases. The only daemon of a database does that at its start: whoever had one died.
    pub async fn end_leases(&self) -> Result<()> {
        sqlx::query("delete from lease").execute(&mut *self.writer().await?).await?;
        Ok(())
    }

    /// Gives a lease back.
    pub async fn release(&self, what: &str, holder: &str) -> Result<()> {
        sqlx::query("delete from lease where what = $1 and holder = $2")
            .bind(what)
            .bind(holder)
            .execute(&mut *self.writer().await?)
            .await?;
        Ok(())
    }
}

fn pause(row: &AnyRow) -> Result<Pause> {
    Ok(Pause { what: row.text(0)?, until: row.time(1)?, why: row.text(2)? })
}
