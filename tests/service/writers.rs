//! Who is writing: whom the receiving server vouches for, and what a stranger can make us say.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use baoming::roster::TaskKind;

use crate::mails::{self, form, mail_with};
use crate::stage::{Stage, at};

const OWN: &str = "Authentication-Results: mx38; spf=pass smtp.mail=c01@example.test;\r\n";
const FORGED: &str = "Authentication-Results: mx38; spf=pass smtp.mail=x@evil.test;\r\n";

/// A desk at which the first citizen has a place.
async fn with_one() -> Stage {
    let stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    stage.post(1, &form(1));
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Confirmed"]);
    stage.clock.set(at("2021-09-13T10:00:00"));
    stage
}

fn cancels(head: &str) -> Vec<u8> {
    let text = format!("您好，我是{}，有事不能来了，请取消我的报名。\n", mails::name(1));
    mail_with(1, head, "取消报名", &text)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancellation_counts_from_its_own_address_unless_the_receiving_server_doubts_it() {
    let forged_below = format!("{FORGED}{OWN}");
    let true_above = format!("{OWN}{FORGED}");
    let dmarc = "Authentication-Results: mx38; spf=pass smtp.mail=c01@example.test;\r\n \
                 dmarc=fail header.from=example.test\r\n";
    for (head, status) in [
        ("", "Cancelled"),
        (OWN, "Cancelled"),
        (&true_above, "Cancelled"),
        ("Authentication-Results: elsewhere.test; spf=fail\r\n", "Cancelled"),
        (FORGED, "Confirmed"),
        (&forged_below, "Confirmed"),
        (dmarc, "Confirmed"),
        ("Authentication-Results: mx38; spf=softfail smtp.mail=c01@example.test\r\n", "Confirmed"),
        ("From: <x@evil.test>\r\n", "Confirmed"),
    ] {
        let stage = with_one().await;
        stage.post(2, &cancels(head));
        stage.round().await;
        assert_eq!(stage.statuses().await, [status], "{head}");
        let tasks = stage.vault.store.open_tasks().await.unwrap();
        let kinds: Vec<_> = tasks.iter().map(|task| task.kind).collect();
        let expected: &[_] = if status == "Confirmed" { &[TaskKind::Cancellation] } else { &[] };
        assert_eq!(kinds, expected, "{head}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_to_answer_to_gives_no_right_and_gets_no_letter() {
    let stage = with_one().await;
    // From elsewhere, with the registering address as the one to answer to.
    let text = String::from_utf8(cancels("Reply-To: c01@example.test\r\n")).unwrap();
    stage.post(2, text.replacen("From: c01@example.test", "From: x@evil.test", 1).as_bytes());
    // And the other way round: the answer shall go to somebody else.
    stage
        .post(3, &mail_with(2, "Reply-To: <x2@evil.test>\r\n", "政府开放日报名", "我叫王建国。\n"));
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Confirmed", "Incomplete"]);
    let told: BTreeSet<_> =
        stage.letters().await.iter().map(|one| one.to.as_str().to_owned()).collect();
    let expected = ["c01@example.test", "c02@example.test", "x@evil.test"];
    assert_eq!(told, expected.map(str::to_owned).into());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_telephone_is_corrected_for_its_owner_and_for_nobody_who_only_says_so() {
    let text = format!("更正：我的电话改为13995099999。{}\n", mails::name(1));
    let (old, new) = (mails::phone(1), "13995099999".to_owned());
    for (n, head, phone) in [(1, OWN, &new), (1, FORGED, &old), (2, "", &old)] {
        let stage = with_one().await;
        stage.post(2, &mail_with(n, head, "更正电话", &text));
        stage.round().await;
        let roster = stage.roster().await;
        assert_eq!(roster[0].registration.get("phone"), Some(phone.as_str()), "{n} {head}");
        let tasks = stage.vault.store.open_tasks().await.unwrap();
        let kinds: Vec<_> = tasks.iter().map(|task| task.kind).collect();
        let open: &[_] = if *phone == old { &[TaskKind::Change] } else { &[] };
        assert_eq!(kinds, open, "{n} {head}");
    }
}

/// `text` as an encoded word.
fn word(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let hex = |byte: u8| {
        ['=', DIGITS[usize::from(byte >> 4)].into(), DIGITS[usize::from(byte & 15)].into()]
    };
    format!("=?utf-8?Q?{}?=", text.bytes().flat_map(hex).collect::<String>())
}

/// A registration in which everything that can be chosen is hostile.
fn hostile() -> Vec<u8> {
    let line = "\r\nBcc: <all@evil.test>\r\nX-Evil: 1\r\n\r\n<script>alert(1)</script>";
    let subject = word(&format!("政府开放日报名 {{{{ host }}}} {{% for x in y %}}{line}"));
    let name = word(&format!("马{{{{ event.host }}}}{line}"));
    let file = "../../../../evil.csv\u{0}=HYPERLINK(\"http://evil.test\")";
    let person = "姓名,电话\r\n=HYPERLINK(\"http://evil.test\";\"马\"),13995000001\r\n";
    format!(
        "From: {name} <c01@example.test>\r\nTo: desk@example.test\r\nSubject: {subject}\r\n\
         Message-ID: <a@b\r\n Bcc: all@evil.test>\r\nReferences: <x@y> <%0d%0aBcc:all@evil.test>\r\n\
         In-Reply-To: <x\x1b[2J@y>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n\
         姓名：马{{{{ event.host }}}}希文\r\n联系电话：13995000001\r\n\
         单位：=cmd|' /C calc'!A0\x1b]0;owned\x07\r\n报名类别：企业及群众代表\r\n--b\r\n\
         Content-Type: text/csv; name=\"{file}\"\r\n\
         Content-Disposition: attachment; filename=\"{file}\"\r\n\r\n{person}\r\n--b--\r\n"
    )
    .into_bytes()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_a_mail_sets_a_header_a_variable_a_file_or_a_terminal_of_ours() {
    let stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    let before: BTreeSet<_> = files(&stage.path(".")).into_iter().collect();
    stage.post(1, &hostile());
    stage.round().await;
    let roster = stage.roster().await;
    assert!(!roster.is_empty());
    for one in &roster {
        for (field, value) in &one.registration.person {
            assert!(!value.value.chars().any(char::is_control), "{field}: {:?}", value.value);
        }
    }
    let page = stage.desk.digests.page("2021-09-13").await.unwrap();
    for text in [&page.text, &page.html, &page.subject] {
        assert!(!text.contains('\x1b') && !text.contains("<script>"), "{text}");
    }
    assert!(!page.subject.contains(['\r', '\n']));

    let letters = files(&stage.path("letters"));
    assert_eq!(letters.len(), 1, "{letters:?}");
    for letter in letters {
        let name = letter.file_name().unwrap().to_str().unwrap();
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c)), "{name}");
        let raw = std::fs::read(&letter).unwrap();
        assert!(raw.is_ascii());
        let text = String::from_utf8(raw.clone()).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        let fields = head.lines().filter(|line| !line.starts_with([' ', '\t']));
        let names: Vec<_> = fields.map(|line| line.split(':').next().unwrap()).collect();
        for never in ["Bcc", "X-Evil", "Cc", "<script>alert(1)</script>"] {
            assert!(!names.contains(&never), "{names:?}");
        }
        let once: BTreeSet<_> = names.iter().collect();
        assert_eq!(once.len(), names.len(), "a header stands twice: {names:?}");
        let read = mail_parser::MessageParser::default().parse(&raw).unwrap();
        assert_eq!(read.to().unwrap().first().unwrap().address(), Some("c01@example.test"));
        for body in [read.body_text(0).unwrap(), read.body_html(0).unwrap()] {
            assert!(!body.contains("<script>") && !body.contains('\x1b'), "{body}");
            assert!(!body.contains("马西吉县"), "a variable of the mail was filled in: {body}");
        }
    }
    // Beside the mail itself, its letter and the database nothing was written.
    let after: BTreeSet<_> = files(&stage.path(".")).into_iter().collect();
    let new = after.difference(&before).map(|path| path.display().to_string());
    for path in new.filter(|path| !path.contains("baoming.db")) {
        assert!(path.contains("/letters/") || path.contains("/mail/"), "{path}");
    }
    assert!(!Path::new("/tmp/evil.csv").exists() && !Path::new("/evil.csv").exists());
}
