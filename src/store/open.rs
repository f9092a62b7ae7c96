//! Opening: the file or server, its tables, its key.

use std::fmt;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{Any, AnyConnectOptions, AnyPoolOptions};
use sqlx::pool::PoolConnection;
use sqlx::{AnyPool, AssertSqlSafe, ConnectOptions, Connection as _};

use super::cells::Cells;
use super::dialect::{Dialect, sqlite_url};
use super::hex::{from_hex, to_hex};
use super::migrate::set_up;
use super::seal::{Place, Seals};
use super::{Error, Key, Result};
use crate::clock::{Clock, Dice};
use crate::fault;

/// Connections for reading beside the writer: status and lists never wait for a decision.
const READERS: u32 = 4;
/// Connections for writing on a server; they stand in one line at the `turn` all the same.
const WRITERS: u32 = 4;
/// Where the value lies that only the right key opens.
const KEY_CHECK: Place = Place("meta", "key-check");

/// Where the database is and how it is opened.
pub struct Options {
    /// `sqlite:PATH` (or `sqlite:///PATH`), or `postgres://USER:PASSWORD@HOST/NAME`. May hold a
    /// password: `Debug` leaves it out.
    pub url: String,
    /// The database's key.
    pub key: Key,
    /// Make the SQLite file when it is missing (`run`, `once`, `demo`); else it is refused.
    pub create: bool,
    /// How long a statement waits for somebody else's lock before it reports
    /// [`Trouble::Busy`](super::Trouble::Busy).
    pub patience: Duration,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("create", &self.create).finish_non_exhaustive()
    }
}

/// The open database. Clones share it.
#[derive(Clone, Debug)]
pub struct Store(pub(super) Arc<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) dialect: Dialect,
    pub(super) writers: AnyPool,
    readers: AnyPool,
    pub(super) seals: Seals,
    pub(super) clock: Clock,
    pub(super) dice: Dice,
}

impl Store {
    /// Opens the database: makes the file (mode 0600) where that is allowed, brings the tables up
    /// to date, and checks that the key fits.
    pub async fn open(options: Options, clock: Clock, dice: Dice) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let mut dialect = Dialect::of(&options.url)?;
        let mut url = options.url.clone();
        if let Dialect::Sqlite(path) = &mut dialect {
            *path = prepare_file(path, options.create)?;
            url = sqlite_url(path);
        }
        let connect = AnyConnectOptions::from_str(&url)?.disable_statement_logging();
        let first = set_up(&connect, &dialect, options.patience).await?;

        let pool = |size: u32, reads_only: bool| {
            let told = dialect.on_connect(options.patience, reads_only);
            let server = dialect == Dialect::Postgres;
            AnyPoolOptions::new()
                .max_connections(if dialect == Dialect::Postgres || reads_only { size } else { 1 })
                .acquire_timeout(options.patience.saturating_mul(4))
                // A file does not go away; a server does.
                .test_before_acquire(dialect == Dialect::Postgres)
                // SQLite ends a transaction by itself when the disk is full: its driver believes it
                // open for ever, and would begin no other on that connection.
                .before_acquire(move |conn, _| {
                    let usable = server || !conn.is_in_transaction();
                    Box::pin(async move { Ok(usable) })
                })
                .after_connect(move |conn, _| {
                    let told = told.clone();
                    Box::pin(async move {
                        sqlx::raw_sql(AssertSqlSafe(told)).execute(conn).await.map(drop)
                    })
                })
                .connect_lazy_with(connect.clone())
        };
        let store = Self(Arc::new(Inner {
            writers: pool(WRITERS, false),
            readers: pool(READERS, true),
            seals: Seals::new(&options.key, dice.clone()),
            dialect,
            clock,
            dice,
        }));
        let fits = store.check_key().await;
        // The last connection to a SQLite file that closes copies the whole write-ahead log: not now,
        // when the next ones are open.
        first.close().await?;
        fits.map(|()| store)
    }

    /// Closes all connections; what is open is undone.
    pub async fn close(&self) {
        self.0.writers.close().await;
        self.0.readers.close().await;
    }

    /// A connection for reading: it never waits for a writer.
    pub(super) async fn reader(&self) -> Result<PoolConnection<Any>> {
        fault::call("database")?;
        Ok(self.0.readers.acquire().await?)
    }

    /// A connection for a single statement that writes.
    pub(super) async fn writer(&self) -> Result<PoolConnection<Any>> {
        fault::call("database")?;
        Ok(self.0.writers.acquire().await?)
    }

    /// A fresh id.
    pub(super) fn id(&self) -> String {
        self.0.dice.id(self.0.clock.now())
    }

    /// The first to open a database leaves a sealed value there; a key that does not open it is
    /// not this database's key.
    async fn check_key(&self) -> Result<()> {
        const FIND: &str = "select value from meta where name = 'key-check'";
        let mut found = sqlx::query(FIND).fetch_all(&mut *self.reader().await?).await?;
        if found.is_empty() {
            let sealed = self.0.seals.seal(KEY_CHECK, "", b"baoming")?;
            let mut conn = self.writer().await?;
            sqlx::query(
                "insert into meta (name, value) values ('key-check', $1) on conflict do nothing",
            )
            .bind(to_hex(&sealed))
            .execute(&mut *conn)
            .await?;
            found = sqlx::query(FIND).fetch_all(&mut *conn).await?;
        }
        let sealed = found.first().map(|row| row.text(0)).transpose()?;
        let sealed = sealed.as_deref().and_then(from_hex).unwrap_or_default();
        self.0.seals.open(KEY_CHECK, "", &sealed).map(drop).map_err(|_| Error::WrongKey)
    }
}

/// Makes the file with its narrow mode before SQLite opens it (the files beside it take their mode
/// from it), and narrows a wider one.
fn prepare_file(path: &Path, create: bool) -> Result<PathBuf> {
    let trouble = |source: io::Error| Error::File {
        path: path.into(),
        what: "the database file cannot be opened: create its folder, writable for the service's \
               user",
        source,
    };
    match File::open(path) {
        Ok(file) => {
            let mode = file.metadata().map_err(trouble)?.permissions().mode();
            if mode & 0o077 != 0 {
                fs::set_permissions(path, Permissions::from_mode(0o600)).map_err(trouble)?;
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && create => {
            // Not `create_new`: two programs may start at the same time.
            OpenOptions::new().append(true).create(true).mode(0o600).open(path).map_err(trouble)?;
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Error::Missing(path.into()));
        }
        Err(error) => return Err(trouble(error)),
    }
    fs::canonicalize(path).map_err(trouble)
}
