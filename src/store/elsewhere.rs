//! Who has a place at another event: looked up only for an event that asks for it (`once_per`).

use std::collections::HashMap;

use super::bulk::{self, Value};
use super::cells::Cells;
use super::roster::{id_number_mac, name_phone_mac};
use super::{Result, Work};
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
        let rows = bulk::within(
            &mut self.tx,
            &format!("select {column}, number from registration where {PLACES} and {column} in"),
            &[],
            macs.keys().cloned().map(Value::from).collect(),
            "order by number",
        )
        .await?;
        let mut held = Vec::new();
        for row in &rows {
            let number = row.text(1)?;
            held.extend(macs.get(row.bytes(0)?).map(|wanted| (wanted.clone(), number)));
        }
        Ok(held)
    }
}
