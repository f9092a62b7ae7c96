//! `baoming check` says in one line each what is wrong and how to mend it.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod settings_support;
mod support;

use baoming::check;
use baoming::clock::{Clock, Dice};
use baoming::confine::Options;
use baoming::message::Email;
use baoming::roster::Cause;
use baoming::store::{LetterOutcome, NewLetter, Said, Store};
use settings_support::Folder;
use support::mailserver::MailServer;
use support::skip::left_out;

const USER: &str = "xjxspj@example.test";

fn now() -> Clock {
    Clock::standing_at("2027-01-01T00:00:00Z".parse().unwrap())
}

/// The sample, with everything that it names in the temporary directory: a Maildir for mail, a
/// folder for letters.
fn folder() -> Folder {
    let folder = Folder::new();
    for name in ["state", "mail", "mail/cur", "mail/new", "mail/tmp", "letters"] {
        std::fs::create_dir(folder.path(name)).unwrap();
    }
    folder.change("baoming.toml", "#url = \"sqlite:/var/lib/baoming/", "url = \"sqlite:state/");
    folder.change("baoming.toml", "#runtime_dir = \"/run/baoming\"", "runtime_dir = \"state\"");
    folder.replace_section("mailbox.bureau", "kind = \"maildir\"\npath = \"mail\"");
    let letters = "kind = \"folder\"\npath = \"letters\"\nfrom = \"a@b.cn\"\nfrom_name = \"局\"";
    folder.replace_section("sending", letters);
    folder
}

/// The same, reading the account of a real server.
fn on_server(server: &MailServer, password: &str) -> Folder {
    let folder = folder();
    folder.secret("credentials/imap", password, 0o600);
    let ca = server.ca_pem();
    let account = format!(
        "host = \"localhost\"\nport = {}\nuser = \"{USER}\"\nca_file = \"{}\"\n\
         password = {{ credential = \"imap\" }}\nfolders = [\"INBOX\", \"Junk\"]",
        server.imaps_port,
        ca.display()
    );
    folder.replace_section("mailbox.bureau", &account);
    folder
}

fn readers() -> Options {
    Options { program: env!("CARGO_BIN_EXE_baoming").into(), ..Options::default() }
}

fn said(folder: &Folder) -> (u8, String) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let verdict = runtime.block_on(check::run(&folder.sources(), &now(), readers()));
    let lines: Vec<_> = verdict.lines.iter().map(ToString::to_string).collect();
    (verdict.exit_code(), lines.join("\n"))
}

#[test]
fn wrong_settings_end_the_check_with_a_line_for_each_mistake_and_exit_78() {
    let folder = folder();
    folder.change("baoming.toml", "[staff]", "[staff]\nstuff = 1");
    folder.change("xiji-open-day.toml", "quota = 8", "quota = 0");
    let (code, said) = said(&folder);
    assert_eq!((code, said.lines().count()), (78, 2), "{said}");
    assert!(said.contains("WRONG    settings: ") && said.contains("staff.stuff = 1: "));
}

#[test]
fn what_is_right_is_told_too() {
    let folder = folder();
    make_database(&folder, 1);
    let (code, said) = said(&folder);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("baoming.toml; events xiji-open-day; mailboxes bureau"), "{said}");
    assert!(said.contains("ok       permissions: ") && said.contains("ok       clock: "), "{said}");
    assert!(said.contains("ok       reader: confined by resource limits"), "{said}");
}

#[test]
fn a_database_or_key_that_others_may_read_is_told_with_the_command_that_mends_it() {
    for name in ["baoming.db", "baoming.db-wal", "baoming.key"] {
        let folder = folder();
        folder.secret(&format!("state/{name}"), "", 0o644);
        let (code, said) = said(&folder);
        assert_eq!(code, 1, "{said}");
        let path = folder.path("state").join(name);
        let expected = format!(
            "WRONG    permissions: others may read {0} (mode 644); chmod 600 {0}",
            path.display()
        );
        assert!(said.contains(&expected), "{said}");
    }
}

#[test]
fn a_state_folder_that_is_missing_is_told() {
    let folder = folder();
    folder.change("baoming.toml", "sqlite:state/", "sqlite:nowhere/");
    let (code, said) = said(&folder);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("nowhere: No such file") && said.contains("systemctl start"), "{said}");
}

#[test]
fn a_real_account_is_logged_in_to_and_each_folder_looked_into() {
    let server = MailServer::start(&[USER]);
    server.deliver(USER, b"Subject: one\r\n\r\nx\r\n");
    let (code, said) = said(&on_server(&server, &MailServer::password(USER)));
    assert_eq!(code, 0, "{said}");
    let line = said.lines().find(|line| line.starts_with("ok       mailbox bureau: ")).unwrap();
    for seen in ["LOGIN: accepted", "folder INBOX: 1 messages", "folder Junk: 0 messages"] {
        assert!(line.contains(seen), "{line}");
    }
}

#[test]
fn a_wrong_password_a_wrong_folder_and_a_strange_certificate_are_told_with_what_to_do() {
    let server = MailServer::start(&[USER]);
    let (code, wrong) = said(&on_server(&server, "not-it"));
    assert_eq!(code, 1, "{wrong}");
    assert!(wrong.contains("WRONG    mailbox bureau: ") && wrong.contains("授权码"), "{wrong}");
    assert!(!wrong.contains("not-it"), "{wrong}");

    let folder = on_server(&server, &MailServer::password(USER));
    folder.change("baoming.toml", "\"Junk\"", "\"广告邮件\"");
    let (_, wrong) = said(&folder);
    assert!(wrong.contains("folder 广告邮件; the folder 广告邮件 cannot be used"), "{wrong}");

    folder.change("baoming.toml", "ca_file = ", "#ca_file = ");
    let (_, wrong) = said(&folder);
    assert!(wrong.contains("the certificate of localhost is not accepted"), "{wrong}");
}

/// The sample sending through a real server; `None` where Postfix cannot run.
fn sending_by(server: &MailServer, password: &str) -> Option<Folder> {
    let folder = folder();
    folder.secret("credentials/smtp", password, 0o600);
    let lines = format!(
        "host = \"localhost\"\nport = {}\nuser = \"{USER}\"\nfrom = \"{USER}\"\nfrom_name = \"局\"\n\
         password = {{ credential = \"smtp\" }}\nca_file = \"{}\"",
        server.smtps_port?,
        server.ca_pem().display()
    );
    folder.replace_section("sending", &lines);
    Some(folder)
}

#[test]
fn the_smtp_account_is_logged_in_to_and_nothing_is_sent() {
    let server = MailServer::start(&[USER]);
    let Some(folder) = sending_by(&server, &MailServer::password(USER)) else {
        return left_out("Postfix needs root");
    };
    let (code, right) = said(&folder);
    assert_eq!(code, 0, "{right}");
    assert!(right.contains(": logged in, nothing was sent"), "{right}");
    assert!(server.messages(USER, "INBOX").is_empty());
    let (code, wrong) = said(&sending_by(&server, "not-it").unwrap());
    assert_eq!(code, 1, "{wrong}");
    assert!(wrong.contains("WRONG    sending localhost:") && wrong.contains("授权码"), "{wrong}");
}

#[test]
fn whether_there_are_copies_of_sent_mail_is_looked_up() {
    let server = MailServer::start(&[USER]);
    let Some(folder) = sending_by(&server, &MailServer::password(USER)) else {
        return left_out("Postfix needs root");
    };
    let account = format!(
        "host = \"localhost\"\nport = {}\nuser = \"{USER}\"\npassword = {{ credential = \"smtp\" }}\n\
         ca_file = \"{}\"",
        server.imaps_port,
        server.ca_pem().display()
    );
    folder.replace_section("mailbox.bureau", &account);
    folder.change("baoming.toml", "from_name", "sent_folder = \"副本\"\nfrom_name");
    let (code, wrong) = said(&folder);
    assert_eq!(code, 1, "{wrong}");
    assert!(wrong.contains("the folder 副本 cannot be used"), "{wrong}");

    server.create_folder(USER, "&Um9nLA-");
    let (code, none) = said(&folder);
    assert_eq!(code, 0, "{none}");
    assert!(none.contains("0 newest copies read; no letter was sent yet"), "{none}");

    make_database(&folder, 1);
    sent(&folder, "bm.one@example.test");
    let (code, missing) = said(&folder);
    assert_eq!(code, 1, "{missing}");
    assert!(missing.contains("none of the 1 letters that were sent last is there"), "{missing}");

    let copy = b"Message-ID: <bm.one@example.test>\r\n\r\nx\r\n";
    server.append(USER, "&Um9nLA-", "13-Sep-2021 08:30:00 +0800", copy);
    let (code, right) = said(&folder);
    assert_eq!(code, 0, "{right}");
    assert!(right.contains("1 of the 1 letters sent last are there"), "{right}");
}

#[test]
fn a_template_with_an_unknown_variable_is_told_with_its_file_and_line() {
    let folder = folder();
    folder.change("baoming.toml", "#letters = \"letters\"", "letters = \"letters\"");
    std::fs::write(folder.path("letters/closed.txt"), "您好：\n{{ nmae }}\n").unwrap();
    let (code, wrong) = said(&folder);
    assert_eq!(code, 1, "{wrong}");
    assert!(wrong.contains("WRONG    templates: ") && wrong.contains("closed.txt:2: "), "{wrong}");
    assert!(wrong.contains("`nmae`"), "{wrong}");
}

/// Makes the folder's database as the first start does, with this seed for its key.
fn make_database(folder: &Folder, seed: u64) {
    let settings = folder.sources().load().unwrap();
    let dice = Dice::seeded(seed);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let options = settings.database.options(true, &dice).unwrap();
        Store::open(options, now(), dice).await.unwrap().close().await;
    });
}

/// Notes in the folder's database that this letter was sent.
fn sent(folder: &Folder, id: &str) {
    let settings = folder.sources().load().unwrap();
    let dice = Dice::seeded(1);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let options = settings.database.options(false, &dice).unwrap();
        let store = Store::open(options, now(), dice).await.unwrap();
        let letter = NewLetter {
            cause: Cause::Digest("2027-01-01".into()),
            to: Email::parse("staff@example.test").unwrap(),
            message_id: id.into(),
            facts: Said::of(&()),
            mail: None,
            due: now().now(),
            numbers: Vec::new(),
        };
        let mut work = store.work().await.unwrap();
        work.post_digest("2027-01-01", now().now(), &[letter]).await.unwrap();
        work.commit().await.unwrap();
        let due = store.due_letters("", now().now(), 1).await.unwrap().remove(0);
        store.claim_letter(&due.id, b"x", now().now(), now().now()).await.unwrap();
        let sent = LetterOutcome::Sent { reply: "250 OK".into() };
        assert!(store.settle_letter(&due.id, &sent).await.unwrap());
        store.close().await;
    });
}

#[test]
fn the_database_is_opened_with_its_key_and_its_audit_walked() {
    let folder = folder();
    let (_, before) = said(&folder);
    assert!(before.contains("skipped  database: ") && before.contains("at the first start"));
    make_database(&folder, 1);
    let (code, right) = said(&folder);
    assert_eq!(code, 0, "{right}");
    assert!(
        right.contains("ok       database: the key fits, 0 audit rows hold together"),
        "{right}"
    );
}

#[test]
fn a_key_that_does_not_fit_and_a_file_that_is_no_database_are_told() {
    let (folder, other) = (folder(), folder());
    make_database(&folder, 1);
    make_database(&other, 2);
    std::fs::copy(other.path("state/baoming.key"), folder.path("state/baoming.key")).unwrap();
    let (code, wrong) = said(&folder);
    assert_eq!(code, 1, "{wrong}");
    assert!(
        wrong.contains("WRONG    database: ") && wrong.contains("the key does not fit"),
        "{wrong}"
    );
    folder.secret("state/baoming.db", &"no database ".repeat(500), 0o600);
    let (code, wrong) = said(&folder);
    assert_eq!(code, 1, "{wrong}");
    assert!(wrong.contains("WRONG    database: "), "{wrong}");
}
