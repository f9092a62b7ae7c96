//! `attend`: who came; one by one, or as the sign-in sheet that comes back filled in says.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use super::by_hand::AttendArgs;
use super::context::Context;
use super::failure::Failure;
use super::{desk, handed, places, table};
use crate::intake::{OrderError, Ordered};
use crate::message::file::{File, open};
use crate::message::{Block, Cell, Table};
use crate::reading::field;
use crate::roster::{OrderKind, Registration};

/// What a sheet says of somebody who came, and of somebody who did not.
const CAME: &str = "是 到 已到 到场 到会 已到场 签到 已签到 出席 参加 √ ✓ ✔ ☑ v y yes 1 true";
const AWAY: &str = "否 未到 没到 没来 缺席 未到场 未签到 未参加 请假 × ✗ ✘ x n no 0 false";

/// The headings of the columns that are looked for.
const NUMBER: &[&str] = &["编号", "报名编号"];
const NAME: &[&str] = &["姓名"];
const MARK: &[&str] = &["签到", "是否到场", "到场", "是否签到", "出席", "是否出席", "到场情况"];

/// A row of the sheet.
struct Row {
    /// `签到表 G5`: where its mark stands.
    place: String,
    number: String,
    name: String,
    mark: String,
}

/// What is to be noted of a row, or why nothing can be.
enum Note {
    Order(OrderKind, bool),
    /// Nothing was filled in, or it is noted already.
    Nothing(&'static str),
    Wrong(String),
}

pub(super) async fn attend(
    config: &Path,
    by: &str,
    args: AttendArgs,
    out: &mut impl Write,
) -> Result<(), Failure> {
    match (args.from, args.number) {
        (Some(file), _) => sheet(config, by, &file, args.dry_run, out).await,
        (None, number) => {
            let number = number.unwrap_or_default();
            let kind = OrderKind::Attend { number, present: !args.absent };
            desk::order(config, by, None, kind, out).await
        }
    }
}

async fn sheet(
    config: &Path,
    by: &str,
    file: &Path,
    dry_run: bool,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    let (name, bytes) = handed::file(file)?;
    let rows = rows(&name, &bytes);
    if rows.is_empty() {
        let advice = "请用 baoming export 签到表.xlsx --sign-in 导出的表，在“签到”一栏填“是”或“否”";
        let message = format!("{name} 里没有找到有“编号”“姓名”“签到”表头的表；{advice}");
        return Err(Failure::new(message));
    }
    let notes = notes(&context, &rows).await?;
    let mut orders = Vec::new();
    for note in &notes {
        if let Note::Order(order, _) = note {
            orders.push(order.clone());
        }
    }
    let sound = notes.iter().all(|note| !matches!(note, Note::Wrong(_)));
    let keep =
        |done: &[Result<Ordered, OrderError>]| !dry_run && sound && done.iter().all(Result::is_ok);
    let done = context.desk().await?.intake.orders(by, None, orders, keep).await?;
    let mut refused = done.into_iter().map(|one| one.err().map(|error| error.to_string()));
    let told = |note: Note| match note {
        Note::Order(order, came) => match refused.next().flatten() {
            Some(why) => Note::Wrong(why),
            None => Note::Order(order, came),
        },
        other => other,
    };
    let notes: Vec<_> = notes.into_iter().map(told).collect();
    print(&rows, &notes, out)?;
    conclude(&notes, dry_run, out)
}

/// What is to be noted of each row; nothing is written.
async fn notes(context: &Context, rows: &[Row]) -> Result<Vec<Note>, Failure> {
    let mut seen = BTreeSet::new();
    let mut notes = Vec::new();
    for row in rows {
        let found = context.vault.store.registration(&row.number).await?;
        notes.push(match found {
            _ if !seen.insert(row.number.to_uppercase()) => {
                Note::Wrong(format!("{} 在表中不止一行", row.number))
            }
            None => Note::Wrong(format!("没有编号为 {} 的报名", row.number)),
            Some(standing) => note(row, &standing.registration),
        });
    }
    Ok(notes)
}

fn note(row: &Row, registration: &Registration) -> Note {
    let name = registration.get(field::NAME).unwrap_or_default();
    if bare(&row.name) != bare(name) {
        return Note::Wrong(format!("编号与姓名对不上，{} 登记的不是这个姓名", row.number));
    }
    let mark = bare(&row.mark);
    let is = |marks: &str| marks.split(' ').any(|known| known == mark);
    let came = if mark.is_empty() {
        return Note::Nothing("没有填写，不作记录");
    } else if is(CAME) || mark == bare(name) {
        true
    } else if is(AWAY) {
        false
    } else {
        return Note::Wrong("签到一栏看不明白，请填“是”或“否”".to_owned());
    };
    if registration.attended == Some(came) {
        return Note::Nothing("已记录过");
    }
    Note::Order(OrderKind::Attend { number: row.number.clone(), present: came }, came)
}

/// Blanks don't count, nor does the case of letters.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The rows below the headings, of every sheet.
fn rows(name: &str, bytes: &[u8]) -> Vec<Row> {
    let opened = open(File { name, media: "", bytes, depth: 0 });
    let blocks = opened.documents.iter().flat_map(|document| &document.blocks);
    let tables = blocks.filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Line(_) => None,
    });
    tables.flat_map(rows_of).collect()
}

fn rows_of(table: &Table) -> Vec<Row> {
    let mut rows: BTreeMap<u32, Vec<&Cell>> = BTreeMap::new();
    for cell in &table.cells {
        rows.entry(cell.row).or_default().push(cell);
    }
    let column = |row: &[&Cell], wanted: &[&str]| {
        let mut named = row.iter().filter(|cell| wanted.contains(&&*bare(&cell.text)));
        named.next().map(|cell| cell.column)
    };
    let headings = rows.iter().find_map(|(at, row)| {
        Some((*at, column(row, NUMBER)?, column(row, NAME)?, column(row, MARK)?))
    });
    let Some((heading, number, name, mark)) = headings else { return Vec::new() };
    let row = |(at, row): (&u32, &Vec<&Cell>)| {
        let text = |column| {
            let found = row.iter().find(|cell| cell.column == column);
            found.map(|cell| cell.text.trim().to_owned()).unwrap_or_default()
        };
        let at = Cell { row: *at, column: mark, rows: 1, columns: 1, text: String::new() };
        let place = format!("{} {}", table.title, at.place(table.sheet));
        let (number, name, mark) = (text(number), text(name), text(mark));
        // Notes below the list have no number.
        (!number.is_empty()).then(|| Row { place: place.trim().to_owned(), number, name, mark })
    };
    rows.iter().filter(|(at, _)| **at > heading).filter_map(row).collect()
}

fn print(rows: &[Row], notes: &[Note], out: &mut impl Write) -> Result<(), Failure> {
    let mut lines = table::new(&["位置", "编号", "姓名", "结果"]);
    for (row, note) in rows.iter().zip(notes) {
        let told = match note {
            Note::Order(_, came) => places::came(*came).to_owned(),
            Note::Nothing(why) => (*why).to_owned(),
            Note::Wrong(why) => format!("有误：{why}"),
        };
        lines.add_row([row.place.clone(), row.number.clone(), row.name.clone(), told]);
    }
    Ok(writeln!(out, "{lines}")?)
}

fn conclude(notes: &[Note], dry_run: bool, out: &mut impl Write) -> Result<(), Failure> {
    let count = |of: fn(&Note) -> bool| notes.iter().filter(|note| of(note)).count();
    let came = count(|note| matches!(note, Note::Order(_, true)));
    let away = count(|note| matches!(note, Note::Order(_, false)));
    let rest = count(|note| matches!(note, Note::Nothing(_)));
    let wrong = count(|note| matches!(note, Note::Wrong(_)));
    if wrong > 0 {
        let message = format!("有 {wrong} 行有误，所以都没有记录；请改正后重试");
        return Err(Failure::new(message));
    }
    let end = if dry_run { "这是试运行，没有记录。" } else { "" };
    let sum = format!("到场 {came} 人，未到 {away} 人，未填或已记录过 {rest} 人。{end}");
    Ok(writeln!(out, "{sum}")?)
}
