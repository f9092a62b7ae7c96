//! `event close` and `event reopen`: registration ends before its date, and goes on again.

use std::io::Write;

use super::context::Context;
use super::failure::Failure;
use crate::reply::words;
use crate::roster::{Event, OrderKind, Registration, State, Status};
use crate::store::RegistrationFilter;

/// Closes registration from now on, or tells what would follow from it.
pub(super) async fn close(
    context: &Context,
    by: &str,
    event: &Event,
    (reason, yes): (String, bool),
    out: &mut impl Write,
) -> Result<(), Failure> {
    order(context, by, event, OrderKind::Close { reason }, yes).await?;
    let own = words::moment(event.closes, &event.zone);
    writeln!(out, "{}", event.name)?;
    if yes {
        writeln!(out, "报名已从现在起截止（原定{own}）。")?;
    } else {
        writeln!(out, "报名将从现在起截止；原定{own}截止。")?;
    }
    effects(context, event, out).await?;
    let id = &event.id;
    if yes {
        writeln!(out, "要恢复报名，用 baoming event reopen {id} --reason 原因。")?;
    } else {
        writeln!(out, "还没有截止。核对无误后，加 --yes 再执行一次。")?;
    }
    Ok(())
}

/// Opens registration again, or tells what would follow from it.
pub(super) async fn reopen(
    context: &Context,
    by: &str,
    event: &Event,
    (reason, yes): (String, bool),
    out: &mut impl Write,
) -> Result<(), Failure> {
    let (store, zone) = (&context.vault.store, &event.zone);
    let closed = store.event_state(&event.id).await?;
    let closed = closed.closed_early().map(|early| early.from).unwrap_or_default();
    order(context, by, event, OrderKind::Reopen { reason }, yes).await?;
    let own = words::moment(event.closes, zone);
    writeln!(out, "{}", event.name)?;
    let when = if yes { "报名已经恢复" } else { "报名将从现在起恢复" };
    writeln!(out, "{when}，至{own}截止。此后到达的来信照常登记。")?;
    writeln!(
        out,
        "{}截止以来到达的来信，按已经截止答复，不再改动；本人仍要参加的，请再次来信，或由工作人员用 baoming add 录入。",
        words::moment(closed, zone)
    )?;
    writeln!(out, "其间失效的登记、已经递补的名额不再改动。不另寄信通知任何人。")?;
    if !yes {
        writeln!(out, "还没有恢复。核对无误后，加 --yes 再执行一次。")?;
    }
    Ok(())
}

/// When registration closes or closed; of an early close also who ordered it and why, as long as
/// that is not erased, and the early closes that were taken back.
pub(super) async fn show(
    context: &Context,
    event: &Event,
    state: &State,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let told = |at| words::moment(at, &event.zone);
    if state.closed_early().is_some() {
        let (moment, own) = (told(event.closing(state)), told(event.closes));
        writeln!(out, "截止　　{moment}，提前截止（原定{own}）")?;
    } else {
        writeln!(out, "截止　　{}", told(event.closes))?;
    }
    for closure in &state.closures {
        if let Some(until) = closure.until {
            writeln!(out, "　　　　{}曾提前截止，{}恢复", told(closure.from), told(until))?;
        }
        let order = context.vault.store.command(&closure.order).await?.map(|row| row.order);
        if let Some((by, OrderKind::Close { reason })) = order.map(|order| (order.by, order.kind)) {
            writeln!(out, "　　　　由 {by} 办理，原因：{reason}")?;
        }
    }
    Ok(())
}

async fn order(
    context: &Context,
    by: &str,
    event: &Event,
    kind: OrderKind,
    yes: bool,
) -> Result<(), Failure> {
    let (desk, id) = (context.desk().await?, Some(event.id.as_str()));
    if yes {
        desk.intake.order(by, id, kind).await?;
    } else {
        desk.intake.rehearse(by, id, kind).await?;
    }
    Ok(())
}

/// What a close means for those who are registered, and for mail.
async fn effects(context: &Context, event: &Event, out: &mut impl Write) -> Result<(), Failure> {
    let filter = RegistrationFilter { event: Some(event.id.clone()), ..Default::default() };
    let rows = context.vault.store.registrations(&filter).await?;
    let count = |status| {
        let stands = |one: &Registration| one.status == status;
        rows.iter().filter(|row| stands(&row.registration)).count()
    };
    writeln!(
        out,
        "已确认 {} 人、候补 {} 人，都不受影响；有人退出，仍按先后次序递补。",
        count(Status::Confirmed),
        count(Status::Waitlisted),
    )?;
    writeln!(out, "待核实 {} 人，仍由工作人员决定。", count(Status::Review))?;
    match count(Status::Incomplete) {
        0 => writeln!(out, "待补充 0 人。")?,
        some => writeln!(
            out,
            "待补充 {some} 人，到此为止：截止前寄到的补充仍然有效，其余的登记随即失效，各收到一封失效通知（没有邮箱的，列入日报，请打电话）。"
        )?,
    }
    writeln!(out, "不寄信通知其他人。截止前到达的来信，即使后来才读到，也照常登记；")?;
    writeln!(out, "此后到达的答复“报名已提前截止”；来信取消、更正电话照常受理。")?;
    writeln!(out, "电话、现场报名仍可由工作人员录入。已经发布的公告请一并更新。")?;
    Ok(())
}
