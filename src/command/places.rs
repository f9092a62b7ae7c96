//! Who has the places: counts by category, and how one registration stands.

use std::io::{self, Write};

use super::table;
use crate::reply::words;
use crate::roster::{Event, Registration, Status};
use crate::store::Standing;

/// The counts of one category, or of all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    /// Places there are.
    pub(super) quota: u32,
    /// Given for good.
    pub(super) confirmed: u32,
    /// Kept for registrations that are not settled.
    pub(super) reserved: u32,
    /// In line, reserved places in line among them.
    pub(super) waiting: u32,
}

impl Counts {
    /// Those of the registrations that `belongs` picks.
    pub(super) fn of(
        rows: &[Standing],
        quota: u32,
        belongs: impl Fn(&Registration) -> bool,
    ) -> Self {
        let mut counts = Self { quota, ..Self::default() };
        for registration in rows.iter().map(|row| &row.registration).filter(|one| belongs(one)) {
            let confirmed = registration.status == Status::Confirmed;
            counts.confirmed += u32::from(confirmed);
            counts.reserved += u32::from(registration.takes_seat() && !confirmed);
            counts.waiting += u32::from(registration.in_line());
        }
        counts
    }

    /// Those of a whole event.
    pub(super) fn of_event(rows: &[Standing], event: &Event) -> Self {
        let quota = event.categories.iter().map(|category| category.quota).sum();
        Self::of(rows, quota, |registration| registration.event == event.id)
    }

    fn free(self) -> u32 {
        self.quota.saturating_sub(self.confirmed).saturating_sub(self.reserved)
    }
}

/// Whether somebody came, as it was noted.
pub(super) fn attended(registration: &Registration) -> &'static str {
    registration.attended.map_or("未签到", came)
}

/// Whether somebody came.
pub(super) fn came(came: bool) -> &'static str {
    if came { "已签到" } else { "未到场" }
}

/// Prints an event's places by category.
pub(super) fn print(rows: &[Standing], event: &Event, out: &mut impl Write) -> io::Result<()> {
    let mut lines = table::new(&["类别", "名额", "已确认", "保留", "空余", "候补"]);
    let mut add = |name: &str, counts: Counts| {
        let numbers =
            [counts.quota, counts.confirmed, counts.reserved, counts.free(), counts.waiting];
        let cells = std::iter::once(name.to_owned()).chain(numbers.map(|n| n.to_string()));
        lines.add_row(cells);
    };
    for category in &event.categories {
        let here = |registration: &Registration| {
            registration.event == event.id && counts_for(registration) == Some(category.id.as_str())
        };
        add(&category.name, Counts::of(rows, category.quota, here));
    }
    if event.categories.len() > 1 {
        add("合计", Counts::of_event(rows, event));
    }
    for column in lines.column_iter_mut().skip(1) {
        column.set_cell_alignment(comfy_table::CellAlignment::Right);
    }
    writeln!(out, "{lines}")
}

/// The category in whose counts a registration is: the one whose place it takes, else its own.
fn counts_for(registration: &Registration) -> Option<&str> {
    registration.takes().or(registration.category.as_deref())
}

/// How a registration stands: its status, its position, what is kept for it.
pub(super) fn standing(row: &Standing) -> String {
    let word = words::status(row.registration.status);
    match kept(row) {
        Some(kept) if row.registration.status == Status::Waitlisted => format!("{word}{kept}"),
        Some(kept) => format!("{word}（{kept}）"),
        None => word.to_owned(),
    }
}

/// What is kept for a registration that is not settled, or where it stands in line.
pub(super) fn kept(row: &Standing) -> Option<String> {
    let waitlisted = row.registration.status == Status::Waitlisted;
    match row.position {
        Some(position) if waitlisted => Some(format!("第{position}位")),
        Some(position) => Some(format!("候补第{position}位")),
        None if row.registration.offered() => Some("（名额保留，待本人确认）".to_owned()),
        None if row.registration.chosen() => Some("（已选定，待告知）".to_owned()),
        None if row.registration.reserves() && row.registration.seat => Some("保留名额".to_owned()),
        None => None,
    }
}
