//! Tables typed as text.

use crate::message::{Cell, Line, Table};

use super::labels::Labels;
use super::text::Text;
use super::vocabulary::Item;

/// Lists typed as text: a line of labels, then lines of as many values. First and last line number,
/// and the table they make.
pub(super) fn tables(lines: &[&Line], labels: &Labels) -> Vec<(u32, u32, Table)> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(line) = lines.get(at) else { break };
        let Some((divider, header)) = header_line(&line.text, labels) else {
            at += 1;
            continue;
        };
        let mut rows: Vec<Vec<String>> = vec![header.clone()];
        let mut next = at + 1;
        while let Some(row) = lines.get(next).map(|line| cells(&line.text, divider)) {
            let close = row.len() == header.len()
                || divider == '\t' && row.len() > 1 && row.len() < header.len();
            if !close || rows.len() > 500 {
                break;
            }
            rows.push(row);
            next += 1;
        }
        if rows.len() > 1 {
            let number = |index: usize| lines.get(index).map_or(0, |line| line.number);
            let mut list = Vec::new();
            for (row, texts) in (0u32..).zip(rows) {
                for (column, text) in (0u32..).zip(texts) {
                    list.push(Cell { row, column, rows: 1, columns: 1, text });
                }
            }
            let table = Table { cells: list, voice: line.voice, ..Default::default() };
            tables.push((number(at), number(next - 1), table));
        }
        at = next.max(at + 1);
    }
    tables
}

fn header_line(text: &str, labels: &Labels) -> Option<(char, Vec<String>)> {
    let shown = Text::new(text).shown;
    for divider in ['\t', '|', ',', '，', '、', ' '] {
        // Hardly any line has three cells: they are counted before they are looked at.
        if divider != ' ' && shown.matches(divider).take(2).count() < 2 {
            continue;
        }
        let header = cells_of(&shown, divider);
        if header.len() < 3 {
            continue;
        }
        let items = header.iter().filter_map(|cell| labels.whole(&Text::new(cell).folded));
        let (mut known, mut name) = (0, false);
        for items in items {
            known += 1;
            name |= items.contains(&Item::Name);
        }
        if known * 10 >= header.len() * 8 && name {
            return Some((divider, header));
        }
    }
    None
}

fn cells(text: &str, divider: char) -> Vec<String> {
    cells_of(&Text::new(text).shown, divider)
}

fn cells_of(text: &str, divider: char) -> Vec<String> {
    let text = text.trim().trim_matches(['（', '）', '(', ')']);
    let text = text.strip_prefix("依次为").unwrap_or(text);
    if divider == ' ' {
        return text.split_whitespace().map(str::to_owned).collect();
    }
    let text = if divider == '|' { text.trim_matches('|') } else { text };
    text.split(divider).map(|cell| cell.trim().to_owned()).collect()
}
