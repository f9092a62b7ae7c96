//! `.odt` and `.ods` (the `OpenDocument` formats).

use std::io::Cursor;

use zip::ZipArchive;

use super::super::document::{Block, Line, UnreadKind, Voice};
use super::super::table::Builder;
use super::office::number;
use super::xml::{self, Token, get};
use super::{File, Opened};

/// Repeated empty rows and columns beyond this are the rest of the sheet.
const MOST_REPEATS: u32 = 60;
/// More rows than any list of people has.
const MOST_ROWS: u32 = 3_000;

/// Reads a text or a sheet.
#[must_use]
pub(super) fn read(file: File<'_>, sheet: bool) -> Opened {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(file.bytes)) else {
        return file.unread(UnreadKind::Damaged, "文件损坏，无法打开").into();
    };
    let manifest = xml::member(&mut archive, "META-INF/manifest.xml").unwrap_or_default();
    if manifest.windows(15).any(|part| part == b"encryption-data") {
        return file.unread(UnreadKind::Locked, "文件有密码，无法打开").into();
    }
    let Some(content) = xml::member(&mut archive, "content.xml") else {
        return file.unread(UnreadKind::Damaged, "文件损坏，无法打开").into();
    };
    let mut walk = Walk { sheet, ..Walk::default() };
    xml::tokens(&content, |token| walk.take(token));
    let mut document = file.document();
    document.blocks = walk.blocks;
    if walk.hidden {
        document.remarks.push("有隐藏的行，未读取".to_owned());
    }
    number(&mut document);
    document.into()
}

#[derive(Default)]
struct Walk {
    sheet: bool,
    blocks: Vec<Block>,
    tables: Vec<(Builder, String)>,
    line: String,
    skip: u32,
    rows: u32,
    row_hidden: bool,
    hidden: bool,
    repeat: u32,
}

impl Walk {
    fn take(&mut self, token: Token) {
        match token {
            Token::Open(name, attributes) => self.open(&name, &attributes),
            Token::Close(name) => self.close(&name),
            Token::Text(text) if self.skip == 0 => {
                self.line.push_str(&text.replace(['\n', '\t'], " "));
            }
            Token::Text(_) => {}
        }
    }

    fn open(&mut self, name: &str, attributes: &[(String, String)]) {
        if self.skip > 0
            || matches!(
                name,
                "tracked-changes" | "annotation" | "forms" | "note" | "binary-data" | "script"
            )
        {
            self.skip += 1;
            return;
        }
        let count =
            |key| get(attributes, key).and_then(|value| value.parse::<u32>().ok()).unwrap_or(1);
        match name {
            "tab" => self.line.push('\t'),
            "line-break" => self.line.push('\n'),
            "s" => (0..count("c").min(100)).for_each(|_| self.line.push(' ')),
            "table" => {
                let title = get(attributes, "name").unwrap_or("").to_owned();
                self.tables.push((Builder::of_file(), title));
            }
            "table-row" => {
                self.rows += 1;
                self.row_hidden =
                    matches!(get(attributes, "visibility"), Some("collapse" | "filter"));
                if let Some((table, _)) = self.tables.last_mut() {
                    table.row();
                }
            }
            "table-cell" | "covered-table-cell" => {
                self.repeat = count("number-columns-repeated").min(MOST_REPEATS);
                let (rows, columns) =
                    (count("number-rows-spanned"), count("number-columns-spanned"));
                if let Some((table, _)) =
                    self.tables.last_mut().filter(|_| name == "table-cell" && self.rows < MOST_ROWS)
                {
                    for _ in 0..self.repeat {
                        table.cell(rows, columns);
                    }
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match name {
            "p" | "h" => {
                let text = std::mem::take(&mut self.line);
                if self.row_hidden && !self.tables.is_empty() {
                    self.hidden |= !text.trim().is_empty();
                    return;
                }
                for line in text.split('\n') {
                    self.push(Block::Line(Line {
                        text: line.to_owned(),
                        voice: Voice::Own,
                        number: 0,
                    }));
                }
            }
            "table-cell" => {
                if let Some((table, _)) = self.tables.last_mut() {
                    table.end_cell();
                }
            }
            "table" => {
                if let Some((table, title)) = self.tables.pop() {
                    for mut block in table.finish() {
                        if let Block::Table(table) = &mut block
                            && self.sheet
                        {
                            table.sheet = true;
                            table.title.clone_from(&title);
                        }
                        self.push(block);
                    }
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, block: Block) {
        match self.tables.last_mut() {
            Some((table, _)) => table.push(block),
            None => self.blocks.push(block),
        }
    }
}
