//! The demo's account of what happens, in the order in which it happens.

use std::io::{self, Write};
use std::path::Path;

use super::stage::{Stage, Told};
use crate::command::list;
use crate::reading::{Kind, field};
use crate::reply::words;
use crate::roster::{Event, Status};
use crate::store::{LedgerEntry, LedgerState, Standing};

/// Tells what happens.
pub(super) struct Account<'a, W> {
    event: Event,
    letters: u32,
    digests: u32,
    out: &'a mut W,
}

impl<'a, W: Write> Account<'a, W> {
    pub(super) fn new(stage: &Stage, out: &'a mut W) -> Self {
        Self { event: stage.event().0.clone(), letters: 0, digests: 0, out }
    }

    pub(super) fn opening(&mut self) -> io::Result<()> {
        let event = &self.event;
        writeln!(self.out, "{}", event.name)?;
        for category in &event.categories {
            writeln!(self.out, "  {}：{}个名额", category.name, category.quota)?;
        }
        let stamp = |at| words::stamp(at, &event.zone);
        writeln!(self.out, "  报名时间：{} 至 {}", stamp(event.opens), stamp(event.closes))?;
        writeln!(self.out, "  （演示用的来信和人物均为虚构）\n")
    }

    pub(super) fn tell(&mut self, told: &Told) -> io::Result<()> {
        self.letters += told.sent;
        let at = words::stamp(told.at, &self.event.zone);
        for message in &told.messages {
            let facts = message.facts.clone().unwrap_or_default();
            writeln!(self.out, "{at}  来信  {}（{}）", facts.subject, what(message))?;
        }
        for standing in &told.changed {
            let registration = &standing.registration;
            let name = registration.get(field::NAME).unwrap_or("（姓名未写明）");
            let position = standing.position.map(|position| format!("第{position}位"));
            writeln!(
                self.out,
                "{at}        → {} {name} {}{}",
                registration.number,
                words::status(registration.status),
                position.unwrap_or_default(),
            )?;
        }
        if let Some(day) = &told.digest {
            self.digests += 1;
            writeln!(self.out, "{at}  日报  {day}")?;
        }
        Ok(())
    }

    pub(super) fn closing(&mut self, rows: &[Standing], dir: &Path) -> io::Result<()> {
        writeln!(self.out)?;
        list::text(rows, std::slice::from_ref(&self.event), self.out)?;
        for category in &self.event.categories {
            let here = |row: &&Standing| {
                row.registration.category.as_deref() == Some(category.id.as_str())
            };
            let count = |status| {
                let standing = |row: &&Standing| row.registration.status == status;
                rows.iter().filter(here).filter(standing).count()
            };
            writeln!(
                self.out,
                "{}：名额{}，已确认{}，候补{}",
                category.name,
                category.quota,
                count(Status::Confirmed),
                count(Status::Waitlisted),
            )?;
        }
        writeln!(self.out, "\n寄出信件{}封，其中日报{}份。请看：", self.letters, self.digests)?;
        for part in ["letters", "digests", "mail", "baoming.db"] {
            writeln!(self.out, "  {}", dir.join(part).display())?;
        }
        Ok(())
    }
}

fn what(message: &LedgerEntry) -> &'static str {
    match (message.state, message.kind) {
        (LedgerState::Quarantined, _) => "无法读取，已隔离",
        (LedgerState::Duplicate, _) => "重复投递",
        (_, Some(kind)) => kind_word(kind),
        (_, None) => "未处理",
    }
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Registration => "报名",
        Kind::Change => "更正",
        Kind::Cancellation => "取消",
        Kind::Status => "查询",
        Kind::Inquiry => "咨询",
        Kind::Automatic => "自动回复",
        Kind::Bounce => "退信",
        Kind::Bulk => "群发邮件",
    }
}
