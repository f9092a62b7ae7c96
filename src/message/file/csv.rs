//! Comma-, semicolon- or tab-separated lists, often GBK as Excel writes them.

use super::super::charset;
use super::super::document::{Block, Cell, Document, Table};
use super::File;

/// More rows than any list of people has.
const MOST_ROWS: u32 = 2_000;

/// Reads a list.
#[must_use]
pub(super) fn read(file: File<'_>) -> Document {
    let text = charset::decode(file.bytes, None);
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or("");
    let count =
        |mark: char| text.lines().take(5).map(|line| line.matches(mark).count()).sum::<usize>();
    let mark = [',', '\t', ';', '，']
        .into_iter()
        .max_by_key(|mark| (count(*mark), *mark == ','))
        .unwrap_or(',');
    let mut cells = Vec::new();
    let (mut row, mut column, mut cell, mut quoted) = (0, 0, String::new(), false);
    let skip = if first.to_lowercase().starts_with("sep=") { first.len() } else { 0 };
    let mut chars = text.get(skip..).unwrap_or("").chars().peekable();
    loop {
        let next = chars.next();
        match next {
            Some('"') if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            Some('"') if quoted || cell.trim().is_empty() => quoted = !quoted,
            Some(c) if quoted || (c != mark && c != '\n') => cell.push(c),
            end => {
                let text = std::mem::take(&mut cell).trim().to_owned();
                cells.push(Cell { row, column, rows: 1, columns: 1, text });
                column += 1;
                if end == Some('\n') {
                    (row, column) = (row + 1, 0);
                }
                if end.is_none() || row > MOST_ROWS {
                    break;
                }
            }
        }
    }
    let table = Table { title: String::new(), cells, sheet: true, ..Table::default() };
    Document { blocks: vec![Block::Table(table)], ..file.document() }
}
