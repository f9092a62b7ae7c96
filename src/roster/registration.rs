//! A registration: a person, a category and a status.

use std::collections::BTreeMap;

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
    /// A seat is held although the registration is not confirmed (incomplete or review only). An
    /// incomplete or reviewed registration with a category and without a seat stands in line.
    pub seat: bool,
    /// Its place in the order.
    pub key: OrderKey,
    /// What is known of the person.
    pub person: Person,
    /// The address that registered it: the only one whose cancellation is applied.
    pub email: Option<Email>,
    /// How it came.
    pub channel: Channel,
    /// Until when an incomplete registration keeps its reservation.
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

    /// Takes one of the category's places: confirmed, or a reserved seat.
    #[must_use]
    pub fn takes_seat(&self) -> bool {
        self.status == Status::Confirmed || (self.reserves() && self.seat)
    }

    /// Stands in its category's line: waitlisted, or a reserved place in line.
    #[must_use]
    pub fn in_line(&self) -> bool {
        let reserved = self.reserves() && !self.seat;
        (reserved || self.status == Status::Waitlisted) && self.category.is_some()
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
