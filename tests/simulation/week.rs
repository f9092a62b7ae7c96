//! One seeded week: what happens, and whether everything is as the model says.

use std::collections::{BTreeMap, BTreeSet};

use baoming::clock::{Clock, Dice};
use baoming::fault::{self, Mishap, Plan};
use baoming::intake::Look;
use baoming::outbox::{Postman, Sent};
use baoming::roster::{self, Cause, Channel, OrderKind, Person};
use baoming::store::{LetterFilter, RegistrationFilter, Store};
use futures::FutureExt as _;
use jiff::SignedDuration;

use crate::bureau::STAFF;
use crate::citizens::{self, Wish, name, phone};
use crate::imapd::{self, Account};
use crate::invariants::Invariants;
use crate::model::{Model, Status};
use crate::world::{Daemon, World};

/// Moments of a week at which something happens.
const STEPS: u64 = 7;
/// The longest time between two of them, in minutes: on the average a week has four days.
const PAUSE: u64 = 1_600;
/// Supervisors and representatives.
const QUOTAS: [usize; 2] = [2, 4];
/// Who clerks enter by telephone.
const BY_PHONE: usize = 500;

/// What happened, in numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums(BTreeMap<&'static str, u64>);

impl Sums {
    fn count(&mut self, what: &'static str, n: u64) {
        *self.0.entry(what).or_default() += n;
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (what, n) in &other.0 {
            self.count(what, *n);
        }
    }

    pub(crate) fn sums(&self) {
        let text: Vec<_> = self.0.iter().map(|(what, n)| format!("{n} {what}")).collect();
        println!("{}", text.join(", "));
    }
}

/// A week that is being played.
pub(crate) struct Week {
    seed: u64,
    /// Both daemons work at the same time.
    together: bool,
    dice: Dice,
    account: Account,
    sent: Sent,
    world: World,
    daemons: Vec<Option<Daemon>>,
    store: Store,
    model: Model,
    /// Decisions that the model has heard of.
    heard: u64,
    /// The Message-IDs of decided mails.
    known: BTreeSet<String>,
    /// What each day's digest must say.
    digests: BTreeMap<String, [String; 2]>,
    citizens: Vec<Citizen>,
    mails: usize,
    last: Vec<u8>,
    clerks: usize,
    sums: Sums,
}

impl Drop for Week {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("the week that failed: BAOMING_SEED={}", self.seed);
        }
    }
}

/// How a citizen began, and whether they have said everything.
#[derive(Clone, Copy)]
struct Citizen {
    first: Wish,
    silent: bool,
}

impl Week {
    /// A week on SQLite, or with two daemons that work at the same time on PostgreSQL.
    pub(crate) async fn begin(seed: u64, postgres: Option<&str>) -> Self {
        let opening = "2021-09-13T00:30:00Z".parse().unwrap();
        let (truth, clock) = (Clock::standing_at(opening), Clock::standing_at(opening));
        let account = Account::open(&truth).await;
        account.service_clock(&clock, SignedDuration::ZERO);
        let sent = Sent::default();
        let (source, postman) = (imapd::source(account.port()), Postman::Memory(sent.clone()));
        let world = World::new(&clock, source, postman, postgres, seed, &|event| {
            let event = event.replacen("quota = 8", &format!("quota = {}", QUOTAS[0]), 1);
            event.replacen("quota = 17", &format!("quota = {}", QUOTAS[1]), 1)
        });
        let dice = Dice::seeded(seed);
        let daemons = if dice.below(3) == 0 || postgres.is_some() { 2 } else { 1 };
        let store = world.store().await.unwrap();
        let closes = world.settings.days[0].event.closes;
        Self {
            seed,
            together: postgres.is_some(),
            dice,
            account,
            sent,
            world,
            daemons: std::iter::repeat_with(|| None).take(daemons).collect(),
            store,
            model: Model::new(QUOTAS, closes),
            heard: 0,
            known: BTreeSet::new(),
            digests: BTreeMap::new(),
            citizens: Vec::new(),
            mails: 0,
            last: Vec::new(),
            clerks: 0,
            sums: Sums::default(),
        }
    }

    fn below(&self, bound: usize) -> usize {
        usize::try_from(self.dice.below(u64::try_from(bound).unwrap())).unwrap()
    }

    fn minutes(&self, bound: u64) -> SignedDuration {
        SignedDuration::from_mins(i64::try_from(self.dice.below(bound)).unwrap())
    }

    /// Plays the week to its end and looks at everything.
    pub(crate) async fn play(mut self) -> Sums {
        for _ in 0..STEPS {
            self.account.pass(self.minutes(PAUSE) + SignedDuration::from_secs(1));
            for _ in 0..self.below(4) {
                self.write();
            }
            if self.below(8) == 0 {
                self.order().await;
            }
            self.trouble();
            Box::pin(self.rounds()).await;
            self.hear().await;
        }
        self.account.fuse(None);
        self.account.slow(SignedDuration::ZERO);
        self.account.service_clock(&self.world.clock.clone(), SignedDuration::ZERO);
        // Also what is shown three hours late, and dead claims, come to their end.
        for _ in 0..3 {
            self.account.pass(SignedDuration::from_mins(70));
            for which in 0..self.daemons.len() {
                Box::pin(self.round(which, Look::All)).await;
                self.hear().await;
            }
        }
        let broken = self.broken().await;
        assert!(broken.is_empty(), "BAOMING_SEED={}: {broken:#?}", self.seed);
        self.store.close().await;
        for daemon in self.daemons.iter().flatten() {
            daemon.store.close().await;
        }
        self.sums.count("messages", u64::try_from(self.mails).unwrap());
        self.sums.count("registrations", u64::try_from(self.model.entries.len()).unwrap());
        self.sums.count("digests", u64::try_from(self.digests.len()).unwrap());
        std::mem::take(&mut self.sums)
    }

    /// Somebody writes, or the provider delivers a mail twice.
    fn write(&mut self) {
        let late = if self.below(6) == 0 { self.minutes(180) } else { SignedDuration::ZERO };
        if self.below(12) == 0 && !self.last.is_empty() {
            let mut again = self.last.clone();
            if self.below(2) == 0 {
                let trace = format!("Received: by mx{}.example.test\r\n", self.mails);
                again = [trace.as_bytes(), &again].concat();
            }
            return self.deliver("INBOX", again, late);
        }
        let (n, wish) = self.somebody();
        self.last = citizens::mail(n, wish, self.mails);
        let folder = if wish == Wish::Bulk { "Junk" } else { "INBOX" };
        self.deliver(folder, self.last.clone(), late);
    }

    fn deliver(&mut self, folder: &'static str, raw: Vec<u8>, late: SignedDuration) {
        self.mails += 1;
        self.account.deliver(folder, raw, late);
        self.account
            .pass(SignedDuration::from_millis(i64::try_from(self.dice.below(2_000)).unwrap()));
    }

    /// Who writes, and what.
    fn somebody(&mut self) -> (usize, Wish) {
        let old = self.below(self.citizens.len() + 1);
        if let Some(Citizen { first, silent }) = self.citizens.get(old).copied() {
            let own = || self.model.entries.iter().filter(|one| one.who == old);
            // Who is known by a telephone alone has nothing to cancel by name.
            let nameless = own().any(|one| !one.named);
            let wish = match self.dice.below(4) {
                _ if silent || nameless => Wish::Ask,
                0 if first == Wish::Begin && own().next().is_some() => Wish::Answer,
                1 => Wish::Cancel,
                2 if first != Wish::Begin => first,
                _ => Wish::Ask,
            };
            self.citizens[old].silent |= wish == Wish::Answer || wish == Wish::Cancel;
            return (old, wish);
        }
        let n = self.citizens.len();
        let first = match self.dice.below(10) {
            0 => Wish::Bulk,
            1 | 2 => Wish::Begin,
            3 | 4 => Wish::Register { supervisor: true },
            _ => Wish::Register { supervisor: false },
        };
        if first != Wish::Bulk {
            self.citizens.push(Citizen { first, silent: false });
        }
        (n, first)
    }

    /// A clerk orders something beside the service.
    async fn order(&mut self) {
        let Some(Some(daemon)) = self.daemons.first() else { return };
        let kind = if self.below(2) == 0 {
            self.clerks += 1;
            let n = BY_PHONE + self.clerks;
            let person = Person::from([field("name", &name(n)), field("phone", &phone(n))]);
            OrderKind::Add { channel: Channel::Phone, person, email: None, away: false }
        } else {
            let number = format!("XJ21-{:03}", self.below(12) + 1);
            OrderKind::Cancel { number, reason: "来电".to_owned() }
        };
        // The rules may refuse it: then it leaves no trace, and the model hears nothing.
        let _ = daemon.intake.order("office", None, kind).await;
        self.sums.count("orders", 1);
        self.hear().await;
    }

    /// What goes wrong next.
    fn trouble(&mut self) {
        let mishaps =
            [imapd::Mishap::Eof, imapd::Mishap::Half, imapd::Mishap::Bye, imapd::Mishap::No];
        match self.dice.below(14) {
            0 | 1 => {
                let mishap = mishaps[self.below(mishaps.len())];
                self.account.fuse(Some((1 + self.dice.below(9), mishap)));
                self.sums.count("broken connections", 1);
            }
            2 => {
                let first = u32::try_from(1 + self.below(40)).unwrap();
                self.account.renumber("INBOX", first);
                self.sums.count("renumbered folders", 1);
            }
            3 => {
                // A clock that was wrong by up to twenty minutes is set, or goes wrong.
                let ahead = self.minutes(40) - SignedDuration::from_mins(20);
                self.account.service_clock(&self.world.clock.clone(), ahead);
                self.sums.count("clock steps", 1);
            }
            4 => {
                self.account.slow(self.minutes(15));
                self.sums.count("slow connections", 1);
            }
            5 => self.account.slow(SignedDuration::ZERO),
            6 | 7 => {
                let nth = 1 + self.dice.below(90);
                fault::plan(Some(Plan { place: "any".to_owned(), nth, mishap: Mishap::Unwinds }));
            }
            8 => {
                let nth = 1 + self.dice.below(60);
                let place = "database".to_owned();
                fault::plan(Some(Plan { place, nth, mishap: Mishap::Fails }));
                self.sums.count("database faults planned", 1);
            }
            9 => {
                // A time server that is wrong by days, until the clock is set the next time.
                let ahead = SignedDuration::from_hours(12) + self.minutes(48 * 60);
                self.account.service_clock(&self.world.clock.clone(), ahead);
                self.sums.count("clocks set forward by days", 1);
            }
            _ => {}
        }
    }

    /// A round of one daemon, or of both at the same time where they may be at work together.
    async fn rounds(&mut self) {
        if !self.together {
            let which = self.below(self.daemons.len());
            return self.round(which, self.look()).await;
        }
        let [look, other_look] = [self.look(), self.look()];
        let [one, other] = [0, 1].map(|which| self.daemons[which].take());
        let (one, other) =
            futures::join!(round(&self.world, one, look), round(&self.world, other, other_look));
        fault::plan(None);
        self.sums.count("rounds together", 1);
        self.sums.count("crashes", u64::from(one.is_err()) + u64::from(other.is_err()));
        self.daemons = vec![one.unwrap_or(None), other.unwrap_or(None)];
    }

    /// One round of one daemon; a crash leaves none.
    async fn round(&mut self, which: usize, look: Look) {
        let before = self.daemons[which].take();
        let done = round(&self.world, before, look).await;
        fault::plan(None);
        self.sums.count("crashes", u64::from(done.is_err()));
        self.daemons[which] = done.unwrap_or(None);
    }

    fn look(&self) -> Look {
        if self.dice.below(3) == 0 { Look::New } else { Look::All }
    }

    /// Tells the model what was decided since.
    async fn hear(&mut self) {
        let rows = self.store.decisions(self.heard, 10_000).await.unwrap();
        self.model.look_at_clocks(
            self.account.now(),
            self.store.look_at_clock(&self.world.clock).await.unwrap(),
        );
        for row in rows {
            self.heard = row.seq;
            match row.source.split_once(':') {
                Some(("message", id)) => {
                    let raw = self.store.raw(&[id.to_owned()]).await.unwrap().remove(0).1;
                    let key = roster::OrderKey {
                        arrived: raw.arrived,
                        mailbox: raw.key.mailbox.clone(),
                        folder: raw.key.folder.clone(),
                        uidvalidity: raw.key.uidvalidity,
                        uid: raw.key.uid,
                        place: 0,
                    };
                    let (who, wish) = citizens::meant(&raw.raw);
                    // A second delivery by another way is known again, whichever is seen first.
                    if self.known.insert(citizens::message_id(&raw.raw)) {
                        self.model.message(who, wish, &key.rank(), row.at);
                    }
                }
                Some(("command", id)) => {
                    let order = self.store.command(id).await.unwrap().unwrap().order;
                    match order.kind {
                        OrderKind::Add { person, .. } => {
                            let n = person["phone"]
                                .value
                                .strip_prefix("139950")
                                .unwrap()
                                .parse()
                                .unwrap();
                            self.model.added(n, order.key.rank());
                        }
                        OrderKind::Cancel { number, .. } => {
                            self.model
                                .cancelled(number.strip_prefix("XJ21-").unwrap().parse().unwrap());
                        }
                        other => panic!("nobody ordered {other:?}"),
                    }
                }
                _ => self.model.lapsed(row.at),
            }
        }
        if let Some(last) = self.store.last_digest("").await.unwrap() {
            let lines = self.model.lines();
            self.digests.entry(last.day).or_insert(lines);
        }
    }

    /// What is not as it should be at the end of the week.
    async fn broken(&self) -> Vec<String> {
        let mut invariants = Invariants::open(&self.world.url).await;
        let mut broken = invariants.broken_at_rest(&self.store).await;
        let decided = invariants.number("select count(*) from ledger where state <> 'preexisting'");
        if decided.await < i64::try_from(self.mails).unwrap() {
            broken.push("I1: a message is missing".to_owned());
        }
        invariants.close().await;
        broken.extend(self.roster().await);
        broken.extend(self.letters().await);
        let overdue = self.model.overdue(self.world.clock.now() - SignedDuration::from_mins(71));
        if overdue > 0 {
            broken.push(format!("{overdue} reservations should have ended"));
        }
        broken
    }

    async fn roster(&self) -> Vec<String> {
        let mut broken = Vec::new();
        let mut rows = self.store.registrations(&RegistrationFilter::default()).await.unwrap();
        rows.sort_by_key(|row| row.registration.serial);
        let told = rows.iter().map(|row| {
            let it = &row.registration;
            let value = |name: &str| it.person.get(name).map(|field| field.value.clone());
            let (status, category) = (it.status, it.category.clone());
            let place = row.position;
            format!(
                "{} {status:?} {category:?} {} {place:?} {:?}",
                it.serial,
                it.seat,
                value("name")
            )
        });
        let expected = self.model.entries.iter().map(|one| {
            let status = match one.status {
                Status::Confirmed => roster::Status::Confirmed,
                Status::Waitlisted => roster::Status::Waitlisted,
                Status::Incomplete => roster::Status::Incomplete,
                Status::Cancelled => roster::Status::Cancelled,
            };
            let category =
                one.supervisor.map(|it| if it { "supervisor" } else { "representative" });
            let category = category.map(str::to_owned);
            let line = self.model.line(one.supervisor.unwrap_or_default());
            let at = line.iter().position(|it| it.serial == one.serial);
            let place = at.map(|at| u32::try_from(at + 1).unwrap());
            let name = one.named.then(|| name(one.who));
            format!("{} {status:?} {category:?} {} {place:?} {name:?}", one.serial, one.seat)
        });
        let (told, expected): (Vec<_>, Vec<_>) = (told.collect(), expected.collect());
        for (told, expected) in
            told.iter().zip(&expected).filter(|(told, expected)| told != expected)
        {
            broken.push(format!("the roster says {told}, the model {expected}"));
        }
        if told.len() != expected.len() {
            broken.push(format!("{} registrations, the model has {}", told.len(), expected.len()));
        }
        broken
    }

    async fn letters(&self) -> Vec<String> {
        let mut broken = Vec::new();
        let mut owed = BTreeMap::<(&'static str, String), usize>::new();
        for letter in self.store.letters(&LetterFilter::default()).await.unwrap() {
            let kind = match letter.cause {
                Cause::Message(_) => "message",
                Cause::Command(_) => "command",
                Cause::Promotion(..) => "promotion",
                Cause::Lapse(_) => "lapse",
                Cause::Reminder(_) => "reminder",
                Cause::Digest(_) => continue,
            };
            *owed.entry((kind, letter.to.as_str().to_owned())).or_default() += 1;
        }
        if owed != self.model.letters {
            broken.push(format!("letters: {owed:?}, the model owes {:?}", self.model.letters));
        }
        let mut held = BTreeMap::<String, Vec<String>>::new();
        let mut days = 0;
        for letter in self.sent.all() {
            let parsed = mail_parser::MessageParser::default().parse(&letter.mail).unwrap();
            let id = parsed.message_id().unwrap().to_owned();
            held.entry(letter.to.as_str().to_owned()).or_default().push(id);
            if letter.to.as_str() == STAFF {
                days += 1;
                let text = parsed.body_text(0).unwrap().into_owned();
                let said = |lines: &&[String; 2]| lines.iter().all(|line| text.contains(line));
                // Two at once: one may decide while the other counts.
                if !self.together && !self.digests.values().any(|lines| said(&lines)) {
                    broken.push(format!("a digest says what never was:\n{text}"));
                }
            }
        }
        let digests = held.get(STAFF).map_or(0, Vec::len);
        if digests > self.digests.len() {
            broken.push(format!("{days} digests for {} days", self.digests.len()));
        }
        broken.extend(Invariants::letters(&self.store, &held).await);
        broken
    }
}

/// A round of a daemon that is there, or of a new one. An error is a crash.
async fn round(
    world: &World,
    before: Option<Daemon>,
    look: Look,
) -> std::thread::Result<Option<Daemon>> {
    let look = if before.is_some() { look } else { Look::All };
    let round = async {
        let mut daemon = match before {
            Some(daemon) => daemon,
            None => world.open().await.ok()?,
        };
        daemon.round(look).await;
        Some(daemon)
    };
    std::panic::AssertUnwindSafe(round).catch_unwind().await
}

fn field(name: &str, value: &str) -> (String, baoming::reading::Field) {
    let evidence = baoming::reading::Evidence::default();
    (name.to_owned(), baoming::reading::Field { value: value.to_owned(), evidence })
}
