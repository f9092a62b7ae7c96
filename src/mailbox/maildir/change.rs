//! What is done to messages of a Maildir once they are safe in the store.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::scan::{scan, unique};
use super::{Options, folder_path, off_thread};
use crate::mailbox::After;
use crate::mailbox::error::Error;

/// Marks or moves messages. One that is not there any more counts as done.
pub(in crate::mailbox) async fn settle(
    options: &Options,
    after: &After,
    folder: &str,
    uids: &[u64],
) -> Result<(), Error> {
    let from = folder_path(&options.path, folder)?;
    let target = match after {
        After::Keep => return Ok(()),
        After::Seen => None,
        After::Move(folder) => Some(folder_path(&options.path, folder)?),
    };
    let uids = uids.to_vec();
    off_thread(options.path.clone(), move || change(&from, target.as_deref(), &uids)).await
}

fn change(from: &Path, target: Option<&Path>, uids: &[u64]) -> Result<(), Error> {
    if let Some(target) = target {
        for part in ["tmp", "new", "cur"] {
            let path = target.join(part);
            fs::create_dir_all(&path).map_err(|reason| Error::Files { path, reason })?;
        }
    }
    let paths = scan(from)?.paths;
    for path in uids.iter().filter_map(|uid| paths.get(uid)) {
        let to = match target {
            Some(target) => target.join("cur").join(flagged(path, None)),
            None => from.join("cur").join(flagged(path, Some('S'))),
        };
        rename(path, &to)?;
    }
    Ok(())
}

/// The file's name with its flags, one added: `1631493060.M1.host:2,FS`. Flags stand in
/// alphabetical order.
fn flagged(path: &Path, add: Option<char>) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let flags = name.split_once(":2,").map_or("", |(_, flags)| flags);
    let mut flags: Vec<char> = flags.chars().chain(add).collect();
    flags.sort_unstable();
    flags.dedup();
    format!("{}:2,{}", unique(&name), flags.into_iter().collect::<String>()).into()
}

fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    match fs::rename(from, to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Error::Files { path: from.to_owned(), reason: error })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_added_in_order_and_once() {
        for (name, add, expected) in [
            ("new/1.a", Some('S'), "1.a:2,S"),
            ("cur/1.a:2,RT", Some('S'), "1.a:2,RST"),
            ("cur/1.a:2,S", Some('S'), "1.a:2,S"),
            ("cur/1.a:2,F", None, "1.a:2,F"),
        ] {
            assert_eq!(flagged(Path::new(name), add), Path::new(expected));
        }
    }
}
