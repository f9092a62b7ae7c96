//! Oversize attachments are links to the provider's storage, not parts: recognised, never fetched.

use super::document::{Unread, UnreadKind};

/// Where 163 and QQ keep oversize attachments.
const STORES: [(&str, &str); 7] = [
    ("mail.163.com/large-attachment-download", "网易邮箱超大附件"),
    ("X-NETEASE-HUGE-ATTACHMENT", "网易邮箱超大附件"),
    ("X-NTES-HUGE-ATTACHMENT", "网易邮箱超大附件"),
    ("dashi.163.com/html/cloud-attachment-download", "网易邮箱云附件"),
    ("u.163.com/", "网易邮箱云附件"),
    ("mail.qq.com/ftn/download", "QQ邮箱超大附件"),
    ("mail.qq.com/cgi-bin/ftnExs_download", "QQ邮箱超大附件"),
];

/// Whether there can be such a link. Each mark holds one of these, and short words are found many
/// times as fast as long ones.
#[must_use]
pub(super) fn may_be_in(source: &[u8]) -> bool {
    let words: [&[u8]; 3] = [b"163.com/", b"-ATTACHMENT", b"mail.qq.com/"];
    words.iter().any(|word| memchr::memmem::find(source, word).is_some())
}

/// Finds a link to an oversize attachment in text or page source.
#[must_use]
pub(super) fn find(source: &str) -> Option<Unread> {
    if !may_be_in(source.as_bytes()) {
        return None;
    }
    let (_, store) = STORES.iter().find(|(mark, _)| source.contains(mark))?;
    Some(Unread {
        name: (*store).to_owned(),
        kind: UnreadKind::Link,
        reason: "以链接形式发送的超大附件，系统不会自动下载".to_owned(),
    })
}
