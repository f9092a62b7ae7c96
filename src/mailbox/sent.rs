//! The provider's copies of what was sent.

use super::{Error, imap};
use crate::clock::Clock;

/// The folder of an account in which its provider keeps a copy of everything that it sends.
#[derive(Clone, Debug)]
pub struct SentFolder {
    /// The account.
    pub account: imap::Options,
    /// The folder, decoded (`已发送`).
    pub folder: String,
}

/// Where a folder stood at a moment: whatever comes later has a larger UID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The folder's UIDVALIDITY.
    pub uidvalidity: u32,
    /// Its largest UID; 0 when it was empty.
    pub uid: u64,
}

/// What a look into the folder found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copies {
    /// The Message-IDs, without angle brackets.
    pub ids: Vec<String>,
    /// These are all copies above the mark: what is not among them is not in the folder.
    pub whole: bool,
}

impl SentFolder {
    /// Where the folder stands now; `known`: where it stood before.
    pub async fn mark(&self, clock: &Clock, known: Option<Mark>) -> Result<Mark, Error> {
        imap::mark(&self.account, clock, &self.folder, known).await
    }

    /// The copies above a mark; without one the newest, which are never the whole.
    pub async fn copies(&self, clock: &Clock, above: Option<Mark>) -> Result<Copies, Error> {
        imap::copies(&self.account, clock, &self.folder, above).await
    }

    /// What the account's pauses are called in the store.
    #[must_use]
    pub fn rest(&self) -> String {
        super::rest_of(&self.account.mailbox)
    }
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.uidvalidity, self.uid)
    }
}

impl std::str::FromStr for Mark {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (uidvalidity, uid) = text.split_once(':').ok_or(())?;
        let uidvalidity = uidvalidity.parse().map_err(drop)?;
        Ok(Self { uidvalidity, uid: uid.parse().map_err(drop)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_was_written() {
        let mark = Mark { uidvalidity: 3_060_268, uid: 1_392_611_444 };
        assert_eq!(mark.to_string().parse(), Ok(mark));
        for text in ["", "1", "1:", ":1", "a:1", "1:-1"] {
            assert_eq!(text.parse::<Mark>(), Err(()), "{text}");
        }
    }
}
