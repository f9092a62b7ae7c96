//! Bytes become a [`Message`]: headers, and documents made of lines and tables.
//!
//! Pure, total and bounded: any bytes in, a message out. Nothing outside this room sees the MIME
//! parser.

mod answers;
mod bounce;
mod charset;
mod document;
pub mod email;
pub mod file;
mod fingerprint;
mod flowed;
mod headers;
mod html;
mod index;
mod links;
mod lower;
mod machine;
mod mime;
mod parse;
mod phrases;
pub mod picture;
mod params;
mod prescan;
mod returned;
mod signature;
mod table;
mod transfer;
mod trust;
mod voice;
mod words;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use document::{Block, Cell, Document, Line, Origin, Table, Unread, UnreadKind, Voice};
pub use email::{Address, Email, mask_addresses};
pub(crate) use index::{Index, begins, closes};
pub(crate) use lower::is_word;
pub use machine::{Machine, bare_subject, is_desk_id, is_forward};
pub use parse::parse;
pub use returned::Returned;
pub use voice::is_header_line;

use file::{File, Opened};

/// A message taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// What the headers say.
    pub headers: Headers,
    /// How far the receiving server vouches for the sender.
    pub trust: Trust,
    /// What kind of machine wrote it, if one did.
    pub machine: Option<Machine>,
    /// What it says of the mail that came back, when it is a bounce.
    pub returned: Option<Returned>,
    /// The body first, then what could be read of the attachments.
    pub documents: Vec<Document>,
    /// What could not be read, and why.
    pub unread: Vec<Unread>,
    /// The names of all attachments, in their order.
    pub attachments: Vec<String>,
    /// SHA-256 (hexadecimal) of sender, subject, text and attachments: equal for two deliveries of
    /// one mail, whatever trace headers they carry.
    pub fingerprint: [u8; 32],
}

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
    /// What stands behind the plus in the addresses that it went to, in lower case (RFC 5233).
    pub tags: Vec<String>,
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

/// Opens an attached mail: its subject and text, as somebody else's words.
fn mail(file: File<'_>) -> Opened {
    parse::nested(file)
}
