//! All that the two databases do differently: how they are addressed, set up, and how exclusive
//! work begins.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Any, SqlSafeStr, Transaction};

use super::{Error, Result, Store};
use crate::fault;

/// Which database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// One file, at this path.
    Sqlite(PathBuf),
    /// A server.
    Postgres,
}

/// A migration with its text for SQLite and for PostgreSQL.
macro_rules! migration {
    ($version:literal, $name:literal) => {
        (
            $version,
            $name,
            include_str!(concat!("../../migrations/sqlite/", $name, ".sql")),
            include_str!(concat!("../../migrations/postgres/", $name, ".sql")),
        )
    };
}

/// The tables, compiled in: nothing is looked for in a working directory.
const MIGRATIONS: [(i64, &str, &str, &str); 12] = [
    migration!(1, "0001_ledger"),
    migration!(2, "0002_roster"),
    migration!(3, "0003_letters"),
    migration!(4, "0004_journal"),
    migration!(5, "0005_service"),
    migration!(6, "0006_copies"),
    migration!(7, "0007_lines"),
    migration!(8, "0008_days"),
    migration!(9, "0009_organizations"),
    migration!(10, "0010_endings"),
    migration!(11, "0011_several"),
    migration!(12, "0012_closing"),
];

/// The newest schema that this program knows.
pub(super) const SCHEMA: i64 = 12;

impl Dialect {
    /// Which database an address names.
    pub(super) fn of(url: &str) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if !path.is_empty() && !path.starts_with(':') && !path.contains('?') {
                return Ok(Self::Sqlite(path.into()));
            }
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres);
        }
        // What stands before the first `@` may be a password.
        Err(Error::Address(url.rsplit('@').next().unwrap_or_default().into()))
    }

    pub(super) fn migrator(&self) -> Migrator {
        let migrations = MIGRATIONS.iter().map(|&(version, name, sqlite, postgres)| {
            let text = if *self == Self::Postgres { postgres } else { sqlite };
            let text = text.into_sql_str();
            Migration::new(version, name.into(), MigrationType::Simple, text, false)
        });
        Migrator::with_migrations(migrations.collect())
    }

    /// What every new connection is told.
    pub(super) fn on_connect(&self, patience: Duration, reads_only: bool) -> String {
        let patience = patience.as_millis();
        match self {
            // A commit is on the disk when it returns (`synchronous`); larger write-ahead logs
            // spare a bulk load most of its checkpoints (8192 pages of 16 KiB are 128 MiB; a new
            // file gets such pages, so that most mails fit into one or two); the writer's
            // cache (KiB) holds the upper parts of all indexes; nothing is put into temporary
            // files, which nobody would seal.
            Self::Sqlite(_) => format!(
                "pragma busy_timeout = {patience};
                 pragma synchronous = full;
                 pragma foreign_keys = on;
                 pragma temp_store = memory;
                 pragma page_size = 16384;
                 pragma wal_autocheckpoint = 8192;
                 pragma cache_size = {};
                 pragma query_only = {};",
                if reads_only { -2_048 } else { -16_384 },
                if reads_only { "on" } else { "off" }
            ),
            // A commit is on the disk when it returns, whatever the server's own setting.
            Self::Postgres => format!(
                "set lock_timeout = {patience};
                 set synchronous_commit = on;
                 set default_transaction_read_only = {};",
                if reads_only { "on" } else { "off" }
            ),
        }
    }
}

impl Store {
    /// Begins a transaction that nobody else has at the same time: SQLite knows one writer, taken
    /// at once; on PostgreSQL a plain `begin` would let two decisions count the same free places,
    /// so each takes its turn at one row. (Event rows would not do: a new event has none yet.)
    pub(super) async fn exclusive(&self) -> Result<Transaction<'static, Any>> {
        let mut tx = self.transaction().await?;
        if self.0.dialect == Dialect::Postgres {
            sqlx::query("select value from meta where name = 'turn' for update")
                .fetch_all(&mut *tx)
                .await?;
        }
        Ok(tx)
    }

    /// Begins a transaction that writes rows which need no turn: a letter's claim does not wait
    /// for a decision where the database allows that.
    pub(super) async fn transaction(&self) -> Result<Transaction<'static, Any>> {
        let begin = match self.0.dialect {
            // A plain `begin` fails when its first statement reads and another wants to write.
            Dialect::Sqlite(_) => "begin immediate",
            Dialect::Postgres => "begin isolation level read committed",
        };
        fault::call("database")?;
        Ok(self.0.writers.begin_with(begin).await?)
    }
}

/// Commits. An error means that nothing was written, or (a server that went away before it could
/// say so) that nobody knows: whoever gets it looks again at what is there.
pub(super) async fn commit(tx: Transaction<'_, Any>) -> Result<()> {
    fault::point("before-commit");
    fault::call("database")?;
    tx.commit().await?;
    fault::point("after-commit");
    // As when the answer is lost on its way.
    Ok(fault::call("database")?)
}

/// A SQLite path as the address that sqlx understands, whatever characters it has.
pub(super) fn sqlite_url(path: &Path) -> String {
    path.as_os_str().as_encoded_bytes().iter().fold("sqlite:".to_owned(), |mut url, &byte| {
        if byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(url, "%{byte:02X}");
        }
        url
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_migration_is_the_schema() {
        assert_eq!(MIGRATIONS.last().unwrap().0, SCHEMA);
    }

    #[test]
    fn an_address_names_its_database_and_an_error_hides_its_password() {
        assert_eq!(Dialect::of("sqlite:a/b.db").unwrap(), Dialect::Sqlite("a/b.db".into()));
        assert_eq!(Dialect::of("sqlite:///a/b.db").unwrap(), Dialect::Sqlite("/a/b.db".into()));
        assert_eq!(Dialect::of("postgres://u:p@h/d").unwrap(), Dialect::Postgres);
        for wrong in ["mysql://u:secret@h/d", "sqlite::memory:", "sqlite:", "/var/lib/x.db"] {
            let told = Dialect::of(wrong).unwrap_err().to_string();
            assert!(!told.contains("secret"), "{told}");
        }
        assert_eq!(
            sqlite_url(Path::new("/a b/报名?.db")),
            "sqlite:/a%20b/%E6%8A%A5%E5%90%8D%3F.db"
        );
    }
}
