//! An open store with what a test needs around it, and mail, people and decisions to put in.

use std::future::Future;
use std::time::Duration;

use baoming::clock::{Clock, Dice};
use baoming::mailbox::{Arrival, MessageKey};
use baoming::message::Email;
use baoming::reading::{Evidence, Field, Kind, field};
use baoming::roster::{
    Action, Category, Cause, Channel, Event, OrderKey, Registration, Rules, Status, Step, Verdict,
};
use baoming::store::{
    Decided, Facts, Key, LedgerState, MessageFate, NewLetter, Options, Said, Source, Store,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tempfile::TempDir;

use crate::postgres::Database;

/// Tells a story to a store on SQLite and to one on PostgreSQL.
macro_rules! on_both {
    ($(#[$note:meta])* async fn $name:ident($desk:ident) $body:block) => {
        $(#[$note])*
        mod $name {
            use super::*;

            async fn tell($desk: &crate::desk::Desk) $body

            #[test]
            fn on_sqlite() {
                crate::desk::run(async { tell(&crate::desk::Desk::on_sqlite().await).await });
            }

            #[test]
            fn on_postgres() {
                crate::desk::run(async {
                    if let Some(desk) = crate::desk::Desk::on_postgres().await {
                        tell(&desk).await;
                    }
                });
            }
        }
    };
}
pub(crate) use on_both;

/// Runs a story to its end.
pub(crate) fn run(story: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(story);
}

/// An open store, its address, its clock and its folder.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) url: String,
    pub(crate) folder: TempDir,
    _database: Option<Database>,
}

/// The moment at which every story begins: registration opens.
pub(crate) fn opening() -> Timestamp {
    at("2021-09-13T00:30:00Z")
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn minutes_after_opening(minutes: i64) -> Timestamp {
    opening() + jiff::SignedDuration::from_mins(minutes)
}

pub(crate) fn key() -> Key {
    Key::from_credential(&[7; 32]).unwrap()
}

pub(crate) fn options(url: &str) -> Options {
    Options { url: url.into(), key: key(), create: true, patience: Duration::from_secs(10) }
}

impl Desk {
    pub(crate) async fn on_sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite:{}", folder.path().join("baoming.db").display());
        Self::open(url, folder, None).await
    }

    pub(crate) async fn on_postgres() -> Option<Self> {
        let database = Database::create().await?;
        Some(Self::open(database.url().into(), TempDir::new().unwrap(), Some(database)).await)
    }

    async fn open(url: String, folder: TempDir, database: Option<Database>) -> Self {
        let clock = Clock::standing_at(opening());
        let store = Store::open(options(&url), clock.clone(), Dice::system()).await.unwrap();
        Self { store, clock, url, folder, _database: database }
    }

    /// Another process on the same database.
    pub(crate) async fn another(&self) -> Store {
        Store::open(options(&self.url), self.clock.clone(), Dice::system()).await.unwrap()
    }

    /// Takes messages in and gives back their ids in order of arrival.
    pub(crate) async fn take_in(&self, arrivals: &[Arrival]) -> Vec<String> {
        let received = self.store.receive(arrivals, at("2021-09-08T00:00:00Z")).await.unwrap();
        assert_eq!(usize::try_from(received.new).unwrap(), arrivals.len());
        self.store.undecided(100_000).await.unwrap().into_iter().map(|one| one.id).collect()
    }
}

/// A message with this UID in the bureau's inbox, `minutes` after the opening.
pub(crate) fn arrival(uid: u64, minutes: i64, raw: &str) -> Arrival {
    Arrival {
        key: MessageKey { mailbox: "bureau".into(), folder: "INBOX".into(), uidvalidity: 1, uid },
        arrived: minutes_after_opening(minutes),
        raw: raw.as_bytes().to_vec(),
        cut_from: None,
    }
}

pub(crate) fn event(places: u32) -> Event {
    Event {
        id: "xiji-open-day".into(),
        name: "政府开放日".into(),
        host: "西吉县审批服务管理局".into(),
        theme: String::new(),
        prefix: "XJ21".into(),
        announced: at("2021-09-08T00:00:00+08:00"),
        opens: opening(),
        closes: at("2021-09-24T17:30:00+08:00"),
        takes_place: at("2021-09-28T09:00:00+08:00"),
        lasts: Duration::from_hours(3),
        place: "西吉县政务服务大厅".into(),
        contact: "综合办公室".into(),
        telephone: "0954-3018118".into(),
        pledge: String::new(),
        keywords: Vec::new(),
        categories: vec![
            Category {
                id: "supervisor".into(),
                name: "政务公开义务监督员".into(),
                quota: 8,
                words: Vec::new(),
                allow: None,
            },
            Category {
                id: "representative".into(),
                name: "企业及群众代表".into(),
                quota: places,
                words: Vec::new(),
                allow: None,
            },
        ],
        default_category: Some("representative".into()),
        required: vec!["name".into(), "phone".into()],
        field_names: std::collections::BTreeMap::new(),
        rules: Rules::default(),
        zone: TimeZone::UTC,
        life: baoming::roster::Life::default(),
    }
}

/// Somebody called 公民N, with a telephone and an address of their own.
pub(crate) fn registration(n: u32, status: Status) -> Registration {
    let value = |value: String| Field { value, evidence: Evidence::default() };
    Registration {
        id: format!("R{n:05}"),
        event: "xiji-open-day".into(),
        number: format!("XJ21-{n:03}"),
        serial: n,
        status,
        category: Some("representative".into()),
        also: None,
        seat: false,
        place_of: None,
        together: std::collections::BTreeSet::new(),
        asked: 0,
        key: order_key(n),
        person: [
            (field::NAME.to_owned(), value(format!("公民{n}"))),
            (field::PHONE.to_owned(), value(format!("139{n:08}"))),
        ]
        .into(),
        email: Some(citizen(n)),
        channel: Channel::Email,
        hold_until: None,
        reason: "first-in-line".into(),
        attended: None,
        message: None,
        created: opening(),
        changed: opening(),
    }
}

pub(crate) fn order_key(n: u32) -> OrderKey {
    OrderKey {
        arrived: minutes_after_opening(i64::from(n)),
        mailbox: "bureau".into(),
        folder: "INBOX".into(),
        uidvalidity: 1,
        uid: u64::from(n),
        place: 0,
    }
}

pub(crate) fn citizen(n: u32) -> Email {
    Email::parse(&format!("citizen{n}@example.com")).unwrap()
}

/// Registers these people as they stand, in one decision of a deadline.
pub(crate) fn standing(people: &[Registration]) -> Decided {
    let step = |after: &Registration| Step {
        action: Action::Registered,
        after: after.clone(),
        why: "first-in-line",
    };
    Decided {
        source: Source::Clock,
        verdict: Verdict { steps: people.iter().map(step).collect(), ..Verdict::default() },
        letters: Vec::new(),
        at: opening(),
        settings: "s".into(),
        by: "baoming".into(),
    }
}

/// A decision about a message without any consequence for the roster.
pub(crate) fn decided(id: &str, state: LedgerState) -> Decided {
    let fate = MessageFate {
        came_back: None,
        id: id.into(),
        state,
        original: None,
        kind: Some(Kind::Registration),
        message_id: Some(format!("{id}@example.com")),
        sender: Some(citizen(1)),
        fingerprint: [1; 32],
        facts: Facts { subject: "报名".into(), ..Facts::default() },
        after: false,
    };
    Decided { source: Source::Message(Box::new(fate)), ..standing(&[]) }
}

pub(crate) fn letter(cause: Cause, n: u32) -> NewLetter {
    NewLetter {
        cause,
        to: citizen(n),
        message_id: format!("letter-{n}@baoming.example"),
        facts: Said::of(&serde_json::json!({ "name": format!("公民{n}") })),
        mail: None,
        due: opening(),
        numbers: vec![format!("XJ21-{n:03}")],
    }
}

/// Records decisions in a work of their own.
pub(crate) async fn record(desk: &Desk, event: &Event, decided: &[Decided]) {
    let mut work = desk.store.work().await.unwrap();
    work.event(event).await.unwrap();
    work.record(event, decided).await.unwrap();
    work.commit().await.unwrap();
}
