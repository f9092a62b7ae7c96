//! What a person must look at.

use jiff::Timestamp;

use super::{LedgerEntry, Result, Store};
use crate::roster::TaskKind;

/// A task as staff see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    /// Its id.
    pub id: String,
    /// What kind of work it is.
    pub kind: TaskKind,
    /// The event it belongs to, when it is known.
    pub event: Option<String>,
    /// The number of the registration it concerns.
    pub number: Option<String>,
    /// The message it came from, with what was noted of it.
    pub message: Option<LedgerEntry>,
    /// The id of the letter it concerns.
    pub letter: Option<String>,
    /// Why, in words for the staff.
    pub reasons: Vec<String>,
    /// Since when it is open.
    pub opened: Timestamp,
}

impl Store {
    /// The open tasks, the oldest first.
    pub async fn open_tasks(&self) -> Result<Vec<TaskRow>> {
        super::pending()
    }

    /// Notes that a task was seen to. `false` when it is not open.
    pub async fn close_task(&self, id: &str, by: &str) -> Result<bool> {
        super::pending()
    }
}
