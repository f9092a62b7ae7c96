//! Machines that answer us, our own letters that come back, and floods.

use std::path::Path;

use baoming::roster::{OrderKind, TaskKind};

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails::{self, form, mail, mail_with};
use crate::stage::{Stage, at};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;

/// The other daemon's mailbox.
const OTHER: &str = "desk2@example.test";

const QUESTION: &str = "请问可以坐几路公交车到政务大厅？谢谢。\n";

/// A desk that has answered the first citizen; gives back the letter as it was sent.
async fn answered() -> (Stage, String) {
    let stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    stage.post(1, &form(1));
    stage.round().await;
    let letter = letters(&stage.path("letters")).remove(0);
    stage.clock.set(at("2021-09-13T09:10:00"));
    (stage, letter)
}

fn letters(folder: &Path) -> Vec<String> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

/// A letter without the lines that begin so.
fn without(letter: &str, fields: &[&str]) -> String {
    let (head, body) = letter.split_once("\r\n\r\n").unwrap();
    let kept = |line: &&str| !fields.iter().any(|field| line.starts_with(field));
    format!("{}\r\n\r\n{body}", head.lines().filter(kept).collect::<Vec<_>>().join("\r\n"))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_automatic_mail_is_answered_or_shown_whatever_its_signs() {
    let (stage, letter) = answered().await;
    let id = stage.letters().await[0].message_id.clone();
    let away = "我正在休假，回来后给您答复。\n";
    let qq = "<div>这是来自QQ邮箱的假期自动回复邮件。</div>您好，您的邮件已收到。\n";
    let cases = [
        ("Auto-Submitted: auto-replied\r\n", "Re: 报名", away),
        ("Auto-Submitted: auto-generated (vacation)\r\n", "报名", away),
        ("X-QQ-HolidayReply: true\r\n", "来信收到", away),
        ("X-QQ-AUTO-REPLY: true\r\n", "来信收到", away),
        ("X-Autoreply: yes\r\n", "来信收到", away),
        ("X-Autorespond: 1\r\n", "来信收到", away),
        ("Precedence: auto_reply\r\n", "来信收到", away),
        ("Precedence: bulk\r\n", "来信收到", away),
        ("Return-Path: <c01+auto_=desk=example.test@qq.com>\r\n", "来信收到", away),
        ("Return-Path: <>\r\n", "来信收到", away),
        ("List-Id: <news.example.test>\r\n", "来信收到", away),
        ("", "自动回复:Re: 报名", away),
        ("", "自动回复：政府开放日报名", away),
        ("", "Re: 自动回复: 报名", away),
        ("", "Automatic reply: 报名", away),
        ("", "Out of Office: 报名", away),
        ("", "已读：报名", "您的邮件已被阅读。\n"),
        ("", "回复：报名", qq),
        ("", "回复：报名", "来自马建国的自动回复。您好，来信已收到。\n"),
    ];
    for (at, (head, subject, text)) in (2..).zip(cases) {
        let head = format!("{head}In-Reply-To: <{id}>\r\n");
        stage.post(at, &mail_with(1, &head, subject, text));
    }
    // Our own letter: as it is, handed on by a rule, and without what a provider may take away.
    let ours = ["Auto-Submitted", "X-Auto-Response-Suppress"];
    let bare = without(&letter, &["Auto-Submitted", "X-Auto-Response-Suppress", "Message-ID"]);
    let resent = format!("Message-ID: <tencent_0A@qq.com>\r\n{bare}");
    for (at, back) in (50..).zip([letter.clone(), without(&letter, &ours), bare, resent]) {
        for from in
            ["From: c01@example.test", "From: other@example.test", "From: desk@example.test"]
        {
            let (head, body) = back.split_once("\r\n\r\n").unwrap();
            let own = |line: &&str| !line.starts_with("From:") && !line.starts_with([' ', '\t']);
            let head: Vec<_> = head.lines().filter(own).collect();
            let changed = format!("{from}\r\n{}\r\n\r\n{body}", head.join("\r\n"));
            stage.post(at * 3 + u32::try_from(from.len()).unwrap(), changed.as_bytes());
        }
    }
    stage.round().await;
    let answered: Vec<_> =
        stage.letters().await.iter().map(|one| one.cause.id().to_owned()).collect();
    let answered = stage.vault.store.ledger(&answered).await.unwrap();
    assert_eq!(answered.len(), 1, "a machine was answered: {answered:?}");
    let tasks = stage.vault.store.open_tasks().await.unwrap();
    assert!(tasks.is_empty(), "{tasks:?}");
    assert_eq!(stage.statuses().await, ["Confirmed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_in_a_citizens_own_words_is_no_machines_although_our_letter_hangs_below() {
    let (stage, letter) = answered().await;
    let read = mail_parser::MessageParser::default().parse(letter.as_bytes()).unwrap();
    let quoted = read.body_text(0).unwrap().replace("\r\n", "\n");
    let name = mails::name(1);
    stage.post(
        2,
        &mail(1, "Re: 报名", &format!("我是{name}，有事不能来，请取消报名。\n\n{quoted}")),
    );
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Cancelled"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_robot_that_writes_from_a_new_address_each_time_gets_one_letter_at_most() {
    let (stage, _) = answered().await;
    let first = stage.letters().await[0].message_id.clone();
    for n in 2..22 {
        // It answers whatever it was sent last, in plain words.
        let last = stage.letters().await.iter().max_by_key(|one| one.number).unwrap().clone();
        let thread = if n % 2 == 0 {
            format!("In-Reply-To: <{}>\r\nReferences: <{first}>\r\n", last.message_id)
        } else {
            String::new()
        };
        let subject = "Re: 【报名成功】XJ21-001 西吉县审批服务管理局";
        stage.post(1, &mail_with(n, &thread, subject, "您好，您的来信收到了，请问有什么事？\n"));
        stage.round().await;
        stage.clock.set(stage.clock.now() + jiff::SignedDuration::from_mins(10));
    }
    assert_eq!(stage.letters().await.len(), 1, "only the first citizen's");
    let tasks = stage.vault.store.open_tasks().await.unwrap();
    assert_eq!(tasks.len(), 20, "the staff see each");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_robot_with_one_address_and_no_sign_is_stopped_by_the_brake() {
    let (stage, _) = answered().await;
    for n in 0..30 {
        stage.post(n, &mail(2, "来信收到", QUESTION));
        stage.round().await;
        stage.clock.set(stage.clock.now() + jiff::SignedDuration::from_mins(5));
    }
    let letters = stage.letters().await;
    let count = letters.iter().filter(|one| one.to.as_str() == mails::address(2)).count();
    assert_eq!(count, 6, "per_address");
    assert_eq!(stage.vault.store.open_tasks().await.unwrap().len(), 10, "and it is told once");
}

#[test]
fn two_of_our_daemons_that_write_to_each_other_stop_after_one_letter_each() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&[DESK, OTHER, crate::bureau::STAFF]);
    let here = Bureau::new(&server, &Setup::Sqlite, None);
    let there = Bureau::new(&server, &Setup::Sqlite, None);
    there.write("password", &MailServer::password(OTHER), 0o600);
    let text = std::fs::read_to_string(there.path("baoming.toml")).unwrap();
    there.write("baoming.toml", &text.replace(DESK, OTHER), 0o644);
    // Somebody writes to each in the other's name, and asks for an answer.
    for (from, to) in [(OTHER, DESK), (DESK, OTHER)] {
        let ask = String::from_utf8(mail(1, "请问", QUESTION)).unwrap();
        server.deliver(to, ask.replacen(&mails::address(1), from, 1).as_bytes());
    }
    let arrived = |who: &str, count: usize| {
        crate::support::wait_until("the other's letter has arrived", || {
            (server.messages(who, "INBOX").len() >= count).then_some(())
        });
    };
    here.well(&["once"]);
    there.well(&["once"]);
    arrived(DESK, 2);
    arrived(OTHER, 2);
    for _ in 0..2 {
        here.well(&["once"]);
        there.well(&["once"]);
    }
    for bureau in [&here, &there] {
        let letters = bureau.letters();
        assert_eq!(letters.len(), 1, "{letters:?}\n{}", bureau.log());
    }
    assert_eq!(
        (server.messages(DESK, "INBOX").len(), server.messages(OTHER, "INBOX").len()),
        (2, 2)
    );
}

/// `BAOMING_FLOOD=10000` makes it ten thousand: half a minute.
#[tokio::test(flavor = "multi_thread")]
async fn in_a_flood_citizens_are_answered_in_their_turn_and_the_staff_are_told_once() {
    let messages = std::env::var("BAOMING_FLOOD").ok().and_then(|number| number.parse().ok());
    flood(messages.unwrap_or(600)).await;
}

/// So many messages in an hour, half from one sender and half from as many senders, and ten
/// citizens among them.
async fn flood(messages: usize) {
    let stage = Stage::set(17, at("2021-09-13T09:00:00")).await;
    stage.change("baoming.toml", "per_day = 10000", "per_day = 40");
    stage.change("baoming.toml", "per_quarter = 10000", "per_quarter = 40");
    let mut stage = stage;
    stage.restart().await;
    let folder = stage.path("mail/new");
    for n in 0..messages {
        let seconds =
            at("2021-09-13T09:00:00").as_second() + i64::try_from(n * 3600 / messages).unwrap();
        let sender =
            if n % 2 == 0 { "one@evil.test".to_owned() } else { format!("x{n}@evil.test") };
        let mail = if n % (messages / 10) == messages / 20 {
            form(n / (messages / 10) + 1)
        } else {
            let ask = String::from_utf8(mail(50, &format!("请问{n}"), QUESTION)).unwrap();
            ask.replacen(&mails::address(50), &sender, 1).into_bytes()
        };
        std::fs::write(folder.join(format!("{seconds}.M{n}P1.test")), mail).unwrap();
    }
    stage.clock.set(at("2021-09-13T10:00:00"));
    let before = peak();
    stage.look().await;
    stage.desk.intake.decide_all().await.unwrap();
    assert_eq!(stage.statuses().await, ["Confirmed"; 10]);
    let letters = stage.letters().await;
    let to_citizens = letters.iter().filter(|one| one.to.domain() == "example.test").count();
    assert_eq!((to_citizens, letters.len()), (10, 10 + 20), "half of the day's letters at most");
    // What the provider allows in a day is enough for all citizens.
    stage.desk.outbox.pass().await.unwrap();
    let letters = stage.letters().await;
    let sent = letters.iter().filter(|one| one.to.domain() == "example.test");
    assert!(sent.clone().all(|one| one.state == baoming::store::LetterState::Sent));
    let tasks = stage.vault.store.open_tasks().await.unwrap();
    let from_one = tasks.iter().filter(|task| {
        let facts = task.message.as_ref().and_then(|message| message.facts.as_ref());
        facts.and_then(|facts| facts.from.as_ref()).is_some_and(|one| one.local() == "one")
    });
    assert_eq!(from_one.count(), 10, "one sender's flood is told once");
    let page = stage.desk.digests.page("2021-09-13").await.unwrap();
    assert!(page.text.contains("这个邮箱的来信很多"), "{}", page.text);
    assert!(page.html.len() < 400_000, "{} bytes", page.html.len());
    assert!(page.text.contains("另有"), "the rest is counted");
    let grown = peak() - before;
    assert!(grown < 150_000, "memory grew by {grown} kB");
    tracing::info!(messages, tasks = tasks.len(), grown, "the flood is over");
}

/// The most memory that the process had, in kB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap().to_owned();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_bounce_changes_nothing() {
    let (stage, _) = answered().await;
    let text = "抱歉，您的邮件被退回来了……\r\n收件人：c01@example.test\r\n退信原因：用户不存在\r\n";
    let bounce = format!(
        "From: Postmaster@163.com\r\nTo: {DESK}\r\nSubject: =?utf-8?B?57O757uf6YCA5L+h?=\r\n\
         Message-ID: <forged@evil.test>\r\nX-CM-Original-Message-ID: <bm.000000000000000000000000@example.test>\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}"
    );
    stage.post(2, bounce.as_bytes());
    stage.round().await;
    let tasks = stage.vault.store.open_tasks().await.unwrap();
    assert!(tasks.iter().all(|task| task.kind != TaskKind::Undelivered), "{tasks:?}");
    assert_eq!(stage.statuses().await, ["Confirmed"]);
    stage.clock.set(at("2021-09-28T09:00:00"));
    let kind = OrderKind::Attend { number: "XJ21-001".into(), present: true };
    stage.desk.intake.order("clerk", None, kind).await.unwrap();
}
