//! The IMAP source against a real server.

mod support;

use std::time::{Duration, Instant};

use baoming::clock::Clock;
use baoming::mailbox::{
    After, Arrival, Error, HEAD_BYTES, ImapOptions, Next, Range, Security, Source, Wake, windows,
};
use support::mailserver::MailServer;

const USER: &str = "xjxspj@example.test";

fn options(server: &MailServer) -> ImapOptions {
    support::account::imap_options(server, USER)
}

fn source(options: ImapOptions) -> Source {
    Source::Imap(Box::new(options))
}

fn message(number: usize) -> Vec<u8> {
    format!("Subject: =?utf-8?b?5oql5ZCN?= {number}\r\n\r\n姓名：马晓{number}\r\n").into_bytes()
}

/// Everything that the source hands out of a folder, in the order of the UIDs.
async fn all(source: &Source, folder: &str) -> Result<Vec<Arrival>, Error> {
    let mut session = source.connect(&Clock::system()).await?;
    session.examine(folder).await?;
    let listed = session.list(Range::All).await?;
    let mut arrivals = Vec::new();
    for window in windows(&listed, 100, 1 << 20) {
        let missing = session.fetch(window, &mut arrivals).await?;
        assert!(missing.is_empty(), "{missing:?}");
    }
    session.finish().await;
    Ok(arrivals)
}

#[tokio::test]
async fn every_message_comes_with_its_bytes_its_uid_and_the_servers_date() {
    let server = MailServer::start(&[USER]);
    for number in 0..5 {
        let date = format!("13-Sep-2021 08:3{number}:00 +0800");
        server.append(USER, "INBOX", &date, &message(number));
    }
    server.append(USER, "INBOX", "14-Sep-2021 00:00:00 +0800", &message(5));
    server.set_uidvalidity(USER, "INBOX", 1, 1_392_611_444);

    let arrivals = all(&source(options(&server)), "INBOX").await.unwrap();
    assert_eq!(arrivals.len(), 6);
    for (number, arrival) in arrivals.iter().enumerate() {
        assert_eq!(arrival.raw, message(number));
        assert_eq!(arrival.key.uidvalidity, 1);
        assert_eq!((&*arrival.key.mailbox, &*arrival.key.folder), ("bureau", "INBOX"));
        assert_eq!(arrival.cut_from, None);
    }
    assert_eq!(arrivals[1].arrived.to_string(), "2021-09-13T00:31:00Z");
    assert_eq!(arrivals[0].key.uid, 1_392_611_444);
    assert!(server.imap(USER).flags("INBOX").iter().all(|(_, flags)| !flags.contains("Seen")));
}

#[tokio::test]
async fn what_is_asked_for_after_a_uid_does_not_bring_the_last_message_again() {
    let server = MailServer::start(&[USER]);
    for number in 0..3 {
        server.append(USER, "INBOX", "13-Sep-2021 08:30:00 +0800", &message(number));
    }
    let mut session = source(options(&server)).connect(&Clock::system()).await.unwrap();
    session.examine("INBOX").await.unwrap();
    let uids = |listed: Vec<baoming::mailbox::Listed>| -> Vec<u64> {
        listed.into_iter().map(|one| one.uid).collect()
    };
    assert_eq!(uids(session.list(Range::After(1)).await.unwrap()), [2, 3]);
    assert_eq!(uids(session.list(Range::After(3)).await.unwrap()), [0; 0]);
    assert_eq!(uids(session.list(Range::After(u64::from(u32::MAX))).await.unwrap()), [0; 0]);
    session.examine("Trash").await.unwrap();
    assert_eq!(uids(session.list(Range::All).await.unwrap()), [0; 0], "an empty folder");
}

#[tokio::test]
async fn every_way_to_protect_the_connection_works() {
    let server = MailServer::start(&[USER]);
    server.deliver(USER, &message(1));
    for (security, port) in [
        (Security::Tls, server.imaps_port),
        (Security::StartTls, server.imap_port),
        (Security::None, server.imap_port),
    ] {
        let options = ImapOptions { security, port, ..options(&server) };
        assert_eq!(all(&source(options), "INBOX").await.unwrap().len(), 1, "{security:?}");
    }
}

#[tokio::test]
async fn without_tls_no_other_machine_is_spoken_to() {
    let server = MailServer::start(&[USER]);
    // An address for documentation: nothing is ever sent there.
    let options =
        ImapOptions { security: Security::None, host: "192.0.2.1".into(), ..options(&server) };
    let error = source(options).connect(&Clock::system()).await.err().unwrap();
    assert!(matches!(error, Error::Setup(_)), "{error}");
    assert!(error.needs_person());
}

#[tokio::test]
async fn a_wrong_password_a_wrong_certificate_and_a_wrong_host_each_have_their_class() {
    let server = MailServer::start(&[USER]);
    let good = options(&server);
    let cases = [
        ("credentials", ImapOptions { password: "wrong".into(), ..good.clone() }),
        ("certificate", ImapOptions { extra_ca: None, ..good.clone() }),
        ("network", ImapOptions { host: "nowhere.invalid".into(), ..good.clone() }),
        ("network", ImapOptions { port: 1, ..good.clone() }),
        ("protocol", ImapOptions { port: server.imap_port, ..good.clone() }),
        ("setup", ImapOptions { extra_ca: Some("/nowhere/ca.pem".into()), ..good.clone() }),
        ("setup", ImapOptions { password: "密码".into(), ..good.clone() }),
    ];
    for (code, options) in cases {
        let error = source(options).connect(&Clock::system()).await.err().unwrap();
        assert_eq!(error.code(), code, "{error}");
        assert!(!error.to_string().contains("xjxspj"), "{error}");
        let pause = matches!(error.next(), Next::Pause(time) if time >= Duration::from_mins(30));
        assert_eq!(pause, code == "credentials", "{error}");
    }
    // The certificate is for localhost: another name of this machine is another server.
    let mut hosts = options(&server);
    hosts.host = "127.0.0.2".into();
    let error = source(hosts).connect(&Clock::system()).await.err().unwrap();
    assert!(matches!(error.code(), "certificate" | "network"), "{error}");
}

#[tokio::test]
async fn folders_are_found_by_their_chinese_names_and_by_their_use() {
    let server = MailServer::start(&[USER]);
    server.create_folder(USER, "&Xn9USpCuTvY-");
    server.append(USER, "&Xn9USpCuTvY-", "13-Sep-2021 08:30:00 +0800", &message(1));
    server.append(USER, "Junk", "13-Sep-2021 08:30:00 +0800", &message(2));
    let source = source(options(&server));
    for (folder, number) in [("广告邮件", 1), ("Junk", 2), ("垃圾邮件", 2)] {
        let arrivals = all(&source, folder).await.unwrap();
        assert_eq!(arrivals.len(), 1, "{folder}");
        assert_eq!(arrivals[0].raw, message(number));
        assert_eq!(arrivals[0].key.folder, folder, "the key holds the name of the settings");
    }
    let mut session = source.connect(&Clock::system()).await.unwrap();
    let error = session.examine("没有").await.unwrap_err();
    assert_eq!(error.code(), "folder", "{error}");
    assert!(session.is_usable(), "one folder's refusal does not end the session");
    session.examine("INBOX").await.unwrap();
}

#[tokio::test]
async fn of_a_message_above_the_limit_only_the_head_is_taken() {
    let server = MailServer::start(&[USER]);
    let large = [&message(1)[..], &b"x".repeat(300_000)].concat();
    server.append(USER, "INBOX", "13-Sep-2021 08:30:00 +0800", &large);
    server.append(USER, "INBOX", "13-Sep-2021 08:30:00 +0800", &message(2));
    let mut options = options(&server);
    options.limits.message = 100_000;
    let mut arrivals = all(&source(options), "INBOX").await.unwrap();
    arrivals.sort_by_key(|arrival| arrival.key.uid);
    assert_eq!(arrivals[0].cut_from, Some(large.len() as u64));
    assert_eq!(arrivals[0].raw, large[..usize::try_from(HEAD_BYTES).unwrap()]);
    assert_eq!((arrivals[1].cut_from, &arrivals[1].raw), (None, &message(2)));
}

#[tokio::test]
async fn a_message_that_vanished_is_named_and_the_others_come() {
    let server = MailServer::start(&[USER]);
    for number in 0..4 {
        server.append(USER, "INBOX", "13-Sep-2021 08:30:00 +0800", &message(number));
    }
    let mut session = source(options(&server)).connect(&Clock::system()).await.unwrap();
    session.examine("INBOX").await.unwrap();
    let listed = session.list(Range::All).await.unwrap();
    let mut clerk = server.imap(USER);
    clerk.command("SELECT INBOX");
    clerk.command("UID STORE 2 +FLAGS (\\Deleted)");
    clerk.command("EXPUNGE");
    let mut arrivals = Vec::new();
    assert_eq!(session.fetch(&listed, &mut arrivals).await.unwrap(), [2]);
    assert_eq!(arrivals.iter().map(|one| one.key.uid).collect::<Vec<_>>(), [1, 3, 4]);
}

#[tokio::test]
async fn idle_wakes_when_mail_comes_and_mail_between_listing_and_waiting_is_not_slept_over() {
    let server = MailServer::start(&[USER]);
    let mut session = source(options(&server)).connect(&Clock::system()).await.unwrap();
    session.examine("INBOX").await.unwrap();
    assert!(session.list(Range::All).await.unwrap().is_empty());
    let began = Instant::now();
    let deliver = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        server.deliver(USER, &message(1));
    };
    let (wake, ()) = tokio::join!(session.wait(support::PATIENCE), deliver);
    assert_eq!(wake.unwrap(), Wake::Hint);
    assert!(began.elapsed() < support::PATIENCE);
    assert_eq!(session.list(Range::All).await.unwrap().len(), 1);

    server.deliver(USER, &message(2));
    assert_eq!(session.wait(support::PATIENCE).await.unwrap(), Wake::Hint);
    assert_eq!(session.list(Range::After(1)).await.unwrap().len(), 1);
    assert_eq!(session.wait(Duration::from_millis(50)).await.unwrap(), Wake::Time);
    session.finish().await;
}

#[tokio::test]
async fn idle_is_renewed_and_a_server_that_goes_away_meanwhile_is_noticed() {
    let mut server = MailServer::start(&[USER]);
    let mut options = options(&server);
    options.limits.idle_renewal = Duration::from_millis(20);
    let mut session = source(options).connect(&Clock::system()).await.unwrap();
    session.examine("INBOX").await.unwrap();
    session.list(Range::All).await.unwrap();
    assert_eq!(session.wait(Duration::from_millis(200)).await.unwrap(), Wake::Time);
    server.stop_dovecot();
    let error = session.wait(support::PATIENCE).await.unwrap_err();
    assert_eq!(error.code(), "network", "{error}");
    assert!(!session.is_usable());
    assert_eq!(error.next(), Next::Retry);
}

#[tokio::test]
async fn a_cancelled_call_makes_the_session_useless_instead_of_shifting_its_answers() {
    let server = MailServer::start(&[USER]);
    server.deliver(USER, &message(1));
    let mut session = source(options(&server)).connect(&Clock::system()).await.unwrap();
    session.examine("INBOX").await.unwrap();
    let cancelled =
        tokio::time::timeout(Duration::from_millis(50), session.wait(support::PATIENCE));
    assert!(cancelled.await.is_err());
    assert!(!session.is_usable());
    assert_eq!(session.list(Range::All).await.unwrap_err().code(), "protocol");
}

#[tokio::test]
async fn afterwards_messages_are_marked_or_moved_and_only_those() {
    let server = MailServer::start(&[USER]);
    server.create_folder(USER, "&XfJZBHQG-");
    for number in 0..5 {
        server.append(USER, "INBOX", "13-Sep-2021 08:30:00 +0800", &message(number));
    }
    let source = source(options(&server));
    let clock = Clock::system();
    let uidvalidity = source.connect(&clock).await.unwrap().examine("INBOX").await.unwrap();

    source.settle(&clock, &After::Keep, "INBOX", uidvalidity, &[1, 2]).await.unwrap();
    source.settle(&clock, &After::Seen, "INBOX", uidvalidity, &[2]).await.unwrap();
    let seen: Vec<u32> = server
        .imap(USER)
        .flags("INBOX")
        .into_iter()
        .filter_map(|(uid, flags)| flags.contains("Seen").then_some(uid))
        .collect();
    assert_eq!(seen, [2]);

    let away = After::Move("已处理".into());
    source.settle(&clock, &away, "INBOX", uidvalidity, &[4, 1]).await.unwrap();
    source.settle(&clock, &away, "INBOX", uidvalidity, &[4, 1]).await.unwrap();
    assert_eq!(server.messages(USER, "INBOX"), [message(1), message(2), message(4)]);
    assert_eq!(server.messages(USER, "&XfJZBHQG-"), [message(0), message(3)]);

    let error = source.settle(&clock, &away, "INBOX", uidvalidity + 1, &[2]).await.unwrap_err();
    assert_eq!(error.code(), "stale", "{error}");
    let nowhere = After::Move("没有".into());
    let error = source.settle(&clock, &nowhere, "INBOX", uidvalidity, &[2]).await.unwrap_err();
    assert_eq!(error.code(), "folder", "{error}");
    assert_eq!(server.messages(USER, "INBOX").len(), 3, "a refusal loses nothing");
}

#[tokio::test]
async fn the_self_test_names_every_step_and_what_is_wrong() {
    let server = MailServer::start(&[USER]);
    server.append(USER, "INBOX", "13-Sep-2021 08:30:00 +0800", &message(1));
    let good = source(options(&server));
    let folders = ["INBOX".to_owned(), "Junk".into(), "没有".into()];
    let findings = good.check(&Clock::system(), &folders, &After::Move("Trash".into())).await;
    let lines: Vec<(String, String)> = findings
        .into_iter()
        .map(|one| (one.what, one.outcome.unwrap_or_else(|error| error.code().to_owned())))
        .collect();
    let said = |what: &str| &lines.iter().find(|line| line.0 == what).unwrap().1;
    assert_eq!(said("the TLS handshake"), "TLSv1_3");
    assert_eq!(said("LOGIN"), "accepted");
    assert_eq!(said("ID"), "sent");
    assert!(said("folder INBOX").starts_with("1 messages (UIDVALIDITY "));
    assert!(said("folder INBOX").ends_with("the oldest of 2021-09-13"));
    assert_eq!(said("folder 没有"), "folder");
    assert_eq!(said("moving to Trash"), "possible");

    let bad = source(ImapOptions { password: "wrong".into(), ..options(&server) });
    let findings = bad.check(&Clock::system(), &folders, &After::Keep).await;
    let last = findings.last().unwrap().outcome.as_ref().unwrap_err();
    assert_eq!(last.code(), "credentials");
}
