//! The signs by which mail written by machines and lists is known.
//!
//! No single header tells: QQ's holiday reply of 2026 has none at all, 163's bounces lack
//! Auto-Submitted. So headers, sender, subject and the providers' own sentences are looked at.

use serde::{Deserialize, Serialize};

use super::Headers;
use super::lower::lower;
use super::mime::Part;
use super::phrases;

/// What kind of machine wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Machine {
    /// A mail system that could not deliver, or not yet.
    Bounce,
    /// An automatic reply, an out-of-office note, a read receipt.
    Automatic,
    /// A list, a newsletter, a notification.
    Bulk,
}

/// What a bounce says in its subject.
const BOUNCE_WORDS: [&str; 20] = [
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
    "undeliver",
    "delivery status",
    "returned mail",
    "returned to sender",
    "failure notice",
    "delivery fail",
    "mail delivery",
    "delayed",
    "could not be delivered",
];

/// What a bounce says in its text.
const BOUNCE_SENTENCES: [&str; 12] = [
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
];

/// How the subject of an automatic reply begins.
const REPLY_STARTS: [&str; 16] = [
    "自动回复",
    "自動回覆",
    "自動回復",
    "自动答复",
    "自动应答",
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply",
    "auto:",
    "out of office",
    "out-of-office",
    "假期自动回复",
    "不在办公室",
    "外出时的助理",
    "休假自动回复",
];

/// How the subject of a read receipt begins.
const RECEIPT_STARTS: [&str; 10] = [
    "已读:",
    "已读：",
    "read:",
    "已读回执",
    "阅读回执",
    "已閱讀",
    "未读已删除",
    "not read:",
    "回执:已读",
    "已读 ",
];

/// Sentences of the providers' automatic replies.
const REPLY_SENTENCES: [&str; 14] = [
    "这是来自QQ邮箱的假期自动回复邮件",
    "这是来自QQ邮箱的自动回复邮件",
    "这是一封自动回复",
    "此邮件为自动回复",
    "本邮件为自动回复",
    "此为自动回复",
    "本邮件由系统自动回复",
    "这是自动回复",
    "您的邮件已被阅读",
    "的自动回复。",
    "this is an automatic reply",
    "This is an automatic reply",
    "This is an automated response",
    "I am out of the office",
];

/// Local parts that no human writes from.
const ROBOTS: [&str; 13] = [
    "noreply",
    "donotreply",
    "noresponse",
    "newsletter",
    "notification",
    "notifications",
    "mailerdaemon",
    "postmaster",
    "edm",
    "robot",
    "alert",
    "alerts",
    "mailnotify",
];

/// What the notice of a recalled mail says in its subject.
const RECALLS: [&str; 7] =
    ["发信方已撤回邮件", "[撤回邮件", "撤回邮件失败", "撤回邮件成功", "撤回:", "撤回：", "recall:"];

/// What only mass mail says.
const BULK_SENTENCES: [&str; 18] = [
    "退订",
    "取消订阅",
    "unsubscribe",
    "系统自动发送",
    "系统自动发出",
    "系统邮件，请勿",
    "此邮件由系统",
    "本邮件为系统",
    "邮件为系统通知",
    "系统通知，无需回复",
    "本邮件由系统",
    "请勿直接回复",
    "请不要直接回复",
    "请勿回复此邮件",
    "请勿回复本邮件",
    "自动发送，请勿回复",
    "此为系统邮件",
    "本邮件为系统自动",
];

/// Finds the first sign, with its words for the log.
#[must_use]
pub(super) fn sign(parts: &[Part<'_>], headers: &Headers, text: &str) -> Option<(Machine, String)> {
    let root = parts.first()?;
    bounce(parts, root, headers, text)
        .map(|sign| (Machine::Bounce, sign))
        .or_else(|| automatic(root, headers, text).map(|sign| (Machine::Automatic, sign)))
        .or_else(|| bulk(parts, root, headers, text).map(|sign| (Machine::Bulk, sign)))
}

fn bounce(parts: &[Part<'_>], root: &Part<'_>, headers: &Headers, text: &str) -> Option<String> {
    let report = root.content_type.get("report-type").unwrap_or_default().to_ascii_lowercase();
    let media = root.media();
    if media == "multipart/report" && report != "disposition-notification" {
        let feedback = report == "feedback-report";
        return (!feedback).then(|| "multipart/report".to_owned());
    }
    if parts.iter().any(|part| part.media() == "message/delivery-status") {
        return Some("message/delivery-status".to_owned());
    }
    if root.field("x-failed-recipients").is_some() {
        return Some("X-Failed-Recipients".to_owned());
    }
    let subject = bare_subject(&headers.subject);
    let local = headers.from.as_ref().map_or("", |from| from.email.local());
    // DragonFly writes `From: MAILER-DAEMON <>`, which is no address.
    let daemon = headers.from.is_none()
        && root.text("from").is_some_and(|from| lower(&from).contains("mailer-daemon"));
    let null = root.text("return-path").is_some_and(|path| path == "<>");
    let postal = matches!(
        local,
        "postmaster"
            | "mailer-daemon"
            | "mailerdaemon"
            | "mail-daemon"
            | "mailadmin"
            | "bounce"
            | "bounces"
    ) || local.starts_with("mailer-daemon")
        || daemon;
    let says = |text: &str| BOUNCE_WORDS.iter().any(|word| text.contains(word));
    if (postal || null) && says(&subject) {
        return Some(format!("{local}: {}", headers.subject));
    }
    // Some systems bounce under a human-looking sender: then text and subject must both say so.
    if !postal && (!says(&subject) || is_reply(&headers.subject)) {
        return None;
    }
    let body = lower(start(text, 1500));
    let told = BOUNCE_SENTENCES.iter().any(|sentence| body.contains(sentence));
    told.then(|| headers.subject.clone())
}

fn automatic(root: &Part<'_>, headers: &Headers, text: &str) -> Option<String> {
    let report = root.content_type.get("report-type").unwrap_or_default();
    if report.eq_ignore_ascii_case("disposition-notification") {
        return Some("report-type=disposition-notification".to_owned());
    }
    if let Some(value) = root.text("auto-submitted") {
        let value = value.to_ascii_lowercase();
        if value.starts_with("auto-replied") {
            return Some(format!("Auto-Submitted: {value}"));
        }
    }
    for name in [
        "x-autoreply",
        "x-autorespond",
        "x-auto-reply",
        "x-qq-auto-reply",
        "x-qq-holidayreply",
        "x-autogenerated-reply",
        "x-ms-exchange-inbox-rules-loop",
    ] {
        if let Some(value) = root.text(name) {
            let off = matches!(value.to_ascii_lowercase().as_str(), "no" | "false" | "0");
            if !off {
                return Some(format!("{name}: {value}"));
            }
        }
    }
    if root.text("precedence").is_some_and(|value| value.to_ascii_lowercase().starts_with("auto")) {
        return Some("Precedence: auto_reply".to_owned());
    }
    for name in ["return-path", "sender"] {
        if root.text(name).is_some_and(|value| value.contains("+auto_=")) {
            return Some(format!("{name}: +auto_="));
        }
    }
    let subject = bare_subject(&headers.subject);
    let subject = subject.trim_start_matches(['[', '【', '(', '（', '<', '《']);
    if let Some(start) = REPLY_STARTS.iter().find(|start| subject.starts_with(**start)) {
        let rest = subject.get(start.len()..).unwrap_or("").trim_start();
        if rest.is_empty()
            || rest.starts_with([':', '：', '-', '(', '（', ']', '】', ')'])
            || start.ends_with(':')
            || !start.is_ascii()
        {
            return Some(headers.subject.clone());
        }
    }
    if RECEIPT_STARTS.iter().any(|start| subject.starts_with(start)) {
        return Some(headers.subject.clone());
    }
    let head = start(text, 600);
    if let Some(sentence) = REPLY_SENTENCES.iter().find(|sentence| head.contains(**sentence)) {
        return Some((*sentence).to_owned());
    }
    phrases::is_vacation_note(head).then(|| "休假说明".to_owned())
}

fn bulk(parts: &[Part<'_>], root: &Part<'_>, headers: &Headers, text: &str) -> Option<String> {
    for field in &root.fields {
        let name = field.0.to_ascii_lowercase();
        if matches!(
            name.as_str(),
            "list-id"
                | "list-unsubscribe"
                | "list-post"
                | "list-help"
                | "list-owner"
                | "mailing-list"
                | "x-campaign-id"
                | "x-mailgun-sid"
                | "x-csa-complaints"
                | "x-autogenerated"
                | "x-github-reason"
                | "x-mc-user"
                | "x-campaignid"
        ) {
            return Some(name);
        }
    }
    if let Some(value) = root.text("precedence").map(|value| value.to_ascii_lowercase())
        && matches!(value.as_str(), "bulk" | "junk" | "list")
    {
        return Some(format!("Precedence: {value}"));
    }
    if let Some(value) = root.text("auto-submitted").map(|value| value.to_ascii_lowercase())
        && !value.is_empty()
        && !value.starts_with("no")
    {
        return Some(format!("Auto-Submitted: {value}"));
    }
    let calendar = |part: &Part<'_>| part.media() == "text/calendar" && !part.is_file();
    if parts.iter().any(calendar) {
        return Some("text/calendar".to_owned());
    }
    if root
        .content_type
        .get("report-type")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("feedback-report"))
    {
        return Some("feedback-report".to_owned());
    }
    let local = headers.from.as_ref().map_or("", |from| from.email.local());
    let plain: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
    if ROBOTS.contains(&plain.as_str())
        || plain.starts_with("noreply")
        || plain.starts_with("donotreply")
        || plain.ends_with("noreply")
    {
        return Some(format!("{local}@"));
    }
    let subject = &headers.subject;
    let small = lower(subject);
    if RECALLS.iter().any(|word| small.contains(word)) {
        return Some(subject.clone());
    }
    let text = lower(text);
    if let Some(word) = BULK_SENTENCES.iter().find(|word| text.contains(**word)) {
        return Some((*word).to_owned());
    }
    phrases::is_advertisement(subject, &text).then(|| "广告用语".to_owned())
}

/// The first characters of a text.
fn start(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

fn is_reply(subject: &str) -> bool {
    bare_subject(subject) != lower(subject.trim())
}

/// The subject without `Re:`, `回复：` and their kin, lower-cased.
#[must_use]
pub fn bare_subject(subject: &str) -> String {
    let mut rest = lower(subject.trim());
    loop {
        let prefixes = [
            "re:",
            "re：",
            "回复:",
            "回复：",
            "回覆:",
            "回覆：",
            "答复:",
            "答复：",
            "fw:",
            "fw：",
            "fwd:",
            "转发:",
            "转发：",
            "轉寄:",
            "轉發:",
        ];
        let Some(next) = prefixes.iter().find_map(|prefix| rest.strip_prefix(prefix)) else {
            return rest;
        };
        rest = next.trim_start().to_owned();
    }
}

/// Whether the subject says that somebody else's mail is handed on.
#[must_use]
pub fn is_forward(subject: &str) -> bool {
    let small = lower(subject.trim());
    ["fw:", "fw：", "fwd:", "转发:", "转发：", "轉寄:", "轉發:", "轉發：", "fwd：", "转:"]
        .iter()
        .any(|prefix| small.starts_with(prefix))
}
