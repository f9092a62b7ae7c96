//! The way from a folder into the ledger, as a pipeline.

use std::collections::{BTreeSet, HashMap};

use futures::stream::{self, StreamExt as _};
use jiff::Timestamp;
use tokio::sync::mpsc;

use super::Intake;
use super::ahead::{Begun, Frontier};
use crate::fault;
use crate::mailbox::{self, Arrival, Listed, Session, windows};
use crate::store::{self, Parcel, Received};

/// How many messages are fetched and committed at once: commits dominate, and a crash repeats at
/// most so many downloads.
const WINDOW: usize = 512;

/// How many of the first window: the readers have something to do while the next one is fetched.
const FIRST: usize = 64;

/// How many windows are with the readers: none of them waits while another one ends a window.
const WITH_READERS: usize = 2;

/// How many bytes, by their claimed sizes, are fetched at once (a larger message stands alone).
const WINDOW_BYTES: u64 = 8 * 1024 * 1024;

/// A window that was fetched, and the earliest arrival of all that is still to come.
type Fetched = (Vec<Arrival>, Option<Timestamp>);

/// A window that is in the ledger, with its bytes where it is to be read ahead.
type Kept = (Option<Begun>, Vec<(String, Arrival)>, Option<Timestamp>);

/// What became of a folder's new messages.
pub(super) struct Taken {
    pub(super) received: Received,
    /// How many the server did not hand out.
    pub(super) missed: usize,
    /// Why the session broke, and the messages of the broken window that had not come.
    pub(super) broken: Option<(mailbox::Error, Vec<u64>)>,
}

impl Intake {
    /// Takes in `todo`, window after window, in three steps that work side by side on three
    /// windows: one is fetched, the one before it is deflated, sealed and committed, the one before
    /// that is read. Deciding is a fourth, by [`decide_behind`](Self::decide_behind) or later; it
    /// finds what was read [`ahead`](super::ahead). Between the steps stands one window at most, so
    /// the slowest sets the pace and memory is bounded.
    ///
    /// A crash loses no more than before: each window is committed whole before anything looks
    /// inside. `frontier`: this is the last folder of a pass that is being
    /// decided behind.
    pub(super) async fn take_in(
        &self,
        session: &mut Session,
        todo: &[Listed],
        since: Timestamp,
        frontier: Option<&Frontier>,
    ) -> store::Result<Taken> {
        if let Some(frontier) = frontier {
            frontier.advance(earliest(todo).unwrap_or(Timestamp::MAX));
        }
        if let Some(pool) = self.options.pool.as_ref().filter(|_| !todo.is_empty()) {
            pool.expect(todo.len());
        }
        let (to_keep, fetched) = mpsc::channel(1);
        let (to_read, kept) = mpsc::channel(1);
        let (fetch, keep, ()) = futures::future::join3(
            fetch(session, todo, to_keep),
            self.keep(fetched, to_read, since, frontier.is_some()),
            self.read_ahead(kept, frontier),
        )
        .await;
        let received = keep?;
        let (missed, broken) = match fetch {
            Ok(missed) => (missed, None),
            Err(broken) => (0, Some(broken)),
        };
        Ok(Taken { received, missed, broken })
    }

    async fn keep(
        &self,
        mut fetched: mpsc::Receiver<Fetched>,
        to_read: mpsc::Sender<Kept>,
        since: Timestamp,
        paced: bool,
    ) -> store::Result<Received> {
        let mut received = Received::default();
        while let Some((arrivals, next)) = fetched.recv().await {
            let (arrivals, parcel) = self.pack(arrivals, since).await?;
            let ids: Vec<_> = parcel.ids().cloned().collect();
            if paced {
                self.ahead.room(ids.len()).await;
            }
            let begun = self.ahead.begin(ids);
            fault::point("before-receive-commit");
            let kept = self.store.keep(parcel).await?;
            fault::point("after-receive-commit");
            received.add(&kept);
            let mut taken: HashMap<_, _> =
                kept.taken.into_iter().map(|(id, key)| (key, id)).collect();
            let raws = match &begun {
                Some(_) => arrivals
                    .into_iter()
                    .filter_map(|arrival| Some((taken.remove(&arrival.key)?, arrival)))
                    .collect(),
                None => Vec::new(),
            };
            if to_read.send((begun, raws, next)).await.is_err() {
                break;
            }
        }
        Ok(received)
    }

    /// The work on the bytes comes before the transaction, which others wait for.
    async fn pack(
        &self,
        arrivals: Vec<Arrival>,
        since: Timestamp,
    ) -> store::Result<(Vec<Arrival>, Parcel)> {
        let store = self.store.clone();
        let packed = tokio::task::spawn_blocking(move || {
            let parcel = store.pack(&arrivals, since)?;
            Ok((arrivals, parcel))
        });
        packed.await.unwrap_or(Err(store::Error::Unsupported("a window could not be packed")))
    }

    async fn read_ahead(&self, mut kept: mpsc::Receiver<Kept>, frontier: Option<&Frontier>) {
        let windows = stream::poll_fn(|context| kept.poll_recv(context));
        let mut read = windows.map(|window| self.read_window(window)).buffered(WITH_READERS);
        while let Some(next) = read.next().await {
            if let Some(frontier) = frontier {
                frontier.advance(next.unwrap_or(Timestamp::MAX));
            }
        }
    }

    async fn read_window(&self, (begun, raws, next): Kept) -> Option<Timestamp> {
        if let Some(begun) = begun {
            // What could not be read for no fault of its own is read when its turn comes.
            begun.end(self.read_together(raws).await.unwrap_or_default());
        }
        next
    }
}

async fn fetch(
    session: &mut Session,
    todo: &[Listed],
    to_keep: mpsc::Sender<Fetched>,
) -> Result<usize, (mailbox::Error, Vec<u64>)> {
    let (mut missed, mut begun) = (0, 0);
    let (first, rest) = todo.split_at(FIRST.min(todo.len()));
    let rest = windows(rest, WINDOW, WINDOW_BYTES);
    for window in windows(first, WINDOW, WINDOW_BYTES).chain(rest) {
        begun += window.len();
        let mut arrivals = Vec::with_capacity(window.len());
        let result = session.fetch(window, &mut arrivals).await;
        let came: BTreeSet<_> = arrivals.iter().map(|arrival| arrival.key.uid).collect();
        let next = earliest(todo.get(begun..).unwrap_or_default());
        // A closed door: keeping failed, and says why.
        if !arrivals.is_empty() && to_keep.send((arrivals, next)).await.is_err() {
            break;
        }
        match result {
            Ok(left_out) => missed += left_out.len(),
            Err(error) => {
                let uids = window.iter().map(|listed| listed.uid);
                return Err((error, uids.filter(|uid| !came.contains(uid)).collect()));
            }
        }
        fault::point("after-window");
    }
    Ok(missed)
}

fn earliest(listed: &[Listed]) -> Option<Timestamp> {
    listed.iter().map(|listed| listed.arrived).min()
}
