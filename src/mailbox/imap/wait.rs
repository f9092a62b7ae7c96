//! Waiting for new mail: IDLE where it is offered, else NOOP now and then. Both are hints only;
//! whoever waits lists afterwards (QQ accepts IDLE and never speaks, quirk A12).

use std::time::Duration;

use async_imap::imap_proto::{MailboxDatum, Response};
use tokio::time::{Instant, sleep, timeout};

use super::link::{Ended, Link, tagged};
use super::session::Session;
use crate::mailbox::Wake;
use crate::mailbox::error::{Error, Step};

/// How long the server may take to end an IDLE or a session.
const FAREWELL: Duration = Duration::from_secs(15);

/// How one IDLE ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Idled {
    Hint,
    Time,
    Refused,
}

impl Session {
    /// Waits for `time`, less when the server says that something changed in the open folder.
    pub(in crate::mailbox) async fn wait(&mut self, time: Duration) -> Result<Wake, Error> {
        let end = Instant::now() + time;
        loop {
            if self.link.changed {
                return Ok(Wake::Hint);
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(Wake::Time);
            }
            if self.open.is_some() && !self.idle_refused && self.offers("IDLE") {
                match self.link.idle(left.min(self.limits.idle_renewal)).await? {
                    Idled::Hint => return Ok(Wake::Hint),
                    Idled::Time => {}
                    Idled::Refused => self.idle_refused = true,
                }
            } else {
                sleep(left.min(self.limits.noop_interval)).await;
                let bounds = self.link.small();
                self.link.exec(Step::Noop, "NOOP", bounds, |_| Ok(())).await?;
            }
        }
    }
}

impl Link {
    async fn idle(&mut self, time: Duration) -> Result<Idled, Error> {
        let bounds = self.small();
        self.begin(Step::Idle, bounds)?;
        let tag = self.send(Step::Idle, "IDLE").await?;
        let silent = |limit| move |_| Error::Silent { step: Step::Idle, limit };
        let began = timeout(bounds.time, self.idle_began(&tag));
        if !began.await.map_err(silent(bounds.time))?? {
            self.end();
            return Ok(Idled::Refused);
        }
        self.allow_silence(time + FAREWELL);
        let hint = match timeout(time, self.next_change(&tag)).await {
            Ok(changed) => {
                changed?;
                Idled::Hint
            }
            Err(_) => Idled::Time,
        };
        self.write(Step::Idle, "DONE\r\n").await?;
        let limit = FAREWELL.min(bounds.time);
        timeout(limit, self.idle_ended(&tag)).await.map_err(silent(limit))??;
        self.end();
        Ok(hint)
    }

    /// Whether the server waits with us; a tagged refusal is no failure.
    async fn idle_began(&mut self, tag: &str) -> Result<bool, Error> {
        loop {
            let look = |response: &Response<'_>| {
                (matches!(response, Response::Continue(_)), tagged(response, tag))
            };
            match self.read(Step::Idle, look).await? {
                (true, _) => return Ok(true),
                (_, None) => {}
                (_, Some(status)) => match self.ended(Step::Idle, status)? {
                    Ended::Ok => return Err(ended_early()),
                    Ended::No(_) | Ended::Bad(_) => return Ok(false),
                },
            }
        }
    }

    async fn next_change(&mut self, tag: &str) -> Result<(), Error> {
        let counted = self.knows_count();
        loop {
            let look = |response: &Response<'_>| {
                let exists = matches!(response, Response::MailboxData(MailboxDatum::Exists(_)));
                (exists, tagged(response, tag))
            };
            let (exists, status) = self.read(Step::Idle, look).await?;
            if self.changed || (exists && !counted) {
                return Ok(());
            }
            if status.is_some() {
                return Err(ended_early());
            }
        }
    }

    async fn idle_ended(&mut self, tag: &str) -> Result<(), Error> {
        loop {
            let status = self.read(Step::Idle, |response| tagged(response, tag)).await?;
            match status.map(|status| self.ended(Step::Idle, status)).transpose()? {
                None => {}
                Some(Ended::Ok) => return Ok(()),
                Some(Ended::No(words) | Ended::Bad(words)) => {
                    return Err(Error::Refused { step: Step::Idle, words });
                }
            }
        }
    }

    /// LOGOUT; the BYE that it brings is what we wait for.
    pub(super) async fn logout(&mut self) -> Result<(), Error> {
        let bounds = self.small();
        self.begin(Step::Connect, bounds)?;
        self.send(Step::Connect, "LOGOUT").await?;
        drop(timeout(FAREWELL.min(bounds.time), self.read(Step::Connect, |_| ())).await);
        Ok(())
    }
}

fn ended_early() -> Error {
    Error::protocol(Step::Idle, "the server ended IDLE by itself")
}
