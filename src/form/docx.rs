//! A Word file of the few parts that an office's sheet has (ECMA-376): the same content gives the
//! same bytes.

use std::fmt::Write as _;
use std::io::{self, Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A sheet in the making.
#[derive(Clone, Debug, Default)]
pub struct Docx {
    body: String,
}

/// How a paragraph looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The sheet's title.
    Title,
    /// Over a part.
    Heading,
    /// Running text, its first line indented by two characters.
    Text,
    /// Where somebody signs: at the right, with room behind it.
    Sign,
    /// Signature and date.
    Right,
    /// Small print.
    Note,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What stands in it.
    pub text: String,
    /// How many columns it takes.
    pub span: usize,
    /// It says what its neighbour is.
    pub label: bool,
    /// Somebody writes several lines in it.
    pub tall: bool,
}

impl Cell {
    /// A cell of one column.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self { text: text.to_owned(), span: 1, label: false, tall: false }
    }

    /// A cell that says what its neighbour, or its column, is.
    #[must_use]
    pub fn label(text: &str) -> Self {
        Self { label: true, ..Self::text(text) }
    }
}

/// Heights of a table's rows, in twentieths of a point: one line, and five.
const LOW: u32 = 640;
const TALL: u32 = 2_000;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
/// Song at 12 points: on every Chinese computer, as office sheets are set.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>"#;
const OPENING: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;
/// A4 with margins of 2.5 cm.
const CLOSING: &str = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="851" w:footer="851" w:gutter="0"/></w:sectPr></w:body></w:document>"#;

impl Style {
    /// The properties of the paragraph, and of its text.
    fn properties(self) -> (&'static str, &'static str) {
        match self {
            Self::Title => {
                (r#"<w:jc w:val="center"/>"#, r#"<w:b/><w:sz w:val="36"/><w:szCs w:val="36"/>"#)
            }
            Self::Heading => (r#"<w:spacing w:before="240" w:after="60"/>"#, "<w:b/>"),
            Self::Text => (
                r#"<w:spacing w:line="400" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="480"/>"#,
                "",
            ),
            Self::Sign => {
                (r#"<w:spacing w:before="240"/><w:ind w:right="2400"/><w:jc w:val="right"/>"#, "")
            }
            Self::Right => (r#"<w:spacing w:before="120"/><w:jc w:val="right"/>"#, ""),
            Self::Note => {
                (r#"<w:spacing w:before="240"/>"#, r#"<w:sz w:val="21"/><w:szCs w:val="21"/>"#)
            }
        }
    }
}

impl Docx {
    /// Adds a paragraph.
    pub fn paragraph(&mut self, style: Style, text: &str) {
        let (paragraph, letters) = style.properties();
        // A title stands apart from what follows.
        let apart = if style == Style::Title { r#"<w:spacing w:after="240"/>"# } else { "" };
        self.put(&format!("<w:p><w:pPr>{apart}{paragraph}</w:pPr>{}</w:p>", run(letters, text)));
    }

    /// Adds a table with lines around each cell; `widths` in twentieths of a point.
    pub fn table(&mut self, widths: &[u32], rows: &[Vec<Cell>]) {
        let edge =
            |side| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>"#);
        let edges = ["top", "left", "bottom", "right", "insideH", "insideV"].map(edge).concat();
        let column = |width: &u32| format!(r#"<w:gridCol w:w="{width}"/>"#);
        let columns = widths.iter().map(column).collect::<Vec<_>>().concat();
        self.put(&format!(
            r#"<w:tbl><w:tblPr><w:tblW w:w="{}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"#,
            widths.iter().sum::<u32>()
        ));
        for row in rows {
            let height = if row.iter().any(|cell| cell.tall) { TALL } else { LOW };
            self.put(&format!(
                r#"<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}"/></w:trPr>"#
            ));
            let mut left = widths.iter();
            for cell in row {
                let width: u32 = left.by_ref().take(cell.span).sum();
                self.cell(cell, width);
            }
            self.put("</w:tr>");
        }
        self.put("</w:tbl>");
    }

    fn cell(&mut self, cell: &Cell, width: u32) {
        let span = match cell.span {
            1 => String::new(),
            span => format!(r#"<w:gridSpan w:val="{span}"/>"#),
        };
        let centred = if cell.label { r#"<w:pPr><w:jc w:val="center"/></w:pPr>"# } else { "" };
        self.put(&format!(
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr><w:p>{centred}{}</w:p></w:tc>"#,
            run("", &cell.text)
        ));
    }

    fn put(&mut self, part: &str) {
        // Writing to a string does not fail.
        let _ = self.body.write_str(part);
    }

    /// The bytes of the file. An error is the archive's.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        // Without today's date: the same content shall be the same file.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let document = format!("{OPENING}{}{CLOSING}", self.body);
        let parts = [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", RELATIONS),
            ("word/document.xml", document.as_str()),
            ("word/_rels/document.xml.rels", PARTS),
            ("word/styles.xml", STYLES),
        ];
        for (name, text) in parts {
            archive.start_file(name, options)?;
            archive.write_all(text.as_bytes())?;
        }
        Ok(archive.finish()?.into_inner())
    }
}

/// Quotation marks and boxes stand in Chinese and other fonts alike: here they are Chinese.
fn run(properties: &str, text: &str) -> String {
    format!(
        r#"<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>{properties}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>"#,
        escaped(text)
    )
}

/// A text as XML holds it: what no XML document may contain is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}
