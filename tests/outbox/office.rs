//! A store with letters to send, and an outbox to send them.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use baoming::clock::{Clock, Dice};
use baoming::mailbox::SentFolder;
use baoming::outbox::smtp::{Limits, Login, Server, Tls};
use baoming::outbox::{Options, Outbox, Pace, Postman};
use baoming::reply::{Letter, Stationery};
use baoming::roster::{Cause, Outcome, Owed, Verdict};
use baoming::store::{self, Decided, Key, LetterFilter, LetterRow, NewLetter, Said, Source, Store};
use jiff::Timestamp;
use tempfile::TempDir;

use crate::desk::{at, email, event, item, office};

/// The templates, read once.
static STATIONERY: LazyLock<Arc<Stationery>> =
    LazyLock::new(|| Arc::new(Stationery::load(None).unwrap()));

/// The moment at which every story begins.
pub(crate) fn opening() -> Timestamp {
    at("2021-09-13T08:30:00+08:00")
}

/// An office with a store of its own.
pub(crate) struct Office {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) folder: TempDir,
    patience: Duration,
}

impl Office {
    pub(crate) async fn open() -> Self {
        Self::waiting_for(Duration::from_secs(20)).await
    }

    /// One whose database may be locked for so long.
    pub(crate) async fn waiting_for(patience: Duration) -> Self {
        let folder = TempDir::new().unwrap();
        let clock = Clock::standing_at(opening());
        let store = open_store(&folder, &clock, patience).await;
        Self { store, clock, folder, patience }
    }

    /// The same office after a restart.
    pub(crate) async fn restarted(self) -> Self {
        self.store.close().await;
        let store = open_store(&self.folder, &self.clock, self.patience).await;
        Self { store, ..self }
    }

    pub(crate) fn outbox(&self, postman: Postman) -> Outbox {
        self.paced(postman, Pace::unlimited())
    }

    pub(crate) fn paced(&self, postman: Postman, pace: Pace) -> Outbox {
        self.timed(self.clock.clone(), postman, pace)
    }

    pub(crate) fn timed(&self, clock: Clock, postman: Postman, pace: Pace) -> Outbox {
        let options = Options { pace, ..options(postman) };
        Outbox::new(self.store.clone(), clock, options)
    }

    /// An outbox whose provider keeps copies of what it sent.
    pub(crate) fn looking(&self, postman: Postman, sent: SentFolder) -> Outbox {
        let options = Options { sent: Some(sent), ..options(postman) };
        Outbox::new(self.store.clone(), self.clock.clone(), options)
    }

    /// Keeps confirmations for these recipients, one a decision.
    pub(crate) async fn owes(&self, recipients: &[&str]) {
        let letters = recipients.iter().zip(1_u32..).map(|(to, n)| {
            let items = vec![item(&event().number(n), "马希文", Outcome::Confirmed)];
            let owed = Owed {
                cause: Cause::Message(format!("M{n}")),
                to: email(to),
                items,
                not_before: None,
            };
            kept(&Letter::new(&office(), "xiji-open-day", owed, opening()))
        });
        self.keeps(letters.collect()).await;
    }

    /// Keeps these letters.
    pub(crate) async fn keeps(&self, letters: Vec<NewLetter>) {
        let decided = Decided {
            source: Source::Clock,
            verdict: Verdict::default(),
            letters,
            at: opening(),
            settings: "s".to_owned(),
            by: "baoming".to_owned(),
        };
        let mut work = self.store.work().await.unwrap();
        work.event(&event()).await.unwrap();
        work.record(&event(), &[decided]).await.unwrap();
        work.commit().await.unwrap();
    }

    /// All letters, the oldest first.
    pub(crate) async fn letters(&self) -> Vec<LetterRow> {
        let mut all = self.store.letters(&LetterFilter::default()).await.unwrap();
        all.sort_by_key(|letter| letter.number);
        all
    }

    /// States of all letters, the oldest first.
    pub(crate) async fn states(&self) -> Vec<&'static str> {
        self.letters().await.iter().map(|letter| letter.state.word()).collect()
    }

    /// What the provider answered, or why a letter was not sent, the oldest first.
    pub(crate) async fn outcomes(&self) -> Vec<String> {
        let letters = self.letters().await;
        letters.into_iter().map(|letter| letter.outcome.unwrap_or_default()).collect()
    }

    pub(crate) fn wait(&self, minutes: i64) {
        self.clock.set(self.clock.now() + jiff::SignedDuration::from_mins(minutes));
    }
}

fn options(postman: Postman) -> Options {
    Options {
        postman,
        pace: Pace::unlimited(),
        office: office(),
        sent: None,
        stationery: STATIONERY.clone(),
        events: BTreeMap::from([(event().id, event())]),
    }
}

async fn open_store(folder: &TempDir, clock: &Clock, patience: Duration) -> Store {
    let options = store::Options {
        url: format!("sqlite:{}", folder.path().join("baoming.db").display()),
        key: Key::from_credential(&[7; 32]).unwrap(),
        create: true,
        patience,
    };
    Store::open(options, clock.clone(), Dice::system()).await.unwrap()
}

/// The row of a letter.
pub(crate) fn kept(letter: &Letter) -> NewLetter {
    NewLetter {
        cause: letter.owed.cause.clone(),
        to: letter.owed.to.clone(),
        message_id: letter.message_id.clone(),
        facts: Said::of(letter),
        mail: None,
        due: letter.written,
        numbers: letter.owed.items.iter().filter_map(|item| item.number.clone()).collect(),
    }
}

/// A provider on this machine, without TLS, that is given up after two seconds of silence.
pub(crate) fn server(port: u16) -> Server {
    Server {
        host: "127.0.0.1".to_owned(),
        port,
        tls: Tls::None,
        extra_ca: None,
        login: Some(Login { user: "xjxspj@163.com".to_owned(), password: "code".into() }),
        from: email("xjxspj@163.com"),
        ehlo: "baoming.invalid".to_owned(),
        limits: Limits {
            connect: Duration::from_secs(5),
            command: Duration::from_secs(2),
            text: Duration::from_secs(2),
        },
    }
}

pub(crate) fn smtp(port: u16) -> Postman {
    Postman::Smtp(Box::new(server(port)))
}
