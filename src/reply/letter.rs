//! The facts of a letter: all that is needed to write it, today or after a restart.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::message_id::SealKey;
use crate::message::{Email, Headers};
use crate::roster::{Cause, Owed};

/// A letter that shall be written: kept as a row until the outbox has sent it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The event's id.
    pub event: String,
    /// To whom, for what, and each person's outcome.
    pub owed: Owed,
    /// The conversation that it continues.
    pub thread: Thread,
    /// The recipient's display name, as it was written: untrusted.
    pub recipient: Option<String>,
    /// Its own Message-ID, without angle brackets.
    pub message_id: String,
    /// When it was decided; the date under the letter.
    pub written: Timestamp,
    /// When registration had closed by then, where the staff closed it early; `None`: the event's own
    /// date holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Timestamp>,
}

/// Where a letter belongs in the recipient's mailbox. All of it is as a stranger wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The subject of the mail that is answered.
    pub subject: Option<String>,
    /// Its Message-ID, without angle brackets.
    pub in_reply_to: Option<String>,
    /// The ids that it referred to, oldest first, without angle brackets.
    pub references: Vec<String>,
}

/// The bureau as a correspondent.
#[derive(Clone, Debug)]
pub struct Office {
    /// Its name in the settings; empty for the one of `[staff]` and `[sending]`.
    pub bureau: String,
    /// The address that letters come from: the login at the provider.
    pub email: Email,
    /// The name beside the address.
    pub name: String,
    /// Where answers shall go, when not to `email`.
    pub reply_to: Option<Email>,
    /// What people call the fields that only the events' own files define, by their ids.
    pub fields: BTreeMap<String, String>,
    /// Seals Message-IDs.
    pub key: SealKey,
}

/// Most ids in References: RFC 5537 §3.4.4 lets a follow-up drop some between the first and the
/// last ones, and long chains come only from machines.
const MOST_REFERENCES: usize = 10;

/// Longest id that is repeated: what an unfolded header line can hold (RFC 5322 §2.1.1).
const LONGEST_ID: usize = 250;

impl Thread {
    /// The thread that a letter in answer to a mail with these headers continues.
    #[must_use]
    pub fn of(headers: &Headers) -> Self {
        let mut references = headers.references.clone();
        if references.is_empty() {
            references.clone_from(&headers.in_reply_to);
        }
        Self {
            subject: (!headers.subject.is_empty()).then(|| headers.subject.clone()),
            in_reply_to: headers.message_id.clone(),
            references,
        }
    }

    /// The thread of letters of ours, by their ids, oldest first.
    #[must_use]
    pub fn following(mut letters: Vec<String>) -> Self {
        let in_reply_to = letters.pop();
        Self { subject: None, in_reply_to, references: letters }
    }

    /// The answered mail's id, when it can be repeated in a header.
    #[must_use]
    pub fn parent(&self) -> Option<&str> {
        self.in_reply_to.as_deref().filter(|id| repeatable(id))
    }

    /// The ids for References: usable ones only, the first and the newest ones when there are too
    /// many, ending in the answered mail's.
    #[must_use]
    pub fn chain(&self) -> Vec<String> {
        let mut chain = Vec::<String>::new();
        let known = self.references.iter().map(String::as_str).filter(|id| repeatable(id));
        for id in known.filter(|id| Some(*id) != self.parent()).chain(self.parent()) {
            if !chain.iter().any(|seen| seen == id) {
                chain.push(id.to_owned());
            }
        }
        if chain.len() > MOST_REFERENCES {
            chain.drain(1..=chain.len() - MOST_REFERENCES);
        }
        chain
    }
}

/// Whether an id of somebody else's making can stand in our header: `left@right` of printable ASCII.
fn repeatable(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_graphic() && !"<>(),;:\"\\".contains(c);
    id.len() <= LONGEST_ID && id.contains('@') && id.chars().all(plain)
}

impl Office {
    /// An office at this address, without anything special.
    #[must_use]
    pub fn new(email: Email, name: &str, key: SealKey) -> Self {
        let (bureau, name) = (String::new(), name.to_owned());
        Self { bureau, email, name, reply_to: None, fields: BTreeMap::new(), key }
    }

    /// The Message-ID of the letter to `to` that `cause` makes necessary, without angle brackets.
    #[must_use]
    pub fn message_id(&self, cause: &Cause, to: &Email) -> String {
        self.key.message_id(cause, to, &self.email)
    }
}

impl Letter {
    /// The letter for what is owed: `thread` and `recipient` come from the answered mail, or are
    /// the registration's own for a promotion or a lapse.
    #[must_use]
    pub fn new(office: &Office, event: &str, owed: Owed, written: Timestamp) -> Self {
        Self {
            event: event.to_owned(),
            message_id: office.message_id(&owed.cause, &owed.to),
            owed,
            thread: Thread::default(),
            recipient: None,
            written,
            closed: None,
        }
    }

    /// The same letter as an answer within `thread` to somebody called `recipient`.
    #[must_use]
    pub fn answering(mut self, thread: Thread, recipient: Option<String>) -> Self {
        self.thread = thread;
        self.recipient = recipient;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_repeats_usable_ids_once_and_caps_them() {
        let many = (0..50).map(|n| format!("m{n}@qq.com"));
        let bad = ["no-at", "a b@c", "x@y\r\nBcc: all@qq.com", "人@qq.com", "<a@b>"];
        let thread = Thread {
            subject: None,
            in_reply_to: Some("m49@qq.com".to_owned()),
            references: bad.iter().map(|id| (*id).to_owned()).chain(many).collect(),
        };
        let chain = thread.chain();
        assert_eq!(chain.len(), 10);
        assert_eq!(chain.first().unwrap(), "m0@qq.com");
        assert_eq!(chain.get(1).unwrap(), "m41@qq.com");
        assert_eq!(chain.last().unwrap(), "m49@qq.com");
    }

    #[test]
    fn an_id_that_breaks_a_header_is_left_out() {
        let thread =
            Thread { in_reply_to: Some("a@b\r\nBcc: c@d.com".to_owned()), ..Thread::default() };
        assert_eq!(thread.parent(), None);
        assert_eq!(thread.chain(), Vec::<String>::new());
    }
}
