//! People side by side in one row of a table, a cell each: the name, and below it lines of labels and values.

use crate::message::{Cell, Table};
use crate::reading::language::text::{Text, is_han, until};
use crate::reading::prose::Around;
use crate::reading::scan::Scanner;
use crate::reading::values::digits::{self, Number};
use crate::reading::values::names;

/// `闫晓琴（女，汉族）`, and below it in the same cell `职务：收银主管`, `手机：157…`.
fn cards(table: &Table) -> Option<Vec<&Cell>> {
    let filled = || table.cells.iter().filter(|cell| !cell.text.trim().is_empty());
    let row = filled().next().map(|cell| cell.row)?;
    let cells: Vec<&Cell> = filled().collect();
    let beside = cells.iter().filter(|cell| cell.row == row).count() >= 2;
    (beside && cells.iter().all(|cell| is_card(&cell.text))).then_some(cells)
}

/// A name, and more than one line of what is told of its bearer, a number among it.
fn is_card(text: &str) -> bool {
    let shown = Text::show(text);
    let mut lines = shown.trim().lines();
    let first = Text::fold(lines.next().unwrap_or(""));
    let bare = first.trim_start_matches("姓名").trim_start_matches([':', '：', ' ']);
    let name = until(bare, bare.find(|c: char| !is_han(c) && c != '·').unwrap_or(bare.len()));
    let below = lines.filter(|line| !line.trim().is_empty()).count();
    let numbers = digits::find(&shown);
    let mobiles = numbers.iter().filter(|found| matches!(found.number, Number::Mobile(_)));
    names::plausible(name) && below >= 2 && !numbers.is_empty() && mobiles.count() <= 2
}

impl Scanner<'_> {
    /// Reads such people one after another; whether there were any.
    pub(super) fn side_by_side(&mut self, document: &str, table: &Table) -> bool {
        let Some(cards) = cards(table) else { return false };
        for cell in cards {
            let lines = cell.text.lines().map(str::trim).filter(|line| !line.is_empty());
            let lines: Vec<&str> = lines.collect();
            // Without labels they are one sentence.
            let labelled = lines.iter().filter(|line| line.contains(['：', ':'])).count() > 1;
            let texts = if labelled { lines.join("\n") } else { lines.join("，") };
            for line in texts.lines() {
                self.line(&Text::new(line), document, table.place(cell), Around::default());
            }
        }
        true
    }
}
