//! The service's own end: it costs no message an attempt, and no message ends it for ever.
#![cfg(feature = "fault")]

use std::os::unix::process::ExitStatusExt as _;

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails::{self, form};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;
use crate::table::Table;

/// One pass that ends in the middle of a decision.
fn killed(bureau: &Bureau<'_>) -> Option<i32> {
    let mut once = bureau.command(&["once"]);
    once.env("BAOMING_FAULT", "before-decision-commit").output().unwrap().status.signal()
}

#[test]
fn the_ends_of_the_service_put_no_innocent_message_into_quarantine() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(3));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    for n in 1..=3 {
        server.deliver(DESK, &form(n));
    }
    for _ in 0..8 {
        assert_eq!(killed(&bureau), Some(9));
    }
    let mut table = Table::of(&bureau);
    assert_eq!(table.number("select max(attempts) from ledger"), 0);
    bureau.well(&["once"]);
    assert_eq!((table.messages("done"), table.messages("quarantined")), (3, 0));
}

#[test]
fn a_message_over_which_the_service_ends_each_time_is_put_aside_at_last() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(2));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    server.deliver(DESK, &form(1));
    server.deliver(DESK, &form(2));
    assert_eq!(killed(&bureau), Some(9));
    let mut table = Table::of(&bureau);
    let mut ends = 1;
    while table.messages("quarantined") == 0 {
        assert_eq!(killed(&bureau), Some(9));
        ends += 1;
        assert!(ends <= 14, "the service ends for ever");
    }
    assert!(ends >= 13, "after {ends} ends");
    bureau.well(&["once"]);
    assert_eq!((table.messages("done"), table.messages("quarantined")), (1, 1));
    assert_eq!(bureau.roster()[0]["name"], mails::name(2).as_str(), "its neighbour is not charged");
    let digest = bureau.well(&["digest"]);
    assert!(digest.contains("程序处理这封邮件时中断了"), "{digest}");
}

#[test]
fn once_tells_of_a_panic_while_it_decided_and_fails() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(1));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    server.deliver(DESK, &form(1));
    let mut once = bureau.command(&["once"]);
    let done = once.env("BAOMING_FAULT", "panic-before-decision-commit").output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("a mistake in the program"), "{said}");
    assert!(said.contains("src/fault.rs:"), "its place is told: {said}");
    assert!(!said.contains("马玉梅") && !said.contains("1399500"), "{said}");
    assert!(bureau.roster().is_empty());
    bureau.well(&["once"]);
    assert_eq!(bureau.roster().len(), 1);
}
