//! `import`: the people on a list, each entered as `add` would.

use std::io::Write;
use std::path::Path;

use super::by_hand::ImportArgs;
use super::context::Context;
use super::desk::stands;
use super::failure::Failure;
use super::roster::events;
use super::{handed, left_out, reasons, table};
use crate::intake::{OrderError, Ordered, meant};
use crate::reading::{Applicant, Doubt, Evidence, Reader, Reading, Vocabulary, field};
use crate::roster::{Action, Channel, OrderKind, Refusal};

/// A person on the list, ready to be entered, or why not.
struct Entry {
    /// Sheet and row, to sort by.
    at: (usize, u32),
    place: String,
    name: String,
    order: Result<OrderKind, Outcome>,
}

/// How one entry ended.
#[derive(Clone)]
enum Outcome {
    Entered(String),
    /// Registered already: nothing is to be done.
    Known(String),
    Refused(String),
}

pub(super) async fn import(
    config: &Path,
    by: &str,
    args: &ImportArgs,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    // A list without its event is refused as a whole, not row by row.
    meant(&events(&context), args.event.as_deref())?;
    let entries = read(&context, args)?;
    let good = entries.iter().filter_map(|entry| entry.order.as_ref().ok()).cloned().collect();
    let refused = |entry: &Entry| matches!(entry.order, Err(Outcome::Refused(_)));
    let broken = entries.iter().any(refused);
    let mut kept = false;
    let keep = |done: &[Result<Ordered, OrderError>]| {
        let whole = !broken && done.iter().all(|one| !matches!(outcome(one), Outcome::Refused(_)));
        kept = !args.dry_run && (whole || args.partly);
        kept
    };
    let desk = context.desk().await?;
    let done = desk.intake.orders(by, args.event.as_deref(), good, keep).await?;
    let mut done = done.iter().map(outcome);
    let outcomes: Vec<_> = entries
        .iter()
        .map(|entry| match &entry.order {
            Ok(_) => done.next().unwrap_or_else(|| Outcome::Refused("没有办理".to_owned())),
            Err(outcome) => outcome.clone(),
        })
        .collect();
    print(&entries, &outcomes, out)?;
    conclude(args, kept, &outcomes, out)
}

/// Row after row: where it stands, who it is, what becomes of it.
fn print(entries: &[Entry], outcomes: &[Outcome], out: &mut impl Write) -> Result<(), Failure> {
    let mut lines = table::new(&["位置", "姓名", "结果"]);
    for (entry, outcome) in entries.iter().zip(outcomes) {
        let told = match outcome {
            Outcome::Entered(told) | Outcome::Known(told) => told.clone(),
            Outcome::Refused(why) => format!("未登记：{why}"),
        };
        lines.add_row([entry.place.clone(), entry.name.clone(), told]);
    }
    Ok(writeln!(out, "{lines}")?)
}

/// The sum, and what to do next. Where nobody was entered because of a row, the command failed.
fn conclude(
    args: &ImportArgs,
    kept: bool,
    outcomes: &[Outcome],
    out: &mut impl Write,
) -> Result<(), Failure> {
    let count = |of: fn(&Outcome) -> bool| outcomes.iter().filter(|one| of(one)).count();
    let entered = count(|one| matches!(one, Outcome::Entered(_)));
    let known = count(|one| matches!(one, Outcome::Known(_)));
    let refused = count(|one| matches!(one, Outcome::Refused(_)));
    let others = format!("已登记过 {known} 人，不能登记 {refused} 人");
    if args.dry_run {
        writeln!(out, "可登记 {entered} 人，{others}。这是试运行，没有登记任何人。")?;
    } else if kept {
        writeln!(out, "登记了 {entered} 人，{others}。")?;
    } else {
        writeln!(out, "可登记 {entered} 人，{others}。")?;
        let advice =
            "名单中有人不能登记，所以都没有登记；请改正后重试，或加 --partly 先登记其余的人";
        return Err(Failure::new(advice));
    }
    Ok(())
}

fn outcome(done: &Result<Ordered, OrderError>) -> Outcome {
    match done {
        Ok(done) => {
            let entered = done.verdict.steps.first().map(|step| {
                let category =
                    step.after.category.as_deref().and_then(|id| done.event.category(id));
                let category = category.map_or("", |category| category.name.as_str());
                format!("{}  {}  {category}", step.after.number, stands(done, &step.after))
            });
            let doubts = done.verdict.tasks.iter().filter(|task| task.needs_a_decision());
            let doubts: Vec<_> = doubts.flat_map(|task| task.reasons.clone()).collect();
            let mut entered = entered.unwrap_or_default();
            if let Some(why) = unusual(done) {
                entered = format!("{entered}（{why}）");
            }
            Outcome::Entered(match doubts.as_slice() {
                [] => entered,
                _ => format!("{entered}：{}", doubts.join("；")),
            })
        }
        Err(OrderError::Refused(Refusal::Already { number, .. })) => {
            Outcome::Known(format!("已登记过，编号 {number}"))
        }
        Err(error) => Outcome::Refused(error.to_string()),
    }
}

/// Why somebody who was entered stands there, unless the status says it already.
pub(super) fn unusual(done: &Ordered) -> Option<&'static str> {
    let step = done.verdict.steps.first().filter(|step| step.action == Action::Registered)?;
    let usual = matches!(step.why, "place-free" | "full" | "after-closing" | "in-doubt");
    (!usual).then(|| reasons::sentence(step.why))
}

/// The people on the list. What is unsure about one stands with that one; what concerns nobody in
/// particular makes the whole list unfit.
fn read(context: &Context, args: &ImportArgs) -> Result<Vec<Entry>, Failure> {
    let (name, bytes) = handed::file(&args.file)?;
    let reading = Reader::new(words(context, args.event.as_deref())).read_file(&name, &bytes);
    if let Some(doubt) = reading.doubts.iter().find(|doubt| doubt.concerns.is_none()) {
        return Err(Failure::new(format!("{name}：{}", doubt.reason)));
    }
    if reading.applicants.is_empty() {
        let advice = "请用有“姓名”“电话”等表头的表格，或填好的报名表";
        return Err(Failure::new(format!("{name} 里没有找到报名的人；{advice}")));
    }
    let sheets = left_out::Sheets::open(&name, &bytes, &reading);
    let channel = if args.onsite { Channel::Onsite } else { Channel::Phone };
    let mut entries = entries(&reading, &sheets, channel);
    entries.extend(sheets.left_out(&reading).into_iter().map(|row| Entry {
        at: row.at,
        place: row.place,
        name: row.same_as.clone().unwrap_or_default(),
        order: Err(match row.same_as {
            Some(_) => Outcome::Known("与名单中前面的一行重复".to_owned()),
            None => Outcome::Refused("这一行没有读出报名的人，请核对".to_owned()),
        }),
    }));
    entries.sort_by_key(|entry| entry.at);
    Ok(entries)
}

/// The words of the mailbox to which the event's mail comes.
fn words(context: &Context, event: Option<&str>) -> Vocabulary {
    let settings = &context.settings;
    let serves = |id: &str| {
        settings.mailboxes.iter().find(|mailbox| mailbox.events.iter().any(|event| event == id))
    };
    let mailbox = event.and_then(serves).or(settings.mailboxes.first());
    mailbox.map(|mailbox| settings.vocabulary(mailbox)).unwrap_or_default()
}

fn entries(reading: &Reading, sheets: &left_out::Sheets, channel: Channel) -> Vec<Entry> {
    let entry = |(place, applicant): (usize, &Applicant)| {
        // What is wrong with a category is said in the clerk's terms, and once.
        let strange = sheets.strange_category(applicant);
        let of = |doubt: &&Doubt| {
            doubt.concerns.as_ref().is_some_and(|(concerned, item)| {
                *concerned == place && (strange.is_none() || item != field::CATEGORY)
            })
        };
        let mut doubts: Vec<_> =
            reading.doubts.iter().filter(of).map(|doubt| doubt.reason.clone()).collect();
        doubts.extend(strange);
        let person = applicant.fields.clone();
        let first = person.get(field::NAME).or_else(|| person.values().next());
        let order = OrderKind::Add { channel, person: person.clone(), email: None, away: true };
        Entry {
            at: first.and_then(|found| sheets.at(&found.evidence)).unwrap_or_default(),
            place: first.map(|found| place_of(&found.evidence)).unwrap_or_default(),
            name: applicant.get(field::NAME).unwrap_or("（没有姓名）").to_owned(),
            order: if doubts.is_empty() {
                Ok(order)
            } else {
                Err(Outcome::Refused(doubts.join("；")))
            },
        }
    };
    reading.applicants.iter().enumerate().map(entry).collect()
}

/// `名单.xlsx › Sheet1 B4`.
fn place_of(evidence: &Evidence) -> String {
    format!("{} {}", evidence.document, evidence.place).trim().to_owned()
}
