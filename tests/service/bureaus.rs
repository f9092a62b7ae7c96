//! Two bureaus in one service: each has its events, its mailboxes, its staff and its sender.

use baoming::message::Email;
use baoming::roster::Status;

use crate::bureau::{Bureau, DESK, Done, STAFF, Setup, done};
use crate::mails::{self, address, form, mail};
use crate::stage::{Stage, at};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;

/// The other bureau's mailbox and its staff's.
const FAIR: &str = "fair@example.test";
const FAIR_STAFF: &str = "fairstaff@example.test";

/// An event file of the same make, of another event.
fn other(text: &str, name: &str, prefix: &str) -> String {
    text.replace("西吉县审批服务管理局“政府开放日”活动", name)
        .replace("prefix = \"XJ21\"", &format!("prefix = \"{prefix}\""))
        .replace("keywords = [\"政府开放日\", \"开放日\"]", &format!("keywords = [\"{name}\"]"))
}

/// The one who sent a letter: the header, and the envelope as the server noted it.
fn senders(raw: &[u8]) -> [String; 2] {
    let mail = mail_parser::MessageParser::default().parse(raw).unwrap();
    let from = mail.from().unwrap().first().unwrap().address().unwrap().to_owned();
    let path = mail.return_address().unwrap_or_default().to_owned();
    [from, path]
}

#[test]
fn each_bureau_writes_by_its_own_account_and_tells_its_own_staff_on_real_servers() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let users = [FAIR.to_owned(), FAIR_STAFF.to_owned()];
    let server = MailServer::start(&[mails::users(2), users.to_vec()].concat());
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    let first = std::fs::read_to_string(bureau.path("event.toml")).unwrap();
    bureau.write("fair.toml", &other(&first, "云水县农业局“丰收集市”活动", "YS21"), 0o644);
    bureau.write("fair-password", &MailServer::password(FAIR), 0o600);
    bureau.change("baoming.toml", "[\"event.toml\"]", "[\"event.toml\", \"fair.toml\"]");
    let text = std::fs::read_to_string(bureau.path("baoming.toml")).unwrap();
    let part = |from: &str, to: &str| {
        let (_, rest) = text.split_once(from).unwrap();
        let part = rest.split_once(to).unwrap().0.replace(DESK, FAIR);
        part.replace("\"password\"", "\"fair-password\"").replace("审批服务管理局", "农业局")
    };
    let (mailbox, sending) =
        (part("[mailbox.bureau]", "[database]"), part("[sending]", "[digest]"));
    let own = format!(
        "events = [\"event\"]\n[mailbox.fair]\nevents = [\"fair\"]{mailbox}\n\
         [bureau.fair]\nevents = [\"fair\"]\n[bureau.fair.staff]\naddresses = [\"{FAIR_STAFF}\"]\n\
         [bureau.fair.digest]\nat = \"23:59\"\n[bureau.fair.sending]{sending}\n[database]"
    );
    bureau.change("baoming.toml", "[database]", &own);
    let check = bureau.well(&["check"]);
    assert_eq!(check.matches("logged in, nothing was sent").count(), 2, "{check}");

    server.submit(&address(1), DESK, &form(1));
    server.submit(&address(2), FAIR, &form(2));
    let mut service = bureau.start();
    service.until_quiet(2);
    bureau.well(&["digest", "--send"]);
    bureau.well(&["digest", "--send", "--bureau", "fair"]);
    service.until_quiet(4);
    service.stop();

    let only = |user: &str| {
        let letters = server.messages(user, "INBOX");
        assert_eq!(letters.len(), 1, "{user}");
        letters[0].clone()
    };
    for (citizen, number, desk) in [(1, "XJ21-001", DESK), (2, "YS21-001", FAIR)] {
        let letter = only(&address(citizen));
        assert!(mails::subject(&letter).contains(number), "{}", mails::subject(&letter));
        assert_eq!(senders(&letter), [desk, desk]);
    }
    for (staff, desk, own, foreign) in
        [(STAFF, DESK, "XJ21-001", "YS21"), (FAIR_STAFF, FAIR, "YS21-001", "XJ21")]
    {
        let digest = only(staff);
        let text = mails::text(&digest);
        assert_eq!(senders(&digest), [desk, desk]);
        assert!(text.contains(own) && !text.contains(foreign), "{text}");
        let mailbox = if desk == FAIR {
            ["（fair）", "（bureau）"]
        } else {
            ["（bureau）", "（fair）"]
        };
        assert!(text.contains(mailbox[0]) && !text.contains(mailbox[1]), "{text}");
    }
}

/// One bureau with two days on one mailbox, another bureau with a day of its own.
async fn town() -> Stage {
    let mut stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    let first = std::fs::read_to_string(stage.path("event.toml")).unwrap();
    let market = other(&first, "西吉县审批服务管理局“便民集市”活动", "JS21");
    std::fs::write(stage.path("market.toml"), market).unwrap();
    let fair = other(&first, "云水县农业局“丰收集市”活动", "YS21");
    std::fs::write(stage.path("fair.toml"), fair).unwrap();
    for part in ["fair-mail/new", "fair-mail/cur", "fair-mail/tmp", "fair-letters"] {
        std::fs::create_dir_all(stage.path(part)).unwrap();
    }
    let more = format!(
        "events = [\"event\", \"market\"]\n\
         [mailbox.fair]\nkind = \"maildir\"\npath = \"fair-mail\"\nevents = [\"fair\"]\n\
         [bureau.fair]\nevents = [\"fair\"]\n\
         [bureau.fair.staff]\naddresses = [\"{FAIR_STAFF}\"]\n\
         [bureau.fair.sending]\nkind = \"folder\"\npath = \"fair-letters\"\nfrom = \"{FAIR}\"\n\
         from_name = \"云水县农业局\"\ngap = \"0s\"\n[database]"
    );
    stage.change("baoming.toml", "[database]", &more);
    let all = "[\"event.toml\", \"market.toml\", \"fair.toml\"]";
    stage.change("baoming.toml", "[\"event.toml\"]", all);
    stage.restart().await;
    stage
}

fn to_fair(stage: &Stage, millis: u32, raw: &[u8]) {
    let seconds = stage.clock.now().as_second();
    let file = format!("fair-mail/new/{seconds}.M{millis}000P1.test");
    std::fs::write(stage.path(&file), raw).unwrap();
}

fn data(n: usize) -> String {
    format!("本人报名参加。\n姓名：{}\n联系电话：{}\n", mails::name(n), mails::phone(n))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_of_one_bureau_is_not_answered_by_a_mail_to_the_other() {
    let stage = town().await;
    stage.post(1, &mail(1, "报名", &data(1)));
    stage.round().await;
    assert!(stage.statuses().await.is_empty(), "asked which");
    stage.clock.set(at("2021-09-13T10:00:00"));
    to_fair(&stage, 2, &mail(1, "报名", &data(1)));
    stage.round().await;
    let roster = stage.roster().await;
    assert_eq!(roster.len(), 1);
    let fair = &roster[0].registration;
    assert_eq!((fair.number.as_str(), fair.status), ("YS21-001", Status::Confirmed));
    assert!(fair.key.arrived >= at("2021-09-13T10:00:00"), "at its own place");
    assert_eq!(stage.vault.store.open_tasks().await.unwrap().len(), 1, "the question is open");
    let count = |folder: &str| std::fs::read_dir(stage.path(folder)).unwrap().count();
    assert_eq!((count("letters"), count("fair-letters")), (1, 1));
    let (_, fair) = stage.desk.counters().nth(1).unwrap();
    let (own, other) = (stage.desk.digests.page("2021-09-13"), fair.page("2021-09-13"));
    let (own, other) = (own.await.unwrap().text, other.await.unwrap().text);
    assert!(own.contains("已去信询问是哪一场活动") && !own.contains("丰收集市"), "{own}");
    assert!(!other.contains("询问是哪一场") && !other.contains("便民集市"), "{other}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_bureau_has_a_digest_a_day_its_own_pace_and_its_own_brake() {
    let stage = town().await;
    stage.change(
        "baoming.toml",
        "gap = \"0s\"\n[database]",
        "gap = \"0s\"\nper_quarter = 1\nper_day = 1\nper_address = 1\n[database]",
    );
    let mut stage = stage;
    stage.restart().await;
    for n in 1..=2 {
        stage.post(u32::try_from(n).unwrap(), &form(n));
        to_fair(&stage, u32::try_from(n).unwrap(), &mail(n, "报名", &data(n)));
    }
    stage.round().await;
    let count = |folder: &str| std::fs::read_dir(stage.path(folder)).unwrap().count();
    assert_eq!((count("letters"), count("fair-letters")), (2, 1), "one a day is the fair's pace");
    // Whoever had an answer of one bureau is answered by the other.
    let to = Email::parse(&address(1)).unwrap();
    let letters = stage.letters().await;
    assert_eq!(letters.iter().filter(|one| one.to == to).count(), 2);
    stage.clock.set(at("2021-09-13T17:41:00"));
    for (_, digests) in stage.desk.counters() {
        assert_eq!(digests.post_if_due().await.unwrap().as_deref(), Some("2021-09-13"));
        assert_eq!(digests.post_if_due().await.unwrap(), None, "once a day");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_of_a_bureau_that_is_no_more_are_refused_and_shown_and_leave_by_nobody_elses_account()
 {
    let mut stage = town().await;
    to_fair(&stage, 1, &mail(1, "报名", &data(1)));
    stage.look().await;
    stage.desk.intake.decide_all().await.unwrap();
    let text = std::fs::read_to_string(stage.path("baoming.toml")).unwrap();
    let (head, rest) = text.split_once("[bureau.fair]").unwrap();
    let (_, tail) = rest.split_once("[database]").unwrap();
    std::fs::write(stage.path("baoming.toml"), format!("{head}[database]{tail}")).unwrap();
    stage.restart().await;
    stage.round().await;
    let letter = stage.letters().await.remove(0);
    let why = letter.outcome.unwrap();
    assert!(why.contains("[bureau.fair]"), "{why}");
    assert_eq!(std::fs::read_dir(stage.path("letters")).unwrap().count(), 0);
    assert_eq!(stage.vault.store.open_tasks().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn status_and_check_tell_of_each_bureau() {
    let stage = town().await;
    stage.post(1, &form(1));
    let added =
        run(&stage, &["add", "--event", "fair", "--name", "丁学义", "--phone", "13995400002"]);
    assert_eq!(added.code, 0, "{}", added.text);
    stage.round().await;
    let status = run(&stage, &["status", "--json"]);
    let status: serde_json::Value = serde_json::from_str(&status.text).unwrap();
    let part = |at: usize, key: &str| status["bureaus"][at][key].clone();
    assert_eq!([part(0, "bureau"), part(1, "bureau")], ["", "fair"]);
    assert_eq!(part(1, "sender"), "云水县农业局");
    assert_eq!(part(0, "outbox")["sent"], 1, "{status}");
    assert!(part(1, "outbox").as_object().unwrap().is_empty(), "{status}");
    let text = run(&stage, &["status"]).text;
    assert!(text.contains("[staff]") && text.contains("[bureau.fair]"), "{text}");
    let check = run(&stage, &["check"]).text;
    assert!(check.contains("sending of bureau fair"), "{check}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_for_one_of_several_events_is_refused_as_a_whole_when_it_is_not_said_which() {
    let stage = town().await;
    std::fs::write(stage.path("list.csv"), "姓名,电话\n丁学义,13995400002\n").unwrap();
    let file = stage.path("list.csv");
    let refused = run(&stage, &["import", file.to_str().unwrap(), "--dry-run"]);
    assert_eq!(refused.code, 2, "{}", refused.text);
    assert!(refused.text.contains("--event") && !refused.text.contains("位置"), "{}", refused.text);
}

fn run(stage: &Stage, arguments: &[&str]) -> Done {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_baoming"));
    command.arg("--config").arg(stage.path("baoming.toml")).args(arguments).env("NO_COLOR", "1");
    done(command)
}
