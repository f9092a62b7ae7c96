//! Parts of a form that are not about who registers, or no longer: what held before a change, who hands the form in.

use std::collections::BTreeSet;

use super::labels::Labels;
use crate::message::{Cell, Table};
use crate::reading::language::text::{Text, squeeze};
use crate::reading::language::words::{Words, words};
use crate::reading::vocabulary::Item;

words! {
    /// What heads the column of what no longer holds.
    BEFORE = "变更前 修改前 更正前 调整前 变动前 更改前 原信息 原内容 原登记 原报名 原填 原值 错误信息 错误内容";
    /// What heads the column of what holds now.
    AFTER = "变更后 修改后 更正后 调整后 变动后 更改后 现信息 现内容 新信息 新内容 现登记 更正为 改为 变更为 修改为 调整为 正确信息 正确内容 应为";
    /// What heads the column that tells which field is put right.
    FIELDS = "更正项目 更正内容 更正事项 更正栏目 变更项目 变更事项 变更内容 修改项目 修改项 修改内容 项目 事项 栏目 字段";
    /// Who hands a form in, or vouches for somebody.
    AGENTS = "代办人 代报人 代填人 经办人 填报人 填表人 推荐人 联系人 监护人 紧急联系";
}

/// What a cell says, without its blanks.
pub(super) fn word(cell: &Cell) -> String {
    squeeze(&Text::fold(&cell.text))
}

/// `项目 | 变更前 | 变更后`: without the column of what no longer holds.
pub(super) fn without_former(cells: &[Cell]) -> Option<Vec<Cell>> {
    let head = |words: &Words| {
        cells.iter().find(|cell| cell.row <= 2 && words.start(&word(cell)).is_some())
    };
    let (before, after) = (head(&BEFORE)?, head(&AFTER)?);
    if before.row != after.row || before.column == after.column {
        return None;
    }
    // The heads themselves are nobody's data; above them stands whose registration it is.
    let gone = |cell: &&Cell| {
        cell.row == before.row
            || cell.row > before.row
                && (before.column..before.column + before.columns).contains(&cell.column)
    };
    let kept = cells.iter().filter(|cell| !gone(cell)).cloned();
    let moved = kept.map(|cell| match cell {
        cell if cell.row > before.row && cell.column == after.column => {
            Cell { column: before.column, ..cell }
        }
        cell => cell,
    });
    Some(moved.collect())
}

/// `姓名 | 更正项目 | 原填写 | 更正为`: a row for each value that is put right becomes a row for each person, with a
/// column for each field.
pub(super) fn corrections(table: &Table, labels: &Labels) -> Option<Table> {
    let head = |fits: &dyn Fn(&str) -> bool| {
        table.cells.iter().find(|cell| cell.row <= 2 && fits(&word(cell)))
    };
    let is = |words: &'static Words| move |text: &str| words.start(text) == Some(text);
    let field = head(&is(&FIELDS))?;
    let after = head(&|text| AFTER.start(text).is_some())?;
    let named = |text: &str| labels.whole(text).is_some_and(|items| items == [Item::Name]);
    let name =
        head(&|text| named(text)).filter(|name| name.row == field.row && after.row == field.row)?;
    let at = |row: u32, column: u32| {
        table.cells.iter().find(|cell| cell.row == row && cell.column == column)
    };
    let mut cells: Vec<Cell> = vec![name.clone()];
    let mut fields: Vec<String> = Vec::new();
    let rows: BTreeSet<u32> = table.cells.iter().map(|cell| cell.row).collect();
    for row in rows.into_iter().filter(|row| *row > field.row) {
        let (who, what, value) =
            (at(row, name.column), at(row, field.column), at(row, after.column));
        let (Some(what), Some(value)) =
            (what.filter(|what| labels.whole(&word(what)).is_some()), value)
        else {
            continue;
        };
        let place = fields.iter().position(|known| *known == word(what)).unwrap_or_else(|| {
            fields.push(word(what));
            cells.push(Cell { row: name.row, column: column(fields.len()), ..what.clone() });
            fields.len() - 1
        });
        cells.extend(who.map(|who| Cell { column: name.column, ..who.clone() }));
        cells.push(Cell { column: column(place + 1), ..value.clone() });
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    (!fields.is_empty()).then(|| Table { cells, ..table.clone() })
}

/// Columns to the right of all others, one for each field.
fn column(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(0) + 100
}

/// `姓名 | 马成 | 姓名 | 王丽`, and so on: two forms side by side become two, the left one first.
pub(super) fn twins(table: &Table, labels: &Labels) -> Option<Table> {
    let at = |row: u32, column: u32| {
        table.cells.iter().find(move |cell| cell.row == row && cell.column == column)
    };
    let rows = table.cells.iter().map(|cell| cell.row + 1).max()?;
    let width = table.cells.iter().map(|cell| cell.column + cell.columns).max()?;
    let label = |row: u32, column: u32| {
        at(row, column)
            .filter(|cell| cell.columns == 1)
            .map(word)
            .filter(|text| labels.whole(text).is_some())
    };
    let same = |row: &u32| label(*row, 0).is_some() && label(*row, 0) == label(*row, 2);
    let named = |row: u32| {
        label(row, 0)
            .is_some_and(|text| labels.whole(&text).is_some_and(|items| items == [Item::Name]))
    };
    let twin: Vec<u32> = (0..rows).filter(same).collect();
    let fits = width == 4 && twin.len() >= FEWEST_TWINS && twin.iter().any(|row| named(*row));
    if !fits {
        return None;
    }
    let moved = table.cells.iter().map(|cell| match cell {
        cell if cell.column >= 2 => {
            Cell { row: cell.row + rows, column: cell.column - 2, ..cell.clone() }
        }
        cell => cell.clone(),
    });
    let mut cells: Vec<Cell> = moved.collect();
    cells.sort_by_key(|cell| (cell.row, cell.column));
    let lines = table.lines.iter().chain(&table.lines).copied().collect();
    Some(Table { cells, lines, ..table.clone() })
}

/// So many rows with the same label on both sides.
const FEWEST_TWINS: usize = 3;

/// `二、代办人信息`, and the rows below up to the next such heading.
pub(super) fn without_agents(cells: &[Cell]) -> Option<Vec<Cell>> {
    let rows: BTreeSet<u32> = cells.iter().map(|cell| cell.row).collect();
    let mut gone: BTreeSet<u32> = BTreeSet::new();
    let mut agents = false;
    for row in rows {
        let mut filled =
            cells.iter().filter(|cell| cell.row == row && !cell.text.trim().is_empty());
        if let (Some(cell), None) = (filled.next(), filled.next()) {
            let text = word(cell);
            let heads = text.chars().nth(30).is_none() && !text.contains(['：', ':']);
            let bare = text.trim_start_matches(|c: char| {
                "一二三四五六（）()、.".contains(c) || c.is_ascii_digit()
            });
            if heads {
                agents = AGENTS.start(bare).is_some();
            }
        }
        if agents {
            gone.insert(row);
        }
    }
    (!gone.is_empty())
        .then(|| cells.iter().filter(|cell| !gone.contains(&cell.row)).cloned().collect())
}

/// `姓名 | 电话 | 姓名 | 电话`: two lists side by side become one, the left one first.
pub(super) fn abreast(table: &Table, labels: &Labels) -> Option<Table> {
    let rows = table.cells.iter().map(|cell| cell.row + 1).max()?;
    let (head, width, count) = (0..rows.min(4)).find_map(|row| {
        let (width, count) = repeated(table, row, labels)?;
        Some((row, width, count))
    })?;
    let below = rows - head - 1;
    let end = width * count;
    let moved = table.cells.iter().filter(|cell| cell.row != head || cell.column < width);
    let moved = moved.map(|cell| {
        let block = cell.column / width;
        // A remark under all of them stays below all of them.
        let block = if cell.columns > width || cell.column >= end { count - 1 } else { block };
        let inside = cell.row > head && cell.columns <= width && cell.column < end;
        let column = if inside { cell.column % width } else { cell.column };
        let row = if cell.row > head { cell.row + block * below } else { cell.row };
        Cell { row, column, ..cell.clone() }
    });
    let mut cells: Vec<Cell> = moved.collect();
    cells.sort_by_key(|cell| (cell.row, cell.column));
    let stood = |row: u32| if row > head { head + 1 + (row - head - 1) % below } else { row };
    let line = |row: u32| {
        let line = usize::try_from(row).ok().and_then(|row| table.lines.get(row));
        line.copied().unwrap_or(row + 1)
    };
    let lines = (0..=head + below * count).map(|row| line(stood(row))).collect();
    Some(Table { cells, lines, ..table.clone() })
}

/// The same labels in a row again and again, a name among them: how many, and how often.
fn repeated(table: &Table, row: u32, labels: &Labels) -> Option<(u32, u32)> {
    let heads: Vec<&Cell> = table.cells.iter().filter(|cell| cell.row == row).collect();
    let last = table.cells.iter().map(|cell| cell.row).max()?;
    let words: Vec<String> = heads.iter().map(|cell| word(cell)).collect();
    let plain = (0..).zip(&heads).all(|(column, cell)| cell.column == column && cell.columns == 1);
    let width = words.iter().skip(1).position(|word| Some(word) == words.first())? + 1;
    let named = words
        .iter()
        .take(width)
        .any(|word| labels.whole(word).is_some_and(|items| items.contains(&Item::Name)));
    let whole = words.len().is_multiple_of(width);
    let same = words.chunks(width).all(|part| Some(part) == words.get(..width));
    let known = words.iter().filter(|word| labels.whole(word).is_some()).count();
    let fits = plain && named && whole && same && width >= 2 && known * 2 >= words.len();
    let narrow = |count: usize| u32::try_from(count).ok();
    (fits && last > row).then_some((narrow(width)?, narrow(words.len() / width)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Vocabulary;

    fn cells(rows: &[&[&str]]) -> Vec<Cell> {
        let mut cells = Vec::new();
        for (row, texts) in (0..).zip(rows) {
            for (column, text) in (0..).zip(*texts) {
                cells.push(Cell { row, column, rows: 1, columns: 1, text: (*text).to_owned() });
            }
        }
        cells
    }

    fn texts(cells: &[Cell]) -> Vec<&str> {
        cells.iter().map(|cell| cell.text.as_str()).collect()
    }

    #[test]
    fn what_held_before_and_who_hands_in_is_left_out() {
        let change = cells(&[&["项目", "变更前", "变更后"], &["手机", "139", "138"]]);
        assert_eq!(texts(&without_former(&change).unwrap()), ["手机", "138"]);
        let form = cells(&[
            &["一、报名人信息"],
            &["姓名", "毛鹏飞"],
            &["二、代办人信息（非本人报送时填写）"],
            &["姓名", "郝雨婷"],
        ]);
        assert_eq!(texts(&without_agents(&form).unwrap()), ["一、报名人信息", "姓名", "毛鹏飞"]);
        assert!(without_agents(&cells(&[&["联系人", "马兰"], &["姓名", "马晓东"]])).is_none());
    }

    #[test]
    fn lists_side_by_side_are_one_list() {
        let labels = Labels::new(&Vocabulary::default());
        let table = |rows: &[&[&str]]| Table { cells: cells(rows), ..Table::default() };
        let two = table(&[
            &["姓名", "电话", "姓名", "电话"],
            &["马成", "152", "王丽", "135"],
            &["李明", "139", "", ""],
        ]);
        let one = abreast(&two, &labels).unwrap();
        let shown = ["姓名", "电话", "马成", "152", "李明", "139", "王丽", "135", "", ""];
        assert_eq!(texts(&one.cells), shown);
        assert_eq!(one.lines, [1, 2, 3, 2, 3]);
        let form = table(&[&["姓名", "马成", "姓名", "王丽"], &["电话", "152", "电话", "135"]]);
        assert!(abreast(&form, &labels).is_none());
    }
}
