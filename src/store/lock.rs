//! One daemon a SQLite file.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use super::dialect::Dialect;
use super::{Error, Result, Store};

/// Held by `run` and `once` as long as they work; dropping it, or dying, gives the database free.
#[derive(Debug)]
pub struct DaemonLock {
    file: Option<File>,
}

impl DaemonLock {
    /// Whether its holder is the only daemon of the database.
    #[must_use]
    pub fn is_only(&self) -> bool {
        self.file.is_some()
    }
}

impl Store {
    /// Takes the daemon's lock, or says who has it ([`Error::Served`]). On PostgreSQL several
    /// daemons share the work; there the lock is always given.
    pub fn lock_daemon(&self) -> Result<DaemonLock> {
        let Dialect::Sqlite(database) = &self.0.dialect else {
            return Ok(DaemonLock { file: None });
        };
        let mut path = database.clone().into_os_string();
        path.push(".lock");
        let path = PathBuf::from(path);
        let trouble = |source: io::Error| Error::File {
            path: path.clone(),
            what: "the lock file beside the database cannot be used: it must be writable for the \
                   service's user",
            source,
        };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(trouble)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let read = file.read_to_string(&mut holder);
                let holder =
                    read.ok().map(|_| holder.trim().to_owned()).filter(|id| !id.is_empty());
                let holder = holder.unwrap_or_else(|| "?".into());
                return Err(Error::Served { path: database.clone(), holder });
            }
            Err(TryLockError::Error(source)) => return Err(trouble(source)),
        }
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "{}", std::process::id()))
            .map_err(trouble)?;
        Ok(DaemonLock { file: Some(file) })
    }
}
