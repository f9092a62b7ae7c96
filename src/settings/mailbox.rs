//! `[mailbox.NAME]`: where mail comes from.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use super::connection::{Connection, Ports};
use super::event::{Day, in_zone};
use super::rule;
use super::sources::Sources;
use super::table::Table;

const PORTS: Ports = Ports { tls: 993, plain: 143 };

/// A mailbox that citizens write to.
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// Its name in the settings.
    pub name: String,
    /// An account on a server, or a folder on this machine.
    pub source: Source,
    /// The ids of the events whose registrations come here.
    pub events: Vec<String>,
    /// Mail that arrived before this is not looked into.
    pub since: Option<Timestamp>,
    /// How often new mail is looked for.
    pub poll: Duration,
    /// How often the whole listing is compared with the ledger.
    pub listing: Duration,
    /// A larger message is taken in by its head only, in bytes.
    pub size_limit: u64,
}

/// What a mailbox is read from.
#[derive(Clone, Debug)]
pub enum Source {
    /// An IMAP account.
    Imap {
        /// The server and the account.
        connection: Connection,
        /// Folders, decoded, as the provider's web page shows them.
        folders: Vec<String>,
        /// What is done with a message after it was decided.
        after: After,
    },
    /// A Maildir on this machine.
    Maildir(PathBuf),
}

/// What is done in the mailbox with a message that was decided (DESIGN §9.9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// Nothing: the mailbox is never changed.
    Keep,
    /// It is marked as read.
    Seen,
    /// It is moved to this folder.
    Move(String),
}

impl Mailbox {
    pub(super) fn read(
        name: String,
        mut table: Table,
        sources: &Sources,
        days: Option<&[Day]>,
    ) -> Option<Self> {
        let table = &mut table;
        if !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
            table.wrong("", "is no name", "[mailbox.NAME]: lower-case letters, digits and _");
        }
        let kinds = &[("imap", false), ("maildir", true)];
        let source = match table.or("kind", &rule::one_of(kinds), false) {
            Some(true) => maildir(table, sources),
            Some(false) => imap(table, sources),
            None => {
                table.abandon();
                None
            }
        };
        let events = events(table, days);
        let zone = days.unwrap_or_default().first().map(|day| day.event.zone.clone());
        let since = table.optional("since", &rule::moment());
        let since = since.zip(zone).and_then(|(since, zone)| in_zone(since, &zone));
        let poll = table.or("poll", &rule::duration("10s", "1h"), Duration::from_secs(90));
        let listing = table.or("listing", &rule::duration("1m", "24h"), Duration::from_hours(1));
        let size_limit = table.or("size_limit", &rule::size(1..=64), 30 * 1024 * 1024);
        if let (Some(poll), Some(listing)) = (poll, listing)
            && listing < poll
        {
            table.wrong("listing", "is shorter than poll", "at least as long as poll");
        }
        Some(Self {
            name,
            source: source?,
            events: events?,
            since,
            poll: poll?,
            listing: listing?,
            size_limit: size_limit?,
        })
    }
}

fn imap(table: &mut Table, sources: &Sources) -> Option<Source> {
    let connection = Connection::read(table, sources, &PORTS);
    let folders = table.or("folders", &rule::list(rule::text()), vec!["INBOX".to_owned()]);
    if folders.as_ref().is_some_and(Vec::is_empty) {
        table.wrong("folders", "names no folder", "at least one folder, as [\"INBOX\"]");
    }
    let after = rule::shaped("\"keep\", \"seen\" or \"move:FOLDER\"", r"^(keep|seen|move:.+)$");
    let after = table.or("after", &after, "keep".to_owned());
    let after = after.map(|text| match text.strip_prefix("move:") {
        Some(folder) => After::Move(folder.trim().to_owned()),
        None if text == "seen" => After::Seen,
        None => After::Keep,
    });
    if let (Some(After::Move(target)), Some(folders)) = (&after, &folders)
        && folders.contains(target)
    {
        let what = "moves mail into a folder that is read";
        table.wrong("after", what, "a folder that does not stand in folders");
    }
    Some(Source::Imap { connection: connection?, folders: folders?, after: after? })
}

fn maildir(table: &mut Table, sources: &Sources) -> Option<Source> {
    let path = sources.beside(&table.required("path", &rule::path())?);
    if !path.join("new").is_dir() || !path.join("cur").is_dir() {
        let what = format!("{} is no Maildir", path.display());
        table.wrong("path", &what, "a folder that holds cur, new and tmp");
        return None;
    }
    Some(Source::Maildir(path))
}

/// `days` is `None` when an event file is wrong: then no id can be judged.
fn events(table: &mut Table, days: Option<&[Day]>) -> Option<Vec<String>> {
    let of_days = |days: &[Day]| days.iter().map(|day| day.event.id.clone()).collect::<Vec<_>>();
    let known = days.map(of_days);
    let all = known.clone().unwrap_or_default();
    let events = table.or("events", &rule::list(rule::text()), all)?;
    let known = known?;
    let allowed = format!("ids of events: {}", known.join(", "));
    if events.is_empty() {
        table.wrong("events", "names no event", &allowed);
    }
    for event in events.iter().filter(|event| !known.contains(event)) {
        table.wrong("events", &format!("there is no event {event:?}"), &allowed);
    }
    Some(events)
}
