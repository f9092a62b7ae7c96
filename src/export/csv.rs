//! A list as a CSV file (RFC 4180) that spreadsheets of Chinese Windows open as it is: UTF-8 with a byte order mark.

use super::{Error, List};

/// What makes a spreadsheet take a cell for a formula when it opens a CSV file (OWASP, "CSV Injection").
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Headings and rows; titles and notes have no place in a table that programs read.
pub fn csv(list: &List) -> Result<Vec<u8>, Error> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(b"\xEF\xBB\xBF".to_vec());
    for row in std::iter::once(&list.columns).chain(&list.rows) {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| Error::Csv(error.into_error().into()))
}

fn harmless(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_would_be_a_formula_is_text_and_commas_quotes_and_lines_stay_in_their_cell() {
        let rows = vec![
            vec!["=HYPERLINK(\"http://x\")".to_owned(), "-1".to_owned()],
            vec!["甲,\"乙\"\n丙".to_owned(), String::new()],
        ];
        let list =
            List {
                columns: vec!["单位".to_owned(), "备注".to_owned()], rows, ..List::default()
            };
        let text = String::from_utf8(csv(&list).unwrap()).unwrap();
        assert_eq!(
            text,
            "\u{feff}单位,备注\r\n\"'=HYPERLINK(\"\"http://x\"\")\",'-1\r\n\"甲,\"\"乙\"\"\n丙\",\r\n"
        );
    }
}
