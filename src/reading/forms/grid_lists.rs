//! Tables that list people: one a row, or one a column.

use super::grid::{Contents, Entry, Grid, Known, has, is_example};
use crate::reading::language::text::{Text, squeeze, until};
use crate::reading::values::names;
use crate::reading::values::offices;
use crate::reading::values::places;
use crate::reading::values::posts;
use crate::reading::vocabulary::Item;

/// What marks a choice in a cell of its own.
const TICKS: [&str; 12] = ["√", "✓", "✔", "☑", "是", "●", "■", "v", "1", "○√", "对", "yes"];
/// What marks that it was not chosen.
const NO_TICKS: [&str; 8] = ["否", "□", "☐", "○", "×", "-", "/", "无"];

impl Grid<'_> {
    /// A column headed by a category with nothing but ticks below: each tick stands for the category.
    pub(super) fn tick_columns(&mut self) {
        let is_category = |cell: &Known| {
            let word = squeeze(&cell.text.folded);
            cell.items.is_none()
                && (self.labels.categories.contains(&word) || matches!(word.as_str(), "男" | "女"))
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
                let sex = matches!(squeeze(&text.folded).as_str(), "男" | "女");
                cell.items = Some(vec![if sex { Item::Gender } else { Item::Category }]);
            }
        }
    }

    /// `来宾`: a heading that nobody knows, above nothing but names, in a row of known labels without one.
    pub(super) fn name_columns(&mut self) {
        let known = |row: u32| {
            let cells = self.row(row).into_iter().filter_map(|index| self.cells.get(index));
            let items: Vec<&Vec<Item>> = cells.filter_map(|cell| cell.items.as_ref()).collect();
            items.len() >= 3 && !items.iter().any(|items| items.contains(&Item::Name))
        };
        let Some(head) = (0..self.rows.min(4)).find(|row| known(*row)) else { return };
        let named = |index: &usize| {
            let Some(cell) = self.cells.get(*index).filter(|cell| cell.items.is_none()) else {
                return false;
            };
            let below = (head + 1..self.rows).filter_map(|row| self.cell(row, cell.column));
            let mut below = below
                .map(|(_, cell)| squeeze(&cell.text.folded))
                .filter(|text| !text.is_empty())
                .peekable();
            !cell.text.is_blank()
                && below.peek().is_some()
                && below.all(|text| names::plausible(&text) && !posts::is_post(&text))
        };
        let column = self.row(head).into_iter().find(named);
        if let Some(cell) = column.and_then(|index| self.cells.get_mut(index)) {
            cell.items = Some(vec![Item::Name]);
        }
    }

    /// `备注`, and nothing below it but categories.
    pub(super) fn category_columns(&mut self) {
        if self.cells.iter().any(|cell| has(cell.items.as_ref(), Item::Category)) {
            return;
        }
        let Some(head) = (0..self.rows.min(4)).find(|row| self.is_header(*row)) else { return };
        let told = |index: &usize| {
            let Some(cell) = self.cells.get(*index) else { return false };
            let below = (head + 1..self.rows).filter_map(|row| self.cell(row, cell.column));
            let mut below = below
                .map(|(_, cell)| squeeze(&cell.text.folded))
                .filter(|text| !text.is_empty())
                .peekable();
            cell.items.as_deref().is_none_or(|items| items == [Item::Ignored])
                && !cell.text.is_blank()
                && below.peek().is_some()
                && below.all(|text| self.labels.categories.contains(&text))
        };
        let column = self.row(head).into_iter().find(told);
        if let Some(cell) = column.and_then(|index| self.cells.get_mut(index)) {
            cell.items = Some(vec![Item::Category]);
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
        // Mostly label-value rows below: a form after all.
        if sections.iter().any(|(_, rows)| self.labelled_rows(rows) * 2 > rows.len().max(1)) {
            return false;
        }
        for (header, records) in &sections {
            // 司机: a heading that nobody knows is no word of the writer's.
            self.spend(*header, used);
            let continues = !self.header_has(*header, Item::Name);
            let mut people = 0;
            let mut section: Option<Entry> = None;
            for row in records {
                if let Some(heading) = self.section(*row, used) {
                    section = Some(heading);
                    continue;
                }
                let Some(mut entries) = self.record(*header, *row, continues, used) else {
                    continue;
                };
                if !entries.iter().any(|entry| entry.items.contains(&Item::Category)) {
                    entries.extend(section.clone());
                }
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
        add_rest(contents, rest);
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
        // 填表人：王静 | 联系电话：…: no row of the list; 是否参加 | 否: who stays away.
        let pairs: Vec<Item> =
            texts.iter().filter_map(|cell| self.holds_pair(cell)).flatten().collect();
        if !pairs.is_empty() && !pairs.contains(&Item::Contact) {
            return None;
        }
        if !pairs.is_empty() || self.stays_away(header, row) || self.counts_others(row) {
            self.spend(row, used);
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
            self.spend(row, used);
            return None;
        }
        let counts = |entry: &Entry| {
            entry.items.iter().any(|item| matches!(item, Item::Name | Item::Phone | Item::IdNumber))
        };
        (continues && !entries.is_empty() || entries.iter().any(counts)).then_some(entries)
    }

    /// A label with a colon, whosoever's it is, and something behind it.
    fn holds_pair(&self, cell: &Known) -> Option<Vec<Item>> {
        let (label, value) = cell.text.folded.split_once(['：', ':'])?;
        let short = label.chars().count() <= 8 && !value.trim().is_empty();
        short.then(|| self.labels.whole(label)).flatten()
    }

    /// 同上 stands for the value above it.
    fn same_as_above(&self, header: u32, row: u32, column: u32, cell: &Known) -> Text {
        let ditto = |text: &Text| is_ditto(&text.folded);
        if !ditto(&cell.text) {
            return self.partly_above(header, row, column, cell);
        }
        let above = (header + 1..row).rev().filter_map(|row| self.cell(row, column));
        above.map(|(_, cell)| &cell.text).find(|text| !ditto(text)).unwrap_or(&cell.text).clone()
    }

    /// `同上，技术员` under 单位及职务: the employer above, and a post.
    fn partly_above(&self, header: u32, row: u32, column: u32, cell: &Known) -> Text {
        let shown = &cell.text.shown;
        let Some((first, post)) = shown.split_once(['，', ',', '/', ' ', '、']) else {
            return cell.text.clone();
        };
        let above = (header + 1..row).rev().filter_map(|row| self.cell(row, column));
        let names = above.filter_map(|(_, cell)| {
            let text = &cell.text;
            let (end, _) = places::split(text.folded.trim())?;
            Some(until(text.shown.trim(), end).to_owned())
        });
        let mut names = names;
        match names.next().filter(|_| is_ditto(&Text::fold(first))) {
            Some(name) => Text::new(&format!("{name}，{post}")),
            None => cell.text.clone(),
        }
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
                    let same = is_ditto(&cell.text.folded);
                    let left = (base + 1..column).rev().filter_map(|column| self.cell(row, column));
                    let mut left = left.map(|(_, cell)| &cell.text);
                    let left = left.find(|text| same && !is_ditto(&text.folded));
                    entries.push(Entry {
                        items: items.clone(),
                        value: left.unwrap_or(&cell.text).clone(),
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
pub(crate) fn is_ditto(folded: &str) -> bool {
    matches!(
        squeeze(folded).as_str(),
        "同上" | "同" | "〃" | "\"" | "″" | "同前" | "同上行" | "同左" | "同左列"
    )
}

/// What stands above or below a list, beside its rows. 填报单位 above a column that tells where somebody works
/// says nothing of that: a township employs nobody of those who stand there without an employer.
fn add_rest(contents: &mut Contents, rest: Vec<Entry>) {
    let employs = |entry: &Entry| entry.items.contains(&Item::Organization);
    let employed = contents.records.iter().flatten().any(employs);
    if let [only] = contents.records.as_mut_slice() {
        let rest = rest.into_iter();
        only.extend(rest.filter(|entry| !employed || entry.items != [Item::Organization]));
        return;
    }
    let maker = |entry: &Entry| {
        let name = entry.value.folded.split(['（', '(']).next().unwrap_or("");
        entry.items == [Item::Organization] && offices::governs(name.trim())
    };
    let rest = rest.into_iter().filter(|entry| !employed || !maker(entry));
    contents.records.push(rest.collect());
}
