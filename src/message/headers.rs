//! The header fields that the program uses, decoded.

use jiff::Timestamp;
use mail_parser::DateTime;

use super::mime::Part;
use super::{Address, Email, Headers, words};

/// No honest subject is longer, in characters.
const LONGEST_SUBJECT: usize = 1000;
/// More ids than this of a thread tell nothing more.
const MOST_IDS: usize = 100;

/// Reads the headers of the whole message.
#[must_use]
pub(super) fn read(part: &Part<'_>) -> Headers {
    let from = part.field("from").and_then(address);
    let reply_to = part.field("reply-to").and_then(address);
    let reply_to =
        reply_to.filter(|reply| from.as_ref().is_none_or(|from| from.email != reply.email));
    Headers {
        subject: part
            .field("subject")
            .map(words::decode)
            .unwrap_or_default()
            .chars()
            .take(LONGEST_SUBJECT)
            .collect(),
        message_id: part.field("message-id").and_then(|value| ids(value).into_iter().next()),
        in_reply_to: part.field("in-reply-to").map(ids).unwrap_or_default(),
        references: part.field("references").map(ids).unwrap_or_default(),
        tags: tags(part),
        date: part.field("date").and_then(date),
        machine: None,
        from,
        reply_to,
    }
}

/// The tags of all addresses that the message went to: `kfr` of `bureau+kfr@example.cn`.
fn tags(part: &Part<'_>) -> Vec<String> {
    let fields = ["to", "cc", "delivered-to", "x-original-to"];
    let mut tags: Vec<String> = Vec::new();
    for value in fields.iter().filter_map(|name| part.field(name)).filter_map(text) {
        for behind in value.split('+').skip(1) {
            let tag = behind.split('@').next().unwrap_or_default().to_lowercase();
            let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            let whole = !tag.is_empty() && tag.len() < behind.len() && tag.chars().all(sound);
            if whole && tags.len() < MOST_IDS && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
    }
    tags
}

/// The first usable address of a list: `"name" <a@b>`, `a@b (name)`, `group: a@b;`.
#[must_use]
pub(super) fn address(value: &[u8]) -> Option<Address> {
    let mut rest = value;
    while let Some(open) = rest.iter().position(|byte| *byte == b'<') {
        let (before, after) = rest.split_at(open);
        let close = after.iter().position(|byte| *byte == b'>')?;
        if let Some(email) = text(after.get(1..close)?).as_deref().and_then(Email::parse) {
            return Some(Address { name: name(before), email });
        }
        rest = after.get(close + 1..)?;
    }
    let whole = text(value)?;
    let email = whole
        .split(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '"' | '<' | '>')
        })
        .find_map(Email::parse)?;
    let comment = value.iter().position(|byte| *byte == b'(').and_then(|at| {
        let inner = value.get(at + 1..)?;
        inner.split(|byte| *byte == b')').next().and_then(name)
    });
    Some(Address { name: comment, email })
}

fn text(bytes: &[u8]) -> Option<String> {
    std::str::from_utf8(bytes).ok().map(|text| text.trim().to_owned())
}

/// A display name: quotes and what separates it from the address before it removed.
fn name(raw: &[u8]) -> Option<String> {
    let decoded = words::decode(raw.trim_ascii());
    let decoded = decoded.trim_start_matches([',', ';']).trim();
    let decoded = decoded.trim_matches(['"', '\'', ' ']);
    // An encoded word inside quotes, as QQ writes it, was decoded with its quotes around it.
    let decoded = words::decode(decoded.as_bytes());
    (!decoded.is_empty()).then(|| decoded.chars().take(100).collect())
}

/// Message ids, without angle brackets.
#[must_use]
pub(super) fn ids(value: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(value);
    let mut found: Vec<String> = Vec::new();
    let mut rest = text.as_ref();
    while let Some((_, after)) = rest.split_once('<') {
        let Some((id, tail)) = after.split_once('>') else { break };
        found
            .push(id.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(500).collect());
        rest = tail;
    }
    if found.is_empty() {
        let bare = text.split_whitespace().filter(|word| word.contains('@'));
        found = bare.map(|word| word.chars().take(500).collect()).collect();
    }
    found.retain(|id| !id.is_empty());
    found.truncate(MOST_IDS);
    found
}

/// `Date:`. A bare `CST` is China's time here, not that of Chicago.
fn date(value: &[u8]) -> Option<Timestamp> {
    let text = String::from_utf8_lossy(value);
    let text = text.trim();
    let text = text.strip_suffix(" CST").map_or(text.to_owned(), |rest| format!("{rest} +0800"));
    let parsed = DateTime::parse_rfc822(&text)?;
    Timestamp::from_second(parsed.to_timestamp()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_the_forms_clients_write() {
        let parse =
            |value: &str| address(value.as_bytes()).map(|a| (a.name, a.email.as_str().to_owned()));
        let zhang = Some((Some("张三".to_owned()), "zhang@qq.com".to_owned()));
        assert_eq!(parse("\"=?gb18030?B?1cXI/Q==?=\" <Zhang@qq.com>"), zhang);
        assert_eq!(parse("=?utf-8?B?5byg5LiJ?= <zhang@qq.com>"), zhang);
        assert_eq!(parse("zhang@qq.com (张三)"), zhang);
        assert_eq!(parse("Postmaster@163.com"), Some((None, "postmaster@163.com".to_owned())));
        assert_eq!(parse("undisclosed-recipients:;"), None);
        assert_eq!(parse("中文@例子.公司"), None);
    }

    #[test]
    fn a_bare_cst_is_chinese_time() {
        let bare = date(b"Wed, 15 Sep 2021 09:12:21 CST").unwrap();
        assert_eq!(bare.to_string(), "2021-09-15T01:12:21Z");
        assert_eq!(date(b"Wed, 15 Sep 2021 09:12:21 +0800 (CST)"), Some(bare));
        assert_eq!(ids(b"<a@b> (x)\r\n <c@d>"), ["a@b", "c@d"]);
    }
}
