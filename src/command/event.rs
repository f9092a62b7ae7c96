//! `event`: the days of the settings, how far each has come, and what is told to everybody.

use std::io::Write;
use std::path::Path;

use super::cli::EventCommand;
use super::context::Context;
use super::failure::Failure;
use super::roster::events;
use super::{closing, places, table};
use crate::intake::Ordered;
use crate::reply::words;
use crate::roster::{Channel, Event, OrderKind, Phase, State};
use crate::store::RegistrationFilter;

pub(super) async fn event(
    config: &Path,
    by: &str,
    what: EventCommand,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    let events = events(&context);
    match what {
        EventCommand::List => list(&context, &events, out).await,
        EventCommand::Show { event } => show(&context, chosen(&events, Some(&event))?, out).await,
        EventCommand::Close { event, reason, yes } => {
            let event = chosen(&events, Some(&event))?;
            closing::close(&context, by, event, (reason, yes), out).await
        }
        EventCommand::Reopen { event, reason, yes } => {
            let event = chosen(&events, Some(&event))?;
            closing::reopen(&context, by, event, (reason, yes), out).await
        }
        EventCommand::CallOff { event, reason, yes } => {
            let event = chosen(&events, Some(&event))?;
            tell(&context, by, event, OrderKind::CallOff { reason }, yes, out).await
        }
        EventCommand::Moved { event, yes } => {
            let event = chosen(&events, Some(&event))?;
            tell(&context, by, event, OrderKind::Moved { before: None }, yes, out).await
        }
    }
}

/// The event that is meant: the one that is named, or the only one.
pub(super) fn chosen<'a>(events: &'a [Event], named: Option<&str>) -> Result<&'a Event, Failure> {
    let found = match (named, events) {
        (Some(id), all) => all.iter().find(|event| event.id == id),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    found.ok_or_else(|| {
        let ids: Vec<_> = events.iter().map(|event| event.id.as_str()).collect();
        let ids = ids.join("、");
        Failure::usage(match named {
            Some(named) => format!("没有活动 {named}；可选：{ids}"),
            None => format!("有几场活动，请用 --event 写明是哪一场：{ids}"),
        })
    })
}

async fn list(context: &Context, events: &[Event], out: &mut impl Write) -> Result<(), Failure> {
    let mut rows = table::new(&["活动", "编号前缀", "现状", "报名截止", "活动时间", "名称"]);
    for event in events {
        let state = context.vault.store.event_state(&event.id).await?;
        rows.add_row([
            event.id.clone(),
            event.prefix.clone(),
            standing(event, &state, context.clock.now()),
            words::stamp(event.closing(&state), &event.zone),
            words::stamp(event.takes_place, &event.zone),
            event.name.clone(),
        ]);
    }
    Ok(writeln!(out, "{rows}")?)
}

/// How far an event has come, in a word.
fn standing(event: &Event, state: &State, now: jiff::Timestamp) -> String {
    let word = match event.phase(now) {
        _ if state.erased.is_some() => "已结束，个人信息已清除",
        _ if state.called_off.is_some() => "已取消",
        Phase::Planned => "未公布",
        Phase::Announced => "已公布，未到报名时间",
        Phase::Open | Phase::Closed if state.closed_early().is_some() => "报名已截止（提前）",
        Phase::Open => "报名中",
        Phase::Closed => "报名已截止",
        Phase::Over => "已结束",
    };
    word.to_owned()
}

async fn show(context: &Context, event: &Event, out: &mut impl Write) -> Result<(), Failure> {
    let (store, zone) = (&context.vault.store, &event.zone);
    let state = store.event_state(&event.id).await?;
    writeln!(out, "{}\n{}\n", event.name, standing(event, &state, context.clock.now()))?;
    writeln!(out, "公布　　{}", words::moment(event.announced, zone))?;
    writeln!(out, "报名　　{}起", words::moment(event.opens, zone))?;
    closing::show(context, event, &state, out).await?;
    let ends = words::clock(event.ends(), zone);
    writeln!(out, "活动　　{}—{ends}，{}", words::moment(event.takes_place, zone), event.place)?;
    match event.reminder() {
        Some(at) => writeln!(out, "提醒　　{}", words::moment(at, zone))?,
        None => writeln!(out, "提醒　　不提醒")?,
    }
    match event.forgotten() {
        Some(at) => writeln!(out, "清除　　{}", words::moment(at, zone))?,
        None => writeln!(out, "清除　　不自动清除")?,
    }
    if let Some(at) = state.erased {
        writeln!(out, "　　　　个人信息已于{}清除", words::moment(at, zone))?;
    }
    if let Some(moved) = differs(event, &state) {
        writeln!(out, "\n{moved}")?;
    }
    let filter = RegistrationFilter { event: Some(event.id.clone()), ..Default::default() };
    let rows = store.registrations(&filter).await?;
    writeln!(out)?;
    places::print(&rows, event, out)?;
    let came = |channel: Channel| {
        rows.iter().filter(|row| row.registration.channel == channel).count().to_string()
    };
    let channels = [Channel::Email, Channel::Phone, Channel::Onsite];
    let told = channels.map(|channel| format!("{} {}", words::channel(channel), came(channel)));
    writeln!(out, "\n登记共 {} 份：{}", rows.len(), told.join("，"))?;
    Ok(())
}

/// That the file says another time or place than everybody was told.
fn differs(event: &Event, state: &State) -> Option<String> {
    let (at, place) = state.told.as_ref()?;
    let same = *at == event.takes_place && *place == event.place;
    (!same && state.called_off.is_none()).then(|| {
        format!(
            "大家收到的仍是原来的安排：{}，{place}。核对后用 baoming event moved {} 告知。",
            words::moment(*at, &event.zone),
            event.id
        )
    })
}

/// Tells everybody something, once a clerk has seen how many that are.
async fn tell(
    context: &Context,
    by: &str,
    event: &Event,
    kind: OrderKind,
    yes: bool,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let desk = context.desk().await?;
    let id = Some(event.id.as_str());
    let done = match kind {
        _ if !yes => "",
        OrderKind::CallOff { .. } => "：已取消",
        _ => "：新的时间、地点已生效",
    };
    let Ordered { verdict, .. } = if yes {
        desk.intake.order(by, id, kind).await?
    } else {
        desk.intake.rehearse(by, id, kind).await?
    };
    let (letters, calls) = (verdict.letters.len(), verdict.tasks.len());
    let per_day = context.settings.sending_of(&event.life.bureau).pace.per_day;
    writeln!(out, "{}{done}", event.name)?;
    let will = if yes { "将陆续寄出" } else { "要寄出" };
    writeln!(out, "{will}信件 {letters} 封（每天最多 {per_day} 封）。")?;
    if calls > 0 {
        writeln!(out, "另有 {calls} 人没有邮箱，列入日报，请逐一打电话。")?;
    }
    if !yes {
        writeln!(out, "还没有寄出。核对无误后，加 --yes 再执行一次。")?;
    }
    Ok(())
}
