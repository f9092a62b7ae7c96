//! What is done in the mailbox once a message is decided: after the commit, and until it succeeds.

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails::{self, form};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::proxy::Proxy;
use crate::support::proxy::rules::{Fault, Rules};
use crate::support::skip;

fn count(proxy: &Proxy, verb: &str) -> usize {
    proxy.commands().iter().filter(|command| command.starts_with(verb)).count()
}

/// A bureau behind the proxy that does `after` in its mailbox.
fn bureau<'a>(server: &'a MailServer, proxy: &Proxy, after: &str) -> Bureau<'a> {
    let bureau = Bureau::new(server, &Setup::Sqlite, Some(proxy.port));
    bureau.letters_to_folder();
    let poll = "poll = \"10s\"";
    bureau.change("baoming.toml", poll, &format!("{poll}\nafter = \"{after}\""));
    bureau
}

#[test]
fn a_message_is_marked_as_read_after_its_decision_and_a_refusal_is_tried_again() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(2));
    let proxy = Proxy::start_tls(&server, Rules::failing("UID STORE", Fault::No));
    let bureau = bureau(&server, &proxy, "seen");
    server.deliver(DESK, &form(1));
    let once = bureau.run(&["once"]);
    assert_eq!(once.code, 1, "{}", once.text);
    assert!(once.text.contains("marking messages"), "{}", once.text);
    assert_eq!(bureau.roster()[0]["status"], "confirmed", "the decision stands");
    let seen =
        || server.imap(DESK).flags("INBOX").iter().filter(|one| one.1.contains("Seen")).count();
    assert_eq!((seen(), bureau.letters().len()), (0, 1));

    proxy.set(|rules| rules.fault = None);
    bureau.well(&["once"]);
    assert_eq!(seen(), 1);
    let stores = count(&proxy, "UID STORE");
    bureau.well(&["once"]);
    assert_eq!(count(&proxy, "UID STORE"), stores, "it is done once");
    assert_eq!(bureau.letters().len(), 1);
}

#[test]
fn the_service_marks_as_read_by_itself_and_tries_again_after_a_refusal() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(2));
    let proxy = Proxy::start_tls(&server, Rules::failing("UID STORE", Fault::No));
    let bureau = bureau(&server, &proxy, "seen");
    server.deliver(DESK, &form(1));
    let mut service = bureau.start();
    service.until_quiet(1);
    service.until("the refusal is shown", |bureau| bureau.troubles().contains("marking messages"));
    proxy.set(|rules| rules.fault = None);
    service.until("it is marked", |_| server.imap(DESK).flags("INBOX")[0].1.contains("Seen"));
    service.stop();
}

#[test]
fn a_message_is_moved_after_its_decision_and_a_refusal_is_tried_again() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(2));
    // 已处理 as IMAP writes it.
    let done = "&XfJZBHQG-";
    server.create_folder(DESK, done);
    let proxy = Proxy::start_tls(&server, Rules::failing("UID MOVE", Fault::No));
    let bureau = bureau(&server, &proxy, "move:已处理");
    server.deliver(DESK, &form(1));
    let once = bureau.run(&["once"]);
    assert_eq!(once.code, 1, "{}", once.text);
    assert_eq!(bureau.roster()[0]["status"], "confirmed");
    assert_eq!(server.messages(DESK, "INBOX").len(), 1);

    proxy.set(|rules| rules.fault = None);
    bureau.well(&["once"]);
    let lie = ["INBOX", done].map(|folder| server.messages(DESK, folder).len());
    assert_eq!(lie, [0, 1]);
    bureau.well(&["once"]);
    assert_eq!((bureau.roster().len(), bureau.letters().len()), (1, 1));
}
