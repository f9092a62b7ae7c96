//! Nothing personal and no password in any log line or file that the service leaves open (I8).

use std::path::Path;

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails::{self, form, mail};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;

#[test]
fn no_name_number_address_or_password_is_in_the_log_at_any_level() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(6));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.change("baoming.toml", "log = \"debug\"", "log = \"trace\"");
    let stranger = "nobody-has-this@example.test";
    let ids = ["64222319880101123X", "642223199101011233"];
    deliver(&server, stranger, ids);
    let mut service = bureau.start();
    service.until("all letters are through", |bureau| {
        let letters = bureau.letters();
        let ended = |letter: &serde_json::Value| {
            letter["state"] != "waiting" && letter["state"] != "sending"
        };
        letters.len() == 6 && letters.iter().all(ended)
    });
    // A crash would leave no core file with all of it: by the unit, and by the program itself.
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", service.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
    assert!(include_str!("../../systemd/baoming.service").contains("\nLimitCORE=0\n"));
    bureau.well(&["cancel", "XJ21-001"]);
    // A folder that the server refuses, then a password that it refuses, are told in its words.
    bureau.change("baoming.toml", "\"Junk\"]", "\"Junk\", \"c01@example.test 马建国\"]");
    service.reload();
    service.until("the folder is named", |bureau| bureau.troubles().contains("cannot be used"));
    bureau.write("password", "wrong-secret", 0o600);
    service.reload();
    service.until("the password is refused", |bureau| bureau.troubles().contains("授权码"));
    let status = std::fs::read_to_string(bureau.path("run/status.json")).unwrap();
    service.stop();

    let mut secrets = vec![MailServer::password(DESK), "wrong-secret".into(), stranger.into()];
    secrets.extend(ids.map(str::to_owned));
    for n in 1..=5 {
        secrets.extend([mails::address(n), mails::name(n), mails::phone(n)]);
    }
    // The password as AUTH PLAIN and AUTH LOGIN carry it, and the words of the mails.
    secrets.extend(["cGFzcy1kZXNr".into(), "几路公交".into()]);
    let mut places = vec![("log".to_owned(), bureau.log()), ("status".to_owned(), status)];
    places.extend(files(&bureau.path("run")));
    assert!(places[0].1.contains("DEBUG"), "the log is told more than usual");
    for (place, text) in &places {
        // What the operator wrote into the settings may be named to the operator.
        let text = text.replace("c01@example.test 马建国", "FOLDER");
        for secret in &secrets {
            let line = text.lines().find(|line| line.contains(secret.as_str()));
            assert!(line.is_none(), "{secret} is in {place}: {}", line.unwrap());
        }
    }
}

/// Six writers: a complete form, one without a telephone, one with two identity numbers, a question,
/// one from an address that nobody has, one with an identity number.
fn deliver(server: &MailServer, stranger: &str, ids: [&str; 2]) {
    server.deliver(DESK, &form(1));
    server.deliver(DESK, &mail(2, "政府开放日报名", &format!("姓名：{}\n", mails::name(2))));
    let person = |n: usize| format!("姓名：{}\n电话：{}\n", mails::name(n), mails::phone(n));
    let two = format!("{}身份证号：{}\n身份证号：{}\n", person(3), ids[0], ids[1]);
    server.deliver(DESK, &mail(3, "政府开放日报名", &two));
    server.deliver(DESK, &mail(4, "请问", "请问可以坐几路公交车？谢谢。\n"));
    let bounced = String::from_utf8(form(5)).unwrap().replacen(&mails::address(5), stranger, 1);
    server.deliver(DESK, bounced.as_bytes());
    let one = format!("{}身份证号：642223199505051231\n", person(6));
    server.deliver(DESK, &mail(6, "政府开放日报名", &one));
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let text = |path: &Path| String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    entries.map(|path| (path.display().to_string(), text(&path))).collect()
}
