//! A consistent copy of a running database, without the key.

use std::path::Path;

use super::{Result, Store};

impl Store {
    /// Writes a copy to `file`, which must not exist. SQLite only: PostgreSQL has `pg_dump`.
    pub async fn backup(&self, file: &Path) -> Result<()> {
        super::pending()
    }
}
