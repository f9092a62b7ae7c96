//! `show` and `explain`: one registration, the words it was read from, and why it stands where it
//! stands.

use std::io::{self, Write};

use super::{letters, places, reasons, table};
use crate::reading::field;
use crate::reply::words;
use crate::roster::{Action, Event, Registration, Status};
use crate::store::{AuditRow, LetterRow, Standing, TaskRow};

/// Who the audit says decided, when no clerk did.
const BY_RULE: &str = "baoming";

/// Prints a registration with its evidence, what a person has to do about it, and its letters.
pub(super) fn show(
    standing: &Standing,
    event: &Event,
    open: &[&TaskRow],
    letters: &[LetterRow],
    out: &mut impl Write,
) -> io::Result<()> {
    let registration = &standing.registration;
    head(standing, event, out)?;
    values(standing, event, out)?;
    if let Some(email) = &registration.email {
        writeln!(out, "\n登记所用的邮箱：{}", email.as_str())?;
    }
    for task in open {
        writeln!(out, "\n待办 {}（{}）", task.number, words::task(task.kind))?;
        for reason in &task.reasons {
            writeln!(out, "  {reason}")?;
        }
    }
    if letters.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    letters::print(letters, &event.zone, out)
}

/// Prints each value with the document, the line or the cell that it was read from.
fn values(standing: &Standing, event: &Event, out: &mut impl Write) -> io::Result<()> {
    let registration = &standing.registration;
    let mut values = table::new(&["项目", "内容", "出处", "原文"]);
    let mut person: Vec<_> = registration.person.iter().collect();
    // In the order of the form; an event's own fields come last.
    let rank =
        |name: &str| field::IN_ORDER.iter().position(|known| *known == name).unwrap_or(usize::MAX);
    person.sort_by_key(|(name, _)| rank(name));
    for (name, found) in person {
        let place = format!("{} {}", found.evidence.document, found.evidence.place);
        let category = event.category(&found.value).filter(|_| name == field::CATEGORY);
        values.add_row([
            event.label(name).to_owned(),
            category.map_or(&found.value, |category| &category.name).clone(),
            place.trim().to_owned(),
            found.evidence.quote.clone(),
        ]);
    }
    writeln!(out, "{values}")
}

/// Prints the history of a registration, step by step, and the rule behind each step; before it,
/// what the decision was made on.
pub(super) fn explain(
    standing: &Standing,
    event: &Event,
    history: &[AuditRow],
    out: &mut impl Write,
) -> io::Result<()> {
    head(standing, event, out)?;
    values(standing, event, out)?;
    writeln!(out)?;
    let mut steps = table::new(&["时间", "办理", "之后", "依据", "经办"]);
    for row in history {
        steps.add_row([
            words::stamp(row.at, &event.zone),
            action(row.action).to_owned(),
            words::status(row.status).to_owned(),
            reasons::sentence(&row.why).to_owned(),
            if row.by == BY_RULE { "系统".to_owned() } else { row.by.clone() },
        ]);
    }
    writeln!(out, "{steps}")?;
    let registration = &standing.registration;
    if !registration.reason.is_empty() && !reasons::is_code(&registration.reason) {
        writeln!(out, "工作人员注明：{}", registration.reason)?;
    }
    let category = registration.category.as_deref().and_then(|id| event.category(id));
    if let (Status::Waitlisted, Some(position), Some(category)) =
        (registration.status, standing.position, category)
    {
        writeln!(
            out,
            "“{}”共 {} 个名额，先后以来信到达邮件服务器的时间为准；{}。",
            category.name,
            category.quota,
            match position {
                _ if last(registration) =>
                    "超出限额的排在最后，报名截止后仍有空余名额才递补".to_owned(),
                1 => "排在候补第一位，下一个空出的名额就是这一位的".to_owned(),
                _ => format!("前面还有 {} 人在等候", position.saturating_sub(1)),
            }
        )?;
    }
    Ok(())
}

/// Beyond a limit: behind everybody who registers in time.
fn last(registration: &Registration) -> bool {
    matches!(registration.reason.as_str(), "organization-limit" | "sender-limit")
}

fn head(standing: &Standing, event: &Event, out: &mut impl Write) -> io::Result<()> {
    let registration = &standing.registration;
    let category = registration.category.as_deref().and_then(|id| event.category(id));
    writeln!(out, "{}  {}", registration.number, event.name)?;
    writeln!(
        out,
        "{}{}  {}  {} {}\n",
        places::standing(standing),
        match registration.attended {
            Some(_) => format!("，{}", places::attended(registration)),
            None => String::new(),
        },
        category.map_or("类别未定", |category| category.name.as_str()),
        words::channel(registration.channel),
        words::stamp(standing.received, &event.zone),
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
        Action::Erased => "清除个人信息",
    }
}
