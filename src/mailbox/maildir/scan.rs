//! The files of a Maildir folder.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::fault;
use crate::mailbox::Listed;
use crate::mailbox::error::Error;

/// A folder's messages and where each lies.
pub(super) struct Scan {
    pub(super) listed: Vec<Listed>,
    pub(super) paths: HashMap<u64, PathBuf>,
}

/// Looks through `new/` and `cur/`. A file that goes from one to the other meanwhile is found at
/// least once, because `new/` comes first; found twice it counts once.
pub(super) fn scan(folder: &Path) -> Result<Scan, Error> {
    let mut scan = Scan { listed: Vec::new(), paths: HashMap::new() };
    for part in ["new", "cur"] {
        let path = folder.join(part);
        scan_part(&path, &mut scan).map_err(|reason| Error::Files { path, reason })?;
    }
    scan.listed.sort_unstable_by_key(|one| one.uid);
    Ok(scan)
}

fn scan_part(part: &Path, scan: &mut Scan) -> io::Result<()> {
    fault::call("file")?;
    for entry in fs::read_dir(part)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        // The entry's own metadata: a link to elsewhere is no message.
        let metadata = match entry.metadata() {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(_) => continue,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        let unique = unique(&name);
        let uid = uid(unique);
        if scan.paths.insert(uid, entry.path()).is_none() {
            let arrived = arrived(unique).or_else(|| Timestamp::from_second(metadata.mtime()).ok());
            let arrived = arrived.unwrap_or(Timestamp::UNIX_EPOCH);
            scan.listed.push(Listed { uid, arrived, size: metadata.len() });
        }
    }
    Ok(())
}

/// The part of a file name that never changes: all before the flags (`:2,S`).
pub(super) fn unique(name: &str) -> &str {
    name.split_once(':').map_or(name, |(unique, _)| unique)
}

/// A number of 63 bits (it fits a BIGINT) made from the unique part, never 0.
pub(super) fn uid(unique: &str) -> u64 {
    let digest = Sha256::digest(unique.as_bytes());
    let first = digest.first_chunk::<8>().copied().unwrap_or_default();
    (u64::from_be_bytes(first) >> 1).max(1)
}

/// When the file was delivered, by its name: seconds, then, after an `M`, microseconds
/// (cr.yp.to/proto/maildir.html). To the millisecond, as the ledger keeps it.
fn arrived(unique: &str) -> Option<Timestamp> {
    let (seconds, rest) = unique.split_once('.')?;
    let seconds: i64 = seconds.parse().ok().filter(|seconds| *seconds > 0)?;
    let digits = |part: &str| part.split(|it: char| !it.is_ascii_digit()).next()?.parse().ok();
    let micros: i64 = rest.split_once('M').and_then(|(_, part)| digits(part)).unwrap_or(0);
    Timestamp::from_millisecond(seconds.checked_mul(1000)? + micros.min(999_999) / 1000).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_keeps_its_number_when_its_flags_change() {
        let plain = "1631493060.M1P2.host,S=12";
        assert_eq!(uid(unique(plain)), uid(unique("1631493060.M1P2.host,S=12:2,FS")));
        assert_ne!(uid(unique(plain)), uid(unique("1631493060.M1P3.host,S=12")));
        assert!(uid(plain) <= u64::MAX >> 1);
    }

    #[test]
    fn two_messages_of_one_second_are_told_apart_by_their_microseconds() {
        let time = |name: &str| arrived(name).map(|time| time.to_string());
        assert_eq!(time("1631493060.M1P2.host,S=12").unwrap(), "2021-09-13T00:31:00Z");
        assert_eq!(time("1631493060.M742199P2.host").unwrap(), "2021-09-13T00:31:00.742Z");
        assert_eq!(time("1631493060.V801I2M9999999999").unwrap(), "2021-09-13T00:31:00.999Z");
        assert_eq!(time("1631493060.742.host").unwrap(), "2021-09-13T00:31:00Z");
        assert_eq!(time("message"), None);
        assert_eq!(time("message.M1"), None);
    }
}
