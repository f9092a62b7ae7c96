//! `winmail.dat` (TNEF, MS-OXTNEF): Outlook's wrapping of attachments.

use super::super::charset;
use super::super::document::UnreadKind;
use super::{File, Opened, open};

/// Begins a new attachment.
const ATTACH_REND_DATA: u16 = 0x9002;
/// Its title, in the sender's code page.
const ATTACH_TITLE: u16 = 0x8010;
/// Its content.
const ATTACH_DATA: u16 = 0x800f;
/// Its properties, the long name among them.
const ATTACH_PROPERTIES: u16 = 0x9005;
/// The property of the long file name.
const LONG_NAME: u16 = 0x3707;
/// More attachments than anybody sends.
const MOST_FILES: usize = 100;

#[derive(Default)]
struct Wrapped {
    title: String,
    long: Option<String>,
    data: Vec<u8>,
}

/// Opens what is wrapped.
#[must_use]
pub(super) fn read(file: File<'_>) -> Opened {
    let mut wrapped: Vec<Wrapped> = Vec::new();
    let mut rest = file.bytes.get(6..).unwrap_or(&[]);
    while let Some((id, data, next)) = attribute(rest) {
        rest = next;
        if id == ATTACH_REND_DATA && wrapped.len() < MOST_FILES {
            wrapped.push(Wrapped::default());
        }
        let Some(current) = wrapped.last_mut() else { continue };
        match id {
            ATTACH_TITLE => current.title = text(data),
            ATTACH_DATA => current.data = data.to_vec(),
            ATTACH_PROPERTIES => current.long = long_name(data),
            _ => {}
        }
    }
    let mut opened = Opened::default();
    for Wrapped { title, long, data } in wrapped {
        let name = long.unwrap_or(title);
        if file.depth >= super::DEEPEST {
            break;
        }
        let inner = open(File { name: &name, media: "", bytes: &data, depth: file.depth + 1 });
        // A logo in the signature comes wrapped too.
        let logo = |name: &str| {
            let lower = name.to_lowercase();
            lower.starts_with("image")
                || [".gif", ".emz", ".wmz", "logo"].iter().any(|mark| lower.contains(mark))
        };
        opened.documents.extend(inner.documents);
        opened.unread.extend(
            inner
                .unread
                .into_iter()
                .filter(|unread| !(unread.kind == UnreadKind::Image && logo(&unread.name))),
        );
    }
    opened
}

/// Level, id, length, data, checksum.
fn attribute(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let id = u16::from_le_bytes(bytes.get(1..3)?.try_into().ok()?);
    let length = usize::try_from(u32::from_le_bytes(bytes.get(5..9)?.try_into().ok()?)).ok()?;
    let end = length.checked_add(9)?;
    Some((id, bytes.get(9..end)?, bytes.get(end.checked_add(2)?..)?))
}

fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    charset::decode(bytes.get(..end).unwrap_or(&[]), None)
}

/// Looks for the long name's property: type string (0x1e) or wide string (0x1f), one value, its
/// length, its bytes.
fn long_name(bytes: &[u8]) -> Option<String> {
    let tag = LONG_NAME.to_le_bytes();
    let at = bytes.windows(4).position(|part| {
        part.get(2..4) == Some(&tag) && matches!(part.get(..2), Some([0x1e | 0x1f, 0]))
    })?;
    let wide = bytes.get(at) == Some(&0x1f);
    let length =
        usize::try_from(u32::from_le_bytes(bytes.get(at + 8..at + 12)?.try_into().ok()?)).ok()?;
    let value = bytes.get(at + 12..(at + 12).checked_add(length)?)?;
    if wide {
        let units: Vec<u16> = value
            .chunks_exact(2)
            .map(|pair| {
                u16::from_le_bytes([
                    pair.first().copied().unwrap_or(0),
                    pair.get(1).copied().unwrap_or(0),
                ])
            })
            .take_while(|unit| *unit != 0)
            .collect();
        return Some(String::from_utf16_lossy(&units));
    }
    Some(text(value))
}
