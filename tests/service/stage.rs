//! The service's own parts on a clock that the test sets: a Maildir, a folder for letters, SQLite or
//! PostgreSQL.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use baoming::clock::{Clock, Dice};
use baoming::daemon::{Desk, Vault, assemble};
use baoming::intake::{Look, Receiver};
use baoming::settings::Settings;
use baoming::store::{LetterFilter, LetterRow, RegistrationFilter, Standing};
use jiff::Timestamp;
use tempfile::TempDir;

use crate::bureau::{Done, done};
use crate::folder;
use crate::postgres::Database;

/// A moment as the notice's event has it.
pub(crate) fn at(text: &str) -> Timestamp {
    format!("{text}+08:00").parse().unwrap()
}

/// A folder with settings, and the desk that they make.
pub(crate) struct Stage {
    dir: TempDir,
    pub(crate) clock: Clock,
    dice: Dice,
    pub(crate) vault: Vault,
    pub(crate) desk: Desk,
    database: Option<Database>,
}

impl Stage {
    /// A desk for the notice's event whose representatives have so many places.
    pub(crate) async fn set(representatives: u32, now: Timestamp) -> Self {
        Self::open(laid_out(representatives), now, None).await
    }

    /// The same on PostgreSQL, where that is installed.
    pub(crate) async fn on_postgres(representatives: u32, now: Timestamp) -> Option<Self> {
        let database = Database::create().await?;
        let dir = laid_out(representatives);
        let settings = fs::read_to_string(dir.path().join("baoming.toml")).unwrap();
        let url = format!("url = \"{}\"\nkey = {{ file = \"key\" }}", database.url());
        let settings = settings.replacen("url = \"sqlite:baoming.db\"", &url, 1);
        fs::write(dir.path().join("baoming.toml"), settings).unwrap();
        Some(Self::open(dir, now, Some(database)).await)
    }

    async fn open(dir: TempDir, now: Timestamp, database: Option<Database>) -> Self {
        let settings = folder::load(dir.path());
        let (clock, dice) = (Clock::standing_at(now), Dice::seeded(7));
        let vault = Vault::open(&settings.database, true, &clock, &dice).await.unwrap();
        let desk = assemble(&settings, &vault, &clock, &dice, None).await.unwrap();
        Self { dir, clock, dice, vault, desk, database }
    }

    /// The address of its database.
    pub(crate) fn url(&self) -> String {
        let file = || format!("sqlite:{}", self.path("baoming.db").display());
        self.database.as_ref().map_or_else(file, |database| database.url().to_owned())
    }

    /// What the settings file says now.
    pub(crate) fn settings(&self) -> Settings {
        folder::load(self.dir.path())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn change(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        fs::write(self.path(name), text.replacen(from, to, 1)).unwrap();
    }

    /// As a restart or a reload does.
    pub(crate) async fn restart(&mut self) {
        let settings = self.settings();
        self.desk = assemble(&settings, &self.vault, &self.clock, &self.dice, None).await.unwrap();
        self.desk.intake.fill().await.unwrap();
    }

    /// Lays a mail into the mailbox, as arrived so many milliseconds after now.
    pub(crate) fn post(&self, millis: u32, raw: &[u8]) {
        let seconds = self.clock.now().as_second();
        fs::write(self.path(&format!("mail/new/{seconds}.M{millis}000P1.test")), raw).unwrap();
    }

    /// Looks through every mailbox.
    pub(crate) async fn look(&self) {
        for post in &self.desk.posts {
            let mut session = post.source.connect(&self.clock).await.unwrap();
            let (name, folders) = (post.source.mailbox(), &post.folders);
            let mut receiver = Receiver::default();
            receiver
                .receive(&self.desk.intake, &mut session, name, folders, Look::All)
                .await
                .unwrap();
        }
    }

    /// Looks, decides, ends what has run out, sends.
    pub(crate) async fn round(&self) -> usize {
        self.look().await;
        self.desk.intake.decide_all().await.unwrap();
        let lapsed = self.desk.intake.lapse().await.unwrap();
        self.desk.intake.remind().await.unwrap();
        self.desk.intake.forget().await.unwrap();
        for (outbox, _) in self.desk.counters() {
            outbox.pass().await.unwrap();
        }
        lapsed
    }

    pub(crate) async fn roster(&self) -> Vec<Standing> {
        self.vault.store.registrations(&RegistrationFilter::default()).await.unwrap()
    }

    /// The statuses in the order of the numbers.
    pub(crate) async fn statuses(&self) -> Vec<String> {
        let roster = self.roster().await;
        roster.iter().map(|one| format!("{:?}", one.registration.status)).collect()
    }

    pub(crate) async fn letters(&self) -> Vec<LetterRow> {
        self.vault.store.letters(&LetterFilter::default()).await.unwrap()
    }
}

/// A command on a stage's settings, as a clerk gives it.
pub(crate) fn run(stage: &Stage, arguments: &[&str]) -> Done {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baoming"));
    command.current_dir(stage.path("")).arg("--config").arg(stage.path("baoming.toml"));
    command.args(arguments).env("NO_COLOR", "1");
    done(command)
}

/// What a command says that must succeed.
pub(crate) fn well(stage: &Stage, arguments: &[&str]) -> String {
    let said = run(stage, arguments);
    assert_eq!(said.code, 0, "{}", said.text);
    said.text
}

fn laid_out(representatives: u32) -> TempDir {
    let dir = tempfile::Builder::new().prefix("stage-").tempdir().unwrap();
    let quota =
        |event: String| event.replacen("quota = 17", &format!("quota = {representatives}"), 1);
    folder::lay_out(dir.path(), quota, "");
    dir
}
