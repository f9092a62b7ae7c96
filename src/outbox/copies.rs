//! What became of an uncertain letter, found out from the provider's copies of what it sent.
//!
//! Before letters leave it is noted where the folder stands. A letter whose fate is unknown is
//! looked for behind that mark: found, it was sent; not found ten minutes later, it is sent once
//! more with the same Message-ID. A clerk decides where there is no such folder, where the look
//! tells nothing certain, and what becomes of a letter that was sent once more already.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::{Outbox, Report};
use crate::mailbox::{self, Copies, Mark, Next, SentFolder};
use crate::store::{LetterOutcome, Result, UncertainLetter};

/// When a letter is looked for after its fate became unknown. Copies were seen to appear within
/// 40 seconds (QQ, Sina); what is not there at the second look will not come.
const LOOKS: [SignedDuration; 2] = [SignedDuration::from_mins(2), SignedDuration::from_mins(10)];

/// How long a mark serves: an older one is as right, but has more copies behind it.
const MARK_SERVES: SignedDuration = SignedDuration::from_hours(1);

/// Wait after a look that failed: providers count logins.
const AFTER_FAILURE: SignedDuration = SignedDuration::from_mins(10);

/// What is known of the folder between two looks. A restart may forget all of it.
#[derive(Debug, Default)]
pub(super) struct Memory(Mutex<Known>);

#[derive(Clone, Copy, Debug, Default)]
struct Known {
    mark: Option<(Timestamp, Mark)>,
    looked: Option<Timestamp>,
    not_before: Option<Timestamp>,
}

impl Memory {
    fn open(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Outbox {
    /// Where the folder stands, to be kept with the letters that leave now. `None` where there is
    /// no such folder, or it cannot be looked into: letters leave all the same.
    pub(super) async fn mark(&self) -> Result<Option<String>> {
        let Some(folder) = &self.options.sent else { return Ok(None) };
        let (now, known) = (self.clock.now(), *self.copies.open());
        let fresh = |(at, _): &(Timestamp, Mark)| now.duration_since(*at) < MARK_SERVES;
        if let Some((_, mark)) = known.mark.filter(fresh) {
            return Ok(Some(mark.to_string()));
        }
        if self.folder_rests(folder, now).await?.is_some() {
            return Ok(None);
        }
        let last = known.mark.map(|(_, mark)| mark);
        match folder.mark(&self.clock, last).await {
            Ok(mark) => {
                self.copies.open().mark = Some((now, mark));
                Ok(Some(mark.to_string()))
            }
            Err(error) => self.folder_failed(folder, &error).await.map(|()| None),
        }
    }

    /// Looks for uncertain letters when it is time to, and does what the rule says.
    pub(super) async fn find_out(&self, report: &mut Report) -> Result<()> {
        let Some(folder) = &self.options.sent else { return Ok(()) };
        let letters = self.store.uncertain_letters(self.bureau()).await?;
        let now = self.clock.now();
        let looked = self.copies.open().looked;
        let mut looks =
            letters.iter().flat_map(|letter| LOOKS.map(|wait| later(letter.since, wait)));
        let is_time = looks.any(|due| due <= now && looked.is_none_or(|looked| looked < due));
        if is_time && self.folder_rests(folder, now).await?.is_none() {
            self.look(folder, &letters, report).await?;
        }
        Ok(())
    }

    async fn look(
        &self,
        folder: &SentFolder,
        letters: &[UncertainLetter],
        report: &mut Report,
    ) -> Result<()> {
        let now = self.clock.now();
        let marks: Vec<Option<Mark>> =
            letters.iter().map(|letter| letter.mark.parse().ok()).collect();
        // The newest UIDVALIDITY is the folder's own; below the lowest of its marks nothing is
        // looked for. A letter of an older one may be found, but never missed.
        let current = marks.iter().flatten().map(|mark| mark.uidvalidity).next_back();
        let of_current = |mark: &&Mark| Some(mark.uidvalidity) == current;
        let lowest = marks.iter().flatten().filter(of_current).min_by_key(|mark| mark.uid).copied();
        let copies = match folder.copies(&self.clock, lowest).await {
            Ok(copies) => copies,
            Err(error) => return self.folder_failed(folder, &error).await,
        };
        self.copies.open().looked = Some(now);
        let first = letters.iter().map(|letter| letter.claimed).min();
        let kept = self.keeps_copies(&copies, first).await?;
        for (letter, mark) in letters.iter().zip(marks) {
            if copies.ids.contains(&letter.message_id) {
                tracing::info!(letter = letter.id, "an uncertain letter has a copy: it was sent");
                let reply = format!("在“{}”文件夹中找到了这封信，已发出", folder.folder);
                self.note(letter.id.clone(), LetterOutcome::Sent { reply }).await?;
                continue;
            }
            let [_, enough] = LOOKS;
            let certain = copies.whole && kept && mark.map(|mark| mark.uidvalidity) == current;
            let missing = certain && now >= later(letter.since, enough);
            if missing && !letter.repeated && self.store.repeat_letter(&letter.id).await? {
                tracing::warn!(letter = letter.id, "an uncertain letter has no copy: once more");
                report.repeated += 1;
            }
        }
        Ok(())
    }

    /// Whether the folder may be believed: of letters that were taken since `first`, some have
    /// their copies there. Where none was taken since, nothing speaks against it.
    async fn keeps_copies(&self, copies: &Copies, first: Option<Timestamp>) -> Result<bool> {
        let Some(first) = first else { return Ok(true) };
        let taken = self.store.sent_since(self.bureau(), Some(first)).await?;
        let kept = taken.is_empty() || taken.iter().any(|id| copies.ids.contains(id));
        if !kept {
            tracing::error!(
                taken = taken.len(),
                "the provider keeps no copies where `sent_folder` says: uncertain letters are left \
                 to the staff"
            );
        }
        Ok(kept)
    }

    /// Until when nobody may log in to look.
    async fn folder_rests(&self, folder: &SentFolder, now: Timestamp) -> Result<Option<Timestamp>> {
        let own = self.copies.open().not_before.filter(|until| *until > now);
        let account = self.store.paused(&folder.rest(), now).await?.map(|pause| pause.until);
        Ok(own.max(account))
    }

    async fn folder_failed(&self, folder: &SentFolder, error: &mailbox::Error) -> Result<()> {
        let now = self.clock.now();
        tracing::warn!(code = error.code(), %error, "copies of what was sent cannot be looked at");
        self.copies.open().not_before = Some(later(now, AFTER_FAILURE));
        if let Next::Pause(wait) = error.next() {
            let until = now.checked_add(wait).unwrap_or(now);
            self.store.pause(&folder.rest(), until, &error.to_string()).await?;
        }
        Ok(())
    }
}

fn later(at: Timestamp, wait: SignedDuration) -> Timestamp {
    at.checked_add(wait).unwrap_or(at)
}
