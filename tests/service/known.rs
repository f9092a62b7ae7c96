//! Messages that the ledger knows already, whatever the server calls them now; and mail that is not
//! for us.

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails::{self, form, mail};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;
use crate::table::Table;

fn now() -> String {
    let now = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC);
    now.strftime("%d-%b-%Y %H:%M:%S +0000").to_string()
}

#[test]
fn a_rebuilt_folder_brings_no_second_answer_and_hides_no_new_mail() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(3));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    server.deliver(DESK, &form(1));
    server.deliver(DESK, &form(2));
    bureau.well(&["once"]);
    server.set_uidvalidity(DESK, "INBOX", 4_000_000, 50);
    server.deliver(DESK, &form(3));
    bureau.well(&["once"]);
    let mut table = Table::of(&bureau);
    assert_eq!((table.messages("done"), table.messages("alias")), (3, 2));
    assert_eq!((bureau.roster().len(), bureau.letters().len()), (3, 3));
    let digest = bureau.well(&["digest"]);
    assert!(digest.contains("未登记的来信：0 封"), "{digest}");
    bureau.well(&["once"]);
    assert_eq!((table.messages("done"), table.messages("alias")), (3, 2));
}

#[test]
fn the_running_service_sees_that_a_folder_was_rebuilt() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(2));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    server.deliver(DESK, &form(1));
    let mut service = bureau.start();
    service.until_quiet(1);
    server.set_uidvalidity(DESK, "INBOX", 4_000_000, 50);
    server.deliver(DESK, &form(2));
    service.until_quiet(2);
    let mut table = Table::of(&bureau);
    service.until("the old message is known again", |_| table.messages("alias") == 1);
    service.stop();
    assert_eq!(bureau.letters().len(), 2);
}

#[test]
fn a_message_that_was_moved_or_came_twice_is_known_again() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(3));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    let (first, second) = (form(1), form(2));
    server.append(DESK, "INBOX", &now(), &first);
    server.append(DESK, "INBOX", &now(), &first);
    // By LMTP it gets a new Received line each time: other bytes, the same mail.
    server.deliver(DESK, &second);
    server.deliver(DESK, &second);
    bureau.well(&["once"]);
    let mut table = Table::of(&bureau);
    let states = ["done", "alias", "duplicate"].map(|state| table.messages(state));
    assert_eq!(states, [2, 1, 1]);

    let mut imap = server.imap(DESK);
    imap.command("SELECT INBOX");
    imap.command("UID MOVE 1 Junk");
    bureau.well(&["once"]);
    let states = ["done", "alias", "duplicate"].map(|state| table.messages(state));
    assert_eq!(states, [2, 2, 1]);
    assert_eq!((bureau.roster().len(), bureau.letters().len()), (2, 2));
}

#[test]
fn our_own_mail_the_staffs_and_what_is_older_than_the_announcement_get_no_answer() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(2));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    let from = |n: usize, other: &str| {
        String::from_utf8(form(n)).unwrap().replacen(&mails::address(n), other, 1).into_bytes()
    };
    server.deliver(DESK, &from(1, DESK));
    server.append(DESK, "INBOX", "01-Jan-2020 08:30:00 +0800", &form(2));
    server.deliver(DESK, &from(1, crate::bureau::STAFF));
    server.deliver(DESK, &mail(1, "请问", "请问可以坐几路公交车？谢谢。\n"));
    bureau.well(&["once"]);
    let mut table = Table::of(&bureau);
    let states = ["ignored", "preexisting", "done"].map(|state| table.messages(state));
    assert_eq!(states, [1, 1, 2]);
    let reasons = |reason: &str| {
        format!("select count(*) from decision where letters = 0 and no_letter = '{reason}'")
    };
    assert_eq!(table.number(&reasons("loop")), 1);
    assert_eq!(table.number(&reasons("ignored")), 1);
    let letters = bureau.letters();
    assert_eq!((letters.len(), &letters[0]["to"]), (1, &mails::address(1).into()));
}
