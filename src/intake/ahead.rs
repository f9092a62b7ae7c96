//! What was taken in a moment ago and is read already, so that a decision needs neither the bytes
//! from the store nor a commit of its own that counts the attempt: both were done when it came.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::{Notify, watch};

use super::read::Readings;
use crate::reading::Read;

/// How many messages are read ahead at most: it bounds their memory (some 4 KB each).
const MOST: usize = 2_048;

/// The messages that are being read or were read before anybody asked.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// By ledger id; `None` while it is being read.
    messages: BTreeMap<String, Option<Entry>>,
    /// Those of them that had left the line because a reader had not lived through them.
    back: BTreeSet<String>,
    /// Nobody takes from here for the time being.
    stalled: bool,
}

#[derive(Debug)]
struct Entry {
    arrived: Timestamp,
    read: Arc<Read>,
}

/// Messages whose reading was begun; dropping it takes back those that were never read.
#[derive(Debug)]
pub(super) struct Begun {
    ahead: Arc<Ahead>,
    ids: Vec<String>,
}

impl Ahead {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Marks messages as being read, before they are in the ledger, so that nobody takes them for
    /// those that brought a reader down. `None` where so many are not to be held.
    pub(super) fn begin(self: &Arc<Self>, ids: Vec<String>) -> Option<Begun> {
        let mut state = self.state();
        if !state.messages.is_empty() && state.messages.len() + ids.len() > MOST {
            return None;
        }
        state.messages.extend(ids.iter().map(|id| (id.clone(), None)));
        drop(state);
        Some(Begun { ahead: self.clone(), ids })
    }

    /// Waits until so many more may be begun, unless nobody takes any.
    pub(super) async fn room(&self, count: usize) {
        loop {
            let changed = self.changed.notified();
            {
                let state = self.state();
                if state.messages.is_empty()
                    || state.stalled
                    || state.messages.len() + count <= MOST
                {
                    return;
                }
            }
            changed.await;
        }
    }

    /// The readings of those messages that arrived before a moment.
    pub(super) fn readings(&self, before: Timestamp) -> Readings {
        let state = self.state();
        let read = |(id, entry): (&String, &Option<Entry>)| {
            let entry = entry.as_ref().filter(|entry| entry.arrived < before)?;
            Some((id.clone(), entry.read.clone()))
        };
        state.messages.iter().filter_map(read).collect()
    }

    /// Whether a message is being read or was read.
    pub(super) fn holds(&self, id: &str) -> bool {
        self.state().messages.contains_key(id)
    }

    /// A message's reading, once it is there.
    pub(super) fn reading(&self, id: &str) -> Option<Arc<Read>> {
        Some(self.state().messages.get(id)?.as_ref()?.read.clone())
    }

    /// Takes in a message that had left the line and is read now.
    pub(super) fn bring_back(&self, id: String, arrived: Timestamp, read: Read) {
        let mut state = self.state();
        state.back.insert(id.clone());
        state.messages.insert(id, Some(Entry { arrived, read: Arc::new(read) }));
    }

    /// The messages that were brought back and are not decided yet.
    pub(super) fn back(&self) -> Vec<String> {
        self.state().back.iter().cloned().collect()
    }

    /// Lets go of messages that are decided, or that must be read again.
    pub(super) fn forget<'a>(&self, ids: impl IntoIterator<Item = &'a String>) {
        let mut state = self.state();
        for id in ids {
            state.messages.remove(id);
            state.back.remove(id);
        }
        drop(state);
        self.changed.notify_waiters();
    }

    /// Lets go of all that is read: nothing waits for a decision, so somebody else decided it.
    pub(super) fn forget_read(&self) {
        let mut state = self.state();
        state.messages.retain(|_, entry| entry.is_none());
        state.back.clear();
        drop(state);
        self.changed.notify_waiters();
    }

    fn stall(&self, stalled: bool) {
        self.state().stalled = stalled;
        self.changed.notify_waiters();
    }
}

impl Begun {
    /// Takes in what was read; what was not (its reader panicked) is let go of.
    pub(super) fn end(self, readings: Vec<(String, Timestamp, Read)>) {
        let mut state = self.ahead.state();
        for (id, arrived, read) in readings {
            if let Some(entry) = state.messages.get_mut(&id) {
                *entry = Some(Entry { arrived, read: Arc::new(read) });
            }
        }
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        let mut state = self.ahead.state();
        for id in &self.ids {
            if state.messages.get(id).is_some_and(Option::is_none) {
                state.messages.remove(id);
            }
        }
    }
}

/// How far a pass over all mailboxes has come: what arrived before this moment is all there, so it
/// can be decided while later mail is still coming in, in the same order as afterwards.
#[derive(Debug)]
pub struct Frontier(watch::Sender<(Timestamp, bool)>);

impl Default for Frontier {
    fn default() -> Self {
        Self(watch::Sender::new((Timestamp::MIN, false)))
    }
}

impl Frontier {
    /// Everything that arrived before this moment is in the ledger.
    pub(super) fn advance(&self, to: Timestamp) {
        self.0.send_modify(|(before, _)| *before = to);
    }

    /// The pass is over.
    pub fn end(&self) {
        self.0.send_modify(|(_, ended)| *ended = true);
    }
}

impl super::Intake {
    /// Decides what was read ahead, following a pass over all mailboxes until it ends. Gives back
    /// how many messages that were. What is left (an earlier pass was cut off) is for
    /// [`decide_all`](Self::decide_all).
    pub async fn decide_behind(&self, frontier: &Frontier) -> crate::store::Result<usize> {
        let mut seen = frontier.0.subscribe();
        let mut decided = 0;
        loop {
            let (before, ended) = *seen.borrow_and_update();
            let readings = self.ahead.readings(before);
            let done = self.decide(&readings).await?;
            decided += done;
            self.ahead.stall(done == 0 && !readings.is_empty());
            if ended || (done == 0 && seen.changed().await.is_err()) {
                self.ahead.stall(true);
                return Ok(decided);
            }
        }
    }
}
