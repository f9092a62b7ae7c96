//! The line of a category: its head, and how many stand before a key.

use std::collections::BTreeMap;

use super::bulk::{self, Value};
use super::cells::Cells;
use super::registrations::{columns, registration};
use super::{Result, Work};
use crate::roster::{Board, Event, OrderKey, Registration, Wants};

impl Work {
    /// The first in a category's line.
    pub(super) async fn head(
        &mut self,
        event: &Event,
        category: &str,
        count: i64,
    ) -> Result<Vec<Registration>> {
        let own = concat!(
            "select ",
            columns!(),
            " from registration where event = $1 and stands = 'line' and category = $2 \
             order by rank limit $3"
        );
        let guests = concat!(
            "select ",
            columns!(),
            " from registration where event = $1 and stands = 'line' and also = $2 \
             order by rank limit $3"
        );
        let mut head: Vec<Registration> = Vec::new();
        for query in [own, guests] {
            let rows = sqlx::query(query)
                .bind(&event.id)
                .bind(category)
                .bind(count)
                .fetch_all(&mut *self.tx)
                .await?;
            for row in &rows {
                head.push(registration(row, &self.store.0.seals)?);
            }
        }
        head.sort_by(|one, other| one.key.cmp(&other.key));
        head.truncate(usize::try_from(count).unwrap_or(usize::MAX));
        Ok(head)
    }

    /// How many of each line stand before the keys that are not behind it.
    pub(super) async fn ahead(
        &mut self,
        event: &Event,
        wants: &Wants,
        board: &Board,
    ) -> Result<BTreeMap<(String, OrderKey), u32>> {
        let mut ahead = BTreeMap::new();
        // Whoever has no settled place may get one of either category.
        let unplaced = board.unplaced();
        for category in board.tallies.iter().filter(|(_, tally)| tally.waiting > 0) {
            let category = category.0;
            let Some(last) = self.last_in_line(event, category).await? else { continue };
            let keys: BTreeMap<String, &OrderKey> = wants
                .keys
                .iter()
                .chain(&unplaced)
                .map(|key| (key.rank(), key))
                .filter(|(rank, _)| *rank <= last)
                .collect();
            let counts = self.count_before(event, category, board, &keys).await?;
            for (key, count) in keys.into_values().zip(counts) {
                ahead.insert((category.clone(), key.clone()), count);
            }
            // Of somebody who is known and stands behind all, those before must be known too: others
            // of the same message may be among them.
            for key in &unplaced {
                let whole = || board.tally(category).waiting;
                ahead.entry((category.clone(), key.clone())).or_insert_with(whole);
            }
        }
        Ok(ahead)
    }

    /// For each key, in order, how many of the line stand before it: from the head when that is
    /// the whole line, else in one walk along the index, from key to key.
    async fn count_before(
        &mut self,
        event: &Event,
        category: &str,
        board: &Board,
        keys: &BTreeMap<String, &OrderKey>,
    ) -> Result<Vec<u32>> {
        if board.whole_line.get(category) == Some(&true) {
            let line = board.heads.get(category).map(Vec::as_slice).unwrap_or_default();
            let before = |key: &&OrderKey| line.partition_point(|one| one.key < **key);
            return Ok(keys.values().map(|key| u32::try_from(before(key)).unwrap_or(0)).collect());
        }
        let mut spans = Vec::with_capacity(keys.len());
        let mut from = "";
        for rank in keys.keys() {
            spans.push([&event.id, category, from, rank].map(Value::from));
            from = rank;
        }
        let rows = bulk::rows(
            &mut self.tx,
            "select column4, (select count(*) from registration where event = column1 \
             and stands = 'line' and category = column2 and rank >= column3 and rank < column4) \
             + (select count(*) from registration where event = column1 \
             and stands = 'line' and also = column2 and rank >= column3 and rank < column4) \
             from (values",
            spans,
            ") as span",
        )
        .await?;
        let mut between = BTreeMap::new();
        for row in &rows {
            between.insert(row.text(0)?, row.small(1)?);
        }
        let mut before = 0;
        Ok(between
            .into_values()
            .map(|count| {
                before += count;
                before
            })
            .collect())
    }

    async fn last_in_line(&mut self, event: &Event, category: &str) -> Result<Option<String>> {
        let rows = sqlx::query(
            "select max(rank) from (select max(rank) as rank from registration \
             where event = $1 and stands = 'line' and category = $2 union all \
             select max(rank) from registration \
             where event = $1 and stands = 'line' and also = $2) as ends",
        )
        .bind(&event.id)
        .bind(category)
        .fetch_all(&mut *self.tx)
        .await?;
        Ok(rows.first().map(|row| row.maybe_text(0)).transpose()?.flatten())
    }
}
