//! `.zip`: each member is a file of its own.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::super::charset;
use super::super::document::UnreadKind;
use super::{File, Opened, open};

/// More members than anybody sends.
const MOST_MEMBERS: usize = 200;
/// All members together, unpacked, in bytes.
const LARGEST_TOTAL: u64 = 100 << 20;

/// Opens an archive; its members in its order.
#[must_use]
pub(super) fn read(file: File<'_>) -> Opened {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(file.bytes)) else {
        return file.unread(UnreadKind::Damaged, "压缩包损坏，无法打开").into();
    };
    let mut opened = Opened::default();
    let mut left = LARGEST_TOTAL;
    for place in 0..archive.len().min(MOST_MEMBERS) {
        let (name, folder, locked) = match archive.by_index_raw(place) {
            Ok(member) => (name(member.name_raw()), member.is_dir(), member.encrypted()),
            Err(_) => continue,
        };
        let base = name.rsplit(['/', '\\']).next().unwrap_or(&name);
        if folder
            || base.is_empty()
            || base.starts_with('.')
            || name.starts_with("__MACOSX")
            || base.starts_with("~$")
            || matches!(base, "Thumbs.db" | "desktop.ini")
        {
            continue;
        }
        let shown = format!("{} › {base}", file.name);
        let mut bytes = Vec::new();
        let inner = |bytes| File { name: &shown, media: "", bytes, depth: file.depth + 1 };
        if locked {
            opened.unread.push(file.unread(UnreadKind::Locked, "压缩包有密码，无法打开"));
            break;
        }
        let unpacked = archive
            .by_index(place)
            .ok()
            .and_then(|member| member.take(left + 1).read_to_end(&mut bytes).ok());
        if unpacked.is_none() {
            opened.unread.push(inner(&[]).unread(UnreadKind::Damaged, "压缩包中的文件损坏"));
            continue;
        }
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > left || file.depth >= super::DEEPEST {
            opened
                .unread
                .push(inner(&[]).unread(UnreadKind::Oversize, "压缩包解开后过大或层数过多"));
            break;
        }
        left -= size;
        let member = open(inner(&bytes));
        opened.documents.extend(member.documents);
        opened.unread.extend(member.unread);
    }
    if opened.documents.is_empty() && opened.unread.is_empty() {
        return file.unread(UnreadKind::Damaged, "压缩包是空的").into();
    }
    opened
}

/// Windows writes member names in GBK without saying so.
fn name(raw: &[u8]) -> String {
    charset::decode(raw, None)
}
