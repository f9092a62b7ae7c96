//! Tables that list people: one a row, or one a column.

use super::grid::{Contents, Entry, Grid, Known, has, is_example};
use super::names;
use super::text::{Text, squeeze};
use super::vocabulary::Item;

/// What marks a choice in a cell of its own.
const TICKS: [&str; 12] = ["√", "✓", "✔", "☑", "是", "●", "■", "v", "1", "○√", "对", "yes"];
/// What marks that it was not chosen.
const NO_TICKS: [&str; 8] = ["否", "□", "☐", "○", "×", "-", "/", "无"];

impl Grid<'_> {
    /// A column headed by a category with nothing but ticks below: each tick stands for the category.
    pub(super) fn tick_columns(&mut self) {
        let is_category = |cell: &Known| {
            let word = squeeze(&cell.text.folded);
            cell.items.is_none() && self.labels.categories.contains(&word)
        };
        let heads: Vec<(usize, u32)> = self
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| cell.row <= 2 && is_category(cell))
            .map(|(index, cell)| (index, cell.column))
            .collect();
        for (head, column) in heads {
            let Some(text) = self.cells.get(head).map(|cell| cell.text.clone()) else { continue };
            let below: Vec<usize> = (0..self.cells.len())
                .filter(|index| {
                    *index > head
                        && self.cells.get(*index).is_some_and(|cell| cell.column == column)
                })
                .collect();
            let marks =
                |index: &usize| self.cells.get(*index).map(|cell| squeeze(&cell.text.folded));
            let ticked: Vec<bool> =
                below.iter().filter_map(marks).map(|mark| TICKS.contains(&mark.as_str())).collect();
            let empty = |mark: String| mark.is_empty() || NO_TICKS.contains(&mark.as_str());
            let only = below
                .iter()
                .filter_map(marks)
                .all(|mark| TICKS.contains(&mark.as_str()) || empty(mark));
            if !only || !ticked.contains(&true) {
                continue;
            }
            for (index, ticked) in below.into_iter().zip(ticked) {
                if let Some(cell) = self.cells.get_mut(index) {
                    cell.text = if ticked { text.clone() } else { Text::default() };
                }
            }
            if let Some(cell) = self.cells.get_mut(head) {
                cell.items = Some(vec![Item::Category]);
            }
        }
    }

    /// Header rows with records below them. Labels above single values are one person's form.
    pub(super) fn rows_of_people(&self, contents: &mut Contents, used: &mut [bool]) -> bool {
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
        for (header, records) in &sections {
            let continues = !self.header_has(*header, Item::Name);
            let mut people = 0;
            for row in records {
                let Some(entries) = self.record(*header, *row, continues, used) else { continue };
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
        // What the list does not hold stands above or below it in the manner of a form.
        let mut rest = Contents::default();
        self.form(&mut rest, used, &headers);
        let rest: Vec<Entry> = rest.records.into_iter().flatten().collect();
        match contents.records.as_mut_slice() {
            [only] => only.extend(rest),
            _ => contents.records.push(rest),
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

    fn record(
        &self,
        header: u32,
        row: u32,
        continues: bool,
        used: &mut [bool],
    ) -> Option<Vec<Entry>> {
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
                    value: self.same_as_above(header, row, column, cell),
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
        (continues && !entries.is_empty() || entries.iter().any(counts)).then_some(entries)
    }

    /// 同上 stands for the value above it.
    fn same_as_above(&self, header: u32, row: u32, column: u32, cell: &Known) -> Text {
        let ditto = |text: &Text| is_ditto(&text.folded);
        if !ditto(&cell.text) {
            return cell.text.clone();
        }
        let above = (header + 1..row).rev().filter_map(|row| self.cell(row, column));
        above.map(|(_, cell)| &cell.text).find(|text| !ditto(text)).unwrap_or(&cell.text).clone()
    }

    /// Labels down the first column, one person in each further one.
    pub(super) fn columns_of_people(&self, contents: &mut Contents, used: &mut [bool]) -> bool {
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
}

/// Words and marks that stand for the value above.
#[must_use]
pub(super) fn is_ditto(folded: &str) -> bool {
    matches!(squeeze(folded).as_str(), "同上" | "同" | "〃" | "\"" | "″" | "同前" | "同上行")
}
