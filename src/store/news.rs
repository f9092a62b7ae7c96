//! What is new on the roster, for the digest: the first rows whole, the others counted. A list of
//! everybody who wrote on the first day would take more memory than all of receiving.

use futures::TryStreamExt as _;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::cells::Cells;
use super::registrations::{
    PERSON, Personal, arrived, both_lines, columns, registration, standing,
};
use super::{Result, Standing, Store};
use crate::message::Email;
use crate::reading::field;
use crate::roster::Person;

/// How many rows are looked through at once for those to be shown.
const PAGE: i64 = 256;

/// The registrations of an event that were made or changed since a moment. Of somebody who was
/// erased there is nothing to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// The first of them, in the order of their keys.
    pub first: Vec<Standing>,
    /// How many more there are.
    pub further: usize,
    /// How many of those were made since, not only changed.
    pub further_fresh: usize,
}

impl Store {
    /// What was made or changed at or after `since`: at most `most` rows, and the count of the others.
    pub async fn news(&self, event: &str, since: Timestamp, most: usize) -> Result<News> {
        let first = self.first_news(event, since, most).await?;
        let (all, fresh) = self.count_news(event, since).await?;
        let made = |one: &&Standing| one.registration.created >= since;
        let shown_fresh = first.iter().filter(made).count();
        Ok(News {
            further: all.saturating_sub(first.len()),
            further_fresh: fresh.saturating_sub(shown_fresh),
            first,
        })
    }

    async fn first_news(
        &self,
        event: &str,
        since: Timestamp,
        most: usize,
    ) -> Result<Vec<Standing>> {
        let mut first = Vec::new();
        let mut after = String::new();
        loop {
            // Where a row stands in line is counted for the page alone, not for all that changed.
            let rows = sqlx::query(concat!(
                "select ",
                columns!(),
                ", stands, (select count(*) + 1 from registration as other \
                 where other.event = listed.event and other.stands = listed.stands \
                 and other.category = listed.category and other.rank < listed.rank) + ",
                both_lines!("listed"),
                ", ",
                arrived!("listed"),
                " from (select * from registration where event = $1 and changed >= $2 \
                 and rank > $3 order by rank limit $4) as listed order by rank"
            ))
            .bind(event)
            .bind(since.as_millisecond())
            .bind(after)
            .bind(PAGE)
            .fetch_all(&mut *self.reader().await?)
            .await?;
            for row in &rows {
                let one = registration(row, &self.0.seals)?;
                if first.len() < most && somebody(&one.person, one.email.as_ref()) {
                    first.push(standing(row, &self.0.seals)?);
                }
            }
            match rows.last() {
                Some(last) if first.len() < most => after = last.text(RANK)?,
                _ => return Ok(first),
            }
        }
    }

    /// How many there are, and how many of them were made since.
    async fn count_news(&self, event: &str, since: Timestamp) -> Result<(usize, usize)> {
        let mut conn = self.reader().await?;
        // Who can be found by something is somebody.
        let rows = sqlx::query(
            "select count(*), count(case when created >= $2 then 1 end) from registration \
             where event = $1 and changed >= $2 and (id_mac is not null \
             or name_phone_mac is not null or organization_mac is not null)",
        )
        .bind(event)
        .bind(since.as_millisecond())
        .fetch_all(&mut *conn)
        .await?;
        let count = |at| rows.first().map_or(Ok(0), |row: &AnyRow| row.small(at));
        let (mut all, mut fresh) = (size(count(0)?), size(count(1)?));
        let mut others = sqlx::query(
            "select id, person, created from registration where event = $1 and changed >= $2 \
             and id_mac is null and name_phone_mac is null and organization_mac is null",
        )
        .bind(event)
        .bind(since.as_millisecond())
        .fetch(&mut *conn);
        while let Some(row) = others.try_next().await? {
            let id = row.text(0)?;
            let Personal { person, email, .. } =
                self.0.seals.open_json(PERSON, &id, row.bytes(1)?)?;
            if somebody(&person, email.as_ref()) {
                all += 1;
                fresh += usize::from(row.time(2)? >= since);
            }
        }
        Ok((all, fresh))
    }
}

/// Which of the [`columns`] is the rank.
const RANK: usize = 7;

/// Not erased: then the category alone stays, which counts need.
fn somebody(person: &Person, email: Option<&Email>) -> bool {
    email.is_some() || person.keys().any(|name| name != field::CATEGORY)
}

fn size(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
