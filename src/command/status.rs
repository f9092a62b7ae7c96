//! `status`: what the service is doing, from its status file and the database.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use jiff::tz::TimeZone;
use serde::Serialize;

use super::context::Context;
use super::failure::{FAILED, Failure};
use super::table;
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
    #[serde(flatten)]
    counts: Counts,
    /// The same for each bureau, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bureaus: Vec<Share>,
    parts: Snapshot,
}

/// What is waiting, and what became of the letters.
#[derive(Serialize)]
struct Counts {
    backlog: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    oldest_undecided: Option<jiff::Timestamp>,
    quarantined: u64,
    open_tasks: u64,
    outbox: BTreeMap<String, u64>,
}

/// One bureau's part.
#[derive(Serialize)]
struct Share {
    /// As the settings name it; empty for the one of `[staff]` and `[sending]`.
    bureau: String,
    /// Who signs its letters.
    sender: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_full_pass: Option<jiff::Timestamp>,
    #[serde(flatten)]
    counts: Counts,
}

impl Counts {
    fn of(health: &Health) -> Self {
        Self {
            backlog: health.backlog,
            oldest_undecided: health.oldest,
            quarantined: health.quarantined,
            open_tasks: health.open_tasks,
            outbox: health.letters.iter().map(|(state, n)| (state.to_string(), *n)).collect(),
        }
    }
}

/// Prints the state; fails with code 1 when it is not well.
pub(super) async fn status(config: &Path, json: bool, out: &mut impl Write) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    let now = context.clock.now();
    let health = context.vault.store.health(now).await?;
    let mut status = gather(&context.settings.daemon.runtime_dir, &health, now);
    status.bureaus = shares(&context).await?;
    if json {
        serde_json::to_writer_pretty(&mut *out, &status).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        print(&status, &context.settings.digest.zone, out)?;
    }
    if status.well { Ok(()) } else { Err(Failure { code: FAILED, message: String::new() }) }
}

fn last_pass(health: &Health) -> Option<jiff::Timestamp> {
    health.passes.iter().map(|pass| pass.at).min()
}

/// Each bureau's part; nothing where there is one.
async fn shares(context: &Context) -> Result<Vec<Share>, Failure> {
    let mut shares = Vec::new();
    if context.settings.others.is_empty() {
        return Ok(shares);
    }
    for (outbox, digests) in context.desk().await?.counters() {
        let health = digests.health().await?;
        shares.push(Share {
            bureau: outbox.bureau().to_owned(),
            sender: context.settings.sending_of(outbox.bureau()).from_name.clone(),
            last_full_pass: last_pass(&health),
            counts: Counts::of(&health),
        });
    }
    Ok(shares)
}

/// `waiting 3, sent 7`.
fn letters(counts: &Counts) -> String {
    let letters = counts.outbox.iter().map(|(state, count)| format!("{state} {count}"));
    let letters: Vec<_> = letters.collect();
    if letters.is_empty() { "none".to_owned() } else { letters.join(", ") }
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
        last_full_pass: last_pass(health),
        counts: Counts::of(health),
        bureaus: Vec::new(),
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
    let counts = &status.counts;
    match counts.oldest_undecided {
        Some(oldest) => {
            let since = local(oldest);
            writeln!(out, "undecided mail   {}, the oldest since {since}", counts.backlog)?;
        }
        None => writeln!(out, "undecided mail   {}", counts.backlog)?,
    }
    writeln!(out, "quarantine       {}", counts.quarantined)?;
    writeln!(out, "open tasks       {}", counts.open_tasks)?;
    let readers = status.parts.readers.as_deref().unwrap_or("none was needed yet");
    writeln!(out, "confined by      {readers}")?;
    writeln!(out, "letters          {}", letters(counts))?;
    writeln!(out, "clock            {}", local(status.now))?;
    if status.bureaus.is_empty() {
        return Ok(());
    }
    let heads =
        ["bureau", "sender", "last full pass", "undecided", "quarantine", "tasks", "letters"];
    let mut rows = table::new(&heads);
    for Share { bureau, sender, last_full_pass, counts } in &status.bureaus {
        rows.add_row([
            if bureau.is_empty() { "[staff]".to_owned() } else { format!("[bureau.{bureau}]") },
            sender.clone(),
            last_full_pass.map_or("never".to_owned(), local),
            counts.backlog.to_string(),
            counts.quarantined.to_string(),
            counts.open_tasks.to_string(),
            letters(counts),
        ]);
    }
    writeln!(out, "\n{rows}")
}
