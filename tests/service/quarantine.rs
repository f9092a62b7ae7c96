//! A message that brings its reader down. No such message is known: the builds for the crash tests
//! have a reader that breaks at a mark.
#![cfg(feature = "fault")]

use std::process::Command;

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails::{self, form, mail};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;
use crate::table::Table;

/// What the reader breaks at.
const MARK: &str = "UNREADABLE-FOR-THE-TEST";

fn marked(mut command: Command, how: &str) -> Command {
    command.env("BAOMING_FAULT", format!("{how}:{MARK}"));
    command
}

/// One good mail, one that breaks the reader, one good mail.
fn deliver(server: &MailServer) {
    server.deliver(DESK, &form(1));
    server.deliver(DESK, &mail(2, "政府开放日报名", &format!("姓名：王建国\n{MARK}\n")));
    server.deliver(DESK, &form(3));
}

/// The message's id, as the digest prints it for `reprocess`.
fn id(bureau: &Bureau) -> String {
    let digest = bureau.well(&["digest"]);
    assert!(digest.contains("程序中断了3次"), "{digest}");
    assert!(digest.contains("baoming reprocess "), "{digest}");
    let (_, rest) = digest.split_once("baoming reprocess ").unwrap_or_default();
    rest.split_whitespace().next().unwrap().to_owned()
}

#[test]
fn a_message_whose_reading_panics_is_put_aside_and_the_next_ones_go_on() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(3));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    deliver(&server);
    let mut service = bureau.launch(marked(bureau.command(&["run"]), "reader-panic"));
    service.until_quiet(2);
    service.until("it is in quarantine", |bureau| bureau.status().1["quarantined"] == 1);
    service.stop();
    let mut table = Table::of(&bureau);
    let kept = "select count(*) from raw join ledger on ledger.id = raw.id \
                where state = 'quarantined' and attempts = 3";
    assert_eq!(table.number(kept), 1, "its bytes are kept, and it was tried three times");
    assert_eq!(table.messages("done"), 2);

    let id = id(&bureau);
    let mut service = bureau.start();
    service.until_well();
    bureau.well(&["reprocess", &id]);
    service.until_quiet(3);
    service.stop();
    assert_eq!(table.messages("done"), 3);
    assert_eq!(bureau.status().1["open_tasks"], 0, "the task is closed");
    let again = bureau.run(&["reprocess", &id]);
    assert_eq!(again.code, 1, "{}", again.text);
    assert!(again.text.contains("不是无法读取的来信"), "{}", again.text);
}

#[test]
fn a_message_that_takes_the_whole_process_down_is_put_aside_after_three_starts() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(3));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    deliver(&server);
    for start in 1..=3 {
        let died = marked(bureau.command(&["once"]), "reader-abort").output().unwrap();
        assert_eq!(died.status.code(), None, "start {start} was no crash");
    }
    let last = marked(bureau.command(&["once"]), "reader-abort").output().unwrap();
    assert!(last.status.success(), "{}", String::from_utf8_lossy(&last.stderr));
    let mut table = Table::of(&bureau);
    assert_eq!((table.messages("done"), table.messages("quarantined")), (2, 1));
    assert!(!id(&bureau).is_empty());
}

#[test]
fn the_service_stops_in_time_while_a_message_is_read_for_ever() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(3));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    bureau.change("baoming.toml", "log = \"debug\"", "log = \"debug\"\nstop_within = \"1s\"");
    deliver(&server);
    let mut service = bureau.launch(marked(bureau.command(&["run"]), "reader-hang"));
    service.until("reading hangs", |bureau| bureau.log().contains("the reader hangs"));
    service.stop();
}
