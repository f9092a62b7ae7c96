//! One daemon a SQLite file.

use std::fs::File;

use super::{Result, Store};

/// Held by `run` and `once` as long as they work; dropping it gives the database free.
#[derive(Debug)]
pub struct DaemonLock {
    _file: Option<File>,
}

impl Store {
    /// Takes the daemon's lock, or says who has it ([`super::Error::Served`]). On PostgreSQL
    /// several daemons share the work; there the lock is always given.
    pub async fn lock_daemon(&self) -> Result<DaemonLock> {
        super::pending()
    }
}
