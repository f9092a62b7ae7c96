//! `erase`: what is personal goes, by a person's request or before its time.

use std::io::Write;
use std::path::Path;

use super::context::Context;
use super::event::chosen;
use super::failure::Failure;
use super::roster::events;
use crate::intake::Intake;
use crate::roster::OrderKind;
use crate::store::Erased;

pub(super) async fn erase(
    config: &Path,
    by: &str,
    (number, event, message): (Option<&str>, Option<&str>, Option<&str>),
    dry_run: bool,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    let desk = context.desk().await?;
    if let Some(id) = message {
        let erased = desk.intake.erase_unread(by, id, dry_run).await?;
        if !dry_run {
            context.vault.store.tidy().await?;
        }
        return report(&format!("无法读取的来信 {id}"), erased, dry_run, out);
    }
    let (orders, whose) = if let Some(number) = number {
        let numbers = desk.intake.same_person(number).await?;
        let whose = numbers.join("、");
        let order = |number| (None, OrderKind::Erase { number });
        (numbers.into_iter().map(order).collect(), whose)
    } else {
        let events = events(&context);
        let event = chosen(&events, event)?;
        (vec![(Some(event.id.clone()), OrderKind::EraseAll)], event.name.clone())
    };
    // All are tried before the first is carried out: nobody is erased by halves.
    let mut erased = carry_out(&desk.intake, by, &orders, true).await?;
    if !dry_run {
        erased = carry_out(&desk.intake, by, &orders, false).await?;
        context.vault.store.tidy().await?;
    }
    report(&whose, erased, dry_run, out)
}

async fn carry_out(
    intake: &Intake,
    by: &str,
    orders: &[(Option<String>, OrderKind)],
    rehearse: bool,
) -> Result<Erased, Failure> {
    let mut sum = Erased::default();
    for (event, kind) in orders {
        let done = if rehearse {
            intake.rehearse(by, event.as_deref(), kind.clone()).await?
        } else {
            intake.order(by, event.as_deref(), kind.clone()).await?
        };
        let one = done.erased.unwrap_or_default();
        sum.registrations += one.registrations;
        sum.messages += one.messages;
        sum.letters += one.letters;
        sum.orders += one.orders;
        sum.shared += one.shared;
        sum.traces += one.traces;
    }
    Ok(sum)
}

fn report(whose: &str, erased: Erased, dry_run: bool, out: &mut impl Write) -> Result<(), Failure> {
    let title = if dry_run { "将要清除（尚未清除）" } else { "已经清除" };
    writeln!(out, "{title}：{whose}")?;
    writeln!(out, "  登记 {} 份：姓名、电话等全部内容", erased.registrations)?;
    writeln!(out, "  来信 {} 封：原文、发件人、主题", erased.messages)?;
    writeln!(out, "  回信 {} 封：收件人和内容", erased.letters)?;
    writeln!(out, "  人工录入 {} 条", erased.orders)?;
    if erased.shared > 0 {
        writeln!(out, "  另有来信 {} 封同时说到别人，暂留，随整场活动一并清除", erased.shared)?;
    }
    if erased.traces > 0 {
        writeln!(
            out,
            "  按“一段时间内每人只安排一次”的规定，{} 人留下不能还原成姓名、电话的校验值，期满自动清除",
            erased.traces
        )?;
    }
    writeln!(out, "保留：编号、状态、类别、人数，以及何时由谁办理的记录（不含个人信息）。")?;
    if !dry_run {
        writeln!(
            out,
            "请另外清理：邮箱中的来信和已发送邮件、工作人员收到的日报、导出的文件、以前的备份。"
        )?;
    }
    Ok(())
}
