//! Taking mail in: what a folder lists and the ledger does not have is fetched and kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Frontier, Intake, MailboxRules};
use crate::fault;
use crate::mailbox::{self, After, Listed, Range, Session, Source};
use crate::store::{self, FolderPass, Received, Sighting};

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
    /// Where the pass is that the last folder ends.
    frontier: Option<Arc<Frontier>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Hardship {
    strikes: u32,
    /// The size that the server really announced, when it was over the limit.
    size: Option<u64>,
}

impl Receiver {
    /// The receiver of the last mailbox of a pass that is being decided behind
    /// ([`Intake::decide_behind`]).
    #[must_use]
    pub fn of_last_mailbox(frontier: Arc<Frontier>) -> Self {
        Self { hard: BTreeMap::new(), frontier: Some(frontier) }
    }

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
        for (place, folder) in (1..).zip(folders) {
            let last = place == folders.len();
            match self.folder(intake, session, (mailbox, folder, last), look, &mut seen).await {
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
        (mailbox, folder, last_folder): (&str, &str, bool),
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
        let frontier = self.frontier.as_deref().filter(|_| last_folder);
        let taken = intake.take_in(session, &todo, since, frontier).await?;
        seen.received.add(&taken.received);
        if let Some((error, lost)) = taken.broken {
            self.strike((folder, uidvalidity), &lost, &error);
            return Err(error.into());
        }
        let missed = taken.missed;
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

    /// Notes which message was being fetched when the session broke.
    fn strike(&mut self, (folder, uidvalidity): (&str, u32), lost: &[u64], error: &mailbox::Error) {
        let (broken, size) = match error {
            mailbox::Error::Oversized { uid, announced, .. } => (*uid, Some(*announced)),
            _ => (None, None),
        };
        if let Some(uid) = broken.or(lost.iter().copied().min()) {
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
