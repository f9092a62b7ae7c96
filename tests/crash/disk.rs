//! The N-th call to the file system fails, for the real program: strace makes it fail as a full or
//! a broken disk does. Afterwards the program works on where it was.

use std::collections::BTreeSet;
use std::process::Command;
use std::time::Instant;

use baoming::clock::Dice;

use crate::bureau::{Bureau, Setup};
use crate::kills::{number, seed};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;
use crate::town::{Town, users};

/// The calls by which files are made, written, made safe and put in their place.
const CALLS: [&str; 8] =
    ["pwrite64", "fdatasync", "fsync", "ftruncate", "openat", "rename", "unlink", "pread64"];

/// Faults when nobody asks for more: each takes three runs of the program.
const FAULTS: u64 = 24;

/// `baoming once` under strace, which takes these options.
fn traced(bureau: &Bureau<'_>, options: &[&str]) -> Command {
    let plain = bureau.command(&["once"]);
    let mut command = Command::new("strace");
    command.args(["-f", "-qq"]).args(options).arg(plain.get_program()).args(plain.get_args());
    command.env("NO_COLOR", "1");
    command
}

/// How often each call is made by the thread that makes it most often.
fn counted(bureau: &Bureau<'_>) -> Option<Vec<(&'static str, u64)>> {
    let calls = bureau.path("calls");
    let trace = format!("trace={}", CALLS.join(","));
    let done = traced(bureau, &["-o", &calls.display().to_string(), "-e", &trace]).output().ok()?;
    let text = std::fs::read_to_string(calls).unwrap_or_default();
    let threads: BTreeSet<_> = text.lines().filter_map(|line| line.split(' ').next()).collect();
    let count = |call: &str| {
        let made = |thread: &str| {
            let of = |line: &&str| line.starts_with(thread) && line.contains(&format!("{call}("));
            text.lines().filter(of).count() as u64
        };
        threads.iter().map(|thread| made(thread)).max().unwrap_or(0)
    };
    done.status.success().then(|| CALLS.map(|call| (call, count(call))).to_vec())
}

#[test]
fn the_nth_call_to_the_file_system_fails() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = MailServer::start(&users(10));
    let first = Bureau::new(&server, &Setup::Sqlite, None);
    first.letters_to_folder();
    let (seed, faults) = (seed(), number("BAOMING_FAULTS").unwrap_or(FAULTS));
    let dice = Dice::seeded(seed);
    let mut town = Town::new(&first, 10, dice.clone(), None);
    for _ in 0..6 {
        town.write();
    }
    let Some(counts) = counted(&first) else {
        return skip::left_out("strace is missing, or may not trace here");
    };
    let synced: u64 = counts.iter().filter(|it| it.0.ends_with("sync")).map(|it| it.1).sum();
    assert!(synced >= 6, "each letter's claim and each decision is on the disk: {counts:?}");
    let expected = numbers(&first);
    let begun = Instant::now();
    println!("BAOMING_SEED={seed} BAOMING_FAULTS={faults}: {counts:?}");
    for fault in 0..faults {
        let bureau = Bureau::new(&server, &Setup::Sqlite, None);
        bureau.letters_to_folder();
        let (call, most) = counts[usize::try_from(fault).unwrap() % counts.len()];
        let error = ["ENOSPC", "EIO", "EROFS"][usize::try_from(dice.below(3)).unwrap()];
        let inject = format!("inject={call}:error={error}:when={}", 1 + dice.below(most.max(1)));
        let failed = traced(&bureau, &["-o", "/dev/null", "-e", &inject]).output().unwrap();
        let told = String::from_utf8_lossy(&failed.stderr).into_owned();
        bureau.run(&["once"]);
        let town = Town::new(&bureau, 10, dice.clone(), None);
        // A letter that could not be written rests for a while, and sending with it: time goes by.
        runtime.block_on(town.tell("delete from pause; update letter set due = 0"));
        bureau.well(&["once"]);
        let broken = runtime.block_on(town.check());
        assert!(broken.is_empty(), "seed {seed}, {inject}: {broken:#?}\n{told}");
        assert_eq!(numbers(&bureau), expected, "seed {seed}, {inject}\n{told}");
        let count = |query: &str| runtime.block_on(town.number(query));
        let quarantined = count("select count(*) from ledger where state = 'quarantined'");
        let waiting = count("select count(*) from letter where state in ('waiting', 'sending')");
        assert_eq!((quarantined, waiting), (0, 0), "seed {seed}, {inject}\n{told}");
        let letters = count("select count(*) from letter where state = 'sent'");
        let files = std::fs::read_dir(bureau.path("letters")).unwrap();
        let files = files.filter(|file| {
            let name = file.as_ref().unwrap().file_name();
            !name.to_string_lossy().starts_with('.')
        });
        let files = i64::try_from(files.count()).unwrap();
        let uncertain = count("select count(*) from letter where state = 'uncertain'");
        let right = letters <= files && files <= letters + uncertain;
        assert!(right, "seed {seed}, {inject}: {files} files, {letters} letters\n{told}");
    }
    println!("{faults} faults of the file system, {:.0?}", begun.elapsed());
}

/// Who has which number and status.
fn numbers(bureau: &Bureau<'_>) -> Vec<String> {
    let roster = bureau.roster();
    roster
        .iter()
        .map(|row| format!("{} {} {}", row["number"], row["status"], row["name"]))
        .collect()
}
