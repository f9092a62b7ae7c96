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
    open: &[TaskRow],
    letters: &[LetterRow],
    out: &mut impl Write,
) -> io::Result<()> {
    let registration = &standing.registration;
    head(standing, event, out)?;
    values(standing, event, out)?;
    if let Some(email) = &registration.email {
        writeln!(out, "\n登记所用的邮箱：{}", email.as_str())?;
    }
    tasks(open, out)?;
    if letters.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    letters::print(letters, &event.zone, out)
}

/// Prints what a person has to do about it, and why.
fn tasks(open: &[TaskRow], out: &mut impl Write) -> io::Result<()> {
    for task in open {
        writeln!(out, "\n待办 {}（{}）", task.number, words::task(task.kind))?;
        for reason in &task.reasons {
            writeln!(out, "  {reason}")?;
        }
    }
    Ok(())
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
        let category = |id: &str| event.category(id).filter(|_| name == field::CATEGORY);
        let readable = |text: &String| category(text).map_or(text, |one| &one.name).clone();
        values.add_row([
            event.label(name).to_owned(),
            readable(&found.value),
            place.trim().to_owned(),
            readable(&found.evidence.quote),
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
    open: &[TaskRow],
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
    for rule in rules(standing, event) {
        writeln!(out, "{rule}")?;
    }
    tasks(open, out)
}

/// Beyond a limit: behind everybody who registers in time.
fn last(registration: &Registration) -> bool {
    matches!(registration.reason.as_str(), "organization-limit" | "sender-limit")
}

/// The event's rules as far as they touch this registration, each in one sentence.
fn rules(standing: &Standing, event: &Event) -> Vec<String> {
    let registration = &standing.registration;
    let name = |id: &String| event.category(id).map_or_else(|| id.clone(), |one| one.name.clone());
    let mut rules = Vec::new();
    if let (true, Some(until)) = (registration.offered(), registration.hold_until) {
        rules.push(format!(
            "已轮到这一位，名额保留至{}等本人确认；到期没有答复或不参加的，让给下一位。",
            words::moment(until, &event.zone)
        ));
    }
    if registration.status == Status::Incomplete {
        let missing = event.missing(&registration.person);
        let missing: Vec<_> = missing.iter().map(|field| event.label(field)).collect();
        let missing = missing.join("、");
        let until = registration.hold_until.filter(|_| registration.reserves());
        let kept = until.map(|until| {
            let until = words::moment(until, &event.zone);
            format!("名额或候补次序保留至{until}，到期仍缺的不再保留。")
        });
        rules.push(format!(
            "还缺{missing}；{}",
            kept.unwrap_or_else(|| "补齐后才能登记名额。".to_owned())
        ));
    }
    if registration.waits_together() {
        rules.push(
            "同一封信的几位要求同去：名额够几位一起时一并递补；报名截止以前，后面的人不越过他们，截止以后仍不够的，名额给后面第一位用得上的。"
                .to_owned(),
        );
    }
    if let (true, Some(also)) = (registration.in_line(), &registration.also) {
        rules.push(format!("本人两类都可以：同时在“{}”候补，哪一类先轮到就在哪一类。", name(also)));
    }
    if let Some(of) = &registration.place_of {
        rules.push(format!("使用的是“{}”无人候补、没有报满的名额，按规定调剂。", name(of)));
    }
    let gets = event.rules.spill.as_ref().map(|spill| &spill.to);
    let touched = registration.place_of.is_some() || registration.in_line();
    if touched && gets.is_some() && gets == registration.category.as_ref() {
        rules.push(
            "本类别有名额空出时，先由使用调剂名额的人转到本类别（本人的名额不变），退还的名额先给它原类别的候补，那里无人候补的，再给本类别的候补。"
                .to_owned(),
        );
    }
    if let (Some(told), Status::Waitlisted) = (event.rules.selection(), registration.status) {
        rules.push(format!(
            "本场由工作人员从全部报名人中核定，不论先后；结果在{}以后统一告知。",
            words::moment(told, &event.zone)
        ));
    }
    rules
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
        Action::Offered => "征询递补",
        Action::Accepted => "确认递补",
        Action::Chosen => "选定",
        Action::Told => "公布结果",
        Action::Cancelled => "取消",
        Action::Lapsed => "逾期失效",
        Action::Approved => "审核通过",
        Action::Rejected => "审核不通过",
        Action::Attended => "签到",
        Action::Changed => "变更",
        Action::Erased => "清除个人信息",
    }
}
