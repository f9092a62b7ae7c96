//! Who has a place at another event: looked up only for an event that asks for it (`once_per`).
//!
//! An event may be erased before its period is over. Then the keyed HMACs of those who had a place
//! are kept apart, and nothing else of them: whoever asks again is known, and nobody can be read.

use std::collections::HashMap;

use jiff::Timestamp;
use sqlx::AssertSqlSafe;

use super::bulk::{self, Value};
use super::cells::Cells;
use super::dialect::commit;
use super::roster::{id_number_mac, name_phone_mac};
use super::{Result, Store, Work};
use crate::roster::{Elsewhere, Event, Wants};

/// Confirmed, and not noted as absent: whoever stayed away took nothing from anybody's turn.
const PLACES: &str = "status = 'confirmed' and (attended is null or attended = 1)";

impl Work {
    /// Those of the wanted people who have a place at one of these other events, or had one.
    pub async fn elsewhere(&mut self, others: &[&Event], wants: &Wants) -> Result<Elsewhere> {
        let mut found = Elsewhere::default();
        for other in others {
            let id = &other.id;
            let seals = &self.store.0.seals;
            let macs = wants.id_numbers.iter();
            let ids = macs.map(|number| (id_number_mac(seals, id, number), number.clone()));
            let ids = ids.collect();
            let macs = wants.name_phones.iter();
            let both = macs.map(|it| (name_phone_mac(seals, id, &it.0, &it.1), it.clone()));
            let both = both.collect();
            found.id_numbers.extend(self.places_of("id_mac", ids).await?);
            found.name_phones.extend(self.places_of("name_phone_mac", both).await?);
        }
        Ok(found)
    }

    /// By what was looked for: the number of the registration.
    async fn places_of<T: Clone>(
        &mut self,
        column: &str,
        macs: HashMap<Vec<u8>, T>,
    ) -> Result<Vec<(T, String)>> {
        let known =
            format!("select {column}, number from registration where {PLACES} and {column} in");
        let mut held = Vec::new();
        for head in [known.as_str(), "select mac, number from trace where mac in"] {
            let wanted = macs.keys().cloned().map(Value::from).collect();
            let rows = bulk::within(&mut self.tx, head, &[], wanted, "order by number").await?;
            for row in &rows {
                let number = row.text(1)?;
                held.extend(macs.get(row.bytes(0)?).map(|wanted| (wanted.clone(), number)));
            }
        }
        Ok(held)
    }

    /// Keeps until a moment by what those who have a place at this event are known again. To be
    /// called before they are erased. Gives back of how many.
    pub async fn keep_traces(&mut self, event: &Event, until: Timestamp) -> Result<u64> {
        let kept = |mac: &str| {
            format!(
                "insert into trace (event, mac, number, until) \
                 select event, {mac}, number, $2 from registration \
                 where event = $1 and {mac} is not null and {PLACES} \
                 on conflict (event, mac) do nothing"
            )
        };
        for mac in ["id_mac", "name_phone_mac"] {
            sqlx::query(AssertSqlSafe(kept(mac)))
                .bind(&event.id)
                .bind(until.as_millisecond())
                .execute(&mut *self.tx)
                .await?;
        }
        let rows = sqlx::query("select count(distinct number) from trace where event = $1")
            .bind(&event.id)
            .fetch_all(&mut *self.tx)
            .await?;
        rows.first().map_or(Ok(0), |row| row.count(0))
    }
}

impl Store {
    /// Forgets the traces whose time is over.
    pub async fn forget_traces(&self, now: Timestamp) -> Result<()> {
        let over = "select event from trace where until <= $1 limit 1";
        let over = sqlx::query(over).bind(now.as_millisecond());
        if over.fetch_all(&mut *self.reader().await?).await?.is_empty() {
            return Ok(());
        }
        let mut tx = self.exclusive().await?;
        sqlx::query("delete from trace where until <= $1")
            .bind(now.as_millisecond())
            .execute(&mut *tx)
            .await?;
        super::erase::owe_tidying(&mut tx).await?;
        commit(tx).await
    }
}
