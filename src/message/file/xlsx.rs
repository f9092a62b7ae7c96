//! `.xlsx` lists: what is shown counts, what a sheet hides is told.

use std::io::Cursor;
use std::ops::RangeInclusive;

use zip::ZipArchive;

use super::super::document::{Block, Cell, Document, Table, UnreadKind};
use super::office::hidden_remark;
use super::xml::{self, Archive, Token, get};
use super::{File, Opened};

/// More rows than any list of people has.
const MOST_ROWS: u32 = 3_000;
/// More columns than any list of people has.
const MOST_COLUMNS: u32 = 200;
/// More hidden pieces than any list has.
const MOST_RANGES: usize = 200;
/// More sheets than anybody fills in.
const MOST_SHEETS: usize = 50;

/// Reads a workbook.
#[must_use]
pub(super) fn read(file: File<'_>) -> Opened {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(file.bytes)) else {
        return file.unread(UnreadKind::Damaged, "文件损坏，无法打开").into();
    };
    let strings = xml::member(&mut archive, "xl/sharedStrings.xml")
        .map(|xml| shared(&xml))
        .unwrap_or_default();
    let mut document = file.document();
    let sheets = sheets(&mut archive);
    for sheet in sheets.into_iter().take(MOST_SHEETS) {
        let Some(text) = xml::member(&mut archive, &sheet.path) else { continue };
        let read = cells(&text, &strings);
        if sheet.hidden {
            if read.table.cells.iter().any(|cell| cell.text.contains("姓名")) {
                document.remarks.push(format!("工作表“{}”被隐藏，未读取", sheet.name));
            }
            continue;
        }
        for (hidden, what) in [(read.rows_hidden, "行"), (read.columns_hidden, "列")] {
            if hidden {
                document.remarks.push(hidden_remark(&sheet.name, what));
            }
        }
        if !read.table.cells.is_empty() {
            document.blocks.push(Block::Table(Table { title: sheet.name, ..read.table }));
        }
    }
    finish(file, document)
}

fn finish(file: File<'_>, document: Document) -> Opened {
    if document.blocks.is_empty() && document.remarks.is_empty() && file.bytes.len() > 20_000 {
        return file.unread(UnreadKind::Image, "表格里没有文字").into();
    }
    document.into()
}

struct Sheet {
    name: String,
    path: String,
    hidden: bool,
}

/// The sheets in their order, by way of the workbook and its relations.
fn sheets(archive: &mut Archive<'_>) -> Vec<Sheet> {
    let mut targets: Vec<(String, String)> = Vec::new();
    if let Some(relations) = xml::member(archive, "xl/_rels/workbook.xml.rels") {
        xml::tokens(&relations, |token| {
            if let Token::Open(name, attributes) = token
                && name == "Relationship"
                && let (Some(id), Some(target)) =
                    (get(&attributes, "Id"), get(&attributes, "Target"))
            {
                let path = target.trim_start_matches('/');
                let path =
                    if path.starts_with("xl/") { path.to_owned() } else { format!("xl/{path}") };
                targets.push((id.to_owned(), path));
            }
        });
    }
    let mut sheets = Vec::new();
    if let Some(workbook) = xml::member(archive, "xl/workbook.xml") {
        xml::tokens(&workbook, |token| {
            if let Token::Open(name, attributes) = token
                && name == "sheet"
            {
                let id = get(&attributes, "id").unwrap_or("");
                let target = targets.iter().find(|(known, _)| known == id);
                let path = target.map_or_else(
                    || format!("xl/worksheets/sheet{}.xml", sheets.len() + 1),
                    |(_, path)| path.clone(),
                );
                let hidden = get(&attributes, "state").is_some_and(|state| state != "visible");
                sheets.push(Sheet {
                    name: get(&attributes, "name").unwrap_or("").to_owned(),
                    path,
                    hidden,
                });
            }
        });
    }
    sheets
}

/// The shared strings; phonetic guides are left out.
fn shared(xml: &[u8]) -> Vec<String> {
    let mut strings = Vec::new();
    let (mut current, mut text, mut guide) = (String::new(), false, false);
    xml::tokens(xml, |token| match token {
        Token::Open(name, _) => match name.as_str() {
            "si" => current.clear(),
            "t" => text = true,
            "rPh" => guide = true,
            _ => {}
        },
        Token::Close(name) => match name.as_str() {
            "si" => strings.push(std::mem::take(&mut current)),
            "t" => text = false,
            "rPh" => guide = false,
            _ => {}
        },
        Token::Text(part) if text && !guide => current.push_str(&part),
        Token::Text(_) => {}
    });
    strings
}

struct Cells {
    table: Table,
    /// Words stand in hidden rows, or in hidden columns of rows that are shown.
    rows_hidden: bool,
    columns_hidden: bool,
}

#[derive(Default)]
struct Open {
    row: u32,
    column: u32,
    kind: String,
    text: String,
    value: bool,
    row_hidden: bool,
    hidden_columns: Vec<RangeInclusive<u32>>,
}

impl Cells {
    /// Takes the text of the open cell, if it is shown.
    fn take(&mut self, open: &Open, text: String) {
        if text.trim().is_empty() {
            return;
        }
        if open.row_hidden {
            self.rows_hidden = true;
        } else if open.hidden_columns.iter().any(|range| range.contains(&open.column)) {
            self.columns_hidden = true;
        } else if open.row < MOST_ROWS && open.column < MOST_COLUMNS {
            let (row, column) = (open.row, open.column);
            self.table.cells.push(Cell { row, column, rows: 1, columns: 1, text });
        }
    }
}

fn cells(xml: &[u8], strings: &[String]) -> Cells {
    let mut read = Cells {
        table: Table { sheet: true, ..Table::default() },
        rows_hidden: false,
        columns_hidden: false,
    };
    let mut open = Open::default();
    let mut merges: Vec<(u32, u32, u32, u32)> = Vec::new();
    xml::tokens(xml, |token| match token {
        Token::Open(name, attributes) => match name.as_str() {
            "row" => {
                open.row = get(&attributes, "r")
                    .and_then(|r| r.parse::<u32>().ok())
                    .map_or(open.row.saturating_add(1), |r| r.saturating_sub(1));
                open.column = 0;
                let flat = get(&attributes, "ht")
                    .and_then(|height| height.parse::<f64>().ok())
                    .is_some_and(|height| height < 0.5);
                open.row_hidden = matches!(get(&attributes, "hidden"), Some("1" | "true")) || flat;
            }
            "col" => open.hidden_columns.extend(
                hidden_columns(&attributes).filter(|_| open.hidden_columns.len() < MOST_RANGES),
            ),
            "c" => {
                if let Some((column, row)) = get(&attributes, "r").and_then(reference) {
                    (open.column, open.row) = (column, row);
                }
                get(&attributes, "t").unwrap_or("").clone_into(&mut open.kind);
                open.text.clear();
            }
            "v" | "t" => open.value = true,
            "mergeCell" => {
                if let Some((from, to)) =
                    get(&attributes, "ref").and_then(|range| range.split_once(':'))
                    && let (Some(from), Some(to)) = (reference(from), reference(to))
                {
                    merges.push((from.1, from.0, to.1, to.0));
                }
            }
            _ => {}
        },
        Token::Close(name) => match name.as_str() {
            "v" | "t" => open.value = false,
            "c" => {
                read.take(&open, shown(&open, strings));
                open.column = open.column.saturating_add(1);
            }
            _ => {}
        },
        Token::Text(part) if open.value => open.text.push_str(&part),
        Token::Text(_) => {}
    });
    for cell in &mut read.table.cells {
        let merge =
            merges.iter().take(5_000).find(|merge| (merge.0, merge.1) == (cell.row, cell.column));
        if let Some((top, left, bottom, right)) = merge {
            cell.rows = bottom.saturating_sub(*top).min(MOST_ROWS) + 1;
            cell.columns = right.saturating_sub(*left).min(MOST_COLUMNS) + 1;
        }
    }
    read
}

/// The columns of a `col` element, when it hides them.
fn hidden_columns(attributes: &[(String, String)]) -> Option<RangeInclusive<u32>> {
    let number = |key| get(attributes, key).and_then(|number| number.parse::<u32>().ok());
    let hidden = matches!(get(attributes, "hidden"), Some("1" | "true"));
    let (first, last) = (number("min")?.checked_sub(1)?, number("max")?.checked_sub(1)?);
    hidden.then_some(first..=last)
}

fn shown(open: &Open, strings: &[String]) -> String {
    match open.kind.as_str() {
        "s" => open
            .text
            .trim()
            .parse::<usize>()
            .ok()
            .and_then(|at| strings.get(at))
            .cloned()
            .unwrap_or_default(),
        "" | "n" => number(&open.text),
        _ => open.text.clone(),
    }
}

/// A number as a person sees it: telephones are not shown as 1.3995839043E10, and of a longer number
/// (642223198304127000) a sheet knows no more than fifteen digits.
pub(super) fn number(text: &str) -> String {
    let text = text.trim();
    match text.parse::<f64>() {
        Ok(value)
            if value.is_finite()
                && value.fract() == 0.0
                && value.abs() < 1e18
                && (text.contains(['E', 'e', '.'])) =>
        {
            // The shortest digits that tell the number, not those of its binary form.
            value.to_string()
        }
        _ => text.to_owned(),
    }
}

/// `B4` as column and row, from 0.
fn reference(text: &str) -> Option<(u32, u32)> {
    let letters: String = text.chars().take_while(char::is_ascii_alphabetic).take(4).collect();
    let row: u32 = text.get(letters.len()..)?.parse().ok()?;
    let column = letters
        .bytes()
        .fold(0u32, |column, byte| column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1);
    Some((column.checked_sub(1)?, row.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_references_are_read_as_people_see_them() {
        assert_eq!(number("1.3995839043E10"), "13995839043");
        assert_eq!(number("13995839043"), "13995839043");
        assert_eq!(number("6.42223198304127e+17"), "642223198304127000");
        assert_eq!(reference("AB12"), Some((27, 11)));
    }

    #[test]
    fn hidden_rows_and_columns_are_left_out_and_noticed() {
        let sheet = |cols: &str, row: &str| {
            let xml = format!(
                "<worksheet><cols>{cols}</cols><sheetData><row r=\"1\"{row}>\
                 <c r=\"A1\" t=\"str\"><v>马玉兰</v></c><c t=\"str\"><v>x</v></c></row></sheetData></worksheet>"
            );
            let read = cells(xml.as_bytes(), &[]);
            (read.table.cells.len(), read.rows_hidden, read.columns_hidden)
        };
        assert_eq!(sheet("", ""), (2, false, false));
        assert_eq!(sheet("", " hidden=\"1\""), (0, true, false));
        assert_eq!(sheet("<col min=\"2\" max=\"9\" hidden=\"1\"/>", ""), (1, false, true));
        assert_eq!(sheet("<col min=\"2\" max=\"9\"/>", ""), (2, false, false));
        assert_eq!(sheet("<col min=\"3\" max=\"9\" hidden=\"1\"/>", ""), (2, false, false));
    }
}
