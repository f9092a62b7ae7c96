//! Attached files become documents: one format a file, recognised by content, not by name.

mod biff;
mod csv;
mod office;
mod open_document;
mod page;
mod pdf;
mod pdf_fields;
mod plain;
mod rtf;
mod sniff;
mod tnef;
mod xlsx;
mod xml;
mod zipped;

pub use sniff::{Format, sniff};

use super::document::{Document, Origin, Unread, UnreadKind};

/// Larger files are not opened, in bytes.
pub const LARGEST_FILE: usize = 40 << 20;
/// How deep archives and attached mails may be nested.
pub const DEEPEST: u32 = 4;

/// A file that came along.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its name as evidence calls it.
    pub name: &'a str,
    /// The media type that the sender claims, may be empty.
    pub media: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// How many archives or mails it is inside of.
    pub depth: u32,
}

impl File<'_> {
    /// Says that it was not read.
    #[must_use]
    pub fn unread(&self, kind: UnreadKind, reason: &str) -> Unread {
        Unread { name: self.name.to_owned(), kind, reason: reason.to_owned() }
    }

    /// An empty document under its name.
    #[must_use]
    pub fn document(&self) -> Document {
        Document { origin: Origin::File, name: self.name.to_owned(), ..Document::default() }
    }

    /// The ending of its name, lower-cased, without the dot.
    #[must_use]
    pub fn ending(&self) -> String {
        self.name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.trim().to_lowercase())
    }
}

/// What opening a file gives.
#[derive(Clone, Debug, Default)]
pub struct Opened {
    /// What could be read.
    pub documents: Vec<Document>,
    /// What could not.
    pub unread: Vec<Unread>,
}

impl From<Document> for Opened {
    fn from(document: Document) -> Self {
        Self { documents: vec![document], unread: Vec::new() }
    }
}

impl From<Unread> for Opened {
    fn from(unread: Unread) -> Self {
        Self { documents: Vec::new(), unread: vec![unread] }
    }
}

/// Opens a file.
#[must_use]
pub fn open(file: File<'_>) -> Opened {
    if file.bytes.len() > LARGEST_FILE {
        return file.unread(UnreadKind::Oversize, "文件过大，未读取").into();
    }
    match sniff(&file) {
        Format::Empty => file.unread(UnreadKind::Damaged, "文件是空的").into(),
        Format::Image => file.unread(UnreadKind::Image, "图片，文字需由人工录入").into(),
        Format::Plain => plain::read(file).into(),
        Format::Csv => csv::read(file).into(),
        Format::Html => plain::html(file).into(),
        Format::Mail if file.depth < DEEPEST => super::mail(file),
        Format::Mail => file.unread(UnreadKind::Damaged, "邮件嵌套层数过多，未读取").into(),
        Format::Unknown => file.unread(UnreadKind::Document, "无法识别的文件格式").into(),
        Format::Harmless => file.unread(UnreadKind::Other, "不是可填报的文件").into(),
        Format::Word => office::docx(file),
        Format::WordOld => office::doc(file),
        Format::Sheet => xlsx::read(file),
        Format::SheetOld => office::xls(file),
        Format::OpenText => open_document::read(file, false),
        Format::OpenSheet => open_document::read(file, true),
        Format::Pdf => pdf::read(file),
        Format::Rtf => rtf::read(file).into(),
        Format::Tnef => tnef::read(file),
        Format::Zip => zipped::read(file),
        Format::Packed => {
            file.unread(UnreadKind::Document, "压缩格式不能读取，请用zip或直接发送文件").into()
        }
    }
}
