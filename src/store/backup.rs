//! A consistent copy of a running database, without the key.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::str::FromStr;

use sqlx::any::AnyConnectOptions;
use sqlx::{ConnectOptions, Connection};

use super::dialect::{Dialect, sqlite_url};
use super::{Error, Result, Store};

impl Store {
    /// Writes a copy to `file` (mode 0600), which must not exist. The service goes on meanwhile.
    /// SQLite only: PostgreSQL has its own way.
    pub async fn backup(&self, file: &Path) -> Result<()> {
        let Dialect::Sqlite(database) = &self.0.dialect else {
            return Err(Error::Unsupported(
                "a PostgreSQL database is copied by its own tool: `pg_dump --format=custom`",
            ));
        };
        let trouble = |source: io::Error| Error::File {
            path: file.into(),
            what: "the copy cannot be written: name a file that does not exist yet, in a folder \
                   that you may write",
            source,
        };
        let target = file.to_str().ok_or_else(|| trouble(io::ErrorKind::InvalidInput.into()))?;
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).map_err(trouble)?;
        let copied = copy(database, target).await;
        if copied.is_err() {
            // What is left is no copy; that it cannot be removed is not the news.
            let _ = fs::remove_file(file);
        }
        copied?;
        File::open(file).and_then(|file| file.sync_all()).map_err(trouble)
    }
}

/// Over a connection of its own: the pool's writer would keep decisions waiting.
async fn copy(database: &Path, target: &str) -> Result<()> {
    let connect = AnyConnectOptions::from_str(&sqlite_url(database))?.disable_statement_logging();
    let mut conn = connect.connect().await?;
    sqlx::query("vacuum into $1").bind(target).execute(&mut conn).await?;
    Ok(conn.close().await?)
}
