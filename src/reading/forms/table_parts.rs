//! Parts of a form that are not about who registers, or no longer: what held before a change, who hands the form in.

use std::collections::BTreeSet;

use crate::message::Cell;

use crate::reading::language::text::{Text, squeeze};
use crate::reading::language::words::{Words, words};

words! {
    /// What heads the column of what no longer holds.
    BEFORE = "变更前 修改前 更正前 调整前 变动前 更改前 原信息 原内容 原登记 原报名";
    /// What heads the column of what holds now.
    AFTER = "变更后 修改后 更正后 调整后 变动后 更改后 现信息 现内容 新信息 新内容 现登记";
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
