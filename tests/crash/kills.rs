//! SIGKILL at random moments of a busy run against Dovecot and Postfix.

use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use baoming::clock::Dice;
use tokio::runtime::Runtime;

use crate::bureau::{Bureau, Setup};
use crate::postgres::Database;
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;
use crate::town::{Town, name, users};

/// Kills of each test when nobody asks for more.
const KILLS: u64 = 150;
/// After so many kills everything is worked off and looked at.
const BETWEEN_CHECKS: u64 = 50;
/// So many kills a town outlives before the next one is founded: every kill looks at all that was ever sent, and a town
/// that grows for ever would be looked at, not killed.
const IN_A_TOWN: u64 = 500;
/// What the log says before a kill by the clock, and how many milliseconds later that comes at most.
const MOMENTS: [(&str, u64); 6] = [
    ("", 400),
    ("is at work", 100),
    ("mail was taken in", 10),
    ("mail was taken in", 30),
    ("a letter was sent", 10),
    ("a letter was sent", 100),
];
/// More kill points and calls than a busy run passes in that time.
const POINTS: u64 = 70;
/// How long a kill by the clock waits for its moment: there may be nothing to do.
const PATIENCE: Duration = Duration::from_millis(900);
/// How long a process may take to come to its kill point, if it comes there at all.
const AT_POINT: Duration = Duration::from_millis(900);

/// What was killed.
#[derive(Default)]
struct Tally {
    kills: u64,
    at_points: u64,
    clerks: u64,
    /// Messages that were taken in but not decided, over all kills.
    undecided: i64,
    quarantined: i64,
}

pub(crate) fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

pub(crate) fn seed() -> u64 {
    number("BAOMING_SEED").unwrap_or_else(|| Dice::system().below(1_000_000))
}

#[test]
fn kills_at_random_moments_lose_nothing_and_double_nothing() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    campaign(|_| Some((Setup::Sqlite, None)));
}

#[test]
fn kills_at_random_moments_lose_nothing_and_double_nothing_on_postgresql() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    campaign(|runtime| {
        let database = runtime.block_on(Database::create())?;
        Some((Setup::Postgres(database.url().to_owned()), Some(database)))
    });
}

/// One town after the other, until there were so many kills; none where there is nothing to found the first one on.
fn campaign(found: impl Fn(&Runtime) -> Option<(Setup, Option<Database>)>) {
    let (first, wanted) = (seed(), number("BAOMING_KILLS").unwrap_or(KILLS));
    println!("BAOMING_SEED={first} BAOMING_KILLS={wanted}");
    let runtime = Runtime::new().unwrap();
    let mut killed = 0;
    for seed in first.. {
        let Some((setup, database)) = found(&runtime) else {
            assert_eq!(killed, 0, "the database went away between two towns");
            return;
        };
        let url = database.as_ref().map(Database::url);
        killed += siege(&runtime, &setup, url, seed, IN_A_TOWN.min(wanted - killed));
        if killed >= wanted {
            break;
        }
    }
    println!("{killed} kills in all");
}

fn siege(runtime: &Runtime, setup: &Setup, postgres: Option<&str>, seed: u64, wanted: u64) -> u64 {
    println!("town of seed {seed}");
    let begun = Instant::now();
    let citizens = usize::try_from(wanted).unwrap().clamp(200, 1_000);
    let server = MailServer::start(&users(citizens));
    let bureau = Bureau::new(&server, setup, None);
    bureau.quotas(40, 60);
    bureau.well(&["once"]);
    let dice = Dice::seeded(seed);
    let mut town = Town::new(&bureau, citizens, dice.clone(), postgres);
    let mut tally = Tally::default();
    while tally.kills < wanted {
        for _ in 0..=dice.below(4) {
            town.write();
        }
        if postgres.is_some() {
            // The dead one's lease runs out.
            runtime.block_on(town.tell("delete from lease"));
        }
        round(&mut town, &dice, &mut tally);
        let left =
            runtime.block_on(town.number("select count(*) from ledger where state = 'received'"));
        tally.undecided += left;
        let broken = runtime.block_on(town.check());
        assert!(broken.is_empty(), "seed {seed}, kill {}: {broken:#?}", tally.kills);
        if tally.kills.is_multiple_of(BETWEEN_CHECKS) || tally.kills >= wanted {
            tally.quarantined += runtime
                .block_on(town.number("select count(*) from ledger where state = 'quarantined'"));
            assert_eq!(tally.quarantined, 0, "seed {seed}: an innocent message was put aside");
            let broken = runtime.block_on(town.settle());
            assert!(broken.is_empty(), "seed {seed}, kill {}: {broken:#?}", tally.kills);
            println!("{} kills, {:.0?}", tally.kills, begun.elapsed());
        }
    }
    let broken = runtime.block_on(town.replay());
    assert!(broken.is_empty(), "seed {seed}: {broken:#?}");
    let count = |query: &str| runtime.block_on(town.number(query));
    println!(
        "{} kills ({} at kill points, {} of clerks' commands) in {:.0?}: {} messages, {} letters, \
         {} uncertain; {} times a message waited undecided, {} in quarantine",
        tally.kills,
        tally.at_points,
        tally.clerks,
        begun.elapsed(),
        count("select count(*) from ledger"),
        count("select count(*) from letter"),
        count("select count(*) from letter where state = 'uncertain'"),
        tally.undecided,
        tally.quarantined,
    );
    tally.kills
}

/// One start and one kill.
fn round(town: &mut Town<'_>, dice: &Dice, tally: &mut Tally) {
    if dice.below(12) == 0 {
        let n = usize::try_from(dice.below(1_000)).unwrap();
        let phone = format!("138000{n:05}");
        let mut command = town.bureau.command(&["add", "--name", &name(n), "--phone", &phone]);
        command.env("BAOMING_FAULT", format!("any:{}", 1 + dice.below(20)));
        if command.output().unwrap().status.signal() == Some(9) {
            tally.clerks += 1;
            tally.kills += 1;
        }
        return;
    }
    let mut command = town.bureau.command(&["run"]);
    let by_point = dice.below(2) == 0;
    if by_point {
        command.env("BAOMING_FAULT", format!("any:{}", 1 + dice.below(POINTS)));
    }
    let mut child = start(town, &mut command);
    let (trigger, latest) = MOMENTS[usize::try_from(dice.below(MOMENTS.len() as u64)).unwrap()];
    let more = dice.below(3) == 0;
    let limit = Instant::now() + if by_point { AT_POINT } else { PATIENCE };
    let gone = |child: &mut Child| child.try_wait().unwrap().is_some() || Instant::now() > limit;
    while !gone(&mut child) && (by_point || !town.bureau.log().contains(trigger)) {
        std::thread::sleep(Duration::from_millis(2));
    }
    if more {
        town.write();
    }
    let end = Instant::now() + Duration::from_millis(dice.below(latest));
    while !by_point && Instant::now() < end && !gone(&mut child) {
        std::thread::sleep(Duration::from_millis(1));
    }
    tally.at_points += u64::from(child.try_wait().unwrap().is_some());
    child.kill().unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.signal(), Some(9), "{status}\n{}", town.bureau.log());
    tally.kills += 1;
}

fn start(town: &Town<'_>, command: &mut Command) -> Child {
    let log = std::fs::File::create(town.bureau.path("log")).unwrap();
    command.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap()
}
