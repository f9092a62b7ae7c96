//! Reading stored messages again, on all cores.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::intake::{Lack, doubt_the_lack, on_reading_threads};
use crate::mailbox::Arrival;
use crate::reading::{Reader, Reading};
use crate::settings::{ModelsLacking, Settings};

/// Messages to read, by ledger id.
type Raws = Vec<(String, Arrival)>;
/// What they say; `None` where the reader broke down.
type Readings = BTreeMap<String, Option<Reading>>;

/// The reader of each mailbox.
pub(super) struct Readers(Arc<BTreeMap<String, Reader>>);

impl Readers {
    /// By the words of the present settings.
    pub(super) fn new(settings: &Settings) -> Result<Self, ModelsLacking> {
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
        tokio::task::spawn_blocking(move || {
            let share = |share: Raws| share.iter().map(|raw| one(&readers, raw)).collect();
            on_reading_threads(raws, share).into_iter().collect()
        })
        .await
        .unwrap_or_default()
    }
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
        doubt_the_lack(&mut reading, Lack::of(arrival));
        reading
    });
    (id.clone(), read)
}
