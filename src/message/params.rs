//! Structured header values: `type/subtype; name=value`, with every way in which file names are
//! written: encoded words inside quotes, RFC 2231 in pieces, raw GBK bytes.

use super::{charset, words};

/// A parsed Content-Type or Content-Disposition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parameters {
    /// What stands before the first semicolon, lower-cased.
    pub value: String,
    list: Vec<(String, Vec<u8>)>,
}

impl Parameters {
    /// Parses a header's raw value.
    #[must_use]
    pub(super) fn parse(raw: &[u8]) -> Self {
        let mut pieces = pieces(raw).into_iter();
        let value = pieces.next().unwrap_or_default();
        let value = String::from_utf8_lossy(value.trim_ascii()).to_ascii_lowercase();
        let list = pieces.filter_map(|piece| {
            let at = piece.iter().position(|byte| *byte == b'=')?;
            let (name, value) = piece.split_at(at);
            let name = String::from_utf8_lossy(name.trim_ascii()).to_ascii_lowercase();
            Some((name, unquote(value.get(1..)?.trim_ascii())))
        });
        Self { value, list: list.take(100).collect() }
    }

    /// A parameter's decoded value. The extended form (`name*`, `name*0*`) goes before the plain one.
    #[must_use]
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.extended(name).or_else(|| {
            let (_, value) = self.list.iter().find(|(key, _)| key == name)?;
            Some(words::decode(value))
        })
    }

    fn extended(&self, name: &str) -> Option<String> {
        let mut parts: Vec<(u32, bool, &[u8])> = Vec::new();
        for (key, value) in &self.list {
            let Some(rest) = key.strip_prefix(name).and_then(|rest| rest.strip_prefix('*')) else {
                continue;
            };
            let encoded = rest.is_empty() || rest.ends_with('*');
            let number = rest.trim_end_matches('*').parse().unwrap_or(0);
            parts.push((number, encoded, value));
        }
        parts.sort_by_key(|part| part.0);
        let mut label = None;
        let mut bytes = Vec::new();
        for (place, (_, encoded, value)) in parts.iter().enumerate() {
            let mut value = *value;
            if place == 0 && *encoded {
                let mut split = value.splitn(3, |byte| *byte == b'\'');
                if let (Some(first), Some(_), Some(rest)) =
                    (split.next(), split.next(), split.next())
                {
                    label = Some(String::from_utf8_lossy(first).into_owned());
                    value = rest;
                }
            }
            let decoded = if *encoded { super::transfer::percent(value) } else { value.to_vec() };
            bytes.extend(decoded);
        }
        (!parts.is_empty()).then(|| charset::decode(&bytes, label.as_deref()))
    }
}

/// Splits at semicolons outside quotes.
fn pieces(raw: &[u8]) -> Vec<Vec<u8>> {
    let mut pieces = vec![Vec::with_capacity(raw.len())];
    let (mut quoted, mut escaped) = (false, false);
    for &byte in raw.iter().filter(|byte| !matches!(byte, b'\r' | b'\n')) {
        if byte == b';' && !quoted {
            pieces.push(Vec::new());
            continue;
        }
        quoted ^= byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        if let Some(piece) = pieces.last_mut() {
            piece.push(byte);
        }
    }
    pieces
}

fn unquote(value: &[u8]) -> Vec<u8> {
    let Some(inner) = value.strip_prefix(b"\"") else { return value.to_vec() };
    let inner = inner.strip_suffix(b"\"").unwrap_or(inner);
    let mut out = Vec::with_capacity(inner.len());
    let mut bytes = inner.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        // A backslash before anything but a quote or backslash is half of a GBK character.
        if byte == b'\\' && matches!(bytes.peek(), Some(b'"' | b'\\')) {
            out.extend(bytes.next());
        } else {
            out.push(byte);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(raw: &[u8]) -> Option<String> {
        Parameters::parse(raw).get("filename")
    }

    #[test]
    fn file_names_are_read_however_they_are_written() {
        let expected = Some("报名表.doc".to_owned());
        assert_eq!(name("attachment; filename=\"报名表.doc\"".as_bytes()), expected);
        assert!(name(b"attachment; filename=\"=?GB18030?B?sajD+7Htu7PP8C5kb2M=?=\"").is_some());
        assert_eq!(
            name(b"attachment;\r\n\tfilename*=UTF-8''%E6%8A%A5%E5%90%8D%E8%A1%A8.doc"),
            expected
        );
        assert_eq!(
            name(b"attachment; filename=\"bad.doc\"; filename*0*=gb2312''%B1%A8%C3; filename*1*=%FB%B1%ED; filename*2=.doc"),
            expected
        );
        let mut raw = b"attachment; filename=".to_vec();
        raw.extend_from_slice(&encoding_rs::GBK.encode("报名表.doc").0);
        assert_eq!(name(&raw), expected);
    }
}
