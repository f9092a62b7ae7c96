//! A list as a workbook, laid out for the screen and for A4 paper.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::{Error, List};

/// A4, in Excel's numbering.
const A4: u8 = 9;
/// Columns get as wide as their longest cell, within these bounds (in digits of the standard font).
const WIDTHS: std::ops::RangeInclusive<usize> = 6..=36;
/// How wide a column is that is to be written in by hand.
const BY_HAND: usize = 14;
/// The widest column beside it: what is longer is broken, so that the paper stays legible.
const BESIDE: usize = 20;
/// Row heights in points: of the title, of a row to read, of a row to sign in.
const TITLE: f64 = 34.0;
const ROW: f64 = 20.0;
const SIGNED: f64 = 38.0;

/// The list as the bytes of an `.xlsx` file. Every cell is text: a number of 18 digits stays whole, and nothing is a
/// formula.
pub fn xlsx(list: &List) -> Result<Vec<u8>, Error> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(list.sheet)?;
    let end = column(list.columns.len().saturating_sub(1));
    let widths: Vec<_> = (0..list.columns.len()).map(|place| column_width(list, place)).collect();
    let over = 1 + list.notes.len();
    head(sheet, list, end)?;

    let cell = Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
    let named =
        cell.clone().set_bold().set_align(FormatAlign::Center).set_background_color("#E8EEF4");
    let wrapped = cell.set_text_wrap().set_indent(1);
    let tables =
        std::iter::once((&list.columns, &named)).chain(list.rows.iter().map(|row| (row, &wrapped)));
    for (at, (cells, format)) in (over..).zip(tables) {
        for (place, text) in cells.iter().enumerate() {
            sheet.write_string_with_format(row(at), column(place), text, format)?;
        }
        sheet.set_row_height(row(at), if list.by_hand && at > over { SIGNED } else { ROW })?;
    }
    for (place, width) in widths.iter().enumerate() {
        sheet.set_column_width(column(place), u32::try_from(*width).unwrap_or(20))?;
    }
    // A title is half as wide again as the rows; where that is too much it takes two lines.
    let lines = if width(&list.title) * 3 / 2 > widths.iter().sum() { 2.0 } else { 1.0 };
    sheet.set_row_height(0, lines * TITLE)?;
    for_paper(sheet, list, over)?;
    Ok(book.save_to_buffer()?)
}

/// Title and notes, across all columns.
fn head(sheet: &mut Worksheet, list: &List, end: u16) -> Result<(), Error> {
    let title = Format::new()
        .set_bold()
        .set_font_size(16)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    let note = Format::new().set_font_color("#555555").set_align(FormatAlign::VerticalCenter);
    let texts =
        std::iter::once((&list.title, &title)).chain(list.notes.iter().map(|text| (text, &note)));
    for (at, (text, format)) in (0..).zip(texts) {
        if end > 0 {
            sheet.merge_range(at, 0, at, end, text, format)?;
        } else {
            sheet.write_string_with_format(at, 0, text, format)?;
        }
    }
    Ok(())
}

/// As wide as the longest cell, within the bounds; wide enough to write where the rows are empty.
fn column_width(list: &List, place: usize) -> usize {
    let rows = || list.rows.iter().filter_map(|row| row.get(place));
    if list.by_hand && rows().all(String::is_empty) {
        return BY_HAND;
    }
    let widest = rows().chain(list.columns.get(place)).map(|cell| width(cell)).max();
    let most = if list.by_hand { BESIDE } else { *WIDTHS.end() };
    (widest.unwrap_or(0) + 4).clamp(*WIDTHS.start(), most)
}

/// The headings stay in sight, on the screen and on every page; nothing is cut off at the right.
fn for_paper(sheet: &mut Worksheet, list: &List, over: usize) -> Result<(), Error> {
    sheet.set_freeze_panes(row(over + 1), 0)?;
    sheet.set_repeat_rows(row(over), row(over))?;
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    sheet.set_print_center_horizontally(true);
    sheet.set_header_footer_align_with_page(true);
    sheet.set_footer("&C第 &P 页，共 &N 页");
    if list.columns.len() > 8 {
        sheet.set_landscape();
    }
    Ok(())
}

/// How wide a text is: a Chinese character takes the place of two digits.
fn width(text: &str) -> usize {
    let of_line =
        |line: &str| line.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum();
    text.lines().map(of_line).max().unwrap_or(0)
}

fn row(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
