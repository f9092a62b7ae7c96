//! Word and old Excel files, by way of `office_oxide`.

use std::io::Cursor;

use office_oxide::ir::{Element, InlineContent, List, Table};
use office_oxide::{Document as Office, DocumentFormat};

use super::super::document::{Block, Document, Line, Table as DataTable, UnreadKind, Voice};
use super::super::table::Builder;
use super::biff::{self, Hidden};
use super::{File, Opened};

/// More blocks than any form has.
const MOST_BLOCKS: usize = 20_000;
/// How deep tables and lists are followed.
const DEEPEST: u32 = 24;

/// Reads `.docx`.
#[must_use]
pub(super) fn docx(file: File<'_>) -> Opened {
    read(file, DocumentFormat::Docx)
}

/// Reads `.doc` and `.wps`.
#[must_use]
pub(super) fn doc(file: File<'_>) -> Opened {
    read(file, DocumentFormat::Doc)
}

/// Reads `.xls` and `.et`.
#[must_use]
pub(super) fn xls(file: File<'_>) -> Opened {
    read(file, DocumentFormat::Xls)
}

fn read(file: File<'_>, format: DocumentFormat) -> Opened {
    let bytes = file.bytes.to_vec();
    let office = match Office::from_reader(Cursor::new(bytes), format) {
        Ok(office) => office,
        Err(error) => {
            let text = error.to_string().to_lowercase();
            let locked = text.contains("encrypt") || text.contains("password");
            return if locked {
                file.unread(UnreadKind::Locked, "文件有密码，无法打开").into()
            } else {
                file.unread(UnreadKind::Damaged, "文件损坏或格式不符，无法打开").into()
            };
        }
    };
    let sheet = format == DocumentFormat::Xls;
    let hides = if sheet { biff::hidden(file.bytes) } else { Vec::new() };
    let mut hides = hides.iter();
    let mut document = file.document();
    let mut pictures = false;
    for section in office.to_ir().sections {
        let hides = hides.next();
        let title = section.title.unwrap_or_default();
        let mut blocks = Blocks::default();
        for note in [&section.header, &section.first_page_header].into_iter().flatten() {
            blocks.elements(&note.content, 0);
        }
        blocks.elements(&section.elements, 0);
        if section.hidden {
            if blocks.list.iter().any(names_people) {
                document.remarks.push(format!("工作表“{title}”被隐藏，未读取"));
            }
            continue;
        }
        pictures |= blocks.pictures;
        for mut block in blocks.list {
            if let Block::Table(table) = &mut block
                && sheet
            {
                table.sheet = true;
                table.title.clone_from(&title);
                if let Some(hides) = hides {
                    document.remarks.extend(leave_out(table, hides));
                }
            }
            document.blocks.push(block);
        }
    }
    number(&mut document);
    if document.is_blank() && pictures {
        return file.unread(UnreadKind::Image, "文件里只有图片，没有文字").into();
    }
    document.into()
}

/// Whether a table looks like a list of people.
fn names_people(block: &Block) -> bool {
    match block {
        Block::Table(table) => table.cells.iter().any(|cell| cell.text.contains("姓名")),
        Block::Line(_) => false,
    }
}

/// Takes what a sheet hides out of its table, and says so where something stood there.
fn leave_out(table: &mut DataTable, hides: &Hidden) -> Vec<String> {
    let (mut rows, mut columns) = (false, false);
    table.cells.retain(|cell| {
        let (row, column) = (hides.row(cell.row), hides.column(cell.column));
        let words = !cell.text.trim().is_empty();
        rows |= row && words;
        columns |= column && !row && words;
        !row && !column
    });
    [(rows, "行"), (columns, "列")]
        .into_iter()
        .filter(|(hidden, _)| *hidden)
        .map(|(_, what)| hidden_remark(&table.title, what))
        .collect()
}

/// What is told of a sheet's hidden rows or columns.
pub(super) fn hidden_remark(sheet: &str, what: &str) -> String {
    format!("工作表“{sheet}”有隐藏的{what}，未读取")
}

/// Numbers the lines of a document.
pub(super) fn number(document: &mut Document) {
    let lines = document.blocks.iter_mut().filter_map(|block| match block {
        Block::Line(line) => Some(line),
        Block::Table(_) => None,
    });
    for (line, number) in lines.zip(1..) {
        line.number = number;
    }
}

#[derive(Default)]
struct Blocks {
    list: Vec<Block>,
    pictures: bool,
}

impl Blocks {
    fn elements(&mut self, elements: &[Element], depth: u32) {
        if depth > DEEPEST {
            return;
        }
        for element in elements {
            if self.list.len() > MOST_BLOCKS {
                return;
            }
            match element {
                Element::Paragraph(paragraph) => self.lines(&inline(&paragraph.content)),
                Element::Heading(heading) => self.lines(&inline(&heading.content)),
                Element::Table(table) => self.table(table, depth),
                Element::List(list) => self.items(list, depth),
                Element::TextBox(text) => self.elements(&text.content, depth + 1),
                Element::Image(_) => self.pictures = true,
                _ => {}
            }
        }
    }

    fn items(&mut self, list: &List, depth: u32) {
        for item in &list.items {
            self.elements(&item.content, depth + 1);
            if let Some(nested) = item.nested.as_ref().filter(|_| depth < DEEPEST) {
                self.items(nested, depth + 1);
            }
        }
    }

    fn lines(&mut self, text: &str) {
        for line in text.split('\n') {
            let line = Line { text: line.to_owned(), voice: Voice::Own, number: 0 };
            self.list.push(Block::Line(line));
        }
    }

    fn table(&mut self, table: &Table, depth: u32) {
        let mut builder = Builder::of_file();
        builder.caption(table.caption.as_deref().unwrap_or(""));
        for row in &table.rows {
            builder.row();
            for cell in &row.cells {
                builder.cell(cell.row_span, cell.col_span);
                let mut inner = Self::default();
                inner.elements(&cell.content, depth + 1);
                self.pictures |= inner.pictures;
                inner.list.into_iter().for_each(|block| builder.push(block));
                builder.end_cell();
            }
        }
        self.list.extend(builder.finish());
    }
}

/// The words of a paragraph; what is struck through does not count.
fn inline(content: &[InlineContent]) -> String {
    let mut text = String::new();
    for part in content {
        match part {
            InlineContent::Text(span) if !span.strikethrough => text.push_str(&span.text),
            InlineContent::LineBreak => text.push('\n'),
            _ => {}
        }
    }
    text
}
