//! Where mail comes from: an IMAP account or a Maildir folder.
//!
//! A source only lists and hands out. What is new is decided against the ledger, never against the
//! server's flags, counts or UIDNEXT, and nothing in the mailbox is changed while reading it.
//!
//! A pass is: [`Source::connect`], then for each folder [`Session::examine`], [`Session::list`],
//! [`windows`] over what the ledger does not have, [`Session::fetch`], commit; then
//! [`Session::wait`] in the first folder. Whatever goes wrong is an [`Error`] that says what happens
//! next ([`Error::next`]); no outage ever looks like an empty mailbox. What is done to a message
//! afterwards ([`After`]) is done by [`Source::settle`] in a session of its own.
//!
//! Below: `imap` is the protocol as we speak it, `wire` the connection and the strict stream that
//! makes the servers' bytes harmless before async-imap parses them, `maildir` the second kind.

mod backoff;
mod error;
mod imap;
mod maildir;
mod refusal;
mod sent;
mod source;
mod utf7;
mod wire;
mod words;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use backoff::{Backoff, LONGEST_WAIT, SHORTEST_WAIT};
pub use error::{CREDENTIALS_PAUSE, Error, LONGEST_PAUSE, Next, Step, THROTTLE_PAUSE};
pub use imap::{Identity, Limits, Options as ImapOptions, Security};
pub use maildir::Options as MaildirOptions;
pub use sent::{Copies, Mark, SentFolder};
pub use source::{After, Finding, Range, Session, Source, Wake, windows};

/// What the pauses of an account are called in the store: nobody logs in before they end, neither
/// to receive nor to look for copies.
#[must_use]
pub fn rest_of(mailbox: &str) -> String {
    format!("imap:{mailbox}")
}

/// How much of a message above the size limit is taken: its headers and the beginning of its text.
pub const HEAD_BYTES: u64 = 64 * 1024;

/// The name of one message in one mailbox (RFC 9051 §2.3.1.1: the UID is unique below its
/// UIDVALIDITY; QQ shares one UIDVALIDITY among folders, so the folder belongs to the key).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MessageKey {
    /// The mailbox's name in the settings.
    pub mailbox: String,
    /// The folder as the settings write it, decoded (`INBOX`, `广告邮件`).
    pub folder: String,
    /// 0 for a source without one (Maildir).
    pub uidvalidity: u32,
    /// IMAP's UID; in a Maildir a number made from the unique part of the file name.
    pub uid: u64,
}

/// One line of a folder's listing: what is known of a message before its body is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// See [`MessageKey::uid`].
    pub uid: u64,
    /// When the server took it (INTERNALDATE; Maildir: the seconds in the file name).
    pub arrived: Timestamp,
    /// The size that the server claims, in bytes: a hint.
    pub size: u64,
}

/// A message as it was handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Its name in the mailbox.
    pub key: MessageKey,
    /// Frozen at first sight: it orders the message for ever.
    pub arrived: Timestamp,
    /// The bytes: the whole message, or its first part when it is larger than the limit.
    pub raw: Vec<u8>,
    /// The size on the server when only the head was taken because the message is too large.
    pub cut_from: Option<u64>,
}
