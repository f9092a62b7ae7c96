//! Setting a database up: its tables, brought up to date at every start.

use std::time::Duration;

use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, AssertSqlSafe, ConnectOptions, Connection};

use super::cells::Cells;
use super::dialect::{Dialect, SCHEMA};
use super::{Error, Result, Trouble};

/// Brings the tables up to date, over a connection of its own, which is given back.
pub(super) async fn set_up(
    connect: &AnyConnectOptions,
    dialect: &Dialect,
    patience: Duration,
) -> Result<AnyConnection> {
    let mut conn = connect.connect().await?;
    let told = dialect.on_connect(patience, false);
    sqlx::raw_sql(AssertSqlSafe(told)).execute(&mut conn).await?;
    match schema(&mut conn).await {
        Some(found) if found > SCHEMA => return Err(Error::Newer { found, known: SCHEMA }),
        Some(SCHEMA) => {}
        _ => migrate(&mut conn, dialect).await?,
    }
    Ok(conn)
}

/// The newest schema that was applied; `None` for a database without tables.
async fn schema(conn: &mut AnyConnection) -> Option<i64> {
    let newest = "select max(version) from _sqlx_migrations";
    let rows = sqlx::query(newest).fetch_all(conn).await.ok()?;
    rows.first()?.maybe_int(0).ok()?
}

async fn migrate(conn: &mut AnyConnection, dialect: &Dialect) -> Result<()> {
    let migrator = dialect.migrator();
    let done = match dialect {
        // The migrator has its own lock here.
        Dialect::Postgres => migrator.run_direct(None, conn, false).await,
        Dialect::Sqlite(_) => {
            write_ahead(conn).await?;
            let mut tx = conn.begin_with("begin immediate").await?;
            let done = migrator.run_direct(None, &mut *tx, false).await;
            if done.is_ok() {
                tx.commit().await?;
            }
            done
        }
    };
    done.map_err(|error| match error {
        sqlx::migrate::MigrateError::Execute(source) => Error::from(source),
        other => Error::Migration(other),
    })
}

/// Readers beside the writer, for good: the mode is written into the file. SQLite does not wait
/// for its lock here, and two programs may make the file at the same time.
async fn write_ahead(conn: &mut AnyConnection) -> Result<()> {
    const TRIES: u32 = 100;
    const PAUSE: Duration = Duration::from_millis(20);
    let mut tries = TRIES;
    loop {
        let told = sqlx::raw_sql("pragma journal_mode = wal").execute(&mut *conn).await;
        match told.map_err(Error::from) {
            Err(error) if error.trouble() == Some(Trouble::Busy) && tries > 0 => {
                tries -= 1;
                tokio::time::sleep(PAUSE).await;
            }
            other => return other.map(drop),
        }
    }
}
