//! SIGHUP and SIGTERM.

use std::net::TcpListener;

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails::{self, address, form};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::proxy::Proxy;
use crate::support::proxy::rules::{Fault, Rules};
use crate::support::skip;

#[test]
fn a_reload_takes_good_settings_over_and_refuses_bad_ones_while_the_old_ones_go_on() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(4));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.quotas(8, 1);
    for n in 1..=3 {
        server.deliver(DESK, &form(n));
    }
    let mut service = bureau.start();
    service.until_quiet(3);

    bureau.quotas(8, 2);
    service.reload();
    service.until_quiet(4);
    let stands = |number: usize| bureau.roster()[number - 1]["status"].clone();
    assert_eq!((stands(2), stands(3)), ("confirmed".into(), "waitlisted".into()));
    let letter = crate::support::wait_until("the promotion has arrived", || {
        server.messages(&address(2), "INBOX").into_iter().nth(1)
    });
    assert!(mails::subject(&letter).starts_with("【候补成功】XJ21-002"));

    bureau.change("baoming.toml", "gap = \"0s\"", "gap = \"0s\"\nper_month = 3");
    service.reload();
    service.until("the unknown key is shown", |bureau| {
        let file = std::fs::read_to_string(bureau.path("run/status.json")).unwrap_or_default();
        file.contains("the old ones stay") && file.contains("per_month")
    });
    let status = bureau.run(&["status"]);
    assert_eq!(status.code, 78, "a command reads the settings as they are: {}", status.text);
    assert!(status.text.contains("per_month"), "{}", status.text);
    bureau.change("baoming.toml", "\nper_month = 3", "");
    assert!(bureau.troubles().contains("per_month"), "{}", bureau.troubles());
    server.deliver(DESK, &form(4));
    service.until_quiet(5);
    assert_eq!(stands(4), "waitlisted", "the old settings go on");
    assert_eq!(bureau.status().0, 1);

    bureau.quotas(8, 1);
    service.reload();
    service.until("the quota is refused", |bureau| {
        bureau.troubles().contains("2 places are confirmed already")
    });
    assert_eq!(stands(2), "confirmed");

    bureau.quotas(8, 2);
    service.reload();
    service.until_well();
    service.stop();
}

#[test]
fn the_service_stops_in_time_while_both_mail_servers_stall() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(1));
    let proxy = Proxy::start_tls(&server, Rules::default());
    // Connections are taken by the system, and nobody ever speaks.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let bureau = Bureau::new(&server, &Setup::Sqlite, Some(proxy.port));
    let smtp = format!("port = {}", server.smtps_port.unwrap());
    let mute = format!("port = {}", silent.local_addr().unwrap().port());
    bureau.change("baoming.toml", &smtp, &mute);
    server.deliver(DESK, &form(1));
    bureau.well(&["once", "--hold-letters"]);
    proxy.set(|rules| rules.fault = Some(("UID FETCH", Fault::Stall(0))));
    let asked = |proxy: &Proxy| {
        proxy.commands().iter().filter(|command| command.contains("UID FETCH")).count()
    };
    let before = asked(&proxy);
    let mut service = bureau.start();
    service.until("the listing stalls", |_| asked(&proxy) > before);
    silent.accept().unwrap();
    service.stop();
    assert_eq!(bureau.letters()[0]["state"], "waiting", "it was never handed over");
}

#[test]
fn the_service_stops_as_soon_as_the_settings_allow() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(1));
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    let smtp = format!("port = {}", server.smtps_port.unwrap());
    let mute = format!("port = {}", silent.local_addr().unwrap().port());
    bureau.change("baoming.toml", &smtp, &mute);
    bureau.change("baoming.toml", "log = \"debug\"", "log = \"debug\"\nstop_within = \"1s\"");
    server.deliver(DESK, &form(1));
    let service = bureau.start();
    silent.accept().unwrap();
    let begun = std::time::Instant::now();
    service.stop();
    assert!(begun.elapsed().as_secs() < 5, "it took {:?}", begun.elapsed());
}
