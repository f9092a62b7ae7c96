//! Lists for the outside: the roster for a spreadsheet, the sheet that people sign at the door, and the masked list for
//! publication (公示).
//!
//! [`lists`] makes each list a [`List`] of plain texts; [`csv`] and [`xlsx`] write any of them as bytes. Nothing that
//! somebody wrote in a mail becomes a formula: a workbook holds texts only, and in a CSV file a cell that a spreadsheet
//! would take for a formula gets an apostrophe before it.

mod csv;
mod lists;
mod xlsx;

pub use self::csv::csv;
pub use lists::{List, public, roll, sign_in};
pub use xlsx::xlsx;

/// Why a list could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The workbook's own words.
    #[error("the workbook cannot be made: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The CSV writer's own words.
    #[error("the CSV file cannot be made: {0}")]
    Csv(#[from] ::csv::Error),
}
