//! A file that a clerk hands in.

use std::fs;
use std::path::Path;

use super::failure::Failure;

/// The largest file that is read: a list that people typed is far below it.
const LARGEST: u64 = 20 * 1024 * 1024;

/// Its name and its bytes.
pub(super) fn file(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    let name = path.display();
    let unreadable = |error: std::io::Error| Failure::new(format!("{name} 读不出来：{error}"));
    if fs::metadata(path).map_err(unreadable)?.len() > LARGEST {
        return Err(Failure::new(format!("{name} 超过 20MB，不像一份名单；请拆小后再录入")));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), bytes))
}
