//! One mailbox, looked into for ever: connect, list as a whole, then look for new mail at every
//! poll on the same connection, until something breaks; then wait and begin again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::health::{Health, Mood};
use super::rest::{rest_after, resting};
use super::stop::Stop;
use super::wake::Wake;
use crate::clock::{Clock, Dice};
use crate::intake::{Intake, Look, ReceiveError, Receiver, settle};
use crate::mailbox::{After, Backoff, Session, Source};
use crate::store;

/// How long a store that is locked, full or gone is left alone.
pub(super) const STORE_WAIT: Duration = Duration::from_secs(15);

/// For how long a daemon takes a mailbox for itself: when it dies, citizens wait as long for another.
const LEASE: SignedDuration = SignedDuration::from_mins(1);

/// How often the lease is renewed, however long a look or a wait lasts, and how often a daemon
/// without it asks whether the other one still lives.
const RENEWAL: Duration = Duration::from_secs(20);

/// How soon the end of a rest is noticed when it was lifted before its time.
const LIFTED: Duration = Duration::from_mins(1);

/// A mailbox with how it is looked into.
#[derive(Clone, Debug)]
pub struct Post {
    /// How to reach it.
    pub source: Source,
    /// The folders, in the order in which they are looked into.
    pub folders: Vec<String>,
    /// What is done there with a message that was decided.
    pub after: After,
    /// How often new mail is looked for.
    pub poll: Duration,
    /// How often the whole listing is compared with the ledger.
    pub listing: Duration,
}

/// The part that receives one mailbox.
pub(super) struct Part {
    pub(super) post: Post,
    pub(super) intake: Intake,
    pub(super) health: Health,
    pub(super) decider: Arc<Wake>,
    pub(super) clock: Clock,
    pub(super) dice: Dice,
    pub(super) holder: String,
}

/// Why a session ended, and how long to wait before the next.
enum End {
    Stopped,
    Wait(String, Duration),
    /// Nobody logs in before this moment, unless `check` finds the login mended.
    Rest(String, Timestamp),
}

impl Part {
    pub(super) async fn run(self, mut stop: Stop) {
        let name = format!("mailbox {}", self.post.source.mailbox());
        let mut receiver = Receiver::default();
        let mut backoff = Backoff::new(self.dice.clone());
        loop {
            let end = tokio::select! {
                end = self.session(&name, &mut receiver, &mut backoff) => end,
                end = self.keep_lease() => end,
                () = stop.asked() => End::Stopped,
            };
            let now = self.clock.now();
            let (why, until, wait) = match end {
                End::Stopped => break,
                End::Wait(why, wait) => (why, later(now, wait), wait),
                End::Rest(why, until) => {
                    (why, until, now.duration_until(until).unsigned_abs().min(LIFTED))
                }
            };
            self.health.report(&name, Mood::Waiting { why, until }, wait);
            if stop.within(wait).await {
                break;
            }
        }
        let lease = self.lease();
        // A lease that stays behind runs out by itself.
        let _ = self.intake.store().release(&lease, &self.holder).await;
        self.health.forget(&name);
    }

    fn lease(&self) -> String {
        format!("mailbox:{}", self.post.source.mailbox())
    }

    async fn session(&self, name: &str, receiver: &mut Receiver, backoff: &mut Backoff) -> End {
        match self.allowed().await {
            Ok(None) => {}
            Ok(Some(end)) => return end,
            Err(error) => return store_end(&error),
        }
        let mut session = match self.post.source.connect(&self.clock).await {
            Ok(session) => session,
            Err(error) => return self.mailbox_end(&error, backoff).await,
        };
        match self.rounds(name, receiver, &mut session, backoff).await {
            Err(ReceiveError::Mailbox(error)) => self.mailbox_end(&error, backoff).await,
            Err(ReceiveError::Store(error)) => {
                session.finish().await;
                store_end(&error)
            }
            Ok(wait) => {
                session.finish().await;
                wait
            }
        }
    }

    /// Nothing when this daemon may log in now; else why not, and for how long.
    async fn allowed(&self) -> store::Result<Option<End>> {
        let mailbox = self.post.source.mailbox();
        if let Some(pause) = resting(self.intake.store(), &self.clock, mailbox).await? {
            return Ok(Some(End::Rest(pause.why, pause.until)));
        }
        Ok((!self.renew().await?).then(other_has_it))
    }

    /// Renews the lease while a session lasts; ends when another daemon has it.
    async fn keep_lease(&self) -> End {
        loop {
            tokio::time::sleep(RENEWAL).await;
            // A store that fails now is the session's to report.
            if let Ok(false) = self.renew().await {
                return other_has_it();
            }
        }
    }

    async fn renew(&self) -> store::Result<bool> {
        let now = self.clock.now();
        let until = now.checked_add(LEASE).unwrap_or(now);
        self.intake.store().lease(&self.lease(), &self.holder, now, until).await
    }

    /// Looks and waits, until the session breaks or another daemon has the mailbox.
    async fn rounds(
        &self,
        name: &str,
        receiver: &mut Receiver,
        session: &mut Session,
        backoff: &mut Backoff,
    ) -> Result<End, ReceiveError> {
        let mut listed: Option<Instant> = None;
        loop {
            let due = listed.is_none_or(|at| at.elapsed() >= self.post.listing);
            let look = if due { Look::All } else { Look::New };
            let mailbox = self.post.source.mailbox();
            let seen =
                receiver.receive(&self.intake, session, mailbox, &self.post.folders, look).await?;
            if due {
                listed = Some(Instant::now());
            }
            backoff.reset();
            if seen.received.new > 0 {
                tracing::info!(mailbox, new = seen.received.new, "mail was taken in");
            }
            self.decider.wake();
            settle(&self.intake, &self.post.source, &self.post.after).await?;
            let mood = match seen.troubles.first() {
                None => Mood::Well,
                Some(trouble) => Mood::Waiting {
                    why: trouble.to_string(),
                    until: later(self.clock.now(), self.post.poll),
                },
            };
            self.health.report(name, mood, self.post.poll);
            if let Some(first) = self.post.folders.first() {
                session.examine(first).await?;
            }
            session.wait(self.post.poll).await?;
        }
    }

    async fn mailbox_end(&self, error: &crate::mailbox::Error, backoff: &mut Backoff) -> End {
        let why = error.to_string();
        let mailbox = self.post.source.mailbox();
        let rest = rest_after(self.intake.store(), &self.clock, mailbox, error).await;
        match rest {
            Some(until) => End::Rest(why, until),
            None => End::Wait(why, backoff.next_wait()),
        }
    }
}

fn other_has_it() -> End {
    End::Wait("another daemon on this database receives this mailbox".to_owned(), RENEWAL)
}

fn store_end(error: &store::Error) -> End {
    End::Wait(error.to_string(), STORE_WAIT)
}

/// `now` and a while.
pub(super) fn later(now: Timestamp, wait: Duration) -> Timestamp {
    let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}
