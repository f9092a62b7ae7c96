//! `run` and `once`.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use super::context::Context;
use super::failure::{FAILED, Failure};
use super::log;
use crate::daemon::health::Health;
use crate::daemon::{Desk, Post, assemble, run as run_service};
use crate::intake::{Look, ReceiveError, Receiver, settle};
use crate::settings::Settings;

/// The service, until it is told to stop.
pub(super) async fn run(config: &Path, to_journal: bool) -> Result<(), Failure> {
    let context = Context::for_service(config).await?;
    start_log(&context.settings, to_journal);
    let _lock = context.vault.store.lock_daemon()?;
    let desk = context.desk().await?;
    let runtime = Some(context.settings.daemon.runtime_dir.clone()).filter(|dir| dir.is_dir());
    let health = Health::new(context.clock.clone(), runtime);
    let (clock, dice) = (context.clock.clone(), context.dice.clone());
    let (context, config) = (Arc::new(context), Arc::new(config.to_owned()));
    let reload = move || {
        let (context, config) = (context.clone(), config.clone());
        async move {
            let settings = Settings::load(&config).map_err(|problems| problems.to_string())?;
            let desk = assemble(&settings, &context.vault, &context.clock, &context.dice).await;
            desk.map_err(|error| error.to_string())
        }
    };
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "baoming is at work");
    run_service(desk, health, clock, dice, reload).await?;
    tracing::info!("baoming has stopped");
    Ok(())
}

/// One pass over everything.
pub(super) async fn once(
    config: &Path,
    hold_letters: bool,
    to_journal: bool,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let context = Context::for_service(config).await?;
    start_log(&context.settings, to_journal);
    let _lock = context.vault.store.lock_daemon()?;
    let desk = context.desk().await?;
    desk.outbox.recover().await?;
    let mut troubles = Vec::new();
    let mut new = 0;
    for post in &desk.posts {
        match look(&context, &desk, post).await {
            Ok(seen) => new += seen,
            Err(ReceiveError::Store(error)) => return Err(error.into()),
            Err(ReceiveError::Mailbox(error)) => {
                troubles.push(format!("mailbox {}: {error}", post.source.mailbox()));
            }
        }
    }
    let decided = desk.intake.decide_all().await?;
    let lapsed = desk.intake.lapse().await?;
    for post in &desk.posts {
        if let Err(error) = settle(&desk.intake, &post.source, &post.after).await {
            troubles.push(format!("mailbox {}: {error}", post.source.mailbox()));
        }
    }
    let digest =
        desk.digests.post_if_due().await.map_err(|error| Failure::new(error.to_string()))?;
    let sent = if hold_letters { None } else { Some(desk.outbox.pass().await?) };
    write!(out, "{new} new, {decided} decided, {lapsed} lapsed")?;
    if let Some(day) = digest {
        write!(out, ", digest of {day} written")?;
    }
    if let Some(sent) = sent {
        write!(out, ", {} letters sent", sent.sent)?;
        troubles.extend(sent.paused.map(|(why, _)| format!("sending: {why}")));
    }
    writeln!(out)?;
    if troubles.is_empty() {
        return Ok(());
    }
    Err(Failure { code: FAILED, message: troubles.join("\n") })
}

async fn look(context: &Context, desk: &Desk, post: &Post) -> Result<u32, ReceiveError> {
    let mut session = post.source.connect(&context.clock).await?;
    let mut receiver = Receiver::default();
    let mailbox = post.source.mailbox();
    let seen =
        receiver.receive(&desk.intake, &mut session, mailbox, &post.folders, Look::All).await?;
    session.finish().await;
    match seen.troubles.into_iter().next() {
        Some(trouble) => Err(trouble.into()),
        None => Ok(seen.received.new),
    }
}

fn start_log(settings: &Settings, to_journal: bool) {
    log::start(&settings.daemon.log, to_journal, settings.daemon.log_json);
}
