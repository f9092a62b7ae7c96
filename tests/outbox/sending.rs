//! The ordinary way of a letter.

use baoming::outbox::smtp::{Step, probe};
use baoming::outbox::{Postman, Sent};
use baoming::reply::Letter;
use baoming::roster::{Cause, Outcome, Owed};
use baoming::store::{NewLetter, Said};

use crate::desk::{email, item};
use crate::office::{Office, kept, opening, server, smtp};
use crate::provider::Provider;

#[tokio::test]
async fn letters_leave_in_order_and_once() {
    let office = Office::open().await;
    office.owes(&["one@qq.com", "two@qq.com", "three@qq.com"]).await;
    let sent = Sent::default();
    let outbox = office.outbox(Postman::Memory(sent.clone()));
    assert_eq!(outbox.pass().await.unwrap().sent, 3);
    assert_eq!(outbox.pass().await.unwrap().sent, 0);
    let recipients = sent.all().into_iter().map(|one| one.to).collect::<Vec<_>>();
    assert_eq!(recipients, ["one@qq.com", "two@qq.com", "three@qq.com"].map(email));
    assert_eq!(office.states().await, ["sent"; 3]);
}

#[tokio::test]
async fn a_letter_bears_the_message_id_that_was_kept_for_it() {
    let office = Office::open().await;
    office.owes(&["one@qq.com"]).await;
    let sent = Sent::default();
    office.outbox(Postman::Memory(sent.clone())).pass().await.unwrap();
    let mail = String::from_utf8(sent.all().remove(0).mail).unwrap();
    let id = office.letters().await.remove(0).message_id;
    assert!(mail.contains(&format!("\r\nMessage-ID: <{id}>\r\n")), "{mail}");
    assert!(mail.contains("\r\nDate: Mon, 13 Sep 2021 08:30:00 +0800\r\n"), "{mail}");
}

#[tokio::test]
async fn over_smtp_the_sender_is_the_login_and_one_session_carries_several_letters() {
    let (office, provider) = (Office::open().await, Provider::start());
    office.owes(&["one@qq.com", "two@qq.com"]).await;
    assert_eq!(office.outbox(smtp(provider.port)).pass().await.unwrap().sent, 2);
    let seen = provider.seen();
    let expected = [
        "EHLO baoming.invalid",
        "AUTH PLAIN AHhqeHNwakAxNjMuY29tAGNvZGU=",
        "MAIL FROM:<xjxspj@163.com>",
        "RCPT TO:<one@qq.com>",
        "DATA",
        "MAIL FROM:<xjxspj@163.com>",
        "RCPT TO:<two@qq.com>",
        "DATA",
        "QUIT",
    ];
    assert_eq!(seen.sessions, [expected.map(str::to_owned).to_vec()]);
    assert!(seen.texts.iter().all(|text| text.is_ascii()));
    let answers = office.outcomes().await;
    assert!(answers[0].starts_with("250 Mail OK queued as smtp11,"), "{answers:?}");
}

#[tokio::test]
async fn a_mail_whose_lines_begin_with_dots_arrives_as_it_is() {
    let (office, provider) = (Office::open().await, Provider::start());
    let mail = b"Subject: dots\r\n\r\n.\r\n..\r\n.one\r\nend\r\n".to_vec();
    let owed = Owed {
        cause: Cause::Command("C1".into()),
        to: email("a@qq.com"),
        items: vec![],
        not_before: None,
    };
    let letter = kept(&Letter::new(&crate::desk::office(), "xiji-open-day", owed, opening()));
    office.keeps(vec![NewLetter { mail: Some(mail.clone()), ..letter }]).await;
    assert_eq!(office.outbox(smtp(provider.port)).pass().await.unwrap().sent, 1);
    let arrived = provider.seen().texts.remove(0);
    assert_eq!(arrived.strip_suffix(b"\r\n").unwrap(), mail);
}

#[tokio::test]
async fn a_folder_gets_each_letter_as_one_whole_file_in_the_order_of_writing() {
    let office = Office::open().await;
    office.owes(&["one@qq.com", "two@qq.com"]).await;
    let folder = office.folder.path().join("letters");
    let outbox = office.outbox(Postman::Folder(folder.clone()));
    assert_eq!(outbox.pass().await.unwrap().sent, 2);
    let files = || {
        let files = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
        let mut files = files.collect::<Vec<_>>();
        files.sort();
        files
    };
    let before = files();
    assert_eq!(before.len(), 2);
    assert!(before.iter().all(|file| file.extension().unwrap() == "eml"));
    assert!(before[0].to_str().unwrap().contains("/20210913-083000"), "{before:?}");
    assert!(std::fs::read_to_string(&before[0]).unwrap().contains("Message-ID: <bm."));
}

#[tokio::test]
async fn a_letter_that_cannot_be_written_is_refused_and_does_not_hold_up_the_others() {
    let office = Office::open().await;
    let of = |event: &str, cause: &str| {
        let items = vec![item("XJ21-001", "马希文", Outcome::Confirmed)];
        let owed = Owed {
            cause: Cause::Message(cause.into()),
            to: email("a@qq.com"),
            items,
            not_before: None,
        };
        kept(&Letter::new(&crate::desk::office(), event, owed, opening()))
    };
    let nonsense =
        NewLetter { facts: Said::of(&serde_json::json!({"x": 1})), ..of("xiji-open-day", "M2") };
    office.keeps(vec![of("gone-day", "M1"), nonsense, of("xiji-open-day", "M3")]).await;
    let sent = Sent::default();
    let report = office.outbox(Postman::Memory(sent.clone())).pass().await.unwrap();
    assert_eq!((report.sent, report.refused), (1, 2));
    assert_eq!(office.states().await, ["refused", "refused", "sent"]);
    assert!(office.outcomes().await[0].contains("no event `gone-day`"));
}

#[tokio::test]
async fn a_self_test_logs_in_and_sends_nothing() {
    let provider = Provider::start();
    let found = probe(&server(provider.port)).await;
    let all = [Step::Connect, Step::Tls, Step::Greeting, Step::Login, Step::Goodbye];
    assert_eq!((found.passed, found.failed), (all.to_vec(), None));
    assert_eq!(provider.seen().sessions[0].len(), 3);
}
