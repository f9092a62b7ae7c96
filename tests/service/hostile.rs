//! Mail that is made to cost as much as possible, and what it costs the whole service.
#![cfg(feature = "fault")]

use crate::bombs::{bombs, peak};
use crate::bureau::{Bureau, DESK, Setup};
use crate::family::children_of;
use crate::mails::{self, form};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;
use crate::table::Table;

/// What the service itself may take, in MiB: the unit allows 384 for it and one reader. Three windows
/// of mail are in its hands at once, here of up to 10 MB for one mail.
const SERVICE: u64 = 160;

/// What one reader may take: its own limit, see `confine/cage.rs`, and the program.
const READER: u64 = 256;

#[test]
fn hostile_mail_costs_the_service_little_memory_and_is_decided_like_any_other() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(1));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    bureau.well(&["once"]);
    let mut table = Table::of(&bureau);
    let bombs = bombs();
    let all = i64::try_from(bombs.len()).unwrap() + 1;
    for (_, raw) in bombs {
        server.deliver(DESK, &raw);
    }
    server.deliver(DESK, &form(1));
    let mut service = bureau.start();
    let (me, mut readers) = (service.id(), 0);
    service.until("everything is decided", |_| {
        readers = children_of(me).into_iter().map(|(pid, _)| peak(pid)).fold(readers, u64::max);
        table.number("select count(*) from decision where source like 'message:%'") == all
    });
    let own = peak(me);
    println!("at most {own} MiB in the service, {readers} MiB in a reader");
    assert!(own <= SERVICE && readers <= READER, "{own} and {readers} MiB");
    assert_eq!(bureau.roster()[0]["name"], mails::name(1).as_str());
    assert_eq!(bureau.status().1["quarantined"], 0);
    service.stop();
}
