//! Taking mail in: what a folder lists and the ledger does not have is fetched and kept.

use std::collections::BTreeMap;

use super::{Intake, MailboxRules};
use crate::fault;
use crate::mailbox::{self, After, Arrival, Listed, Range, Session, Source, windows};
use crate::store::{self, FolderPass, Received, Sighting};

/// How many messages are fetched and committed at once: commits dominate, and a crash repeats at
/// most so many downloads.
const WINDOW: usize = 256;

/// How many bytes, by their claimed sizes, are fetched at once (a larger message stands alone).
const WINDOW_BYTES: u64 = 8 * 1024 * 1024;

/// How often a message may break the session before the others go first.
const STRIKES: u32 = 2;

/// How many messages of one mailbox are told about in one side session.
const AFTER_BATCH: u32 = 200;

/// How thorough a look into a mailbox is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// What has a higher UID than all that is known.
    New,
    /// Everything listed, as a set difference against the ledger: finds what became visible late.
    All,
}

/// What a look into a mailbox found.
#[derive(Debug, Default)]
pub struct Seen {
    /// What became of the messages that were fetched.
    pub received: Received,
    /// The folders that were listed as a whole.
    pub folders: Vec<FolderPass>,
    /// Folders that could not be opened although the session goes on.
    pub troubles: Vec<mailbox::Error>,
}

/// Why a look ended before its time.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// The mailbox: the session is of no use any more.
    #[error(transparent)]
    Mailbox(#[from] mailbox::Error),
    /// The store: nothing of the window was kept, it comes again.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// One mailbox's receiver: it remembers which messages broke a session, so that one of them never
/// stands in the way of the others.
#[derive(Debug, Default)]
pub struct Receiver {
    hard: BTreeMap<(String, u32, u64), Hardship>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Hardship {
    strikes: u32,
    /// The size that the server really announced, when it was over the limit.
    size: Option<u64>,
}

impl Receiver {
    /// Looks into the mailbox's folders and keeps what is new.
    pub async fn receive(
        &mut self,
        intake: &Intake,
        session: &mut Session,
        mailbox: &str,
        folders: &[String],
        look: Look,
    ) -> Result<Seen, ReceiveError> {
        let mut seen = Seen::default();
        // What arrives while the look lasts may have been missed by it.
        let begun = intake.clock.now();
        for folder in folders {
            match self.folder(intake, session, (mailbox, folder), look, &mut seen).await {
                Ok(()) => {}
                Err(ReceiveError::Mailbox(error)) if session.is_usable() => {
                    seen.troubles.push(error);
                }
                Err(error) => return Err(error),
            }
        }
        if look == Look::All {
            intake.store.note_pass(mailbox, begun, &seen.folders).await?;
        }
        Ok(seen)
    }

    async fn folder(
        &mut self,
        intake: &Intake,
        session: &mut Session,
        (mailbox, folder): (&str, &str),
        look: Look,
        seen: &mut Seen,
    ) -> Result<(), ReceiveError> {
        let store = &intake.store;
        let uidvalidity = session.examine(folder).await?;
        let last = match look {
            Look::New => store.last_uid(mailbox, folder, uidvalidity).await?,
            Look::All => None,
        };
        let listed = session.list(last.map_or(Range::All, Range::After)).await?;
        fault::point("after-listing");
        let uids: Vec<_> = listed.iter().map(|listed| listed.uid).collect();
        let unknown = store.unknown(mailbox, folder, uidvalidity, &uids).await?;
        let total = listed.len();
        let todo = pick(listed, unknown);
        let rules = intake.options.mailboxes.get(mailbox);
        let todo = note_old(store, rules, (mailbox, folder, uidvalidity), todo, seen).await?;
        let since = rules.map_or(jiff::Timestamp::MIN, |rules| rules.since);
        let todo = self.in_order(folder, uidvalidity, todo);
        let missed = self.fetch(store, session, (folder, uidvalidity), &todo, since, seen).await?;
        if last.is_none() {
            let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
            seen.folders.push(FolderPass {
                folder: folder.to_owned(),
                uidvalidity,
                listed: count(total),
                held: count(total.saturating_sub(missed)),
            });
        }
        Ok(())
    }

    /// In the order of arrival, those that broke a session last and each alone.
    fn in_order(&self, folder: &str, uidvalidity: u32, mut todo: Vec<Listed>) -> Vec<Listed> {
        let hard = |uid| self.hard.get(&(folder.to_owned(), uidvalidity, uid)).copied();
        for listed in &mut todo {
            if let Some(size) = hard(listed.uid).and_then(|hard| hard.size) {
                listed.size = size;
            }
        }
        todo.sort_by_key(|listed| {
            let late = hard(listed.uid).is_some_and(|hard| hard.strikes >= STRIKES);
            (late, listed.arrived, listed.uid)
        });
        todo
    }

    /// Fetches and keeps window after window; one is kept while the next one is fetched. Gives
    /// back how many were not handed out.
    async fn fetch(
        &mut self,
        store: &store::Store,
        session: &mut Session,
        (folder, uidvalidity): (&str, u32),
        todo: &[Listed],
        since: jiff::Timestamp,
        seen: &mut Seen,
    ) -> Result<usize, ReceiveError> {
        let mut missed = 0;
        let mut kept: Vec<Arrival> = Vec::new();
        for window in windows(todo, WINDOW, WINDOW_BYTES) {
            let mut fetched = Vec::with_capacity(window.len());
            let (fetch, keep) = futures::future::join(
                session.fetch(window, &mut fetched),
                store.receive(&kept, since),
            )
            .await;
            add(&mut seen.received, &keep?);
            fault::point("after-window");
            kept = fetched;
            match fetch {
                Ok(left_out) => missed += left_out.len(),
                Err(error) => {
                    add(&mut seen.received, &store.receive(&kept, since).await?);
                    self.strike((folder, uidvalidity), window, &kept, &error);
                    return Err(error.into());
                }
            }
        }
        fault::point("before-receive-commit");
        add(&mut seen.received, &store.receive(&kept, since).await?);
        fault::point("after-receive-commit");
        Ok(missed)
    }

    /// Notes which message was being fetched when the session broke.
    fn strike(
        &mut self,
        (folder, uidvalidity): (&str, u32),
        window: &[Listed],
        came: &[Arrival],
        error: &mailbox::Error,
    ) {
        let came = |uid| came.iter().any(|arrival| arrival.key.uid == uid);
        let (broken, size) = match error {
            mailbox::Error::Oversized { uid, announced, .. } => (*uid, Some(*announced)),
            _ => (None, None),
        };
        let first = window.iter().map(|listed| listed.uid).filter(|uid| !came(*uid)).min();
        if let Some(uid) = broken.or(first) {
            let hard = self.hard.entry((folder.to_owned(), uidvalidity, uid)).or_default();
            hard.strikes += 1;
            hard.size = size.or(hard.size);
        }
    }
}

/// Tells the mailbox what is done (`after`): a side effect, repeated until it succeeds.
pub async fn settle(intake: &Intake, source: &Source, after: &After) -> Result<(), ReceiveError> {
    let mailbox = source.mailbox();
    let keys = intake.store.pending_after(mailbox, AFTER_BATCH).await?;
    let mut groups = BTreeMap::<_, Vec<_>>::new();
    for key in keys {
        groups.entry((key.folder.clone(), key.uidvalidity)).or_default().push(key);
    }
    for ((folder, uidvalidity), keys) in groups {
        let uids: Vec<_> = keys.iter().map(|key| key.uid).collect();
        match source.settle(&intake.clock, after, &folder, uidvalidity, &uids).await {
            Ok(()) | Err(mailbox::Error::Stale { .. }) => intake.store.after_done(&keys).await?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn pick(listed: Vec<Listed>, mut unknown: Vec<u64>) -> Vec<Listed> {
    unknown.sort_unstable();
    listed.into_iter().filter(|listed| unknown.binary_search(&listed.uid).is_ok()).collect()
}

/// Notes what arrived before the mailbox's `since` by its listing alone, and gives back the rest.
async fn note_old(
    store: &store::Store,
    rules: Option<&MailboxRules>,
    (mailbox, folder, uidvalidity): (&str, &str, u32),
    todo: Vec<Listed>,
    seen: &mut Seen,
) -> store::Result<Vec<Listed>> {
    let Some(rules) = rules else { return Ok(todo) };
    let (old, todo): (Vec<_>, Vec<_>) =
        todo.into_iter().partition(|listed| listed.arrived < rules.since);
    let sighting = |listed: &Listed| Sighting {
        key: mailbox::MessageKey {
            mailbox: mailbox.to_owned(),
            folder: folder.to_owned(),
            uidvalidity,
            uid: listed.uid,
        },
        arrived: listed.arrived,
        size: listed.size,
    };
    let sightings: Vec<_> = old.iter().map(sighting).collect();
    if !sightings.is_empty() {
        seen.received.preexisting += store.note_preexisting(&sightings).await?;
    }
    Ok(todo)
}

fn add(sum: &mut Received, more: &Received) {
    sum.new += more.new;
    sum.alias += more.alias;
    sum.preexisting += more.preexisting;
    sum.known += more.known;
}
