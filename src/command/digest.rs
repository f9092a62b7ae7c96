//! `digest`: a day's digest, shown, written or sent.

use std::io::Write;
use std::path::Path;

use jiff::civil::Date;

use super::context::Context;
use super::failure::Failure;
use crate::digest;

pub(super) async fn digest(
    config: &Path,
    bureau: Option<&str>,
    date: Option<Date>,
    folder: Option<&Path>,
    send: bool,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    let desk = context.desk().await?;
    let bureau = bureau.unwrap_or_default();
    let found = desk.counters().find(|(outbox, _)| outbox.bureau() == bureau);
    let Some((_, digests)) = found else {
        let names: Vec<_> = desk.others.iter().map(|(outbox, _)| outbox.bureau()).collect();
        let message = format!("没有单位 {bureau}；可选：{}", names.join("、"));
        return Err(Failure::usage(message));
    };
    let zone = context.settings.digest.zone.clone();
    let today = context.clock.now().to_zoned(zone).date();
    // One that was sent ahead would stand for all until its day.
    if let Some(day) = date.filter(|day| *day > today) {
        let message = format!("{day} 还没有到；--date 写今天或以前的日子（今天是 {today}）");
        return Err(Failure::usage(message));
    }
    let day = date.unwrap_or(today).to_string();
    if let Some(folder) = folder {
        digests.write_files(&day, folder).await?;
        writeln!(out, "{}", folder.join(format!("{day}.html")).display())?;
    }
    if send {
        let word = if digests.post(&day).await? {
            "日报已放入发件箱。"
        } else {
            "这一天的日报已经发过。"
        };
        writeln!(out, "{word}")?;
    }
    if folder.is_none() && !send {
        writeln!(out, "{}", digests.page(&day).await?.text.trim_end())?;
    }
    Ok(())
}

impl From<digest::Error> for Failure {
    fn from(error: digest::Error) -> Self {
        match error {
            digest::Error::Store(error) => error.into(),
            other => Self::new(other.to_string()),
        }
    }
}
