//! The demo's stage: a folder, a standing clock, and the service's own parts.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Time;

use super::Moment;
use crate::clock::{Clock, Dice};
use crate::command::failure::Failure;
use crate::daemon::{Desk, Vault, assemble};
use crate::digest::Hour;
use crate::intake::{Look, Receiver};
use crate::mailbox::{After, MaildirOptions, Source};
use crate::message::Email;
use crate::outbox::{Pace, Postman};
use crate::roster::Event;
use crate::settings::{Daemon, Database, Day, Engine, Holder, Mailbox, Sending, Settings, Staff};
use crate::store::{LedgerEntry, RegistrationFilter, Standing};

/// The bureau's address, as its notice gives it.
const ADDRESS: &str = "xjxspj@163.com";
/// Who gets the digests of the demo.
const STAFF: &str = "bangongshi@example.cn";
/// Identifiers repeat from run to run.
const SEED: u64 = 2021;
/// A larger message would be taken in by its head.
const LARGEST: u64 = 30 * 1024 * 1024;

/// What happened at a moment.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) at: Timestamp,
    /// Messages that were decided.
    pub(super) messages: Vec<LedgerEntry>,
    /// Registrations that changed.
    pub(super) changed: Vec<Standing>,
    /// Letters that left.
    pub(super) sent: u32,
    /// The day whose digest was written.
    pub(super) digest: Option<String>,
}

/// The stage.
pub(super) struct Stage {
    dir: PathBuf,
    day: Day,
    desk: Desk,
    vault: Vault,
    clock: Clock,
    receiver: Receiver,
}

/// The folder to write to: new or empty.
pub(super) fn folder(wanted: Option<PathBuf>) -> Result<PathBuf, Failure> {
    let dir = match wanted {
        Some(dir) => dir,
        None => std::env::temp_dir().join(format!("baoming-demo-{}", std::process::id())),
    };
    fs::create_dir_all(&dir)
        .map_err(|error| Failure::new(format!("{}: {error}", dir.display())))?;
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
        let day = Settings::compiled_in()?;
        let settings = settings(dir, &day)?;
        let clock = Clock::standing_at(day.event.opens);
        let dice = Dice::seeded(SEED);
        let vault = Vault::open(&settings.database, true, &clock, &dice).await?;
        let desk = assemble(&settings, &vault, &clock, &dice).await?;
        let receiver = Receiver::default();
        Ok(Self { dir: dir.to_owned(), day, desk, vault, clock, receiver })
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
            told.digest = self.desk.digests.post_if_due().await?;
        } else {
            self.work(&mut told).await?;
        }
        told.sent = self.desk.outbox.pass().await?.sent;
        Ok(told)
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
        Ok(())
    }

    /// The whole roster.
    pub(super) async fn roster(&self) -> Result<Vec<Standing>, Failure> {
        Ok(self.vault.store.registrations(&RegistrationFilter::default()).await?)
    }
}

fn settings(dir: &Path, day: &Day) -> Result<Settings, Failure> {
    let email = |text| Email::parse(text).ok_or_else(|| Failure::new("the demo has no address"));
    Ok(Settings {
        file: dir.join("baoming.toml"),
        mailboxes: vec![Mailbox {
            name: "bureau".to_owned(),
            source: Source::Maildir(MaildirOptions {
                mailbox: "bureau".to_owned(),
                path: dir.join("mail"),
                largest: LARGEST,
            }),
            folders: vec!["INBOX".to_owned()],
            trusted_servers: Vec::new(),
            after: After::Keep,
            events: vec![day.event.id.clone()],
            since: day.event.announced,
            poll: Duration::ZERO,
            listing: Duration::ZERO,
        }],
        database: Database {
            engine: Engine::Sqlite(dir.join("baoming.db")),
            key: Holder::File(dir.join("baoming.key")),
        },
        staff: Staff { addresses: vec![email(STAFF)?], names: Vec::new() },
        sending: Sending {
            postman: Postman::Folder(dir.join("letters")),
            from: email(ADDRESS)?,
            from_name: day.event.host.clone(),
            reply_to: None,
            pace: Pace::unlimited(),
            per_address: 20,
        },
        daemon: Daemon {
            runtime_dir: dir.to_owned(),
            log: "warn".to_owned(),
            log_json: false,
            stop_within: Duration::from_secs(8),
        },
        digest: Hour { at: day.digest_at, zone: day.event.zone.clone() },
        letters: None,
        days: vec![day.clone()],
    })
}
