//! The service's own parts in this process, on a clock that the test sets: opened, crashed and
//! opened again as often as the test likes, each step with an error that the test may look at.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use baoming::clock::{Clock, Dice};
use baoming::daemon::Vault;
use baoming::digest::Digests;
use baoming::intake::{self, Intake, Look, MailboxRules, ReceiveError, Receiver};
use baoming::mailbox::{Session, Source};
use baoming::outbox::{Outbox, Postman};
use baoming::reading::Reader;
use baoming::reply::{SealKey, Stationery};
use baoming::settings::Settings;
use baoming::store::{self, Key, Store};
use tempfile::TempDir;

use crate::folder;
pub(crate) use crate::folder::MAILBOX;

/// The folders, in the order in which they are looked into.
pub(crate) const FOLDERS: [&str; 2] = ["INBOX", "Junk"];

/// What takes long to make and is the same in every world.
struct Parts {
    settings: Settings,
    stationery: Arc<Stationery>,
    reader: Arc<Reader>,
}

/// The notice's event and the settings around it; `change` may rewrite the event file.
fn load(change: &dyn Fn(String) -> String) -> Settings {
    let dir = tempfile::tempdir().unwrap();
    folder::lay_out(dir.path(), change, "per_address = 50");
    folder::load(dir.path())
}

/// A database, a mailbox and a way out for letters, without anybody at work.
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) url: String,
    pub(crate) settings: Settings,
    dice: Dice,
    stationery: Arc<Stationery>,
    reader: Arc<Reader>,
    /// Holds the SQLite file.
    _folder: TempDir,
}

impl World {
    /// A world for an event file that `change` made of the notice's.
    pub(crate) fn new(
        clock: &Clock,
        source: Source,
        postman: Postman,
        url: Option<&str>,
        seed: u64,
        change: &dyn Fn(String) -> String,
    ) -> Self {
        static PARTS: OnceLock<Parts> = OnceLock::new();
        let parts = PARTS.get_or_init(|| {
            let settings = load(change);
            let stationery = settings.stationery().unwrap();
            let reader = Arc::new(Reader::new(settings.vocabulary(&settings.mailboxes[0])));
            Parts { settings, stationery, reader }
        });
        let mut settings = parts.settings.clone();
        settings.mailboxes[0].source = source;
        settings.sending.postman = postman;
        let folder = tempfile::Builder::new().prefix("world-").tempdir_in(memory()).unwrap();
        let sqlite = || format!("sqlite:{}", folder.path().join("baoming.db").display());
        Self {
            clock: clock.clone(),
            url: url.map_or_else(sqlite, str::to_owned),
            settings,
            dice: Dice::seeded(seed),
            stationery: parts.stationery.clone(),
            reader: parts.reader.clone(),
            _folder: folder,
        }
    }

    /// The store alone.
    pub(crate) async fn store(&self) -> store::Result<Store> {
        let options = store::Options {
            url: self.url.clone(),
            key: Key::from_credential(&[7; 32]).unwrap(),
            create: true,
            patience: std::time::Duration::from_secs(5),
        };
        Store::open(options, self.clock.clone(), self.dice.clone()).await
    }

    /// What `run` begins with.
    pub(crate) async fn open(&self) -> store::Result<Daemon> {
        let vault = Vault { store: self.store().await?, seal: SealKey::new([7; 32]) };
        let settings = &self.settings;
        let mailbox = &settings.mailboxes[0];
        let events: Vec<_> = settings.days.iter().map(|day| day.event.clone()).collect();
        let rules = MailboxRules {
            reader: self.reader.clone(),
            events: events.clone(),
            since: mailbox.since,
            folders: mailbox.folders.iter().cloned().collect(),
            junk: BTreeSet::from(["Junk".to_owned()]),
            after: false,
        };
        let options = intake::Options {
            recorded: settings.record(),
            events,
            own: BTreeSet::from([settings.sending.from.clone()]),
            mailboxes: [(MAILBOX.to_owned(), rules)].into(),
            staff: settings.staff.addresses.iter().cloned().collect(),
            answers_per_day: settings.sending.per_address,
            courtesies_per_day: 10_000,
            others: std::collections::BTreeMap::new(),
            pool: None,
        };
        let (office, store) = (settings.office(vault.seal.clone()), vault.store.clone());
        let (clock, dice) = (self.clock.clone(), self.dice.clone());
        let intake =
            Intake::open(store.clone(), office.clone(), options, clock.clone(), dice).await?;
        let outbox = settings.outbox(office.clone(), self.stationery.clone());
        let outbox = Outbox::new(store.clone(), clock.clone(), outbox);
        let digests = settings.digests(office, self.stationery.clone());
        let digests = Digests::new(store.clone(), clock.clone(), digests);
        // Where several daemons share a database, a claim may be a living one's.
        if self.url.starts_with("sqlite:") {
            outbox.recover().await?;
        }
        intake.begin().await?;
        intake.fill().await?;
        let source = mailbox.source.clone();
        let receiver = Receiver::default();
        Ok(Daemon { store, intake, outbox, digests, source, clock, session: None, receiver })
    }
}

/// Where a file costs no disk, if there is such a place.
fn memory() -> std::path::PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }
}

/// The parts at work. Dropping them is a crash.
pub(crate) struct Daemon {
    pub(crate) store: Store,
    pub(crate) intake: Intake,
    pub(crate) outbox: Outbox,
    pub(crate) digests: Digests,
    source: Source,
    clock: Clock,
    session: Option<Session>,
    receiver: Receiver,
}

impl Daemon {
    /// Looks into all folders, on the session that is there or on a new one.
    pub(crate) async fn look(&mut self, look: Look) -> Result<(), ReceiveError> {
        let mut session = match self.session.take() {
            Some(session) => session,
            None => self.source.connect(&self.clock).await?,
        };
        let folders = FOLDERS.map(str::to_owned);
        let Self { receiver, intake, .. } = self;
        let seen = receiver.receive(intake, &mut session, MAILBOX, &folders, look).await?;
        self.session = Some(session);
        match seen.troubles.into_iter().next() {
            Some(trouble) => Err(trouble.into()),
            None => Ok(()),
        }
    }

    /// One round of every part; what failed, in words.
    pub(crate) async fn round(&mut self, look: Look) -> Vec<String> {
        let mut failed = Vec::new();
        failed.extend(self.look(look).await.err().map(|error| error.to_string()));
        failed.extend(self.intake.decide_all().await.err().map(|error| error.to_string()));
        failed.extend(self.intake.lapse().await.err().map(|error| error.to_string()));
        failed.extend(self.digests.post_if_due().await.err().map(|error| error.to_string()));
        failed.extend(self.outbox.pass().await.err().map(|error| error.to_string()));
        failed
    }
}
