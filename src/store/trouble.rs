//! Trouble that the surroundings make, told by the databases' codes, never by their words.

/// What kind of trouble the surroundings make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Somebody else holds the database.
    Busy,
    /// The disk, or the database's share of it, is full.
    Full,
    /// The database can be read but not written.
    ReadOnly,
    /// The disk or the file system reports an error, or the file is damaged.
    Disk,
    /// The database file cannot be opened.
    Shut,
    /// The connection to the database is gone, or cannot be made.
    Lost,
    /// No process that reads mail can be started. The database is well, but all else is the same:
    /// it is waited for, and no message is charged.
    Reader,
}

impl Trouble {
    /// What to do about it.
    pub(super) fn advice(self) -> &'static str {
        match self {
            Self::Busy => {
                "another process holds the database: it is tried again; if this goes on, end the \
                 program that keeps it open"
            }
            Self::Full => "the disk is full: make room for the database",
            Self::ReadOnly => {
                "the database cannot be written: give the service's user the right to write the \
                 file and its folder, and mount the disk writable"
            }
            Self::Disk => {
                "the disk or the database file is damaged: look at the system's log, then restore \
                 the last backup"
            }
            Self::Shut => {
                "the database file cannot be opened: see that its folder is there, that the \
                 service's user may read and write both, and that the disk is mounted writable"
            }
            Self::Lost => {
                "there is no connection to the database: check that it runs and that `database` in \
                 the settings is right"
            }
            Self::Reader => {
                "no process that reads mail can be started: see the log, and whether the system has \
                 memory and processes left; `baoming check` tries it"
            }
        }
    }

    /// What kind an error is, when the surroundings are to blame.
    pub(super) fn of(error: &sqlx::Error) -> Option<Self> {
        match error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => Some(Trouble::Lost),
            sqlx::Error::PoolTimedOut => Some(Trouble::Busy),
            sqlx::Error::Database(said) => {
                let code = said.code()?;
                match code.parse::<i32>() {
                    // A SQLSTATE has five characters, SQLite's codes have at most four digits.
                    Ok(number) if code.len() != 5 => of_sqlite(number),
                    _ => of_postgres(&code),
                }
            }
            _ => None,
        }
    }
}

/// SQLite's primary result code is the low byte of the extended one (sqlite.org/rescode.html).
fn of_sqlite(code: i32) -> Option<Trouble> {
    match code & 0xff {
        5 | 6 | 15 => Some(Trouble::Busy),       // BUSY, LOCKED, PROTOCOL
        13 => Some(Trouble::Full),               // FULL
        3 | 8 | 23 => Some(Trouble::ReadOnly),   // PERM, READONLY, AUTH
        7 | 10 | 11 | 26 => Some(Trouble::Disk), // NOMEM, IOERR, CORRUPT, NOTADB
        14 => Some(Trouble::Shut),               // CANTOPEN
        _ => None,
    }
}

/// By SQLSTATE (PostgreSQL 15, appendix A).
fn of_postgres(state: &str) -> Option<Trouble> {
    match state {
        "53100" => Some(Trouble::Full),
        "25006" | "42501" => Some(Trouble::ReadOnly),
        "40001" | "40P01" | "55P03" | "55006" | "53300" => Some(Trouble::Busy),
        "XX001" | "XX002" => Some(Trouble::Disk),
        "3D000" => Some(Trouble::Lost),
        _ => match state.get(..2)? {
            "08" | "28" | "57" => Some(Trouble::Lost),
            "53" | "58" => Some(Trouble::Disk),
            _ => None,
        },
    }
}
