//! What the provider does not show: mail that is listed late, and a listing of the last thirty days
//! only, in which messages vanish and come again.

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails::{self, form};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::proxy::Proxy;
use crate::support::proxy::rules::Rules;
use crate::support::skip;
use crate::table::Table;

fn days_ago(days: i64) -> String {
    let then = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24 * days);
    then.strftime("%d-%b-%Y %H:%M:%S +0000").to_string()
}

#[test]
fn mail_that_is_shown_late_is_registered_and_what_vanishes_and_comes_again_is_known() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(5));
    let rules = Rules { window_of_days: Some(30), ..Rules::coremail() };
    let proxy = Proxy::start_tls(&server, rules);
    let bureau = Bureau::new(&server, &Setup::Coremail, Some(proxy.port));
    bureau.letters_to_folder();
    server.append(DESK, "INBOX", &days_ago(40), &form(5));
    for n in 1..=3 {
        server.deliver(DESK, &form(n));
    }
    let hide = |uids: &[u32]| proxy.set(|rules| rules.hidden_uids = uids.to_vec());
    let people = || bureau.roster().iter().map(|one| one["name"].to_string()).collect::<Vec<_>>();
    let named = |n: usize| format!("\"{}\"", mails::name(n));

    hide(&[3]);
    bureau.well(&["once"]);
    assert_eq!(people(), [named(1), named(3)], "the second of them is not shown yet");
    hide(&[]);
    bureau.well(&["once"]);
    assert_eq!(people().len(), 3);
    assert_eq!(bureau.roster().iter().filter(|one| one["number"] == "XJ21-003").count(), 1);
    // Everything is gone but for one new message; then all of it is there again.
    hide(&[1, 2, 3, 4]);
    server.deliver(DESK, &form(4));
    bureau.well(&["once"]);
    hide(&[]);
    proxy.set(|rules| rules.window_of_days = None);
    bureau.well(&["once"]);
    assert_eq!(people().len(), 4);
    assert_eq!(bureau.letters().len(), 4, "nobody is told twice");
    let mut table = Table::of(&bureau);
    let states = ["done", "alias", "duplicate", "preexisting"].map(|state| table.messages(state));
    assert_eq!(states, [4, 0, 0, 1], "the one of forty days ago is older than the event");
    let digest = bureau.well(&["digest"]);
    assert!(digest.contains("未登记的来信：0 封"), "{digest}");
}
