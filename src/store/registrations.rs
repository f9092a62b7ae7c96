//! The roster for reading: lists, one registration, positions in line.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;

use super::cells::{Cells, key_of, of_word, word};
use super::seal::{Place, Seals, unfit};
use super::{Result, Store};
use crate::message::Email;
use crate::roster::{Person, Registration, Status};

/// Where a person is sealed.
pub(super) const PERSON: Place = Place("registration", "person");

/// The columns that [`registration`] reads, as a select list.
macro_rules! columns {
    () => {
        "id, event, number, serial, status, category, seat, rank, channel, hold_until, reason, \
         attended, message, created, changed, person, also, place_of"
    };
}
pub(super) use columns;

/// When the message of a row of this table arrived, as a column.
macro_rules! arrived {
    ($table:literal) => {
        concat!("(select arrived from ledger where ledger.id = ", $table, ".message)")
    };
}

/// How many stand before a row in its category's line who would take that category as well as their
/// own first wish.
macro_rules! both_lines {
    ($table:literal) => {
        concat!(
            "(select count(*) from registration as guest where guest.event = ",
            $table,
            ".event and guest.also = ",
            $table,
            ".category and guest.stands = 'line' and guest.rank < ",
            $table,
            ".rank)"
        )
    };
}

pub(super) use {arrived, both_lines};

/// How many columns that are.
pub(super) const COLUMNS: usize = 18;

/// The personal part of a registration, as it is sealed.
#[derive(Deserialize)]
pub(super) struct Personal {
    pub(super) person: Person,
    pub(super) email: Option<Email>,
    #[serde(default)]
    pub(super) together: BTreeSet<String>,
    #[serde(default)]
    pub(super) asked: u32,
}

/// The personal part of a registration as JSON: it is sealed, and the audit's trace is made from it.
pub(super) fn person_json(registration: &Registration) -> Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Written<'a> {
        person: &'a Person,
        email: Option<&'a Email>,
        #[serde(skip_serializing_if = "BTreeSet::is_empty")]
        together: &'a BTreeSet<String>,
        #[serde(skip_serializing_if = "is_zero")]
        asked: u32,
    }
    let Registration { id, person, email, together, asked, .. } = registration;
    let written = Written { person, email: email.as_ref(), together, asked: *asked };
    serde_json::to_vec(&written).map_err(|error| unfit(PERSON, id, &error))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references to it")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// Which registrations to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegistrationFilter {
    /// Only this event.
    pub event: Option<String>,
    /// Only this status.
    pub status: Option<Status>,
    /// Only this category.
    pub category: Option<String>,
    /// Only those changed at or after this moment.
    pub changed_since: Option<Timestamp>,
}

/// A registration and where it stands in line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The registration.
    pub registration: Registration,
    /// Its position in its category's line, from 1, reserved places counted; `None` when it does
    /// not stand in line.
    pub position: Option<u32>,
    /// When the mail by which it came arrived, or a clerk entered it. The key may be a later one: a
    /// change of mind goes behind those who wanted that category before.
    pub received: Timestamp,
}

impl Store {
    /// Registrations in the order of their keys.
    pub async fn registrations(&self, filter: &RegistrationFilter) -> Result<Vec<Standing>> {
        let rows = sqlx::query(concat!(
            "select ",
            columns!(),
            ", stands, place, ",
            arrived!("listed"),
            " from (select *, row_number() over \
             (partition by event, category, stands order by rank) + ",
            both_lines!("registration"),
            " as place from registration) \
             as listed where ($1 is null or event = $1) and ($2 is null or status = $2) \
             and ($3 is null or category = $3) and ($4 is null or changed >= $4) order by rank"
        ))
        .bind(filter.event.clone())
        .bind(filter.status.map(|status| word(&status)))
        .bind(filter.category.clone())
        .bind(filter.changed_since.map(Timestamp::as_millisecond))
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.iter().map(|row| standing(row, &self.0.seals)).collect()
    }

    /// One registration, by its number (in any case of letters).
    pub async fn registration(&self, number: &str) -> Result<Option<Standing>> {
        let rows = sqlx::query(concat!(
            "select ",
            columns!(),
            ", stands, (select count(*) + 1 from registration as other \
             where other.event = registration.event and other.stands = registration.stands \
             and other.category = registration.category and other.rank < registration.rank) + ",
            both_lines!("registration"),
            ", ",
            arrived!("registration"),
            " from registration where number = $1"
        ))
        .bind(number.trim().to_uppercase())
        .fetch_all(&mut *self.reader().await?)
        .await?;
        rows.first().map(|row| standing(row, &self.0.seals)).transpose()
    }
}

/// A registration out of the [`columns`], with the three behind them: what it takes, its place, when
/// it came.
pub(super) fn standing(row: &AnyRow, seals: &Seals) -> Result<Standing> {
    let in_line = row.text(COLUMNS)? == "line";
    let received = row.maybe_time(COLUMNS + 2)?;
    let position = if in_line { Some(row.small(COLUMNS + 1)?) } else { None };
    let registration = registration(row, seals)?;
    let received = received.unwrap_or(if registration.message.is_none() {
        registration.created
    } else {
        registration.key.arrived
    });
    Ok(Standing { registration, position, received })
}

/// A registration out of the [`columns`].
pub(super) fn registration(row: &AnyRow, seals: &Seals) -> Result<Registration> {
    const TABLE: &str = "registration";
    let id = row.text(0)?;
    let Personal { person, email, together, asked } =
        seals.open_json(PERSON, &id, row.bytes(15)?)?;
    Ok(Registration {
        event: row.text(1)?,
        number: row.text(2)?,
        serial: row.small(3)?,
        status: of_word(TABLE, "status", &id, row.str(4)?)?,
        category: row.maybe_text(5)?,
        also: row.maybe_text(16)?,
        place_of: row.maybe_text(17)?,
        together,
        asked,
        seat: row.int(6)? == 1,
        key: key_of(TABLE, &id, row.str(7)?)?,
        channel: of_word(TABLE, "channel", &id, row.str(8)?)?,
        hold_until: row.maybe_time(9)?,
        reason: row.text(10)?,
        attended: row.maybe_int(11)?.map(|came| came == 1),
        message: row.maybe_text(12)?,
        created: row.time(13)?,
        changed: row.time(14)?,
        person,
        email,
        id,
    })
}
