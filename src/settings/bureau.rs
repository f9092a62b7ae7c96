//! `[bureau.NAME]`: another bureau in the same service, with events, staff and a sender of its own.
//!
//! Which bureau a mailbox, a letter or a digest is of follows from the event. The events that no
//! section names are those of `[staff]`, `[sending]` and `[digest]`.

use std::collections::{BTreeMap, BTreeSet};

use super::event::Day;
use super::mailbox::Mailbox;
use super::rule;
use super::sending::Sending;
use super::service::{self, Staff};
use super::sources::Sources;
use super::table::Table;
use crate::digest::Hour;

/// A bureau beside the one of `[staff]` and `[sending]`.
#[derive(Clone, Debug)]
pub struct Bureau {
    /// Its name in the settings.
    pub name: String,
    /// Who runs its days.
    pub staff: Staff,
    /// How its letters leave.
    pub sending: Sending,
    /// When its daily letter is due.
    pub digest: Hour,
}

/// Takes each section's events and notes in them whose they are.
pub(super) fn claim(table: &Table, sections: &mut [(String, Table)], days: Option<&mut [Day]>) {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    let known = days.as_ref().map(|days| days.iter().map(|day| day.event.id.clone()));
    let known: Option<Vec<_>> = known.map(Iterator::collect);
    for (name, section) in sections.iter_mut() {
        if !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
            section.wrong("", "is no name", "[bureau.NAME]: lower-case letters, digits and _");
        }
        let events = section.required("events", &rule::list(rule::text())).unwrap_or_default();
        let Some(known) = &known else { continue };
        let allowed = format!("ids of events: {}", known.join(", "));
        if section.has("events") && events.is_empty() {
            section.wrong("events", "names no event", &allowed);
        }
        for event in events {
            if !known.contains(&event) {
                section.wrong("events", &format!("there is no event {event:?}"), &allowed);
            } else if let Some(other) = taken.get(&event) {
                let what = format!("{event:?} is an event of [bureau.{other}] already");
                section.wrong("events", &what, "each event once");
            } else {
                taken.insert(event, name.clone());
            }
        }
    }
    let Some(days) = days else { return };
    for day in days.iter_mut() {
        if let Some(name) = taken.get(&day.event.id) {
            day.event.life.bureau.clone_from(name);
        }
    }
    if !days.is_empty() && days.iter().all(|day| !day.event.life.bureau.is_empty()) {
        let allowed = "one bureau in [staff] and [sending], and a section for each other one";
        table.wrong("bureau", "leaves no event to [staff] and [sending]", allowed);
    }
}

impl Bureau {
    /// Behind [`claim`].
    pub(super) fn read(
        name: String,
        mut table: Table,
        sources: &Sources,
        (mailboxes, days): (Option<&[Mailbox]>, Option<&[Day]>),
    ) -> Option<Self> {
        let staff = Staff::read(table.section("staff"));
        let sending = Sending::read(table.section("sending"), sources, mailboxes);
        let digest = service::digest(table.section("digest"), days.unwrap_or_default(), &name);
        Some(Self { name, staff: staff?, sending: sending?, digest: digest? })
    }
}

/// Two bureaus share neither a mailbox nor a sender.
pub(super) fn keep_apart(
    table: &Table,
    days: &[Day],
    mailboxes: &[Mailbox],
    first: &Sending,
    others: &[Bureau],
) {
    for mailbox in mailboxes {
        let here = days.iter().filter(|day| mailbox.events.contains(&day.event.id));
        let bureaus: BTreeSet<_> = here.map(|day| day.event.life.bureau.as_str()).collect();
        if bureaus.len() > 1 {
            let key = format!("mailbox.{}.events", mailbox.name);
            let what = "are events of several bureaus";
            table.wrong(&key, what, "events of one bureau; each has mailboxes of its own");
        }
    }
    let mut senders = vec![&first.from];
    for bureau in others {
        if senders.contains(&&bureau.sending.from) {
            let key = format!("bureau.{}.sending.from", bureau.name);
            table.wrong(&key, "is another bureau's sender", "an account of its own");
        }
        senders.push(&bureau.sending.from);
    }
}
