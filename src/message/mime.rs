//! The parts of a message. The only file that knows the MIME parser.

use std::borrow::Cow;
use std::sync::LazyLock;

use mail_parser::{HeaderName, MessageParser, PartType};

use super::params::Parameters;
use super::{prescan, transfer};

/// More parts than any honest mail has; what lies beyond is not looked at.
const MOST_PARTS: usize = 300;

/// More header fields than any honest mail has.
const MOST_FIELDS: usize = 1_000;
/// Longer values are cut, in bytes.
const LONGEST_VALUE: usize = 50_000;

/// One part of a message; `parts.first()` is the message itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Part<'a> {
    /// The header fields in their order: name as written, raw value.
    pub fields: Vec<(Cow<'a, str>, &'a [u8])>,
    /// The parsed Content-Type.
    pub content_type: Parameters,
    /// The parsed Content-Disposition.
    pub disposition: Parameters,
    /// The undecoded content; empty for a multipart.
    pub body: &'a [u8],
    /// The places of the parts within this one.
    pub children: Vec<usize>,
}

impl<'a> Part<'a> {
    /// The raw value of the first field of this name.
    #[must_use]
    pub(super) fn field(&self, name: &str) -> Option<&'a [u8]> {
        self.fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }

    /// A field as trimmed, lossy text; for fields that are ASCII by rule.
    #[must_use]
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.field(name).map(|value| lossy(value).trim().to_owned())
    }

    /// The media type, `text/plain` where none is given.
    #[must_use]
    pub(super) fn media(&self) -> &str {
        if self.content_type.value.contains('/') { &self.content_type.value } else { "text/plain" }
    }

    /// The file name, when the part has one.
    #[must_use]
    pub(super) fn name(&self) -> Option<String> {
        self.disposition.get("filename").or_else(|| self.content_type.get("name"))
    }

    /// Whether it came as a file rather than as text to read.
    #[must_use]
    pub(super) fn is_file(&self) -> bool {
        self.disposition.value == "attachment" || self.name().is_some()
    }

    /// The content without its transfer encoding.
    #[must_use]
    pub(super) fn content(&self) -> Vec<u8> {
        let encoding = self.text("content-transfer-encoding").unwrap_or_default();
        match encoding.to_ascii_lowercase().as_str() {
            "base64" => {
                let (bytes, damaged) = transfer::base64(self.body);
                // Text that was only labelled base64 is kept as it is.
                let text = damaged && self.body.iter().any(|byte| *byte >= 0x80);
                if text { self.body.to_vec() } else { bytes }
            }
            "quoted-printable" => transfer::quoted_printable(self.body, false),
            _ => self.body.to_vec(),
        }
    }
}

/// The same as [`String::from_utf8_lossy`], which is slow where nothing is wrong.
fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// Decodes nothing but the Content-Type.
static PARSER: LazyLock<MessageParser> = LazyLock::new(|| {
    MessageParser::new().header_content_type(HeaderName::ContentType).default_header_raw()
});

/// Cuts a message into its parts.
#[must_use]
pub(super) fn cut(raw: &[u8]) -> Vec<Part<'_>> {
    let copy = prescan::harmless(raw);
    let Some(parsed) = PARSER.parse(&copy) else {
        return vec![Part { body: raw, ..Part::default() }];
    };
    let parts = parsed.parts.iter().take(MOST_PARTS).map(|part| {
        let range = |from: u32, to: u32| raw.get(from as usize..to as usize).unwrap_or(&[]);
        let fields: Vec<_> = part
            .headers
            .iter()
            .take(MOST_FIELDS)
            .map(|header| {
                let name = range(header.offset_field, header.offset_start);
                let name = name.split(|byte| *byte == b':').next().unwrap_or(&[]);
                let value = range(header.offset_start, header.offset_end);
                let value = value.get(..LONGEST_VALUE).unwrap_or(value);
                (lossy(name.trim_ascii()), value)
            })
            .collect();
        let children: Vec<usize> = match &part.body {
            PartType::Multipart(children) => children.iter().map(|id| *id as usize).collect(),
            _ => Vec::new(),
        };
        let multipart = matches!(part.body, PartType::Multipart(_));
        let body = if multipart { &[][..] } else { range(part.offset_body, part.offset_end) };
        let mut part = Part { fields, body, children, ..Part::default() };
        part.content_type = part.field("content-type").map(Parameters::parse).unwrap_or_default();
        part.disposition =
            part.field("content-disposition").map(Parameters::parse).unwrap_or_default();
        part
    });
    let mut parts: Vec<Part<'_>> = parts.collect();
    if parts.is_empty() {
        parts.push(Part { body: raw, ..Part::default() });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folded_boundary_does_not_swallow_the_parts() {
        let raw = b"Subject: x\r\nContent-Type: multipart/mixed; boundary=\r\n\t\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Disposition: attachment;\r\n filename=\r\n\t\"a.txt\"\r\n\r\nfile\r\n--b--\r\n";
        let parts = cut(raw);
        assert_eq!(parts.len(), 3);
        assert_eq!(parts[0].children, [1, 2]);
        assert_eq!(parts[1].content(), b"hello");
        assert_eq!(parts[2].name().as_deref(), Some("a.txt"));
    }

    #[test]
    fn a_hundred_thousand_nested_messages_are_one_part() {
        let bomb = "Content-Type: message/rfc822\r\n\r\n".repeat(100_000);
        assert_eq!(cut(bomb.as_bytes()).len(), 1);
    }
}
