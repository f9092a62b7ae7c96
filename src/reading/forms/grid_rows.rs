//! What a row of a list is, when it is nobody's: a heading, labels and values, somebody who stays away.

use super::grid::{Entry, Grid, Known};
use super::sections;
use crate::reading::language::text::{Text, squeeze};
use crate::reading::vocabulary::Item;

impl Grid<'_> {
    /// `一、政务公开义务监督员（2名）`: the only cell of a row that is filled, and it names a category.
    pub(crate) fn section(&self, row: u32, used: &mut [bool]) -> Option<Entry> {
        let cells = self.row(row).into_iter();
        let blank = |index: &usize| self.cells.get(*index).is_none_or(|cell| cell.text.is_blank());
        let mut filled = cells.filter(|index| !blank(index));
        let (index, None) = (filled.next()?, filled.next()) else { return None };
        let cell = self.cells.get(index)?;
        let folded = squeeze(&cell.text.folded);
        let named = self.labels.categories.iter().any(|word| folded.contains(word.as_str()));
        let heads = folded.chars().nth(30).is_none() && !folded.contains(['，', '。', '：', ':']);
        if !(named && heads) {
            return None;
        }
        if let Some(used) = used.get_mut(index) {
            *used = true;
        }
        let value = Text::new(sections::bare(&cell.text.shown));
        Some(Entry { items: vec![Item::Category], value, place: cell.place.clone() })
    }

    /// Nothing more is read of a row.
    pub(super) fn spend(&self, row: u32, used: &mut [bool]) {
        for index in self.row(row) {
            if let Some(used) = used.get_mut(index) {
                *used = true;
            }
        }
    }

    /// The column that asks whether somebody comes says no.
    pub(crate) fn stays_away(&self, header: u32, row: u32) -> bool {
        (0..self.columns).any(|column| {
            let asks = self.cell(header, column).is_some_and(|(_, cell)| {
                let head = squeeze(&cell.text.folded);
                ["是否参加", "是否参会", "是否出席", "能否参加", "能否参会", "参加与否"]
                    .iter()
                    .any(|word| head.contains(word))
            });
            let no = |text: &str| {
                matches!(text, "否" | "不" | "不参加" | "不能" | "不来" | "×" | "不去" | "不参会")
            };
            // 否（外出）: why is told besides.
            let answer = |text: &str| {
                let bare = text.split(['（', '(', '，', ',', '。']).next();
                bare.is_some_and(no)
            };
            let told = self.cell(row, column).map(|(_, cell)| squeeze(&cell.text.folded));
            let open = told.as_ref().is_none_or(String::is_empty);
            let remarked =
                || self.remarks(header, column) && told.as_ref().is_some_and(|told| away(told));
            asks && (told.as_ref().is_some_and(|told| answer(told))
                || open && self.ticks(header, column))
                || !asks && remarked()
        })
    }

    /// A column of remarks.
    fn remarks(&self, header: u32, column: u32) -> bool {
        self.cell(header, column).is_some_and(|(_, cell)| {
            let head = squeeze(&cell.text.folded);
            ["备注", "说明", "参加情况", "参会情况", "情况说明", "情况"].contains(&head.as_str())
        })
    }

    /// Those who come are ticked in this column, and nobody is told of otherwise.
    fn ticks(&self, header: u32, column: u32) -> bool {
        let below = (header + 1..self.rows).filter_map(|row| self.cell(row, column));
        let told = below.map(|(_, cell)| squeeze(&cell.text.folded));
        let mut told = told.filter(|told| !told.is_empty()).peekable();
        let yes = ["是", "参加", "√", "✓", "✔", "☑", "●", "来", "去", "能", "参会", "对"];
        told.peek().is_some() && told.all(|told| yes.contains(&told.as_str()))
    }

    /// `合计 | 2人`: a row that counts the others.
    pub(super) fn counts_others(&self, row: u32) -> bool {
        let cells = self.row(row).into_iter().filter_map(|index| self.cells.get(index));
        let mut filled =
            cells.map(|cell| squeeze(&cell.text.folded)).filter(|text| !text.is_empty());
        filled.next().is_some_and(|first| is_total(&first))
    }

    /// How many of these rows hold labels beside values.
    pub(super) fn labelled_rows(&self, rows: &[u32]) -> usize {
        let labelled = rows.iter().filter(|row| {
            let row = self.row(**row);
            let cells = || row.iter().filter_map(|index| self.cells.get(*index));
            let labels = cells().filter(|cell| cell.items.is_some()).count();
            let filled = cells().filter(|cell| !cell.text.is_blank()).count();
            // 微信 in a column of sources is a value.
            labels > 0 && labels * 5 >= filled
        });
        labelled.count()
    }

    /// `推荐单位 | … | 经办人 | … | 电话 | …`: the telephone of who hands the form in is nobody's here.
    pub(super) fn of_contact(
        &self,
        cell: &Known,
        contact: &mut Option<u32>,
        used: &mut [bool],
    ) -> bool {
        if cell.items.as_deref() == Some(&[Item::Contact]) {
            *contact = Some(cell.row);
        }
        let theirs = cell.items.as_deref() == Some(&[Item::Phone]) && *contact == Some(cell.row);
        let value = self.cell(cell.row, cell.column + cell.columns).filter(|_| theirs);
        if let Some(used) = value.and_then(|(index, _)| used.get_mut(index)) {
            *used = true;
        }
        theirs
    }
}

/// `因事不参加`: a remark that somebody does not come.
fn away(remark: &str) -> bool {
    let words = ["不参加", "不参会", "不能参加", "无法参加", "来不了", "去不了", "不来", "不出席"];
    let said = words.iter().any(|word| remark.contains(word));
    // 若不参加请提前告知: a rule, not what somebody does.
    said && remark.chars().nth(14).is_none()
        && !remark.contains(['若', '如', '则', '请', '?', '？'])
}

/// `合计`, `总计：2人`: a word for the sum, and no more than a number behind it.
fn is_total(folded: &str) -> bool {
    let words = ["合计", "总计", "小计", "共计", "总人数", "合计人数"];
    let rest = words.iter().filter_map(|word| folded.strip_prefix(word));
    rest.map(|rest| rest.trim_start_matches(['：', ':', '（', '('])).any(|rest| {
        rest.chars().all(|c| c.is_ascii_digit() || "人名位数一二三四五六七八九十）)".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_told_from_a_person() {
        assert!(is_total("合计") && is_total("总计：2人") && is_total("小计（3人）"));
        assert!(away("因事不参加") && !away("如不参加请提前说"));
        assert!(!is_total("合计宏") && !is_total("马合计"));
    }
}
