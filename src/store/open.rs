//! Opening: the file or server, its tables, its key.

use std::fmt;
use std::time::Duration;

use super::{Key, Result};
use crate::clock::{Clock, Dice};

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
pub struct Store {
    clock: Clock,
    dice: Dice,
}

impl Store {
    /// Opens the database: makes the file (mode 0600) where that is allowed, brings the tables up
    /// to date, and checks that the key fits.
    pub async fn open(options: Options, clock: Clock, dice: Dice) -> Result<Self> {
        super::pending()
    }

    /// Closes all connections; what is open is undone.
    pub async fn close(&self) {}
}
