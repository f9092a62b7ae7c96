//! Tables: labels beside or above their values, one person or many, in rows or in columns.

use std::collections::HashMap;

use crate::message::Table;

use super::heads;
use super::labels::{Labels, Piece};
use crate::reading::language::text::{Text, squeeze};
use crate::reading::language::words::words;
use crate::reading::vocabulary::Item;

words! {
    /// What heads the columns of lists about others.
    OF_OTHERS = "称谓 与本人关系 家庭关系 起止时间 起止年月";
}

/// More places than any form has, spans counted whole.
const MOST_PLACES: u32 = 300_000;

/// A value found in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What its label names.
    pub items: Vec<Item>,
    /// The value's text.
    pub value: Text,
    /// Where it stands: `B4`, or `第2行第3列`.
    pub place: String,
}

/// What a table says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contents {
    /// One list of entries a person.
    pub records: Vec<Vec<Entry>>,
    /// Cells that are neither label nor value: titles, remarks, sentences.
    pub loose: Vec<(Text, String)>,
}

impl Contents {
    /// A second name begins the next person.
    fn by_person(&mut self, entries: Vec<Entry>) {
        let named = |entry: &Entry| entry.items.contains(&Item::Name);
        let mut current: Vec<Entry> = Vec::new();
        for entry in entries {
            if named(&entry) && current.iter().any(named) {
                self.records.push(std::mem::take(&mut current));
            }
            current.push(entry);
        }
        self.records.push(current);
    }
}

/// Reads a table.
#[must_use]
pub(crate) fn read(table: &Table, labels: &Labels) -> Contents {
    let grid = Grid::new(table, labels);
    let mut contents = Contents::default();
    let mut used = vec![false; grid.cells.len()];
    if grid.lists_others() {
        return contents;
    }
    if !grid.columns_of_people(&mut contents, &mut used)
        && !grid.rows_of_people(&mut contents, &mut used)
    {
        grid.form(&mut contents, &mut used, &[]);
    }
    for (place, cell) in grid.cells.iter().enumerate() {
        let spent = used.get(place).copied().unwrap_or(true);
        if !spent && !cell.text.is_blank() && cell.items.is_none() {
            contents.loose.push((cell.text.clone(), cell.place.clone()));
        }
    }
    contents.records.retain(|record| !record.is_empty());
    contents
}

/// A cell with what it means.
pub(crate) struct Known {
    pub(crate) row: u32,
    pub(crate) column: u32,
    pub(crate) rows: u32,
    pub(crate) columns: u32,
    pub(crate) text: Text,
    pub(crate) items: Option<Vec<Item>>,
    pub(crate) place: String,
}

/// A table's cells by place.
pub(super) struct Grid<'a> {
    pub(crate) cells: Vec<Known>,
    pub(crate) at: HashMap<(u32, u32), usize>,
    pub(crate) rows: u32,
    pub(crate) columns: u32,
    pub(crate) labels: &'a Labels,
}

impl<'a> Grid<'a> {
    fn new(table: &Table, labels: &'a Labels) -> Self {
        let mut at = HashMap::new();
        let mut cells = Vec::new();
        let (mut rows, mut columns) = (0, 0);
        let mut budget = MOST_PLACES;
        for (index, cell) in table.cells.iter().enumerate() {
            let text = Text::new(&cell.text);
            let items = (!text.is_blank()).then(|| labels.whole(&text.folded)).flatten();
            budget = budget.saturating_sub(cell.rows.min(500) * cell.columns.min(100));
            if budget == 0 {
                break;
            }
            for row in cell.row..cell.row + cell.rows.min(500) {
                for column in cell.column..cell.column + cell.columns.min(100) {
                    at.entry((row, column)).or_insert(index);
                }
            }
            rows = rows.max(cell.row + 1);
            columns = columns.max(cell.column + cell.columns.min(100));
            cells.push(Known {
                row: cell.row,
                column: cell.column,
                rows: cell.rows,
                columns: cell.columns,
                text,
                items,
                place: table.place(cell),
            });
        }
        let mut grid = Self { cells, at, rows, columns, labels };
        grid.free_posts();
        grid.tick_columns();
        grid.name_columns();
        grid.category_columns();
        grid
    }

    /// 负责人 beside or below 职务 is a post, not the label of somebody else.
    fn free_posts(&mut self) {
        let posts: Vec<usize> = (0..self.cells.len())
            .filter(|index| {
                let Some(cell) = self.cells.get(*index) else { return false };
                let left =
                    cell.column.checked_sub(1).and_then(|column| self.cell(cell.row, column));
                let above = cell.row.checked_sub(1).and_then(|row| self.cell(row, cell.column));
                let names = |found: Option<(usize, &Known)>| {
                    found.is_some_and(|(_, known)| has(known.items.as_ref(), Item::Position))
                };
                let value = matches!(
                    cell.items.as_deref(),
                    Some([Item::Contact | Item::Ignored | Item::Organization])
                );
                // 职务 and 工作单位 side by side head two columns.
                let heads = cell.items.as_deref() == Some(&[Item::Organization])
                    && self.is_header(cell.row);
                value && (names(left) && !heads || names(above))
            })
            .collect();
        for index in posts {
            if let Some(cell) = self.cells.get_mut(index) {
                cell.items = None;
            }
        }
    }

    /// The cell that covers a place.
    pub(crate) fn cell(&self, row: u32, column: u32) -> Option<(usize, &Known)> {
        let index = *self.at.get(&(row, column))?;
        self.cells.get(index).map(|cell| (index, cell))
    }

    /// The distinct cells that a row touches.
    pub(crate) fn row(&self, row: u32) -> Vec<usize> {
        let mut row: Vec<usize> =
            (0..self.columns).filter_map(|column| self.at.get(&(row, column)).copied()).collect();
        row.dedup();
        row
    }

    /// A list of relatives, of studies or of posts held: of nobody who is registered.
    fn lists_others(&self) -> bool {
        let relatives = self
            .cells
            .iter()
            .any(|cell| cell.row <= 1 && OF_OTHERS.found_in(&squeeze(&cell.text.folded)));
        let header = (0..self.rows.min(2)).find(|row| self.is_header(*row));
        let Some(header) = header else { return relatives };
        let rows = (header + 1..self.rows).filter(|row| !self.is_header(*row)).count();
        let nameless = !self.cells.iter().any(|cell| has(cell.items.as_ref(), Item::Name));
        relatives || nameless && rows > 1
    }

    /// A row of labels without gaps.
    pub(super) fn is_header(&self, row: u32) -> bool {
        let cells: Vec<&Known> =
            self.row(row).into_iter().filter_map(|index| self.cells.get(index)).collect();
        let labels: Vec<usize> = cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| cell.items.is_some())
            .map(|(order, _)| order)
            .collect();
        let (Some(first), Some(last)) = (labels.first(), labels.last()) else { return false };
        let between = cells.get(*first..=*last).unwrap_or(&[]);
        let gaps = between.iter().any(|cell| cell.text.is_blank());
        let filled = cells.iter().filter(|cell| !cell.text.is_blank()).count();
        // A questionnaire's export tells times and sources besides.
        let name = cells.iter().any(|cell| has(cell.items.as_ref(), Item::Name));
        let many = name && labels.len() >= 4 && labels.len() * 2 >= filled;
        labels.len() >= 2 && !gaps && (labels.len() * 10 >= filled * 7 || many)
    }

    /// Labels with their values to the right, or below where the right holds another label.
    pub(crate) fn form(&self, contents: &mut Contents, used: &mut [bool], without: &[u32]) {
        let mut entries: Vec<Entry> = Vec::new();
        let mut order: Vec<usize> = (0..self.cells.len())
            .filter(|index| self.cells.get(*index).is_some_and(|cell| !without.contains(&cell.row)))
            .collect();
        order.sort_by_key(|index| {
            self.cells.get(*index).map_or((0, 0), |cell| (cell.row, cell.column))
        });
        let mut contact: Option<u32> = None;
        for index in order {
            let Some(cell) = self.cells.get(index) else { continue };
            if self.of_contact(cell, &mut contact, used) {
                continue;
            }
            let Some(items) = &cell.items else {
                if !used.get(index).copied().unwrap_or(true)
                    && self.pairs_inside(cell, &mut entries)
                    && let Some(used) = used.get_mut(index)
                {
                    *used = true;
                }
                continue;
            };
            let right = self.cell(cell.row, cell.column + cell.columns);
            if heads::tells_of_others(&squeeze(&cell.text.folded)) {
                if let Some(used) = right.and_then(|(index, _)| used.get_mut(index)) {
                    *used = true;
                }
                continue;
            }
            let below = self.cell(cell.row + cell.rows, cell.column);
            let free = |found: Option<(usize, &Known)>, used: &[bool]| {
                found
                    .filter(|(index, known)| {
                        known.items.is_none()
                            && !known.text.is_blank()
                            && !used.get(*index).copied().unwrap_or(true)
                            && !self.holds_pairs(known)
                    })
                    .map(|(index, _)| index)
            };
            let to_right = free(right, used);
            let right_is_label = right.is_none_or(|(_, known)| known.items.is_some());
            let target = match to_right {
                Some(target) => Some(target),
                None if right_is_label => {
                    free(below.filter(|(_, known)| known.column == cell.column), used)
                }
                None => None,
            };
            if let Some(value) = target.and_then(|target| self.cells.get(target)) {
                entries.push(Entry {
                    items: items.clone(),
                    value: value.text.clone(),
                    place: value.place.clone(),
                });
                if let Some(used) = target.and_then(|target| used.get_mut(target)) {
                    *used = true;
                }
            }
        }
        contents.by_person(entries);
    }

    fn holds_pairs(&self, cell: &Known) -> bool {
        cell.text.shown.split('\n').any(|line| {
            self.labels.split(&Text::new(line)).iter().any(|piece| matches!(piece, Piece::Pair { items, firm: true, .. } if items.iter().any(|item| *item != Item::Ignored)))
        })
    }

    /// Label and value in one cell.
    fn pairs_inside(&self, cell: &Known, entries: &mut Vec<Entry>) -> bool {
        let mut found = false;
        for line in cell.text.shown.split('\n') {
            let line = Text::new(line);
            let mut contact = false;
            for piece in self.labels.split(&line) {
                if let Piece::Pair { items, value, firm: true, .. } = piece {
                    // 填表人：侯丽　电话：0954-3668121: theirs.
                    contact |= items == [Item::Contact];
                    if contact && items == [Item::Phone] {
                        continue;
                    }
                    let useful =
                        items.iter().any(|item| !matches!(item, Item::Ignored | Item::Contact));
                    found |= useful;
                    entries.push(Entry {
                        items,
                        value: line.part(value),
                        place: cell.place.clone(),
                    });
                }
            }
        }
        found
    }
}

/// Whether labels name this item.
pub(super) fn has(items: Option<&Vec<Item>>, item: Item) -> bool {
    items.is_some_and(|items| items.contains(&item))
}

/// A template's sample row.
#[must_use]
pub(super) fn is_example(folded: &str) -> bool {
    let bare: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    [
        "示例",
        "样例",
        "范例",
        "填写样",
        "举例",
        "(例)",
        "（例）",
        "例：",
        "例:",
        "例如",
        "此行为例",
        "本行为例",
        "sample",
    ]
    .iter()
    .any(|word| bare.contains(word))
        || bare == "例"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Cell;
    use crate::reading::vocabulary::Vocabulary;

    fn records(rows: &[&[&str]]) -> Vec<Vec<String>> {
        let mut cells = Vec::new();
        for (row, texts) in rows.iter().enumerate() {
            for (column, text) in texts.iter().enumerate() {
                let (row, column) = (u32::try_from(row).unwrap(), u32::try_from(column).unwrap());
                cells.push(Cell { row, column, rows: 1, columns: 1, text: (*text).to_owned() });
            }
        }
        let table = Table { cells, ..Table::default() };
        let contents = read(&table, &Labels::new(&Vocabulary::default()));
        contents
            .records
            .iter()
            .map(|record| record.iter().map(|entry| entry.value.shown.clone()).collect())
            .collect()
    }

    #[test]
    fn forms_lists_and_turned_lists_are_told_apart() {
        assert_eq!(
            records(&[&["姓名", "张三", "性别", "男"], &["电话", "138", "民族", "回"]]),
            [["张三", "男", "138", "回"]]
        );
        assert_eq!(
            records(&[&["姓名", "性别", "电话"], &["张三", "男", "138"], &["李四", "女", "139"]]),
            [["张三", "男", "138"], ["李四", "女", "139"]]
        );
        assert_eq!(
            records(&[
                &["姓名", "张三丰", "李四光"],
                &["性别", "男", "女"],
                &["电话", "138", "139"]
            ]),
            [["张三丰", "男", "138"], ["李四光", "女", "139"]]
        );
        assert_eq!(
            records(&[&["姓名", "性别"], &["张三", "男"], &["电话", "民族"], &["138", "回"]]),
            [["张三", "男", "138", "回"]]
        );
        assert_eq!(
            records(&[&["姓名", "", "性别", ""], &["电话", "", "民族", ""]]),
            Vec::<Vec<String>>::new()
        );
        assert_eq!(
            records(&[
                &["姓名", "电话", "备注"],
                &["王五", "138", "示例，请删除"],
                &["李四", "139", ""]
            ]),
            [["李四", "139"]]
        );
    }
}
