//! The first, second, third … call fails, until a story passes without a fault: calls to the
//! database, on SQLite and on PostgreSQL; to files; to the mailbox and to the provider, in every
//! way that a command can fail. And the process's tasks end there, as in a crash. Afterwards the
//! service works on without help, the promises hold, and the roster is what it would have been.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Instant;

use baoming::clock::Clock;
use baoming::fault::{self, Mishap, Plan};
use baoming::intake::Look;
use baoming::mailbox::{MaildirOptions, Source};
use baoming::outbox::{Postman, Sent};
use baoming::roster::{Channel, OrderKind};
use baoming::store::Store;
use futures::FutureExt as _;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

use crate::bureau::DESK;
use crate::imapd::{self, Account};
use crate::invariants::Invariants;
use crate::kills::{number, seed};
use crate::postgres::Database;
use crate::replayed::told;
use crate::town::{address, name};
use crate::world::{self, Daemon, World};

/// The folders, and where they lie in a Maildir.
static FOLDERS: LazyLock<[(&str, PathBuf); 2]> =
    LazyLock::new(|| [("INBOX", PathBuf::new()), ("Junk", PathBuf::from(".Junk"))]);

/// One plan at a time in a process (nextest gives each test its own, `cargo test` does not).
static ALONE: Mutex<()> = Mutex::const_new(());

/// Until the guard is dropped no other story has a plan.
pub(crate) async fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().await
}

pub(crate) fn opening() -> Timestamp {
    "2021-09-13T01:00:00Z".parse().unwrap()
}

/// A mailbox with a story in it: eight mails, and later two more.
pub(crate) struct Story {
    clock: Clock,
    account: Account,
    sent: Sent,
    /// Mail comes and goes through folders here instead.
    files: Option<TempDir>,
    pub(crate) world: World,
    mails: Cell<usize>,
}

fn mail(n: usize, subject: &str, text: &str) -> Vec<u8> {
    let from = address(n);
    let length = text.len();
    format!(
        "From: {from}\r\nTo: {DESK}\r\nSubject: {subject}\r\nMessage-ID: <{length}.{from}>\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n{}",
        text.replace('\n', "\r\n")
    )
    .into_bytes()
}

fn form(n: usize) -> Vec<u8> {
    let text = format!("姓名：{}\n联系电话：139950{n:05}\n报名类别：企业及群众代表\n", name(n));
    mail(n, "政府开放日报名", &text)
}

impl Story {
    pub(crate) async fn begin(url: Option<&str>, files: bool) -> Self {
        let clock = Clock::standing_at(opening());
        let account = Account::open(&clock).await;
        let sent = Sent::default();
        let files = files.then(|| {
            let dir = tempfile::tempdir().unwrap();
            for part in FOLDERS.iter().flat_map(|at| ["new", "cur", "tmp"].map(|it| at.1.join(it)))
            {
                fs::create_dir_all(dir.path().join("mail").join(part)).unwrap();
            }
            dir
        });
        let (source, postman) = match &files {
            Some(dir) => (
                Source::Maildir(MaildirOptions {
                    mailbox: world::MAILBOX.to_owned(),
                    path: dir.path().join("mail"),
                    largest: 1 << 20,
                }),
                Postman::Folder(dir.path().join("letters")),
            ),
            None => (imapd::source(account.port()), Postman::Memory(sent.clone())),
        };
        let world = few_places(&clock, source, postman, url);
        Self { clock, account, sent, files, world, mails: Cell::new(0) }
    }

    /// A story on SQLite with another way out for letters.
    pub(crate) async fn begin_with(postman: Postman) -> Self {
        let mut story = Self::begin(None, false).await;
        story.world.settings.sending.postman = postman;
        story
    }

    /// What the citizens write at first, in the order of their arrival.
    pub(crate) fn first() -> Vec<(&'static str, Vec<u8>)> {
        let incomplete = mail(3, "政府开放日报名", &format!("姓名：{}\n", name(3)));
        let mut mails = vec![("INBOX", form(1)), ("INBOX", form(2)), ("INBOX", incomplete)];
        mails.extend([4, 5].map(|n| ("INBOX", form(n))));
        mails.push(("INBOX", form(2)));
        mails.push(("Junk", form(6)));
        mails.push(("INBOX", mail(7, "请问", "请问可以坐几路公交车？谢谢。\n")));
        mails
    }

    /// And later: the second one cancels, another one comes.
    fn second() -> Vec<(&'static str, Vec<u8>)> {
        let cancel = format!("我是{}，去不了，取消报名。\n", name(2));
        vec![("INBOX", mail(2, "取消报名", &cancel)), ("INBOX", form(8))]
    }

    fn write(&self, mails: Vec<(&'static str, Vec<u8>)>) {
        // A folder that cannot be read keeps no other waiting: the order would be another one.
        let wanted = |folder: &str| self.files.is_none() || folder == "INBOX";
        for (folder, raw) in mails.into_iter().filter(|mail| wanted(mail.0)) {
            self.mails.set(self.mails.get() + 1);
            match &self.files {
                Some(dir) => {
                    let at = &FOLDERS.iter().find(|at| at.0 == folder).unwrap().1;
                    let name =
                        format!("{}.M{}P1.nth", self.clock.now().as_second(), self.mails.get());
                    fs::write(dir.path().join("mail").join(at).join("new").join(name), raw)
                        .unwrap();
                }
                None => drop(self.account.deliver(folder, raw, SignedDuration::ZERO)),
            }
            self.pass(SignedDuration::from_secs(1));
        }
    }

    fn pass(&self, time: SignedDuration) {
        self.clock.set(self.clock.now() + time);
    }

    /// The story with a plan in force. Whatever fails is left as it is, as the service leaves it;
    /// a crash is followed by a restart. Gives back how often the plan's place was passed.
    pub(crate) async fn tell(&self, plan: Option<Plan>) -> u64 {
        fault::plan(plan);
        let mut daemon = None;
        self.write(Self::first());
        self.round(&mut daemon).await;
        self.pass(SignedDuration::from_hours(1));
        self.write(Self::second());
        self.round(&mut daemon).await;
        // The third one never answers: its place goes to the next. And the day's digest is due.
        self.pass(SignedDuration::from_hours(49));
        self.round(&mut daemon).await;
        if let Some(daemon) = &daemon {
            let add = OrderKind::Add {
                channel: Channel::Phone,
                person: [
                    ("name".to_owned(), field("赵春生")),
                    ("phone".to_owned(), field("13995099999")),
                ]
                .into(),
                email: None,
                away: false,
            };
            // What an order's failure means is told to the clerk, who gives it again.
            let _ = std::panic::AssertUnwindSafe(daemon.intake.order("office", None, add))
                .catch_unwind()
                .await;
        }
        let passed = fault::plan(None);
        // Nobody helps: time goes by, with a restart at its beginning.
        drop(daemon.take());
        for minutes in [1, 20, 31, 31] {
            self.pass(SignedDuration::from_mins(minutes));
            self.round(&mut daemon).await;
        }
        if let Some(daemon) = daemon {
            daemon.store.close().await;
        }
        passed
    }

    /// One round of a daemon, which is started when there is none; a crash leaves none.
    async fn round(&self, daemon: &mut Option<Daemon>) {
        let round = async {
            let mut at_work = match daemon.take() {
                Some(at_work) => at_work,
                None => self.world.open().await.ok()?,
            };
            at_work.round(Look::All).await;
            Some(at_work)
        };
        *daemon = std::panic::AssertUnwindSafe(round).catch_unwind().await.unwrap_or(None);
    }

    /// What is wrong with how it ended.
    pub(crate) async fn broken(&self) -> Vec<String> {
        self.broken_with(&self.letters()).await
    }

    /// The letters that left.
    pub(crate) fn letters(&self) -> Vec<Vec<u8>> {
        let mut mails: Vec<_> = self.sent.all().into_iter().map(|letter| letter.mail).collect();
        if let Some(dir) = &self.files {
            for file in fs::read_dir(dir.path().join("letters")).unwrap() {
                let path = file.unwrap().path();
                if !path.file_name().unwrap().to_string_lossy().starts_with('.') {
                    mails.push(fs::read(path).unwrap());
                }
            }
        }
        mails
    }

    /// How many letters are uncertain.
    pub(crate) async fn uncertain(&self) -> i64 {
        let mut invariants = Invariants::open(&self.world.url).await;
        let uncertain = "select count(*) from letter where state = 'uncertain'";
        let uncertain = invariants.number(uncertain).await;
        invariants.close().await;
        uncertain
    }

    /// What is wrong, when these are the letters that left.
    pub(crate) async fn broken_with(&self, mails: &[Vec<u8>]) -> Vec<String> {
        let store = self.world.store().await.unwrap();
        let mut invariants = Invariants::open(&self.world.url).await;
        let mut broken = invariants.broken_at_rest(&store).await;
        if invariants.number("select count(*) from ledger").await
            != i64::try_from(self.mails.get()).unwrap()
        {
            broken.push("I1: not every message is in the ledger once".to_owned());
        }
        let held = by_recipient(mails);
        broken.extend(Invariants::letters(&store, &held).await);
        let aside = invariants.number("select count(*) from ledger where state = 'quarantined'");
        if aside.await > 0 {
            broken.push("an innocent message is in quarantine".to_owned());
        }
        invariants.close().await;
        store.close().await;
        broken
    }

    /// The roster without what depends on the moment of a decision.
    async fn roster(&self) -> Vec<String> {
        let store = self.world.store().await.unwrap();
        let roster = roster_of(&store).await;
        store.close().await;
        roster
    }
}

/// A roster without what depends on the moment of a decision or on a clerk's second try.
pub(crate) async fn roster_of(store: &Store) -> Vec<String> {
    let told = told(store).await;
    told.iter().filter(|line| !line.contains("赵春生")).map(|line| undated(line)).collect()
}

/// A world with three places for representatives.
pub(crate) fn few_places(
    clock: &Clock,
    source: Source,
    postman: Postman,
    url: Option<&str>,
) -> World {
    World::new(clock, source, postman, url, 7, &|event| {
        event.replacen("quota = 17", "quota = 3", 1)
    })
}

/// The Message-IDs of letters by address.
pub(crate) fn by_recipient(mails: &[Vec<u8>]) -> BTreeMap<String, Vec<String>> {
    let mut held = BTreeMap::<String, Vec<String>>::new();
    for mail in mails {
        let parsed = mail_parser::MessageParser::default().parse(mail).unwrap();
        let id = parsed.message_id().unwrap().to_owned();
        let to = parsed.to().unwrap().first().unwrap().address().unwrap().to_owned();
        held.entry(to).or_default().push(id);
    }
    held
}

/// `hold_until` is counted from the decision.
fn undated(line: &str) -> String {
    let Some((before, rest)) = line.split_once("Some(2021-09-1") else { return line.to_owned() };
    format!("{before}{}", rest.split_once(')').map_or("", |(_, after)| after))
}

fn field(value: &str) -> baoming::reading::Field {
    let evidence = baoming::reading::Evidence::default();
    baoming::reading::Field { value: value.to_owned(), evidence }
}

/// A database of its own for each story.
async fn fresh(postgres: bool) -> Option<Option<Database>> {
    if postgres { Database::create().await.map(Some) } else { Some(None) }
}

/// Lets the N-th call fail, N = 1, 2, 3 … until none does. On PostgreSQL, where each story needs a
/// database of its own, `BAOMING_EVERY` (otherwise 6) is the step from a random beginning.
async fn every(place: &str, mishap: Mishap, postgres: bool) {
    let _alone = alone().await;
    let begun = Instant::now();
    let Some(database) = fresh(postgres).await else { return };
    let calm = Story::begin(database.as_ref().map(Database::url), place == "file").await;
    calm.tell(None).await;
    let (expected, broken) = (calm.roster().await, calm.broken().await);
    assert!(broken.is_empty() && expected.len() >= 6, "{broken:#?}\n{expected:#?}");
    let step = if postgres { number("BAOMING_EVERY").unwrap_or(6) } else { 1 };
    let mut nth = seed() % step + 1;
    println!("{place} {mishap:?}: from {nth} in steps of {step}");
    let mut faults = 0;
    loop {
        let database = fresh(postgres).await.unwrap();
        let story = Story::begin(database.as_ref().map(Database::url), place == "file").await;
        let plan = Plan { place: place.to_owned(), nth, mishap };
        let passed = story.tell(Some(plan)).await;
        if passed < nth {
            break;
        }
        let broken = story.broken().await;
        assert!(broken.is_empty(), "{place} {mishap:?} {nth}: {broken:#?}");
        assert_eq!(story.roster().await, expected, "{place} {mishap:?} {nth}");
        faults += 1;
        nth += step;
    }
    let what = if postgres { "PostgreSQL" } else { "SQLite" };
    println!("{what}: {faults} times {mishap:?} at {place}, {:.0?}", begun.elapsed());
}

#[tokio::test]
async fn the_nth_call_to_sqlite_fails() {
    every("database", Mishap::Fails, false).await;
}

#[tokio::test]
async fn the_nth_call_to_postgresql_fails() {
    every("database", Mishap::Fails, true).await;
}

#[tokio::test]
async fn a_crash_at_the_nth_call_and_commit_on_sqlite() {
    every("any", Mishap::Unwinds, false).await;
}

#[tokio::test]
async fn a_crash_at_the_nth_call_and_commit_on_postgresql() {
    every("any", Mishap::Unwinds, true).await;
}

#[tokio::test]
async fn the_nth_call_to_a_file_fails() {
    every("file", Mishap::Fails, false).await;
}
