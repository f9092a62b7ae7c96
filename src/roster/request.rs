//! What is asked, and the part of the roster that it touches.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Channel, OrderKey, Person};
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
    /// The day is near: the event's id and its beginning.
    Reminder(String),
    /// A day's digest, by event-independent day key (`2021-09-13`).
    Digest(String),
}

impl Cause {
    /// The id of what is behind it: it names what freed a place in [`Cause::Promotion`].
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Message(id)
            | Self::Command(id)
            | Self::Lapse(id)
            | Self::Reminder(id)
            | Self::Digest(id) => id,
            Self::Promotion(_, freed_by) => freed_by,
        }
    }
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
        /// It comes from a list: nobody is there to be told, so whoever has no address must be
        /// telephoned.
        #[serde(default)]
        away: bool,
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
    /// Corrects a settled registration, or supplies what an incomplete one lacks: what somebody says
    /// on the telephone.
    Change {
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
    /// Erases what is known of a person.
    Erase {
        /// The registration number.
        number: String,
    },
    /// Erases what is known of everybody, after the event.
    EraseAll,
    /// Tells everybody that the event does not take place.
    CallOff {
        /// What the letters say as the reason.
        reason: String,
    },
    /// Tells everybody the time and the place that the settings say now.
    Moved {
        /// What they were told before; filled in when the order is journalled.
        before: Option<(Timestamp, String)>,
    },
    /// Takes no registrations any more, before the event's own date.
    Close {
        /// Why, for the record: no personal text.
        reason: String,
    },
    /// Takes registrations again that an early close had ended.
    Reopen {
        /// Why, for the record: no personal text.
        reason: String,
    },
    /// Chooses a registration where the staff choose, or takes that back.
    Select {
        /// The registration number.
        number: String,
        /// Chosen, or not any more.
        chosen: bool,
    },
}

impl OrderKind {
    /// The number of the registration that it concerns; a new one has none yet.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        match self {
            Self::Add { .. }
            | Self::EraseAll
            | Self::CallOff { .. }
            | Self::Moved { .. }
            | Self::Close { .. }
            | Self::Reopen { .. } => None,
            Self::Cancel { number, .. }
            | Self::Approve { number, .. }
            | Self::Change { number, .. }
            | Self::Reject { number, .. }
            | Self::Promote { number, .. }
            | Self::Attend { number, .. }
            | Self::Erase { number }
            | Self::Select { number, .. } => Some(number),
        }
    }
}

impl Request {
    /// The registration numbers that the message names, itself or by its thread.
    #[must_use]
    pub fn numbers(&self) -> BTreeSet<&str> {
        self.refers_to.iter().chain(&self.reading.numbers).map(String::as_str).collect()
    }
}
