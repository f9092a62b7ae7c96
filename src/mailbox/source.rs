//! Both kinds of mailboxes behind one face.

use std::time::Duration;

use super::error::Error;
use super::{Arrival, Listed, imap, maildir};
use crate::clock::Clock;

/// A mailbox as the settings describe it.
#[derive(Clone, Debug)]
pub enum Source {
    /// An IMAP account.
    Imap(Box<imap::Options>),
    /// A Maildir on this machine.
    Maildir(maildir::Options),
}

/// Which part of a folder's listing is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// All of it: for the set difference against the ledger.
    All,
    /// What has a larger UID. A Maildir has no such order and lists everything.
    After(u64),
}

/// What is done to a message in the mailbox after it is safe in the store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum After {
    /// Nothing: the mailbox stays as it is.
    #[default]
    Keep,
    /// It is marked as read.
    Seen,
    /// It goes to this folder.
    Move(String),
}

/// Why a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// Something changed in the folder that is open: list it now.
    Hint,
    /// The time is over.
    Time,
}

/// One line of a self-test.
#[derive(Debug)]
pub struct Finding {
    /// What was tried.
    pub what: String,
    /// What came of it.
    pub outcome: Result<String, Error>,
}

/// An open mailbox. It reads and never changes anything. After an error it is dropped, unless
/// [`Session::is_usable`] says that only one folder refused itself; a session whose call was
/// cancelled is useless, too.
pub struct Session(Kind);

enum Kind {
    Imap(Box<imap::Session>),
    Maildir(maildir::Session),
}

impl Source {
    /// The mailbox's name in the settings.
    #[must_use]
    pub fn mailbox(&self) -> &str {
        match self {
            Self::Imap(options) => &options.mailbox,
            Self::Maildir(options) => &options.mailbox,
        }
    }

    /// Connects and logs in. `clock` serves messages whose date the server does not tell.
    pub async fn connect(&self, clock: &Clock) -> Result<Session, Error> {
        match self {
            Self::Imap(options) => {
                let session = imap::Session::connect(options, clock).await?;
                Ok(Session(Kind::Imap(Box::new(session))))
            }
            Self::Maildir(options) => {
                Ok(Session(Kind::Maildir(maildir::Session::open(options, clock)?)))
            }
        }
    }

    /// Does `after` to messages of a folder, in a short session of its own, after the commit that
    /// made them safe. May be repeated. [`Error::Stale`] says that the UIDs name nothing any more.
    pub async fn settle(
        &self,
        clock: &Clock,
        after: &After,
        folder: &str,
        uidvalidity: u32,
        uids: &[u64],
    ) -> Result<(), Error> {
        if *after == After::Keep || uids.is_empty() {
            return Ok(());
        }
        match self {
            Self::Imap(options) => {
                imap::settle(options, clock, after, (folder, uidvalidity), uids).await
            }
            Self::Maildir(options) => maildir::settle(options, after, folder, uids).await,
        }
    }

    /// The self-test: every step of a session, each with what came of it. Nothing is changed.
    pub async fn check(&self, clock: &Clock, folders: &[String], after: &After) -> Vec<Finding> {
        match self {
            Self::Imap(options) => imap::check(options, clock, folders, after).await,
            Self::Maildir(options) => maildir::check(options, clock, folders).await,
        }
    }
}

impl Session {
    /// Opens a folder for reading and returns its UIDVALIDITY (0: a Maildir has none).
    pub async fn examine(&mut self, folder: &str) -> Result<u32, Error> {
        match &mut self.0 {
            Kind::Imap(session) => session.examine(folder).await,
            Kind::Maildir(session) => session.examine(folder).map(|()| 0),
        }
    }

    /// The open folder's messages, ascending by UID, each once.
    pub async fn list(&mut self, range: Range) -> Result<Vec<Listed>, Error> {
        match &mut self.0 {
            Kind::Imap(session) => session.list(range).await,
            Kind::Maildir(session) => session.list().await,
        }
    }

    /// Fetches a window of the open folder's listing (see [`windows`]) and returns the UIDs that
    /// were not handed out this time; they are listed again at the next pass.
    ///
    /// When it fails, the messages that had come in full until then stand in `into`: a window
    /// whose first message always fails is cut down to that one by asking again for the rest. A
    /// message whose `size` is above the limit comes as its first [`HEAD_BYTES`](super::HEAD_BYTES)
    /// bytes: so raising `size` to what [`Error::Oversized`] announced is the way on.
    pub async fn fetch(
        &mut self,
        window: &[Listed],
        into: &mut Vec<Arrival>,
    ) -> Result<Vec<u64>, Error> {
        match &mut self.0 {
            Kind::Imap(session) => session.fetch(window, into).await,
            Kind::Maildir(session) => session.fetch(window, into).await,
        }
    }

    /// Waits until something may have changed in the open folder, at most for `time`.
    pub async fn wait(&mut self, time: Duration) -> Result<Wake, Error> {
        match &mut self.0 {
            Kind::Imap(session) => session.wait(time).await,
            Kind::Maildir(session) => Ok(session.wait(time).await),
        }
    }

    /// Whether the session can go on after an error: only after a plain refusal.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        match &self.0 {
            Kind::Imap(session) => session.is_usable(),
            Kind::Maildir(_) => true,
        }
    }

    /// Ends the session politely, in a few seconds at most.
    pub async fn finish(self) {
        match self.0 {
            Kind::Imap(session) => session.finish().await,
            Kind::Maildir(_) => {}
        }
    }
}

/// Cuts a listing into windows of at most `messages` messages and, by their claimed sizes, `bytes`
/// bytes (a larger message stands alone): what is fetched at once and committed at once.
pub fn windows(
    listed: &[Listed],
    messages: usize,
    bytes: u64,
) -> impl Iterator<Item = &[Listed]> + '_ {
    let mut rest = listed;
    std::iter::from_fn(move || {
        let mut sum = 0_u64;
        let fits = |one: &&Listed| {
            sum = sum.saturating_add(one.size);
            sum <= bytes
        };
        let count = rest.iter().take(messages).take_while(fits).count().max(1);
        let (window, after) = rest.split_at_checked(count)?;
        rest = after;
        Some(window)
    })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn windows_keep_to_both_bounds_and_lose_nothing() {
        let one = |uid, size| Listed { uid, arrived: Timestamp::UNIX_EPOCH, size };
        let listed: Vec<Listed> = [10, 10, 10, 500, 1, 99, 2]
            .iter()
            .zip(1..)
            .map(|(size, uid)| one(uid, *size))
            .collect();
        let cut: Vec<Vec<u64>> = windows(&listed, 2, 100)
            .map(|window| window.iter().map(|l| l.size).collect())
            .collect();
        assert_eq!(cut, [vec![10, 10], vec![10], vec![500], vec![1, 99], vec![2]]);
        assert_eq!(windows(&[], 2, 100).count(), 0);
    }
}
