//! A knock on a part's door. The part also looks by itself from time to time, so a knock that gets
//! lost costs time, never work.

use std::time::Duration;

use tokio::sync::Notify;

use super::stop::Stop;

/// A door to knock on. A knock while nobody waits is kept for the next wait; several are one.
#[derive(Debug, Default)]
pub(super) struct Wake(Notify);

impl Wake {
    /// Knocks.
    pub(super) fn wake(&self) {
        self.0.notify_one();
    }

    /// Waits for a knock, at most for `time`. False when the order to stop came.
    pub(super) async fn next(&self, time: Duration, stop: &mut Stop) -> bool {
        tokio::select! {
            () = stop.asked() => false,
            _ = tokio::time::timeout(time, self.0.notified()) => !stop.is_asked(),
        }
    }
}
