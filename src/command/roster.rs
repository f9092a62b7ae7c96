//! `list`, `show`, `explain`: the roster as it is.

use std::io::Write;
use std::path::Path;

use super::cli::{ListArgs, StatusArg};
use super::context::Context;
use super::failure::Failure;
use super::{list, places, show};
use crate::roster::{Event, Status};
use crate::store::{LetterFilter, RegistrationFilter, Standing, TaskRow};

pub(super) async fn list(
    config: &Path,
    args: &ListArgs,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    let events = events(&context);
    known("活动", args.event.as_deref(), events.iter().map(|event| event.id.as_str()))?;
    let categories = events.iter().flat_map(|event| &event.categories);
    known("类别", args.category.as_deref(), categories.map(|category| category.id.as_str()))?;
    let filter = RegistrationFilter {
        event: args.event.clone(),
        status: args.status.map(Status::from),
        category: args.category.clone(),
        changed_since: None,
    };
    let mut rows = context.vault.store.registrations(&filter).await?;
    for row in &mut rows {
        unrank(row, &events);
    }
    if args.json {
        list::json(&rows, &events, out)?;
    } else {
        list::text(&rows, &events, out)?;
        // Only the whole roster adds up to the places.
        if args.status.is_none() && args.category.is_none() {
            for event in
                events.iter().filter(|one| args.event.as_ref().is_none_or(|id| *id == one.id))
            {
                writeln!(out, "\n{}", event.name)?;
                places::print(&rows, event, out)?;
            }
        }
    }
    Ok(())
}

pub(super) async fn show(config: &Path, number: &str, out: &mut impl Write) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    let (standing, event) = one(&context, number).await?;
    let number = standing.registration.number.clone();
    let filter = LetterFilter { number: Some(number.clone()), ..LetterFilter::default() };
    let letters = context.vault.store.letters(&filter).await?;
    let open = about(&context, &number).await?;
    Ok(show::show(&standing, &event, &open, &letters, out)?)
}

pub(super) async fn explain(
    config: &Path,
    number: &str,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    let (standing, event) = one(&context, number).await?;
    let history = context.vault.store.audit(&standing.registration.id).await?;
    let open = about(&context, &standing.registration.number).await?;
    Ok(show::explain(&standing, &event, &history, &open, out)?)
}

/// The open tasks about a registration.
async fn about(context: &Context, number: &str) -> Result<Vec<TaskRow>, Failure> {
    let mut open = context.vault.store.open_tasks().await?;
    open.retain(|task| task.registration.as_deref() == Some(number));
    Ok(open)
}

async fn one(context: &Context, number: &str) -> Result<(Standing, Event), Failure> {
    let found = context.vault.store.registration(number).await?;
    let mut standing = found.ok_or_else(|| {
        Failure::new(format!("没有编号为 {number} 的报名；用 baoming list 查看全部编号"))
    })?;
    let id = &standing.registration.event;
    let event = events(context).into_iter().find(|event| event.id == *id).ok_or_else(|| {
        Failure::new(format!("配置中已没有活动 {id}；请把它的文件放回配置文件旁边，并列入 events"))
    })?;
    unrank(&mut standing, std::slice::from_ref(&event));
    Ok((standing, event))
}

/// Where the staff choose, nobody has a position.
fn unrank(row: &mut Standing, events: &[Event]) {
    let id = &row.registration.event;
    let event = events.iter().find(|event| event.id == *id);
    if event.is_some_and(|event| event.rules.selection().is_some()) {
        row.position = None;
    }
}

pub(super) fn events(context: &Context) -> Vec<Event> {
    context.settings.days.iter().map(|day| day.event.clone()).collect()
}

pub(super) fn known<'a>(
    what: &str,
    wanted: Option<&str>,
    ids: impl Iterator<Item = &'a str>,
) -> Result<(), Failure> {
    let ids: Vec<_> = ids.collect();
    match wanted {
        Some(wanted) if !ids.contains(&wanted) => {
            Err(Failure::usage(format!("没有{what} {wanted}；可选：{}", ids.join("、"))))
        }
        _ => Ok(()),
    }
}

impl From<StatusArg> for Status {
    fn from(arg: StatusArg) -> Self {
        match arg {
            StatusArg::Confirmed => Self::Confirmed,
            StatusArg::Waitlisted => Self::Waitlisted,
            StatusArg::Incomplete => Self::Incomplete,
            StatusArg::Review => Self::Review,
            StatusArg::Cancelled => Self::Cancelled,
            StatusArg::Refused => Self::Refused,
        }
    }
}
