//! What `replay` prints: an account for staff, or one JSON object a line.

use std::io::{self, Write};

use serde::Serialize;

use super::compare::{Change, Difference};
use super::{Event, Tally};
use crate::command::list::{rfc3339, zone_of};
use crate::command::parse::kind_name;
use crate::reading::Kind;
use crate::reply::words;

/// One object a line, one line for each message that would be read otherwise.
pub(super) fn json(
    differences: &[Difference],
    events: &[Event],
    out: &mut impl Write,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Row<'a> {
        received_at: String,
        #[serde(flatten)]
        difference: &'a Difference,
    }
    let zone = zone_of(events, "");
    for difference in differences {
        let row = Row { received_at: rfc3339(difference.received, &zone), difference };
        serde_json::to_writer(&mut *out, &row)?;
        writeln!(out)?;
    }
    Ok(())
}

/// A paragraph for each message that would be read otherwise, and the sum.
pub(super) fn text(tally: &Tally, events: &[Event], out: &mut impl Write) -> io::Result<()> {
    let zone = zone_of(events, "");
    for one in &tally.differences {
        writeln!(
            out,
            "{}  {}  {}",
            words::stamp(one.received, &zone),
            one.from.as_deref().unwrap_or("（发件人不详）"),
            one.subject.as_deref().unwrap_or("（还没有读过）"),
        )?;
        if let Some(kind) = &one.kind {
            writeln!(out, "  类型  {} → {}", named(kind.was), named(kind.now))?;
        }
        if let Some(reasons) = &one.reasons {
            for gone in reasons.was.iter().filter(|reason| !reasons.now.contains(reason)) {
                writeln!(out, "  不再存疑  {gone}")?;
            }
            for new in reasons.now.iter().filter(|reason| !reasons.was.contains(reason)) {
                writeln!(out, "  新的疑问  {new}")?;
            }
        }
        for change in &one.people {
            writeln!(out, "  {}", sentence(change, events))?;
        }
        writeln!(out, "  来信编号  {}\n", one.message)?;
    }
    write!(out, "共重读 {} 封来信，", tally.read)?;
    match tally.differences.len() {
        0 => write!(out, "读法都与当时相同")?,
        count => write!(out, "其中 {count} 封会读得不同")?,
    }
    if tally.broken > 0 {
        write!(out, "；{} 封无法读取", tally.broken)?;
    }
    if tally.gone > 0 {
        write!(out, "；{} 封的原文没有保存，未重读", tally.gone)?;
    }
    writeln!(out, "。名单、回信和任务都没有改动。")
}

fn named(kind: Option<Kind>) -> &'static str {
    kind.map_or("无法读取", kind_name)
}

fn sentence(change: &Change, events: &[Event]) -> String {
    let Change { number, field, was, now } = change;
    let (was, now) = (was.as_deref(), now.as_deref());
    let Some(number) = number else {
        return format!("另读出一人  {}", now.unwrap_or("（没有姓名）"));
    };
    let Some(field) = field else {
        return format!("{number}  {}  这个人不再读得出", was.unwrap_or("（没有姓名）"));
    };
    let label = events.first().map_or(field.as_str(), |event| event.label(field));
    let blank = "（没有）";
    format!("{number}  {label}  {} → {}", was.unwrap_or(blank), now.unwrap_or(blank))
}
