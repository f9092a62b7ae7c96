//! A message that brings its reader down. No such message is known: the builds for the crash tests
//! have readers that break at a mark. `tests/confine` tries the readers alone.
#![cfg(feature = "fault")]

use std::fs;
use std::path::Path;
use std::process::Command;

use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

use crate::bureau::{Bureau, DESK, Setup};
use crate::family::children_of;
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
fn a_message_that_takes_its_reader_down_is_charged_alone_and_its_neighbours_are_decided() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(3));
    for how in ["reader-abort", "reader-eat", "reader-spin", "reader-lie-noise"] {
        let bureau = Bureau::new(&server, &Setup::Sqlite, None);
        bureau.letters_to_folder();
        if how == "reader-abort" {
            deliver(&server);
        }
        let mut once = marked(bureau.command(&["once"]), how);
        once.env("BAOMING_PATIENCE", "2000");
        let done = once.output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "{how}: {said}");
        assert!(said.contains("a message was not read: its reader "), "{how}: {said}");
        let mut table = Table::of(&bureau);
        assert_eq!((table.messages("done"), table.messages("quarantined")), (2, 1), "{how}");
        let tries = "select attempts from ledger where state = 'quarantined'";
        assert_eq!(table.number(tries), 3, "{how}");
        assert!(!id(&bureau).is_empty(), "{how}");
    }
}

#[test]
fn what_is_read_beside_a_message_that_brings_its_reader_down_is_not_charged() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(3));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    let text = |marks: &str| format!("姓名：王建国\n联系电话：13995012345\n{marks}\n");
    server.deliver(DESK, &mail(1, "政府开放日报名", &text("FIRST-MARK SECOND-MARK")));
    server.deliver(DESK, &mail(2, "政府开放日报名", &text("SECOND-MARK")));
    let once = |fault: &str| {
        let done = bureau.command(&["once"]).env("BAOMING_FAULT", fault).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    once("reader-abort:SECOND-MARK");
    let mut table = Table::of(&bureau);
    assert_eq!(table.messages("quarantined"), 2);

    // Both are fresh again, and are read in one window, of which the first one dies.
    let digest = bureau.well(&["digest"]);
    for found in digest.split("baoming reprocess ").skip(1) {
        bureau.well(&["reprocess", found.split_whitespace().next().unwrap()]);
    }
    once("reader-abort:FIRST-MARK");
    assert_eq!((table.messages("done"), table.messages("quarantined")), (1, 1));
    let tries = |state| format!("select attempts from ledger where state = '{state}'");
    assert_eq!(table.number(&tries("quarantined")), 3);
    assert_eq!(table.number(&tries("done")), 0, "the failed attempt of the other is not its own");
}

#[test]
fn a_message_that_hangs_its_reader_holds_nobody_up() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(4));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    bureau.change("baoming.toml", "log = \"debug\"", "log = \"debug\"\nstop_within = \"1s\"");
    server.deliver(DESK, &mail(2, "政府开放日报名", &format!("姓名：王建国\n{MARK}\n")));
    server.deliver(DESK, &form(1));
    let mut command = marked(bureau.command(&["run"]), "reader-hang");
    // Once it is read alone, it hangs for longer than this test lasts.
    command.env("BAOMING_PATIENCE", "500").env("BAOMING_LONG_PATIENCE", "3600000");
    let mut service = bureau.launch(command);
    service.until("those behind it are decided", |bureau| bureau.roster().len() == 1);
    for n in 3..=4 {
        server.deliver(DESK, &form(n));
        service.until("and those who write later", |bureau| bureau.roster().len() == n - 1);
    }
    let mut table = Table::of(&bureau);
    let hangs = "select count(*) from ledger where state = 'received' and attempts = 1";
    assert_eq!((table.number(hangs), table.messages("quarantined")), (1, 0));
    assert_eq!(bureau.status().1["backlog"], 1, "it is not forgotten");
    service.stop();
    // What no reader breaks at any more takes its place by its arrival.
    bureau.well(&["once"]);
    assert_eq!((table.messages("done"), table.messages("received")), (4, 0));
}

#[test]
fn the_service_stops_in_time_while_a_message_is_read_for_ever_and_takes_its_readers_along() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(3));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    bureau.change("baoming.toml", "log = \"debug\"", "log = \"debug\"\nstop_within = \"1s\"");
    deliver(&server);
    let mut service = bureau.launch(marked(bureau.command(&["run"]), "reader-hang"));
    let me = service.id();
    // Between two messages a reader waits at its pipe, not for a lock.
    let hangs = |pid: u32| {
        let call = fs::read_to_string(format!("/proc/{pid}/syscall")).unwrap_or_default();
        call.split(' ').next() == Some(&libc::SYS_futex.to_string())
    };
    service.until("a reader hangs", |_| children_of(me).iter().any(|(pid, _)| hangs(*pid)));
    let readers = children_of(me);
    service.stop();
    for (pid, _) in readers {
        assert!(!Path::new(&format!("/proc/{pid}")).exists(), "reader {pid} was left behind");
    }
}

#[test]
fn the_service_lives_through_the_killing_of_its_readers_and_takes_them_along_when_it_is_killed() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(12));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    let mut service = bureau.start();
    let me = service.id();
    for round in 1..=4 {
        server.deliver(DESK, &form(round));
        service.until("it was decided", |bureau| bureau.roster().len() == round);
        for (pid, state) in children_of(me) {
            assert_ne!(state, 'Z', "{pid}");
            kill(pid);
        }
        service.until("the dead are buried", |_| children_of(me).is_empty());
    }
    let (_, status) = bureau.status();
    assert_eq!((&status["quarantined"], &status["open_tasks"]), (&0.into(), &0.into()));
    let confined = status["parts"]["readers"].as_str().unwrap();
    assert!(confined.starts_with("resource limits"), "{confined}");
    assert!(bureau.run(&["status"]).text.contains(confined));

    server.deliver(DESK, &form(5));
    service.until("it was decided", |bureau| bureau.roster().len() == 5);
    let readers = children_of(me);
    assert!(!readers.is_empty());
    kill(me);
    crate::support::wait_until("the readers have ended", || {
        // What nobody waits for any more may stay as a zombie of whoever is process 1 here.
        let alive = |pid: &u32| {
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            !(stat.is_empty() || stat.contains(") Z ") || stat.contains(") X "))
        };
        readers.iter().all(|(pid, _)| !alive(pid)).then_some(())
    });
}

#[test]
fn mail_waits_uncharged_while_no_reader_can_be_started() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(2));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    server.deliver(DESK, &form(1));
    server.deliver(DESK, &form(2));
    // A reader that cannot ask to die with its parent reads nothing. The filter holds for what is
    // started by this thread.
    let refused = SeccompFilter::new(
        [(libc::SYS_prctl, vec![])].into(),
        SeccompAction::Allow,
        SeccompAction::Errno(1),
        std::env::consts::ARCH.try_into().unwrap(),
    );
    let filter: BpfProgram = refused.unwrap().try_into().unwrap();
    let mut once = bureau.command(&["once"]);
    let under_filter = std::thread::spawn(move || {
        seccompiler::apply_filter(&filter).unwrap();
        once.output().unwrap()
    });
    let output = under_filter.join().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("no process that reads mail can be started"), "{said}");
    let mut table = Table::of(&bureau);
    assert_eq!(table.messages("received"), 2);
    assert_eq!(table.number("select max(attempts) from ledger"), 0);
    bureau.well(&["once"]);
    assert_eq!(table.messages("done"), 2);
}

#[test]
fn mail_is_read_by_the_program_that_runs_although_an_upgrade_has_replaced_its_file() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(2));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    let program = bureau.path("baoming");
    fs::copy(env!("CARGO_BIN_EXE_baoming"), &program).unwrap();
    let mut command = Command::new(&program);
    command.arg("--config").arg(bureau.path("baoming.toml")).arg("run");
    let mut service = bureau.launch(command);
    service.until_well();
    bureau.write("another", "#!/bin/sh\nexit 1\n", 0o755);
    fs::rename(bureau.path("another"), &program).unwrap();
    server.deliver(DESK, &form(1));
    service.until("it was decided", |bureau| bureau.roster().len() == 1);
    fs::remove_file(&program).unwrap();
    for (pid, _) in children_of(service.id()) {
        kill(pid);
    }
    server.deliver(DESK, &form(2));
    service.until("it was decided", |bureau| bureau.roster().len() == 2);
    service.stop();
}

fn kill(pid: u32) {
    // It may have ended in the meantime.
    let _ = Command::new("kill").args(["-9", &pid.to_string()]).status();
}
