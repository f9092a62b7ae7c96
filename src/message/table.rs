//! Collects the rows and cells of a table and decides whether it carries data or only layout.

use super::document::{Block, Cell, Line, Table, Voice};

/// A cell with more text than this is a page, not a value.
const LONGEST_CELL: usize = 600;
/// Beyond this a span is nonsense.
const WIDEST_SPAN: u32 = 200;
/// More cells than any form or list has.
const MOST_CELLS: usize = 8_000;

/// A table under construction.
#[derive(Debug)]
pub(super) struct Builder {
    voice: Voice,
    title: String,
    cells: Vec<Raw>,
    /// Columns still covered by cells of earlier rows: how many more rows.
    covered: Vec<u32>,
    row: Option<u32>,
    column: u32,
    inside: bool,
    loose: Vec<Block>,
    /// In a page, long cells are layout; in a file's form they are a CV or an opinion.
    page: bool,
}

#[derive(Debug)]
struct Raw {
    cell: Cell,
    blocks: Vec<Block>,
}

impl Builder {
    /// An empty table.
    #[must_use]
    pub(super) fn new(voice: Voice) -> Self {
        Self {
            voice,
            title: String::new(),
            cells: Vec::new(),
            covered: Vec::new(),
            row: None,
            column: 0,
            inside: false,
            loose: Vec::new(),
            page: true,
        }
    }

    /// An empty table of a file.
    #[must_use]
    pub(super) fn of_file() -> Self {
        Self { page: false, ..Self::new(Voice::Own) }
    }

    /// Sets the title.
    pub(super) fn caption(&mut self, text: &str) {
        text.clone_into(&mut self.title);
    }

    /// Begins a row.
    pub(super) fn row(&mut self) {
        if self.row.is_some() {
            for left in &mut self.covered {
                *left = left.saturating_sub(1);
            }
        }
        self.row = Some(self.row.map_or(0, |row| row + 1));
        self.column = 0;
        self.inside = false;
    }

    /// Begins a cell that covers `rows` × `columns`.
    pub(super) fn cell(&mut self, rows: u32, columns: u32) {
        if self.row.is_none() {
            self.row();
        }
        let (rows, columns) = (rows.clamp(1, WIDEST_SPAN), columns.clamp(1, WIDEST_SPAN));
        while self.covered.get(self.column as usize).is_some_and(|left| *left > 0) {
            self.column += 1;
        }
        let column = self.column;
        let end = (column + columns) as usize;
        if self.covered.len() < end && end < MOST_CELLS {
            self.covered.resize(end, 0);
        }
        for left in self.covered.iter_mut().take(end).skip(column as usize) {
            *left = rows;
        }
        self.column += columns;
        let cell = Cell { row: self.row.unwrap_or(0), column, rows, columns, text: String::new() };
        if self.cells.len() < MOST_CELLS {
            self.cells.push(Raw { cell, blocks: Vec::new() });
        }
        self.inside = true;
    }

    /// Ends the cell.
    pub(super) fn end_cell(&mut self) {
        self.inside = false;
    }

    /// Adds a line or an inner table to the open cell.
    pub(super) fn push(&mut self, block: Block) {
        match self.cells.last_mut() {
            Some(raw) if self.inside => raw.blocks.push(block),
            _ => self.loose.push(block),
        }
    }

    /// The table as data followed by what was nested in it, or its content without the grid.
    #[must_use]
    pub(super) fn finish(self) -> Vec<Block> {
        let data = self.carries_data();
        let mut blocks = self.loose;
        if !data {
            blocks.extend(self.cells.into_iter().flat_map(|raw| raw.blocks));
            return blocks;
        }
        let mut nested = Vec::new();
        let mut cells = Vec::new();
        for raw in self.cells {
            let mut lines: Vec<String> = Vec::new();
            for block in raw.blocks {
                match block {
                    Block::Line(line) => lines.push(line.text),
                    Block::Table(table) => nested.push(Block::Table(table)),
                }
            }
            let text = lines.join("\n").trim_matches('\n').to_owned();
            cells.push(Cell { text, ..raw.cell });
        }
        blocks.push(Block::Table(Table {
            title: self.title,
            cells,
            voice: self.voice,
            ..Table::default()
        }));
        blocks.extend(nested);
        blocks
    }

    /// Data stand side by side in short cells; a page is laid out in long or single ones.
    fn carries_data(&self) -> bool {
        let filled = |raw: &&Raw| {
            raw.blocks.iter().any(
                |block| matches!(block, Block::Line(Line { text, .. }) if !text.trim().is_empty()),
            )
        };
        let length = |raw: &Raw| -> usize {
            let lines = raw.blocks.iter().map(|block| match block {
                Block::Line(line) => line.text.chars().count() + 20,
                Block::Table(_) => 0,
            });
            lines.sum()
        };
        let mut columns: Vec<u32> =
            self.cells.iter().filter(filled).map(|raw| raw.cell.column).collect();
        columns.sort_unstable();
        columns.dedup();
        columns.len() > 1 && (!self.page || self.cells.iter().all(|raw| length(raw) < LONGEST_CELL))
    }
}
