//! Opening the database with its key, and walking the audit's chain.

use std::fs;

use super::{Finding, Line};
use crate::clock::{Clock, Dice};
use crate::daemon::rested;
use crate::settings::{Engine, Settings};
use crate::store::{self, Store};

const PART: &str = "database";

/// Opens it as the service does (its tables are brought up to date by that), but makes none.
pub(super) async fn check(settings: &Settings, clock: &Clock) -> Line {
    if let Engine::Sqlite(path) = &settings.database.engine
        && fs::metadata(path).is_err()
    {
        let why = format!("{} is made at the first start", path.display());
        return Line { part: PART.to_owned(), finding: Finding::Skipped(why) };
    }
    let key = settings.database.key.path();
    // Without its key a file that is there cannot be read; what lies on a server is not known.
    if matches!(settings.database.engine, Engine::Postgres { .. }) && fs::metadata(key).is_err() {
        let why = format!("the key {} is made at the first start", key.display());
        return Line { part: PART.to_owned(), finding: Finding::Skipped(why) };
    }
    match look_into(settings, clock).await {
        Ok(line) => line,
        // The room's errors say themselves what to do; the cause is what the system said.
        Err(error) => {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            let cause = cause.unwrap_or_else(|| "it cannot be used".to_owned());
            Line::wrong(PART, cause, error.to_string())
        }
    }
}

/// A login that works ends the rest that a refused one began: the service sees it within a minute.
pub(super) async fn end_rest(settings: &Settings, mailbox: &str, clock: &Clock) {
    let dice = Dice::system();
    let Ok(options) = settings.database.options(false, &dice) else { return };
    // What is wrong with the database stands in its own line.
    let Ok(store) = Store::open(options, clock.clone(), dice).await else { return };
    let _ = rested(&store, clock, mailbox).await;
    store.close().await;
}

/// The Message-IDs of the letters that were sent last.
pub(super) async fn sent_letters(settings: &Settings, bureau: &str, clock: &Clock) -> Vec<String> {
    let dice = Dice::system();
    let Ok(options) = settings.database.options(false, &dice) else { return Vec::new() };
    let Ok(store) = Store::open(options, clock.clone(), dice).await else { return Vec::new() };
    let ids = store.sent_since(bureau, None).await.unwrap_or_default();
    store.close().await;
    ids
}

async fn look_into(settings: &Settings, clock: &Clock) -> store::Result<Line> {
    let dice = Dice::system();
    let options = settings.database.options(false, &dice)?;
    let store = Store::open(options, clock.clone(), dice).await?;
    let health = store.health(clock.now()).await?;
    let audit = store.verify_audit().await?;
    store.close().await;
    if let Some(row) = audit.broken_at {
        let what = format!("the audit's chain is broken at row {row}: it was changed from outside");
        let mend = "restore the last backup, and find out who may write the file";
        return Ok(Line::wrong(PART, what, mend));
    }
    let seen = format!(
        "the key fits, {} audit rows hold together, {} messages wait for a decision",
        audit.rows, health.backlog
    );
    Ok(Line::right(PART, seen))
}
