//! Weeks at the desk in a moment each: citizens write, clerks order, connections break, the server
//! gives its folders other names, clocks are set, the process dies, a second daemon helps. An own,
//! simple model of the rules says what the roster, the letters and the digests must be.
//!
//! Every week has a seed, which it prints when it fails; `BAOMING_SEED` plays that week alone.
#![cfg(feature = "fault")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test may fail loudly, look at the environment and start tasks"
)]

#[path = "../support/mod.rs"]
mod support;

#[path = "../support/bureau.rs"]
mod bureau;

#[path = "../support/folder.rs"]
mod folder;

#[path = "../support/invariants.rs"]
mod invariants;

#[path = "../support/imapd.rs"]
mod imapd;

#[path = "../support/world.rs"]
mod world;

#[path = "../support/postgres.rs"]
mod postgres;

mod citizens;
mod model;
mod week;

use std::time::Instant;

/// The tests of PostgreSQL note here what they leave out.
use support::skip;
use week::{Sums, Week};

/// Weeks of each half.
const WEEKS: u64 = 500;

/// A planned fault belongs to the whole process (nextest gives each test its own, `cargo test` does
/// not).
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

async fn week(seed: u64, postgres: Option<&str>) -> Sums {
    Week::begin(seed, postgres).await.play().await
}

/// Plays weeks one after the other; the first that breaks a promise ends it.
async fn play(first: u64) {
    let _alone = ALONE.lock().await;
    if let Some(seed) = number("BAOMING_SEED") {
        return Box::pin(week(seed, None)).await.sums();
    }
    let weeks = number("BAOMING_WEEKS").unwrap_or(WEEKS);
    let begun = Instant::now();
    let mut sums = Sums::default();
    for seed in first..first + weeks {
        sums.add(&Box::pin(week(seed, None)).await);
    }
    println!("{weeks} weeks from seed {first} in {:.0?}", begun.elapsed());
    sums.sums();
}

/// Weeks with two daemons at work at the same time.
const WEEKS_TOGETHER: u64 = 10;

#[tokio::test]
async fn two_daemons_on_postgresql_share_their_weeks() {
    let _alone = ALONE.lock().await;
    let weeks = number("BAOMING_WEEKS").unwrap_or(WEEKS_TOGETHER);
    let mut sums = Sums::default();
    for seed in 1..=weeks {
        let Some(database) = postgres::Database::create().await else { return };
        let seed = number("BAOMING_SEED").unwrap_or(seed);
        sums.add(&Box::pin(week(seed, Some(database.url()))).await);
    }
    sums.sums();
}

#[tokio::test]
async fn weeks_at_the_desk_are_what_the_model_says() {
    Box::pin(play(1)).await;
}

#[tokio::test]
async fn other_weeks_at_the_desk_are_what_the_model_says() {
    Box::pin(play(1_000_001)).await;
}
