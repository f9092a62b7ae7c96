//! Starting, reloading and stopping all parts, and telling systemd.

use std::sync::Arc;
use std::time::Duration;

use sd_notify::NotifyState;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinSet;

use super::health::{Health, Mood};
use super::parts::{self, Doors};
use super::receiver::{Part, Post};
use super::stop::{Stop, Stopper};
use crate::clock::{Clock, Dice};
use crate::digest::Digests;
use crate::intake::Intake;
use crate::outbox::Outbox;

/// How often systemd is told and the watchdog is fed.
const PULSE: Duration = Duration::from_secs(10);

/// What is said when a part ends although nobody told it to: systemd starts the service again.
const BROKEN: &str = "a part of the service ended by itself: please report this";

/// A bad settings file stays reported until the next reload.
const FOREVER: Duration = Duration::from_hours(24 * 365);

/// Everything that the service runs, made from one state of the settings.
#[derive(Debug)]
pub struct Desk {
    /// The mailboxes.
    pub posts: Vec<Post>,
    /// Receives and decides.
    pub intake: Intake,
    /// Sends.
    pub outbox: Arc<Outbox>,
    /// Reports.
    pub digests: Arc<Digests>,
    /// The same of each other bureau.
    pub others: Vec<(Arc<Outbox>, Arc<Digests>)>,
    /// How long the parts have to finish what they have in hand when they are told to stop.
    pub stop_within: Duration,
}

impl Desk {
    /// What sends and what reports, of every bureau.
    pub fn counters(&self) -> impl Iterator<Item = (&Arc<Outbox>, &Arc<Digests>)> {
        let others = self.others.iter().map(|(outbox, digests)| (outbox, digests));
        std::iter::once((&self.outbox, &self.digests)).chain(others)
    }
}

/// Why the parts were told to stop.
enum Order {
    Stop,
    Reload,
    /// A part ended although nobody told it to.
    Broken,
}

/// Runs the service until SIGTERM or SIGINT. `reload` makes a new desk from the settings as they
/// are now; when it fails, the old one goes on and the error is shown.
pub async fn run<F>(
    mut desk: Desk,
    mut signals: Signals,
    health: Health,
    clock: Clock,
    dice: Dice,
    reload: impl Fn() -> F,
) -> std::io::Result<()>
where
    F: Future<Output = Result<Desk, String>>,
{
    let holder = format!("{}:{}", std::process::id(), dice.id(clock.now()));
    loop {
        let (stopper, stop) = Stopper::new();
        let mut tasks = start(&desk, &health, &clock, &dice, &holder, &stop);
        tell(&[NotifyState::Ready]);
        let next = loop {
            match watch(&mut signals, &health, &mut tasks).await {
                Order::Stop => break Ok(None),
                Order::Broken => break Err(std::io::Error::other(BROKEN)),
                Order::Reload => {
                    if let Some(next) = reloaded(&reload, &health, &clock).await {
                        break Ok(Some(next));
                    }
                }
            }
        };
        if !matches!(next, Ok(Some(_))) {
            tell(&[NotifyState::Stopping]);
        }
        stopper.stop();
        desk.counters().for_each(|(outbox, _)| outbox.halt());
        let end = async { while tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(desk.stop_within, end).await.is_err() {
            tracing::warn!("a part did not finish in time: what it had in hand is done again");
            tasks.shutdown().await;
        }
        match next? {
            Some(next) => desk = next,
            None => return Ok(()),
        }
    }
}

fn start(
    desk: &Desk,
    health: &Health,
    clock: &Clock,
    dice: &Dice,
    holder: &str,
    stop: &Stop,
) -> JoinSet<()> {
    let counters: Vec<_> = desk.counters().collect();
    let doors = Doors::with(counters.len());
    let mut tasks = JoinSet::new();
    for post in &desk.posts {
        let part = Part {
            post: post.clone(),
            intake: desk.intake.clone(),
            health: health.clone(),
            decider: doors.decider.clone(),
            clock: clock.clone(),
            dice: dice.clone(),
            holder: holder.to_owned(),
        };
        tasks.spawn(part.run(stop.clone()));
    }
    let (health, clock) = (health.clone(), clock.clone());
    let part = || (desk.intake.clone(), health.clone(), clock.clone(), doors.clone(), stop.clone());
    let (intake, board, time, knock, end) = part();
    tasks.spawn(parts::decide(intake, board, time, knock, end));
    let (intake, board, time, knock, end) = part();
    tasks.spawn(parts::read_aside(intake, board, time, knock, end));
    for ((outbox, digests), door) in counters.into_iter().zip(&doors.outboxes) {
        let part = || (health.clone(), clock.clone(), door.clone(), stop.clone());
        let (board, time, knock, end) = part();
        tasks.spawn(parts::send(outbox.clone(), board, time, knock, end));
        let (board, time, knock, end) = part();
        let bureau = outbox.bureau().to_owned();
        tasks.spawn(parts::tell(digests.clone(), bureau, board, time, knock, end));
    }
    tasks
}

/// Feeds the watchdog while all parts report, until an order comes.
async fn watch(signals: &mut Signals, health: &Health, tasks: &mut JoinSet<()>) -> Order {
    let mut pulse = tokio::time::interval(PULSE);
    loop {
        tokio::select! {
            order = signals.next() => return order,
            Some(ended) = tasks.join_next() => {
                tracing::error!(panicked = ended.is_err(), "a part of the service ended by itself");
                return Order::Broken;
            }
            _ = pulse.tick() => {
                let troubles = health.snapshot().troubles();
                let status = match troubles.as_slice() {
                    [] => "all is well".to_owned(),
                    troubles => format!("degraded: {}", troubles.join("; ")),
                };
                tell(&[NotifyState::Status(&status)]);
                if health.alive() {
                    tell(&[NotifyState::Watchdog]);
                }
            }
        }
    }
}

async fn reloaded<F>(reload: &impl Fn() -> F, health: &Health, clock: &Clock) -> Option<Desk>
where
    F: Future<Output = Result<Desk, String>>,
{
    match reload().await {
        Ok(desk) => {
            health.forget("settings");
            tracing::info!("the settings were read again");
            Some(desk)
        }
        Err(why) => {
            let until = clock.now();
            let why = format!("the new settings are refused, the old ones stay: {why}");
            health.report("settings", Mood::Waiting { why, until }, FOREVER);
            None
        }
    }
}

/// Tells systemd; without systemd nobody listens, and that is no error.
fn tell(states: &[NotifyState<'_>]) {
    let _ = sd_notify::notify(states);
}

/// The signals that the service obeys. To be made before anything else: until then they kill.
#[derive(Debug)]
pub struct Signals {
    term: Signal,
    int: Signal,
    hup: Signal,
}

impl Signals {
    /// From now on they are noted.
    pub fn new() -> std::io::Result<Self> {
        Ok(Self {
            term: signal(SignalKind::terminate())?,
            int: signal(SignalKind::interrupt())?,
            hup: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the order to stop.
    pub async fn stop(&mut self) {
        tokio::select! {
            _ = self.term.recv() => {}
            _ = self.int.recv() => {}
        }
    }

    async fn next(&mut self) -> Order {
        tokio::select! {
            _ = self.term.recv() => Order::Stop,
            _ = self.int.recv() => Order::Stop,
            _ = self.hup.recv() => Order::Reload,
        }
    }
}
