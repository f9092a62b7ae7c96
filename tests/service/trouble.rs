//! A database that cannot be written for a while.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails::{self, form};
use crate::postgres::Database;
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;
use crate::table::Table;

/// For how long a database is held that the service needs: until the service has named it, and then
/// through some more of its tries. `BAOMING_LOCK` says for how many seconds more.
fn hold_on() -> Duration {
    let wanted = std::env::var("BAOMING_LOCK").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(wanted.unwrap_or(5))
}

/// Somebody else holds the database while mail comes in: intake pauses and says so, no message is
/// charged, and all goes on by itself.
fn waits_for_the_holder(
    setup: &Setup,
    mut holder: impl FnMut(&Bureau<'_>) -> (Table, &'static str),
) {
    let server = MailServer::start(&mails::users(3));
    let bureau = Bureau::new(&server, setup, None);
    bureau.letters_to_folder();
    let mut service = bureau.start();
    service.until_well();
    let (mut holder, take) = holder(&bureau);
    holder.tell(take);
    for n in 1..=3 {
        server.deliver(DESK, &form(n));
    }
    service.until("the lock is named", |bureau| {
        bureau.troubles().contains("another process holds the database")
    });
    let end = Instant::now() + hold_on();
    while Instant::now() < end {
        assert!(bureau.roster().is_empty(), "nothing is decided");
    }
    assert_eq!(bureau.status().0, 1);
    assert!(bureau.log().contains("another process holds the database"), "the log tells it");
    holder.tell("rollback");
    service.until_quiet(3);
    service.until_well();
    service.stop();
    assert_eq!((holder.messages("done"), holder.messages("quarantined")), (3, 0));
    assert_eq!(holder.number("select max(attempts) from ledger"), 0);
    assert_eq!(holder.number("select max(interrupted) from ledger"), 0);
}

#[test]
fn a_locked_database_is_waited_for_and_costs_no_message_an_attempt() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    waits_for_the_holder(&Setup::Sqlite, |bureau| (Table::of(bureau), "begin exclusive"));
}

#[test]
fn a_locked_row_is_waited_for_on_postgresql_as_well() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let database = tokio::runtime::Runtime::new().unwrap().block_on(Database::create());
    let Some(database) = database else { return };
    let url = database.url().to_owned();
    let take = "begin; select value from meta where name = 'turn' for update";
    waits_for_the_holder(&Setup::Postgres(url.clone()), |_| (Table::open(&url), take));
}

/// A small disk of its own for a bureau's database; gone with this value.
struct Disk(PathBuf);

impl Disk {
    /// `None` where this machine does not allow it.
    fn mount(at: PathBuf) -> Option<Self> {
        std::fs::create_dir(&at).unwrap();
        mount(&["-t", "tmpfs", "-o", "size=6m", "tmpfs"], &at).then_some(Self(at))
    }

    fn read_only(&self) {
        assert!(mount(&["-o", "remount,ro"], &self.0));
    }

    fn writable(&self) {
        assert!(mount(&["-o", "remount,rw"], &self.0));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("--lazy").arg(&self.0).status());
    }
}

fn mount(options: &[&str], at: &Path) -> bool {
    Command::new("mount").args(options).arg(at).output().is_ok_and(|done| done.status.success())
}

/// A bureau whose database is on that disk.
fn on_disk(server: &MailServer) -> Option<(Bureau<'_>, Disk)> {
    let bureau = Bureau::new(server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    let disk = Disk::mount(bureau.path("disk"));
    let Some(disk) = disk else {
        skip::left_out("this machine does not let the tests mount a disk");
        return None;
    };
    let (before, after) = (bureau.path("baoming.db"), bureau.path("disk/baoming.db"));
    let url = |path: &Path| format!("sqlite:{}", path.display());
    bureau.change("baoming.toml", &url(&before), &url(&after));
    Some((bureau, disk))
}

/// Bytes that no packing makes smaller.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 88_172_645_463_325_252_u64;
    let next = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[0]
    };
    (0..length).map(next).collect()
}

#[test]
fn a_full_disk_is_named_and_everything_goes_on_when_there_is_room_again() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(8));
    let Some((bureau, _disk)) = on_disk(&server) else { return };
    let mut service = bureau.start();
    service.until_well();
    let filler = bureau.path("disk/filler");
    drop(std::fs::write(&filler, noise(8 << 20)));
    for n in 1..=8 {
        // Forty kilobytes each, in letters that an encoder might make of a picture.
        let text: String = noise(40_000).iter().map(|byte| char::from(b'A' + byte % 26)).collect();
        let lines =
            text.as_bytes().chunks(70).map(|line| String::from_utf8_lossy(line).into_owned());
        let lines = lines.collect::<Vec<_>>().join("\n");
        let text = format!("姓名：{}\n电话：{}\n\n{lines}\n", mails::name(n), mails::phone(n));
        server.deliver(DESK, &mails::mail(n, "政府开放日报名", &text));
    }
    service
        .until("the full disk is named", |bureau| bureau.troubles().contains("the disk is full"));
    assert_eq!(bureau.status().0, 1);
    assert!(bureau.log().contains("the disk is full"), "the log tells it");
    std::fs::remove_file(&filler).unwrap();
    service.until_quiet(8);
    service.until_well();
    service.stop();
    let mut table = Table::at(&bureau.path("disk/baoming.db"));
    assert_eq!((table.messages("done"), table.messages("quarantined")), (8, 0));
    assert_eq!(table.number("select max(attempts) from ledger"), 0);
}

#[test]
fn a_database_on_a_read_only_disk_is_named_and_nothing_is_lost() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(2));
    let Some((bureau, disk)) = on_disk(&server) else { return };
    server.deliver(DESK, &form(1));
    bureau.well(&["once"]);
    server.deliver(DESK, &form(2));
    disk.read_only();
    let mut named = vec![bureau.run(&["run"]), bureau.run(&["once"])];
    named.push(bureau.run(&["add", "--name", "马建国", "--phone", "13995000009"]));
    for done in named {
        assert_eq!(done.code, 1, "{}", done.text);
        assert!(done.text.contains("writ"), "{}", done.text);
    }
    let check = bureau.run(&["check"]);
    assert_eq!(check.code, 1, "{}", check.text);
    disk.writable();
    bureau.well(&["once"]);
    assert_eq!(bureau.roster().len(), 2);
}

/// The database refuses decisions as a full disk does, but takes everything smaller.
#[test]
fn decisions_that_the_disk_has_no_room_for_cost_no_message_an_attempt() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let database = tokio::runtime::Runtime::new().unwrap().block_on(Database::create());
    let Some(database) = database else { return };
    let server = MailServer::start(&mails::users(3));
    let bureau = Bureau::new(&server, &Setup::Postgres(database.url().to_owned()), None);
    bureau.letters_to_folder();
    bureau.well(&["once"]);
    let mut table = Table::open(database.url());
    table.tell(
        "create function no_room() returns trigger language plpgsql as $$ begin \
         raise exception 'no space left on device' using errcode = '53100'; end $$; \
         create trigger no_room before insert on decision execute function no_room()",
    );
    for n in 1..=3 {
        server.deliver(DESK, &form(n));
    }
    for _ in 0..5 {
        let once = bureau.run(&["once"]);
        assert_eq!(once.code, 1, "{}", once.text);
        assert!(once.text.contains("the disk is full"), "{}", once.text);
    }
    assert_eq!((table.messages("received"), table.messages("quarantined")), (3, 0));
    table.tell("drop trigger no_room on decision");
    bureau.well(&["once"]);
    assert_eq!(table.messages("done"), 3);
    assert_eq!(bureau.letters().len(), 3);
    assert_eq!(table.number("select max(attempts) from ledger"), 0);
}
