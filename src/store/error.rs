//! What can go wrong with what is kept, and whether waiting helps.

use std::path::PathBuf;

use super::Trouble;

/// A result of this room.
pub type Result<T> = std::result::Result<T, Error>;

/// An error of the store. [`Error::is_environment`] tells a planned wait from a fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The surroundings: nothing is wrong with what was asked.
    #[error("{}", .trouble.advice())]
    Environment {
        /// What kind.
        trouble: Trouble,
        /// What the database said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A statement that the database refuses, or a row that cannot be: a fault of the program.
    #[error("the database refused a statement: please report this")]
    Statement(#[source] sqlx::Error),
    /// A row that does not convert.
    #[error("table {table}, column {column}, row {id}: {what}; restore the last backup")]
    Row {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's id.
        id: String,
        /// What is wrong.
        what: String,
    },
    /// The address of the database is not understood.
    #[error("`{0}` names no database: write `sqlite:PATH` or `postgres://USER@HOST/NAME`")]
    Address(String),
    /// A SQLite file that is not there and shall not be made.
    #[error(
        "there is no database at {0}: the first start makes it (`baoming once`, or the service); \
         or correct `database` in the settings"
    )]
    Missing(PathBuf),
    /// A file of ours that cannot be made or read.
    #[error("{path}: {what}")]
    File {
        /// Which.
        path: PathBuf,
        /// What to do.
        what: &'static str,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The migrations could not be applied.
    #[error("the database's tables could not be brought up to date")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// The database was written by a newer version.
    #[error(
        "the database was written by a newer version (schema {found}, this program knows {known}): \
         install that version again"
    )]
    Newer {
        /// The schema in the database.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// The key file cannot be used as it is.
    #[error("the key file {path} {what}")]
    KeyFile {
        /// Which.
        path: PathBuf,
        /// What is wrong and what to do.
        what: &'static str,
    },
    /// The key is not the one that the database was made with.
    #[error(
        "the key does not fit this database: put back the key file that was made with it (a backup \
         does not contain it)"
    )]
    WrongKey,
    /// Something sealed does not open: the row was changed from outside, or moved.
    #[error("table {table}, row {id}: the sealed content was damaged or changed from outside")]
    Unsealed {
        /// The table.
        table: &'static str,
        /// The row's id.
        id: String,
    },
    /// A second daemon on one SQLite file.
    #[error(
        "another baoming already serves {path} (process {holder}): stop it first, or give this one \
         a database of its own"
    )]
    Served {
        /// The database.
        path: PathBuf,
        /// The process id in the lock file, `?` when it cannot be read.
        holder: String,
    },
    /// A quota that is smaller than what is confirmed.
    #[error(
        "event {event}: the quota of `{category}` cannot be {quota}, {confirmed} places are \
         confirmed already: set it to at least {confirmed}"
    )]
    QuotaTooSmall {
        /// The event's id.
        event: String,
        /// The category's id.
        category: String,
        /// What the settings say; 0 for a category that they no longer name.
        quota: u32,
        /// What is confirmed.
        confirmed: u32,
    },
    /// A decision that would confirm more than the quota (I2): the transaction is given up.
    #[error(
        "event {event}: a decision would confirm {confirmed} places of `{category}`, the quota is \
         {quota}; nothing was written: please report this"
    )]
    OverQuota {
        /// The event's id.
        event: String,
        /// The category's id.
        category: String,
        /// The quota.
        quota: u32,
        /// What would be confirmed.
        confirmed: u32,
    },
    /// Something that this database cannot do.
    #[error("{0}")]
    Unsupported(&'static str),
}

impl Error {
    /// No process that reads mail could be started.
    #[must_use]
    pub fn no_reader(source: Box<dyn std::error::Error + Send + Sync>) -> Self {
        Self::Environment { trouble: Trouble::Reader, source }
    }

    /// A planned wait: locked, full, read-only, disk, connection, no reader. Nothing was wrong
    /// with the message in hand, so it is no attempt.
    #[must_use]
    pub fn is_environment(&self) -> bool {
        matches!(self, Self::Environment { .. })
    }

    /// What kind of trouble the surroundings make, when it is they.
    #[must_use]
    pub fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Environment { trouble, .. } => Some(*trouble),
            _ => None,
        }
    }
}

/// A call that a test wants to fail ([`crate::fault::call`]); no other comes this way.
impl From<std::io::Error> for Error {
    fn from(source: std::io::Error) -> Self {
        sqlx::Error::Io(source).into()
    }
}

impl From<sqlx::Error> for Error {
    fn from(source: sqlx::Error) -> Self {
        match Trouble::of(&source) {
            Some(trouble) => Self::Environment { trouble, source: Box::new(source) },
            None => Self::Statement(source),
        }
    }
}
