//! Statements over many rows. A window of messages must not cost a round trip a message, so rows
//! go in by the dozen, in a few fixed shapes that the drivers' statement caches know.

use jiff::Timestamp;
use sqlx::any::{Any, AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::Result;
use crate::fault;

/// Rows, or values, in one statement: few shapes, so that all of them stay in the drivers' caches.
const SHAPES: [usize; 4] = [256, 32, 4, 1];

/// A value to be bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Bytes(Option<Vec<u8>>),
}

macro_rules! values {
    ($($from:ty => $variant:ident($value:ident) $made:expr;)*) => {$(
        impl From<$from> for Value {
            fn from($value: $from) -> Self {
                Self::$variant($made)
            }
        }
    )*};
}

values! {
    String => Text(value) Some(value);
    &str => Text(value) Some(value.to_owned());
    &String => Text(value) Some(value.clone());
    Option<String> => Text(value) value;
    i64 => Int(value) Some(value);
    u32 => Int(value) Some(i64::from(value));
    bool => Int(value) Some(i64::from(value));
    Timestamp => Int(value) Some(value.as_millisecond());
    Option<Timestamp> => Int(value) value.map(Timestamp::as_millisecond);
    Option<bool> => Int(value) value.map(i64::from);
    Vec<u8> => Bytes(value) Some(value);
    Option<Vec<u8>> => Bytes(value) value;
}

type Statement<'q> = Query<'q, Any, AnyArguments>;

fn bind(statement: Statement<'_>, value: Value) -> Statement<'_> {
    match value {
        Value::Text(text) => statement.bind(text),
        Value::Int(number) => statement.bind(number),
        Value::Bytes(bytes) => statement.bind(bytes),
    }
}

/// One statement with one value, `$1`.
pub(super) async fn asked(
    conn: &mut AnyConnection,
    query: &'static str,
    value: Value,
) -> Result<Vec<AnyRow>> {
    Ok(bind(sqlx::query(query), value).fetch_all(conn).await?)
}

/// `head ($1, $2), ($3, $4) tail`, as often as the rows need; all rows that come back. When it
/// fails, some of the rows may be written: the transaction around it must be undone.
pub(super) async fn rows<const N: usize>(
    conn: &mut AnyConnection,
    head: &str,
    rows: Vec<[Value; N]>,
    tail: &str,
) -> Result<Vec<AnyRow>> {
    let mut back = Vec::new();
    let mut rows = rows.into_iter();
    let head = whole_or_nothing(conn, head);
    while let Some(shape) = SHAPES.iter().copied().filter(|shape| *shape <= rows.len()).max() {
        let marks = if nameless(conn) {
            let row = format!("({})", vec!["?"; N].join(", "));
            vec![row.as_str(); shape].join(", ")
        } else {
            let row = |at: usize| format!("({})", numbers(at * N, N));
            (0..shape).map(row).collect::<Vec<_>>().join(", ")
        };
        let mut statement = sqlx::query(AssertSqlSafe(format!("{head} {marks} {tail}")));
        for value in rows.by_ref().take(shape).flatten() {
            statement = bind(statement, value);
        }
        fault::call("database")?;
        back.extend(statement.fetch_all(&mut *conn).await?);
    }
    Ok(back)
}

/// `head ($3, $4, …) tail` with the values in the brackets, as often as they need; the `fixed` ones
/// are `$1`, `$2` …, once each and in this order, in the head. All rows that come back.
pub(super) async fn within(
    conn: &mut AnyConnection,
    head: &str,
    fixed: &[Value],
    values: Vec<Value>,
    tail: &str,
) -> Result<Vec<AnyRow>> {
    let nameless = nameless(conn);
    let mut head = head.to_owned();
    for at in (1..=fixed.len()).filter(|_| nameless) {
        head = head.replacen(&format!("${at}"), "?", 1);
    }
    let mut back = Vec::new();
    let mut left = values.as_slice();
    while let Some(last) = left.last() {
        // The last value stands in for those that a shape has too many: the set is the same.
        let fits = SHAPES.iter().copied().filter(|shape| *shape >= left.len()).min();
        let shape = fits.or(SHAPES.iter().copied().max()).unwrap_or(1);
        let (chunk, rest) = left.split_at(shape.min(left.len()));
        left = rest;
        let marks =
            if nameless { vec!["?"; shape].join(", ") } else { numbers(fixed.len(), shape) };
        let mut statement = sqlx::query(AssertSqlSafe(format!("{head} ({marks}) {tail}")));
        let spare = std::iter::repeat_n(last, shape - chunk.len());
        for value in fixed.iter().chain(chunk).chain(spare) {
            statement = bind(statement, value.clone());
        }
        fault::call("database")?;
        back.extend(statement.fetch_all(&mut *conn).await?);
    }
    Ok(back)
}

/// A statement over many rows that fails takes its transaction with it. SQLite, not knowing that,
/// would copy every page before it changes it, to undo the statement alone (an eighth of its time).
fn whole_or_nothing(conn: &AnyConnection, head: &str) -> String {
    match head.split_once(' ') {
        Some((verb @ ("insert" | "update"), rest)) if nameless(conn) => {
            format!("{verb} or fail {rest}")
        }
        _ => head.to_owned(),
    }
}

/// The one place where the statements differ: SQLite counts nameless placeholders at no cost, but
/// finds each named one by a walk over those before it (a quarter of the time of a bulk load).
fn nameless(conn: &AnyConnection) -> bool {
    conn.backend_name() == "SQLite"
}

/// `$4, $5, $6` for three after the third.
fn numbers(after: usize, count: usize) -> String {
    let mark = |at: usize| format!("${}", after + at);
    (1..=count).map(mark).collect::<Vec<_>>().join(", ")
}
