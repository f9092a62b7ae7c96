//! Where mail comes from: an IMAP account or a Maildir folder.
//!
//! A source only lists and hands out. What is new is decided against the ledger, never against the
//! server's flags, counts or UIDNEXT, and nothing in the mailbox is changed while reading it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

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
