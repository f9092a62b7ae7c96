//! One file becomes typed, validated values; the rooms get their `Options` from here and never
//! look at a file, the environment or a password themselves.
//!
//! Three layers, the later winning: defaults in the code, `baoming.toml` with the event files
//! beside it, variables `BAOMING__SECTION__KEY`. Passwords come from systemd credentials or files
//! that only their owner may read. `config/baoming.toml` is the manual, and a test holds it to
//! every key that is asked for here. All mistakes are reported at once, each with file, key, value
//! and what is allowed; nothing half-right is ever handed out.
//!
//! To add a key: take it from its section with a [`rule`], give the struct a field with a unit in
//! its comment, and explain the key in `config/baoming.toml`.

mod allow;
mod bureau;
mod category;
mod connection;
mod database;
mod event;
mod fields;
mod life;
mod mailbox;
mod problem;
mod rooms;
mod rule;
mod rules;
mod secret;
mod sending;
mod service;
mod sources;
mod table;
mod vocabulary;
mod who;
mod wording;

#[cfg(test)]
mod manual;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

pub use bureau::Bureau;
pub use connection::{Connection, Encryption};
pub use database::{Database, Engine};
pub use event::Day;
pub use fields::{ExtraField, KNOWN_FIELDS};
pub use mailbox::Mailbox;
pub use problem::{Problem, Problems};
pub use rooms::ModelsLacking;
pub use secret::Holder;
pub use sending::Sending;
pub use service::{Daemon, Staff};
pub use sources::Sources;

use allow::Lists;
use problem::Report;
use table::Table;

use crate::digest::Hour;
use crate::mailbox::Source;
use crate::message::Email;

/// Where the settings file is when nobody says otherwise.
pub const DEFAULT_FILE: &str = "/etc/baoming/baoming.toml";

/// The event of the notice, for `parse` and `demo` without a settings file.
const OPEN_DAY: &str = include_str!("../../config/xiji-open-day.toml");

/// Everything the service needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The file they come from.
    pub file: PathBuf,
    /// Where mail comes from, at least one.
    pub mailboxes: Vec<Mailbox>,
    /// Where everything is kept.
    pub database: Database,
    /// Who runs the day.
    pub staff: Staff,
    /// How letters leave.
    pub sending: Sending,
    /// How the service runs.
    pub daemon: Daemon,
    /// When the daily letter is due.
    pub digest: Hour,
    /// The other bureaus, in the order of their names.
    pub others: Vec<Bureau>,
    /// A folder with templates that replace those compiled in.
    pub letters: Option<PathBuf>,
    /// A folder with the models of the feature `ocr`.
    pub models: Option<PathBuf>,
    /// The events, at least one.
    pub days: Vec<Day>,
}

impl Settings {
    /// Reads the file at `path` with this process's environment and credentials.
    pub fn load(path: &Path) -> Result<Self, Problems> {
        Sources::of_process(path).load()
    }

    /// Like [`Settings::load`], for commands that need no server: passwords are not read and stay
    /// empty, because a clerk need not be allowed to read them.
    pub fn load_without_passwords(path: &Path) -> Result<Self, Problems> {
        Sources { passwords: false, ..Sources::of_process(path) }.load()
    }

    /// The event that is compiled in, for `parse` and `demo`.
    pub fn compiled_in() -> Result<Day, Problems> {
        let report = Report::default();
        let lists = |_: &str| Err(io::ErrorKind::NotFound.into());
        let name = "xiji-open-day.toml (compiled in)";
        let day = day("xiji-open-day", name, OPEN_DAY, &lists, &report);
        report.into_result(day)
    }

    /// What decisions are taken by, as one text to be kept with them: the event files by id, and
    /// the lists that they name as `id/file.csv`.
    #[must_use]
    pub fn record(&self) -> String {
        let texts = self.days.iter().flat_map(|day| {
            let id = &day.event.id;
            let lists = day.lists.iter().map(move |(file, text)| (format!("{id}/{file}"), text));
            std::iter::once((id.clone(), &day.text)).chain(lists)
        });
        serde_json::to_string(&texts.collect::<BTreeMap<_, _>>()).unwrap_or_default()
    }

    /// The events of a [`Settings::record`].
    pub fn from_record(record: &str) -> Result<Vec<Day>, Problems> {
        let report = Report::default();
        let texts: BTreeMap<String, String> = serde_json::from_str(record).unwrap_or_default();
        let read = |(id, text): (&String, &String)| {
            let lists = |file: &str| {
                let list = texts.get(&format!("{id}/{file}")).map(|text| text.clone().into_bytes());
                list.ok_or_else(|| io::ErrorKind::NotFound.into())
            };
            day(id, &format!("{id} (kept)"), text, &lists, &report)
        };
        let events = texts.iter().filter(|(id, _)| !id.contains('/'));
        let days = events.map(read).collect();
        report.into_result(days)
    }
}

/// Where mail about an event is read, when its file does not say where to write to.
fn address(event: &str, mailboxes: &[Mailbox]) -> Option<Email> {
    let here = |mailbox: &&Mailbox| mailbox.events.iter().any(|id| id == event);
    mailboxes.iter().filter(here).find_map(|mailbox| match &mailbox.source {
        Source::Imap(options) => Email::parse(&options.user),
        Source::Maildir(_) => None,
    })
}

fn day(id: &str, name: &str, text: &str, lists: &Lists, report: &Report) -> Option<Day> {
    let root = sources::parse(name, text, report)?;
    Day::read(id.to_owned(), text.to_owned(), Table::root(report, name, root), lists)
}

impl Sources {
    /// Reads and checks everything.
    pub fn load(&self) -> Result<Settings, Problems> {
        let report = Report::default();
        let settings = self.read(&report);
        report.into_result(settings)
    }

    fn read(&self, report: &Report) -> Option<Settings> {
        let file = self.file.display().to_string();
        let table = &mut Table::root(report, &file, self.main_file(report)?);
        let mut days = self.days(table, report);
        let mut sections = table.named("bureau");
        bureau::claim(table, &mut sections, days.as_deref_mut());
        let known = days.as_deref();
        let mailboxes = self.mailboxes(table, known);
        let database = Database::read(table.section("database"), self);
        let staff = Staff::read(table.section("staff"));
        let sending = Sending::read(table.section("sending"), self, mailboxes.as_deref());
        let daemon = Daemon::read(table.section("daemon"), self);
        let digest = service::digest(table.section("digest"), known.unwrap_or_default(), "");
        let others = self.others(sections, mailboxes.as_deref(), known);
        let letters = table.optional("letters", &rule::path()).map(|path| self.beside(&path));
        if let Some(folder) = letters.as_ref().filter(|folder| !folder.is_dir()) {
            let what = format!("there is no folder {}", folder.display());
            table.wrong("letters", &what, "a folder with templates, or no such key");
        }
        let models = table.optional("models", &rule::path()).map(|path| self.beside(&path));
        if models.is_some() && !cfg!(feature = "ocr") {
            let what = "needs a program that was built with the feature `ocr`; this one was not";
            table.wrong("models", what, "no such key");
        }
        let (mailboxes, sending, others) = (mailboxes?, sending?, others?);
        let mut days = days?;
        bureau::keep_apart(table, &days, &mailboxes, &sending, &others);
        for day in &mut days {
            let own = others.iter().find(|one| one.name == day.event.life.bureau);
            let from = &own.map_or(&sending, |own| &own.sending).from;
            let address = || address(&day.event.id, &mailboxes).unwrap_or(from.clone());
            day.event.life.email.get_or_insert_with(address);
        }
        Some(Settings {
            file: self.file.clone(),
            mailboxes,
            database: database?,
            staff: staff?,
            sending,
            daemon: daemon?,
            digest: digest?,
            others,
            letters,
            models,
            days,
        })
    }

    fn mailboxes(&self, table: &mut Table, days: Option<&[Day]>) -> Option<Vec<Mailbox>> {
        let sections = table.named("mailbox");
        if sections.is_empty() {
            table.wrong("mailbox", "is missing", "[mailbox.NAME] with host, user and password");
        }
        let read = |(name, section)| Mailbox::read(name, section, self, days);
        // All are read before the first mistake ends it, so that every mistake is told.
        let mailboxes: Vec<_> = sections.into_iter().map(read).collect();
        mailboxes.into_iter().collect()
    }

    fn others(
        &self,
        sections: Vec<(String, Table)>,
        mailboxes: Option<&[Mailbox]>,
        days: Option<&[Day]>,
    ) -> Option<Vec<Bureau>> {
        let read = |(name, section)| Bureau::read(name, section, self, (mailboxes, days));
        let others: Vec<_> = sections.into_iter().map(read).collect();
        others.into_iter().collect()
    }

    /// The event files, in the order in which they are listed.
    fn days(&self, table: &mut Table, report: &Report) -> Option<Vec<Day>> {
        let name = rule::shaped(
            "the name of a file beside this one, as \"xiji-open-day.toml\"",
            r"^[a-z0-9][a-z0-9_-]*\.toml$",
        );
        let names = table.required("events", &rule::list(name))?;
        if names.is_empty() {
            table.wrong("events", "lists no event", "at least one file beside this one");
            return None;
        }
        let mut days: Vec<Day> = Vec::new();
        let mut sound = true;
        for name in names {
            let file = self.beside(Path::new(&name)).display().to_string();
            let id = name.trim_end_matches(".toml");
            let text = self.event_text(Path::new(&name), report);
            let lists = |list: &str| std::fs::read(self.beside(Path::new(list)));
            let day = text.and_then(|text| day(id, &file, &text, &lists, report));
            sound &= day.is_some();
            let Some(day) = day else { continue };
            if days.iter().any(|other| other.event.id == day.event.id) {
                table.wrong("events", &format!("lists {name:?} twice"), "each file once");
            } else if let Some(other) =
                days.iter().find(|other| other.event.prefix == day.event.prefix)
            {
                report.add(Problem {
                    file,
                    key: "prefix".to_owned(),
                    value: Some(format!("{:?}", day.event.prefix)),
                    what: format!("is the prefix of {} already", other.event.id),
                    allowed: "a prefix of its own".to_owned(),
                });
            }
            days.push(day);
        }
        sound.then_some(days)
    }
}
