//! What an `.xls` workbook hides: rows, columns and sheets, by its BIFF records ([MS-XLS]).
//! `office_oxide` gives the cells, but not whether they are shown.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::ops::RangeInclusive;

use office_oxide::cfb::CfbReader;

/// The beginning of the workbook's part that is common to all sheets, and of each sheet.
const BEGIN: u16 = 0x0809;
/// The end of either.
const END: u16 = 0x000a;
/// A row ([MS-XLS] §2.4.221): its number, and whether it is shown.
const ROW: u16 = 0x0208;
/// Neighbouring columns (§2.4.53).
const COLUMNS: u16 = 0x007d;
/// What the part is: a sheet, a macro sheet, a chart. Others have no sheet of their own.
const SHEETS: [u16; 3] = [0x0010, 0x0040, 0x0020];
/// More hidden pieces than any list has.
const MOST_RANGES: usize = 256;
/// More records than any list has.
const MOST_RECORDS: usize = 200_000;

/// What one sheet hides, counted from 0.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    rows: BTreeSet<u32>,
    columns: Vec<RangeInclusive<u32>>,
}

impl Hidden {
    /// Whether a row is hidden.
    pub(super) fn row(&self, row: u32) -> bool {
        self.rows.contains(&row)
    }

    /// Whether a column is hidden.
    pub(super) fn column(&self, column: u32) -> bool {
        self.columns.iter().any(|range| range.contains(&column))
    }
}

/// What each sheet hides, in the order in which the sheets stand in the file.
pub(super) fn hidden(bytes: &[u8]) -> Vec<Hidden> {
    let stream = CfbReader::new(Cursor::new(bytes)).ok().and_then(|mut file| {
        ["Workbook", "Book"].into_iter().find_map(|name| file.open_stream(name).ok())
    });
    let mut sheets: Vec<Hidden> = Vec::new();
    // How many parts are open: a chart within a sheet is a part of its own.
    let mut depth = 0_u32;
    let mut counts = false;
    for (kind, data) in records(&stream.unwrap_or_default()).take(MOST_RECORDS) {
        match kind {
            BEGIN => {
                depth += 1;
                if depth == 1 {
                    counts = number(data, 2).is_some_and(|part| SHEETS.contains(&part));
                    if counts {
                        sheets.push(Hidden::default());
                    }
                }
            }
            END => depth = depth.saturating_sub(1),
            _ if depth == 1 && counts => {
                if let Some(sheet) = sheets.last_mut() {
                    note(kind, data, sheet);
                }
            }
            _ => {}
        }
    }
    sheets
}

fn note(kind: u16, data: &[u8], sheet: &mut Hidden) {
    match kind {
        // `fDyZero`: the row has no height.
        ROW if number(data, 12).is_some_and(|flags| flags & 0x20 != 0) => {
            sheet.rows.extend(number(data, 0).map(u32::from));
        }
        COLUMNS
            if sheet.columns.len() < MOST_RANGES
                && number(data, 8).is_some_and(|flags| flags & 1 != 0) =>
        {
            if let (Some(first), Some(last)) = (number(data, 0), number(data, 2)) {
                sheet.columns.push(u32::from(first)..=u32::from(last));
            }
        }
        _ => {}
    }
}

/// The records of a stream: kind and content.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (number(rest, 0)?, usize::from(number(rest, 2)?));
        let data = rest.get(4..4 + length)?;
        rest = rest.get(4 + length..)?;
        Some((kind, data))
    })
}

fn number(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}
