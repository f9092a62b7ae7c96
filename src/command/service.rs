//! `run` and `once`.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use tokio::task::{JoinError, JoinSet};

use super::context::Context;
use super::failure::{FAILED, Failure};
use super::log;
use crate::confine;
use crate::daemon::health::Health;
use crate::daemon::{Desk, Post, Signals, assemble, rest_after, resting, run as run_service};
use crate::intake::{Frontier, Look, ReceiveError, Receiver, settle};
use crate::settings::Settings;
use crate::store::DaemonLock;

/// The service, until it is told to stop.
pub(super) async fn run(config: &Path, to_journal: bool) -> Result<(), Failure> {
    let mut signals = Signals::new()?;
    let (context, _lock, desk) = tokio::select! {
        ready = begin(config, to_journal) => ready?,
        () = signals.stop() => return Ok(()),
    };
    let runtime = Some(context.settings.daemon.runtime_dir.clone()).filter(|dir| dir.is_dir());
    let health = Health::new(context.clock.clone(), runtime);
    let (clock, dice) = (context.clock.clone(), context.dice.clone());
    let (context, config) = (Arc::new(context), Arc::new(config.to_owned()));
    let reload = move || {
        let (context, config) = (context.clone(), config.clone());
        async move {
            let settings = Settings::load(&config).map_err(|problems| problems.to_string())?;
            let (vault, readers) = (&context.vault, Some(confine::Options::default()));
            let desk = assemble(&settings, vault, &context.clock, &context.dice, readers).await;
            let desk = desk.map_err(|error| error.to_string())?;
            desk.intake.fill().await.map_err(|error| error.to_string())?;
            Ok(desk)
        }
    };
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "baoming is at work");
    run_service(desk, signals, health, clock, dice, reload).await?;
    tracing::info!("baoming has stopped");
    Ok(())
}

/// What `run` and `once` begin with: the database is ours, what a crash left is put right, and the
/// places of a raised quota are filled.
async fn begin(config: &Path, to_journal: bool) -> Result<(Context, DaemonLock, Desk), Failure> {
    let context = Context::for_service(config).await?;
    log::start(&context.settings.daemon.log, to_journal, context.settings.daemon.log_json);
    log::tell_where_it_panics();
    let lock = context.vault.store.lock_daemon()?;
    let desk = context.desk().await?;
    // Where several daemons share a database, a claim or a lease may be a living one's; it runs out
    // by itself.
    if lock.is_only() {
        desk.outbox.recover().await?;
        context.vault.store.end_leases().await?;
    }
    desk.intake.begin().await?;
    desk.intake.fill().await?;
    Ok((context, lock, desk))
}

/// One pass over everything.
pub(super) async fn once(
    config: &Path,
    hold_letters: bool,
    to_journal: bool,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let (context, _lock, desk) = begin(config, to_journal).await?;
    let mut troubles = Vec::new();
    let mut new = 0;
    let mut open = Vec::new();
    // What has come in is decided while the last mailbox still hands out.
    let frontier = Arc::new(Frontier::default());
    let mut behind = JoinSet::new();
    let (intake, following) = (desk.intake.clone(), frontier.clone());
    behind.spawn(async move { intake.decide_behind(&following).await });
    for (place, post) in (1..).zip(&desk.posts) {
        let mailbox = post.source.mailbox();
        if let Some(pause) = resting(&context.vault.store, &context.clock, mailbox).await? {
            let until = pause.until;
            troubles.push(format!("mailbox {mailbox} rests until {until}: {}", pause.why));
            continue;
        }
        let receiver = if place == desk.posts.len() {
            Receiver::of_last_mailbox(frontier.clone())
        } else {
            Receiver::default()
        };
        match look(&context, &desk, post, receiver).await {
            Ok(seen) => {
                new += seen;
                open.push(post);
            }
            Err(error) => troubles.push(trouble(&context, mailbox, error).await?),
        }
    }
    frontier.end();
    let mut decided = 0;
    while let Some(done) = behind.join_next().await {
        decided += done.map_err(|error| Failure::new(broken_off(&error)))??;
    }
    decided += desk.intake.decide_all().await?;
    let lapsed = desk.intake.lapse().await?;
    desk.intake.remind().await?;
    desk.intake.forget().await?;
    for post in open {
        if let Err(error) = settle(&desk.intake, &post.source, &post.after).await {
            troubles.push(trouble(&context, post.source.mailbox(), error).await?);
        }
    }
    let (mut digest, mut sent) = (None, None);
    for (outbox, digests) in desk.counters() {
        let posted = digests.post_if_due().await;
        digest = posted.map_err(|error| Failure::new(error.to_string()))?.or(digest);
        if !hold_letters {
            let pass = outbox.pass().await?;
            sent = Some(sent.unwrap_or(0) + pass.sent);
            troubles.extend(pass.paused.map(|(why, _)| format!("sending: {why}")));
        }
    }
    write!(out, "{new} new, {decided} decided, {lapsed} lapsed")?;
    if let Some(day) = digest {
        write!(out, ", digest of {day} written")?;
    }
    if let Some(sent) = sent {
        write!(out, ", {sent} letters sent")?;
    }
    writeln!(out)?;
    if troubles.is_empty() {
        return Ok(());
    }
    Err(Failure { code: FAILED, message: troubles.join("\n") })
}

/// A panic says on standard error where it was; the words of it may hold a citizen's.
fn broken_off(error: &JoinError) -> &'static str {
    if error.is_panic() {
        "deciding was broken off by a mistake in the program (a panic: its place is in the log): please report this"
    } else {
        "deciding was broken off"
    }
}

/// A mailbox's trouble in words, after which it rests if it must; the store's trouble ends the pass.
async fn trouble(context: &Context, mailbox: &str, error: ReceiveError) -> Result<String, Failure> {
    let error = match error {
        ReceiveError::Mailbox(error) => error,
        ReceiveError::Store(error) => return Err(error.into()),
    };
    rest_after(&context.vault.store, &context.clock, mailbox, &error).await;
    Ok(format!("mailbox {mailbox}: {error}"))
}

async fn look(
    context: &Context,
    desk: &Desk,
    post: &Post,
    mut receiver: Receiver,
) -> Result<u32, ReceiveError> {
    let mut session = post.source.connect(&context.clock).await?;
    let mailbox = post.source.mailbox();
    let seen =
        receiver.receive(&desk.intake, &mut session, mailbox, &post.folders, Look::All).await?;
    session.finish().await;
    match seen.troubles.into_iter().next() {
        Some(trouble) => Err(trouble.into()),
        None => Ok(seen.received.new),
    }
}
