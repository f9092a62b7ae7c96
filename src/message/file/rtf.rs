//! `.rtf`: text, tables by their cell marks, code pages and Unicode escapes.

use encoding_rs::{GB18030, WINDOWS_1252};

use super::super::document::{Block, Document, Line, Voice};
use super::super::table::Builder;
use super::File;
use super::office::number;

/// Groups that hold no text of the page.
const SKIPPED: [&str; 22] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "themedata",
    "datastore",
    "xmlnstbl",
    "latentstyles",
    "fldinst",
    "filetbl",
    "revtbl",
    "nonshppict",
    "pntext",
    "listtext",
    "bkmkstart",
    "bkmkend",
];

#[derive(Clone, Copy, Default)]
struct Group {
    skip: bool,
    hidden: bool,
    /// How many replacement characters follow a `\u`.
    fallback: usize,
}

/// Reads a file.
#[must_use]
pub(super) fn read(file: File<'_>) -> Document {
    let mut page = Page::default();
    let mut groups: Vec<Group> = Vec::new();
    let mut group = Group { fallback: 1, ..Group::default() };
    let mut bytes = file.bytes;
    let mut pending = 0usize;
    while let Some((&byte, rest)) = bytes.split_first() {
        bytes = rest;
        match byte {
            b'{' => {
                if groups.len() < 2_000 {
                    groups.push(group);
                }
                if rest.starts_with(b"\\*") {
                    group.skip = true;
                }
            }
            b'}' => group = groups.pop().unwrap_or(group),
            b'\\' => {
                let (word, after) = control(rest);
                bytes = after;
                match word {
                    Control::Byte(value) if !group.skip && !group.hidden => {
                        if pending > 0 {
                            pending -= 1;
                        } else {
                            page.raw.push(value);
                        }
                    }
                    Control::Symbol(c) if !group.skip && !group.hidden => page.put(c),
                    Control::Word(name, value) => {
                        pending = page.word(&name, value, &mut group, pending);
                    }
                    _ => {}
                }
            }
            b'\r' | b'\n' => {}
            _ if group.skip || group.hidden => {}
            _ if pending > 0 => pending -= 1,
            _ => page.raw.push(byte),
        }
    }
    page.end_line();
    page.end_table();
    let mut document = Document { blocks: page.blocks, ..file.document() };
    number(&mut document);
    document
}

enum Control {
    Word(String, Option<i32>),
    Byte(u8),
    Symbol(char),
    Nothing,
}

fn control(bytes: &[u8]) -> (Control, &[u8]) {
    match bytes {
        [b'\'', high, low, rest @ ..] => {
            let value = super::super::transfer::hex(*high).zip(super::super::transfer::hex(*low));
            (value.map_or(Control::Nothing, |(high, low)| Control::Byte(high * 16 + low)), rest)
        }
        [b'~', rest @ ..] => (Control::Symbol(' '), rest),
        [c @ (b'\\' | b'{' | b'}'), rest @ ..] => (Control::Symbol(char::from(*c)), rest),
        [first, ..] if first.is_ascii_alphabetic() => {
            let length = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count().min(32);
            let (name, rest) = bytes.split_at(length);
            let sign = usize::from(rest.first() == Some(&b'-'));
            let digits =
                rest.iter().skip(sign).take_while(|byte| byte.is_ascii_digit()).count().min(10);
            let (number, rest) =
                if digits > 0 { rest.split_at(sign + digits) } else { (&[][..], rest) };
            let value = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok());
            let rest = rest.strip_prefix(b" ").unwrap_or(rest);
            (Control::Word(String::from_utf8_lossy(name).into_owned(), value), rest)
        }
        [_, rest @ ..] => (Control::Nothing, rest),
        [] => (Control::Nothing, bytes),
    }
}

#[derive(Default)]
struct Page {
    blocks: Vec<Block>,
    line: String,
    /// Bytes of the code page that wait to be decoded together.
    raw: Vec<u8>,
    table: Option<Builder>,
    row_open: bool,
    in_table: bool,
    high: Option<u16>,
}

impl Page {
    fn flush(&mut self) {
        if !self.raw.is_empty() {
            let raw = std::mem::take(&mut self.raw);
            let text = GB18030.decode_without_bom_handling_and_without_replacement(&raw);
            let text = text.unwrap_or_else(|| WINDOWS_1252.decode_without_bom_handling(&raw).0);
            self.line.push_str(&text);
        }
    }

    fn put(&mut self, c: char) {
        self.flush();
        self.line.push(c);
    }

    /// Obeys a control word; gives how many replacement characters are to be skipped.
    fn word(&mut self, name: &str, value: Option<i32>, group: &mut Group, pending: usize) -> usize {
        match name {
            _ if SKIPPED.contains(&name) => group.skip = true,
            "uc" => group.fallback = usize::try_from(value.unwrap_or(1)).unwrap_or(1).min(8),
            "v" | "deleted" => group.hidden = value != Some(0),
            "u" if !group.skip && !group.hidden => {
                self.unicode(value.unwrap_or(63));
                return group.fallback;
            }
            _ if group.skip || group.hidden => {}
            "par" | "line" | "sect" => self.end_line(),
            // The cells of an inner table stay within their cell.
            "tab" | "nestcell" => self.put('\t'),
            "emdash" | "endash" => self.put('—'),
            "emspace" | "enspace" | "qmspace" => self.put(' '),
            "lquote" => self.put('‘'),
            "rquote" => self.put('’'),
            "ldblquote" => self.put('“'),
            "rdblquote" => self.put('”'),
            "intbl" => self.in_table = true,
            "pard" => self.pard(),
            "cell" => self.cell(),
            "row" => self.row_open = false,
            "nestrow" => self.put('\n'),
            _ => {}
        }
        pending
    }

    fn unicode(&mut self, value: i32) {
        self.flush();
        let unit = u16::try_from(value.rem_euclid(65_536)).unwrap_or(63);
        match (self.high.take(), unit) {
            (Some(high), 0xdc00..=0xdfff) => {
                self.line.push_str(&String::from_utf16_lossy(&[high, unit]));
            }
            (_, 0xd800..=0xdbff) => self.high = Some(unit),
            // The symbol font's ticks and boxes.
            (_, 0xf0fe | 0xf052 | 0xf0fc) => self.line.push('☑'),
            (_, 0xf0a8 | 0xf06f | 0xf0a3) => self.line.push('□'),
            (_, unit) => self.line.push(char::from_u32(u32::from(unit)).unwrap_or('\u{fffd}')),
        }
    }

    fn pard(&mut self) {
        self.in_table = false;
    }

    fn end_line(&mut self) {
        self.flush();
        let text = std::mem::take(&mut self.line);
        if self.in_table {
            // Lines within a cell stay together until the cell's mark.
            self.line = text + "\n";
            return;
        }
        self.end_table();
        self.blocks.push(Block::Line(Line { text, voice: Voice::Own, number: 0 }));
    }

    fn cell(&mut self) {
        self.flush();
        let text = std::mem::take(&mut self.line);
        let table = self.table.get_or_insert_with(Builder::of_file);
        if !self.row_open {
            table.row();
            self.row_open = true;
        }
        table.cell(1, 1);
        for line in text.trim_end_matches('\n').split('\n') {
            table.push(Block::Line(Line { text: line.to_owned(), voice: Voice::Own, number: 0 }));
        }
        table.end_cell();
    }

    fn end_table(&mut self) {
        if let Some(table) = self.table.take() {
            self.blocks.extend(table.finish());
            self.row_open = false;
        }
    }
}
