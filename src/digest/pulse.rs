//! How the service is, in a few lines that a clerk understands.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::facts::{Facts, SENDING};
use crate::reply::{plain, words};
use crate::store::LetterState;

/// A mailbox that was not looked through for so long is no longer served: passes come every few
/// minutes.
const STALE: Duration = Duration::from_mins(30);

/// Longest explanation of a pause, in characters.
const WHY_CHARS: usize = 160;

/// The service's health.
#[derive(Debug, Serialize)]
pub(super) struct Pulse {
    /// Nothing needs the operator.
    pub(super) well: bool,
    lines: Vec<Line>,
}

/// One fact about it.
#[derive(Debug, Serialize)]
struct Line {
    name: String,
    value: String,
    well: bool,
}

pub(super) fn pulse(facts: &Facts, zone: &TimeZone) -> Pulse {
    let health = &facts.health;
    let letters = |state| {
        let found = health.letters.iter().find(|(other, _)| *other == state);
        found.map_or(0, |(_, count)| *count)
    };
    let since = |at: Option<Timestamp>, what: &str| {
        at.map(|at| format!("，{what} {}", words::stamp(at, zone))).unwrap_or_default()
    };
    let late = |at: Option<Timestamp>| {
        at.is_some_and(|at| facts.at.duration_since(at).unsigned_abs() > STALE)
    };
    let backlog = format!("{} 封{}", health.backlog, since(health.oldest, "最早到达"));
    let waiting = letters(LetterState::Waiting) + letters(LetterState::Sending);
    let waiting = format!("{waiting} 封{}", since(health.oldest_due, "最早应于"));
    let uncertain = letters(LetterState::Uncertain);
    let passes = health.passes.iter().map(|pass| &pass.seen);
    let lacking = passes.map(|seen| seen.listed.saturating_sub(seen.held)).sum::<u64>();
    let mut lines = vec![
        looked(facts, zone),
        line("未登记的来信", format!("{lacking} 封"), lacking == 0),
        line("待处理来信", backlog, !late(health.oldest)),
        line("待发回信", waiting, !late(health.oldest_due)),
        line("去向不明的回信", format!("{uncertain} 封"), uncertain == 0),
        line("无法读取的来信", format!("{} 封", health.quarantined), health.quarantined == 0),
    ];
    lines.extend(health.pauses.iter().map(|pause| {
        let what = match pause.what.split_once(':') {
            Some((kind, mailbox)) if kind != SENDING => format!("暂停收信（{mailbox}）"),
            _ => "暂停发信".to_owned(),
        };
        let why = plain::tidy(&pause.why, WHY_CHARS);
        line(&what, format!("到 {}：{why}", words::stamp(pause.until, zone)), false)
    }));
    Pulse { well: lines.iter().all(|line| line.well), lines }
}

/// When the mailbox that was looked through longest ago was looked through.
fn looked(facts: &Facts, zone: &TimeZone) -> Line {
    let name = "最近一次核对邮箱";
    let oldest = facts.health.passes.iter().map(|pass| pass.at).min();
    match oldest {
        Some(at) => {
            let well = facts.at.duration_since(at).unsigned_abs() <= STALE;
            line(name, words::stamp(at, zone), well)
        }
        None => line(name, "还没有过".to_owned(), false),
    }
}

fn line(name: &str, value: String, well: bool) -> Line {
    Line { name: name.to_owned(), value, well }
}
