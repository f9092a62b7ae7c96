//! Time that never passed: what a wall clock left out when it was set forward. The machine's uptime
//! tells such a step from time that went by, also over a restart of the service.

use jiff::{SignedDuration, Timestamp};
use sqlx::AnyConnection;

use super::cells::Cells;
use super::dialect::commit;
use super::{Result, Store};
use crate::clock::Clock;

/// Clocks drift, and are set by seconds all the time; what a clock gains beyond this against the
/// uptime is a step.
const STEP: SignedDuration = SignedDuration::from_mins(5);

/// How often the clock is noted when nothing happens to it.
const NOTED: SignedDuration = SignedDuration::from_mins(10);

/// What wall clocks left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skipped(Vec<(Timestamp, Timestamp)>);

impl Skipped {
    /// How much of the time between two moments never passed.
    #[must_use]
    pub fn between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        let (mut skipped, mut counted) = (SignedDuration::ZERO, from);
        // In the order of their beginnings; two daemons may have noted the same step.
        for (since, until) in &self.0 {
            let (since, until) = ((*since).max(counted), (*until).min(to));
            if since < until {
                skipped += since.duration_until(until);
                counted = until;
            }
        }
        skipped
    }
}

/// When a machine looked at its clock.
#[derive(Clone, Copy)]
struct Look {
    wall: Timestamp,
    uptime: SignedDuration,
}

impl Look {
    /// By how much the wall clock went ahead of the uptime since an earlier look; nothing when the
    /// machine was started since.
    fn gained(self, before: Self) -> SignedDuration {
        if self.uptime < before.uptime {
            return SignedDuration::ZERO;
        }
        before.wall.duration_until(self.wall) - (self.uptime - before.uptime)
    }

    /// Whether it must be noted.
    fn matters(self, before: Option<Self>) -> bool {
        before.is_none_or(|before| {
            self.uptime < before.uptime
                || self.gained(before).abs() > STEP
                || before.wall.duration_until(self.wall).abs() >= NOTED
        })
    }
}

impl Store {
    /// Looks at the clock, notes a step, and gives back all that was left out so far.
    pub async fn look_at_clock(&self, clock: &Clock) -> Result<Skipped> {
        let look = Look { wall: clock.now(), uptime: clock.uptime() };
        let node = clock.node();
        let before = last_look(&mut *self.reader().await?, &node).await?;
        if !look.matters(before) {
            return self.skipped().await;
        }
        let mut tx = self.exclusive().await?;
        // Another process of this machine may have noted it in the meantime.
        let before = last_look(&mut tx, &node).await?;
        let gained = before.map_or(SignedDuration::ZERO, |before| look.gained(before));
        let since = look.wall.checked_sub(gained).unwrap_or(look.wall);
        if gained > STEP {
            tracing::warn!(
                minutes = gained.as_mins(),
                "the clock was set forward: what was promised before lasts as much longer"
            );
            sqlx::query(
                "insert into skipped (since, until) values ($1, $2) on conflict do nothing",
            )
            .bind(since.as_millisecond())
            .bind(look.wall.as_millisecond())
            .execute(&mut *tx)
            .await?;
        }
        let back = before.map_or(SignedDuration::ZERO, |before| {
            (-gained).max(look.wall.duration_until(before.wall)).max(SignedDuration::ZERO)
        });
        if back > STEP {
            tracing::warn!(minutes = back.as_mins(), "the clock was set back");
            set_back(&mut tx, look.wall, back).await?;
        }
        sqlx::query(
            "insert into clock (node, wall, uptime) values ($1, $2, $3) \
             on conflict (node) do update set wall = excluded.wall, uptime = excluded.uptime",
        )
        .bind(&node)
        .bind(look.wall.as_millisecond())
        .bind(i64::try_from(look.uptime.as_millis()).unwrap_or(i64::MAX))
        .execute(&mut *tx)
        .await?;
        commit(tx).await?;
        self.skipped().await
    }

    async fn skipped(&self) -> Result<Skipped> {
        let rows = sqlx::query("select since, until from skipped order by since, until")
            .fetch_all(&mut *self.reader().await?)
            .await?;
        let spans = rows.iter().map(|row| Ok((row.time(0)?, row.time(1)?)));
        spans.collect::<Result<_>>().map(Skipped)
    }
}

/// The clock was set back. What it had left out before comes to pass after all, and what was put
/// off until a moment of the wrong time must not wait for that moment.
async fn set_back(conn: &mut AnyConnection, now: Timestamp, by: SignedDuration) -> Result<()> {
    let spans = sqlx::query("select since, until from skipped order by until desc")
        .fetch_all(&mut *conn)
        .await?;
    let mut left = by;
    for span in &spans {
        let (since, until) = (span.time(0)?, span.time(1)?);
        let less = left.min(since.duration_until(until));
        left -= less;
        sqlx::query("update skipped set until = $2 where since = $1")
            .bind(since.as_millisecond())
            .bind((until - less).as_millisecond())
            .execute(&mut *conn)
            .await?;
    }
    sqlx::query("delete from skipped where until <= since").execute(&mut *conn).await?;
    for put_off in [
        "update letter set due = due - $2 where state = 'waiting' and due > $1",
        "update letter set claimed_until = claimed_until - $2 \
         where state = 'sending' and claimed_until > $1",
        "update pause set until = until - $2 where until > $1",
        "update lease set until = until - $2 where until > $1",
    ] {
        sqlx::query(put_off)
            .bind(now.as_millisecond())
            .bind(i64::try_from(by.as_millis()).unwrap_or(i64::MAX))
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

async fn last_look(conn: &mut AnyConnection, node: &str) -> Result<Option<Look>> {
    let rows = sqlx::query("select wall, uptime from clock where node = $1")
        .bind(node)
        .fetch_all(conn)
        .await?;
    let look = |row| {
        let uptime = SignedDuration::from_millis(Cells::int(row, 1)?);
        Ok(Look { wall: Cells::time(row, 0)?, uptime })
    };
    rows.first().map(look).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours)
    }

    #[test]
    fn only_what_lies_between_counts_and_only_once() {
        let skipped = Skipped(vec![(at(10), at(20)), (at(15), at(25)), (at(40), at(41))]);
        let hours = |from, to| skipped.between(at(from), at(to)).as_hours();
        assert_eq!(hours(0, 50), 16);
        assert_eq!(hours(0, 12), 2);
        assert_eq!(hours(18, 24), 6);
        assert_eq!(hours(25, 40), 0);
        assert_eq!(hours(30, 20), 0);
    }

    #[test]
    fn a_restart_of_the_machine_gains_nothing() {
        let before = Look { wall: at(1), uptime: SignedDuration::from_hours(9) };
        let after = Look { wall: at(5), uptime: SignedDuration::from_hours(1) };
        assert_eq!(after.gained(before), SignedDuration::ZERO);
        let stepped = Look { wall: at(5), uptime: SignedDuration::from_hours(10) };
        assert_eq!(stepped.gained(before), SignedDuration::from_hours(3));
    }
}
