//! `letters` and `resend`: what was sent, what waits, and what nobody knows.

use std::io::Write;
use std::path::Path;

use jiff::tz::TimeZone;
use serde::Serialize;

use super::context::Context;
use super::failure::Failure;
use super::table;
use crate::reply::words;
use crate::store::{LetterFilter, LetterRow, LetterState};

/// One line of `letters --json`.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    number: u64,
    state: LetterState,
    to: &'a str,
    numbers: &'a [String],
    message_id: &'a str,
    created: jiff::Timestamp,
    attempts: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'a str>,
}

pub(super) async fn letters(
    config: &Path,
    uncertain: bool,
    json: bool,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    let state = uncertain.then_some(LetterState::Uncertain);
    let filter = LetterFilter { state, ..LetterFilter::default() };
    let rows = context.vault.store.letters(&filter).await?;
    if !json {
        return Ok(print(&rows, &context.settings.digest.zone, out)?);
    }
    for row in &rows {
        let row = Row {
            id: &row.id,
            number: row.number,
            state: row.state,
            to: row.to.as_str(),
            numbers: &row.numbers,
            message_id: &row.message_id,
            created: row.created,
            attempts: row.attempts,
            outcome: row.outcome.as_deref(),
        };
        serde_json::to_writer(&mut *out, &row).map_err(std::io::Error::from)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Prints letters as a table.
pub(super) fn print(
    rows: &[LetterRow],
    zone: &TimeZone,
    out: &mut impl Write,
) -> std::io::Result<()> {
    if rows.is_empty() {
        return writeln!(out, "没有这样的信件。");
    }
    let mut lines = table::new(&["信件", "状态", "收件人", "报名编号", "时间", "结果"]);
    for row in rows {
        lines.add_row([
            row.number.to_string(),
            state(row.state).to_owned(),
            row.to.as_str().to_owned(),
            row.numbers.join(" "),
            words::stamp(row.settled.unwrap_or(row.created), zone),
            row.outcome.clone().unwrap_or_default(),
        ]);
    }
    writeln!(out, "{lines}")
}

fn state(state: LetterState) -> &'static str {
    match state {
        LetterState::Waiting => "待发",
        LetterState::Sending => "正在发送",
        LetterState::Sent => "已发出",
        LetterState::Refused => "被拒收",
        LetterState::Uncertain => "去向不明",
        LetterState::Superseded => "已作废",
    }
}

pub(super) async fn resend(
    config: &Path,
    letter: &str,
    arrived: bool,
    by: &str,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    let store = &context.vault.store;
    let done = if arrived {
        store.letter_arrived(letter, by).await?
    } else {
        store.resend_letter(letter, by).await?
    };
    if !done {
        return Err(Failure::new(format!(
            "信件 {letter} 不是去向不明或被拒收的信；用 baoming letters --uncertain 查看"
        )));
    }
    let word = if arrived { "已记为送达。" } else { "将用同一个编号再寄一次。" };
    Ok(writeln!(out, "{word}")?)
}
