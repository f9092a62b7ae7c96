//! The rest that a mailbox is given after a refused login: kept in the store, so that neither a
//! restart nor a single pass logs in before its time. Providers ban accounts that do.

use jiff::Timestamp;

use super::receiver::later;
use crate::clock::Clock;
use crate::mailbox::{self, Next, rest_of};
use crate::store::{self, Pause, Store};

/// The rest that holds now.
pub async fn resting(store: &Store, clock: &Clock, mailbox: &str) -> store::Result<Option<Pause>> {
    store.paused(&rest_of(mailbox), clock.now()).await
}

/// Begins a rest when the error asks for one, and says when it ends.
pub async fn rest_after(
    store: &Store,
    clock: &Clock,
    mailbox: &str,
    error: &mailbox::Error,
) -> Option<Timestamp> {
    let Next::Pause(wait) = error.next() else { return None };
    let until = later(clock.now(), wait);
    if let Err(error) = store.pause(&rest_of(mailbox), until, &error.to_string()).await {
        tracing::warn!(%error, "the pause could not be kept over a restart");
    }
    Some(until)
}

/// Ends a rest before its time: the login was tried by hand and works again. Says whether there
/// was one.
pub async fn rested(store: &Store, clock: &Clock, mailbox: &str) -> store::Result<bool> {
    let rests = resting(store, clock, mailbox).await?.is_some();
    if rests {
        store.lift_pause(&rest_of(mailbox)).await?;
    }
    Ok(rests)
}
