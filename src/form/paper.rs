//! The form as a Word file.

use std::io;

use super::docx::{Cell, Docx, Style};
use super::entries::{Entry, entries};
use crate::roster::Event;

/// Widths of a label and of its answer, twice, in twentieths of a point: together what A4 leaves
/// between the margins.
const COLUMNS: [u32; 4] = [1_700, 2_800, 1_700, 2_860];

/// The form of an event. An error is the archive's.
pub fn form(event: &Event) -> io::Result<Vec<u8>> {
    let mut paper = Docx::default();
    paper.paragraph(Style::Title, &format!("{}报名表", event.name));
    paper.table(&COLUMNS, &rows(&entries(event)));
    if !event.pledge.is_empty() {
        paper.paragraph(Style::Heading, "诚信承诺");
        paper.paragraph(Style::Text, &event.pledge);
        paper.paragraph(Style::Sign, "承诺人（签名）：");
        paper.paragraph(Style::Right, "　　　　年　　月　　日");
    }
    paper.paragraph(Style::Note, &explained(event));
    paper.finish()
}

/// Two short answers share a row, every other one has its own.
fn rows(entries: &[Entry]) -> Vec<Vec<Cell>> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut room = false;
    for entry in entries {
        let mark = if entry.required { "*" } else { "" };
        let label = Cell::label(&format!("{}{mark}", entry.label));
        if !entry.short {
            rows.push(vec![label, answer(entry)]);
            room = false;
        } else if let Some(row) = rows.last_mut().filter(|_| room) {
            row.extend([label, Cell::text("")]);
            room = false;
        } else {
            rows.push(vec![label, Cell::text("")]);
            room = true;
        }
    }
    for row in rows.iter_mut().filter(|row| row.len() == 2) {
        row.iter_mut().skip(1).for_each(|cell| cell.span = 3);
    }
    rows
}

fn answer(entry: &Entry) -> Cell {
    let boxes: Vec<_> = entry.choices.iter().map(|choice| format!("□{choice}")).collect();
    Cell { tall: entry.long, ..Cell::text(&boxes.join("　　")) }
}

fn explained(event: &Event) -> String {
    let to = match &event.life.email {
        Some(email) => format!("填好后作为附件发送至{}；", email.as_str()),
        None => String::new(),
    };
    format!("注：带*的项目必须填写，其余自愿填写。{to}咨询电话：{}。", event.telephone)
}
