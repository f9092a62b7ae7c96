//! The process is killed (SIGKILL) at chosen points of the way and started again: nothing is lost,
//! nobody gets a second seat, and no second letter leaves.
#![cfg(feature = "fault")]

use std::os::unix::process::ExitStatusExt;

use crate::bureau::{Bureau, Setup};
use crate::cast::{self, address};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;

/// What the world must look like after the restart.
enum Letter {
    /// Every letter left as if nothing had happened.
    Left,
    /// One letter is uncertain, and its recipient does not have it.
    UncertainMissing,
    /// One letter is uncertain, although its recipient has it.
    UncertainThere,
}

const POINTS: [(&str, Letter); 12] = [
    ("after-listing", Letter::Left),
    ("after-window", Letter::Left),
    ("before-receive-commit", Letter::Left),
    ("after-receive-commit", Letter::Left),
    ("before-decision-commit", Letter::Left),
    ("after-decision-commit", Letter::Left),
    ("after-claim", Letter::UncertainMissing),
    ("before-data", Letter::UncertainMissing),
    ("before-data:2", Letter::UncertainMissing),
    ("after-data", Letter::UncertainThere),
    ("after-settle", Letter::Left),
    ("after-settle:3", Letter::Left),
];

#[test]
fn a_kill_at_any_point_loses_nothing_and_doubles_nothing() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    for (point, letter) in POINTS {
        kill_at(point, &letter);
    }
}

fn kill_at(point: &str, letter: &Letter) {
    const WRITERS: std::ops::RangeInclusive<usize> = 1..=4;
    let server = MailServer::start(&cast::citizens());
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    for mail in cast::first_mails().into_iter().take(4) {
        bureau.post(&mail);
    }
    let killed = bureau.command(&["once"]).env("BAOMING_FAULT", point).output().unwrap();
    let log = String::from_utf8_lossy(&killed.stderr).into_owned();
    assert_eq!(killed.status.signal(), Some(9), "{point} was not passed:\n{log}");

    for _ in 0..2 {
        let again = bureau.run(&["once"]);
        assert_eq!(again.code, 0, "{point}: {}", again.text);
    }
    let numbers: Vec<_> = bureau.roster().iter().map(|row| row["number"].clone()).collect();
    assert_eq!(numbers, ["XJ21-001", "XJ21-002", "XJ21-003", "XJ21-004"], "{point}");

    let letters = bureau.letters();
    assert_eq!(letters.len(), 4, "{point}: one letter a citizen");
    let uncertain: Vec<_> =
        letters.iter().filter(|letter| letter["state"] == "uncertain").collect();
    assert_eq!(uncertain.len(), usize::from(!matches!(letter, Letter::Left)), "{point}");
    if let [uncertain] = uncertain.as_slice() {
        let number = uncertain["number"].to_string();
        let word = match letter {
            Letter::UncertainThere => bureau.run(&["resend", &number, "--arrived"]),
            _ => bureau.run(&["resend", &number]),
        };
        assert_eq!(word.code, 0, "{point}: {}", word.text);
        assert_eq!(bureau.run(&["once"]).code, 0, "{point}");
    }
    for n in WRITERS {
        let held = crate::support::wait_until("the citizen has a letter", || {
            let held = server.messages(&address(n), "INBOX");
            (!held.is_empty()).then_some(held)
        });
        assert_eq!(held.len(), 1, "{point}: citizen {n} has {} letters", held.len());
    }
}
