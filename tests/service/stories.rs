//! Told once on real servers: what is missing or in doubt is settled by letters and a clerk; several people
//! of one mail are answered in one letter, and change their minds one by one.

use mail_parser::{MessageParser, MimeHeaders};

use crate::bureau::{Bureau, Mail, Setup};
use crate::mails::{address, form, mail, name, phone, subject, text};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;
use crate::waiting::replies;

/// The newest letter to a citizen, as it lies in the mailbox.
fn newest(server: &MailServer, n: usize) -> Vec<u8> {
    server.messages(&address(n), "INBOX").pop().unwrap()
}

fn says(server: &MailServer, n: usize, words: &[&str]) {
    let raw = newest(server, n);
    let told = format!("{}\n{}", subject(&raw), text(&raw));
    for word in words {
        assert!(told.contains(word), "{word} is missing: {told}");
    }
}

/// Number and status of everybody.
fn roster(bureau: &Bureau) -> Vec<String> {
    let text = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap_or("-").to_owned();
    let rows = bureau.roster();
    let line = |row| {
        format!("{} {}", text(row, "number").trim_start_matches("XJ21-"), text(row, "status"))
    };
    rows.iter().map(line).collect()
}

#[test]
fn what_is_missing_or_in_doubt_is_settled_by_letters_and_a_clerk() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&crate::mails::users(4));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.quotas(1, 2);
    let post = |n: usize, raw: Vec<u8>| bureau.post(&Mail { from: address(n), raw });
    post(1, mail(1, "政府开放日报名", &format!("姓名：{}\n", name(1))));
    let mut service = bureau.start();
    service.until_quiet(1);
    post(2, form(2));
    service.until_quiet(2);
    post(3, form(3));
    service.until_quiet(3);

    // One place is kept for the first, who is asked for what is missing, with the form.
    assert_eq!(roster(&bureau), ["001 incomplete", "002 confirmed", "003 waitlisted"]);
    says(&server, 1, &["【请补充资料】XJ21-001", "还缺少：联系电话", "名额已经为您预留，保留至"]);
    says(&server, 3, &["目前排在第1位"]);
    let raw = newest(&server, 1);
    let parsed = MessageParser::default().parse(&raw).unwrap();
    assert_eq!(parsed.attachments().next().unwrap().attachment_name(), Some("报名表.docx"));

    // The line of the letter, filled in: completed in place, with the number that it had.
    bureau.post(&replies(&server, 1, &format!("联系电话：{}", phone(1))));
    service.until_quiet(4);
    says(&server, 1, &["【报名成功】XJ21-001"]);

    // In doubt: the place in line is kept, a clerk decides, and the letter says what became of it.
    let two = format!(
        "报名参加\n姓名：{}\n电话：{}\n身份证号：64222319880101123X\n身份证号：642223199101011233\n",
        name(4),
        phone(4)
    );
    post(4, mail(4, "政府开放日报名", &two));
    service.until_quiet(5);
    says(&server, 4, &["【正在核实】XJ21-004", "核实期间，为您保留候补第2位"]);
    let digest = bureau.well(&["digest"]);
    assert!(digest.contains("名额 2 = 已确认 2 + 保留 0 + 空余 0；候补 2"), "{digest}");
    assert!(bureau.well(&["explain", "XJ21-004"]).contains("身份证"), "why it is in doubt");
    bureau.well(&["approve", "XJ21-004", "--set", "id_number=64222319880101123X"]);

    // A place falls free: the first in line has it, and not the one who asked later.
    bureau.post(&replies(&server, 2, "去不成了"));
    service.until_quiet(8);
    service.stop();
    says(&server, 4, &["【已列入候补】XJ21-004", "目前排在第2位"]);
    says(&server, 3, &["【候补成功】XJ21-003"]);
    let expected = ["001 confirmed", "002 cancelled", "003 confirmed", "004 waitlisted"];
    assert_eq!(roster(&bureau), expected);
}

#[test]
fn several_people_of_one_mail_are_answered_in_one_letter_and_change_their_minds_one_by_one() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&crate::mails::users(2));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.quotas(1, 3);
    bureau.change("event.toml", "substitution = \"review\"", "substitution = \"always\"");
    let people = [1, 5, 6, 7].map(|n| format!("姓名：{}，电话：{}\n", name(n), phone(n)));
    let four = format!("我们四人报名群众代表，名额够几个算几个。\n{}", people.concat());
    bureau.post(&Mail { from: address(1), raw: mail(1, "政府开放日报名", &four) });
    let mut service = bureau.start();
    service.until_quiet(1);
    let confirmed = |numbers: [&str; 3]| numbers.map(|number| format!("{number} confirmed"));
    assert_eq!(roster(&bureau)[..3], confirmed(["001", "002", "003"]));
    says(&server, 1, &["【办理结果】XJ21-001等4人", "XJ21-004", "目前排在第1位", "请您携带"]);

    // One of them cannot come; the fourth has the place.
    let away = format!("{}来不了了，请取消他的报名。", name(5));
    bureau.post(&replies(&server, 1, &away));
    service.until_quiet(3);
    let expected = ["001 confirmed", "002 cancelled", "003 confirmed", "004 confirmed"];
    assert_eq!(roster(&bureau), expected);

    // Another one sends somebody else, as the event allows.
    let instead = format!("XJ21-003改由{}参加，电话{}。", name(8), phone(8));
    bureau.post(&Mail { from: address(1), raw: mail(1, "更换参加人员", &instead) });
    service.until_quiet(4);
    assert_eq!(roster(&bureau)[2..], ["003 cancelled", "004 confirmed", "005 confirmed"]);
    says(&server, 1, &["改由他人参加", "【报名成功】", "XJ21-005", &name(8)]);

    // How do they stand, all of them?
    bureau
        .post(&Mail { from: address(1), raw: mail(1, "请问", "请问我们都报上了吗？") });
    service.until_quiet(5);
    service.stop();
    says(&server, 1, &["【报名情况】XJ21-001等3人", "XJ21-004", "XJ21-005", "已经报上"]);
    let explained = bureau.well(&["explain", "XJ21-005"]);
    assert!(explained.contains("原报名人来信由此人代替参加"), "{explained}");
}
