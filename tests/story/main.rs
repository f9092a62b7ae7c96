//! The whole way on real servers: forty citizens write by SMTP, the service reads their mail over
//! IMAP, gives places, answers, and the staff's digest tells it. Told on SQLite, on PostgreSQL, and
//! before a server that behaves as imap.163.com does.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may fail loudly"
)]

#[path = "../support/mod.rs"]
mod support;

#[path = "../support/postgres.rs"]
mod postgres;

#[path = "../support/bureau.rs"]
mod bureau;

mod cast;
mod kills;
mod letters;

use bureau::{Bureau, STAFF, Setup};
use cast::{answers, citizens, first_mails};
use support::mailserver::{MailServer, is_root};
use support::proxy::Proxy;
use support::proxy::rules::Rules;
use support::skip;

/// Tells the story and checks how it ends.
fn tell(setup: &Setup) {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&citizens());
    let proxy =
        matches!(setup, Setup::Coremail).then(|| Proxy::start_tls(&server, Rules::coremail()));
    let bureau = Bureau::new(&server, setup, proxy.as_ref().map(|proxy| proxy.port));
    assert_eq!(bureau.run(&["check"]).code, 0, "{}", bureau.run(&["check"]).text);

    for mail in first_mails() {
        bureau.post(&mail);
    }
    let mut service = bureau.start();
    service.until_quiet(38);

    for mail in answers(&server) {
        bureau.post(&mail);
    }
    service.until_quiet(45);
    service.stop();

    letters::check(&server);
    check_roster(&bureau);
    letters::check(&server);
    check_digest(&server, &bureau);
    let status = bureau.run(&["status"]);
    assert_eq!(status.code, 1, "a stopped service is not well: {}", status.text);
}

#[test]
fn forty_citizens_on_sqlite() {
    tell(&Setup::Sqlite);
}

#[test]
fn forty_citizens_on_postgresql() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    if let Some(database) = runtime.block_on(postgres::Database::create()) {
        tell(&Setup::Postgres(database.url().to_owned()));
    }
}

#[test]
fn forty_citizens_before_a_server_like_that_of_163() {
    tell(&Setup::Coremail);
}

/// One line a registration: number, status, category, position, name.
fn check_roster(bureau: &Bureau) {
    let rows = bureau.roster();
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            let text = |key: &str| row[key].as_str().unwrap_or("-").to_owned();
            let position = row["position"].as_u64().map_or("-".to_owned(), |n| n.to_string());
            let category = text("category").chars().take(3).collect::<String>();
            format!("{} {} {category} {position} {}", text("number"), text("status"), text("name"))
        })
        .collect();
    let expected = cast::expected_roster();
    for (told, expected) in told.iter().zip(&expected) {
        assert_eq!(told, expected, "the whole roster:\n{}", rows_text(&rows));
    }
    assert_eq!(told.len(), expected.len());
}

fn rows_text(rows: &[serde_json::Value]) -> String {
    rows.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn check_digest(server: &MailServer, bureau: &Bureau) {
    assert_eq!(bureau.run(&["digest", "--send"]).code, 0);
    assert_eq!(bureau.run(&["digest", "--send"]).text.trim(), "这一天的日报已经发过。");
    assert_eq!(bureau.run(&["once"]).code, 0);
    let digests = support::wait_until("the digest is in the staff's mailbox", || {
        let found = server.messages(STAFF, "INBOX");
        (!found.is_empty()).then_some(found)
    });
    assert_eq!(digests.len(), 1, "one digest a day");
    let text = letters::plain_text(&digests[0]);
    for words in [
        "名额 8 = 已确认 8 + 保留 0 + 空余 0；候补 1",
        "名额 17 = 已确认 17 + 保留 0 + 空余 0；候补 8",
    ] {
        assert!(text.contains(words), "{words} is not in the digest:\n{text}");
    }
    for words in ["查询", "咨询", "对账"] {
        assert!(text.contains(words), "{words} is not in the digest:\n{text}");
    }
    assert!(text.contains("未登记的来信：0 封"), "the reconciliation is open:\n{text}");
}
