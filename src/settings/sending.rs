//! `[sending]`: how letters leave.

use super::connection::{Connection, Encryption, Ports};
use super::mailbox::Mailbox;
use super::rule;
use super::sources::Sources;
use super::table::Table;
use crate::mailbox::{SentFolder, Source};
use crate::message::Email;
use crate::outbox::smtp::{Limits, Login, Server, Tls};
use crate::outbox::{Pace, Postman};

const PORTS: Ports = Ports { tls: 465, plain: 587 };

/// The name in EHLO: it tells nothing about the bureau's network.
const EHLO: &str = "baoming.localdomain";

/// How letters leave, and how fast.
#[derive(Clone, Debug)]
pub struct Sending {
    /// Who carries them.
    pub postman: Postman,
    /// The address that they come from.
    pub from: Email,
    /// The name beside it.
    pub from_name: String,
    /// Where answers shall go, if not to `from`.
    pub reply_to: Option<Email>,
    /// Limits that keep the provider content.
    pub pace: Pace,
    /// Letters to one address in any 24 hours: the brake against a loop of two machines.
    pub per_address: u32,
    /// Where the provider keeps copies of what it sent, if it does.
    pub sent: Option<SentFolder>,
}

#[derive(Clone, Copy)]
enum Kind {
    Smtp,
    Folder,
}

impl Sending {
    /// `mailboxes` is `None` when one of them is wrong: then it cannot be told whether the account
    /// is among them.
    pub(super) fn read(
        mut table: Table,
        sources: &Sources,
        mailboxes: Option<&[Mailbox]>,
    ) -> Option<Self> {
        let table = &mut table;
        if !table.present {
            table.wrong("host", "is missing", "[sending] with host, user, password and from");
        }
        let kinds = &[("smtp", Kind::Smtp), ("folder", Kind::Folder)];
        let kind = table.or("kind", &rule::one_of(kinds), Kind::Smtp);
        if kind.is_none() {
            table.abandon();
        }
        let from = table.required("from", &rule::email());
        let from_name = table.required("from_name", &rule::text());
        let reply_to = table.optional("reply_to", &rule::email());
        let pace = pace(table);
        let per_address = table.or("per_address", &rule::whole(1..=1000), 6);
        if let (Some(pace), Some(per_address)) = (pace, per_address)
            && pace.per_day < per_address
        {
            table.wrong("per_day", "is smaller than per_address", "at least per_address");
        }
        let (postman, sent) = match kind? {
            Kind::Smtp => {
                let folder = table.optional("sent_folder", &rule::text());
                let postman = smtp(table, sources, from.as_ref());
                let sent = folder.zip(mailboxes).and_then(|(folder, mailboxes)| {
                    sent_folder(table, folder, postman.as_ref(), mailboxes)
                });
                (postman, sent)
            }
            Kind::Folder => (folder(table, sources), None),
        };
        Some(Self {
            postman: postman?,
            from: from?,
            from_name: from_name?,
            reply_to,
            pace: pace?,
            per_address: per_address?,
            sent,
        })
    }
}

fn smtp(table: &mut Table, sources: &Sources, from: Option<&Email>) -> Option<Postman> {
    let connection = Connection::read(table, sources, &PORTS)?;
    let from = from?;
    if Email::parse(&connection.user).is_some_and(|user| user != *from) {
        let what = "differs from user, which providers refuse (163.com: 553)";
        table.wrong("from", what, "the address of user; another one for answers: reply_to");
    }
    Some(Postman::Smtp(Box::new(Server {
        host: connection.host,
        port: connection.port,
        tls: match connection.encryption {
            Encryption::Tls => Tls::Implicit,
            Encryption::Starttls => Tls::StartTls,
            Encryption::None => Tls::None,
        },
        extra_ca: connection.ca_file,
        login: Some(Login { user: connection.user, password: connection.password }),
        from: from.clone(),
        ehlo: EHLO.to_owned(),
        limits: Limits::default(),
    })))
}

/// The folder of the account that sends, which must be one whose mail is read.
fn sent_folder(
    table: &mut Table,
    folder: String,
    postman: Option<&Postman>,
    mailboxes: &[Mailbox],
) -> Option<SentFolder> {
    let Some(Postman::Smtp(server)) = postman else { return None };
    let user = server.login.as_ref().map(|login| login.user.as_str());
    let account = mailboxes.iter().find_map(|mailbox| match &mailbox.source {
        Source::Imap(account) if Some(account.user.as_str()) == user => Some((mailbox, account)),
        _ => None,
    });
    let Some((mailbox, account)) = account else {
        let allowed = "no such key, unless a [mailbox.NAME] of kind \"imap\" has the same user";
        table.wrong("sent_folder", "belongs to no mailbox that is read", allowed);
        return None;
    };
    if mailbox.folders.contains(&folder) {
        let what = "is a folder whose mail is read";
        table.wrong("sent_folder", what, "the folder of sent mail, as \"已发送\"");
    }
    Some(SentFolder { account: account.as_ref().clone(), folder })
}

fn folder(table: &mut Table, sources: &Sources) -> Option<Postman> {
    let path = sources.beside(&table.required("path", &rule::path())?);
    if !path.is_dir() {
        let what = format!("there is no folder {}", path.display());
        table.wrong("path", &what, "a folder that the service may write into");
    }
    Some(Postman::Folder(path))
}

fn pace(table: &mut Table) -> Option<Pace> {
    let usual = Pace::default();
    let gap = table.or("gap", &rule::duration("0s", "1h"), usual.gap);
    let per_session = table.or("per_session", &rule::whole(1..=1000), usual.per_session);
    let per_quarter = table.or("per_quarter", &rule::whole(1..=100_000), usual.per_quarter);
    let per_day = table.or("per_day", &rule::whole(1..=1_000_000), usual.per_day);
    let pace =
        Pace { gap: gap?, per_session: per_session?, per_quarter: per_quarter?, per_day: per_day? };
    if pace.per_day < pace.per_quarter {
        table.wrong("per_day", "is smaller than per_quarter", "at least per_quarter");
    }
    Some(pace)
}
