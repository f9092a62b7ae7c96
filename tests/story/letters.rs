//! What the citizens find in their mailboxes.

use crate::cast::{address, name};
use crate::support::mailserver::MailServer;

/// The headlines of the letters that each citizen must have, in order.
fn expected(n: usize) -> Vec<String> {
    let one = |headline: &str, number: usize| format!("【{headline}】XJ21-{number:03}");
    match n {
        3 => vec![one("报名成功", 3), one("此前已经报名", 3)],
        5 => vec![one("报名成功", 5), one("报名已取消", 5)],
        9 => vec![one("已列入候补", 9), one("候补成功", 9)],
        12 => vec![one("报名成功", 12), one("报名已取消", 12)],
        13 => vec![one("报名成功", 13), one("登记内容已更正", 13)],
        1..=25 => vec![one("报名成功", n)],
        26 => vec![one("请补充资料", 26), one("报名成功", 26)],
        27 => vec![one("已列入候补", 27), one("候补成功", 27)],
        28 => vec![one("已列入候补", 28), one("报名已取消", 28)],
        29..=31 => vec![],
        32 | 33 => vec!["【来信已转工作人员】".to_owned()],
        34 => vec!["【已列入候补】XJ21-029等3人".to_owned()],
        35 => vec![one("已列入候补", 32)],
        36 => vec![one("正在核实", 33)],
        37..=40 => vec![one("已列入候补", n - 3)],
        _ => panic!("there is no citizen {n}"),
    }
}

/// Checks every citizen's mailbox.
pub(crate) fn check(server: &MailServer) {
    for n in 1..=40 {
        let letters = server.messages(&address(n), "INBOX");
        let subjects: Vec<String> = letters.iter().map(|raw| subject(raw)).collect();
        let expected = expected(n);
        assert_eq!(subjects.len(), expected.len(), "citizen {n}: {subjects:?}");
        for ((subject, expected), raw) in subjects.iter().zip(&expected).zip(&letters) {
            assert!(subject.starts_with(expected.as_str()), "citizen {n}: {subject} ≠ {expected}");
            check_one(n, raw, expected);
        }
        // A promotion answers no mail: it follows our letter before it.
        for (pair, expected) in letters.windows(2).zip(expected.iter().skip(1)) {
            if expected.starts_with("【候补成功】") {
                let before = parsed(&pair[0]).message_id().unwrap().to_owned();
                let parent = parsed(&pair[1]).in_reply_to().as_text().map(str::to_owned);
                assert_eq!(parent, Some(before), "citizen {n}");
            }
        }
    }
}

fn check_one(n: usize, raw: &[u8], expected: &str) {
    let head = String::from_utf8_lossy(raw);
    let head = head.split("\r\n\r\n").next().unwrap_or_default();
    assert!(head.contains("Auto-Submitted: auto-replied"), "citizen {n}:\n{head}");
    assert!(raw.is_ascii(), "citizen {n}: the letter is not ASCII");
    let promoted = expected.starts_with("【候补成功】");
    assert!(head.contains("In-Reply-To: <"), "citizen {n}:\n{head}");
    let text = plain_text(raw);
    let place = expected.starts_with("【报名成功】") || promoted;
    let told = place || expected.starts_with("【此前已经报名】");
    assert!(!told || text.contains("西吉县政务服务大厅"), "citizen {n}:\n{text}");
    assert_eq!(String::from_utf8_lossy(raw).contains("text/calendar"), told, "citizen {n}");
    if place {
        assert!(text.contains(name(n)), "citizen {n} is not named:\n{text}");
    }
}

/// The decoded subject.
fn subject(raw: &[u8]) -> String {
    parsed(raw).subject().unwrap().to_owned()
}

/// The Message-ID of the first letter that a citizen has.
pub(crate) fn message_id(server: &MailServer, n: usize) -> String {
    let letters = server.messages(&address(n), "INBOX");
    parsed(&letters[0]).message_id().unwrap().to_owned()
}

/// The text alternative of a letter.
pub(crate) fn plain_text(raw: &[u8]) -> String {
    parsed(raw).body_text(0).unwrap().replace("\r\n", "\n")
}

fn parsed(raw: &[u8]) -> mail_parser::Message<'_> {
    mail_parser::MessageParser::default().parse(raw).unwrap()
}
