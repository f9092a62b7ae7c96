//! Statements over many rows. A window of messages must not cost a round trip a message, so rows
//! go in by the dozen, in a few fixed shapes that the drivers' statement caches know.

use jiff::Timestamp;
use sqlx::any::{Any, AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::Result;

/// Rows a statement. More would be slower: drivers look up each placeholder by its name.
const SHAPES: [usize; 3] = [64, 8, 1];

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

/// `head ($1, $2), ($3, $4) tail`, as often as the rows need; all rows that come back.
pub(super) async fn rows<const N: usize>(
    conn: &mut AnyConnection,
    head: &str,
    rows: Vec<[Value; N]>,
    tail: &str,
) -> Result<Vec<AnyRow>> {
    let mut back = Vec::new();
    let mut rows = rows.into_iter();
    while let Some(shape) = shape(rows.len()) {
        let text = format!("{head} {} {tail}", placeholders(shape, N));
        let mut statement = sqlx::query(AssertSqlSafe(text));
        for value in rows.by_ref().take(shape).flatten() {
            statement = bind(statement, value);
        }
        back.extend(statement.fetch_all(&mut *conn).await?);
    }
    Ok(back)
}

/// `head ($3, $4, …) tail` with the values in the brackets, as often as they need, after the
/// `fixed` ones; all rows that come back.
pub(super) async fn within(
    conn: &mut AnyConnection,
    head: &str,
    fixed: &[Value],
    values: Vec<Value>,
    tail: &str,
) -> Result<Vec<AnyRow>> {
    let mut back = Vec::new();
    for chunk in values.chunks(SHAPES.iter().copied().max().unwrap_or(1)) {
        // The last value stands in for those that a shape has too many: the set is the same.
        let shape = SHAPES.iter().copied().filter(|shape| *shape >= chunk.len()).min();
        let shape = shape.unwrap_or(chunk.len());
        let marks: Vec<String> = (1..=shape).map(|at| format!("${}", fixed.len() + at)).collect();
        let text = format!("{head} ({}) {tail}", marks.join(", "));
        let mut statement = sqlx::query(AssertSqlSafe(text));
        let filled = chunk.iter().chain(chunk.last().into_iter().cycle()).take(shape);
        for value in fixed.iter().chain(filled) {
            statement = bind(statement, value.clone());
        }
        back.extend(statement.fetch_all(&mut *conn).await?);
    }
    Ok(back)
}

fn shape(left: usize) -> Option<usize> {
    SHAPES.iter().copied().filter(|shape| *shape <= left).max()
}

fn placeholders(rows: usize, columns: usize) -> String {
    let row = |at: usize| {
        let marks: Vec<String> =
            (1..=columns).map(|mark| format!("${}", at * columns + mark)).collect();
        format!("({})", marks.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbered_through() {
        assert_eq!(placeholders(2, 3), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!((shape(0), shape(7), shape(8), shape(500)), (None, Some(1), Some(8), Some(64)));
    }
}
