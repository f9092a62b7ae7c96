//! Bytes become a [`Message`]: headers, and documents made of lines and tables.
//!
//! Pure, total and bounded: any bytes in, a message out. Nothing outside this room sees the MIME
//! parser.

pub mod email;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use email::{Address, Email};

/// What the headers say, decoded. Every string is as the sender wrote it: untrusted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headers {
    /// The first usable address of `From`.
    pub from: Option<Address>,
    /// The first usable address of `Reply-To`, when it differs from `from`.
    pub reply_to: Option<Address>,
    /// The decoded subject, on one line.
    pub subject: String,
    /// The message's own id without angle brackets.
    pub message_id: Option<String>,
    /// Ids of `In-Reply-To`, without angle brackets.
    pub in_reply_to: Vec<String>,
    /// Ids of `References`, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// What `Date` claims: shown, never used for order.
    pub date: Option<Timestamp>,
    /// The sign by which a machine or a list is known, when there is one: no answer is owed then.
    pub machine: Option<String>,
}

/// How far the trusted server vouches for the sender (its topmost Authentication-Results).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trust {
    /// SPF or DKIM passed for the address's domain.
    Verified,
    /// A check failed.
    Failed,
    /// Nothing is said (mail within one provider carries no results).
    #[default]
    Unknown,
}
