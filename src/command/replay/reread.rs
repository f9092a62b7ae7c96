//! Reading stored messages again, on all cores.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::mailbox::Arrival;
use crate::reading::{Reader, Reading};
use crate::settings::{ModelError, Settings};

/// The stack of a reading thread, in bytes, as the service's own.
const STACK: usize = 16 * 1024 * 1024;

/// Messages to read, by ledger id.
type Raws = Vec<(String, Arrival)>;
/// What they say; `None` where the reader broke down.
type Readings = BTreeMap<String, Option<Reading>>;

/// The reader of each mailbox.
pub(super) struct Readers(Arc<BTreeMap<String, Reader>>);

impl Readers {
    /// By the words of the present settings.
    pub(super) fn new(settings: &Settings) -> Result<Self, ModelError> {
        let recogniser = settings.recogniser()?;
        let readers = settings
            .mailboxes
            .iter()
            .map(|mailbox| (mailbox.name.clone(), settings.reader(mailbox, recogniser.as_ref())));
        Ok(Self(Arc::new(readers.collect())))
    }

    /// Reads messages.
    pub(super) async fn read(&self, raws: Raws) -> Readings {
        let readers = self.0.clone();
        tokio::task::spawn_blocking(move || all(&readers, &raws)).await.unwrap_or_default()
    }
}

fn all(readers: &BTreeMap<String, Reader>, raws: &[(String, Arrival)]) -> Readings {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let share = raws.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let begun: Vec<_> = raws
            .chunks(share)
            .filter_map(|share| {
                let thread = std::thread::Builder::new().stack_size(STACK);
                let read = move || share.iter().map(|raw| one(readers, raw)).collect::<Vec<_>>();
                thread.spawn_scoped(scope, read).ok()
            })
            .collect();
        begun.into_iter().filter_map(|thread| thread.join().ok()).flatten().collect()
    })
}

/// A mailbox that the settings no longer name: its mail is read like another one's.
fn one(
    readers: &BTreeMap<String, Reader>,
    (id, arrival): &(String, Arrival),
) -> (String, Option<Reading>) {
    let reader = readers.get(&arrival.key.mailbox).or_else(|| readers.values().next());
    let read = reader.and_then(|reader| {
        catch_unwind(AssertUnwindSafe(|| reader.read(&arrival.raw).reading)).ok()
    });
    let read = read.map(|mut reading| {
        crate::intake::doubt_the_lack(&mut reading, crate::intake::Lack::of(arrival));
        reading
    });
    (id.clone(), read)
}
