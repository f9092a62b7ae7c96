//! Which folder the settings mean: by its name, or by what the server uses it for (RFC 6154).

use async_imap::imap_proto::{MailboxDatum, NameAttribute, Response};

use super::link::{Ended, Link};
use crate::mailbox::error::{Error, Step};
use crate::mailbox::utf7;

/// A folder that the server lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Folder {
    /// The name for commands.
    wire: String,
    /// The name for people.
    name: String,
    purpose: Option<Purpose>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Junk,
    Sent,
    Trash,
}

/// The folders that can be opened. A refusal gives none: the settings' names are tried as they are.
pub(super) async fn list(link: &mut Link) -> Result<Vec<Folder>, Error> {
    let mut folders = Vec::new();
    let bounds = link.small();
    let ended = link
        .try_exec(Step::Folders, "LIST \"\" \"*\"", bounds, |response| {
            if let Response::MailboxData(MailboxDatum::List(data)) = response
                && !data.name_attributes.contains(&NameAttribute::NoSelect)
            {
                let purpose = data.name_attributes.iter().find_map(|attribute| match attribute {
                    NameAttribute::Junk => Some(Purpose::Junk),
                    NameAttribute::Sent => Some(Purpose::Sent),
                    NameAttribute::Trash => Some(Purpose::Trash),
                    _ => None,
                });
                let wire = data.name.to_string();
                folders.push(Folder { name: utf7::decode(&wire), wire, purpose });
            }
            Ok(())
        })
        .await?;
    match ended {
        Ended::Ok | Ended::No(_) => Ok(folders),
        Ended::Bad(words) => Err(Error::protocol(Step::Folders, words)),
    }
}

/// The wire name of what the settings call `folder`: a folder of that name, else the one that the
/// server uses for it (`Junk` is `垃圾邮件` at NetEase), else the name itself in modified UTF-7.
pub(super) fn resolve(folder: &str, folders: &[Folder]) -> String {
    let named = folders.iter().find(|one| one.name == folder);
    let meant = || {
        let purpose = purpose(folder)?;
        folders.iter().find(|one| one.purpose == Some(purpose))
    };
    named.or_else(meant).map_or_else(|| utf7::encode(folder), |found| found.wire.clone())
}

fn purpose(name: &str) -> Option<Purpose> {
    match name.to_lowercase().as_str() {
        "junk" | "spam" | "垃圾邮件" | "垃圾箱" => Some(Purpose::Junk),
        "sent" | "sent messages" | "sent items" | "已发送" | "已发送邮件" => {
            Some(Purpose::Sent)
        }
        "trash" | "deleted messages" | "已删除" | "已删除邮件" => Some(Purpose::Trash),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_found_by_name_then_by_its_use() {
        let folder = |wire: &str, purpose| Folder {
            wire: wire.to_owned(),
            name: utf7::decode(wire),
            purpose,
        };
        let netease = [
            folder("INBOX", None),
            folder("&XfJT0ZAB-", Some(Purpose::Sent)),
            folder("&XfJSIJZk-", Some(Purpose::Trash)),
            folder("&V4NXPpCuTvY-", Some(Purpose::Junk)),
            folder("&Xn9USpCuTvY-", None),
        ];
        for (name, wire) in [
            ("Junk", "&V4NXPpCuTvY-"),
            ("垃圾邮件", "&V4NXPpCuTvY-"),
            ("Sent", "&XfJT0ZAB-"),
            ("已发送", "&XfJT0ZAB-"),
            ("Trash", "&XfJSIJZk-"),
            ("广告邮件", "&Xn9USpCuTvY-"),
            ("订阅邮件", "&i6KWBZCuTvY-"),
        ] {
            assert_eq!(resolve(name, &netease), wire, "{name}");
        }
        let own = [folder("Junk", None), folder("Spam", Some(Purpose::Junk))];
        assert_eq!(resolve("Junk", &own), "Junk", "a folder of that very name comes first");
    }
}
