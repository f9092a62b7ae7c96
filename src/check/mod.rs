//! The self-test of `baoming check`: what is set up right, what is wrong, and how to mend it.
//!
//! Each part is one line. No file is made, no message is touched, no letter is sent; only the tables
//! of an older version are brought up to date, as the service's start would do it, and a mailbox
//! that rests after a refused login is looked into again when its login works. The parts stand in
//! the order in which they depend on each other.

mod database;
mod mailbox;
mod permissions;
mod reader;
mod sending;
mod templates;
mod time;

use std::fmt;

use crate::clock::Clock;
use crate::confine;
use crate::settings::{Settings, Sources};

/// How one part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Right; the text says what was seen.
    Right(String),
    /// Wrong.
    Wrong {
        /// What is wrong.
        what: String,
        /// What to do about it.
        mend: String,
    },
    /// Could not be tried because something before it is wrong, or need not be.
    Skipped(String),
}

/// One line of the self-test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The part: `settings`, `database`, `mailbox bureau`.
    pub part: String,
    /// How it is.
    pub finding: Finding,
}

impl Line {
    pub(crate) fn right(part: impl Into<String>, seen: impl Into<String>) -> Self {
        Self { part: part.into(), finding: Finding::Right(seen.into()) }
    }

    pub(crate) fn wrong(
        part: impl Into<String>,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        let finding = Finding::Wrong { what: what.into(), mend: mend.into() };
        Self { part: part.into(), finding }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.finding {
            Finding::Right(seen) => write!(f, "ok       {}: {seen}", self.part),
            Finding::Wrong { what, mend } => write!(f, "WRONG    {}: {what}; {mend}", self.part),
            Finding::Skipped(why) => write!(f, "skipped  {}: {why}", self.part),
        }
    }
}

/// What the self-test found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// One line each.
    pub lines: Vec<Line>,
    /// The settings themselves are wrong, so nothing else could be tried (exit 78).
    pub unreadable: bool,
}

impl Verdict {
    /// 0 when all is right, 78 when the settings are wrong, 1 when anything else is.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        let wrong = |line: &Line| matches!(line.finding, Finding::Wrong { .. });
        match (self.unreadable, self.lines.iter().any(wrong)) {
            (true, _) => 78,
            (false, true) => 1,
            (false, false) => 0,
        }
    }
}

/// Tries everything that the settings name.
pub async fn run(sources: &Sources, clock: &Clock, readers: confine::Options) -> Verdict {
    let settings = match sources.load() {
        Ok(settings) => settings,
        Err(problems) => {
            let line = |problem: &crate::settings::Problem| {
                Line::wrong("settings", problem.to_string(), "see config/baoming.toml, the manual")
            };
            let lines = problems.0.iter().map(line).collect();
            return Verdict { lines, unreadable: true };
        }
    };
    let mut lines = vec![summary(&settings)];
    lines.push(templates::check(&settings));
    lines.extend(permissions::check(&settings));
    lines.push(database::check(&settings, clock).await);
    lines.push(time::check(clock));
    lines.push(reader::check(readers.clone()).await);
    lines.extend(reader::check_models(&settings, readers).await);
    for mailbox in &settings.mailboxes {
        let line = mailbox::check(mailbox, clock).await;
        if matches!(line.finding, Finding::Right(_)) {
            database::end_rest(&settings, &mailbox.name, clock).await;
        }
        lines.push(line);
    }
    let others = settings.others.iter().map(|other| other.name.as_str());
    for bureau in std::iter::once("").chain(others) {
        let mut line = sending::check(settings.sending_of(bureau)).await;
        if !bureau.is_empty() {
            line.part = format!("{} of bureau {bureau}", line.part);
        }
        lines.push(line);
        lines.extend(sending::check_copies(&settings, bureau, clock).await);
    }
    Verdict { lines, unreadable: false }
}

fn summary(settings: &Settings) -> Line {
    let events: Vec<_> = settings.days.iter().map(|day| day.event.id.as_str()).collect();
    let mailboxes: Vec<_> = settings.mailboxes.iter().map(|one| one.name.as_str()).collect();
    let seen = format!(
        "{}; events {}; mailboxes {}",
        settings.file.display(),
        events.join(", "),
        mailboxes.join(", ")
    );
    Line::right("settings", seen)
}
