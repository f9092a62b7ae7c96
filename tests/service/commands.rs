//! What the staff do by hand: each command once, with its effect.

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails::{self, form, mail};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;
use crate::table::Table;

/// Number, status, category's beginning and channel of every registration.
fn roster(bureau: &Bureau) -> Vec<String> {
    let rows = bureau.roster();
    let text = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap_or("-").to_owned();
    rows.iter()
        .map(|row| {
            let category: String = text(row, "category").chars().take(3).collect();
            let (number, status) = (text(row, "number"), text(row, "status"));
            format!(
                "{} {status} {category} {}",
                number.trim_start_matches("XJ21-"),
                text(row, "channel")
            )
        })
        .collect()
}

fn subjects(server: &MailServer, n: usize, count: usize) -> Vec<String> {
    let letters = crate::support::wait_until("the letters have arrived", || {
        let letters = server.messages(&mails::address(n), "INBOX");
        (letters.len() >= count).then_some(letters)
    });
    letters.iter().map(|raw| mails::subject(raw)).collect()
}

#[test]
fn staff_enter_cancel_approve_reject_promote_and_note_attendance() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(6));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.quotas(1, 2);
    // 1 is confirmed; 2 gives two identity numbers; 3 no telephone.
    server.deliver(DESK, &form(1));
    let two = format!(
        "报名参加\n姓名：{}\n电话：{}\n身份证号：64222319880101123X\n身份证号：642223199101011233\n",
        mails::name(2),
        mails::phone(2)
    );
    server.deliver(DESK, &mail(2, "政府开放日报名", &two));
    server.deliver(DESK, &mail(3, "政府开放日报名", &format!("姓名：{}\n", mails::name(3))));
    server.deliver(DESK, &form(4));
    bureau.well(&["once"]);
    assert_eq!(
        roster(&bureau),
        [
            "001 confirmed rep email",
            "002 review rep email",
            "003 incomplete rep email",
            "004 waitlisted rep email"
        ]
    );
    enter(&bureau);
    settle_doubts(&bureau);

    // Mail is dated to the second, a clerk's entry to the millisecond: the next one shall be later.
    let entered = jiff::Timestamp::now().as_second();
    crate::support::wait_until("the next second has begun", || {
        (jiff::Timestamp::now().as_second() > entered).then_some(())
    });
    server.deliver(DESK, &form(6));
    bureau.well(&["once"]);
    promote_out_of_turn(&bureau);
    bureau.well(&["once"]);
    assert_eq!(subjects(&server, 1, 2)[1].split('】').next(), Some("【报名已取消"));
    assert_eq!(subjects(&server, 3, 2)[1].split('】').next(), Some("【未予登记"));
    assert_eq!(subjects(&server, 4, 2)[1].split('】').next(), Some("【候补成功"));
    assert_eq!(subjects(&server, 5, 1).len(), 1);
}

/// Somebody by telephone, somebody at the counter; a wrong number and a second entry are refused.
fn enter(bureau: &Bureau) {
    bureau.well(&[
        "add",
        "--name",
        "韩博文",
        "--phone",
        "13995000050",
        "--email",
        &mails::address(5),
    ]);
    let supervisor = ["--category", "supervisor", "--id-number", "642223199101011233"];
    let counter = ["add", "--onsite", "--name", "丁学义", "--phone", "13995000051"];
    bureau.well(&[&counter[..], &supervisor].concat());
    let wrong = ["add", "--name", "田桂英", "--phone", "13995000052", "--id-number"];
    let refused = bureau.run(&[&wrong[..], &["642223198801011230"]].concat());
    assert_eq!(refused.code, 2, "{}", refused.text);
    assert!(refused.text.contains("身份证号的校验码不符"), "{}", refused.text);
    let twice = bureau.run(&["add", "--name", "韩博文", "--phone", "13995000050"]);
    assert_eq!(twice.code, 1, "{}", twice.text);
    assert_eq!(roster(bureau)[4..], ["005 waitlisted rep phone", "006 confirmed sup onsite"]);
}

/// One approved with corrections, one refused, one cancelled: the next in line moves up.
fn settle_doubts(bureau: &Bureau) {
    let corrected = ["--set", "id_number=64222319880101123X", "--set", "phone=13995012345"];
    let shown = bureau.well(&["show", "XJ21-002"]);
    assert!(shown.contains("报名待核实）\n  "), "the open doubts: {shown}");
    assert!(shown.contains("身份证"), "{shown}");
    let titled = [&["approve", "XJ21-002", "--set", "name=李建国先生"][..], &corrected].concat();
    let said = bureau.well(&titled);
    assert!(said.contains("姓名记为“李建国”（输入的是“李建国先生”）。"), "{said}");
    assert!(!said.contains("电话记为"), "{said}");
    let shown = bureau.well(&["show", "XJ21-002"]);
    assert!(!shown.contains("待办"), "{shown}");
    assert_eq!(bureau.roster()[1]["phone"], "13995012345");
    bureau.well(&["reject", "XJ21-003", "--reason", "未提供联系电话"]);
    bureau.well(&["cancel", "XJ21-001"]);
    assert_eq!(
        roster(bureau)[..5],
        [
            "001 cancelled rep email",
            "002 confirmed rep email",
            "003 refused rep email",
            "004 confirmed rep email",
            "005 waitlisted rep phone"
        ]
    );
}

/// The last one in line gets a place by a decision of the staff, and comes; another one does not.
fn promote_out_of_turn(bureau: &Bureau) {
    let full = bureau.run(&["promote", "XJ21-007", "--reason", "meeting of 21 September"]);
    assert_eq!(full.code, 1, "{}", full.text);
    assert!(full.text.contains("名额已满"), "{}", full.text);
    bureau.quotas(1, 3);
    bureau.well(&["promote", "XJ21-007", "--reason", "meeting of 21 September"]);
    assert_eq!(
        roster(bureau)[4..],
        ["005 waitlisted rep phone", "006 confirmed sup onsite", "007 confirmed rep email"]
    );
    let explained = bureau.well(&["explain", "XJ21-007"]);
    assert!(explained.contains("不按候补次序"), "{explained}");
    let early = bureau.run(&["attend", "XJ21-007"]);
    assert_eq!(early.code, 1, "{}", early.text);
    assert!(early.text.contains("当天起才可以签到"), "{}", early.text);
    bureau.the_day_has_come();
    bureau.well(&["attend", "XJ21-007"]);
    bureau.well(&["attend", "XJ21-006", "--absent"]);
    let mut table = Table::of(bureau);
    let attended =
        |number: &str| format!("select attended from registration where number = '{number}'");
    assert_eq!(table.number(&attended("XJ21-007")), 1);
    assert_eq!(table.number(&attended("XJ21-006")), 0);
}

#[test]
fn staff_look_settle_resend_and_keep_copies() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(3));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    server.deliver(DESK, &form(1));
    server.deliver(DESK, &mail(2, "请问", "请问可以坐几路公交车？谢谢。\n"));
    bureau.well(&["once"]);

    let shown = bureau.well(&["show", "xj21-001"]);
    for words in [mails::name(1).as_str(), &mails::phone(1), &mails::address(1), "联系电话"] {
        assert!(shown.contains(words), "{words} is missing: {shown}");
    }
    assert!(bureau.well(&["explain", "XJ21-001"]).contains("登记"));
    let unknown = bureau.run(&["show", "XJ21-099"]);
    assert_eq!(unknown.code, 1, "{}", unknown.text);
    assert!(bureau.well(&["list", "--status", "waitlisted"]).contains("还没有"));
    let category = ["list", "--json", "--category", "representative", "--event", "event"];
    assert!(bureau.well(&category).contains("XJ21-001"));

    let digest = bureau.well(&["digest"]);
    let (_, settle) = digest.split_once("baoming settle ").unwrap();
    let task = settle.split_whitespace().next().unwrap();
    bureau.well(&["settle", task]);
    assert_eq!(bureau.run(&["settle", task]).code, 1);
    assert_eq!(bureau.status().1["open_tasks"], 0);

    let letter = || {
        let letters = bureau.letters();
        letters.into_iter().find(|letter| letter["to"] == mails::address(1)).unwrap()
    };
    let number = letter()["number"].to_string();
    assert_eq!(bureau.run(&["resend", &number]).code, 1, "its fate is known");
    let mut table = Table::of(&bureau);
    table.tell(&format!("update letter set state = 'uncertain' where number = {number}"));
    assert_eq!(bureau.well(&["letters", "--uncertain", "--json"]).lines().count(), 1);
    bureau.well(&["resend", &number]);
    bureau.well(&["once"]);
    assert_eq!(letter()["state"], "sent");
    let copies = crate::support::wait_until("the second copy has arrived", || {
        let found = server.messages(&mails::address(1), "INBOX");
        (found.len() == 2).then_some(found)
    });
    assert_eq!(mails::id(&copies[0]), mails::id(&copies[1]), "with the same Message-ID");

    let copy = bureau.path("copy.db");
    bureau.well(&["backup", copy.to_str().unwrap()]);
    assert_eq!(Table::at(&copy).messages("done"), 2);
    assert_eq!(bureau.run(&["backup", copy.to_str().unwrap()]).code, 1, "it exists");
}
