//! What has happened to an event as a whole.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::bulk::{self, Value};
use super::cells::{Cells, json, of_json};
use super::post::recipient;
use super::registrations::{columns, registration};
use super::roster::email_mac;
use super::{Decided, Result, Store, Work};
use crate::message::Email;
use crate::roster::{Event, Registration, State};

/// The columns that [`state`] reads.
macro_rules! state {
    () => {
        "select called_off, told_at, told_place, reminded, erased, closures, id from event \
         where id = $1"
    };
}

impl Store {
    /// What has happened to an event.
    pub async fn event_state(&self, event: &str) -> Result<State> {
        let rows = sqlx::query(state!()).bind(event).fetch_all(&mut *self.reader().await?).await?;
        rows.first().map_or(Ok(State::default()), state)
    }

    /// The messages (ledger ids) of these senders of which it was asked which event they mean, and that
    /// wait for the answer.
    pub async fn asked(&self, emails: &[Email]) -> Result<BTreeMap<Email, Vec<String>>> {
        let seals = &self.0.seals;
        let by_trace: HashMap<Vec<u8>, &Email> =
            emails.iter().map(|email| (recipient(seals, email), email)).collect();
        let rows = sqlx::query(
            "select task.message, sender_mac from task join ledger on ledger.id = task.message \
             where task.closed is null and task.kind = 'which' and sender_mac is not null \
             order by task.number",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let mut asked: BTreeMap<Email, Vec<String>> = BTreeMap::new();
        for row in &rows {
            if let Some(email) = by_trace.get(row.bytes(1)?) {
                asked.entry((*email).clone()).or_default().push(row.text(0)?);
            }
        }
        Ok(asked)
    }

    /// When something was decided about an event last.
    pub async fn last_decision(&self, event: &str) -> Result<Option<Timestamp>> {
        let rows = sqlx::query("select max(at) from decision where event = $1")
            .bind(event)
            .fetch_all(&mut *self.reader().await?)
            .await?;
        rows.first().map_or(Ok(None), |row| row.maybe_time(0))
    }
}

impl Work {
    /// What has happened to an event.
    pub async fn event_state(&mut self, event: &Event) -> Result<State> {
        let rows = sqlx::query(state!()).bind(&event.id).fetch_all(&mut *self.tx).await?;
        rows.first().map_or(Ok(State::default()), state)
    }

    /// Nobody was told anything yet: what the settings say now is what is told from now on.
    pub async fn begin_telling(&mut self, event: &Event) -> Result<()> {
        sqlx::query(
            "update event set told_at = $2, told_place = $3 where id = $1 and told_at is null",
        )
        .bind(&event.id)
        .bind(event.takes_place.as_millisecond())
        .bind(&event.place)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Those of these addresses from which somebody is registered for the event.
    pub async fn registered_from(&mut self, event: &Event, emails: &[Email]) -> Result<Vec<Email>> {
        let seals = &self.store.0.seals;
        let by_trace: HashMap<Vec<u8>, &Email> =
            emails.iter().map(|email| (email_mac(seals, &event.id, email), email)).collect();
        let rows = bulk::within(
            &mut self.tx,
            "select distinct email_mac from registration \
             where status not in ('cancelled', 'refused') and email_mac in",
            &[],
            by_trace.keys().cloned().map(Value::from).collect(),
            "",
        )
        .await?;
        let mut found = Vec::new();
        for row in &rows {
            found.extend(by_trace.get(row.bytes(0)?).map(|email| (*email).clone()));
        }
        Ok(found)
    }

    /// Every registration of the event, in order.
    pub(super) async fn registrations_of(&mut self, event: &Event) -> Result<Vec<Registration>> {
        let rows = sqlx::query(concat!(
            "select ",
            columns!(),
            " from registration where event = $1 order by rank"
        ))
        .bind(&event.id)
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter().map(|row| registration(row, &self.store.0.seals)).collect()
    }

    /// Writes the last state that decisions leave.
    pub(super) async fn write_state(&mut self, event: &Event, decided: &[Decided]) -> Result<()> {
        let mut states = decided.iter().filter_map(|one| one.verdict.state.as_ref());
        let Some(State { called_off, told, reminded, erased, closures }) = states.next_back()
        else {
            return Ok(());
        };
        let kept = Some(closures).filter(|closures| !closures.is_empty());
        let closures =
            kept.map(|closures| json("event", "closures", &event.id, closures)).transpose()?;
        let (told_at, told_place) = told.clone().unzip();
        let millis = |at: Option<Timestamp>| at.map(Timestamp::as_millisecond);
        sqlx::query(
            "update event set called_off = $2, told_at = $3, told_place = $4, reminded = $5, \
             erased = $6, closures = $7 where id = $1",
        )
        .bind(&event.id)
        .bind(millis(*called_off))
        .bind(millis(told_at))
        .bind(told_place)
        .bind(millis(*reminded))
        .bind(millis(*erased))
        .bind(closures)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}

fn state(row: &AnyRow) -> Result<State> {
    Ok(State {
        called_off: row.maybe_time(0)?,
        told: row.maybe_time(1)?.zip(row.maybe_text(2)?),
        reminded: row.maybe_time(3)?,
        erased: row.maybe_time(4)?,
        closures: match row.maybe_text(5)? {
            Some(text) => of_json("event", "closures", row.str(6)?, &text)?,
            None => Vec::new(),
        },
    })
}
