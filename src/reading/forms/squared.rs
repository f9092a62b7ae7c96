//! Tables put into the form in which labels and values stand side by side or below each other: digits one a cell, columns
//! of hints, people of two rows, tables of relatives within a form, sheets that only explain.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::message::{Cell, Table};

use super::labels::Labels;
use super::table_parts::{self as parts, word};
use crate::reading::language::kin;
use crate::reading::language::text::{Text, squeeze};
use crate::reading::language::words::{Words, words};

words! {
    /// What heads a column that tells how to fill in the others.
    HINTS = "填写说明 填表说明 填报说明 说明 填写要求 要求 示例 样例 填写示例 填写样例 注意事项 填写提示 提示";
    /// What heads the column that is filled in.
    CONTENTS = "内容 填写内容 填报内容 填写 填写栏 填写处 信息 您的信息 答案 本人填写";
    /// Sheets by these names are none that anybody fills in.
    EXPLAINS = "填表说明 填写说明 填报说明 说明 使用说明 样表 样例 示例 示例表 填写样例 填写示例 填表须知 填写须知 模板说明";
    /// What heads the columns of people beside the one who fills in the form.
    OF_OTHERS = "称谓 关系 与本人关系 家庭关系 与申请人关系 与报名人关系";
}

/// So many digits stand one a cell.
const FEWEST_DIGITS: usize = 6;

/// The table in plain form.
#[must_use]
pub(crate) fn plain<'t>(table: &'t Table, labels: &Labels) -> Cow<'t, Table> {
    if table.sheet && explains(table) {
        return Cow::Owned(Table { cells: Vec::new(), ..table.clone() });
    }
    if let Some(laid) = parts::corrections(table, labels).or_else(|| parts::twins(table, labels)) {
        return Cow::Owned(laid);
    }
    let mut plain = Cow::Borrowed(table);
    for change in
        [digits, without_hints, without_others, parts::without_former, parts::without_agents]
    {
        if let Some(cells) = change(&plain.cells) {
            plain.to_mut().cells = cells;
        }
    }
    if let Some(flat) = flat(&plain, labels).or_else(|| parts::abreast(&plain, labels)) {
        plain = Cow::Owned(flat);
    }
    plain
}

/// A sheet that tells how another is to be filled in.
fn explains(table: &Table) -> bool {
    let title = squeeze(&Text::fold(&table.title));
    EXPLAINS.start(&title) == Some(title.as_str())
}

/// `6 | 4 | 2 | 2`: the digits of one number, each in a cell of its own.
fn digits(cells: &[Cell]) -> Option<Vec<Cell>> {
    let digit = |cell: &Cell| {
        let mut chars = cell.text.trim().chars();
        let one = chars.next().is_some_and(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X' | 'Ｘ'));
        one && chars.next().is_none()
    };
    let mut joined: Vec<Cell> = Vec::new();
    let mut at = 0;
    let mut changed = false;
    while let Some(first) = cells.get(at) {
        let run = cells.iter().skip(at).take_while(|cell| cell.row == first.row && digit(cell));
        let run: Vec<&Cell> = run.collect();
        if run.len() >= FEWEST_DIGITS {
            changed = true;
            let text = run.iter().map(|cell| cell.text.trim()).collect();
            let columns = run.iter().map(|cell| cell.columns).sum();
            joined.push(Cell { columns, text, ..first.clone() });
            at += run.len();
        } else {
            joined.push(first.clone());
            at += 1;
        }
    }
    changed.then_some(joined)
}

/// `序号 | 项目 | 填写内容 | 填写说明`: the last column holds nobody's data.
fn without_hints(cells: &[Cell]) -> Option<Vec<Cell>> {
    let head = |cell: &&Cell| cell.row <= 1;
    let is = |words: &Words, cell: &Cell| {
        let word = word(cell);
        words.start(&word) == Some(word.as_str())
    };
    let contents = cells.iter().filter(head).find(|cell| is(&CONTENTS, cell))?;
    let hints =
        cells.iter().filter(head).find(|cell| cell.row == contents.row && is(&HINTS, cell))?;
    let kept = cells.iter().filter(|cell| cell.column != hints.column);
    Some(kept.cloned().collect())
}

/// `家庭成员 | 称谓 | 姓名 | 电话` within a form, and the rows below.
fn without_others(cells: &[Cell]) -> Option<Vec<Cell>> {
    let heads = cells.iter().filter(|cell| {
        let word = word(cell);
        cell.row > 1 && OF_OTHERS.start(&word) == Some(word.as_str())
    });
    let mut rows: BTreeSet<u32> = BTreeSet::new();
    for head in heads {
        // The cell on the left that names the part covers its rows.
        let part = cells.iter().find(|cell| {
            cell.column < head.column
                && cell.rows > 1
                && (cell.row..cell.row + cell.rows).contains(&head.row)
        });
        if let Some(part) = part {
            rows.extend(part.row..part.row + part.rows);
            continue;
        }
        // The part is named in a row above, over its whole width: its rows begin with who somebody is.
        if let Some(above) = head.row.checked_sub(1).filter(|row| heads_alone(cells, *row)) {
            let first = |row: u32| cells.iter().find(|cell| cell.row == row);
            let kin = |row: &u32| first(*row).is_some_and(|cell| kin::is_one(cell.text.trim()));
            rows.extend([above, head.row]);
            rows.extend((head.row + 1..).take_while(kin));
            continue;
        }
        // The part is named in its first row alone, and nothing stands below its name.
        let named = |row: u32| {
            let mut left = cells.iter().filter(|cell| cell.row == row && cell.column < head.column);
            left.any(|cell| !cell.text.trim().is_empty())
        };
        let filled =
            |row: u32| cells.iter().any(|cell| cell.row == row && !cell.text.trim().is_empty());
        if named(head.row) {
            rows.insert(head.row);
            rows.extend((head.row + 1..).take_while(|row| filled(*row) && !named(*row)));
        }
    }
    (!rows.is_empty())
        .then(|| cells.iter().filter(|cell| !rows.contains(&cell.row)).cloned().collect())
}

/// `家庭主要成员` in a row of its own.
fn heads_alone(cells: &[Cell], row: u32) -> bool {
    let mut filled = cells.iter().filter(|cell| cell.row == row && !cell.text.trim().is_empty());
    filled.next().is_some_and(|cell| {
        ["家庭", "亲属", "社会关系"].iter().any(|word| cell.text.contains(word))
    }) && filled.next().is_none()
}

/// Two rows of labels, and two rows for each person below them: one row of each.
fn flat(table: &Table, labels: &Labels) -> Option<Table> {
    let rows = table.cells.iter().map(|cell| cell.row + 1).max()?;
    let of_row = |row: u32| table.cells.iter().filter(move |cell| cell.row == row);
    let label = |cell: &Cell| labels.whole(&Text::fold(&cell.text)).is_some();
    let heads = |row: u32| {
        let filled = of_row(row).filter(|cell| !cell.text.trim().is_empty()).count();
        filled >= 2 && of_row(row).filter(|cell| label(cell)).count() * 10 >= filled * 8
    };
    let spans = |row: u32| of_row(row).any(|cell| cell.rows == 2);
    let paired = rows >= 4 && rows % 2 == 0 && (0..rows).step_by(2).all(spans);
    // Only the ordinal stands before both rows of labels: no heading over several columns.
    let ordinal = of_row(0).all(|cell| cell.columns == 1 && (cell.rows == 1 || cell.column == 0));
    if !(paired && ordinal && heads(0) && heads(1)) || (2..rows).any(heads) {
        return None;
    }
    let width = table.cells.iter().map(|cell| cell.column + cell.columns).max()?;
    let cells = table.cells.iter().map(|cell| Cell {
        row: cell.row / 2,
        column: if cell.row % 2 == 0 { cell.column } else { width + cell.column },
        rows: 1,
        ..cell.clone()
    });
    let mut cells: Vec<Cell> = cells.collect();
    cells.sort_by_key(|cell| (cell.row, cell.column));
    let lines = (0..rows / 2).map(|row| row * 2 + 1).collect();
    Some(Table { cells, lines, ..table.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Vocabulary;

    fn table(rows: &[&[&str]]) -> Table {
        let mut cells = Vec::new();
        for (row, texts) in (0..).zip(rows) {
            for (column, text) in (0..).zip(*texts) {
                cells.push(Cell { row, column, rows: 1, columns: 1, text: (*text).to_owned() });
            }
        }
        Table { cells, ..Table::default() }
    }

    fn texts(table: &Table) -> Vec<&str> {
        table.cells.iter().map(|cell| cell.text.as_str()).collect()
    }

    #[test]
    fn digits_one_a_cell_are_joined_and_hints_are_left_out() {
        let labels = Labels::new(&Vocabulary::default());
        let form = table(&[&["手机", "1", "8", "7", "0", "9", "5"], &["姓名", "张三"]]);
        assert_eq!(texts(&plain(&form, &labels)), ["手机", "187095", "姓名", "张三"]);
        let form = table(&[&["项目", "填写内容", "填写说明"], &["姓名", "张三", "如：李四"]]);
        assert_eq!(texts(&plain(&form, &labels)), ["项目", "填写内容", "姓名", "张三"]);
    }
}
