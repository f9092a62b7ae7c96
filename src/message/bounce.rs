//! The signs of a bounce: mail in which a mail system says that it could not deliver, or not yet.
//!
//! A delivery status (RFC 3464) is enough, and so is the mail daemon as the sender. A postmaster also
//! writes other things, so subject or text must say it, in words or with an SMTP refusal. Anybody
//! else needs both: people hand bounces on, and speak of mail that came back.

use std::sync::LazyLock;

use super::Headers;
use super::index::Index;
use super::lower::lower;
use super::machine::{bare_subject, is_robot, start};
use super::mime::Part;

/// As much of a text as tells, in characters.
const TOLD_WITHIN: usize = 1500;

/// What a bounce says in its subject.
const WORDS: [&str; 30] = [
    "退信",
    "投递失败",
    "未送达",
    "无法送达",
    "发送失败",
    "投递延迟",
    "延迟投递",
    "暂未送达",
    "退回",
    "被退",
    "未能送达",
    "未传递",
    "传递延迟",
    "undeliver",
    "delivery status",
    "returned mail",
    "returned to sender",
    "returning to sender",
    "failure notice",
    "delivery fail",
    "failed delivery",
    "failure delivery",
    "delivery has failed",
    "delivery error",
    "mail delivery",
    "mail failed",
    "mail failure",
    "delayed",
    "could not be delivered",
    "could not send",
];

/// All of them are sought in one pass.
static SAYS: LazyLock<Index<&str>> = LazyLock::new(|| Index::of_firsts(WORDS));

/// What a bounce says in its text.
const SENTENCES: [&str; 14] = [
    "您的邮件被退回",
    "邮件被退回来了",
    "您发送的邮件被退回",
    "无法发送到",
    "无法投递",
    "delivery to the following recipient",
    "this is an automatically generated delivery status notification",
    "undeliverable",
    "did not reach the following",
    "以下收件人",
    "邮件未能送达",
    "could not be delivered",
    // A provider's notification as JSON, plain or inside a JSON string.
    "\"notificationtype\":\"bounce\"",
    "\\\"notificationtype\\\":\\\"bounce\\\"",
];

/// Finds the sign of a bounce, with its words for the log.
#[must_use]
pub(super) fn sign(
    parts: &[Part<'_>],
    root: &Part<'_>,
    headers: &Headers,
    text: &str,
) -> Option<String> {
    if root.media() == "multipart/report" {
        let other = ["disposition-notification", "feedback-report"];
        let other = other.iter().any(|kind| is_report(parts, root, kind));
        return (!other).then(|| "multipart/report".to_owned());
    }
    if parts.iter().any(|part| part.media() == "message/delivery-status") {
        return Some("message/delivery-status".to_owned());
    }
    if root.field("x-failed-recipients").is_some() {
        return Some("X-Failed-Recipients".to_owned());
    }
    let sender = sender(root, headers);
    if sender.starts_with("mailerdaemon") || sender == "maildaemon" {
        return Some(format!("{sender}: {}", headers.subject));
    }
    let postal = matches!(sender.as_str(), "postmaster" | "mailadmin" | "bounce" | "bounces");
    let null = root.text("return-path").is_some_and(|path| path == "<>");
    let subject = bare_subject(&headers.subject);
    let says = SAYS.found(&subject).next().is_some();
    if (postal || null) && says {
        return Some(format!("{sender}: {}", headers.subject));
    }
    let replied = root
        .text("auto-submitted")
        .is_some_and(|value| value.to_ascii_lowercase().starts_with("auto-replied"));
    let machine = postal || (null || is_robot(&sender)) && !replied;
    let is_reply = subject != lower(headers.subject.trim());
    let likely = machine || says && !is_reply;
    // Hardly any mail is: its text need not be looked at.
    if !likely {
        return None;
    }
    let head = start(text, TOLD_WITHIN);
    let body = lower(head);
    // 上封邮件被退回来了，重新发一遍: somebody speaks of mail that came back, and sends it again.
    let first = start(head, 200);
    if !machine && ["重新发", "重发", "再发", "重新报"].iter().any(|word| first.contains(word))
    {
        return None;
    }
    let told = SENTENCES.iter().any(|sentence| body.contains(sentence));
    let bounce = told || postal && refusal(head).is_some();
    bounce.then(|| headers.subject.clone())
}

/// Whether the message is a report of this kind: by its label, or where that is wrong by its part.
#[must_use]
pub(super) fn is_report(parts: &[Part<'_>], root: &Part<'_>, kind: &str) -> bool {
    let label = root.content_type.get("report-type");
    label.is_some_and(|label| label.eq_ignore_ascii_case(kind))
        || root.media() == "multipart/report"
            && parts.iter().any(|part| part.media().strip_prefix("message/") == Some(kind))
}

/// What stands before the sender's `@`, letters and digits alone. Mail systems also write
/// `MAILER-DAEMON` without a domain, or before an empty address.
fn sender(root: &Part<'_>, headers: &Headers) -> String {
    let plain = |text: &str| {
        text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
    };
    if let Some(from) = &headers.from {
        return plain(from.email.local());
    }
    let written = plain(&root.text("from").unwrap_or_default());
    let daemon = written.contains("mailerdaemon");
    if daemon { "mailerdaemon".to_owned() } else { written }
}

/// The first line that repeats a server's refusal: `550 - …`, `>>> 550 5.1.1 …`.
pub(super) fn refusal(text: &str) -> Option<&str> {
    text.lines().find(|line| {
        let numbered = |word: &str| {
            word.starts_with(['4', '5']) && word.chars().all(|c| c.is_ascii_digit() || c == '.')
        };
        let mut numbers = line
            .split(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | ';' | '>'))
            .filter(|word| !word.is_empty());
        let code = |word: &str| numbered(word) && word.len() == 3 && !word.contains('.');
        // At most three digits each: no date.
        let short = |word: &str| word.split('.').all(|part| (1..=3).contains(&part.len()));
        let status = |word: &str| numbered(word) && short(word) && word.matches('.').count() == 2;
        let Some(first) = numbers.next() else { return false };
        let rest: Vec<&str> = numbers.collect();
        code(first) || rest.iter().any(|word| code(word)) && rest.iter().any(|word| status(word))
    })
}

#[cfg(test)]
mod tests {
    use crate::message::{Machine, parse};

    fn machine(raw: &str) -> Option<Machine> {
        parse(raw.replace('\n', "\r\n").as_bytes(), &[]).machine
    }

    #[test]
    fn whatever_the_mail_daemon_writes_is_a_bounce() {
        for from in
            ["MAILER-DAEMON <>", "Mail System <MAILER-DAEMON>", "<Mailer-Daemon@mx.example.test>"]
        {
            let raw = format!("From: {from}\nSubject: Oh no\n\nIt went wrong.\n");
            assert_eq!(machine(&raw), Some(Machine::Bounce), "{from}");
        }
    }

    #[test]
    fn a_postmaster_who_repeats_a_refusal_sends_a_bounce_and_otherwise_a_notice() {
        let refused = "From: post_master@mx.example.test\nSubject: Re:Place\n\n\
                       The server said:\n550 - no such user here\n";
        assert_eq!(machine(refused), Some(Machine::Bounce));
        let notice = "From: postmaster@mx.example.test\nSubject: Maintenance\n\n\
                      On 5.10.2026 the server rests; 550 people know.\n";
        assert_eq!(machine(notice), Some(Machine::Bulk));
    }

    #[test]
    fn a_robot_that_says_so_sends_a_bounce_and_a_person_who_tells_of_one_does_not() {
        let says = "Subject: Mail\n\nYour mail could not be delivered to: <a@b.test>\n";
        assert_eq!(
            machine(&format!("From: no-reply@net.example.test\n{says}")),
            Some(Machine::Bounce)
        );
        assert_eq!(
            machine(&format!("Return-Path: <>\nFrom: a@b.test\n{says}")),
            Some(Machine::Bounce)
        );
        assert_eq!(machine(&format!("From: zhang@b.test\n{says}")), None);
        let forwarded = "From: zhang@b.test\nSubject: Fwd: Returned mail\n\n\
                         Why?\n> Your mail could not be delivered\n";
        assert_eq!(machine(forwarded), None);
    }

    #[test]
    fn a_report_is_known_by_its_part_where_its_label_is_wrong() {
        let report = |kind: &str| {
            machine(&format!(
                "From: a@b.test\nContent-Type: multipart/report; report-type=x; boundary=b\n\n\
                 --b\n\nHello\n--b\nContent-Type: message/{kind}\n\nx: y\n--b--\n"
            ))
        };
        assert_eq!(report("disposition-notification"), Some(Machine::Automatic));
        assert_eq!(report("feedback-report"), Some(Machine::Bulk));
        assert_eq!(report("delivery-status"), Some(Machine::Bounce));
    }

    #[test]
    fn a_returned_mail_with_the_line_ends_of_old_macs_is_read_too() {
        let raw = b"From: MAILER-DAEMON@mx.example.test\rSubject: x\r\r<bm.1@desk.test>\r";
        let message = parse(raw, &[]);
        assert_eq!(message.machine, Some(Machine::Bounce));
        assert_eq!(message.returned.unwrap().ids, ["bm.1@desk.test"]);
    }
}
