//! A sheet of headings, paragraphs and tables, and how it is written down.

use std::fmt::Write as _;
use std::io;

use crate::form::{Cell, Docx, Style};

/// How wide a sheet's tables are, in twentieths of a point.
const WIDTH: u32 = 9_060;

/// A part of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Over a part.
    Heading(String),
    /// Running text.
    Text(String),
    /// One of several, each on its line.
    Item(String),
    /// Rows of cells; the first row are headings.
    Table(Vec<Vec<String>>),
    /// Signature and date.
    Right(String),
}

/// A sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Its title.
    pub title: String,
    /// Its parts, in order.
    pub blocks: Vec<Block>,
}

impl Paper {
    /// As a Word file. An error is the archive's.
    pub fn docx(&self) -> io::Result<Vec<u8>> {
        let mut docx = Docx::default();
        docx.paragraph(Style::Title, &self.title);
        for block in &self.blocks {
            match block {
                Block::Heading(text) => docx.paragraph(Style::Heading, text),
                Block::Text(text) | Block::Item(text) => docx.paragraph(Style::Text, text),
                Block::Right(text) => docx.paragraph(Style::Right, text),
                Block::Table(rows) => {
                    let columns = rows.first().map_or(1, Vec::len).max(1);
                    // The first column holds names, the others numbers.
                    let width = WIDTH / (u32::try_from(columns).unwrap_or(1) + 1);
                    let mut widths = vec![width; columns];
                    widths.iter_mut().take(1).for_each(|first| *first = 2 * width);
                    let row =
                        |row: &Vec<String>| row.iter().map(|text| Cell::label(text)).collect();
                    docx.table(&widths, &rows.iter().map(row).collect::<Vec<_>>());
                }
            }
        }
        docx.finish()
    }

    /// As plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", self.title);
        for block in &self.blocks {
            // Writing to a string does not fail.
            let _ = match block {
                Block::Heading(text) => writeln!(out, "\n{text}"),
                Block::Text(text) | Block::Item(text) => writeln!(out, "　　{text}"),
                Block::Right(text) => writeln!(out, "　　　　　　　　　　{text}"),
                Block::Table(rows) => {
                    rows.iter().try_for_each(|row| writeln!(out, "　　{}", row.join("　")))
                }
            };
        }
        out
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}\n", self.title);
        for block in &self.blocks {
            let _ = match block {
                Block::Heading(text) => writeln!(out, "\n## {text}\n"),
                Block::Text(text) => writeln!(out, "{text}\n"),
                Block::Item(text) => writeln!(out, "- {text}"),
                Block::Right(text) => writeln!(out, "\n{text}"),
                Block::Table(rows) => {
                    let _ = writeln!(out);
                    rows.iter().enumerate().try_for_each(|(place, row)| {
                        let cells: Vec<_> =
                            row.iter().map(|cell| cell.replace('|', "\\|")).collect();
                        writeln!(out, "| {} |", cells.join(" | "))?;
                        let rule = if place == 0 {
                            format!("|{}\n", " --- |".repeat(row.len()))
                        } else {
                            String::new()
                        };
                        write!(out, "{rule}")
                    })
                }
            };
        }
        out
    }

    /// As a page.
    #[must_use]
    pub fn html(&self) -> String {
        let mut body = String::new();
        for block in &self.blocks {
            let _ = match block {
                Block::Heading(text) => write!(body, "<h2>{}</h2>", escaped(text)),
                Block::Text(text) | Block::Item(text) => {
                    write!(body, "<p>{}</p>", escaped(text))
                }
                Block::Right(text) => write!(body, "<p class=\"right\">{}</p>", escaped(text)),
                Block::Table(rows) => {
                    let cells = |row: &Vec<String>| {
                        let cells = row.iter().map(|cell| format!("<td>{}</td>", escaped(cell)));
                        format!("<tr>{}</tr>", cells.collect::<Vec<_>>().concat())
                    };
                    let rows = rows.iter().map(cells).collect::<Vec<_>>().concat();
                    write!(body, "<table>{rows}</table>")
                }
            };
        }
        let title = escaped(&self.title);
        format!("{HEAD}<title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>\n")
    }
}

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
<style>body{max-width:760px;margin:0 auto;padding:40px 24px;font-family:FangSong,STFangsong,\
'Noto Serif CJK SC',SimSun,serif;font-size:18px;line-height:1.9;color:#222}\
h1{text-align:center;font-size:26px;line-height:1.5;text-wrap:balance}\
h2{font-family:SimHei,'Noto Sans CJK SC',sans-serif;font-size:18px;margin:20px 0 4px}\
p{margin:0;text-indent:2em}.right{text-align:right;text-indent:0}\
table{border-collapse:collapse;margin:10px auto;width:100%;font-size:16px;line-height:1.5}\
td{border:1px solid #999;padding:5px 8px;text-align:center}tr:first-child td{background:#f0ede6}\
</style>";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
