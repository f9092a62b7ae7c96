//! The board: what a window of requests can touch, looked up in a few statements.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use super::bulk::{self, Value};
use super::cells::Cells;
use super::registrations::{columns, registration};
use super::roster::{email_mac, id_number_mac, name_phone_mac, organization_mac};
use super::{Result, Work};
use crate::message::Email;
use crate::roster::{Board, Event, Registration, Status, Tally, Wants};

/// More of a line's head than a window can free places: a reserve that costs little and holds the
/// largest group that is kept together.
const RESERVE: i64 = 24;

impl Work {
    /// Fills the board for a window of requests; see [`Board`] for what it holds.
    pub async fn board(&mut self, event: &Event, wants: &Wants) -> Result<Board> {
        let known = self.known(event, wants).await?;
        let tallies = self.tallies(event).await?;
        let mut board = Board {
            sender_reserved: sender_reserved(&known, wants),
            next_serial: self.next_serial(event).await?,
            state: self.event_state(event).await?,
            ..Board::default()
        };
        for category in &event.categories {
            let tally = tallies.get(&category.id).copied().unwrap_or_default();
            // The window's own requests free at most `wants.heads`; what is free already, and a
            // reserved seat whose owner changes category, are for the line as well.
            let reserved = known.values().filter(|one| {
                one.takes() == Some(category.id.as_str()) && one.status != Status::Confirmed
            });
            let free = category.quota.saturating_sub(tally.confirmed + tally.reserved);
            let wanted = i64::from(free) + small(wants.heads) + small(reserved.count()) + RESERVE;
            let head = self.head(event, &category.id, wanted).await?;
            let whole = u32::try_from(head.len()).is_ok_and(|length| length >= tally.waiting);
            board.whole_line.insert(category.id.clone(), whole);
            board.heads.insert(category.id.clone(), head);
        }
        if event.rules.who.per_organization.is_some() {
            board.organizations = self.organizations(event, wants).await?;
        }
        if event.rules.spill.is_some() {
            board.lent = self.lent(event).await?;
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
        let mut known = BTreeMap::new();
        if wants.everybody {
            let all = self.registrations_of(event).await?;
            known.extend(all.into_iter().map(|one| (one.id.clone(), one)));
        }
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

    /// How many active registrations each organization has that is wanted.
    async fn organizations(
        &mut self,
        event: &Event,
        wants: &Wants,
    ) -> Result<BTreeMap<String, u32>> {
        let seals = &self.store.0.seals;
        let wanted = wants.organizations.iter();
        let macs: HashMap<Vec<u8>, &String> =
            wanted.map(|name| (organization_mac(seals, &event.id, name), name)).collect();
        let rows = bulk::within(
            &mut self.tx,
            "select organization_mac, count(*) from registration \
             where status not in ('cancelled', 'refused') and organization_mac in",
            &[],
            macs.keys().cloned().map(Value::from).collect(),
            "group by organization_mac",
        )
        .await?;
        let mut counts: BTreeMap<_, _> =
            wants.organizations.iter().map(|name| (name.clone(), 0)).collect();
        for row in &rows {
            if let Some(name) = macs.get(row.bytes(0)?) {
                counts.insert((*name).clone(), row.small(1)?);
            }
        }
        Ok(counts)
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
            match row.str(1)? {
                "confirmed" => tally.confirmed = count,
                "reserved" => tally.reserved = count,
                _ => tally.waiting = count,
            }
        }
        self.count_elsewhere(event, &mut tallies).await?;
        Ok(tallies)
    }

    /// Whoever takes another category's place counts there, and whoever stands in a second line
    /// counts there as well.
    async fn count_elsewhere(
        &mut self,
        event: &Event,
        tallies: &mut BTreeMap<String, Tally>,
    ) -> Result<()> {
        let rows = sqlx::query(
            "select category, stands, coalesce(place_of, also), count(*) from registration \
             where event = $1 and (also is not null or place_of is not null) \
             and stands in ('confirmed', 'reserved', 'line') and category is not null \
             group by category, stands, coalesce(place_of, also)",
        )
        .bind(&event.id)
        .fetch_all(&mut *self.tx)
        .await?;
        for row in &rows {
            let (own, count) = (row.text(0)?, row.small(3)?);
            let own = tallies.entry(own).or_default();
            match row.str(1)? {
                "confirmed" => own.confirmed = own.confirmed.saturating_sub(count),
                "reserved" => own.reserved = own.reserved.saturating_sub(count),
                _ => {}
            }
            let other = tallies.entry(row.text(2)?).or_default();
            match row.str(1)? {
                "confirmed" => other.confirmed += count,
                "reserved" => other.reserved += count,
                _ => other.waiting += count,
            }
        }
        Ok(())
    }

    /// Those on an unused place of another category, in order.
    async fn lent(&mut self, event: &Event) -> Result<Vec<Registration>> {
        let rows = sqlx::query(concat!(
            "select ",
            columns!(),
            " from registration where event = $1 and place_of is not null \
             and stands in ('confirmed', 'reserved') order by rank"
        ))
        .bind(&event.id)
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter().map(|row| registration(row, &self.store.0.seals)).collect()
    }

    async fn next_serial(&mut self, event: &Event) -> Result<u32> {
        let rows = sqlx::query("select last_serial from event where id = $1")
            .bind(&event.id)
            .fetch_all(&mut *self.tx)
            .await?;
        Ok(rows.first().map_or(Ok(0), |row| row.small(0))? + 1)
    }
}

/// Places that the senders' unfinished registrations reserve; all of them are known.
fn sender_reserved(known: &BTreeMap<String, Registration>, wants: &Wants) -> BTreeMap<Email, u32> {
    let mut reserved = BTreeMap::new();
    for one in known.values().filter(|one| one.reserves()) {
        if let Some(sender) = one.email.as_ref().filter(|email| wants.emails.contains(email)) {
            *reserved.entry(sender.clone()).or_insert(0) += 1;
        }
    }
    reserved
}

fn small(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX / 4)
}
