//! The IMAP source against servers that fail: each fault has its class, and none reads as "no mail".

mod support;

use std::time::Duration;

use baoming::clock::Clock;
use baoming::mailbox::{After, Arrival, Error, ImapOptions, Next, Range, Security, Source, Wake};
use futures::future::join_all;
use support::PATIENCE;
use support::mailserver::MailServer;
use support::proxy::Proxy;
use support::proxy::rules::{Fault, IdRule, Rules, Unknown};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const USER: &str = "xjxspj@example.test";

/// Through the proxy, without TLS, patient.
fn options(port: u16) -> ImapOptions {
    support::account::through(port, USER)
}

fn source(options: ImapOptions) -> Source {
    Source::Imap(Box::new(options))
}

fn filled() -> MailServer {
    let server = MailServer::start(&[USER]);
    for number in 0..3 {
        server.append(USER, "Junk", "13-Sep-2021 08:30:00 +0800", &message(number));
        server.append(USER, "INBOX", "13-Sep-2021 08:30:00 +0800", &message(number));
    }
    server
}

fn message(number: usize) -> Vec<u8> {
    format!("Subject: {number}\r\n\r\n姓名：马晓{number}\r\n").into_bytes()
}

/// A whole pass: two folders, and a short wait.
async fn pass(source: &Source) -> Result<Vec<Arrival>, Error> {
    let mut session = source.connect(&Clock::system()).await?;
    let mut arrivals = Vec::new();
    for folder in ["Junk", "INBOX"] {
        session.examine(folder).await?;
        let listed = session.list(Range::All).await?;
        assert!(!listed.is_empty(), "an outage was read as an empty folder");
        let missing = session.fetch(&listed, &mut arrivals).await?;
        assert!(missing.is_empty(), "an outage was read as messages that vanished");
    }
    assert_eq!(session.wait(Duration::from_millis(30)).await?, Wake::Time);
    session.finish().await;
    Ok(arrivals)
}

/// What a fault at a command has to become; `None`: it is tolerated and nothing is missing.
fn expected(command: &str, fault: &Fault) -> Option<&'static str> {
    match (fault, command) {
        (Fault::No | Fault::Bad, "GREETING") => Some("protocol"),
        (Fault::No, "LOGIN") => Some("credentials"),
        (Fault::No, "EXAMINE") => Some("folder"),
        (Fault::No, "ID (" | "LIST" | "IDLE") | (Fault::Bad, "ID (" | "IDLE") => None,
        (Fault::No, _) => Some("refused"),
        (Fault::Bad | Fault::UntaggedBad | Fault::LongLiteral | Fault::Answer(_), _) => {
            Some("protocol")
        }
        (Fault::Eof(_) | Fault::Bye | Fault::HalfLiteral, _) => Some("network"),
        (Fault::Stall(_), _) => Some("silent"),
        (Fault::HugeLiteral, _) => Some("oversized"),
    }
}

const COMMANDS: [&str; 9] =
    ["GREETING", "LOGIN", "CAPABILITY", "ID (", "LIST", "EXAMINE", "INTERNALDATE", "PEEK", "IDLE"];

#[tokio::test]
async fn every_fault_at_every_command_has_its_class_and_none_means_that_there_is_no_mail() {
    let server = filled();
    let proxy = Proxy::start(&server, Rules::default());
    let source = source(options(proxy.port));
    for command in COMMANDS {
        for fault in [
            Fault::No,
            Fault::Bad,
            Fault::UntaggedBad,
            Fault::Eof(0),
            Fault::Eof(1),
            Fault::Bye,
            Fault::HalfLiteral,
            Fault::HugeLiteral,
            Fault::Answer(b"no IMAP at all\r\n".to_vec()),
            Fault::Answer("* 2 FETCH 乱码\r\n".as_bytes().to_vec()),
            Fault::Answer(b"A9999 OK of somebody else\r\n".to_vec()),
        ] {
            proxy.set(|rules| rules.fault = Some((command, fault.clone())));
            let came = pass(&source).await;
            let code = came.as_ref().err().map(Error::code);
            assert_eq!(code, expected(command, &fault), "{command} {fault:?}: {came:?}");
            if let Ok(arrivals) = came {
                assert_eq!(arrivals.len(), 6, "{command} {fault:?}");
            }
        }
    }
    proxy.set(|rules| rules.fault = Some(("PEEK", Fault::LongLiteral)));
    assert_eq!(pass(&source).await.unwrap_err().code(), "protocol");
    proxy.set(|rules| rules.fault = None);
    assert_eq!(pass(&source).await.unwrap().len(), 6, "and afterwards all is well");
}

#[tokio::test]
async fn silence_at_any_command_ends_the_session_in_time() {
    let server = filled();
    let cases: Vec<(&str, Fault)> = COMMANDS
        .iter()
        .flat_map(|command| [(*command, Fault::Stall(0)), (*command, Fault::Stall(1))])
        // The first answer to these is the greeting or the tagged line itself.
        .filter(|case| !matches!(case, ("GREETING" | "ID (" | "LOGIN", Fault::Stall(1))))
        .collect();
    let proxies: Vec<Proxy> = cases
        .iter()
        .map(|(command, fault)| Proxy::start(&server, Rules::failing(command, fault.clone())))
        .collect();
    let sources: Vec<Source> = proxies
        .iter()
        .map(|proxy| {
            let mut options = options(proxy.port);
            options.limits.quiet = Duration::from_millis(700);
            options.limits.command = Duration::from_secs(3);
            source(options)
        })
        .collect();
    let results = join_all(sources.iter().map(pass)).await;
    for (case, result) in cases.iter().zip(results) {
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Silent { .. }), "{case:?}: {error}");
        assert_eq!(error.next(), Next::Retry);
    }
}

#[tokio::test]
async fn a_huge_literal_costs_no_memory() {
    let peak = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap().to_owned();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap()
    };
    let server = filled();
    let proxy = Proxy::start(&server, Rules::failing("PEEK", Fault::HugeLiteral));
    let before = peak();
    let error = pass(&source(options(proxy.port))).await.unwrap_err();
    assert!(
        matches!(error, Error::Oversized { uid: Some(1), announced: 500_000_000, .. }),
        "{error}"
    );
    assert!(peak() - before < 20_000, "grew from {before} to {} kB", peak());
}

#[tokio::test]
async fn what_came_in_full_before_a_fault_is_kept() {
    let server = filled();
    let proxy = Proxy::start(&server, Rules::failing("PEEK", Fault::Eof(2)));
    let mut session = source(options(proxy.port)).connect(&Clock::system()).await.unwrap();
    session.examine("INBOX").await.unwrap();
    let listed = session.list(Range::All).await.unwrap();
    let mut arrivals = Vec::new();
    let error = session.fetch(&listed, &mut arrivals).await.unwrap_err();
    assert_eq!(error.code(), "network");
    assert_eq!(
        arrivals.iter().map(|one| one.raw.clone()).collect::<Vec<_>>(),
        [message(0), message(1)]
    );
    assert!(!session.is_usable());
}

#[tokio::test]
async fn a_server_like_163_is_read_in_full_with_the_commands_it_knows() {
    let server = filled();
    let proxy = Proxy::start_tls(&server, Rules::coremail());
    let options = ImapOptions {
        host: "localhost".into(),
        security: Security::Tls,
        extra_ca: Some(server.ca_pem()),
        ..options(proxy.port)
    };
    let source = source(options);
    assert_eq!(pass(&source).await.unwrap().len(), 6);
    let commands = proxy.commands();
    let at = |start: &str| commands.iter().position(|one| one.starts_with(start));
    assert!(
        at("LOGIN") < at("ID (\"name\" \"baoming\"") && at("ID (") < at("EXAMINE"),
        "{commands:?}"
    );
    for never in ["SEARCH", "STATUS", "IDLE", "ENVELOPE", "BODYSTRUCTURE", "SELECT", "ENABLE"] {
        assert!(!commands.iter().any(|one| one.contains(never)), "{never} in {commands:?}");
    }

    // Without IDLE new mail is found by NOOP on the same connection.
    let mut session = source.connect(&Clock::system()).await.unwrap();
    session.examine("INBOX").await.unwrap();
    let known = session.list(Range::All).await.unwrap();
    server.deliver(USER, &message(3));
    assert_eq!(session.wait(PATIENCE).await.unwrap(), Wake::Hint);
    let last = known.last().unwrap().uid;
    assert_eq!(session.list(Range::After(last)).await.unwrap().len(), 1);
    session.finish().await;
}

#[tokio::test]
async fn who_does_not_say_who_he_is_is_told_that_the_account_is_blocked() {
    let server = filled();
    let silent = "IMAP4rev1 UIDPLUS";
    for (rule, caps) in
        [(IdRule::No, Some(silent)), (IdRule::Bye, Some(silent)), (IdRule::AlwaysNo, None)]
    {
        let rules = Rules { require_id: Some(rule), caps, ..Rules::default() };
        let proxy = Proxy::start(&server, rules);
        let error = pass(&source(options(proxy.port))).await.unwrap_err();
        assert!(matches!(error, Error::AccountBlocked { .. }), "{rule:?}: {error}");
        assert!(error.to_string().contains("授权码") && !error.to_string().contains("kefu"));
        assert!(matches!(error.next(), Next::Pause(time) if time >= Duration::from_mins(30)));
    }
}

#[tokio::test]
async fn a_refused_login_is_told_apart_from_a_busy_server() {
    let server = MailServer::start(&[USER]);
    let proxy = Proxy::start(&server, Rules::default());
    for (said, code, minutes) in [
        ("LOGIN Login error or password error", "credentials", 30),
        ("登录失败：密码错误", "credentials", 30),
        (
            "Login fail. Account is abnormal, service is not open, password is incorrect, login \
          frequency limited, or system is busy. More information at https://help.mail.qq.com",
            "throttled",
            15,
        ),
        ("System busy!", "throttled", 15),
        ("[UNAVAILABLE] come back later", "throttled", 15),
    ] {
        proxy.set(|rules| rules.login_fails = Some(said));
        let error = source(options(proxy.port)).connect(&Clock::system()).await.err().unwrap();
        assert_eq!(error.code(), code, "{error}");
        assert_eq!(error.next(), Next::Pause(Duration::from_mins(minutes)), "{error}");
    }
    assert_eq!(proxy.commands().iter().filter(|one| *one == "LOGIN").count(), 5, "one try each");
}

#[tokio::test]
async fn messages_that_are_not_handed_out_are_named_and_never_taken_as_empty() {
    let server = filled();
    let rules = Rules { hidden_uids: vec![1], empty_uids: vec![2], ..Rules::default() };
    let proxy = Proxy::start(&server, rules);
    let mut session = source(options(proxy.port)).connect(&Clock::system()).await.unwrap();
    session.examine("INBOX").await.unwrap();
    let mut listed = session.list(Range::All).await.unwrap();
    assert_eq!(listed.iter().map(|one| one.uid).collect::<Vec<_>>(), [2, 3]);
    proxy.set(|rules| rules.hidden_uids.clear());
    listed = session.list(Range::All).await.unwrap();
    proxy.set(|rules| rules.hidden_uids = vec![1]);
    let mut arrivals = Vec::new();
    assert_eq!(session.fetch(&listed, &mut arrivals).await.unwrap(), [1, 2]);
    assert_eq!(arrivals.len(), 1);
    assert!(session.is_usable());
}

#[tokio::test]
async fn a_folder_without_uidvalidity_is_not_open() {
    let server = filled();
    let answer = b"* 3 EXISTS\r\n{tag} OK [READ-ONLY] done\r\n".to_vec();
    let proxy = Proxy::start(&server, Rules::failing("EXAMINE", Fault::Answer(answer)));
    let error = pass(&source(options(proxy.port))).await.unwrap_err();
    assert!(matches!(error, Error::Protocol { .. }), "{error}");
}

#[tokio::test]
async fn nothing_that_came_before_the_encryption_is_believed_and_no_password_goes_out_without_it() {
    let server = MailServer::start(&[USER]);
    for (answer, code) in [
        (&b"{tag} OK go ahead\r\n* CAPABILITY IMAP4rev1 injected\r\n"[..], "protocol"),
        (b"{tag} NO not here\r\n", "refused"),
        (b"{tag} BAD what\r\n", "protocol"),
        (b"{tag} OK go ahead\r\n", "silent"),
    ] {
        let rules = Rules::failing("STARTTLS", Fault::Answer(answer.to_vec()));
        let proxy = Proxy::start(&server, rules);
        let mut options = options(proxy.port);
        options.security = Security::StartTls;
        options.limits.command = Duration::from_secs(2);
        let error = source(options).connect(&Clock::system()).await.err().unwrap();
        assert_eq!(error.code(), code, "{error}");
        assert_eq!(proxy.commands(), ["STARTTLS"]);
    }
}

#[tokio::test]
async fn moving_works_without_move_and_is_refused_without_uidplus() {
    let server = filled();
    let clock = Clock::system();
    let away = After::Move("Trash".into());
    let proxy = Proxy::start(&server, Rules::coremail());
    let source = source(options(proxy.port));
    let uidvalidity = source.connect(&clock).await.unwrap().examine("INBOX").await.unwrap();
    source.settle(&clock, &away, "INBOX", uidvalidity, &[2]).await.unwrap();
    assert_eq!(server.messages(USER, "INBOX"), [message(0), message(2)]);
    assert_eq!(server.messages(USER, "Trash"), [message(1)]);

    proxy.set(|rules| rules.caps = Some("IMAP4rev1 ID"));
    let error = source.settle(&clock, &away, "INBOX", uidvalidity, &[1]).await.unwrap_err();
    assert!(matches!(error, Error::Setup(_)), "{error}");
    let findings = source.check(&clock, &["INBOX".into()], &away).await;
    assert_eq!(findings.last().unwrap().outcome.as_ref().unwrap_err().code(), "setup");
    assert_eq!(server.messages(USER, "INBOX").len(), 2);
}

#[tokio::test]
async fn a_server_that_stalls_on_commands_it_hides_is_never_sent_one() {
    let server = filled();
    let proxy = Proxy::start(&server, Rules { unknown: Some(Unknown::Stall), ..Rules::coremail() });
    assert_eq!(pass(&source(options(proxy.port))).await.unwrap().len(), 6);
}

/// A server that greets and then sends a line again and again.
async fn babbling(listener: tokio::net::TcpListener, text: &[u8], pause: Duration) {
    let Ok((mut client, _)) = listener.accept().await else { return };
    drop(client.write_all(b"* OK hello\r\n").await);
    drop(client.read(&mut [0; 1000]).await);
    while client.write_all(text).await.is_ok() {
        tokio::time::sleep(pause).await;
    }
}

#[tokio::test]
async fn a_server_that_talks_for_ever_is_cut_off_by_time_and_by_volume() {
    let long = b"x".repeat(100_000);
    let flood = b"* 1 EXISTS\r\n".repeat(10_000);
    for (text, pause, code) in [
        (&b"* OK still here\r\n"[..], Duration::from_millis(20), "silent"),
        (&flood, Duration::ZERO, "protocol"),
        (&long, Duration::ZERO, "protocol"),
    ] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut options = options(listener.local_addr().unwrap().port());
        options.limits.command =
            if code == "silent" { Duration::from_millis(500) } else { PATIENCE };
        let source = source(options);
        let clock = Clock::system();
        let (connected, ()) = tokio::join!(
            async { source.connect(&clock).await.err() },
            babbling(listener, text, pause)
        );
        assert_eq!(connected.unwrap().code(), code);
    }
}
