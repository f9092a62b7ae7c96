//! The calendar file that comes with a confirmed place (RFC 5545).

use icalendar::{Calendar, Component, Event as Entry, EventLike, Property};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Letter, Office, page};
use crate::roster::{Event, Item, Outcome};

/// The day as one calendar entry, when the letter confirms somebody's place. Its UID is made of the
/// first confirmed number, so that a second letter about the same place updates the entry.
///
/// Times are in UTC: every client shows them in its own zone, and none needs a zone definition.
pub(super) fn of(letter: &Letter, event: &Event, office: &Office) -> Option<String> {
    let numbers = letter.owed.items.iter().filter(|item| has_place(item));
    let numbers = numbers.filter_map(|item| item.number.as_deref()).collect::<Vec<_>>();
    let first = numbers.first()?;
    let ends = event.takes_place.checked_add(event.lasts).unwrap_or(event.takes_place);
    let about = format!(
        "报名编号：{}\n请携带本人身份证，到场签到。\n咨询：{} {}",
        numbers.join("、"),
        event.contact,
        event.telephone
    );
    let mut entry = Entry::with_uid(&format!("{first}.{}@{}", event.id, office.email.domain()));
    entry
        .summary(&event.name)
        .location(&event.place)
        .description(&about)
        .add_property("DTSTAMP", utc(letter.written))
        .add_property("DTSTART", utc(event.takes_place))
        .add_property("DTEND", utc(ends))
        // RFC 5545 §3.8.7.4: of two entries the one with the greater number counts; a day that was
        // moved is written later.
        .add_property("SEQUENCE", sequence(letter, event))
        .add_property("STATUS", "CONFIRMED")
        .add_property("TRANSP", "OPAQUE");
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//baoming//registration//ZH"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("METHOD", "PUBLISH"))
        .push(entry.done());
    Some(calendar.to_string())
}

/// Minutes since the announcement: never less in a later letter.
fn sequence(letter: &Letter, event: &Event) -> String {
    let since = letter.written.duration_since(event.announced).as_mins();
    since.max(0).to_string()
}

/// The letter gives or repeats a place; a correction does not, its day is in the calendar already.
fn has_place(item: &Item) -> bool {
    !matches!(item.outcome, Outcome::Corrected { .. }) && page::has_place(&item.outcome)
}

/// `20210928T010000Z`.
fn utc(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}
