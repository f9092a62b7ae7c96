//! The bureau's database seen past the program: for what no command tells.

use std::path::Path;
use std::str::FromStr;

use sqlx::any::{AnyConnectOptions, AnyRow};
use sqlx::{AnyConnection, AssertSqlSafe, ConnectOptions, Row};
use tokio::runtime::Runtime;

use crate::bureau::Bureau;

/// A connection of the test's own, with what runs it.
pub(crate) struct Table {
    runtime: Runtime,
    conn: AnyConnection,
}

impl Table {
    /// The bureau's SQLite file.
    pub(crate) fn of(bureau: &Bureau) -> Self {
        Self::at(&bureau.path("baoming.db"))
    }

    pub(crate) fn at(path: &Path) -> Self {
        Self::open(&format!("sqlite:{}", path.display()))
    }

    pub(crate) fn open(url: &str) -> Self {
        sqlx::any::install_default_drivers();
        let runtime = Runtime::new().unwrap();
        let options = AnyConnectOptions::from_str(url).unwrap();
        let conn = runtime.block_on(options.connect()).unwrap();
        Self { runtime, conn }
    }

    /// Statements without an answer.
    pub(crate) fn tell(&mut self, statements: &str) {
        let told = sqlx::raw_sql(AssertSqlSafe(statements.to_owned())).execute(&mut self.conn);
        self.runtime.block_on(told).unwrap();
    }

    /// A single number.
    pub(crate) fn number(&mut self, query: &str) -> i64 {
        self.rows(query)[0].get(0)
    }

    /// How many messages are in a state of the ledger.
    pub(crate) fn messages(&mut self, state: &str) -> i64 {
        self.number(&format!("select count(*) from ledger where state = '{state}'"))
    }

    fn rows(&mut self, query: &str) -> Vec<AnyRow> {
        let asked = sqlx::query(AssertSqlSafe(query.to_owned())).fetch_all(&mut self.conn);
        self.runtime.block_on(asked).unwrap()
    }
}
