//! The order to stop: given once, heard by every part.

use std::time::Duration;

use tokio::sync::watch;

/// Gives the order.
#[derive(Debug)]
pub(super) struct Stopper(watch::Sender<bool>);

/// Hears the order. Clones hear the same one.
#[derive(Clone, Debug)]
pub(super) struct Stop(watch::Receiver<bool>);

impl Stopper {
    /// An order that is not given yet, and somebody to hear it.
    #[must_use]
    pub(super) fn new() -> (Self, Stop) {
        let (give, hear) = watch::channel(false);
        (Self(give), Stop(hear))
    }

    /// Gives the order.
    pub(super) fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// Ends when the order is given, or nobody is left to give it.
    pub(super) async fn asked(&mut self) {
        let _ = self.0.wait_for(|stop| *stop).await;
    }

    /// Whether the order is given.
    #[must_use]
    pub(super) fn is_asked(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits at most for `time`; true when the order is given meanwhile.
    pub(super) async fn within(&mut self, time: Duration) -> bool {
        tokio::time::timeout(time, self.asked()).await.is_ok()
    }
}
