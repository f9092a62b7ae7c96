//! What every format becomes: lines and tables, each with a voice.

use serde::{Deserialize, Serialize};

/// Longer lines are no sentence, in characters.
const LONGEST_LINE: usize = 3_000;
/// Longer texts are no mail and no form, in characters.
const LONGEST_TEXT: usize = 120_000;
/// More lines and tables than any mail or form has.
const MOST_BLOCKS: usize = 6_000;
/// More rows than any list of people has.
const MOST_ROWS: u32 = 3_000;
/// More columns than any list of people has.
const MOST_COLUMNS: u32 = 200;

/// Whose words a line or a table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    /// The sender wrote it into this mail.
    #[default]
    Own,
    /// An earlier mail, repeated below or between the sender's words.
    Quoted,
    /// Somebody else's mail, handed on.
    Forwarded,
    /// What a client or a firm puts under every mail: cards, disclaimers, "sent from my phone".
    Signature,
}

/// Where a document comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The mail's own text.
    #[default]
    Body,
    /// An attached file.
    File,
    /// The text of an attached mail.
    Mail,
}

/// One text: the body, or a file that came along.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Where it comes from.
    pub origin: Origin,
    /// What evidence calls it: `正文`, or the file's name (`资料.zip › 报名表.docx`).
    pub name: String,
    /// Its lines and tables, in reading order.
    pub blocks: Vec<Block>,
    /// What a clerk must know of the file, in the clerk's words (`有隐藏的行`).
    pub remarks: Vec<String>,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A line of text.
    Line(Line),
    /// A table.
    Table(Table),
}

/// A line of text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The words, as written.
    pub text: String,
    /// Whose words.
    pub voice: Voice,
    /// Counted from 1 within the document.
    pub number: u32,
}

/// A table, as its cells stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The sheet's name or the caption, may be empty.
    pub title: String,
    /// The cells, row by row; a merged cell stands once, at its upper left corner.
    pub cells: Vec<Cell>,
    /// Whose words.
    pub voice: Voice,
    /// The cells have spreadsheet addresses (`B4`).
    pub sheet: bool,
    /// The lines of the mail in which the rows were typed, by row; empty for any other table.
    #[serde(default)]
    pub lines: Vec<u32>,
}

impl Table {
    /// Where a cell stands: in which line of the mail, else by its address or its row and column.
    #[must_use]
    pub fn place(&self, cell: &Cell) -> String {
        let line = usize::try_from(cell.row).ok().and_then(|row| self.lines.get(row));
        line.map_or_else(|| cell.place(self.sheet), |line| format!("第{line}行"))
    }
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// From 0.
    pub row: u32,
    /// From 0.
    pub column: u32,
    /// How many rows it covers, at least 1.
    pub rows: u32,
    /// How many columns it covers, at least 1.
    pub columns: u32,
    /// Its words; line breaks within the cell as `\n`.
    pub text: String,
}

impl Cell {
    /// Where it stands: `B4` in a spreadsheet, else by row and column, from 1.
    #[must_use]
    pub fn place(&self, sheet: bool) -> String {
        if !sheet {
            return format!("第{}行第{}列", self.row + 1, self.column + 1);
        }
        let mut letters = String::new();
        let mut column = self.column + 1;
        while column > 0 {
            let letter = u8::try_from((column - 1) % 26).unwrap_or(0);
            letters.insert(0, char::from(b'A' + letter));
            column = (column - 1) / 26;
        }
        format!("{letters}{}", self.row + 1)
    }
}

impl Document {
    /// A document of the lines of `text`, numbered from 1.
    #[must_use]
    pub fn of_text(origin: Origin, name: &str, text: &str) -> Self {
        let lines = text.split('\n').zip(1..).map(|(line, number)| {
            let text = line.trim_end_matches('\r').to_owned();
            Block::Line(Line { text, voice: Voice::Own, number })
        });
        Self { origin, name: name.to_owned(), blocks: lines.collect(), remarks: Vec::new() }
    }

    /// Cuts what no honest mail or form has: endless lines, endless texts. What was cut is remarked.
    pub fn bound(&mut self) {
        let mut left = LONGEST_TEXT;
        let mut cut = false;
        let mut shorten = |text: &mut String, most: usize| {
            let most = most.min(left);
            // No text has more characters than bytes.
            let longer = text.len() > most;
            let length = longer.then(|| text.char_indices().nth(most)).flatten();
            if let Some((at, _)) = length {
                text.truncate(at);
                cut = true;
            }
            left -= text.chars().count().min(left);
        };
        for block in &mut self.blocks {
            match block {
                Block::Line(line) => shorten(&mut line.text, LONGEST_LINE),
                Block::Table(table) => {
                    table.cells.retain(|cell| cell.row < MOST_ROWS && cell.column < MOST_COLUMNS);
                    for cell in &mut table.cells {
                        shorten(&mut cell.text, LONGEST_LINE);
                    }
                }
            }
        }
        self.blocks.truncate(MOST_BLOCKS);
        if cut {
            self.remarks.push("内容过长，只读取了前一部分".to_owned());
        }
    }

    /// Whether it holds no word at all.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.blocks.iter().all(|block| match block {
            Block::Line(line) => line.text.trim().is_empty(),
            Block::Table(table) => table.cells.iter().all(|cell| cell.text.trim().is_empty()),
        })
    }

    /// All words, a line or cell a line.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for block in &self.blocks {
            match block {
                Block::Line(line) => {
                    text.push_str(&line.text);
                    text.push('\n');
                }
                Block::Table(table) => {
                    for cell in &table.cells {
                        text.push_str(&cell.text);
                        text.push('\n');
                    }
                }
            }
        }
        text
    }
}

/// An attachment whose text is not read, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The file's name as the sender gave it.
    pub name: String,
    /// What it is, by its content.
    pub kind: UnreadKind,
    /// Why it was not read, for the staff.
    pub reason: String,
}

/// What an unread attachment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnreadKind {
    /// A picture, or a document that holds nothing but pictures.
    Image,
    /// A picture inside the text, too large for a logo.
    Inline,
    /// Locked with a password.
    Locked,
    /// Broken, cut short, or not what it claims to be.
    Damaged,
    /// A document format that cannot be read.
    Document,
    /// Larger than the bounds.
    Oversize,
    /// A link to a file that lies with the provider (超大附件).
    Link,
    /// Sound, film, a program, a calendar entry: nothing that could hold a form.
    Other,
}
