//! One pass over the letters that are due.

use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::Timestamp;

use super::postman::{Parcel, Round};
use super::settle::{self, Consequence, Count};
use super::{Outbox, Pace};
use crate::fault;
use crate::message::mask_addresses;
use crate::roster::Cause;
use crate::store::{DueLetter, LetterOutcome, Result};

/// Letters that one pass looks at.
const BATCH: u32 = 200;

/// How long a claim holds: longer than one letter can take with every step at its limit. A claim
/// that ran out belongs to a daemon that died, and its letter is uncertain.
const CLAIM: Duration = Duration::from_mins(30);

/// What a pass did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Letters that the provider took.
    pub sent: u32,
    /// Letters that will be tried again.
    pub deferred: u32,
    /// Letters that were refused for good.
    pub refused: u32,
    /// Letters of which nobody knows; dead claims among them.
    pub uncertain: u32,
    /// Uncertain letters that have no copy and are sent once more.
    pub repeated: u32,
    /// When to look again, when that is known: a pause ends, a cap allows more, a letter is due.
    pub again_at: Option<Timestamp>,
    /// Why nothing is sent for a while, and whether somebody must mend something.
    pub paused: Option<(String, bool)>,
}

/// What stands after one letter.
enum After {
    /// The next one.
    GoOn,
    /// The pass is over.
    Stop,
}

impl Outbox {
    /// Letters that a crash left claimed become uncertain: for the only daemon of a database, at its
    /// start, all claims are dead. Gives back how many.
    pub async fn recover(&self) -> Result<u32> {
        let dead = self.store.uncertain_claims(Timestamp::MAX).await?;
        Ok(u32::try_from(dead.len()).unwrap_or(u32::MAX))
    }

    /// Sends what is due and allowed. An error is the store's; the provider's troubles are in the
    /// report.
    pub async fn pass(&self) -> Result<Report> {
        let now = self.clock.now();
        let mut report = Report::default();
        self.note_again().await?;
        let dead = self.store.uncertain_claims(now).await?;
        report.uncertain = u32::try_from(dead.len()).unwrap_or(u32::MAX);
        self.find_out(&mut report).await?;
        self.give_back_strays(now, &mut report).await?;
        let pause = self.pause();
        if let Some(pause) = self.store.paused(&pause, now).await? {
            report.paused = Some((pause.why, false));
            report.again_at = Some(pause.until);
            return Ok(report);
        }
        let due = self.store.due_letters(self.bureau(), now, BATCH).await?;
        let counts = self.store.claimed_since(self.bureau(), &Pace::windows(now)).await?;
        let mut allowance = self.options.pace.allowance(&counts);
        let (mut round, mut tried) = (None, 0_u32);
        for letter in &due {
            // The digest is the heartbeat and goes to the house itself: caps do not hold it back.
            let free = matches!(letter.cause, Cause::Digest(_));
            if allowance == 0 && !free {
                report.again_at.get_or_insert(self.options.pace.look_again(&counts, now));
                continue;
            }
            if tried > 0 && !self.wait_for_gap(&mut report).await {
                break;
            }
            if *self.halted.borrow() {
                break;
            }
            tried += 1;
            allowance = allowance.saturating_sub(u32::from(!free));
            if let After::Stop = self.one(letter, &mut round, &mut report).await? {
                break;
            }
        }
        if let Some((round, _)) = round {
            round.finish().await;
        }
        if report.again_at.is_none() {
            report.again_at = self.store.next_due(self.bureau()).await?;
        }
        Ok(report)
    }

    /// Letters of a bureau that the settings have no more leave by nobody's account: they are refused
    /// and shown. The first bureau's outbox sees to it.
    async fn give_back_strays(&self, now: Timestamp, report: &mut Report) -> Result<()> {
        if !self.bureau().is_empty() {
            return Ok(());
        }
        for bureau in self.store.waiting_bureaus().await? {
            if self.options.events.values().any(|event| event.life.bureau == bureau) {
                continue;
            }
            for letter in self.store.due_letters(&bureau, now, BATCH).await? {
                let why = format!("the settings have no [bureau.{bureau}] any more: put it back");
                self.unwritable(&letter, why, report).await?;
            }
        }
        Ok(())
    }

    /// Waits between two letters; `false` when the pass shall end here: it was halted, or the clock
    /// stands and its owner decides when time goes on.
    async fn wait_for_gap(&self, report: &mut Report) -> bool {
        let gap = self.options.pace.gap;
        if gap.is_zero() {
            return true;
        }
        if !self.clock.runs() {
            report.again_at = self.clock.now().checked_add(gap).ok();
            return false;
        }
        let mut halted = self.halted.subscribe();
        let stop = halted.wait_for(|halted| *halted);
        tokio::time::timeout(gap, stop).await.is_err()
    }

    /// Takes one letter all the way. `round`: the open session and how many letters it has carried.
    async fn one(
        &self,
        letter: &DueLetter,
        round: &mut Option<(Round, u32)>,
        report: &mut Report,
    ) -> Result<After> {
        let now = self.clock.now();
        let mail = match self.mail(letter).await? {
            Ok(mail) => mail,
            Err(why) => {
                self.unwritable(letter, why, report).await?;
                return Ok(After::GoOn);
            }
        };
        let mark = self.mark().await?;
        if round.is_none() {
            match self.options.postman.set_out().await {
                Ok(open) => *round = Some((open, 0)),
                Err(trouble) => {
                    let outages = self.outages.fetch_add(1, Ordering::SeqCst) + 1;
                    let (pause, alarm) = settle::no_session(&trouble, outages, now);
                    self.rest(pause, alarm, report).await?;
                    return Ok(After::Stop);
                }
            }
        }
        self.outages.store(0, Ordering::SeqCst);
        let Some((open, carried)) = round.as_mut() else { return Ok(After::Stop) };
        let until = now.checked_add(CLAIM).unwrap_or(now);
        let (times, mark) = ((now, until), mark.as_deref());
        if !self.store.claim_marked(&letter.id, &mail, times, mark).await? {
            return Ok(After::GoOn);
        }
        fault::point("after-claim");
        let parcel = Parcel {
            to: &letter.to,
            mail: &mail,
            message_id: &letter.message_id,
            written: letter.created,
        };
        let delivery = open.deliver(parcel).await;
        *carried += 1;
        let count = Count { attempts: letter.attempts + 1, carried: *carried };
        let after = settle::consequence(&delivery, count, self.clock.now());
        let full = *carried >= self.options.pace.per_session;
        if (full || after.leave || !open.usable())
            && let Some((used, _)) = round.take()
        {
            used.finish().await;
        }
        self.settle(letter, after, report).await
    }

    async fn settle(
        &self,
        letter: &DueLetter,
        after: Consequence,
        report: &mut Report,
    ) -> Result<After> {
        self.note(letter.id.clone(), after.letter.clone()).await?;
        fault::point("after-settle");
        let (id, to) = (&letter.id, &letter.to);
        match &after.letter {
            LetterOutcome::Sent { reply } => {
                report.sent += 1;
                let reply = mask_addresses(reply);
                tracing::info!(letter = id, %to, reply, "a letter was sent");
            }
            LetterOutcome::Retry { at, why } => {
                report.deferred += 1;
                let why = mask_addresses(why);
                tracing::warn!(letter = id, %to, %at, why, "a letter waits for another attempt");
            }
            LetterOutcome::Refused { why } => {
                report.refused += 1;
                let why = mask_addresses(why);
                tracing::warn!(letter = id, %to, why, "a letter was refused");
            }
            LetterOutcome::Uncertain { why } => {
                report.uncertain += 1;
                let why = mask_addresses(why);
                tracing::warn!(letter = id, %to, why, "nobody knows whether a letter was sent");
            }
            LetterOutcome::Superseded => {}
        }
        if let Some(pause) = after.pause {
            self.rest(pause, after.alarm, report).await?;
            return Ok(After::Stop);
        }
        Ok(After::GoOn)
    }

    /// Sends nothing until a moment, over restarts.
    async fn rest(
        &self,
        (until, why): (Timestamp, String),
        alarm: bool,
        report: &mut Report,
    ) -> Result<()> {
        let why = mask_addresses(&why);
        if alarm {
            tracing::error!(%until, why, "sending rests, somebody must look at it");
        } else {
            tracing::warn!(%until, why, "sending rests");
        }
        self.store.pause(&self.pause(), until, &why).await?;
        report.paused = Some((why, alarm));
        report.again_at = Some(until);
        Ok(())
    }
}
