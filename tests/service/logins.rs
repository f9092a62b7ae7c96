//! Servers that cannot be reached, or do not let us in.

use std::net::TcpListener;

use jiff::{Timestamp, ToSpan as _};

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails;
use crate::support::mailserver::{MailServer, is_root};
use crate::support::proxy::Proxy;
use crate::support::proxy::rules::Rules;
use crate::support::{skip, wait_until};

fn logins(proxy: &Proxy) -> usize {
    proxy.commands().iter().filter(|command| *command == "LOGIN").count()
}

/// A bureau that reads its mailbox with a wrong password.
fn with_wrong_password<'a>(server: &'a MailServer, proxy: &Proxy) -> Bureau<'a> {
    let bureau = Bureau::new(server, &Setup::Sqlite, Some(proxy.port));
    bureau.letters_to_folder();
    bureau.write("password", "wrong-secret", 0o600);
    bureau
}

#[test]
fn a_refused_password_is_named_and_rests_for_half_an_hour_over_a_restart() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(1));
    let proxy = Proxy::start_tls(&server, Rules::default());
    let bureau = with_wrong_password(&server, &proxy);
    let mut service = bureau.start();
    service.until("the refusal is shown", |bureau| bureau.troubles().contains("授权码"));
    let (code, status) = bureau.status();
    assert_eq!((code, &status["running"]), (1, &true.into()), "{status}");
    let until = &status["parts"]["parts"]["mailbox bureau"]["until"];
    let until: Timestamp = until.as_str().unwrap().parse().unwrap();
    let least = Timestamp::now().checked_add(29.minutes()).unwrap();
    assert!(until > least, "the pause ends at {until}");
    assert!(bureau.log().contains("refuses the name or password"), "{}", bureau.log());
    service.stop();

    let mut again = bureau.start();
    again.until("the pause is known", |bureau| bureau.troubles().contains("授权码"));
    again.until("the other parts work", |bureau| {
        bureau.status().1["parts"]["parts"]["digest"]["is"] == "well"
    });
    again.stop();
    assert_eq!(logins(&proxy), 1, "the restart logged in again");

    let check = bureau.run(&["check"]);
    assert_eq!(check.code, 1, "{}", check.text);
    let line = check.text.lines().find(|line| line.starts_with("WRONG    mailbox bureau"));
    assert!(line.is_some_and(|line| line.contains("授权码")), "{}", check.text);
}

#[test]
fn a_mended_password_that_check_has_tried_ends_the_rest_at_once() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(1));
    let proxy = Proxy::start_tls(&server, Rules::default());
    let bureau = with_wrong_password(&server, &proxy);
    server.deliver(DESK, &mails::form(1));
    let mut service = bureau.start();
    service.until("the refusal is shown", |bureau| bureau.troubles().contains("授权码"));
    bureau.run(&["check"]);
    service.reload();
    service.until("it still rests", |bureau| bureau.troubles().contains("授权码"));
    assert_eq!(logins(&proxy), 2, "the service's and the one of `check`");

    bureau.write("password", &MailServer::password(DESK), 0o600);
    bureau.well(&["check"]);
    service.reload();
    service.until_quiet(1);
    service.until_well();
    service.stop();
}

#[test]
fn a_single_pass_keeps_to_the_pause_of_a_refused_password_too() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(1));
    let proxy = Proxy::start_tls(&server, Rules::default());
    let bureau = with_wrong_password(&server, &proxy);
    for _ in 0..2 {
        let once = bureau.run(&["once"]);
        assert_eq!(once.code, 1, "{}", once.text);
        assert!(once.text.contains("授权码"), "{}", once.text);
    }
    assert_eq!(logins(&proxy), 1, "the second pass logged in again");
}

#[test]
fn a_port_that_refuses_is_named_and_tried_again_and_again() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(1));
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let bureau = Bureau::new(&server, &Setup::Sqlite, Some(closed));
    bureau.letters_to_folder();
    named_and_tried_again(&bureau, &["no connection at connecting"]);
}

#[test]
fn an_unknown_authority_is_named_and_tried_again_and_again() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(1));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    let authority = format!("ca_file = \"{}\"\n", server.ca_pem().display());
    bureau.change("baoming.toml", &authority, "");
    bureau.letters_to_folder();
    let words = ["the certificate of localhost is not accepted", "name the authority's file"];
    named_and_tried_again(&bureau, &words);
}

/// Log, status and check say the words; the service tries again by itself.
fn named_and_tried_again(bureau: &Bureau, words: &[&str]) {
    let says = |text: &str| words.iter().all(|words| text.contains(words));
    let mut service = bureau.start();
    service.until("it has tried twice", |bureau| bureau.log().matches(words[0]).count() >= 2);
    assert!(says(&bureau.log()), "{}", bureau.log());
    let (code, _) = bureau.status();
    assert_eq!(code, 1);
    assert!(says(&bureau.troubles()), "{}", bureau.troubles());
    service.stop();
    let check = bureau.run(&["check"]);
    assert_eq!(check.code, 1, "{}", check.text);
    assert!(says(&check.text), "{}", check.text);
}

#[test]
fn a_password_that_the_sending_server_refuses_rests_over_a_restart_and_letters_wait() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(1));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.write("smtp-password", "wrong-secret", 0o600);
    let port = format!("port = {}\n", server.smtps_port.unwrap());
    let text = std::fs::read_to_string(bureau.path("baoming.toml")).unwrap();
    let (before, sending) = text.split_once(&port).unwrap();
    let sending = sending.replacen("\"password\"", "\"smtp-password\"", 1);
    bureau.write("baoming.toml", &format!("{before}{port}{sending}"), 0o644);
    server.deliver(DESK, &mails::form(1));

    let refused = || {
        wait_until("Dovecot has noted it", || {
            let log = server.log();
            let count = log.matches("authentication failed").count();
            (count > 0).then_some(count)
        })
    };
    let once = bureau.run(&["once"]);
    assert_eq!(once.code, 1, "{}", once.text);
    assert!(once.text.contains("sending"), "{}", once.text);
    let before = refused();
    let once = bureau.run(&["once"]);
    assert_eq!(once.code, 1, "{}", once.text);
    assert_eq!(refused(), before, "it logged in again");
    assert_eq!(bureau.letters()[0]["state"], "waiting");
    let status = bureau.run(&["status"]);
    assert!(status.text.contains("smtp rests until"), "{}", status.text);
    let check = bureau.run(&["check"]);
    assert!(check.text.contains("WRONG    sending"), "{}", check.text);
}
