//! Letters that come back.

use baoming::roster::TaskKind;

use crate::mails::{self, form};
use crate::stage::{Stage, at};

/// What a citizen's mail system sends when it could not deliver the letter of this id.
fn bounce(letter: &str, action: &str, serial: u32) -> Vec<u8> {
    format!(
        "From: Postmaster@163.com\nTo: desk@example.test\nSubject: =?utf-8?B?57O757uf6YCA5L+h?=\n\
         Message-ID: <{serial}@mx.example.test>\n\
         Content-Type: Multipart/report; report-type=delivery-status; boundary=b\n\n\
         --b\nContent-Type: text/plain; charset=utf-8\n\n抱歉，您的邮件被退回来了……\n\
         --b\nContent-Type: message/delivery-status\n\n\
         Final-Recipient: rfc822; {to}\nAction: {action}\nStatus: 5.1.1\n\
         Diagnostic-Code: smtp; 550 User not found: {to}\n\n\
         --b\nContent-Type: message/rfc822\n\nMessage-ID: <{letter}>\nSubject: x\n\ny\n--b--\n",
        to = mails::address(1),
    )
    .replace('\n', "\r\n")
    .into_bytes()
}

/// One citizen, confirmed and told so; gives back the letter's Message-ID.
async fn told() -> (Stage, String) {
    let stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    stage.post(1, &form(1));
    stage.round().await;
    let letters = stage.letters().await;
    assert_eq!(letters.len(), 1);
    (stage, letters[0].message_id.clone())
}

async fn undelivered(stage: &Stage) -> Vec<String> {
    let tasks = stage.vault.store.open_tasks().await.unwrap();
    let tasks = tasks.into_iter().filter(|task| task.kind == TaskKind::Undelivered);
    tasks.map(|task| format!("{} {:?}", task.registration.unwrap(), task.reasons)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_comes_back_is_shown_once_with_the_telephone_and_changes_nothing_else() {
    let (stage, letter) = told().await;
    stage.clock.set(at("2021-09-13T09:30:00"));
    for serial in 1..=2 {
        stage.post(serial, &bounce(&letter, "failed", serial));
        stage.round().await;
    }
    let tasks = undelivered(&stage).await;
    assert_eq!(tasks.len(), 1, "{tasks:?}");
    assert!(tasks[0].starts_with("XJ21-001"), "{tasks:?}");
    assert!(tasks[0].contains("回信被对方邮箱退回：smtp; 550 User not found"), "{tasks:?}");
    assert_eq!(stage.statuses().await, ["Confirmed"], "the place stays");
    assert_eq!(stage.letters().await.len(), 1, "no machine is answered");
    let page = stage.desk.digests.page("2021-09-13").await.unwrap();
    for words in ["回信未送达", &mails::phone(1), "已电话告知本人"] {
        assert!(page.text.contains(words), "{words} is missing:\n{}", page.text);
    }
    assert!(
        !page.text.contains("baoming resend"),
        "a sent letter is not sent again:\n{}",
        page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_only_late_and_a_bounce_of_no_letter_of_ours_open_nothing() {
    let (stage, letter) = told().await;
    stage.clock.set(at("2021-09-13T09:30:00"));
    stage.post(1, &bounce(&letter, "delayed", 1));
    let (first, domain) = letter.split_once('@').unwrap();
    stage.post(2, &bounce(&format!("{first}x@{domain}"), "failed", 2));
    stage.post(3, &bounce("somebody@elsewhere.test", "failed", 3));
    stage.round().await;
    assert_eq!(undelivered(&stage).await, [""; 0]);
    assert_eq!(stage.letters().await.len(), 1);
}
