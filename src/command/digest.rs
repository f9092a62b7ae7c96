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
    let day = date.unwrap_or_else(|| context.clock.now().to_zoned(zone).date()).to_string();
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
        write!(out, "{}", desk.digests.page(&day).await?.text)?;
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
