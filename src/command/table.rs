//! Plain tables whose columns stand straight, Chinese or not.

use comfy_table::{ContentArrangement, Table, presets};

/// An empty table with these headings, as wide as the terminal allows.
pub(super) fn new(headings: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_HORIZONTAL_ONLY);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(headings);
    table
}
