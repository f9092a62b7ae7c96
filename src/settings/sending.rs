//! `[sending]`: how letters leave.

use std::path::PathBuf;
use std::time::Duration;

use crate::message::Email;

use super::connection::{Connection, Ports};
use super::rule;
use super::sources::Sources;
use super::table::Table;

const PORTS: Ports = Ports { tls: 465, plain: 587 };

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
    /// Limits.
    pub pace: Pace,
}

/// Who carries letters.
#[derive(Clone, Debug)]
pub enum Postman {
    /// An SMTP server with a login.
    Smtp {
        /// The server and the account.
        connection: Connection,
        /// The folder in which the server keeps copies of what was sent, if it does: an uncertain
        /// send is looked up there.
        sent_folder: Option<String>,
    },
    /// A folder that receives `.eml` files.
    Folder(PathBuf),
}

/// How fast letters may leave, and how many. The defaults stay below what 163.com was seen to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The shortest time between two letters.
    pub gap: Duration,
    /// Letters in one SMTP session, then a new one.
    pub per_session: u32,
    /// Letters in any 15 minutes.
    pub per_quarter: u32,
    /// Letters in any 24 hours.
    pub per_day: u32,
    /// Letters to one address in any 24 hours: the brake against a loop of two machines.
    pub per_address: u32,
}

impl Sending {
    pub(super) fn read(mut table: Table, sources: &Sources) -> Option<Self> {
        let table = &mut table;
        if !table.present {
            table.wrong("host", "is missing", "[sending] with host, user, password and from");
        }
        let kinds = &[("smtp", false), ("folder", true)];
        let postman = match table.or("kind", &rule::one_of(kinds), false) {
            Some(true) => folder(table, sources),
            Some(false) => smtp(table, sources),
            None => {
                table.abandon();
                None
            }
        };
        let from = table.required("from", &rule::email());
        let from_name = table.required("from_name", &rule::text());
        let reply_to = table.optional("reply_to", &rule::email());
        let pace = Pace::read(table);
        if let (Some(Postman::Smtp { connection, .. }), Some(from)) = (&postman, &from)
            && Email::parse(&connection.user).is_some_and(|user| user != *from)
        {
            let what = "differs from user, which providers refuse (163.com: 553)";
            table.wrong("from", what, "the address of user; another one for answers: reply_to");
        }
        Some(Self { postman: postman?, from: from?, from_name: from_name?, reply_to, pace: pace? })
    }
}

fn folder(table: &mut Table, sources: &Sources) -> Option<Postman> {
    let path = table.required("path", &rule::path())?;
    Some(Postman::Folder(sources.beside(&path)))
}

fn smtp(table: &mut Table, sources: &Sources) -> Option<Postman> {
    let connection = Connection::read(table, sources, &PORTS);
    let sent_folder = table.optional("sent_folder", &rule::text());
    Some(Postman::Smtp { connection: connection?, sent_folder })
}

impl Pace {
    fn read(table: &mut Table) -> Option<Self> {
        let gap = table.or("gap", &rule::duration("0s", "1h"), Duration::from_secs(10));
        let per_session = table.or("per_session", &rule::whole(1..=1000), 5);
        let per_quarter = table.or("per_quarter", &rule::whole(1..=100_000), 5);
        let per_day = table.or("per_day", &rule::whole(1..=1_000_000), 40);
        let per_address = table.or("per_address", &rule::whole(1..=1000), 6);
        let pace = Self {
            gap: gap?,
            per_session: per_session?,
            per_quarter: per_quarter?,
            per_day: per_day?,
            per_address: per_address?,
        };
        if pace.per_day < pace.per_quarter {
            table.wrong("per_day", "is smaller than per_quarter", "at least per_quarter");
        }
        if pace.per_day < pace.per_address {
            table.wrong("per_day", "is smaller than per_address", "at least per_address");
        }
        Some(pace)
    }
}
