//! The demo's stage: a folder, a standing clock, and the service's own parts.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Time;

use super::Moment;
use crate::clock::{Clock, Dice};
use crate::command::failure::Failure;
use crate::daemon::{Desk, Vault, assemble};
use crate::intake::{Look, Receiver};
use crate::message;
use crate::roster::{Event, Registration};
use crate::settings::{Day, Settings, Sources};
use crate::store::{LedgerEntry, RegistrationFilter, Standing, TaskRow};

/// The demo's settings.
const SETTINGS: &str = "baoming.toml";
const SETTINGS_TEXT: &str = include_str!("baoming.toml");
/// The event file that they name.
const EVENT: &str = "xiji-open-day.toml";
/// Identifiers repeat from run to run.
const SEED: u64 = 2021;

/// What happened at a moment.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) at: Timestamp,
    /// Messages that were decided.
    pub(super) messages: Vec<LedgerEntry>,
    /// Registrations that changed.
    pub(super) changed: Vec<Standing>,
    /// The subjects of the letters that left.
    pub(super) letters: Vec<String>,
    /// What is left to do for people.
    pub(super) tasks: Vec<TaskRow>,
    /// The day whose digest was written, and the roster that it tells.
    pub(super) digest: Option<(String, Vec<Standing>)>,
}

/// The stage.
pub(super) struct Stage {
    dir: PathBuf,
    day: Day,
    desk: Desk,
    vault: Vault,
    clock: Clock,
    receiver: Receiver,
    /// Each registration as it was last told, by its id.
    seen: BTreeMap<String, Registration>,
    /// How many letters lie in the folder.
    letters: usize,
}

/// The folder to write to: new or empty.
pub(super) fn folder(wanted: Option<PathBuf>) -> Result<PathBuf, Failure> {
    let dir = match wanted {
        Some(dir) => dir,
        None => std::env::temp_dir().join(format!("baoming-demo-{}", std::process::id())),
    };
    fs::create_dir_all(&dir).map_err(|error| {
        let dir = dir.display();
        Failure::new(format!("{dir} cannot be made ({error}): name another folder with --dir"))
    })?;
    if fs::read_dir(&dir)?.next().is_some() {
        let message = format!("{} is not empty: name a new or empty folder", dir.display());
        return Err(Failure::new(message));
    }
    Ok(dir)
}

impl Stage {
    pub(super) async fn set(dir: &Path) -> Result<Self, Failure> {
        for part in ["mail/new", "mail/cur", "mail/tmp", "letters", "digests"] {
            fs::create_dir_all(dir.join(part))?;
        }
        let settings = settings(dir)?;
        let day = settings.days.first().cloned();
        let day = day.ok_or_else(|| Failure::new("the demo has no event"))?;
        let clock = Clock::standing_at(day.event.opens);
        let dice = Dice::seeded(SEED);
        let vault = Vault::open(&settings.database, true, &clock, &dice).await?;
        let desk = assemble(&settings, &vault, &clock, &dice, None).await?;
        let receiver = Receiver::default();
        let dir = dir.to_owned();
        Ok(Self { dir, day, desk, vault, clock, receiver, seen: BTreeMap::new(), letters: 0 })
    }

    pub(super) fn event(&self) -> (&Event, Time) {
        (&self.day.event, self.day.digest_at)
    }

    /// Moves the clock and lets the service do what it does then.
    pub(super) async fn go_to(&mut self, moment: Moment) -> Result<Told, Failure> {
        // Mail from before the opening lies in the mailbox when the service starts.
        let at = moment.at().max(self.clock.now());
        self.clock.set(at);
        if let Moment::Mail(_, name, raw) = moment {
            fs::write(self.dir.join("mail/new").join(name), raw)?;
        }
        let mut told = Told { at, ..Told::default() };
        if matches!(moment, Moment::Digest(_)) {
            let day = at.to_zoned(self.day.event.zone.clone()).date().to_string();
            self.desk.digests.write_files(&day, &self.dir.join("digests")).await?;
            if let Some(day) = self.desk.digests.post_if_due().await? {
                told.digest = Some((day, self.roster().await?));
            }
        } else {
            self.work(&mut told).await?;
        }
        if self.desk.outbox.pass().await?.sent > 0 {
            told.letters = self.new_letters()?;
        }
        if told.digest.is_some() || !told.changed.is_empty() {
            told.tasks = self.vault.store.open_tasks().await?;
        }
        Ok(told)
    }

    /// The subjects of the letters that were not yet there the last time.
    fn new_letters(&mut self) -> Result<Vec<String>, Failure> {
        let files = fs::read_dir(self.dir.join("letters"))?.map(|entry| entry.map(|e| e.path()));
        let mut files = files.collect::<Result<Vec<_>, _>>()?;
        // Their names begin with the moment, so that the new ones come last.
        files.sort();
        let new = files.iter().skip(self.letters);
        let subject = |raw: Vec<u8>| message::parse(&raw, &[]).headers.subject;
        let subjects = new.map(|file| Ok(subject(fs::read(file)?))).collect();
        self.letters = files.len();
        subjects
    }

    /// Closes the database, so that it is one file.
    pub(super) async fn end(self) {
        self.vault.store.close().await;
    }

    /// Receives, decides, ends what has run out.
    async fn work(&mut self, told: &mut Told) -> Result<(), Failure> {
        let store = &self.vault.store;
        for post in &self.desk.posts {
            let name = post.source.mailbox();
            let folders = &post.folders;
            let mut session = post
                .source
                .connect(&self.clock)
                .await
                .map_err(|error| Failure::new(error.to_string()))?;
            self.receiver
                .receive(&self.desk.intake, &mut session, name, folders, Look::All)
                .await
                .map_err(|error| Failure::new(error.to_string()))?;
        }
        let pending = store.undecided(u32::MAX >> 1).await?;
        self.desk.intake.decide_all().await?;
        self.desk.intake.lapse().await?;
        let ids: Vec<_> = pending.into_iter().map(|one| one.id).collect();
        told.messages = store.ledger(&ids).await?;
        let since = RegistrationFilter { changed_since: Some(told.at), ..Default::default() };
        told.changed = store.registrations(&since).await?;
        let seen = &mut self.seen;
        told.changed.retain(|Standing { registration, .. }| {
            let before = seen.insert(registration.id.clone(), registration.clone());
            before.as_ref() != Some(registration)
        });
        Ok(())
    }

    /// The whole roster.
    pub(super) async fn roster(&self) -> Result<Vec<Standing>, Failure> {
        Ok(self.vault.store.registrations(&RegistrationFilter::default()).await?)
    }
}

/// The settings, written down first: with them every other command looks at what the demo left.
fn settings(dir: &Path) -> Result<Settings, Failure> {
    let day = Settings::compiled_in()?;
    fs::write(dir.join(EVENT), &day.text)?;
    let file = dir.join(SETTINGS);
    fs::write(&file, SETTINGS_TEXT)?;
    // The environment of whoever tries the demo is another service's.
    let environment = HashMap::new();
    Ok(Sources { file, environment, credentials: None, passwords: true }.load()?)
}
