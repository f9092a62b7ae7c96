//! `replay`: what the present rules would read otherwise, with nothing applied.

use serde_json::{Value, json};

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails::{self, form, mail};
use crate::postgres::Database;
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;
use crate::table::Table;

/// Everything that a decision, an order or a letter would add to.
const TABLES: [&str; 8] =
    ["ledger", "registration", "letter", "task", "decision", "command", "audit", "settings"];

fn counts(table: &mut Table) -> Vec<i64> {
    TABLES.iter().map(|name| table.number(&format!("select count(*) from {name}"))).collect()
}

fn replayed(bureau: &Bureau) -> Vec<Value> {
    let lines = bureau.well(&["replay", "--json"]);
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Three mails, one of them with a label that nobody knows yet.
fn three_mails(setup: &Setup, url: impl Fn(&Bureau) -> String) {
    let server = MailServer::start(&mails::users(3));
    let bureau = Bureau::new(&server, setup, None);
    bureau.letters_to_folder();
    server.deliver(DESK, &form(1));
    let (name, phone) = (mails::name(2), mails::phone(2));
    let labelled = format!("姓名：{name}\n联系电话：{phone}\n落脚处：吉强镇团结路12号\n");
    server.deliver(DESK, &mail(2, "政府开放日报名", &labelled));
    server.deliver(DESK, &mail(3, "请问", "请问可以坐几路公交车？谢谢。\n"));
    bureau.well(&["once"]);
    // What a clerk enters stands above what was read.
    bureau.well(&["approve", "XJ21-001", "--set", "phone=13995099999"]);
    assert_eq!(replayed(&bureau), Vec::<Value>::new());
    let said = bureau.well(&["replay"]);
    assert!(said.contains("共重读 3 封来信，读法都与当时相同"), "{said}");

    let mut table = Table::open(&url(&bureau));
    // As another version of the program would have read the question.
    table.tell("update ledger set kind = 'status' where kind = 'inquiry'");
    let event = std::fs::read_to_string(bureau.path("event.toml")).unwrap();
    let event = event.replacen("[labels]", "[labels]\naddress = [\"落脚处\"]", 1);
    bureau.write("event.toml", &event.replacen("quota = 8", "quota = 9", 1), 0o644);
    let before = (counts(&mut table), bureau.roster());
    let found = replayed(&bureau);
    let said = bureau.well(&["replay"]);
    assert_eq!((counts(&mut table), bureau.roster()), before, "nothing is applied");
    assert_eq!(table.number("select quota from quota where category = 'supervisor'"), 8);

    assert_eq!(found.len(), 2, "{found:?}");
    let person = json!([{"number": "XJ21-002", "field": "address", "now": "吉强镇团结路12号"}]);
    assert_eq!((&found[0]["people"], &found[0]["kind"]), (&person, &Value::Null));
    assert_eq!(found[0]["from"], mails::address(2));
    assert_eq!(found[1]["kind"], json!({"was": "status", "now": "inquiry"}));
    for words in [
        "XJ21-002  住址  （没有） → 吉强镇团结路12号",
        "类型  查询报名情况 → 咨询或其他",
        "共重读 3 封来信，其中 2 封会读得不同。名单、回信和任务都没有改动。",
    ] {
        assert!(said.contains(words), "{words} is missing: {said}");
    }
}

#[test]
fn replay_shows_what_the_present_rules_would_read_otherwise_and_applies_nothing() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    three_mails(&Setup::Sqlite, |bureau| format!("sqlite:{}", bureau.path("baoming.db").display()));
}

#[test]
fn replay_on_postgresql() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let database = tokio::runtime::Runtime::new().unwrap().block_on(Database::create());
    let Some(database) = database else { return };
    let url = database.url().to_owned();
    three_mails(&Setup::Postgres(url.clone()), |_| url.clone());
}
