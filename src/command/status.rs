//! `status`: what the service is doing, from its status file and the database.

use std::io::Write;
use std::path::Path;

use jiff::tz::TimeZone;
use serde::Serialize;

use super::context::Context;
use super::failure::{FAILED, Failure};
use crate::daemon::health::{FILE, Snapshot};
use crate::store::Health;

/// What `status --json` prints.
#[derive(Serialize)]
struct Status {
    well: bool,
    /// Whether the process that wrote the status file lives.
    running: bool,
    troubles: Vec<String>,
    now: jiff::Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_full_pass: Option<jiff::Timestamp>,
    backlog: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    oldest_undecided: Option<jiff::Timestamp>,
    quarantined: u64,
    open_tasks: u64,
    outbox: std::collections::BTreeMap<String, u64>,
    parts: Snapshot,
}

/// Prints the state; fails with code 1 when it is not well.
pub(super) async fn status(config: &Path, json: bool, out: &mut impl Write) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    let now = context.clock.now();
    let health = context.vault.store.health(now).await?;
    let status = gather(&context.settings.daemon.runtime_dir, &health, now);
    if json {
        serde_json::to_writer_pretty(&mut *out, &status).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        print(&status, &context.settings.digest.zone, out)?;
    }
    if status.well { Ok(()) } else { Err(Failure { code: FAILED, message: String::new() }) }
}

fn gather(runtime_dir: &Path, health: &Health, now: jiff::Timestamp) -> Status {
    let text = std::fs::read(runtime_dir.join(FILE)).unwrap_or_default();
    let parts: Snapshot = serde_json::from_slice(&text).unwrap_or_default();
    let running = parts.pid != 0 && Path::new(&format!("/proc/{}", parts.pid)).exists();
    let mut troubles = parts.troubles();
    if !running {
        troubles.insert(0, "the service is not running: `systemctl start baoming`".to_owned());
    }
    for pause in &health.pauses {
        troubles.push(format!("{} rests until {}: {}", pause.what, pause.until, pause.why));
    }
    troubles.dedup();
    Status {
        well: running && parts.troubles().is_empty(),
        running,
        troubles,
        now,
        last_full_pass: health.passes.iter().map(|pass| pass.at).min(),
        backlog: health.backlog,
        oldest_undecided: health.oldest,
        quarantined: health.quarantined,
        open_tasks: health.open_tasks,
        outbox: health.letters.iter().map(|(state, n)| (state.to_string(), *n)).collect(),
        parts,
    }
}

fn print(status: &Status, zone: &TimeZone, out: &mut impl Write) -> std::io::Result<()> {
    let local = |at: jiff::Timestamp| at.to_zoned(zone.clone()).strftime("%F %T %:z").to_string();
    let word = if status.well { "well" } else { "NOT WELL" };
    writeln!(out, "baoming is {word}")?;
    for trouble in &status.troubles {
        writeln!(out, "  {trouble}")?;
    }
    let pass = status.last_full_pass.map_or("never".to_owned(), local);
    writeln!(out, "last full pass   {pass}")?;
    match status.oldest_undecided {
        Some(oldest) => {
            let since = local(oldest);
            writeln!(out, "undecided mail   {}, the oldest since {since}", status.backlog)?;
        }
        None => writeln!(out, "undecided mail   {}", status.backlog)?,
    }
    writeln!(out, "quarantine       {}", status.quarantined)?;
    writeln!(out, "open tasks       {}", status.open_tasks)?;
    let readers = status.parts.readers.as_deref().unwrap_or("none was needed yet");
    writeln!(out, "confined by      {readers}")?;
    for (state, count) in &status.outbox {
        writeln!(out, "{:<16} {count}", format!("letters {state}"))?;
    }
    writeln!(out, "clock            {}", local(status.now))
}
