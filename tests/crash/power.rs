//! Power loss: what was committed is on the disk (`synchronous = full`), what was being written is
//! torn. The files are copied while the service works, the copy's write-ahead log is cut or filled
//! with rubbish behind what was committed when the copy began, and the copy is opened.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use baoming::clock::{Clock, Dice};
use baoming::store::Store;

use crate::bureau::{Bureau, Setup};
use crate::invariants::Invariants;
use crate::kills::{number, seed};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;
use crate::town::{Town, users};

/// Copies when nobody asks for more.
const COPIES: u64 = 80;
/// Databases whose checkpoint broke off half-way.
const CHECKPOINTS: u64 = 20;
/// SQLite's pages, as the store makes them.
const PAGE: usize = 16_384;

/// What only ever grows: a later state of the database has no less of any.
const GROWS: [&str; 7] = [
    "select count(*) from ledger",
    "select count(*) from ledger where state not in ('received')",
    "select coalesce(max(seq), 0) from decision",
    "select coalesce(max(seq), 0) from audit",
    "select count(*) from letter",
    "select coalesce(sum(attempts), 0) from letter",
    "select count(*) from letter where state in ('sent', 'uncertain')",
];

async fn grown(invariants: &mut Invariants) -> Vec<i64> {
    let mut counts = Vec::new();
    for query in GROWS {
        counts.push(invariants.number(query).await);
    }
    counts
}

/// The database's files at one moment; a write-ahead log grows only at its end.
struct Files {
    database: Vec<u8>,
    log: Vec<u8>,
}

impl Files {
    fn read(database: &Path) -> Self {
        let log = database.with_extension("db-wal");
        Self { database: fs::read(database).unwrap(), log: fs::read(log).unwrap_or_default() }
    }

    /// Lays them down elsewhere, without the shared memory, which no crash leaves.
    fn write(&self, folder: &Path) -> PathBuf {
        let database = folder.join("baoming.db");
        fs::write(&database, &self.database).unwrap();
        fs::write(folder.join("baoming.db-wal"), &self.log).unwrap();
        let _ = fs::remove_file(folder.join("baoming.db-shm"));
        database
    }

    /// What the disk has of the log behind its first `safe` bytes: nothing from some byte on, or
    /// rubbish, or sectors that never came.
    fn tear(&mut self, safe: usize, dice: &Dice) {
        let below =
            |bound: usize| usize::try_from(dice.below(u64::try_from(bound).unwrap() + 1)).unwrap();
        let cut = safe + below(self.log.len().saturating_sub(safe));
        match dice.below(3) {
            0 => self.log.truncate(cut),
            1 => dice.fill(&mut self.log[cut..]),
            _ => {
                for sector in self.log[cut..].chunks_mut(512) {
                    if dice.below(2) == 0 {
                        sector.fill(0);
                    }
                }
            }
        }
    }
}

/// Opens a copy as a restart does, and says what is wrong with it and what it holds.
async fn opened(town: &Town<'_>, database: &Path) -> (Vec<String>, Vec<i64>) {
    let mut options = town.settings().database.options(false, &Dice::system()).unwrap();
    options.url = format!("sqlite:{}", database.display());
    let url = options.url.clone();
    let store = Store::open(options, Clock::system(), Dice::system()).await.unwrap();
    let mut invariants = Invariants::open(&url).await;
    let broken = invariants.broken(&store).await;
    let counts = grown(&mut invariants).await;
    invariants.close().await;
    store.close().await;
    (broken, counts)
}

#[test]
fn a_power_failure_leaves_the_last_committed_state() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (seed, copies) = (seed(), number("BAOMING_COPIES").unwrap_or(COPIES));
    println!("BAOMING_SEED={seed} BAOMING_COPIES={copies}");
    let dice = Dice::seeded(seed);
    let server = MailServer::start(&users(200));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    let mut town = Town::new(&bureau, 200, dice.clone(), None);
    let mut service = bureau.start();
    service.until_well();
    let database = bureau.path("baoming.db");
    let elsewhere = tempfile::tempdir().unwrap();
    let mut live = runtime.block_on(Invariants::open(&town.url));
    let (begun, mut teared) = (Instant::now(), 0);
    for copy in 0..copies {
        for _ in 0..=dice.below(3) {
            town.write();
        }
        std::thread::sleep(Duration::from_millis(dice.below(40)));
        let committed = runtime.block_on(grown(&mut live));
        let safe = fs::metadata(database.with_extension("db-wal")).unwrap().len();
        std::thread::sleep(Duration::from_millis(dice.below(30)));
        let mut files = Files::read(&database);
        teared += u64::from(files.log.len() as u64 > safe);
        // Every fourth time the disk lies: even what was committed is gone from some byte on.
        let lies = copy % 4 == 3;
        files.tear(if lies { 0 } else { usize::try_from(safe).unwrap() }, &dice);
        let (broken, held) = runtime.block_on(opened(&town, &files.write(elsewhere.path())));
        assert!(broken.is_empty(), "seed {seed}, copy {copy}: {broken:#?}");
        let lost = committed.iter().zip(&held).any(|(committed, held)| held < committed);
        assert!(lies || !lost, "seed {seed}, copy {copy}: {committed:?} became {held:?}");
    }
    println!("{copies} copies, {teared} with something to tear, {:.0?}", begun.elapsed());

    // A checkpoint that breaks off: some pages are new, the log is whole.
    service.until("all is decided", |_| {
        runtime.block_on(live.number("select count(*) from ledger where state = 'received'")) == 0
    });
    let committed = runtime.block_on(grown(&mut live));
    let before = Files::read(&database);
    runtime.block_on(live.close());
    service.stop();
    // Who opens the files and leaves checkpoints them, whole.
    let whole = before.write(elsewhere.path());
    runtime.block_on(opened(&town, &whole));
    let after = Files::read(&whole);
    assert!(after.log.is_empty() && !before.log.is_empty(), "the last to leave checkpoints");
    for half in 0..CHECKPOINTS {
        let files = Files { database: mixed(&before, &after, &dice), log: before.log.clone() };
        let (broken, held) = runtime.block_on(opened(&town, &files.write(elsewhere.path())));
        assert!(broken.is_empty(), "seed {seed}, checkpoint {half}: {broken:#?}");
        let lost = committed.iter().zip(&held).any(|(committed, held)| held < committed);
        assert!(!lost, "seed {seed}, checkpoint {half}: {committed:?} became {held:?}");
    }
}

/// The database file with some of the pages that a checkpoint wrote, each whole or torn.
fn mixed(before: &Files, after: &Files, dice: &Dice) -> Vec<u8> {
    let mut pages = before.database.clone();
    for (at, new) in after.database.chunks(PAGE).enumerate() {
        let (start, end) = (at * PAGE, at * PAGE + new.len());
        if end > pages.len() {
            break;
        }
        match dice.below(3) {
            0 => pages[start..end].copy_from_slice(new),
            1 => {
                let cut = start + usize::try_from(dice.below(new.len() as u64)).unwrap();
                pages[start..cut].copy_from_slice(&new[..cut - start]);
            }
            _ => {}
        }
    }
    pages
}
