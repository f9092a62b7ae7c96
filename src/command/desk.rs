//! What staff do by hand: `add`, `cancel`, `approve`, `change`, `reject`, `promote`, `attend`, `settle`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use super::by_hand::{AddArgs, ChangeArgs};
use super::context::Context;
use super::failure::Failure;
use super::import::unusual;
use super::places;
use crate::intake::{OrderError, Ordered};
use crate::message::Email;
use crate::reading::{self, Evidence, Field, Vocabulary, field};
use crate::reply::words;
use crate::roster::{Action, Channel, NoLetter, OrderKind, Person, Registration, Status, TaskKind};
use crate::settings::{KNOWN_FIELDS, Settings};
use crate::store::TaskRow;

/// What a value entered by hand gives as its source.
pub(super) const BY_HAND: &str = "工作人员录入";

/// Carries out an order and tells what followed from it.
pub(super) async fn order(
    config: &Path,
    by: &str,
    event: Option<&str>,
    kind: OrderKind,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    let desk = context.desk().await?;
    let notes = entered_otherwise(&kind);
    let done = desk.intake.order(by, event, kind).await?;
    changed(&done, out)?;
    if let Some(why) = unusual(&done) {
        writeln!(out, "{why}。")?;
    }
    for note in notes {
        writeln!(out, "{note}")?;
    }
    followed(&done, out)
}

/// Tells who was changed by an order, and how they stand.
fn changed(done: &Ordered, out: &mut impl Write) -> Result<(), Failure> {
    for step in &done.verdict.steps {
        let after = &step.after;
        let category = after.category.as_deref().and_then(|id| done.event.category(id));
        writeln!(
            out,
            "{}  {}  {}  {}",
            after.number,
            after.get(field::NAME).unwrap_or("（姓名未知）"),
            match step.action {
                Action::Attended => places::attended(after).to_owned(),
                _ => stands(done, after),
            },
            category.map_or("", |category| category.name.as_str()),
        )?;
    }
    Ok(())
}

/// Tells what else follows from an order: letters, calls, tasks.
fn followed(done: &Ordered, out: &mut impl Write) -> Result<(), Failure> {
    if done.verdict.steps.is_empty() {
        writeln!(out, "没有变动。")?;
    }
    let letters = done.verdict.letters.len();
    if letters > 0 {
        writeln!(out, "将寄出{letters}封回信。")?;
    }
    if done.verdict.no_letter == Some(NoLetter::NoAddress) && done.verdict.tasks.is_empty() {
        writeln!(out, "没有邮箱，不寄回信，请当面或在电话里告知本人。")?;
    }
    for task in &done.verdict.tasks {
        writeln!(out, "请处理：{}", task.reasons.join("；"))?;
    }
    Ok(())
}

/// `select NUMBER…`: all of them, or nobody.
pub(super) async fn select(
    config: &Path,
    by: &str,
    numbers: Vec<String>,
    chosen: bool,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    let kinds = numbers.into_iter().map(|number| OrderKind::Select { number, chosen });
    let whole = |done: &[Result<Ordered, OrderError>]| done.iter().all(Result::is_ok);
    let done = context.desk().await?.intake.orders(by, None, kinds.collect(), whole).await?;
    let refused: Vec<_> =
        done.iter().filter_map(|one| one.as_ref().err()).map(ToString::to_string).collect();
    if !refused.is_empty() {
        return Err(Failure::new(format!("{}；所以都没有办理", refused.join("；"))));
    }
    done.iter().flatten().try_for_each(|done| {
        changed(done, out)?;
        followed(done, out)
    })
}

/// The order of `add`.
pub(super) fn add(config: &Path, args: &AddArgs) -> Result<OrderKind, Failure> {
    let named = [
        (field::NAME, Some(&args.name)),
        (field::PHONE, args.phone.as_ref()),
        (field::ID_NUMBER, args.id_number.as_ref()),
        (field::ORGANIZATION, args.organization.as_ref()),
        (field::CATEGORY, args.category.as_ref()),
    ];
    let person = person(config, named, &args.set)?;
    let email = args.email.as_deref().map(|text| {
        Email::parse(text).ok_or_else(|| {
            Failure::usage(format!("{text} 不是邮箱地址；请写成 name@example.cn 的样子"))
        })
    });
    let channel = if args.onsite { Channel::Onsite } else { Channel::Phone };
    Ok(OrderKind::Add { channel, person, email: email.transpose()?, away: false })
}

/// The order of `change`.
pub(super) fn change(config: &Path, args: &ChangeArgs) -> Result<OrderKind, Failure> {
    let said = &args.corrections;
    let named = [
        (field::NAME, said.name.as_ref()),
        (field::PHONE, said.phone.as_ref()),
        (field::ID_NUMBER, said.id_number.as_ref()),
        (field::ORGANIZATION, said.organization.as_ref()),
        (field::CATEGORY, said.category.as_ref()),
    ];
    let set = person(config, named, &said.set)?;
    Ok(OrderKind::Change { number: args.number.clone(), set })
}

/// What was said of a person, held to the rules.
fn person(
    config: &Path,
    named: [(&str, Option<&String>); 5],
    set: &[(String, String)],
) -> Result<Person, Failure> {
    let words = &vocabularies(&Settings::load_without_passwords(config)?);
    let mut person = Person::new();
    for (name, value) in named {
        if let Some(value) = value {
            person.insert(name.to_owned(), by_hand(name, value, words)?);
        }
    }
    person.extend(values(config, set)?);
    Ok(person)
}

/// Values given as `--set FIELD=VALUE`.
pub(super) fn values(config: &Path, set: &[(String, String)]) -> Result<Person, Failure> {
    let settings = Settings::load_without_passwords(config)?;
    let words = &vocabularies(&settings);
    let extra = settings.days.iter().flat_map(|day| &day.fields).map(|field| field.id.as_str());
    let known: Vec<_> = KNOWN_FIELDS.into_iter().chain(extra).collect();
    let value = |(name, value): &(String, String)| {
        if known.contains(&name.as_str()) {
            return Ok((name.clone(), by_hand(name, value, words)?));
        }
        Err(Failure::usage(format!("没有项目 {name}；可选：{}", known.join("、"))))
    };
    set.iter().map(value).collect()
}

/// The words of every mailbox: a clerk's entry may be for any event.
fn vocabularies(settings: &Settings) -> Vec<Vocabulary> {
    settings.mailboxes.iter().map(|mailbox| settings.vocabulary(mailbox)).collect()
}

/// A value as reading would have it: numbers are checked before they are entered.
fn by_hand(name: &str, typed: &str, words: &[Vocabulary]) -> Result<Field, Failure> {
    let label = words::field_name(name);
    let mut read = words.iter().filter_map(|words| reading::entered(name, typed, words));
    let first = read.next();
    let value = match first {
        Some(Ok(value)) => value,
        Some(Err(why)) => match read.find_map(Result::ok) {
            Some(value) => value,
            None => return Err(Failure::usage(format!("{label}：{why}，{}", advice(name, words)))),
        },
        None => return Err(Failure::usage(format!("{label}没有内容"))),
    };
    let quote = typed.trim().to_owned();
    let evidence = Evidence { document: BY_HAND.to_owned(), place: String::new(), quote };
    Ok(Field { value, evidence })
}

/// What was entered otherwise than it was typed (a title cut off a name, blanks out of a number), so
/// that the clerk can object.
fn entered_otherwise(kind: &OrderKind) -> Vec<String> {
    let (OrderKind::Add { person, .. }
    | OrderKind::Approve { set: person, .. }
    | OrderKind::Change { set: person, .. }) = kind
    else {
        return Vec::new();
    };
    let otherwise = |(name, entered): (&String, &Field)| {
        let (typed, value) = (&entered.evidence.quote, &entered.value);
        let label = words::field_name(name);
        (name != field::CATEGORY && typed != value)
            .then(|| format!("{label}记为“{value}”（输入的是“{typed}”）。"))
    };
    person.iter().filter_map(otherwise).collect()
}

/// What to type instead of a value that is refused.
fn advice(name: &str, words: &[Vocabulary]) -> String {
    if name != field::CATEGORY {
        return "请核对后重新录入".to_owned();
    }
    let categories = words.iter().flat_map(|words| &words.categories);
    let ids: BTreeSet<_> = categories.map(|category| category.id.as_str()).collect();
    format!("可选：{}", Vec::from_iter(ids).join("、"))
}

/// `settle TASK…`: all of them, or none.
pub(super) async fn settle(
    config: &Path,
    tasks: &[String],
    by: &str,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    let open = context.vault.store.open_tasks().await?;
    for task in tasks {
        may_settle(&context, &open, task).await?;
    }
    for task in tasks {
        if !context.vault.store.close_task(task, by).await? {
            return Err(no_task(task));
        }
        writeln!(
            out,
            "已办结{}。",
            if tasks.len() > 1 { format!(" {task}") } else { String::new() }
        )?;
    }
    Ok(())
}

async fn may_settle(context: &Context, open: &[TaskRow], task: &str) -> Result<(), Failure> {
    let meant = open.iter().find(|open| open.id == task || open.number.to_string() == task);
    let Some(meant) = meant else { return Err(no_task(task)) };
    let review = Some(meant).filter(|meant| meant.kind == TaskKind::Review);
    if let Some(number) = review.and_then(|task| task.registration.as_deref())
        && let Some(standing) = context.vault.store.registration(number).await?
        && standing.registration.status == Status::Review
    {
        // It would keep its place, and nobody would see it again.
        let message = format!(
            "{number} 还在等待核实，不能直接办结；请用 baoming approve {number} 或 baoming reject {number} --reason 原因"
        );
        return Err(Failure::new(message));
    }
    Ok(())
}

fn no_task(task: &str) -> Failure {
    Failure::new(format!("没有编号为 {task} 的未办事项；日报里每件待办后面写着编号"))
}

/// How a registration stands after an order: its status, and its place in line.
pub(super) fn stands(done: &Ordered, after: &Registration) -> String {
    let status = words::status(after.status);
    match done.positions.get(&after.id) {
        Some(position) if after.status == Status::Waitlisted => format!("{status}第{position}位"),
        Some(position) => format!("{status}（候补第{position}位）"),
        None if after.seat && after.status != Status::Confirmed => format!("{status}（名额保留）"),
        None => status.to_owned(),
    }
}
