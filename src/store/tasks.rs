//! What a person must look at.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::bulk::{self, Value};
use super::cells::{Cells, of_word, word};
use super::seal::Place;
use super::{LedgerEntry, Result, Store};
use crate::roster::TaskKind;

/// Where the reasons of a task are sealed.
pub(super) const REASONS: Place = Place("task", "reasons");

/// A task as staff see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    /// Its id.
    pub id: String,
    /// Its running number, for people to name it by.
    pub number: u64,
    /// What kind of work it is.
    pub kind: TaskKind,
    /// The event it belongs to, when it is known.
    pub event: Option<String>,
    /// The number of the registration it concerns.
    pub registration: Option<String>,
    /// The message it came from, with what was noted of it.
    pub message: Option<LedgerEntry>,
    /// The id of the letter it concerns.
    pub letter: Option<String>,
    /// Why, in words for the staff.
    pub reasons: Vec<String>,
    /// Since when it is open.
    pub opened: Timestamp,
}

/// A task to be opened.
#[derive(Clone, Debug)]
pub(super) struct NewTask {
    pub(super) kind: TaskKind,
    pub(super) event: Option<String>,
    pub(super) registration: Option<String>,
    pub(super) message: Option<String>,
    pub(super) letter: Option<String>,
    pub(super) opened: Timestamp,
    pub(super) closed: Option<(Timestamp, String)>,
    pub(super) reasons: Vec<String>,
}

impl NewTask {
    pub(super) fn new(kind: TaskKind, opened: Timestamp, reasons: Vec<String>) -> Self {
        Self {
            kind,
            event: None,
            registration: None,
            message: None,
            letter: None,
            opened,
            closed: None,
            reasons,
        }
    }
}

impl Store {
    /// The open tasks, the oldest first.
    pub async fn open_tasks(&self) -> Result<Vec<TaskRow>> {
        let rows = sqlx::query(
            "select task.id, task.number, task.kind, task.event, registration.number, \
             task.message, task.letter, task.opened, task.reasons \
             from task left join registration on registration.id = task.registration \
             where task.closed is null order by task.number",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let mut messages = Vec::new();
        for row in &rows {
            messages.extend(row.maybe_text(5)?);
        }
        let entries = self.ledger(&messages).await?;
        let entries: BTreeMap<&str, &LedgerEntry> =
            entries.iter().map(|entry| (entry.id.as_str(), entry)).collect();
        rows.iter()
            .map(|row| {
                let id = row.text(0)?;
                let message = row.maybe_text(5)?;
                let message = message.and_then(|id| entries.get(id.as_str()).copied().cloned());
                Ok(TaskRow {
                    number: row.count(1)?,
                    kind: of_word("task", "kind", &id, row.str(2)?)?,
                    event: row.maybe_text(3)?,
                    registration: row.maybe_text(4)?,
                    message,
                    letter: row.maybe_text(6)?,
                    opened: row.time(7)?,
                    reasons: self.0.seals.open_json(REASONS, &id, row.bytes(8)?)?,
                    id,
                })
            })
            .collect()
    }

    /// Notes that a task (by its id or its running number) was seen to. `false` when it is not
    /// open.
    pub async fn close_task(&self, task: &str, by: &str) -> Result<bool> {
        let closed = sqlx::query(
            "update task set closed = $2, closed_by = $3 \
             where closed is null and (id = $1 or number = $4) returning id",
        )
        .bind(task)
        .bind(self.0.clock.now().as_millisecond())
        .bind(by)
        .bind(task.parse().unwrap_or(0_i64))
        .fetch_all(&mut *self.writer().await?)
        .await?;
        Ok(!closed.is_empty())
    }
}

/// Writes tasks, inside an exclusive transaction: they are numbered through.
pub(super) async fn open_tasks(
    store: &Store,
    conn: &mut AnyConnection,
    tasks: Vec<NewTask>,
) -> Result<()> {
    if tasks.is_empty() {
        return Ok(());
    }
    let last =
        sqlx::query("select coalesce(max(number), 0) from task").fetch_all(&mut *conn).await?;
    let mut number = last.first().map_or(Ok(0), |row| row.int(0))?;
    let mut rows = Vec::with_capacity(tasks.len());
    for task in tasks {
        let id = store.id();
        number += 1;
        let (closed, closed_by) = task.closed.unzip();
        let reasons = store.0.seals.seal_json(REASONS, &id, &task.reasons)?;
        rows.push([
            Value::from(id),
            Value::from(number),
            Value::from(word(&task.kind)),
            Value::from(task.event),
            Value::from(task.registration),
            Value::from(task.message),
            Value::from(task.letter),
            Value::from(task.opened),
            Value::from(closed),
            Value::from(closed_by),
            Value::from(reasons),
        ]);
    }
    bulk::rows(
        conn,
        "insert into task (id, number, kind, event, registration, message, letter, opened, \
         closed, closed_by, reasons) values",
        rows,
        "",
    )
    .await
    .map(drop)
}

/// Closes the open tasks whose `column` is one of these ids.
pub(super) async fn settle_tasks(
    conn: &mut AnyConnection,
    about: About,
    ids: &[String],
    at: Timestamp,
    by: &str,
) -> Result<()> {
    let head = match about {
        // A letter to several people stays open for the others.
        About::Registrations => {
            "update task set closed = $1, closed_by = $2 where closed is null \
             and not exists (select 1 from letter where letter.id = task.letter \
             and letter.numbers like '% %') and registration in"
        }
        About::Letters => {
            "update task set closed = $1, closed_by = $2 where closed is null and letter in"
        }
        About::Messages => {
            "update task set closed = $1, closed_by = $2 where closed is null and message in"
        }
    };
    let ids = ids.iter().map(Value::from).collect();
    bulk::within(conn, head, &[at.into(), by.into()], ids, "").await.map(drop)
}

/// What the tasks to be closed are about.
#[derive(Clone, Copy, Debug)]
pub(super) enum About {
    Registrations,
    Letters,
    Messages,
}
