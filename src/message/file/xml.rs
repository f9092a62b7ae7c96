//! The members of a zipped office file, and a small tree of their XML.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// A member larger than this is hostile, in bytes.
const LARGEST_MEMBER: u64 = 64 << 20;

/// An opened archive.
pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// A member's bytes.
pub(super) fn member(archive: &mut Archive<'_>, name: &str) -> Option<Vec<u8>> {
    let file = archive.by_name(name).ok()?;
    let mut bytes = Vec::new();
    file.take(LARGEST_MEMBER).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Something met in an XML text.
#[derive(Debug)]
pub(super) enum Token {
    /// An element opens: local name and attributes by local name.
    Open(String, Vec<(String, String)>),
    /// An element closes.
    Close(String),
    /// Text.
    Text(String),
}

/// Goes through an XML text; stops quietly where it is broken.
pub(super) fn tokens(xml: &[u8], mut take: impl FnMut(Token)) {
    let text = String::from_utf8_lossy(xml);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => take(Token::Open(local(&start), attributes(&start))),
            Ok(Event::Empty(start)) => {
                let name = local(&start);
                take(Token::Open(name.clone(), attributes(&start)));
                take(Token::Close(name));
            }
            Ok(Event::End(end)) => take(Token::Close(bare(end.name().as_ref()))),
            Ok(Event::Text(text)) => take(Token::Text(text.as_ref().to_owned())),
            Ok(Event::CData(text)) => take(Token::Text(text.as_ref().to_owned())),
            Ok(Event::GeneralRef(entity)) => take(Token::Text(resolve(entity.as_ref()))),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

fn bare(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_owned()
}

fn local(start: &BytesStart<'_>) -> String {
    bare(start.name().as_ref())
}

fn attributes(start: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut attributes = start.attributes();
    let attributes = attributes.with_checks(false).flatten();
    attributes.map(|attribute| (bare(attribute.key.as_ref()), unescape(&attribute.value))).collect()
}

fn unescape(value: &str) -> String {
    quick_xml::escape::unescape(value)
        .map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned)
}

fn resolve(entity: &str) -> String {
    unescape(&format!("&{entity};"))
}

/// An attribute's value.
pub(super) fn get<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}
