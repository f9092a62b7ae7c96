//! What a list says and reading made nothing of: no row is passed over in silence.

use std::collections::BTreeMap;

use crate::message::file::{File, open};
use crate::message::{Block, Cell, Table};
use crate::reading::{Applicant, Evidence, Reading, field};

/// Fewest cells with something in them that make a row somebody's, and not a remark.
const FEWEST: usize = 2;

/// The sheets of a list, each from the first person on.
pub(super) struct Sheets {
    sheets: Vec<Sheet>,
}

struct Sheet {
    /// As evidence calls it: `名单.xlsx › Sheet1`.
    name: String,
    table: Table,
    /// The row of the first person.
    first: u32,
}

/// A row that gave nobody.
pub(super) struct LeftOut {
    /// Sheet and row, to sort by.
    pub(super) at: (usize, u32),
    pub(super) place: String,
    /// The person of the list who stands in it once more.
    pub(super) same_as: Option<String>,
}

impl Sheets {
    /// The sheets on which the people of the reading stand.
    pub(super) fn open(name: &str, bytes: &[u8], reading: &Reading) -> Self {
        let opened = open(File { name, media: "", bytes, depth: 0 });
        let mut sheets = Vec::new();
        for document in opened.documents {
            for block in document.blocks {
                let Block::Table(table) = block else { continue };
                let name = match table.title.as_str() {
                    "" => document.name.clone(),
                    title => format!("{} › {title}", document.name),
                };
                let fields = reading.applicants.iter().flat_map(|one| one.fields.values());
                let rows = fields.filter(|field| field.evidence.document == name);
                let first = rows.filter_map(|field| row_of(&field.evidence)).min();
                let Some(first) = first.filter(|_| table.sheet) else { continue };
                let sheet = Sheet { name, table, first };
                if sheet.is_list(reading) {
                    sheets.push(sheet);
                }
            }
        }
        Self { sheets }
    }

    /// Sheet and row of a value.
    pub(super) fn at(&self, evidence: &Evidence) -> Option<(usize, u32)> {
        let sheet = self.sheets.iter().position(|sheet| sheet.name == evidence.document)?;
        Some((sheet, row_of(evidence)?))
    }

    /// The rows below the first person that gave nobody.
    pub(super) fn left_out(&self, reading: &Reading) -> Vec<LeftOut> {
        let fields = reading.applicants.iter().flat_map(|one| one.fields.values());
        let wrong = reading.doubts.iter().map(|doubt| doubt.reason.as_str());
        let wrong: Vec<_> = wrong.collect();
        let taken: Vec<_> = fields.filter_map(|field| self.at(&field.evidence)).collect();
        let mut rows = Vec::new();
        for (at, sheet) in self.sheets.iter().enumerate() {
            for (row, cells) in sheet.rows().range(sheet.first + 1..) {
                let place = |cell: &&Cell| cell.place(true);
                let named = |cell: &&&Cell| {
                    let place = format!("{}{}", sheet.name, place(cell));
                    wrong.iter().any(|reason| reason.contains(&place))
                };
                let read = taken.contains(&(at, *row)) || cells.iter().any(|cell| named(&cell));
                if let (false, true, Some(cell)) = (read, cells.len() >= FEWEST, cells.first()) {
                    rows.push(LeftOut {
                        at: (at, *row),
                        place: format!("{} {}", sheet.name, place(cell)),
                        same_as: same_as(cells, reading),
                    });
                }
            }
        }
        rows
    }

    /// What stands under 类别 beside somebody whose category was not understood.
    pub(super) fn strange_category(&self, applicant: &Applicant) -> Option<String> {
        if applicant.get(field::CATEGORY).is_some() {
            return None;
        }
        let (at, row) = applicant.fields.values().find_map(|field| self.at(&field.evidence))?;
        let sheet = self.sheets.get(at)?;
        let heading = |cell: &&Cell| cell.row < sheet.first && cell.text.contains("类别");
        let column = sheet.table.cells.iter().find(heading)?.column;
        let rows = sheet.rows();
        let cell = rows.get(&row)?.iter().find(|cell| cell.column == column)?;
        let place = cell.place(true);
        Some(format!("{place} 的“{}”不是本次活动的类别，请改正，或把这一格留空", cell.text.trim()))
    }
}

impl Sheet {
    /// Whether names stand below a heading: in a form they stand beside a label, and there is more in
    /// it than people.
    fn is_list(&self, reading: &Reading) -> bool {
        let names = reading.applicants.iter().filter_map(|one| one.fields.get(field::NAME));
        let places: Vec<_> = names
            .filter(|name| name.evidence.document == self.name)
            .map(|name| name.evidence.place.as_str())
            .collect();
        let of_person = |cell: &&Cell| places.contains(&&*cell.place(true));
        let columns: Vec<_> =
            self.table.cells.iter().filter(of_person).map(|it| it.column).collect();
        let heading = |cell: &Cell| {
            let text = cell.text.to_lowercase();
            let name = ["名", "人员", "name"].iter().any(|word| text.contains(word));
            cell.row < self.first && columns.contains(&cell.column) && name
        };
        self.table.cells.iter().any(heading)
    }

    /// The cells with something in them, by row.
    fn rows(&self) -> BTreeMap<u32, Vec<&Cell>> {
        let mut rows: BTreeMap<u32, Vec<&Cell>> = BTreeMap::new();
        for cell in self.table.cells.iter().filter(|cell| !cell.text.trim().is_empty()) {
            rows.entry(cell.row).or_default().push(cell);
        }
        rows
    }
}

/// The row, from 0, of a value that stands in a cell like `B4`.
fn row_of(evidence: &Evidence) -> Option<u32> {
    let row: u32 =
        evidence.place.trim_start_matches(|c: char| c.is_ascii_uppercase()).parse().ok()?;
    row.checked_sub(1)
}

/// The name of the person on the list whose name and telephone stand in these cells.
fn same_as(cells: &[&Cell], reading: &Reading) -> Option<String> {
    let bare = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let stands = |value: Option<&str>| {
        value.is_some_and(|value| cells.iter().any(|cell| bare(&cell.text) == bare(value)))
    };
    let same = |one: &&Applicant| stands(one.get(field::NAME)) && stands(one.get(field::PHONE));
    let found = reading.applicants.iter().find(same)?;
    found.get(field::NAME).map(str::to_owned)
}
