//! The demo's account of what happens, day by day, in the order in which it happens.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;

use super::stage::{Stage, Told};
use crate::command::places::{self, Counts};
use crate::command::{list, table};
use crate::reading::{Kind, field};
use crate::reply::words;
use crate::roster::{Event, Status, label};
use crate::store::{Facts, LedgerEntry, LedgerState, Standing, TaskRow};

/// Where the column of what happened begins, behind time and kind.
const MARGIN: &str = "                   ";
/// The longest part of a subject that is printed, in characters.
const SUBJECT: usize = 32;

/// Tells what happens.
pub(super) struct Account<'a, W> {
    event: Event,
    today: Option<Date>,
    kinds: BTreeMap<&'static str, u32>,
    letters: usize,
    digests: usize,
    out: &'a mut W,
}

impl<'a, W: Write> Account<'a, W> {
    pub(super) fn new(stage: &Stage, out: &'a mut W) -> Self {
        let event = stage.event().0.clone();
        Self { event, today: None, kinds: BTreeMap::new(), letters: 0, digests: 0, out }
    }

    pub(super) fn opening(&mut self) -> io::Result<()> {
        let event = &self.event;
        let moment = |at| words::moment(at, &event.zone);
        writeln!(self.out, "{}\n", event.name)?;
        let quotas = event.categories.iter();
        let quotas = quotas.map(|category| format!("{} {} 名", category.name, category.quota));
        writeln!(self.out, "  名额  {}", quotas.collect::<Vec<_>>().join("，"))?;
        writeln!(self.out, "  报名  {}至{}", moment(event.opens), moment(event.closes))?;
        writeln!(self.out, "  活动  {}，{}", moment(event.takes_place), event.place)?;
        writeln!(self.out, "\n来信是虚构的，时钟是虚拟的：两周的报名，几秒钟走完。")
    }

    pub(super) fn tell(&mut self, told: &Told) -> io::Result<()> {
        if told.messages.is_empty() && told.changed.is_empty() && told.digest.is_none() {
            return Ok(());
        }
        for message in &told.messages {
            self.day(message.arrived)?;
            self.mail(message)?;
        }
        self.day(told.at)?;
        if told.messages.is_empty() && !told.changed.is_empty() {
            self.line(told.at, "到期", "保留的期限已到")?;
        }
        self.outcomes(told)?;
        if let Some((day, rows)) = &told.digest {
            let counts = Counts::of_event(rows, &self.event);
            let text = format!(
                "已确认 {}/{}，候补 {}，待办 {} 件，见 digests/{day}.html",
                counts.confirmed,
                counts.quota,
                counts.waiting,
                told.tasks.len(),
            );
            self.line(told.at, "日报", &text)?;
            self.digests += 1;
        } else {
            self.letters += told.letters.len();
        }
        Ok(())
    }

    /// The chapter's head, once a day.
    fn day(&mut self, at: Timestamp) -> io::Result<()> {
        let today = at.to_zoned(self.event.zone.clone()).date();
        if self.today.replace(today) == Some(today) {
            return Ok(());
        }
        writeln!(self.out, "\n{}", words::day(at, &self.event.zone))
    }

    fn line(&mut self, at: Timestamp, kind: &str, text: &str) -> io::Result<()> {
        let clock = at.to_zoned(self.event.zone.clone()).strftime("%H:%M").to_string();
        writeln!(self.out, "  {clock}  {}{text}", table::padded(kind, 10))
    }

    fn mail(&mut self, message: &LedgerEntry) -> io::Result<()> {
        let kind = what(message);
        *self.kinds.entry(kind).or_default() += 1;
        let facts = message.facts.clone().unwrap_or_default();
        let text = format!("{}《{}》", writer(&facts), shortened(&facts.subject));
        self.line(message.arrived, kind, &text)
    }

    /// What became of it: each registration that changed, or else the letter that went out.
    fn outcomes(&mut self, told: &Told) -> io::Result<()> {
        let (promoted, own): (Vec<_>, Vec<_>) = told.changed.iter().partition(|row| promoted(row));
        for row in own.into_iter().chain(promoted) {
            let registration = &row.registration;
            let name = registration.get(field::NAME).unwrap_or("（未署名）");
            let became = became(row, &self.event, &told.tasks);
            let number = &registration.number;
            writeln!(self.out, "{MARGIN}→ {number}  {}{became}", table::padded(name, 8))?;
        }
        if told.messages.is_empty() || !told.changed.is_empty() {
            return Ok(());
        }
        if let (true, Some(message)) = (told.letters.is_empty(), told.messages.first()) {
            writeln!(self.out, "{MARGIN}→ {}", unanswered(message))?;
        }
        for subject in &told.letters {
            writeln!(self.out, "{MARGIN}→ 回信{}", headline(subject))?;
        }
        Ok(())
    }

    pub(super) fn closing(&mut self, rows: &[Standing], dir: &Path) -> io::Result<()> {
        writeln!(self.out, "\n\n名单\n")?;
        list::text(rows, std::slice::from_ref(&self.event), self.out)?;
        writeln!(self.out)?;
        places::print(rows, &self.event, self.out)?;
        let mut kinds: Vec<_> = self.kinds.iter().collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let kinds = kinds.iter().map(|(kind, count)| format!("{kind} {count}"));
        let kinds = kinds.collect::<Vec<_>>().join("，");
        let mails: u32 = self.kinds.values().sum();
        let (letters, digests) = (self.letters, self.digests);
        let dir = dir.display();
        writeln!(self.out, "\n来信 {mails} 封：{kinds}。")?;
        writeln!(self.out, "回信 {letters} 封，日报 {digests} 份。\n")?;
        writeln!(self.out, "都在 {dir}")?;
        for (name, what) in [
            ("letters/", "回信，每封一个 .eml 文件，用邮件程序打开"),
            ("digests/", "给工作人员的日报，用浏览器打开"),
            ("mail/", "收到的来信（Maildir）"),
            ("baoming.db", "数据库，来信和个人信息加密存放，密钥是 baoming.key"),
        ] {
            writeln!(self.out, "  {}{what}", table::padded(name, 12))?;
        }
        writeln!(self.out, "\n接着可以看：")?;
        for (command, what) in [
            ("list --status waitlisted", "谁在候补"),
            ("show XJ21-001", "一份报名，每一项出自来信哪一句"),
            ("explain XJ21-031", "为什么是这个结果"),
            ("letters", "每封回信寄给了谁"),
        ] {
            let command = table::padded(command, 26);
            writeln!(self.out, "  baoming --config {dir}/baoming.toml {command}{what}")?;
        }
        Ok(())
    }
}

/// Who wrote, as the mail gives it.
fn writer(facts: &Facts) -> String {
    let address = || facts.from.as_ref().map(|from| from.as_str().to_owned());
    facts.from_name.clone().or_else(address).unwrap_or_else(|| "（没有发件人）".to_owned())
}

fn shortened(subject: &str) -> String {
    let mut short: String = subject.chars().take(SUBJECT).collect();
    if short.len() < subject.len() {
        short.push('…');
    }
    short
}

/// The part of a letter's subject that says what it is about: 【报名成功】.
fn headline(subject: &str) -> &str {
    subject.split_inclusive('】').next().unwrap_or(subject)
}

fn promoted(row: &Standing) -> bool {
    row.registration.reason == "first-in-line"
}

/// How a registration stands after what happened, and why, in a few words.
fn became(row: &Standing, event: &Event, tasks: &[TaskRow]) -> String {
    let registration = &row.registration;
    let category = registration.category.as_deref().and_then(|id| event.category(id));
    let category = category.map_or("", |category| category.name.as_str());
    let kept = places::kept(row).map(|kept| format!("；{kept}")).unwrap_or_default();
    match registration.status {
        Status::Confirmed if promoted(row) => format!("递补，已确认（{category}）"),
        Status::Confirmed if registration.reason == "completed" => {
            format!("资料补齐，已确认（{category}）")
        }
        Status::Confirmed => format!("已确认（{category}）"),
        Status::Waitlisted => format!("{}（{category}）", places::standing(row)),
        Status::Incomplete => {
            let missing = event.missing(&registration.person);
            let missing: Vec<_> = missing.iter().map(|field| label(field)).collect();
            format!("待补充{}{kept}", missing.join("、"))
        }
        Status::Review => {
            let mine = |task: &&TaskRow| task.registration.as_ref() == Some(&registration.number);
            let reasons = tasks.iter().find(mine).map(|task| task.reasons.join("；"));
            format!("待核实：{}{kept}", reasons.unwrap_or_default())
        }
        Status::Cancelled if registration.reason == "lapsed" => "没有补充，不再保留".to_owned(),
        Status::Cancelled => "已取消".to_owned(),
        Status::Refused => "未予登记".to_owned(),
    }
}

/// Why no letter answers it.
fn unanswered(message: &LedgerEntry) -> &'static str {
    match (message.state, message.kind) {
        (LedgerState::Quarantined, _) => "请工作人员查看",
        (LedgerState::Duplicate, _) => "同一封信又到一次，不再办理",
        (_, Some(Kind::Automatic | Kind::Bounce | Kind::Bulk)) => "机器发来的信，不回信",
        _ => "不必回信",
    }
}

fn what(message: &LedgerEntry) -> &'static str {
    match (message.state, message.kind) {
        (LedgerState::Quarantined, _) => "无法读取",
        (LedgerState::Duplicate, _) => "重复",
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
        Kind::Bulk => "群发",
    }
}
