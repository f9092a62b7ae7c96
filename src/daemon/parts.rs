//! The parts that need no connection of their own: deciding, sending, reporting. Each takes no
//! input but the database, is woken, and also looks by itself.

use std::sync::Arc;
use std::time::Duration;

use super::health::{Health, Mood};
use super::receiver::{STORE_WAIT, later};
use super::stop::Stop;
use super::wake::Wake;
use crate::clock::Clock;
use crate::digest::{self, Digests};
use crate::intake::{Intake, Progress};
use crate::outbox::Outbox;
use crate::store;

/// The doors on which the parts knock.
#[derive(Clone, Debug, Default)]
pub(super) struct Doors {
    pub(super) decider: Arc<Wake>,
    pub(super) reader: Arc<Wake>,
    /// One for each bureau.
    pub(super) outboxes: Vec<Arc<Wake>>,
}

impl Doors {
    /// Doors for so many bureaus.
    pub(super) fn with(bureaus: usize) -> Self {
        let outboxes = std::iter::repeat_with(Arc::default).take(bureaus).collect();
        Self { outboxes, ..Self::default() }
    }
}

fn wake_all(doors: &[Arc<Wake>]) {
    for door in doors {
        door.wake();
    }
}

/// A part's name for the operator: those of another bureau than the first bear its name.
fn name(part: &str, bureau: &str) -> String {
    if bureau.is_empty() { part.to_owned() } else { format!("{part} {bureau}") }
}

/// How often a part looks by itself.
const TICK: Duration = Duration::from_secs(30);

/// The shortest wait of the outbox: a pause that ends this moment is not worth a busy loop.
const SHORTEST: Duration = Duration::from_secs(1);

/// Decides what was received, and ends reservations whose time is over.
pub(super) async fn decide(
    intake: Intake,
    health: Health,
    clock: Clock,
    Doors { decider, reader, outboxes }: Doors,
    mut stop: Stop,
) {
    loop {
        let round = async {
            let mut count = 0;
            while !stop.is_asked() {
                match intake.decide_window().await? {
                    Progress::Idle => break,
                    Progress::Decided(more) => count += more,
                    Progress::Again => {}
                }
                wake_all(&outboxes);
            }
            let lapsed = intake.lapse().await?;
            let reminders = intake.remind().await?;
            intake.forget().await?;
            if count + lapsed + reminders > 0 {
                tracing::info!(
                    decided = count,
                    lapsed,
                    reminders,
                    "messages and deadlines were decided"
                );
                wake_all(&outboxes);
            }
            Ok(())
        };
        let round = round.await;
        health.note_readers(intake.strength());
        reader.wake();
        let wait = report(&health, "decider", &clock, round);
        if !decider.next(wait, &mut stop).await {
            break health.forget("decider");
        }
    }
}

/// Reads what a reader did not live through, while the decider goes on with the rest.
pub(super) async fn read_aside(
    intake: Intake,
    health: Health,
    clock: Clock,
    Doors { decider, reader, .. }: Doors,
    mut stop: Stop,
) {
    loop {
        let round = async {
            while !stop.is_asked() && intake.read_aside().await? {
                decider.wake();
            }
            Ok(())
        };
        let wait = report(&health, "reader", &clock, round.await);
        if !reader.next(wait, &mut stop).await {
            break health.forget("reader");
        }
    }
}

/// Sends what is due.
pub(super) async fn send(
    outbox: Arc<Outbox>,
    health: Health,
    clock: Clock,
    door: Arc<Wake>,
    mut stop: Stop,
) {
    let part = name("outbox", outbox.bureau());
    loop {
        let wait = match outbox.pass().await {
            Err(error) => report(&health, &part, &clock, Err(error)),
            Ok(done) => {
                let now = clock.now();
                let next = done.again_at.map(|at| now.duration_until(at).unsigned_abs());
                let wait = next.map_or(TICK, |next| next.clamp(SHORTEST, TICK));
                let mood = match (done.paused, done.again_at) {
                    (Some((why, _)), again) => {
                        Mood::Waiting { why, until: again.unwrap_or_else(|| later(now, wait)) }
                    }
                    (None, _) => Mood::Well,
                };
                health.report(&part, mood, wait);
                wait
            }
        };
        if !door.next(wait, &mut stop).await {
            break health.forget(&part);
        }
    }
}

/// Posts each day's digest when its hour has come.
pub(super) async fn tell(
    digests: Arc<Digests>,
    bureau: String,
    health: Health,
    clock: Clock,
    outbox: Arc<Wake>,
    mut stop: Stop,
) {
    let part = name("digest", &bureau);
    loop {
        let wait = match digests.post_if_due().await {
            Ok(posted) => {
                if let Some(day) = posted {
                    tracing::info!(day, "the digest was written");
                    outbox.wake();
                }
                report(&health, &part, &clock, Ok(()))
            }
            Err(digest::Error::Store(error)) => report(&health, &part, &clock, Err(error)),
            Err(error) => {
                tracing::error!(%error, "the digest cannot be written");
                let until = later(clock.now(), TICK);
                health.report(&part, Mood::Waiting { why: error.to_string(), until }, TICK);
                TICK
            }
        };
        if stop.within(wait).await {
            break health.forget(&part);
        }
    }
}

/// Reports how a round ended, and says how long to wait for the next.
fn report(health: &Health, part: &str, clock: &Clock, round: store::Result<()>) -> Duration {
    match round {
        Ok(()) => {
            health.report(part, Mood::Well, TICK);
            TICK
        }
        Err(error) => {
            if !error.is_environment() {
                tracing::error!(part, error = &error as &dyn std::error::Error, "a round failed");
            }
            let until = later(clock.now(), STORE_WAIT);
            health.report(part, Mood::Waiting { why: error.to_string(), until }, STORE_WAIT);
            STORE_WAIT
        }
    }
}
