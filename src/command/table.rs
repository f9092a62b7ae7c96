//! Plain tables whose columns stand straight, Chinese or not.

use std::io::IsTerminal;

use comfy_table::{ContentArrangement, Table, TableComponent, presets};

/// An empty table with these headings: a line below them and no other, as wide as the terminal.
pub(super) fn new(headings: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    for part in [TableComponent::HeaderLines, TableComponent::MiddleHeaderIntersections] {
        table.set_style(part, '─');
    }
    table.set_content_arrangement(ContentArrangement::Dynamic);
    // In a file or a pipe a row stays one line, however long.
    if let Some(width) = width() {
        table.set_width(width);
    }
    table.set_header(headings);
    table
}

/// The terminal's width in columns; `None` in a file or a pipe.
pub(super) fn width() -> Option<u16> {
    let terminal = std::io::stdout().is_terminal().then(terminal_size::terminal_size)??;
    Some(terminal.0.0)
}

/// The text, filled up with blanks to a width in columns; a Chinese character takes two.
pub(super) fn padded(text: &str, columns: usize) -> String {
    let width: usize = text.chars().map(|char| if char.is_ascii() { 1 } else { 2 }).sum();
    format!("{text}{}", " ".repeat(columns.saturating_sub(width)))
}
