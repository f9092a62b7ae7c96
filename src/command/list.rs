//! `list`: the roster, as a table for people or as one JSON object a line.

use std::io::{self, Write};

use comfy_table::ColumnConstraint;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::{places, table};
use crate::reading::field;
use crate::reply::words;
use crate::roster::{Channel, Event, Status};
use crate::store::Standing;

/// From this width on, in columns, there is room for channel and employer.
const ROOMY: u16 = 110;

/// One line of `list --json`. A missing value is left out.
#[derive(Serialize)]
struct Row<'a> {
    number: &'a str,
    event: &'a str,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    channel: Channel,
    received_at: String,
    /// Until when a place is held for somebody who was asked whether they take it.
    #[serde(skip_serializing_if = "Option::is_none")]
    offer_until: Option<String>,
    /// The staff chose it, and it was not told yet.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    chosen: bool,
    /// In line: the other category that it would take as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    other_category: Option<&'a str>,
    /// The category whose unused place it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    place_of: Option<&'a str>,
}

/// Prints the rows as JSON lines, times in each event's own offset.
pub(super) fn json(rows: &[Standing], events: &[Event], out: &mut impl Write) -> io::Result<()> {
    for standing in rows {
        let registration = &standing.registration;
        let zone = zone_of(events, &registration.event);
        let row = Row {
            number: &registration.number,
            event: &registration.event,
            status: registration.status,
            category: registration.category.as_deref(),
            // Reserved places in line are not told as positions: the contract has them only for
            // those who wait.
            position: standing.position.filter(|_| registration.status == Status::Waitlisted),
            name: registration.get(field::NAME),
            phone: registration.get(field::PHONE),
            id_number: registration.get(field::ID_NUMBER),
            organization: registration.get(field::ORGANIZATION),
            email: registration.email.as_ref().map(crate::message::Email::as_str),
            channel: registration.channel,
            received_at: rfc3339(standing.received, &zone),
            offer_until: registration
                .hold_until
                .filter(|_| registration.offered())
                .map(|until| rfc3339(until, &zone)),
            chosen: registration.chosen(),
            other_category: registration.also.as_deref().filter(|_| registration.in_line()),
            place_of: registration.place_of.as_deref(),
        };
        serde_json::to_writer(&mut *out, &row)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Prints the rows as a table.
pub(super) fn text(rows: &[Standing], events: &[Event], out: &mut impl Write) -> io::Result<()> {
    if rows.is_empty() {
        return writeln!(out, "还没有这样的报名。");
    }
    let mut headings = vec!["编号", "状态", "类别", "姓名", "电话", "收到时间"];
    let roomy = table::width().is_none_or(|width| width >= ROOMY);
    if roomy {
        headings.extend(["方式", "单位"]);
    }
    let mut lines = table::new(&headings);
    // What is cut off when it gets narrow is told by `show`; numbers and names stay whole.
    lines.set_truncation_indicator("…");
    for (column, heading) in lines.column_iter_mut().zip(&headings) {
        if !["类别", "单位"].contains(heading) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    for standing in rows {
        let registration = &standing.registration;
        let zone = zone_of(events, &registration.event);
        let event = events.iter().find(|event| event.id == registration.event);
        let category = registration.category.as_deref().unwrap_or("");
        let named = event.and_then(|event| event.category(category)).map(|found| &found.name);
        let mut cells = vec![
            registration.number.clone(),
            places::standing(standing),
            named.cloned().unwrap_or_else(|| category.to_owned()),
            registration.get(field::NAME).unwrap_or("").to_owned(),
            registration.get(field::PHONE).unwrap_or("").to_owned(),
            words::stamp(standing.received, &zone),
        ];
        if roomy {
            cells.push(words::channel(registration.channel).to_owned());
            cells.push(registration.get(field::ORGANIZATION).unwrap_or("").to_owned());
        }
        let mut row = comfy_table::Row::from(cells);
        row.max_height(1);
        lines.add_row(row);
    }
    writeln!(out, "{lines}\n共 {} 人", rows.len())
}

/// The zone in which an event's times are told.
pub(super) fn zone_of(events: &[Event], id: &str) -> TimeZone {
    let event = events.iter().find(|event| event.id == id).or(events.first());
    event.map_or(TimeZone::UTC, |event| event.zone.clone())
}

/// A moment as the contract has it.
pub(super) fn rfc3339(at: jiff::Timestamp, zone: &TimeZone) -> String {
    let second = jiff::Timestamp::from_second(at.as_second()).unwrap_or(at);
    second.display_with_offset(zone.to_offset(second)).to_string()
}
