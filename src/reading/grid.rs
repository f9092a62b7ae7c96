//! Tables: labels beside or above their values, one person or many, in rows or in columns.

use std::collections::HashMap;

use crate::message::{Cell, Table};

use super::labels::{Labels, Piece};
use super::names;
use super::text::Text;
use super::vocabulary::Item;

/// A value found in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// What its label names.
    pub items: Vec<Item>,
    /// The value's text.
    pub value: Text,
    /// Where it stands: `B4`, or `第2行第3列`.
    pub place: String,
}

/// What a table says.
#[derive(Clone, Debug, Default)]
pub(super) struct Contents {
    /// One list of entries a person.
    pub records: Vec<Vec<Entry>>,
    /// Cells that are neither label nor value: titles, remarks, sentences.
    pub loose: Vec<(Text, String)>,
}

/// Reads a table.
#[must_use]
pub(super) fn read(table: &Table, labels: &Labels) -> Contents {
    let grid = Grid::new(table, labels);
    let mut contents = Contents::default();
    let mut used = vec![false; grid.cells.len()];
    if !grid.columns_of_people(&mut contents, &mut used)
        && !grid.rows_of_people(&mut contents, &mut used)
    {
        grid.form(&mut contents, &mut used, 0..grid.rows);
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

struct Known {
    row: u32,
    column: u32,
    rows: u32,
    columns: u32,
    text: Text,
    items: Option<Vec<Item>>,
    place: String,
}

struct Grid<'a> {
    cells: Vec<Known>,
    at: HashMap<(u32, u32), usize>,
    rows: u32,
    columns: u32,
    labels: &'a Labels,
}

impl<'a> Grid<'a> {
    fn new(table: &Table, labels: &'a Labels) -> Self {
        let mut at = HashMap::new();
        let mut cells = Vec::new();
        let (mut rows, mut columns) = (0, 0);
        for (index, cell) in table.cells.iter().enumerate() {
            let text = Text::new(&cell.text);
            let items = (!text.is_blank()).then(|| labels.whole(&text)).flatten();
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
                place: place(cell, table.sheet),
            });
        }
        Self { cells, at, rows, columns, labels }
    }

    fn cell(&self, row: u32, column: u32) -> Option<(usize, &Known)> {
        let index = *self.at.get(&(row, column))?;
        self.cells.get(index).map(|cell| (index, cell))
    }

    /// The distinct cells that a row touches.
    fn row(&self, row: u32) -> Vec<usize> {
        let mut row: Vec<usize> =
            (0..self.columns).filter_map(|column| self.at.get(&(row, column)).copied()).collect();
        row.dedup();
        row
    }

    /// A row of labels without gaps.
    fn is_header(&self, row: u32) -> bool {
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
        labels.len() >= 2 && !gaps && labels.len() * 10 >= filled * 7
    }

    /// Header rows with records below them. Labels above single values are one person's form.
    fn rows_of_people(&self, contents: &mut Contents, used: &mut [bool]) -> bool {
        let headers: Vec<u32> = (0..self.rows).filter(|row| self.is_header(*row)).collect();
        let named = headers.iter().any(|row| {
            self.row(*row).iter().any(|index| {
                self.cells.get(*index).is_some_and(|cell| has(cell.items.as_ref(), Item::Name))
            })
        });
        if headers.is_empty() || !named {
            return false;
        }
        // The first header's column of names must have something below it that is no label.
        let mut sections: Vec<(u32, Vec<u32>)> = Vec::new();
        for row in 0..self.rows {
            if headers.contains(&row) {
                match sections.last_mut() {
                    Some((header, records)) if records.is_empty() => *header = row,
                    _ => sections.push((row, Vec::new())),
                }
            } else if let Some((_, records)) = sections.last_mut() {
                records.push(row);
            }
        }
        let labelled_rows = |rows: &[u32]| {
            rows.iter()
                .filter(|row| {
                    self.row(**row).iter().any(|index| {
                        self.cells.get(*index).is_some_and(|cell| cell.items.is_some())
                    })
                })
                .count()
        };
        // Mostly label-value rows below: a form after all.
        if sections.iter().any(|(_, rows)| labelled_rows(rows) * 2 > rows.len().max(1)) {
            return false;
        }
        let first = headers.first().copied().unwrap_or(0);
        for (header, records) in &sections {
            let continues = !self.header_has(*header, Item::Name);
            let mut people = 0;
            for row in records {
                let Some(entries) = self.record(*header, *row, used) else { continue };
                match contents.records.len().checked_sub(1) {
                    Some(last) if continues && people == 0 => {
                        if let Some(record) = contents.records.get_mut(last) {
                            record.extend(entries);
                        }
                    }
                    _ => contents.records.push(entries),
                }
                people += 1;
            }
        }
        if first > 0 {
            self.form(contents, used, 0..first);
        }
        true
    }

    fn header_has(&self, header: u32, item: Item) -> bool {
        (0..self.columns).any(|column| has(self.header_items(header, column), item))
    }

    /// The label of a column: the lowest known one in the header rows.
    fn header_items(&self, header: u32, column: u32) -> Option<&Vec<Item>> {
        let mut row = header;
        loop {
            if let Some((_, cell)) = self.cell(row, column)
                && let Some(items) = &cell.items
            {
                return Some(items);
            }
            if row == 0 || header - row >= 2 || !self.is_header(row - 1) {
                return None;
            }
            row -= 1;
        }
    }

    fn record(&self, header: u32, row: u32, used: &mut [bool]) -> Option<Vec<Entry>> {
        let indices = self.row(row);
        let texts: Vec<&Known> =
            indices.iter().filter_map(|index| self.cells.get(*index)).collect();
        let wide = texts.iter().any(|cell| cell.columns * 2 > self.columns && self.columns > 3);
        if wide {
            return None;
        }
        let example = texts.iter().any(|cell| is_example(&cell.text.folded));
        let mut entries = Vec::new();
        for column in 0..self.columns {
            let Some((index, cell)) = self.cell(row, column) else { continue };
            if cell.column != column || (cell.row != row && cell.row <= header) {
                continue;
            }
            let Some(items) = self.header_items(header, column) else { continue };
            if let Some(used) = used.get_mut(index) {
                *used = true;
            }
            if !cell.text.is_blank() {
                entries.push(Entry {
                    items: items.clone(),
                    value: cell.text.clone(),
                    place: cell.place.clone(),
                });
            }
        }
        if example {
            for index in indices {
                if let Some(used) = used.get_mut(index) {
                    *used = true;
                }
            }
            return None;
        }
        let counts = |entry: &Entry| {
            entry.items.iter().any(|item| matches!(item, Item::Name | Item::Phone | Item::IdNumber))
        };
        entries.iter().any(counts).then_some(entries)
    }

    /// Labels down the first column, one person in each further one.
    fn columns_of_people(&self, contents: &mut Contents, used: &mut [bool]) -> bool {
        let Some(base) = (0..self.columns.min(3)).find(|column| {
            (0..self.rows)
                .filter(|row| {
                    self.cell(*row, *column).is_some_and(|(_, cell)| cell.items.is_some())
                })
                .count()
                >= 3
        }) else {
            return false;
        };
        let name_row = (0..self.rows).find(|row| {
            self.cell(*row, base).is_some_and(|(_, cell)| has(cell.items.as_ref(), Item::Name))
        });
        let Some(name_row) = name_row else { return false };
        let people: Vec<u32> = (base + 1..self.columns)
            .filter(|column| {
                self.cell(name_row, *column).is_some_and(|(_, cell)| {
                    cell.column == *column
                        && cell.items.is_none()
                        && names::labelled(&cell.text.shown).is_some()
                })
            })
            .collect();
        let labels_elsewhere =
            self.cells.iter().filter(|cell| cell.column > base && cell.items.is_some()).count();
        if people.len() < 2 || labels_elsewhere * 4 > self.rows as usize {
            return false;
        }
        for column in people {
            let mut entries = Vec::new();
            for row in 0..self.rows {
                let Some((_, Known { items: Some(items), .. })) = self.cell(row, base) else {
                    continue;
                };
                let Some((index, cell)) = self.cell(row, column) else { continue };
                if let Some(used) = used.get_mut(index) {
                    *used = true;
                }
                if !cell.text.is_blank() && cell.column > base {
                    entries.push(Entry {
                        items: items.clone(),
                        value: cell.text.clone(),
                        place: cell.place.clone(),
                    });
                }
            }
            contents.records.push(entries);
        }
        true
    }

    /// Labels with their values to the right, or below where the right holds another label.
    fn form(&self, contents: &mut Contents, used: &mut [bool], rows: std::ops::Range<u32>) {
        let mut entries: Vec<Entry> = Vec::new();
        let mut order: Vec<usize> = (0..self.cells.len())
            .filter(|index| self.cells.get(*index).is_some_and(|cell| rows.contains(&cell.row)))
            .collect();
        order.sort_by_key(|index| {
            self.cells.get(*index).map_or((0, 0), |cell| (cell.row, cell.column))
        });
        for index in order {
            let Some(cell) = self.cells.get(index) else { continue };
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
        let mut current: Vec<Entry> = Vec::new();
        for entry in entries {
            let again = entry.items.contains(&Item::Name)
                && current.iter().any(|other| other.items.contains(&Item::Name));
            if again {
                contents.records.push(std::mem::take(&mut current));
            }
            current.push(entry);
        }
        contents.records.push(current);
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
            for piece in self.labels.split(&line) {
                if let Piece::Pair { items, value, firm: true, .. } = piece {
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

fn has(items: Option<&Vec<Item>>, item: Item) -> bool {
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

fn place(cell: &Cell, sheet: bool) -> String {
    if !sheet {
        return format!("第{}行第{}列", cell.row + 1, cell.column + 1);
    }
    let mut letters = String::new();
    let mut column = cell.column + 1;
    while column > 0 {
        let letter = u8::try_from((column - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + letter));
        column = (column - 1) / 26;
    }
    format!("{letters}{}", cell.row + 1)
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::Vocabulary;
    use super::*;

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
