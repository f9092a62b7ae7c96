//! A Maildir on this machine: mail that another program (Postfix, fetchmail, Dovecot) puts there.
//!
//! A message's name is the unique part of its file name, which stays when its flags change or when
//! it goes from `new/` to `cur/`; its arrival is the seconds that the file name begins with.
//! Folders are those of Maildir++: `.Junk` below the root, names in modified UTF-7.

mod change;
mod scan;
mod session;

use std::path::{Path, PathBuf};

use super::error::Error;
use super::source::Finding;
use super::utf7;
use crate::clock::Clock;

pub(super) use change::settle;
pub(super) use session::Session;

/// A Maildir.
#[derive(Clone, Debug)]
pub struct Options {
    /// The mailbox's name in the settings.
    pub mailbox: String,
    /// The folder that holds `new/` and `cur/`.
    pub path: PathBuf,
    /// The largest message that is taken whole, in bytes; of a larger one only the head is.
    pub largest: u64,
}

/// The directory of a folder.
fn folder_path(root: &Path, folder: &str) -> Result<PathBuf, Error> {
    if folder.eq_ignore_ascii_case("INBOX") {
        return Ok(root.to_owned());
    }
    if folder.split(['/', '.']).any(str::is_empty) {
        return Err(Error::Folder {
            folder: folder.to_owned(),
            words: "this cannot be the name of a Maildir folder".to_owned(),
        });
    }
    Ok(root.join(format!(".{}", utf7::encode(&folder.replace('/', ".")))))
}

/// Runs work on files away from the tasks that must stay quick.
async fn off_thread<T: Send + 'static>(
    path: PathBuf,
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(Error::Files { path, reason: std::io::Error::other(error) }))
}

/// Opens and lists every folder.
pub(super) async fn check(options: &Options, clock: &Clock, folders: &[String]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for folder in folders {
        let outcome = match Session::open(options, clock) {
            Ok(mut session) => match session.examine(folder) {
                Ok(()) => session.list().await.map(|listed| format!("{} messages", listed.len())),
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        };
        findings.push(Finding { what: format!("folder {folder}"), outcome });
    }
    findings
}
