//! An address that cannot slip into a log: `Display` and `Debug` mask it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An e-mail address, lower-cased, as `local@domain`. Printing it masks the local part
/// (`m***@163.com`); [`Email::as_str`] reveals it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// Takes an address that mail can be sent to over plain SMTP (ASCII, RFC 5321 §4.1.2 without
    /// quoted local parts and address literals); anything else is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('<').trim_end_matches('>').to_ascii_lowercase();
        let (local, domain) = text.rsplit_once('@')?;
        let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
        let dotted = |part: &str, ok: &dyn Fn(char) -> bool| {
            part.split('.').all(|label| !label.is_empty() && label.chars().all(ok))
        };
        let host = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let fits = text.len() <= 254 && local.len() <= 64 && domain.contains('.');
        (fits && dotted(local, &atom) && dotted(domain, &host)).then_some(Self(text))
    }

    /// The address itself, to send to or to compare.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the `@`.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// What stands behind the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.0.chars().next().unwrap_or('*');
        write!(f, "{first}***@{}", self.domain())
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A server's own words for a log: addresses in it are masked as ours are.
#[must_use]
pub fn mask_addresses(words: &str) -> String {
    let in_local = |it: char| it.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(it);
    let mut parts = words.split('@').peekable();
    let mut masked = String::with_capacity(words.len());
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            masked.push_str(part);
            break;
        }
        let before = part.trim_end_matches(in_local);
        let local = part.strip_prefix(before).unwrap_or(part);
        masked.push_str(before);
        masked.extend(local.chars().next());
        masked.push_str(if local.is_empty() { "@" } else { "***@" });
    }
    masked
}

/// An address with the name its owner gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The display name, decoded.
    pub name: Option<String>,
    /// The address.
    pub email: Email,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_masked_when_printed() {
        let email = Email::parse("<MaXiwen_0716@163.com>").unwrap();
        assert_eq!(email.as_str(), "maxiwen_0716@163.com");
        assert_eq!(format!("{email} {email:?}"), "m***@163.com m***@163.com");
    }

    #[test]
    fn addresses_in_a_servers_words_are_masked() {
        let words = "550 5.1.1 <ma.xiwen_0716+a@163.com>: unknown; see bob@example.test";
        assert_eq!(
            mask_addresses(words),
            "550 5.1.1 <m***@163.com>: unknown; see b***@example.test"
        );
        assert_eq!(mask_addresses("554 DT:SPM 163 smtp12"), "554 DT:SPM 163 smtp12");
    }

    #[test]
    fn what_cannot_be_sent_to_is_no_address() {
        for text in ["", "a@163", "a..b@163.com", "中文@例子.公司", "a b@163.com", "@163.com", "a@"]
        {
            assert_eq!(Email::parse(text), None, "{text}");
        }
    }
}
