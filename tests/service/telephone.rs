//! A day at the telephone and the counter, told once on real servers: the same rules, numbers and
//! audit as by mail, and whoever has no address is telephoned.

use std::fs;

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails::{self, form, mail};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;

/// Number, status, category's beginning and channel of everybody.
fn roster(bureau: &Bureau) -> Vec<String> {
    let text = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap_or("-").to_owned();
    let line = |row: &serde_json::Value| {
        let number = text(row, "number");
        let category: String = text(row, "category").chars().take(3).collect();
        let position = row["position"].as_u64().map(|at| format!(" {at}")).unwrap_or_default();
        let (status, channel) = (text(row, "status"), text(row, "channel"));
        format!("{} {status}{position} {category} {channel}", number.trim_start_matches("XJ21-"))
    };
    bureau.roster().iter().map(line).collect()
}

fn calls(bureau: &Bureau) -> String {
    let digest = bureau.well(&["digest"]);
    let part = digest.split_once("【需要打电话】").map_or("", |(_, behind)| behind);
    part.split("\n\n【").next().unwrap_or_default().to_owned()
}

#[test]
fn the_telephone_and_the_counter_go_by_the_same_rules_as_mail() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(2));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.quotas(2, 2);
    // Supervisors are appointed: the list is what Excel wrote.
    let list = encoding_rs::GBK.encode("姓名,电话\r\n马志强,13995400001\r\n苏玉梅,\r\n").0;
    fs::write(bureau.path("supervisors.csv"), list).unwrap();
    bureau.change("event.toml", "#allow = ", "allow = ");
    bureau.change("event.toml", "#otherwise = ", "otherwise = ");
    server.deliver(DESK, &form(1));
    bureau.well(&["once"]);

    // By telephone: one who is listed, one who is not and counts for the other category.
    let supervisor = ["--category", "supervisor"];
    let listed = ["add", "--name", "马志强", "--phone", "13995400001"];
    let said = bureau.well(&[&listed[..], &supervisor].concat());
    assert!(said.contains("请当面或在电话里告知本人"), "{said}");
    let other = ["add", "--name", "丁学义", "--phone", "13995400002"];
    bureau.well(&[&other[..], &supervisor].concat());
    assert_eq!(
        roster(&bureau),
        ["001 confirmed rep email", "002 confirmed sup phone", "003 confirmed rep phone"]
    );

    paper_list(&bureau);

    // A number was misheard; a place comes free by mail, and falls to the one who has no address.
    bureau.well(&["change", "XJ21-005", "--phone", "13995400055"]);
    assert!(!calls(&bureau).contains("XJ21-005"), "it was told on the telephone");
    server.deliver(DESK, &mail(1, "取消报名", "我不能参加了，请取消我的报名。\n"));
    bureau.well(&["once"]);
    assert_eq!(roster(&bureau)[4], "005 confirmed rep onsite");
    let said = calls(&bureau);
    assert!(said.contains("XJ21-005 田桂英 电话 13995400055"), "{said}");
    assert!(said.contains("递补成功，已有名额"), "{said}");

    // What is impossible is refused with the reason and changes nothing.
    let before = roster(&bureau);
    let refused = [
        (&["cancel", "XJ21-001"][..], "无需取消"),
        (&["promote", "XJ21-005", "--reason", "x"], "已有名额"),
        (&["change", "XJ21-003", "--category", "supervisor"], "请核对名单"),
        (&["add", "--name", "丁学义", "--phone", "13995400002"], "此人已登记，编号 XJ21-003"),
    ];
    for (command, why) in refused {
        let done = bureau.run(command);
        assert_eq!(done.code, 1, "{command:?}: {}", done.text);
        assert!(done.text.contains(why), "{command:?}: {}", done.text);
    }
    assert_eq!(roster(&bureau), before);

    // Why somebody stands where they stand, and who did it.
    let explained = bureau.well(&["explain", "XJ21-003"]);
    assert!(explained.contains("不在名单内，按配置转入其他类别"), "{explained}");
    let explained = bureau.well(&["explain", "XJ21-005"]);
    for words in ["列入候补", "工作人员更正了登记的内容", "按候补次序轮到这一位"]
    {
        assert!(explained.contains(words), "{words}: {explained}");
    }

    the_day(&bureau);
}

/// A paper list from the counter: a dry run, a broken row, then as far as it goes.
fn paper_list(bureau: &Bureau) {
    let rows =
        "姓名,联系电话,报名类别\n苏玉梅,13995400004,监督员\n田桂英,13995400005,\n韩博文,1399540,\n";
    fs::write(bureau.path("list.csv"), rows).unwrap();
    let file = bureau.path("list.csv");
    let import = ["import", file.to_str().unwrap(), "--onsite"];
    let dry = bureau.well(&[&import[..], &["--dry-run"]].concat());
    assert!(dry.contains("可登记 2 人，已登记过 0 人，不能登记 1 人"), "{dry}");
    assert_eq!(bureau.run(&import).code, 1);
    assert_eq!(roster(bureau).len(), 3, "nobody was entered");
    bureau.well(&[&import[..], &["--partly"]].concat());
    assert_eq!(roster(bureau)[3..], ["004 confirmed sup onsite", "005 waitlisted 1 rep onsite"]);
    let said = calls(bureau);
    assert!(said.contains("XJ21-005 田桂英 电话 13995400005"), "{said}");
    assert!(said.contains("名额已满，列入候补第1位"), "{said}");
}

/// The sign-in sheet goes out empty and comes back filled in.
fn the_day(bureau: &Bureau) {
    let sheet = bureau.path("sign-in.csv");
    let path = sheet.to_str().unwrap();
    bureau.well(&["export", path, "--sign-in"]);
    let text = fs::read_to_string(&sheet).unwrap();
    let mut marks = ["√", "是", "未到", "√"].into_iter();
    let row = |line: &str| match line.strip_suffix(",,") {
        Some(row) => format!("{row},{},\n", marks.next().unwrap_or_default()),
        None => format!("{line}\n"),
    };
    fs::write(&sheet, text.lines().map(row).collect::<String>()).unwrap();
    bureau.the_day_has_come();
    let said = bureau.well(&["attend", "--from", path]);
    assert!(said.contains("到场 3 人，未到 1 人"), "{said}");
    assert!(bureau.well(&["show", "XJ21-003"]).contains("未到场"));
}
