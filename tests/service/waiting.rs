//! The waiting list by mail, told on a clock that the test sets: an offer, its answer in plain
//! words, its end; a group; the staff's choice.

use crate::bureau::{Bureau, Mail, Setup};
use crate::mails::{address, form, mail, mail_with, name, phone};
use crate::stage::{Stage, at};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;

/// A desk with rules of its own, before anything was written to it.
async fn under(places: u32, rules: &[(&str, &str)]) -> Stage {
    let mut stage = Stage::set(places, at("2021-09-13T09:00:00")).await;
    for (from, to) in rules {
        stage.change("event.toml", from, to);
    }
    stage.restart().await;
    stage
}

const OFFERS: (&str, &str) = ("promotion = \"at-once\"", "promotion = \"offer\"");
const QUIET: (&str, &str) = ("#quiet_hours", "quiet_hours");

/// What the newest letter to a citizen says.
async fn newest(stage: &Stage, n: usize) -> String {
    let letters = stage.letters().await;
    let mine = letters.iter().filter(|one| one.to.as_str() == address(n));
    let newest = mine.max_by_key(|one| one.number).unwrap();
    let mut told = String::new();
    for entry in std::fs::read_dir(stage.path("letters")).unwrap() {
        let raw = std::fs::read(entry.unwrap().path()).unwrap();
        if crate::mails::id(&raw) == newest.message_id {
            told = format!("{}\n{}", crate::mails::subject(&raw), crate::mails::text(&raw));
        }
    }
    told
}

/// A citizen answers the newest letter as a mail program does, with the letter below.
async fn answer(stage: &Stage, n: usize, words: &str) {
    let letter = newest(stage, n).await;
    let (subject, text) = letter.split_once('\n').unwrap();
    let letters = stage.letters().await;
    let mine = letters.iter().filter(|one| one.to.as_str() == address(n));
    let id = &mine.max_by_key(|one| one.number).unwrap().message_id;
    let body = format!("{words}\n\n------------------ 原始邮件 ------------------\n{text}");
    let thread = format!("In-Reply-To: <{id}>\r\n");
    // Each answer is later than those before: there is one letter more.
    let millis = 900 + u32::try_from(letters.len()).unwrap();
    stage.post(millis, &mail_with(n, &thread, &format!("回复：{subject}"), &body));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offered_place_is_declined_expires_and_is_taken_in_plain_words() {
    let stage = under(1, &[OFFERS, QUIET]).await;
    for n in 1..=4 {
        stage.post(u32::try_from(n).unwrap(), &form(n));
    }
    stage.round().await;
    assert!(newest(&stage, 2).await.contains("目前排在第1位"), "{}", newest(&stage, 2).await);

    // The first gives the place back; it is offered to the second, who says no in plain words.
    answer(&stage, 1, "来不了了，取消吧").await;
    stage.round().await;
    let offer = newest(&stage, 2).await;
    assert!(
        offer.contains("【请确认名额】") && offer.contains("2021年9月14日（星期二）18:00"),
        "{offer}"
    );
    answer(&stage, 2, "我来不了了，谢谢").await;
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Cancelled", "Cancelled", "Waitlisted", "Waitlisted"]);

    // The third lets the time pass: the place is the fourth's, who takes it.
    assert!(newest(&stage, 3).await.contains("【请确认名额】"));
    stage.clock.set(at("2021-09-14T18:00:01"));
    assert_eq!(stage.round().await, 1);
    assert!(newest(&stage, 3).await.contains("【名额已让给下一位】"));
    assert!(newest(&stage, 4).await.contains("【请确认名额】"));
    answer(&stage, 4, "我参加").await;
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Cancelled", "Cancelled", "Cancelled", "Confirmed"]);
    assert!(newest(&stage, 4).await.contains("【报名成功】"), "{}", newest(&stage, 4).await);

    // Asking again after that begins at the end, and is told so.
    answer(&stage, 3, "我刚看到，我还想参加").await;
    stage.round().await;
    let again = newest(&stage, 3).await;
    assert!(again.contains("目前排在第1位") && again.contains("重新排在末位"), "{again}");
    stage.post(990, &mail(3, "请问", "请问我报上了吗？"));
    stage.round().await;
    assert!(newest(&stage, 3).await.contains("候补第1位"), "{}", newest(&stage, 3).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_made_at_night_is_held_at_once_and_sent_in_the_morning() {
    let stage = under(1, &[OFFERS, QUIET]).await;
    for n in 1..=2 {
        stage.post(u32::try_from(n).unwrap(), &form(n));
    }
    stage.round().await;
    stage.clock.set(at("2021-09-13T23:00:00"));
    answer(&stage, 1, "来不了了，取消吧").await;
    stage.round().await;
    assert!(stage.roster().await[1].registration.offered());
    assert!(!newest(&stage, 2).await.contains("请确认名额"), "nobody is written to at night");
    stage.clock.set(at("2021-09-14T07:00:01"));
    stage.round().await;
    assert!(newest(&stage, 2).await.contains("2021年9月15日（星期三）16:00"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_that_wants_to_come_together_waits_and_is_called_up_together() {
    let stage = under(2, &[]).await;
    stage.post(1, &form(1));
    stage.round().await;
    let family = format!(
        "我们两人报名群众代表，要么都去要么都不去。\n{}，{}\n{}，{}\n",
        name(2),
        phone(2),
        name(3),
        phone(3)
    );
    stage.post(2, &mail(2, "政府开放日报名", &family));
    stage.post(3, &form(4));
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Confirmed", "Waitlisted", "Waitlisted", "Waitlisted"]);
    assert!(newest(&stage, 2).await.contains("一起安排"), "{}", newest(&stage, 2).await);
    answer(&stage, 1, "来不了了，取消吧").await;
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Cancelled", "Confirmed", "Confirmed", "Waitlisted"]);
    let told = newest(&stage, 2).await;
    assert!(told.contains("XJ21-002") && told.contains("XJ21-003"), "one letter: {told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_staff_choose_all_are_told_at_one_moment() {
    let stage = under(1, &[("#selection", "selection")]).await;
    for n in 1..=3 {
        stage.post(u32::try_from(n).unwrap(), &form(n));
    }
    stage.round().await;
    assert!(newest(&stage, 1).await.contains("【报名已登记】"));
    let kind = baoming::roster::OrderKind::Select { number: "XJ21-003".into(), chosen: true };
    stage.desk.intake.order("clerk", None, kind).await.unwrap();
    stage.clock.set(at("2021-09-26T16:59:00"));
    stage.round().await;
    assert!(newest(&stage, 3).await.contains("【报名已登记】"), "not before");
    stage.clock.set(at("2021-09-26T17:00:01"));
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Refused", "Refused", "Confirmed"]);
    assert!(newest(&stage, 3).await.contains("【报名成功】"));
    assert!(newest(&stage, 1).await.contains("【本次未能安排】"));
}

/// A citizen answers the newest letter in their real mailbox.
pub(crate) fn replies(server: &MailServer, n: usize, words: &str) -> Mail {
    let letters = server.messages(&address(n), "INBOX");
    let letter = letters.last().unwrap();
    let (id, subject) = (crate::mails::id(letter), crate::mails::subject(letter));
    let quoted = crate::mails::text(letter);
    let body = format!("{words}\n\n------------------ 原始邮件 ------------------\n{quoted}");
    let thread = format!("In-Reply-To: <{id}>\r\n");
    let raw = mail_with(n, &thread, &format!("回复：{subject}"), &body);
    Mail { from: address(n), raw }
}

/// The story on Dovecot and Postfix: an offer is declined and passed on, a family is offered its
/// places together and takes them, a number is corrected, a question is answered with the position.
#[test]
fn a_waiting_list_lives_by_letters_on_real_servers() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&crate::mails::users(6));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.quotas(8, 2);
    bureau.change("event.toml", OFFERS.0, OFFERS.1);
    let post = |n: usize, raw: Vec<u8>| bureau.post(&Mail { from: address(n), raw });
    let family = format!(
        "我们两人报名群众代表，要么都去要么都不去。\n{}，{}\n{}，{}\n",
        name(4),
        phone(4),
        name(5),
        phone(5)
    );
    for n in 1..=3 {
        post(n, form(n));
    }
    post(4, mail(4, "政府开放日报名", &family));
    let mut service = bureau.start();
    service.until_quiet(4);
    post(3, mail(3, "请问", "请问我报上了吗？排第几？"));
    post(2, mail(2, "更正", "我的电话写错了，应为18995400013，请更正。"));
    service.until_quiet(6);
    bureau.post(&replies(&server, 1, "来不了了，取消吧"));
    service.until_quiet(8);
    bureau.post(&replies(&server, 3, "我来不了了，谢谢"));
    service.until_quiet(9);
    bureau.post(&replies(&server, 2, "有急事，取消报名"));
    service.until_quiet(11);
    bureau.post(&replies(&server, 4, "我们都参加"));
    service.until_quiet(12);
    service.stop();
    let told: Vec<_> = bureau.roster().iter().map(|row| row["status"].to_string()).collect();
    let (cancelled, confirmed) = ("\"cancelled\"", "\"confirmed\"");
    assert_eq!(told, [cancelled, cancelled, cancelled, confirmed, confirmed]);
    assert_eq!(bureau.roster()[1]["phone"], "18995400013");
    let subjects = |n: usize| -> Vec<String> {
        let letters = server.messages(&address(n), "INBOX");
        letters.iter().map(|raw| crate::mails::subject(raw)).collect()
    };
    let third = subjects(3).concat();
    assert!(third.contains("【已列入候补】") && third.contains("【请确认名额】"), "{third}");
    assert!(subjects(4).concat().contains("【请确认名额】XJ21-004等2人"), "{:?}", subjects(4));
    let asked = crate::mails::text(&server.messages(&address(3), "INBOX")[1]);
    assert!(asked.contains("候补第1位"), "{asked}");
    let why = bureau.well(&["explain", "XJ21-004"]);
    assert!(
        why.contains("名额先保留，等本人在期限内确认") && why.contains("在期限内确认参加"),
        "{why}"
    );
}
