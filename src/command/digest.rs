//! `digest`: a day's digest, shown, written or sent.

use std::io::Write;
use std::path::Path;

use jiff::civil::Date;

use super::context::Context;
use super::failure::Failure;
use crate::digest;

pub(super) async fn digest(
    config: &Path,
    date: Option<Date>,
    folder: Option<&Path>,
    send: bool,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    let desk = context.desk().await?;
    let zone = context.settings.digest.zone.clone();
    let today = context.clock.now().to_zoned(zone).date();
    // One that was sent ahead would stand for all until its day.
    if let Some(day) = date.filter(|day| *day > today) {
        let message = format!("{day} 还没有到；--date 写今天或以前的日子（今天是 {today}）");
        return Err(Failure::usage(message));
    }
    let day = date.unwrap_or(today).to_string();
    if let Some(folder) = folder {
        desk.digests.write_files(&day, folder).await?;
        writeln!(out, "{}", folder.join(format!("{day}.html")).display())?;
    }
    if send {
        let word = if desk.digests.post(&day).await? {
            "日报已放入发件箱。"
        } else {
            "这一天的日报已经发过。"
        };
        writeln!(out, "{word}")?;
    }
    if folder.is_none() && !send {
        writeln!(out, "{}", desk.digests.page(&day).await?.text.trim_end())?;
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
