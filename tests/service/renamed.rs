//! Letters whose Message-ID the provider replaced: QQ writes one of its own (`tencent_…`) and keeps
//! ours in `X-OQ-MSGID`.

use std::fs;

use mail_parser::MessageParser;

use crate::mails::{self, mail, mail_with};
use crate::stage::{Stage, at};

/// What QQ called the letter.
const RENAMED: &str = "tencent_0A1B2C3D4E5F@qq.com";

/// A desk whose only citizen forgot the telephone; the subject of the letter that asks for it, and
/// its Message-ID.
async fn asked() -> (Stage, String, String) {
    let stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    stage.post(1, &mail(1, "政府开放日报名", &format!("姓名：{}\n", mails::name(1))));
    stage.round().await;
    let letter = fs::read_dir(stage.path("letters")).unwrap().next().unwrap().unwrap().path();
    let letter = fs::read(letter).unwrap();
    let letter = MessageParser::default().parse(&letter).unwrap();
    let (subject, id) = (letter.subject().unwrap(), letter.message_id().unwrap());
    assert_eq!(stage.statuses().await, ["Incomplete"]);
    (stage, subject.to_owned(), id.to_owned())
}

/// An answer that names the letter as QQ called it.
fn answer(n: usize, subject: &str) -> Vec<u8> {
    let thread = format!("In-Reply-To: <{RENAMED}>\r\nReferences: <{RENAMED}>\r\n");
    mail_with(n, &thread, subject, &format!("我的电话是{}。\n", mails::phone(1)))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_a_renamed_letter_is_known_by_the_number_in_its_subject() {
    for (writer, reply) in [(1, "Re: "), (1, "回复："), (2, "回复：")] {
        let (stage, subject, _) = asked().await;
        stage.clock.set(at("2021-09-13T09:30:00"));
        // Also from somebody else's address: the number is what they have.
        stage.post(2, &answer(writer, &format!("{reply}{subject}")));
        stage.round().await;
        assert_eq!(stage.statuses().await, ["Confirmed"], "{writer} {reply}{subject}");
        let roster = stage.roster().await;
        assert_eq!(roster[0].registration.get("phone").unwrap(), mails::phone(1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_names_nothing_of_ours_is_still_its_writers() {
    let (stage, ..) = asked().await;
    stage.clock.set(at("2021-09-13T09:30:00"));
    stage.post(2, &answer(1, "Re: 政府开放日报名"));
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Confirmed"], "the registering address is enough");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_letter_that_comes_back_is_known_by_the_id_that_we_gave_it() {
    let enclosed = |id: &str| {
        format!(
            "--b\nContent-Type: application/octet-stream; name=\"1.eml\"\n\n\
             Message-ID: <{RENAMED}>\nX-OQ-MSGID: <{id}>\nSubject: x\n\ny\n"
        )
    };
    let named = |id: &str| format!("X-CM-Original-Message-ID: <{id}>\n");
    for by_header in [false, true] {
        let (stage, _, id) = asked().await;
        stage.clock.set(at("2021-09-13T09:30:00"));
        let (header, part) =
            if by_header { (named(&id), String::new()) } else { (String::new(), enclosed(&id)) };
        let bounce = format!(
            "From: Postmaster@qq.com\nTo: desk@example.test\n\
             Subject: =?utf-8?B?57O757uf6YCA5L+h?=\n{header}MIME-Version: 1.0\n\
             Content-Type: multipart/mixed; boundary=b\n\n--b\n\
             Content-Type: text/plain; charset=utf-8\n\n抱歉，您的邮件被退回来了……\n\
             退信原因：收件人邮箱不存在\n{part}--b--\n"
        );
        stage.post(2, bounce.replace('\n', "\r\n").as_bytes());
        stage.round().await;
        let tasks = stage.vault.store.open_tasks().await.unwrap();
        assert_eq!(tasks.len(), 1, "{by_header} {tasks:?}");
        assert!(tasks[0].reasons[0].contains("回信被对方邮箱退回"), "{tasks:?}");
        assert_eq!(stage.statuses().await, ["Incomplete"], "nothing else changes");
    }
}
