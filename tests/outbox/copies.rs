//! What became of an uncertain letter is found out from the provider's copies: a real IMAP server
//! keeps them, behind the proxy that counts what it is asked.

use std::sync::Arc;

use baoming::mailbox::{ImapOptions, Security, SentFolder};
use baoming::outbox::Outbox;

use crate::office::{Office, smtp};
use crate::provider::{Act, Provider, WithText};
use crate::support::account::imap_options;
use crate::support::mailserver::MailServer;
use crate::support::proxy::Proxy;
use crate::support::proxy::rules::Rules;

const USER: &str = "xjxspj@example.test";
const SENT: &str = "&XfJT0ZAB-";
const TIME: &str = "13-Sep-2021 08:30:00 +0800";

/// An account whose provider keeps copies in 已发送, and one letter that shall leave.
struct Scene {
    server: Arc<MailServer>,
    proxy: Proxy,
    office: Office,
}

impl Scene {
    async fn set(letters: &[&str]) -> Self {
        let server = MailServer::start(&[USER]);
        server.create_folder(USER, SENT);
        server.append(USER, SENT, TIME, b"Message-ID: <earlier@163.com>\r\n\r\nx\r\n");
        let proxy = Proxy::start(&server, Rules::coremail());
        let office = Office::open().await;
        office.owes(letters).await;
        Self { server: Arc::new(server), proxy, office }
    }

    fn outbox(&self, provider: &Provider) -> Outbox {
        let mut account = ImapOptions {
            host: "127.0.0.1".into(),
            port: self.proxy.port,
            security: Security::None,
            ..imap_options(&self.server, USER)
        };
        account.mailbox = "bureau".into();
        let sent = SentFolder { account, folder: "已发送".into() };
        self.office.looking(smtp(provider.port), sent)
    }

    /// What a provider does that takes a letter and keeps a copy of it, with some of it replaced.
    fn copy(&self, change: impl Fn(String) -> String + Send + Sync + 'static) -> WithText {
        let server = self.server.clone();
        Arc::new(move |text: &[u8]| {
            let copy = change(String::from_utf8(text.to_vec()).unwrap());
            server.append(USER, SENT, TIME, copy.as_bytes());
        })
    }

    fn logins(&self) -> usize {
        self.proxy.commands().iter().filter(|command| *command == "LOGIN").count()
    }

    async fn reports(&self, outbox: &Outbox, minutes: i64, wanted: &[&str]) {
        self.office.wait(minutes);
        outbox.pass().await.unwrap();
        assert_eq!(self.office.states().await, wanted, "{minutes} minutes later");
    }
}

#[tokio::test]
async fn an_uncertain_letter_with_a_copy_was_sent() {
    let scene = Scene::set(&["one@qq.com"]).await;
    let provider = Provider::start().on("text", [Act::Lost(scene.copy(|text| text))]);
    let outbox = scene.outbox(&provider);
    scene.reports(&outbox, 0, &["uncertain"]).await;
    assert_eq!(scene.office.store.open_tasks().await.unwrap().len(), 1, "the staff see it");
    scene.reports(&outbox, 1, &["uncertain"]).await;
    scene.reports(&outbox, 1, &["sent"]).await;
    assert_eq!(scene.office.store.open_tasks().await.unwrap(), [], "and it settles itself");
    assert_eq!(scene.office.outcomes().await, ["在“已发送”文件夹中找到了这封信，已发出"]);
    scene.reports(&outbox, 60, &["sent"]).await;
    assert_eq!((provider.seen().texts.len(), scene.logins()), (1, 2));

    let asked = scene.proxy.commands();
    for never in ["SEARCH", "SELECT", "HEADER.FIELDS", "STATUS", "STORE", "BODY["] {
        assert!(!asked.iter().any(|one| one.contains(never)), "{never} in {asked:?}");
    }
    assert!(asked.iter().any(|one| one == "UID FETCH 2 (UID BODY.PEEK[HEADER])"), "{asked:?}");
}

#[tokio::test]
async fn a_copy_whose_id_the_provider_replaced_is_known_by_the_id_that_it_kept() {
    let scene = Scene::set(&["one@qq.com"]).await;
    let qq = |text: String| {
        let with = "Message-ID: <tencent_0A@qq.com>\r\nX-OQ-MSGID: ";
        text.replacen("Message-ID: ", with, 1)
    };
    let provider = Provider::start().on("text", [Act::Lost(scene.copy(qq))]);
    let outbox = scene.outbox(&provider);
    scene.reports(&outbox, 0, &["uncertain"]).await;
    scene.reports(&outbox, 2, &["sent"]).await;
}

#[tokio::test]
async fn a_letter_without_a_copy_is_sent_once_more_after_ten_minutes_and_never_a_third_time() {
    let scene = Scene::set(&["one@qq.com"]).await;
    let answers = scene.copy(|text| text.replacen("Message-ID: ", "In-Reply-To: ", 1));
    // Another mail that only speaks of the letter is no copy of it.
    let provider = Provider::start().on("text", [Act::Lost(answers), Act::HangUp]);
    let outbox = scene.outbox(&provider);
    scene.reports(&outbox, 0, &["uncertain"]).await;
    scene.reports(&outbox, 9, &["uncertain"]).await;
    assert_eq!(provider.seen().texts.len(), 1);
    scene.reports(&outbox, 1, &["uncertain"]).await;
    let texts = provider.seen().texts;
    assert_eq!(texts.len(), 2, "it went out once more, and was lost again");
    assert_eq!(texts[0], texts[1], "the very bytes, with the same Message-ID");
    for _ in 0..3 {
        scene.reports(&outbox, 11, &["uncertain"]).await;
    }
    assert_eq!(provider.seen().texts.len(), 2);
    assert_eq!(scene.office.store.open_tasks().await.unwrap().len(), 1, "now a clerk decides");

    // A second copy would have been found, too.
    let id = scene.office.letters().await[0].message_id.clone();
    let copy = format!("Message-ID: <{id}>\r\n\r\nx\r\n");
    scene.server.append(USER, SENT, TIME, copy.as_bytes());
    let restarted = scene.outbox(&provider);
    scene.reports(&restarted, 1, &["sent"]).await;
}

#[tokio::test]
async fn a_letter_that_a_crash_left_claimed_is_found_out_about_too() {
    let scene = Scene::set(&["one@qq.com", "two@qq.com"]).await;
    let provider = Provider::start();
    let outbox = scene.outbox(&provider);
    let ids: Vec<_> = scene.office.letters().await.into_iter().map(|letter| letter.id).collect();
    let times = (scene.office.clock.now(), jiff::Timestamp::MAX);
    let store = &scene.office.store;
    scene.server.set_uidvalidity(USER, "已发送", 7, 1);
    store.claim_marked(&ids[0], b"Message-ID: <x>\r\n\r\n", times, Some("7:0")).await.unwrap();
    store.claim_marked(&ids[1], b"Message-ID: <y>\r\n\r\n", times, None).await.unwrap();
    assert_eq!(outbox.recover().await.unwrap(), 2);
    scene.reports(&outbox, 0, &["uncertain", "uncertain"]).await;
    scene.reports(&outbox, 10, &["sent", "uncertain"]).await;
    assert_eq!(provider.seen().texts.len(), 1, "the one without a mark is the staff's");
}

#[tokio::test]
async fn in_a_folder_that_was_rebuilt_a_copy_counts_but_its_absence_does_not() {
    let scene = Scene::set(&["one@qq.com", "two@qq.com"]).await;
    let acts = [Act::Lost(scene.copy(|text| text)), Act::HangUp];
    let provider = Provider::start().on("text", acts);
    let outbox = scene.outbox(&provider);
    scene.reports(&outbox, 0, &["uncertain", "uncertain"]).await;
    scene.server.set_uidvalidity(USER, "已发送", 77, 1000);
    scene.reports(&outbox, 11, &["sent", "uncertain"]).await;
    scene.reports(&outbox, 60, &["sent", "uncertain"]).await;
    assert_eq!(provider.seen().texts.len(), 2);
}

#[tokio::test]
async fn where_copies_of_other_letters_are_missing_too_nothing_is_concluded() {
    let scene = Scene::set(&["one@qq.com", "two@qq.com"]).await;
    let provider = Provider::start().on("text", [Act::HangUp]);
    let outbox = scene.outbox(&provider);
    scene.reports(&outbox, 0, &["uncertain", "sent"]).await;
    scene.reports(&outbox, 11, &["uncertain", "sent"]).await;
    assert_eq!(provider.seen().texts.len(), 2, "the provider keeps no copies: a clerk decides");
}

#[tokio::test]
async fn copies_of_later_letters_show_that_the_lost_one_is_missing() {
    let scene = Scene::set(&["one@qq.com", "two@qq.com"]).await;
    let acts = [Act::HangUp, Act::Took(scene.copy(|text| text))];
    let provider = Provider::start().on("text", acts);
    let outbox = scene.outbox(&provider);
    scene.reports(&outbox, 0, &["uncertain", "sent"]).await;
    scene.reports(&outbox, 11, &["sent", "sent"]).await;
    assert_eq!(provider.seen().texts.len(), 3);
}

#[tokio::test]
async fn a_copy_that_is_not_handed_out_may_be_the_one() {
    let scene = Scene::set(&["one@qq.com"]).await;
    let provider = Provider::start().on("text", [Act::Lost(scene.copy(|text| text))]);
    let outbox = scene.outbox(&provider);
    scene.proxy.set(|rules| rules.empty_uids = vec![2]);
    scene.reports(&outbox, 0, &["uncertain"]).await;
    scene.reports(&outbox, 11, &["uncertain"]).await;
    assert_eq!(provider.seen().texts.len(), 1);
}

#[tokio::test]
async fn a_refused_login_holds_up_no_letter_and_is_not_repeated() {
    let scene = Scene::set(&["one@qq.com", "two@qq.com"]).await;
    let provider = Provider::start().on("text", [Act::HangUp]);
    let outbox = scene.outbox(&provider);
    scene.proxy.set(|rules| rules.login_fails = Some("LOGIN Login error or password error"));
    scene.reports(&outbox, 0, &["uncertain", "sent"]).await;
    assert_eq!(scene.logins(), 1, "no mark, and no second try for the second letter");
    let now = scene.office.clock.now();
    let pause = scene.office.store.paused("imap:bureau", now).await.unwrap().unwrap();
    assert!(pause.until.duration_since(now).as_secs() >= 1800, "the receiver rests with it");
    scene.reports(&outbox, 15, &["uncertain", "sent"]).await;
    assert_eq!(scene.logins(), 1);
}

#[tokio::test]
async fn an_outage_of_the_folder_concludes_nothing_and_is_looked_at_again_later() {
    let scene = Scene::set(&["one@qq.com"]).await;
    let provider = Provider::start().on("text", [Act::HangUp]);
    let outbox = scene.outbox(&provider);
    scene.reports(&outbox, 0, &["uncertain"]).await;
    scene.proxy.set(|rules| {
        rules.fault = Some(("INTERNALDATE", crate::support::proxy::rules::Fault::Eof(0)));
    });
    scene.reports(&outbox, 10, &["uncertain"]).await;
    scene.proxy.set(|rules| rules.fault = None);
    scene.reports(&outbox, 5, &["uncertain"]).await;
    assert_eq!(scene.logins(), 2, "a failed look is not repeated at once");
    scene.reports(&outbox, 5, &["sent"]).await;
    assert_eq!(provider.seen().texts.len(), 2);
}

#[tokio::test]
async fn what_a_clerk_says_comes_first() {
    let scene = Scene::set(&["one@qq.com", "two@qq.com"]).await;
    let provider = Provider::start().on("text", [Act::HangUp, Act::HangUp, Act::HangUp]);
    let outbox = scene.outbox(&provider);
    scene.reports(&outbox, 0, &["uncertain", "uncertain"]).await;
    assert!(scene.office.store.letter_arrived("1", "clerk").await.unwrap());
    assert!(scene.office.store.resend_letter("2", "clerk").await.unwrap());
    scene.reports(&outbox, 0, &["sent", "uncertain"]).await;
    scene.reports(&outbox, 11, &["sent", "uncertain"]).await;
    assert_eq!(provider.seen().texts.len(), 3, "what a clerk sent again is not sent a third time");
}
