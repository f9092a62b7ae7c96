//! Writing the roster: events with their quotas, registrations as they shall stand, and the
//! second line of I2.

use std::collections::BTreeMap;

use sqlx::AnyConnection;

use super::bulk::{self, Value};
use super::cells::{Cells, word};
use super::registrations::PERSON;
use super::seal::Seals;
use super::{Error, Result, Work};
use crate::message::Email;
use crate::roster::{Event, Registration, Status};

impl Work {
    /// Makes the event known with its categories' quotas, or takes over changed ones; refused when
    /// a quota is smaller than what is confirmed. To be called before the event's
    /// board is asked for.
    pub async fn event(&mut self, event: &Event) -> Result<()> {
        let wanted: BTreeMap<String, u32> =
            event.categories.iter().map(|category| (category.id.clone(), category.quota)).collect();
        let rows = sqlx::query("select category, quota from quota where event = $1")
            .bind(&event.id)
            .fetch_all(&mut *self.tx)
            .await?;
        let mut kept = BTreeMap::new();
        for row in &rows {
            kept.insert(row.text(0)?, row.small(1)?);
        }
        if kept == wanted {
            return Ok(());
        }
        for (category, confirmed) in confirmed(&mut self.tx, &event.id).await? {
            let quota = wanted.get(&category).copied().unwrap_or(0);
            if confirmed > quota {
                self.spoilt = true;
                let event = event.id.clone();
                return Err(Error::QuotaTooSmall { event, category, quota, confirmed });
            }
        }
        sqlx::query("insert into event (id, last_serial) values ($1, 0) on conflict do nothing")
            .bind(&event.id)
            .execute(&mut *self.tx)
            .await?;
        sqlx::query("delete from quota where event = $1")
            .bind(&event.id)
            .execute(&mut *self.tx)
            .await?;
        let rows = wanted
            .into_iter()
            .map(|(category, quota)| {
                [Value::from(&event.id), Value::from(category), Value::from(quota)]
            })
            .collect();
        let head = "insert into quota (event, category, quota) values";
        let written = bulk::rows(&mut self.tx, head, rows, "").await;
        self.spoilt |= written.is_err();
        written.map(drop)
    }
}

/// Writes registrations as they shall stand, new ones and changed ones, each with its person as
/// JSON.
pub(super) async fn write(
    conn: &mut AnyConnection,
    seals: &Seals,
    event: &Event,
    registrations: &[(&Registration, &[u8])],
) -> Result<()> {
    let rows = registrations.iter().map(|(registration, person)| row(seals, registration, person));
    bulk::rows(
        conn,
        "insert into registration (id, event, number, serial, status, category, seat, stands, \
         rank, channel, hold_until, reason, attended, message, created, changed, id_mac, \
         name_phone_mac, email_mac, organization_mac, person, also, place_of) values",
        rows.collect::<Result<_>>()?,
        "on conflict (id) do update set status = excluded.status, category = excluded.category, \
         seat = excluded.seat, stands = excluded.stands, rank = excluded.rank, \
         channel = excluded.channel, hold_until = excluded.hold_until, \
         reason = excluded.reason, attended = excluded.attended, message = excluded.message, \
         changed = excluded.changed, id_mac = excluded.id_mac, \
         name_phone_mac = excluded.name_phone_mac, email_mac = excluded.email_mac, \
         organization_mac = excluded.organization_mac, \
         person = excluded.person, also = excluded.also, place_of = excluded.place_of",
    )
    .await?;
    let last = registrations.iter().map(|(registration, _)| registration.serial).max();
    sqlx::query("update event set last_serial = $2 where id = $1 and last_serial < $2")
        .bind(&event.id)
        .bind(i64::from(last.unwrap_or(0)))
        .execute(conn)
        .await?;
    Ok(())
}

/// The second line of I2, counted from the rows themselves.
pub(super) async fn guard_quotas(conn: &mut AnyConnection, event: &Event) -> Result<()> {
    let rows = sqlx::query("select category, quota from quota where event = $1")
        .bind(&event.id)
        .fetch_all(&mut *conn)
        .await?;
    let mut quotas = BTreeMap::new();
    for row in &rows {
        quotas.insert(row.text(0)?, row.small(1)?);
    }
    for (category, confirmed) in confirmed(conn, &event.id).await? {
        let quota = quotas.get(&category).copied().unwrap_or(0);
        if confirmed > quota {
            let event = event.id.clone();
            return Err(Error::OverQuota { event, category, quota, confirmed });
        }
    }
    Ok(())
}

/// How many places are taken for good, by the category whose they are; one without a category counts for an
/// empty one, which has no places.
async fn confirmed(conn: &mut AnyConnection, event: &str) -> Result<Vec<(String, u32)>> {
    let rows = sqlx::query(
        "select coalesce(place_of, category, ''), count(*) from registration \
         where event = $1 and stands = 'confirmed' group by 1 order by 1",
    )
    .bind(event)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.small(1)?))).collect()
}

fn row(seals: &Seals, registration: &Registration, person: &[u8]) -> Result<[Value; 23]> {
    let Registration { id, event, .. } = registration;
    // As the roster compares them: `Wants` asks for the same form.
    let id_number = registration.id_number();
    let name_phone = registration.name_phone();
    let organization = registration.organization();
    Ok([
        Value::from(id),
        Value::from(&registration.event),
        Value::from(&registration.number),
        Value::from(registration.serial),
        Value::from(word(&registration.status)),
        Value::from(registration.category.clone()),
        Value::from(registration.seat),
        Value::from(stands(registration)),
        Value::from(registration.key.rank()),
        Value::from(word(&registration.channel)),
        Value::from(registration.hold_until),
        Value::from(&registration.reason),
        Value::from(registration.attended),
        Value::from(registration.message.clone()),
        Value::from(registration.created),
        Value::from(registration.changed),
        Value::from(id_number.map(|number| id_number_mac(seals, event, &number))),
        Value::from(name_phone.map(|(name, phone)| name_phone_mac(seals, event, &name, &phone))),
        Value::from(registration.email.as_ref().map(|email| email_mac(seals, event, email))),
        Value::from(organization.map(|name| organization_mac(seals, event, &name))),
        Value::from(seals.seal(PERSON, id, person)?),
        Value::from(registration.also.clone()),
        Value::from(registration.place_of.clone()),
    ])
}

/// What a registration takes, see the migration.
fn stands(registration: &Registration) -> &'static str {
    if registration.status == Status::Confirmed {
        "confirmed"
    } else if registration.takes_seat() {
        "reserved"
    } else if registration.in_line() {
        "line"
    } else {
        "out"
    }
}

/// By what an event's registration is found by its identity number. The event is a part of this
/// hash and the next two: a look-up is one search in one index, and nobody can be followed from one
/// event to another, save where an event asks for it (see `elsewhere`).
pub(super) fn id_number_mac(seals: &Seals, event: &str, number: &str) -> Vec<u8> {
    seals.find("registration: id-number", &[event, number])
}

/// By what an event's registration is found by name and telephone together.
pub(super) fn name_phone_mac(seals: &Seals, event: &str, name: &str, phone: &str) -> Vec<u8> {
    seals.find("registration: name, phone", &[event, name, phone])
}

/// By what an event's registrations are found by the address that made them.
pub(super) fn email_mac(seals: &Seals, event: &str, email: &Email) -> Vec<u8> {
    seals.find("registration: email", &[event, email.as_str()])
}

/// By what an event's registrations are counted by their employer or village.
pub(super) fn organization_mac(seals: &Seals, event: &str, name: &str) -> Vec<u8> {
    seals.find("registration: organization", &[event, name])
}
