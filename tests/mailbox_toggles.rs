//! Habits and faults of servers beyond reading: marking, moving, looking for copies, limits.
mod support;

use std::time::Duration;

use baoming::clock::Clock;
use baoming::mailbox::{After, Error, ImapOptions, Mark, Next, Range, SentFolder, Source, Wake};
use support::PATIENCE;
use support::mailserver::MailServer;
use support::proxy::Proxy;
use support::proxy::rules::{CAPS_QQ, Fault, Rules};

const USER: &str = "xjxspj@example.test";
const TIME: &str = "13-Sep-2021 08:30:00 +0800";

fn options(port: u16) -> ImapOptions {
    support::account::through(port, USER)
}

fn source(port: u16) -> Source {
    Source::Imap(Box::new(options(port)))
}

fn message(number: usize) -> Vec<u8> {
    format!("Message-ID: <m{number}@x>\r\nSubject: {number}\r\n\r\n姓名：马晓{number}\r\n")
        .into_bytes()
}

fn filled(messages: usize) -> MailServer {
    let server = MailServer::start(&[USER]);
    for number in 0..messages {
        server.append(USER, "INBOX", TIME, &message(number));
    }
    server
}

fn faults() -> Vec<Fault> {
    vec![
        Fault::No,
        Fault::Bad,
        Fault::UntaggedBad,
        Fault::Eof(0),
        Fault::Bye,
        Fault::HugeLiteral,
        Fault::Answer(b"no IMAP at all\r\n".to_vec()),
        Fault::Answer(b"A9999 OK of somebody else\r\n".to_vec()),
    ]
}

/// Marking and moving, step by step, each broken in every way: what went wrong is told, and however
/// far it came, each message still lies in one of the two folders.
#[tokio::test]
async fn no_fault_while_messages_are_marked_or_moved_loses_one() {
    let server = filled(2);
    let proxy = Proxy::start(&server, Rules::coremail());
    let (source, clock) = (source(proxy.port), Clock::system());
    let uidvalidity = source.connect(&clock).await.unwrap().examine("INBOX").await.unwrap();
    let away = After::Move("Trash".into());
    let steps = [
        ("SELECT", &After::Seen),
        ("Seen", &After::Seen),
        ("SELECT", &away),
        ("UID COPY", &away),
        ("Deleted", &away),
        ("EXPUNGE", &away),
    ];
    for (command, after) in steps {
        for fault in faults() {
            proxy.set(|rules| rules.fault = Some((command, fault.clone())));
            let done = source.settle(&clock, after, "INBOX", uidvalidity, &[1, 2]).await;
            let told = format!("{command} {fault:?}: {done:?}");
            let error = done.expect_err(&told);
            assert_ne!(error.code(), "stale", "{told}");
            let (inbox, trash) = (server.messages(USER, "INBOX"), server.messages(USER, "Trash"));
            for number in 0..2 {
                let there = inbox.contains(&message(number)) || trash.contains(&message(number));
                assert!(there, "{told}: {number} is gone");
            }
            // The EXPUNGE may have come through: then there is nothing left to move.
            if inbox.len() < 2 {
                for number in 0..2 {
                    server.append(USER, "INBOX", TIME, &message(number));
                }
                break;
            }
        }
    }
}

#[tokio::test]
async fn no_fault_while_copies_are_looked_for_reads_as_no_copy() {
    let server = filled(3);
    let proxy = Proxy::start(&server, Rules::default());
    let sent = SentFolder { account: options(proxy.port), folder: "INBOX".into() };
    let clock = Clock::system();
    let mark = sent.mark(&clock, None).await.unwrap();
    assert_eq!(mark.uid, 3);
    assert_eq!(sent.mark(&clock, Some(mark)).await.unwrap(), mark);
    let above = Some(Mark { uid: 1, ..mark });
    let found = sent.copies(&clock, above).await.unwrap();
    assert_eq!((found.ids, found.whole), (vec!["m1@x".to_owned(), "m2@x".to_owned()], true));
    let newest = sent.copies(&clock, None).await.unwrap();
    assert_eq!((newest.ids.len(), newest.whole), (3, false));
    let rebuilt = Some(Mark { uidvalidity: mark.uidvalidity + 1, uid: 1 });
    assert!(!sent.copies(&clock, rebuilt).await.unwrap().whole);
    for command in ["LOGIN", "EXAMINE", "INTERNALDATE", "HEADER"] {
        for fault in faults().into_iter().chain([Fault::HalfLiteral, Fault::Eof(1)]) {
            proxy.set(|rules| rules.fault = Some((command, fault.clone())));
            let looked = sent.copies(&clock, above).await;
            let whole = looked.as_ref().is_ok_and(|copies| copies.whole && copies.ids.len() < 2);
            assert!(!whole, "{command} {fault:?}: {looked:?}");
            assert!(looked.is_err(), "{command} {fault:?}: {looked:?}");
        }
    }
    // A copy that is listed and not handed out.
    proxy.set(|rules| {
        rules.fault = None;
        rules.empty_uids = vec![2];
    });
    let found = sent.copies(&clock, above).await.unwrap();
    assert_eq!((found.ids, found.whole), (vec!["m2@x".to_owned()], false));
}

#[tokio::test]
async fn a_server_like_qq_is_read_in_full_and_its_idle_is_only_a_hint() {
    let server = filled(3);
    let rules = Rules { caps: Some(CAPS_QQ), mute: Some("IDLE"), ..Rules::coremail() };
    let proxy = Proxy::start(&server, rules);
    let mut session = source(proxy.port).connect(&Clock::system()).await.unwrap();
    session.examine("INBOX").await.unwrap();
    let listed = session.list(Range::All).await.unwrap();
    let mut arrivals = Vec::new();
    assert!(session.fetch(&listed, &mut arrivals).await.unwrap().is_empty());
    assert_eq!(arrivals.len(), 3);
    server.deliver(USER, &message(3));
    assert_eq!(session.wait(Duration::from_millis(200)).await.unwrap(), Wake::Time);
    assert!(proxy.commands().iter().any(|one| one == "IDLE"));
    assert_eq!(session.list(Range::After(3)).await.unwrap().len(), 1, "the poll finds it");
    session.finish().await;
}

#[tokio::test]
async fn too_many_connections_or_logins_are_a_limit_and_no_wrong_password() {
    let server = filled(1);
    let proxy = Proxy::start(&server, Rules::default());
    for greeting in ["* BYE Too many concurrent connections\r\n", "* BYE System busy!\r\n"] {
        let fault = Fault::Answer(greeting.as_bytes().to_vec());
        proxy.set(|rules| rules.fault = Some(("GREETING", fault)));
        let error = source(proxy.port).connect(&Clock::system()).await.err().unwrap();
        assert!(matches!(error, Error::Throttled { .. }), "{greeting}: {error}");
        assert!(matches!(error.next(), Next::Pause(wait) if wait >= Duration::from_mins(15)));
    }
    proxy.set(|rules| {
        rules.fault = None;
        rules.login_max = Some(2);
    });
    for _ in 0..2 {
        source(proxy.port).connect(&Clock::system()).await.unwrap().finish().await;
    }
    let error = source(proxy.port).connect(&Clock::system()).await.err().unwrap();
    assert!(matches!(error, Error::Throttled { .. }), "{error}");
}

#[tokio::test]
async fn a_server_without_idle_that_breaks_at_noop_is_no_quiet_mailbox() {
    let server = filled(1);
    for fault in faults() {
        let proxy = Proxy::start(&server, Rules::coremail());
        let mut session = source(proxy.port).connect(&Clock::system()).await.unwrap();
        session.examine("INBOX").await.unwrap();
        session.list(Range::All).await.unwrap();
        proxy.set(|rules| rules.fault = Some(("NOOP", fault.clone())));
        let waited = session.wait(PATIENCE).await;
        assert!(waited.is_err(), "{fault:?}: {waited:?}");
    }
}

/// The web page's setting 收取最近30天邮件: what is older is not listed, and a message that vanishes
/// from the listing by growing old stays what it is.
#[tokio::test]
async fn a_window_of_thirty_days_shortens_the_listing_and_nothing_else() {
    let server = filled(1);
    let now = Clock::system().now().to_zoned(jiff::tz::TimeZone::UTC);
    let today = now.strftime("%d-%b-%Y %H:%M:%S +0000").to_string();
    server.append(USER, "INBOX", &today, &message(1));
    let proxy = Proxy::start(&server, Rules { window_of_days: Some(30), ..Rules::coremail() });
    let mut session = source(proxy.port).connect(&Clock::system()).await.unwrap();
    session.examine("INBOX").await.unwrap();
    let listed = session.list(Range::All).await.unwrap();
    assert_eq!(listed.iter().map(|one| one.uid).collect::<Vec<_>>(), [2]);
    proxy.set(|rules| rules.window_of_days = None);
    let mut listed = session.list(Range::All).await.unwrap();
    listed.truncate(1);
    // Listed, and too old when it is fetched: it is named as missing, not taken as empty.
    proxy.set(|rules| rules.hidden_uids = vec![1]);
    assert_eq!(session.fetch(&listed, &mut Vec::new()).await.unwrap(), [1]);
}
