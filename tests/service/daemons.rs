//! Two daemons: by mistake on one SQLite file, on purpose on one PostgreSQL database.

use std::collections::BTreeSet;

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails::{self, address, form};
use crate::postgres::Database;
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;
use crate::table::Table;

#[test]
fn a_second_daemon_on_one_sqlite_file_is_refused_and_clerks_work_beside_the_first() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(1));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    let mut service = bureau.start();
    service.until_well();
    for second in ["run", "once"] {
        let done = bureau.run(&[second]);
        assert_eq!(done.code, 1, "{}", done.text);
        let holder = format!("(process {})", service.id());
        assert!(done.text.contains("another baoming already serves"), "{}", done.text);
        assert!(done.text.contains(&holder), "{}", done.text);
        assert!(done.text.contains("stop it first"), "{}", done.text);
    }
    bureau.well(&["add", "--name", "马建国", "--phone", "13995000001"]);
    bureau.well(&["cancel", "XJ21-001"]);
    assert_eq!(bureau.roster()[0]["status"], "cancelled");
    service.until_well();
    service.stop();
}

/// A fresh PostgreSQL database, where there is a server.
fn database() -> Option<Database> {
    tokio::runtime::Runtime::new().unwrap().block_on(Database::create())
}

/// A daemon is killed and started again: its mailbox is looked into at once, or, where others may
/// be at work, as soon as the dead one's lease has run out.
fn looks_again_after_a_kill(setup: &Setup) {
    let server = MailServer::start(&mails::users(1));
    let bureau = Bureau::new(&server, setup, None);
    bureau.letters_to_folder();
    let mut service = bureau.start();
    service.until_well();
    drop(service);
    if let Setup::Postgres(url) = setup {
        // The rest of the minute that it was good for.
        let soon = jiff::Timestamp::now().as_millisecond() + 3_000;
        let mut table = Table::open(url);
        assert_eq!(table.number("select count(*) from lease"), 1);
        table.tell(&format!("update lease set until = {soon}"));
    }
    server.deliver(DESK, &form(1));
    bureau.start().until("the mail is decided", |bureau| !bureau.roster().is_empty());
}

#[test]
fn a_killed_daemon_looks_into_its_mailbox_as_soon_as_it_runs_again() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    looks_again_after_a_kill(&Setup::Sqlite);
}

#[test]
fn a_killed_daemon_on_postgresql_keeps_no_other_from_the_mailbox_for_long() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let Some(database) = database() else { return };
    looks_again_after_a_kill(&Setup::Postgres(database.url().to_owned()));
}

#[test]
fn two_daemons_on_postgresql_share_the_work_and_decide_everything_once() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let Some(database) = database() else { return };
    let server = MailServer::start(&mails::users(30));
    let bureau = Bureau::new(&server, &Setup::Postgres(database.url().to_owned()), None);
    std::fs::create_dir(bureau.path("run2")).unwrap();
    let mut other = bureau.command(&["run"]);
    other.env("BAOMING__DAEMON__RUNTIME_DIR", bureau.path("run2"));
    let mut first = bureau.start();
    first.until_well();
    let second = bureau.launch(other);
    for n in 1..=30 {
        server.deliver(DESK, &form(n));
    }
    first.until_quiet(30);
    second.stop();
    first.stop();

    let roster = bureau.roster();
    let count = |status: &str| roster.iter().filter(|row| row["status"] == status).count();
    assert_eq!((roster.len(), count("confirmed"), count("waitlisted")), (30, 17, 13));
    let people: BTreeSet<_> = roster.iter().map(|row| row["email"].to_string()).collect();
    assert_eq!(people.len(), 30, "each citizen has one registration");
    let mut table = Table::open(database.url());
    assert_eq!(table.number("select count(*) from decision"), 30);
    for n in 1..=30 {
        let letters = crate::support::wait_until("the letter has arrived", || {
            let letters = server.messages(&address(n), "INBOX");
            (!letters.is_empty()).then_some(letters)
        });
        assert_eq!(letters.len(), 1, "citizen {n}");
    }
}

#[test]
fn a_second_daemon_on_postgresql_leaves_the_letter_alone_that_the_first_is_sending() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let Some(database) = database() else { return };
    let server = MailServer::start(&mails::users(1));
    let bureau = Bureau::new(&server, &Setup::Postgres(database.url().to_owned()), None);
    server.deliver(DESK, &form(1));
    bureau.well(&["once", "--hold-letters"]);
    let mut table = Table::open(database.url());
    // As the first daemon leaves it while it speaks with the provider.
    let soon = jiff::Timestamp::now().as_millisecond() + 600_000;
    table.tell(&format!("update letter set state = 'sending', claimed_until = {soon}"));
    bureau.well(&["once"]);
    assert_eq!(bureau.letters()[0]["state"], "sending");
    let mut service = bureau.start();
    service.until_well();
    service.stop();
    assert_eq!(bureau.letters()[0]["state"], "sending");
}
