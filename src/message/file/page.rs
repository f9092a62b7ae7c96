//! A drawn page becomes lines and tables: ruling lines make cells, what stands in none makes lines.

use super::super::document::{Block, Cell, Line, Table, Voice};

/// Lines closer than this are one, in points.
const NEAR: f64 = 3.0;
/// More grid lines than any form has, each way.
const MOST_LINES: usize = 150;

/// A glyph and where its base line begins, in points from the upper left.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) size: f64,
}

/// What a page draws.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) glyphs: Vec<Glyph>,
    /// Thin boxes: left, top, right, bottom.
    pub(super) rules: Vec<[f64; 4]>,
}

impl Page {
    /// The page's lines and tables, from top to bottom.
    pub(super) fn blocks(self) -> Vec<Block> {
        let mut grid = Grid::new(&self.rules);
        if !grid.abreast() {
            // Boxes below one another, the labels beside them: lines, no table.
            grid.regions.clear();
            grid.owner.clear();
        }
        let mut cells: Vec<Vec<Glyph>> = vec![Vec::new(); grid.regions.len()];
        let mut free = Vec::new();
        let mut top = f64::MAX;
        for glyph in self.glyphs {
            match grid.region(glyph.x + glyph.size * 0.3, glyph.y - glyph.size * 0.3) {
                Some(region) => {
                    top = top.min(glyph.y);
                    if let Some(cell) = cells.get_mut(region) {
                        cell.push(glyph);
                    }
                }
                None => free.push(glyph),
            }
        }
        let table: Vec<Cell> = grid
            .regions
            .iter()
            .zip(cells)
            .map(|(region, glyphs)| {
                let text =
                    lines(glyphs).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n");
                Cell {
                    row: region.row,
                    column: region.column,
                    rows: region.rows,
                    columns: region.columns,
                    text,
                }
            })
            .collect();
        let mut blocks: Vec<Block> = Vec::new();
        let mut placed = table.is_empty() || table.iter().all(|cell| cell.text.trim().is_empty());
        let mut table = Some(Table { cells: table, ..Table::default() });
        for (y, text) in lines(free) {
            if !placed && y > top {
                blocks.extend(table.take().map(Block::Table));
                placed = true;
            }
            blocks.push(Block::Line(Line { text, voice: Voice::Own, number: 0 }));
        }
        if !placed {
            blocks.extend(table.map(Block::Table));
        }
        blocks
    }
}

/// Glyphs as lines of text, top to bottom; wide gaps become blanks.
fn lines(mut glyphs: Vec<Glyph>) -> Vec<(f64, String)> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<(f64, Vec<Glyph>)> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some((y, row)) if (glyph.y - *y).abs() < (glyph.size * 0.45).max(1.0) => {
                row.push(glyph);
            }
            _ => rows.push((glyph.y, vec![glyph])),
        }
    }
    joined(rows).into_iter().map(|(y, row)| (y, line(row))).collect()
}

/// `姓名：` and a form field beside it, a little higher: rows that no line's height divides are one line.
fn joined(rows: Vec<(f64, Vec<Glyph>)>) -> Vec<(f64, Vec<Glyph>)> {
    let mut whole: Vec<(f64, Vec<Glyph>)> = Vec::with_capacity(rows.len());
    for (y, row) in rows {
        match whole.last_mut() {
            Some((above, last))
                if y - *above < size(last).max(size(&row)) * 0.8 && apart(last, &row) =>
            {
                *above = y;
                last.extend(row);
            }
            _ => whole.push((y, row)),
        }
    }
    whole
}

fn size(row: &[Glyph]) -> f64 {
    row.iter().map(|glyph| glyph.size).fold(0.0, f64::max)
}

/// Whether one row ends before the other begins.
fn apart(one: &[Glyph], other: &[Glyph]) -> bool {
    let ends = |row: &[Glyph]| {
        let inked = row.iter().filter(|glyph| !glyph.text.trim().is_empty());
        inked.fold((f64::MAX, f64::MIN), |(left, right), glyph| {
            (left.min(glyph.x), right.max(glyph.x + glyph.size * 0.6))
        })
    };
    let ((left, right), (other_left, other_right)) = (ends(one), ends(other));
    right <= other_left || other_right <= left
}

fn line(mut row: Vec<Glyph>) -> String {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut text = String::new();
    let mut last: Option<Glyph> = None;
    for glyph in row {
        if let Some(last) = &last {
            // Fake bold draws each glyph twice.
            if last.text == glyph.text && (glyph.x - last.x).abs() < glyph.size * 0.2 {
                continue;
            }
            let narrow = last.text.is_ascii();
            let width = if narrow { last.size * 0.6 } else { last.size };
            let gap = glyph.x - last.x - width;
            if gap > glyph.size * 1.5 {
                text.push('\t');
            } else if gap > glyph.size * 0.5 && !text.ends_with(' ') && glyph.text != " " {
                text.push(' ');
            }
        }
        text.push_str(&glyph.text);
        last = Some(glyph);
    }
    text.trim_end().to_owned()
}

struct Region {
    row: u32,
    column: u32,
    rows: u32,
    columns: u32,
}

struct Grid {
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// The region of each elementary cell, row by row.
    owner: Vec<Option<usize>>,
    regions: Vec<Region>,
}

impl Grid {
    /// Elementary cells between neighbouring lines; those without a ruling between them are joined.
    fn new(rules: &[[f64; 4]]) -> Self {
        let (mut flat, mut upright) = (Vec::new(), Vec::new());
        for [left, top, right, bottom] in rules {
            if right - left > bottom - top && right - left > 6.0 {
                flat.push((f64::midpoint(*top, *bottom), *left, *right));
            } else if bottom - top > 6.0 {
                upright.push((f64::midpoint(*left, *right), *top, *bottom));
            }
        }
        let (xs, ys) = (distinct(&upright), distinct(&flat));
        let mut grid = Self { xs, ys, owner: Vec::new(), regions: Vec::new() };
        if grid.xs.len() < 3
            || grid.ys.len() < 3
            || grid.xs.len() > MOST_LINES
            || grid.ys.len() > MOST_LINES
        {
            return Self { xs: Vec::new(), ys: Vec::new(), owner: Vec::new(), regions: Vec::new() };
        }
        let (columns, rows) = (grid.xs.len() - 1, grid.ys.len() - 1);
        grid.owner = vec![None; columns * rows];
        for row in 0..rows {
            for column in 0..columns {
                if grid.owner.get(row * columns + column).copied().flatten().is_none() {
                    grid.grow(row, column, &flat, &upright);
                }
            }
        }
        grid
    }

    /// Makes a region of all cells right and below that no ruling divides.
    fn grow(
        &mut self,
        row: usize,
        column: usize,
        flat: &[(f64, f64, f64)],
        upright: &[(f64, f64, f64)],
    ) {
        let (columns, rows) = (self.xs.len() - 1, self.ys.len() - 1);
        let x = |at: usize, xs: &[f64]| xs.get(at).copied().unwrap_or(0.0);
        let middle = f64::midpoint(x(row, &self.ys), x(row + 1, &self.ys));
        let mut right = column;
        while right + 1 < columns && !covers(upright, x(right + 1, &self.xs), middle) {
            right += 1;
        }
        let centre = f64::midpoint(x(column, &self.xs), x(column + 1, &self.xs));
        let mut below = row;
        while below + 1 < rows && !covers(flat, x(below + 1, &self.ys), centre) {
            below += 1;
        }
        // A cell has four sides; an underlined blank has one.
        let sides = covers(upright, x(column, &self.xs), middle)
            && covers(upright, x(right + 1, &self.xs), middle)
            && covers(flat, x(row, &self.ys), centre)
            && covers(flat, x(below + 1, &self.ys), centre);
        if !sides {
            return;
        }
        let region = self.regions.len();
        for r in row..=below {
            for c in column..=right {
                if let Some(owner) = self.owner.get_mut(r * columns + c) {
                    owner.get_or_insert(region);
                }
            }
        }
        let narrow = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        self.regions.push(Region {
            row: narrow(row),
            column: narrow(column),
            rows: narrow(below - row + 1),
            columns: narrow(right - column + 1),
        });
    }

    /// Whether any two regions stand in the same row.
    fn abreast(&self) -> bool {
        self.regions
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if a.row < b.row + b.rows && b.row < a.row + a.rows))
    }

    fn region(&self, x: f64, y: f64) -> Option<usize> {
        let column =
            self.xs.windows(2).position(|pair| matches!(pair, [a, b] if *a <= x && x < *b))?;
        let row =
            self.ys.windows(2).position(|pair| matches!(pair, [a, b] if *a <= y && y < *b))?;
        self.owner.get(row * (self.xs.len() - 1) + column).copied().flatten()
    }
}

/// Whether a ruling lies at `at` and passes `across`.
fn covers(rules: &[(f64, f64, f64)], at: f64, across: f64) -> bool {
    rules.iter().any(|(place, from, to)| {
        (place - at).abs() < NEAR && *from - 1.0 <= across && across <= *to + 1.0
    })
}

fn distinct(rules: &[(f64, f64, f64)]) -> Vec<f64> {
    let mut places: Vec<f64> = rules.iter().map(|rule| rule.0).collect();
    places.sort_by(f64::total_cmp);
    let mut distinct: Vec<f64> = Vec::new();
    for place in places {
        if distinct.last().is_none_or(|last| place - last > NEAR) {
            distinct.push(place);
        }
    }
    distinct
}
