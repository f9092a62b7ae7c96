//! A registration: a person, a category and a status.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::identity;
use crate::message::Email;
use crate::reading::Field;

/// What is known of a person, by field name, each with its evidence.
pub type Person = BTreeMap<String, Field>;

/// What orders registrations: the moment of arrival, then the name of the message.
/// Frozen at first sight. A clerk's entry has its own time and sorts among the mail of the second.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OrderKey {
    /// When the server took the message, or the clerk entered it.
    pub arrived: Timestamp,
    /// Mailbox, then folder; empty for a clerk's entry.
    pub mailbox: String,
    /// The folder in that mailbox.
    pub folder: String,
    /// See `mailbox::MessageKey`.
    pub uidvalidity: u32,
    /// See `mailbox::MessageKey`; for a clerk's entry a running number.
    pub uid: u64,
    /// The place of the person within the message, from 0.
    pub place: u32,
}

impl OrderKey {
    /// The key as text whose byte order is the key's order: what the store sorts by.
    #[must_use]
    pub fn rank(&self) -> String {
        format!(
            "{:015}\u{1f}{}\u{1f}{}\u{1f}{:010}\u{1f}{:020}\u{1f}{:05}",
            self.arrived.as_millisecond().max(0),
            self.mailbox,
            self.folder,
            self.uidvalidity,
            self.uid,
            self.place
        )
    }
}

/// Where a registration stands (`list --json`: `status`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Has a place, for good.
    Confirmed,
    /// Stands in line for a place of its category.
    Waitlisted,
    /// Something required is missing; a place, or a place in line, may be reserved.
    Incomplete,
    /// A person must decide; a place, or a place in line, may be reserved.
    Review,
    /// Given back, lapsed or withdrawn.
    Cancelled,
    /// Not taken.
    Refused,
}

/// How somebody registered (`list --json`: `channel`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// 邮件报名
    Email,
    /// 电话报名
    Phone,
    /// 现场报名
    Onsite,
}

/// One person's registration for one event, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Internal id, made by us.
    pub id: String,
    /// The event's id.
    pub event: String,
    /// The readable number, never reused.
    pub number: String,
    /// The number's running part, from 1.
    pub serial: u32,
    /// Where it stands.
    pub status: Status,
    /// The category it counts for: named, or the event's default. An incomplete or reviewed one has
    /// it exactly when it reserves a place: `None` says that the category is in doubt, that no name
    /// is known, or that its sender reserves enough already.
    pub category: Option<String>,
    /// Another category that it would take as well, in whose line it stands too.
    pub also: Option<String>,
    /// A seat is held although the registration is not confirmed: it is unfinished, offered or
    /// chosen. An incomplete or reviewed registration with a category and without a seat stands in
    /// line.
    pub seat: bool,
    /// The category whose unused place it takes, when that is not its own.
    pub place_of: Option<String>,
    /// It stands in line with the other people of its message, all of them or none: in the lines of
    /// these categories. Empty: it stands alone.
    pub together: BTreeSet<String>,
    /// How often it was asked for what is missing.
    pub asked: u32,
    /// Its place in the order.
    pub key: OrderKey,
    /// What is known of the person.
    pub person: Person,
    /// The address that registered it: the only one whose cancellation is applied.
    pub email: Option<Email>,
    /// How it came.
    pub channel: Channel,
    /// Until when an incomplete registration keeps its reservation, and an offered one its place.
    pub hold_until: Option<Timestamp>,
    /// Why it has this status, in words for the staff, without personal data (`lapsed`, …).
    pub reason: String,
    /// Attended on the day; `None` before it is known.
    pub attended: Option<bool>,
    /// The ledger id of the message that it came by; `None` for a clerk's entry.
    pub message: Option<String>,
    /// When it was made and last changed.
    pub created: Timestamp,
    /// See `created`.
    pub changed: Timestamp,
}

impl Registration {
    /// A field's value.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&str> {
        self.person.get(field).map(|found| found.value.as_str())
    }

    /// Neither cancelled nor refused.
    #[must_use]
    pub fn active(&self) -> bool {
        !matches!(self.status, Status::Cancelled | Status::Refused)
    }

    /// Not settled yet: incomplete or under review.
    #[must_use]
    pub fn unfinished(&self) -> bool {
        matches!(self.status, Status::Incomplete | Status::Review)
    }

    /// Keeps a seat or a place in line although it is not settled.
    #[must_use]
    pub fn reserves(&self) -> bool {
        self.unfinished() && self.category.is_some()
    }

    /// Takes a place: confirmed, or a seat that is held.
    #[must_use]
    pub fn takes_seat(&self) -> bool {
        let held = self.reserves() || self.status == Status::Waitlisted;
        self.status == Status::Confirmed || (held && self.seat)
    }

    /// The category whose place it takes, when it takes one.
    #[must_use]
    pub fn takes(&self) -> Option<&str> {
        let category = self.place_of.as_ref().or(self.category.as_ref());
        category.filter(|_| self.takes_seat()).map(String::as_str)
    }

    /// A place is held for it until it answers.
    #[must_use]
    pub fn offered(&self) -> bool {
        self.status == Status::Waitlisted && self.seat && self.hold_until.is_some()
    }

    /// The staff chose it; nobody was told yet.
    #[must_use]
    pub fn chosen(&self) -> bool {
        self.status == Status::Waitlisted && self.seat && self.hold_until.is_none()
    }

    /// Stands in line: waitlisted, or a reserved place in line.
    #[must_use]
    pub fn in_line(&self) -> bool {
        (self.unfinished() || self.status == Status::Waitlisted)
            && self.category.is_some()
            && !self.seat
    }

    /// The categories in whose line it stands.
    pub fn lines(&self) -> impl Iterator<Item = &String> {
        self.category.iter().chain(&self.also).filter(|_| self.in_line())
    }

    /// Stands in line with others, all of them or none.
    #[must_use]
    pub fn waits_together(&self) -> bool {
        self.in_line() && !self.together.is_empty()
    }

    /// Whether it stands in line with this one: all of them or none.
    #[must_use]
    pub fn stands_with(&self, other: &Self) -> bool {
        let letter = |one: &Self| OrderKey { place: 0, ..one.key.clone() };
        self.waits_together() && other.waits_together() && letter(self) == letter(other)
    }

    /// The identity number as it is compared, when there is one.
    #[must_use]
    pub fn id_number(&self) -> Option<String> {
        identity::id_number(&self.person)
    }

    /// The employer or village as it is compared, when it is known.
    #[must_use]
    pub fn organization(&self) -> Option<String> {
        identity::organization(&self.person)
    }

    /// Name and telephone number as they are compared, when both are known: what the store looks
    /// registrations up by ([`super::Wants::name_phones`]).
    #[must_use]
    pub fn name_phone(&self) -> Option<(String, String)> {
        identity::name_phone(&self.person)
    }
}
