//! `[mailbox.NAME]`: where mail comes from.

use std::time::Duration;

use jiff::Timestamp;

use super::connection::{Connection, Encryption, Ports};
use super::event::{Day, in_zone};
use super::rule;
use super::sources::Sources;
use super::table::Table;
use super::vocabulary::PROVIDERS;
use crate::mailbox::{After, Identity, ImapOptions, Limits, MaildirOptions, Security, Source};
use crate::message::Email;

const PORTS: Ports = Ports { tls: 993, plain: 143 };

/// A mailbox that citizens write to.
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// Its name in the settings.
    pub name: String,
    /// An account on a server, or a folder on this machine.
    pub source: Source,
    /// The folders to read, decoded, as the provider's web page shows them; at least one.
    pub folders: Vec<String>,
    /// What is done in the mailbox with a message that was decided.
    pub after: After,
    /// The ids of the events whose registrations come here, at least one.
    pub events: Vec<String>,
    /// Mail that arrived before this is not looked into.
    pub since: Timestamp,
    /// The servers whose Authentication-Results are believed; `mx*` is meant by its beginning.
    pub trusted_servers: Vec<String>,
    /// How often new mail is looked for.
    pub poll: Duration,
    /// How often the whole listing is compared with the ledger; at least `poll`.
    pub listing: Duration,
}

#[derive(Clone, Copy)]
enum Kind {
    Imap,
    Maildir,
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
        let kinds = &[("imap", Kind::Imap), ("maildir", Kind::Maildir)];
        let kind = table.or("kind", &rule::one_of(kinds), Kind::Imap);
        if kind.is_none() {
            table.abandon();
        }
        let folders = folders(table);
        let after = after(table, folders.as_deref());
        let events = events(table, days);
        let since = since(table, days, events.as_deref());
        let provider = vec![PROVIDERS.to_owned()];
        let trusted = table.or("trusted_servers", &rule::list(rule::text()), provider);
        let poll = table.or("poll", &rule::duration("10s", "1h"), Duration::from_secs(90));
        let listing = table.or("listing", &rule::duration("1m", "24h"), Duration::from_hours(1));
        let largest = table.or("size_limit", &rule::size(1..=64), Limits::default().message);
        if let (Some(poll), Some(listing)) = (poll, listing)
            && listing < poll
        {
            table.wrong("listing", "is shorter than poll", "at least as long as poll");
        }
        let limits = |message, poll| Limits { message, noop_interval: poll, ..Limits::default() };
        let limits = largest.zip(poll).map(|(message, poll)| limits(message, poll));
        let source = match kind? {
            Kind::Imap => imap_source(table, sources, &name, limits),
            Kind::Maildir => maildir_source(table, sources, &name, largest),
        };
        Some(Self {
            name,
            source: source?,
            folders: folders?,
            after: after?,
            events: events?,
            since: since?,
            trusted_servers: trusted?,
            poll: poll?,
            listing: listing?,
        })
    }
}

fn folders(table: &mut Table) -> Option<Vec<String>> {
    let folders = table.or("folders", &rule::list(rule::text()), vec!["INBOX".to_owned()])?;
    if folders.is_empty() {
        table.wrong("folders", "names no folder", "at least one folder, as [\"INBOX\"]");
    }
    Some(folders)
}

fn after(table: &mut Table, folders: Option<&[String]>) -> Option<After> {
    let rule = rule::shaped("\"keep\", \"seen\" or \"move:FOLDER\"", r"^(keep|seen|move:.*\S.*)$");
    let text = table.or("after", &rule, "keep".to_owned())?;
    let Some(target) = text.strip_prefix("move:").map(str::trim) else {
        return Some(if text == "seen" { After::Seen } else { After::Keep });
    };
    if folders.unwrap_or_default().iter().any(|folder| folder == target) {
        let what = "moves mail into a folder that is read";
        table.wrong("after", what, "a folder that does not stand in folders");
    }
    Some(After::Move(target.to_owned()))
}

fn imap_source(
    table: &mut Table,
    sources: &Sources,
    name: &str,
    limits: Option<Limits>,
) -> Option<Source> {
    let connection = Connection::read(table, sources, &PORTS)?;
    // Where the provider can reach the operator: the account itself, when its name is an address.
    let own = Email::parse(&connection.user).map(|email| email.as_str().to_owned());
    let identity = Identity { support_email: own.unwrap_or_default(), ..Identity::default() };
    Some(Source::Imap(Box::new(ImapOptions {
        mailbox: name.to_owned(),
        host: connection.host,
        port: connection.port,
        security: match connection.encryption {
            Encryption::Tls => Security::Tls,
            Encryption::Starttls => Security::StartTls,
            Encryption::None => Security::None,
        },
        extra_ca: connection.ca_file,
        user: connection.user,
        password: connection.password,
        identity,
        limits: limits?,
    })))
}

fn maildir_source(
    table: &mut Table,
    sources: &Sources,
    name: &str,
    largest: Option<u64>,
) -> Option<Source> {
    let path = sources.beside(&table.required("path", &rule::path())?);
    if !path.join("new").is_dir() || !path.join("cur").is_dir() {
        let what = format!("{} is no Maildir", path.display());
        table.wrong("path", &what, "a folder that holds cur, new and tmp");
    }
    Some(Source::Maildir(MaildirOptions { mailbox: name.to_owned(), path, largest: largest? }))
}

/// By default the earliest announcement of the mailbox's events.
fn since(table: &mut Table, days: Option<&[Day]>, events: Option<&[String]>) -> Option<Timestamp> {
    let own = |day: &&Day| events.is_some_and(|events| events.contains(&day.event.id));
    let announced = || days?.iter().filter(own).map(|day| day.event.announced).min();
    let Some(written) = table.optional("since", &rule::moment()) else { return announced() };
    in_zone(written, &days?.first()?.event.zone)
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
