//! The whole sentence, spoken once: what arrives is kept, read, decided and answered.
//!
//! *Receive* keeps the raw bytes and the ledger row before anything looks inside. *Read* turns
//! them into readings, outside any transaction. *Decide* opens one exclusive transaction for a
//! window of messages, in the order of their arrival; each decision in it is complete: the
//! roster's change, the letters owed, the tasks, the audit rows and the ledger's new state.

mod ahead;
mod brake;
mod confined;
mod decide;
mod days;
mod letters;
mod orders;
mod pipeline;
mod read;
mod receive;
mod threads;
mod unread;
mod which;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use crate::clock::{Clock, Dice};
use crate::confine::Pool;
use crate::message::Email;
use crate::reading::Reader;
use crate::reply::Office;
use crate::roster::Event;
use crate::store::Store;

use ahead::Ahead;

pub use ahead::Frontier;
pub use decide::Progress;
pub use orders::{OrderError, Ordered, meant};
pub(crate) use read::{Lack, doubt_the_lack, on_reading_threads};
pub use receive::{Look, ReceiveError, Receiver, Seen, settle};

/// What intake goes by, besides the roster's rules.
#[derive(Clone, Debug)]
pub struct Options {
    /// The events, in the order of the settings; never empty.
    pub events: Vec<Event>,
    /// Our own addresses: mail from them is a loop.
    pub own: BTreeSet<Email>,
    /// By mailbox: how it is treated; never empty.
    pub mailboxes: BTreeMap<String, MailboxRules>,
    /// The people who run the day: mail from them is decided, but never answered automatically.
    pub staff: BTreeSet<Email>,
    /// Automatic answers to one address in any 24 hours; beyond that none is written.
    pub answers_per_day: u32,
    /// Automatic answers in any 24 hours, to all addresses together, that tell of no decision (a
    /// question was handed to the staff, registration is over); beyond that the staff answer.
    pub courtesies_per_day: u32,
    /// The other bureaus of this service, by their names in the settings.
    pub others: BTreeMap<String, Bureau>,
    /// The processes that read mail, by the names of `mailboxes`; without them it is read here, by
    /// each mailbox's own reader.
    pub pool: Option<Arc<Pool>>,
    /// The settings in force, as recorded for a replay (I6).
    pub recorded: String,
}

/// What another bureau than the first has of its own; see the fields of [`Options`].
#[derive(Clone, Debug)]
pub struct Bureau {
    /// The bureau as a correspondent.
    pub office: Office,
    /// The people who run its days.
    pub staff: BTreeSet<Email>,
    /// Automatic answers to one address in any 24 hours.
    pub answers_per_day: u32,
    /// Automatic answers in any 24 hours that tell of no decision.
    pub courtesies_per_day: u32,
}

/// How the mail of one mailbox is treated.
#[derive(Clone, Debug)]
pub struct MailboxRules {
    /// Reads its mail.
    pub reader: Arc<Reader>,
    /// The events whose registrations come here; never empty.
    pub events: Vec<Event>,
    /// What arrived before this moment has nothing to do with us (`preexisting`).
    pub since: jiff::Timestamp,
    /// The folders that are read.
    pub folders: BTreeSet<String>,
    /// The folders in which the provider puts what it takes for spam.
    pub junk: BTreeSet<String>,
    /// The mailbox is told when a message is done (`after` is not `keep`).
    pub after: bool,
}

/// The desk: receives, decides and carries out orders.
#[derive(Clone, Debug)]
pub struct Intake {
    store: Store,
    office: Office,
    options: Arc<Options>,
    /// The name under which the store keeps `options.recorded`.
    settings: String,
    /// The message that was last taken in hand alone.
    alone: Arc<Mutex<Option<String>>>,
    /// By event: the last of its turns at which free places were given.
    turned: Arc<Mutex<BTreeMap<String, jiff::Timestamp>>>,
    /// What is read before its turn.
    ahead: Arc<Ahead>,
    clock: Clock,
    dice: Dice,
}

impl Intake {
    /// Sets the desk up: the settings are recorded and each event's quotas are made known to the
    /// store, which refuses those that are smaller than what is confirmed.
    pub async fn open(
        store: Store,
        office: Office,
        options: Options,
        clock: Clock,
        dice: Dice,
    ) -> crate::store::Result<Self> {
        let settings = store.keep_settings(&options.recorded).await?;
        let mut work = store.work().await?;
        for event in &options.events {
            work.event(event).await?;
            work.begin_telling(event).await?;
        }
        work.commit().await?;
        let (options, alone, ahead) = (Arc::new(options), Arc::default(), Arc::default());
        let turned = Arc::default();
        Ok(Self { store, office, options, settings, alone, turned, ahead, clock, dice })
    }

    /// The store that it writes to.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The events that it decides for.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.options.events
    }
}
