//! Real parts: Postfix with TLS and login takes the letters, Dovecot holds them for the citizen.

use baoming::message::Email;
use baoming::outbox::smtp::{Login, Server, Step, Tls, probe};
use baoming::outbox::{Options, Outbox, Pace, Postman};
use baoming::reply::Stationery;
use mail_parser::{MessageParser, MimeHeaders};

use crate::desk::{email, event, office};
use crate::office::{Office, server};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip::left_out;
use crate::support::wait_until;

const BUREAU: &str = "xjxspj@example.test";
const CITIZEN: &str = "maxiwen@example.test";

/// Postfix's master needs root.
fn postfix() -> Option<MailServer> {
    if !is_root() {
        left_out("Postfix needs root");
        return None;
    }
    Some(MailServer::start(&[BUREAU, CITIZEN]))
}

fn over(mail: &MailServer, tls: Tls) -> Server {
    let port = if tls == Tls::Implicit { mail.smtps_port } else { mail.submission_port };
    let password = MailServer::password(BUREAU).into();
    Server {
        host: "localhost".to_owned(),
        tls,
        extra_ca: Some(mail.ca_pem()),
        login: Some(Login { user: BUREAU.to_owned(), password }),
        from: email(BUREAU),
        limits: baoming::outbox::smtp::Limits::default(),
        ..server(port.unwrap())
    }
}

fn outbox(desk: &Office, server: Server) -> Outbox {
    let mut bureau = office();
    bureau.email = Email::parse(BUREAU).unwrap();
    let options = Options {
        postman: Postman::Smtp(Box::new(server)),
        pace: Pace::unlimited(),
        sent: None,
        office: bureau,
        stationery: Stationery::load(None).unwrap().into(),
        events: [(event().id, event())].into(),
    };
    Outbox::new(desk.store.clone(), desk.clock.clone(), options)
}

async fn arrives(tls: Tls) {
    let Some(mail) = postfix() else { return };
    let desk = Office::open().await;
    desk.owes(&[CITIZEN, CITIZEN]).await;
    let report = outbox(&desk, over(&mail, tls)).pass().await.unwrap();
    assert_eq!(report.sent, 2, "{report:?} {:?}", desk.outcomes().await);
    let found = wait_until("both letters are in the citizen's mailbox", || {
        let found = mail.messages(CITIZEN, "INBOX");
        (found.len() == 2).then_some(found)
    });
    let read = MessageParser::new().parse(&found[0]).unwrap();
    let subject = read.subject().unwrap();
    assert!(subject.starts_with("【报名成功】XJ21-00"), "{subject}");
    assert!(read.body_text(0).unwrap().contains("尊敬的马希文同志"));
    assert!(read.body_html(0).unwrap().contains("名额已经确认"));
    assert_eq!(read.attachments().next().unwrap().attachment_name(), Some("baoming.ics"));
    assert_eq!(read.from().unwrap().first().unwrap().address(), Some(BUREAU));
}

#[tokio::test]
async fn letters_arrive_over_implicit_tls() {
    arrives(Tls::Implicit).await;
}

#[tokio::test]
async fn letters_arrive_over_starttls() {
    arrives(Tls::StartTls).await;
}

#[tokio::test]
async fn a_recipient_that_postfix_does_not_know_is_refused_and_shown() {
    let Some(mail) = postfix() else { return };
    let desk = Office::open().await;
    desk.owes(&["nobody@example.test", CITIZEN]).await;
    let report = outbox(&desk, over(&mail, Tls::Implicit)).pass().await.unwrap();
    assert_eq!((report.sent, report.refused), (1, 1));
    assert!(desk.outcomes().await[0].starts_with("RCPT TO: 550 "), "{:?}", desk.outcomes().await);
}

#[tokio::test]
async fn a_wrong_password_pauses_sending_over_a_restart() {
    let Some(mail) = postfix() else { return };
    let desk = Office::open().await;
    desk.owes(&[CITIZEN]).await;
    let mut server = over(&mail, Tls::Implicit);
    server.login = Some(Login { user: BUREAU.to_owned(), password: "wrong".into() });
    let report = outbox(&desk, server).pass().await.unwrap();
    let (why, alarm) = report.paused.unwrap();
    assert!(alarm && why.starts_with("login (AUTH): the server answered 535"), "{why}");
    desk.wait(30);
    let desk = desk.restarted().await;
    let mended = outbox(&desk, over(&mail, Tls::Implicit));
    assert_eq!(mended.pass().await.unwrap().sent, 0);
    desk.wait(6);
    assert_eq!(mended.pass().await.unwrap().sent, 1);
}

#[tokio::test]
async fn a_self_test_tells_a_wrong_password_from_a_wrong_certificate() {
    let Some(mail) = postfix() else { return };
    let all = [Step::Connect, Step::Tls, Step::Greeting, Step::Login, Step::Goodbye];
    for tls in [Tls::Implicit, Tls::StartTls] {
        let found = probe(&over(&mail, tls)).await;
        assert_eq!((found.passed, found.failed), (all.to_vec(), None));

        let stranger = Server { extra_ca: None, ..over(&mail, tls) };
        let trouble = probe(&stranger).await.failed.unwrap();
        assert_eq!(trouble.step, Step::Tls);
        assert!(trouble.to_string().contains("certificate"), "{trouble}");

        let mut forgotten = over(&mail, tls);
        forgotten.login = Some(Login { user: BUREAU.to_owned(), password: "wrong".into() });
        let trouble = probe(&forgotten).await.failed.unwrap();
        assert_eq!(trouble.step, Step::Login);
        assert!(trouble.advice().contains("授权码"));
    }
}
