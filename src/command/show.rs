//! `show` and `explain`: one registration, the words it was read from, and why it stands where it
//! stands.

use std::io::{self, Write};

use super::table;
use crate::reply::words;
use crate::roster::{Action, Event, Status};
use crate::store::{AuditRow, LetterRow, Standing};

/// Prints a registration with its evidence and its letters.
pub(super) fn show(
    standing: &Standing,
    event: &Event,
    letters: &[LetterRow],
    out: &mut impl Write,
) -> io::Result<()> {
    let registration = &standing.registration;
    head(standing, event, out)?;
    let mut values = table::new(&["项目", "内容", "出处", "原文"]);
    for (name, found) in &registration.person {
        let place = format!("{} {}", found.evidence.document, found.evidence.place);
        values.add_row([
            words::field_name(name).to_owned(),
            found.value.clone(),
            place.trim().to_owned(),
            found.evidence.quote.clone(),
        ]);
    }
    writeln!(out, "{values}")?;
    if let Some(email) = &registration.email {
        writeln!(out, "报名邮箱：{}", email.as_str())?;
    }
    for letter in letters {
        let outcome = letter.outcome.as_deref().unwrap_or("");
        let at = words::stamp(letter.settled.unwrap_or(letter.created), &event.zone);
        writeln!(out, "信件 {}：{} {at} {outcome}", letter.id, letter.state)?;
    }
    Ok(())
}

/// Prints the history of a registration, step by step, and the rule behind each step.
pub(super) fn explain(
    standing: &Standing,
    event: &Event,
    history: &[AuditRow],
    out: &mut impl Write,
) -> io::Result<()> {
    head(standing, event, out)?;
    for row in history {
        writeln!(
            out,
            "{}  {}：{}（{}；{}）",
            words::stamp(row.at, &event.zone),
            action(row.action),
            words::status(row.status),
            row.why,
            if row.by == "baoming" { "系统按规则处理" } else { row.by.as_str() },
        )?;
    }
    let registration = &standing.registration;
    let category = registration.category.as_deref().and_then(|id| event.category(id));
    if let (Status::Waitlisted, Some(position), Some(category)) =
        (registration.status, standing.position, category)
    {
        writeln!(
            out,
            "“{}”共{}个名额，报名先后以邮件到达的时间为准，前面还有{}人在等候。",
            category.name,
            category.quota,
            position.saturating_sub(1)
        )?;
    }
    Ok(())
}

fn head(standing: &Standing, event: &Event, out: &mut impl Write) -> io::Result<()> {
    let registration = &standing.registration;
    let category = registration.category.as_deref().and_then(|id| event.category(id));
    let position = standing.position.map(|position| format!("，候补第{position}位"));
    writeln!(out, "{}  {}", registration.number, event.name)?;
    writeln!(
        out,
        "{}{}  {}  {}  {}",
        words::status(registration.status),
        position.unwrap_or_default(),
        category.map_or("类别未定", |category| category.name.as_str()),
        words::channel(registration.channel),
        words::stamp(registration.key.arrived, &event.zone),
    )
}

fn action(action: Action) -> &'static str {
    match action {
        Action::Registered => "登记",
        Action::Completed => "补齐资料",
        Action::Promoted => "递补",
        Action::Cancelled => "取消",
        Action::Lapsed => "逾期失效",
        Action::Approved => "审核通过",
        Action::Rejected => "审核不通过",
        Action::Attended => "签到",
        Action::Changed => "变更",
    }
}
