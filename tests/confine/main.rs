//! Reading in confined processes: the pool drives the real program, which breaks, lies and tries to
//! get out at a mark.
#![cfg(feature = "fault")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, look at the environment and start threads"
)]

#[path = "../support/children.rs"]
mod family;

#[path = "../support/bombs.rs"]
mod bombs;

#[cfg(feature = "ocr")]
#[path = "../support/eyes.rs"]
mod eyes;

mod cage;
mod crew;
mod faults;
#[cfg(feature = "ocr")]
mod pictures;
mod same;
mod unit;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::time::{Duration, Instant};

use baoming::confine::{ARGUMENT, Letter, Options, Outcome, Pool, Unavailable};
use baoming::reading::Vocabulary;

use family::children_of;

/// What a reader breaks at.
const MARK: &str = "UNREADABLE-FOR-THE-TEST";

/// A pool of the built program.
fn options() -> Options {
    Options { program: env!("CARGO_BIN_EXE_baoming").into(), ..Options::default() }
}

/// A pool whose children do this at the mark.
fn faulty(how: &str) -> Options {
    let fault = format!("BAOMING_FAULT={how}:{MARK}");
    let arguments = [fault.as_str(), env!("CARGO_BIN_EXE_baoming"), ARGUMENT];
    Options {
        program: "/usr/bin/env".into(),
        arguments: arguments.map(OsString::from).into(),
        ..Options::default()
    }
}

fn pool(options: Options) -> Pool {
    Pool::new(options, BTreeMap::from([("bureau".to_owned(), Vocabulary::default())]))
}

fn read(pool: &Pool, raws: Vec<Vec<u8>>) -> Result<Vec<Outcome>, Unavailable> {
    let letters = raws.into_iter().map(|raw| Letter { words: 0, raw }).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(pool.read(letters))
}

/// A registration that another one is told from by its number.
fn form(n: usize) -> Vec<u8> {
    let text = format!("姓名：马建国\r\n联系电话：139950{n:05}\r\n报名类别：群众代表\r\n");
    format!("From: c{n}@example.cn\r\nSubject: 报名\r\n\r\n{text}").into_bytes()
}

/// Whether a reading is the one of [`form`].
fn is_form(outcome: &Outcome, n: usize) -> bool {
    let phone = format!("139950{n:05}");
    let read = outcome.as_ref().ok();
    let applicants = read.map(|read| read.reading.applicants.as_slice()).unwrap_or_default();
    applicants.len() == 1 && applicants[0].get("phone") == Some(&phone)
}

fn marked() -> Vec<u8> {
    format!("From: evil@example.cn\r\nSubject: 报名\r\n\r\n{MARK}\r\n").into_bytes()
}

/// The children of this process.
fn children() -> Vec<(u32, char)> {
    children_of(std::process::id())
}

fn pids() -> Vec<u32> {
    children().into_iter().map(|(pid, _)| pid).collect()
}

fn wait_until(what: &str, mut state: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_mins(1);
    while !state() {
        assert!(Instant::now() < end, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
