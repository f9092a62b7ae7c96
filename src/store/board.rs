//! The board: what a window of requests can touch, looked up in a few statements.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use sqlx::any::AnyRow;

use super::bulk::{self, Value};
use super::cells::Cells;
use super::registrations::{columns, registration};
use super::roster::{email_mac, id_number_mac, name_phone_mac};
use super::{Result, Work};
use crate::message::Email;
use crate::roster::{Board, Event, OrderKey, Registration, Status, Tally, Wants};

/// More of a line's head than a window can free places: a reserve that costs nothing.
const RESERVE: u32 = 8;

impl Work {
    /// Fills the board for a window of requests; see [`Board`] for what it holds.
    pub async fn board(&mut self, event: &Event, wants: &Wants) -> Result<Board> {
        let known = self.known(event, wants).await?;
        let tallies = self.tallies(event).await?;
        let mut board = Board {
            sender_reserved: sender_reserved(&known, wants),
            next_serial: self.next_serial(event).await?,
            ..Board::default()
        };
        for category in &event.categories {
            let tally = tallies.get(&category.id).copied().unwrap_or_default();
            let freed = known.values().filter(|one| {
                one.category.as_ref() == Some(&category.id) && (one.takes_seat() || one.in_line())
            });
            let freed = u32::try_from(freed.count()).unwrap_or(u32::MAX);
            let free = category.quota.saturating_sub(tally.confirmed + tally.reserved);
            let wanted = free.saturating_add(freed).saturating_add(RESERVE);
            let head = self.head(event, &category.id, wanted).await?;
            let whole = u32::try_from(head.len()).is_ok_and(|length| length >= tally.waiting);
            board.whole_line.insert(category.id.clone(), whole);
            board.heads.insert(category.id.clone(), head);
        }
        board.tallies = tallies;
        board.known = known;
        board.ahead = self.ahead(event, wants, &board).await?;
        Ok(board)
    }

    /// Every registration of the event that a request may match.
    async fn known(
        &mut self,
        event: &Event,
        wants: &Wants,
    ) -> Result<BTreeMap<String, Registration>> {
        let seals = &self.store.0.seals;
        let Wants { id_numbers, name_phones, numbers, emails, .. } = wants;
        let id = &event.id;
        let wanted: [(&str, Vec<Value>); 4] = [
            (
                concat!("select ", columns!(), " from registration where id_mac in"),
                id_numbers.iter().map(|number| id_number_mac(seals, id, number).into()).collect(),
            ),
            (
                concat!("select ", columns!(), " from registration where name_phone_mac in"),
                name_phones
                    .iter()
                    .map(|(name, phone)| name_phone_mac(seals, id, name, phone).into())
                    .collect(),
            ),
            (
                concat!("select ", columns!(), " from registration where email_mac in"),
                emails.iter().map(|email| email_mac(seals, id, email).into()).collect(),
            ),
            (
                concat!("select ", columns!(), " from registration where number in"),
                numbers.iter().map(|number| number.to_uppercase().into()).collect(),
            ),
        ];
        let mut known = BTreeMap::new();
        for (head, values) in wanted {
            for row in &bulk::within(&mut self.tx, head, &[], values, "").await? {
                if let Entry::Vacant(place) = known.entry(row.text(0)?) {
                    place.insert(registration(row, seals)?);
                }
            }
        }
        // A number may be one of another event.
        known.retain(|_, one: &mut Registration| one.event == event.id);
        Ok(known)
    }

    async fn tallies(&mut self, event: &Event) -> Result<BTreeMap<String, Tally>> {
        let rows = sqlx::query(
            "select category, stands, count(*) from registration \
             where event = $1 and stands in ('confirmed', 'reserved', 'line') \
             and category is not null group by category, stands",
        )
        .bind(&event.id)
        .fetch_all(&mut *self.tx)
        .await?;
        let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
        for row in &rows {
            let tally = tallies.entry(row.text(0)?).or_default();
            let count = row.small(2)?;
            match row.text(1)?.as_str() {
                "confirmed" => tally.confirmed = count,
                "reserved" => tally.reserved = count,
                _ => tally.waiting = count,
            }
        }
        Ok(tallies)
    }

    /// The first in a category's line.
    async fn head(
        &mut self,
        event: &Event,
        category: &str,
        count: u32,
    ) -> Result<Vec<Registration>> {
        let rows = sqlx::query(concat!(
            "select ",
            columns!(),
            " from registration where event = $1 and stands = 'line' and category = $2 \
             order by rank limit $3"
        ))
        .bind(&event.id)
        .bind(category)
        .bind(i64::from(count))
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter().map(|row| self.registration_of(row)).collect()
    }

    async fn next_serial(&mut self, event: &Event) -> Result<u32> {
        let rows = sqlx::query("select last_serial from event where id = $1")
            .bind(&event.id)
            .fetch_all(&mut *self.tx)
            .await?;
        Ok(rows.first().map_or(Ok(0), |row| row.small(0))? + 1)
    }

    /// How many of each line stand before the keys that are not behind it.
    async fn ahead(
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
        }
        Ok(ahead)
    }

    /// For each key, in order, how many of the line stand before it: from the head when that is
    /// the whole line, else in one walk along the index, key by key.
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
        let (mut from, mut before, mut counts) = (String::new(), 0, Vec::with_capacity(keys.len()));
        for rank in keys.keys() {
            let rows = sqlx::query(
                "select count(*) from registration where event = $1 and stands = 'line' \
                 and category = $2 and rank >= $3 and rank < $4",
            )
            .bind(&event.id)
            .bind(category)
            .bind(&from)
            .bind(rank)
            .fetch_all(&mut *self.tx)
            .await?;
            before += rows.first().map_or(Ok(0), |row| row.small(0))?;
            counts.push(before);
            from.clone_from(rank);
        }
        Ok(counts)
    }

    async fn last_in_line(&mut self, event: &Event, category: &str) -> Result<Option<String>> {
        let rows = sqlx::query(
            "select max(rank) from registration \
             where event = $1 and stands = 'line' and category = $2",
        )
        .bind(&event.id)
        .bind(category)
        .fetch_all(&mut *self.tx)
        .await?;
        Ok(rows.first().map(|row| row.maybe_text(0)).transpose()?.flatten())
    }

    fn registration_of(&self, row: &AnyRow) -> Result<Registration> {
        registration(row, &self.store.0.seals)
    }
}

/// Places that the senders' unfinished registrations reserve; all of them are known.
fn sender_reserved(known: &BTreeMap<String, Registration>, wants: &Wants) -> BTreeMap<Email, u32> {
    let mut reserved = BTreeMap::new();
    let senders: BTreeSet<&Email> = wants.emails.iter().collect();
    for one in known.values() {
        let unfinished = matches!(one.status, Status::Incomplete | Status::Review);
        let sender = one.email.as_ref().filter(|email| senders.contains(email));
        if let (true, Some(sender)) = (unfinished && (one.takes_seat() || one.in_line()), sender) {
            *reserved.entry(sender.clone()).or_insert(0) += 1;
        }
    }
    reserved
}
