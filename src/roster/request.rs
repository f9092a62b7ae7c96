//! What is asked, and the part of the roster that it touches.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Channel, OrderKey, Person, Registration};
use crate::message::{Email, Trust};
use crate::reading::Reading;

/// What made a decision necessary; with a recipient it names a letter once and for ever (I3).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cause {
    /// A message, by its ledger id.
    Message(String),
    /// A clerk's command, by its journal id.
    Command(String),
    /// A place fell to a registration, by its number and the id of what freed the place.
    Promotion(String, String),
    /// A reservation lapsed, by its number.
    Lapse(String),
    /// A day's digest, by event-independent day key (`2021-09-13`).
    Digest(String),
}

/// Who wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// The address; `None` when mail cannot be sent there.
    pub email: Option<Email>,
    /// The display name, untrusted.
    pub name: Option<String>,
    /// What the trusted server says of it.
    pub trust: Trust,
    /// The sign of a machine or a list, when there is one: no letter is owed.
    pub machine: Option<String>,
}

/// A message that asks for something, as the roster sees it. Intake fills it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The message's cause.
    pub cause: Cause,
    /// Always e-mail for a message.
    pub channel: Channel,
    /// Decides window and order; `place` is 0.
    pub arrived: OrderKey,
    /// Who wrote.
    pub sender: Sender,
    /// Registration numbers that the message or its thread names.
    pub refers_to: Vec<String>,
    /// What it says.
    pub reading: Reading,
    /// The folder is one in which the provider puts what it takes for spam.
    pub junk: bool,
}

/// What a member of staff does by hand. It is journalled before it is applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The journal id.
    pub id: String,
    /// Who gave it (the login name), for the audit.
    pub by: String,
    /// When, which is also its place in the order.
    pub key: OrderKey,
    /// What shall be done.
    pub kind: OrderKind,
}

/// The kinds of order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderKind {
    /// Registers somebody who telephoned or came to the counter.
    Add {
        /// Phone or onsite.
        channel: Channel,
        /// What was said; `category` is one of its fields.
        person: Person,
        /// Where a letter may go.
        email: Option<Email>,
    },
    /// Gives a registration's place back.
    Cancel {
        /// The registration number.
        number: String,
        /// Why, for the audit: no personal text.
        reason: String,
    },
    /// Settles a review or an incomplete registration in the person's favour, with corrected or
    /// supplied values.
    Approve {
        /// The registration number.
        number: String,
        /// Values to set, by field name (category too).
        set: Person,
    },
    /// Settles a review against the person.
    Reject {
        /// The registration number.
        number: String,
        /// What the letter says as the reason.
        reason: String,
    },
    /// Gives the first free place to this registration out of turn; recorded as such.
    Promote {
        /// The registration number.
        number: String,
        /// Why, for the audit.
        reason: String,
    },
    /// Notes whether the person came.
    Attend {
        /// The registration number.
        number: String,
        /// Came, or did not.
        present: bool,
    },
}

/// How many of one category take a seat or stand in line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Confirmed registrations.
    pub confirmed: u32,
    /// Seats held by incomplete and reviewed registrations.
    pub reserved: u32,
    /// Registrations in line, reserved places in line among them.
    pub waiting: u32,
}

/// The part of the roster that a request can touch: never the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slice {
    /// By category id; a category without registrations may be absent.
    pub tallies: BTreeMap<String, Tally>,
    /// The first registrations in line of each category, in order of their keys: as many as a
    /// request can free places (its matches and one more).
    pub heads: BTreeMap<String, Vec<Registration>>,
    /// Active and cancelled registrations that match the request: by identity number, by name and
    /// telephone, by registration number, or by the sender's address.
    pub matches: Vec<Registration>,
    /// How many in line of each category stand before the request's key.
    pub ahead: BTreeMap<String, u32>,
    /// How many places the sender's unfinished registrations reserve.
    pub sender_reserved: u32,
    /// The serial number that the next registration gets.
    pub next_serial: u32,
}
