//! What a bounce says of the mail that came back: which one it was, whether it is lost, and why.
//!
//! Coremail (163) names the id it had given in `X-CM-Original-Message-ID` and encloses the original
//! as `message/rfc822`; QQ encloses it as `application/octet-stream` without a delivery status;
//! qmail quotes it as text. So every place is searched for ids; the store knows which is ours.

use serde::{Deserialize, Serialize};

use super::bounce::refusal;
use super::lower::lower;
use super::machine::start;
use super::mime::Part;

/// More ids than this in one bounce tell nothing more.
const MOST_IDS: usize = 200;
/// As much of a part as its beginning and an enclosed header need, in bytes.
const SEARCHED: usize = 64 * 1024;
/// The longest reason that is kept, in characters.
const LONGEST_REASON: usize = 200;
/// As much of a text as tells, in characters.
const TOLD_WITHIN: usize = 3000;

/// Header fields that name the mail that came back.
const FIELDS: [&str; 4] =
    ["x-cm-original-message-id", "x-original-message-id", "in-reply-to", "references"];

/// What a subject says of a mail that is only late.
const LATE: [&str; 7] =
    ["延迟", "暂未送达", "稍后重试", "delayed", "(delay)", "will keep trying", "warning"];

/// What a text says of it.
const STILL_TRYING: [&str; 6] = [
    "继续尝试",
    "warning message only",
    "will be retried",
    "will keep trying",
    "not need to resend",
    "not need to re-send",
];

/// Words for why a mail comes back, where no server's answer is repeated.
const WHY: [&str; 24] = [
    "不存在",
    "已满",
    "拒收",
    "拒绝",
    "超时",
    "user unknown",
    "unknown user",
    "unknown recipient",
    "host unknown",
    "no such",
    "not exist",
    "t exist",
    "not found",
    "mailbox full",
    "mailbox is full",
    "quota",
    "rejected",
    "refused",
    "disabled",
    "invalid",
    "unavailable",
    "not listed",
    "not recognized",
    "expired",
];

/// What stands before a reason.
const BEFORE_REASON: [&str; 5] = ["英文说明", "退信原因", "失败原因", "原因", "reason"];

/// A mail that a mail system sent back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// The ids that the bounce names anywhere, without angle brackets.
    pub ids: Vec<String>,
    /// It will not arrive any more; otherwise it is only late.
    pub lost: bool,
    /// Why, in the mail system's words; empty when it gives no reason.
    pub reason: String,
}

/// Reads a bounce: its parts, its subject and its text.
#[must_use]
pub(super) fn read(parts: &[Part<'_>], subject: &str, text: &str) -> Returned {
    let mut ids = Vec::new();
    let mut status = None;
    if let Some(root) = parts.first() {
        for value in FIELDS.iter().filter_map(|name| root.field(name)) {
            gather(&String::from_utf8_lossy(value), &mut ids);
        }
    }
    for part in parts.iter().filter(|part| part.children.is_empty()) {
        let mut content = part.content();
        content.truncate(SEARCHED);
        let content = String::from_utf8_lossy(&content);
        gather(&content, &mut ids);
        if part.media() == "message/delivery-status" {
            status = Some(content.into_owned());
        }
    }
    let told = status.as_deref().unwrap_or_default();
    let text = start(text, TOLD_WITHIN);
    // Some systems write the report's fields into the text.
    let lost =
        match (field(told, "action").or_else(|| field(text, "action")), field(told, "status")) {
            (Some(action), _) => action.eq_ignore_ascii_case("failed"),
            (None, Some(status)) => status.starts_with('5'),
            (None, None) => !only_late(subject, text),
        };
    let reason = field(told, "diagnostic-code")
        .or_else(|| field(text, "diagnostic-code"))
        .or_else(|| reason(text))
        .or_else(|| refusal(text).or_else(|| why(text)).map(|line| line.trim().to_owned()))
        .or_else(|| field(told, "status"))
        .unwrap_or_default();
    Returned { ids, lost, reason: reason.chars().take(LONGEST_REASON).collect() }
}

/// Adds what stands in angle brackets and has the look of an id.
fn gather(text: &str, ids: &mut Vec<String>) {
    for piece in text.split('<').skip(1) {
        let Some((id, _)) = piece.split_once('>') else { continue };
        let looks = id.len() <= 500 && id.contains('@') && !id.contains(char::is_whitespace);
        if looks && ids.len() < MOST_IDS && !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    }
}

/// A field of a delivery status, unfolded (RFC 3464).
fn field(status: &str, name: &str) -> Option<String> {
    let mut lines = status.lines().skip_while(|line| {
        !line.split_once(':').is_some_and(|(key, _)| key.trim().eq_ignore_ascii_case(name))
    });
    let mut value = lines.next()?.split_once(':')?.1.trim().to_owned();
    for more in lines.take_while(|line| line.starts_with([' ', '\t'])) {
        value.push(' ');
        value.push_str(more.trim());
    }
    (!value.is_empty()).then_some(value)
}

fn only_late(subject: &str, text: &str) -> bool {
    let (subject, text) = (lower(subject), lower(text));
    LATE.iter().any(|word| subject.contains(word))
        || STILL_TRYING.iter().any(|word| text.contains(word))
}

/// What stands behind `退信原因：` or its like, on the same line or the next.
fn reason(text: &str) -> Option<String> {
    BEFORE_REASON.iter().find_map(|word| {
        let (_, behind) = text.split_once(word)?;
        let behind = behind.trim_start_matches([' ', '\u{3000}']);
        let behind = behind.strip_prefix([':', '：', '\t', '\r', '\n'])?;
        let behind = behind.trim_start_matches([':', '：', ' ', '\u{3000}', '\t', '\r', '\n']);
        let line = behind.lines().next()?.trim();
        (!line.is_empty()).then(|| line.to_owned())
    })
}

/// The first line that says why in common words.
fn why(text: &str) -> Option<&str> {
    text.lines().find(|line| {
        let line = lower(line);
        WHY.iter().any(|word| line.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use crate::message::{Machine, parse};

    fn returned(raw: &str) -> super::Returned {
        let message = parse(raw.replace('\n', "\r\n").as_bytes(), &[]);
        assert_eq!(message.machine, Some(Machine::Bounce), "{raw}");
        message.returned.unwrap()
    }

    const REPORT: &str = "From: MAILER-DAEMON@mx.example.test\n\
        Subject: Undelivered Mail Returned to Sender\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
        --b\n\nI'm sorry.\n--b\nContent-Type: message/delivery-status\n\n\
        Reporting-MTA: dns; mx.example.test\n\n\
        Final-Recipient: rfc822; a@b.test\nAction: failed\nStatus: 5.1.1\n\
        Diagnostic-Code: smtp; 550 5.1.1 <a@b.test>:\n    User unknown\n\
        --b\nContent-Type: message/rfc822\n\n\
        Message-ID: <bm.abc@desk.test>\nSubject: x\n\ny\n--b--\n";

    #[test]
    fn a_delivery_status_tells_that_the_enclosed_mail_is_lost_and_why() {
        let found = returned(REPORT);
        assert!(found.ids.iter().any(|id| id == "bm.abc@desk.test"), "{:?}", found.ids);
        assert!(found.lost);
        assert_eq!(found.reason, "smtp; 550 5.1.1 <a@b.test>: User unknown");
    }

    #[test]
    fn a_mail_that_is_only_late_is_not_lost() {
        let late = REPORT.replace("Action: failed", "Action: delayed").replace("5.1.1", "4.4.1");
        assert!(!returned(&late).lost);
        let text = "From: postmaster@example.test\nSubject: =?utf-8?B?5oqV6YCS5bu26L+f?=\n\n\
                    <bm.abc@desk.test>\n";
        let found = returned(text);
        assert!(!found.lost);
        assert_eq!(found.ids, ["bm.abc@desk.test"]);
    }

    #[test]
    fn an_original_in_base64_and_a_reason_in_the_text_are_found() {
        // `Message-ID: <bm.xyz@desk.test>` and a blank line, as QQ encloses it.
        let raw = "From: PostMaster@qq.com\nSubject: [Qmail] =?utf-8?B?5p2l6IeqcXEuY29t55qE6YCA5L+h?=\n\
            Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n\
            退信原因：\n收件人邮箱已满\n--b\nContent-Type: application/octet-stream\n\
            Content-Transfer-Encoding: base64\n\n\
            TWVzc2FnZS1JRDogPGJtLnh5ekBkZXNrLnRlc3Q+DQoNCg==\n--b--\n";
        let found = returned(raw);
        assert_eq!(found.ids, ["bm.xyz@desk.test"]);
        assert_eq!(found.reason, "收件人邮箱已满");
        assert!(found.lost);
    }

    #[test]
    fn a_text_that_says_the_system_tries_again_tells_of_a_late_mail() {
        let late = "From: mailer-daemon@mx.example.test\nSubject: Delivery Status Notification\n\n\
                    THIS IS A WARNING MESSAGE ONLY.\nMessage will be retried for 2 more days\n";
        assert!(!returned(late).lost);
        assert!(returned(&late.replace("WARNING", "FAILURE").replace("be retried", "go")).lost);
    }

    #[test]
    fn without_a_delivery_status_the_reason_is_the_servers_answer_or_the_line_that_says_why() {
        let bounce = |text: &str| {
            returned(&format!("From: mailer-daemon@mx.example.test\nSubject: x\n\n{text}\n")).reason
        };
        assert_eq!(
            bounce("Sorry.\nSee http://mx.example.test/reason/#a\nSaid: 550 5.1.1 a: nobody\nBye"),
            "Said: 550 5.1.1 a: nobody"
        );
        assert_eq!(
            bounce("Your mail did not go:\na@b.test: mailbox is full"),
            "a@b.test: mailbox is full"
        );
        assert_eq!(bounce("Action: failed\nDiagnostic-Code: smtp; 550 full"), "smtp; 550 full");
        assert_eq!(bounce("Hello"), "");
    }
}
