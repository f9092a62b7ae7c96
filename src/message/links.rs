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

/// Finds a link to an oversize attachment in text or page source.
#[must_use]
pub(super) fn find(source: &str) -> Option<Unread> {
    // Each mark holds one of these, and short words are found many times as fast as long ones.
    if !["163.com/", "-ATTACHMENT", "mail.qq.com/"].iter().any(|word| source.contains(word)) {
        return None;
    }
    let (_, store) = STORES.iter().find(|(mark, _)| source.contains(mark))?;
    Some(Unread {
        name: (*store).to_owned(),
        kind: UnreadKind::Link,
        reason: "以链接形式发送的超大附件，系统不会自动下载".to_owned(),
    })
}
