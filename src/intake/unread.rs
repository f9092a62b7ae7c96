//! What is done before people are erased: traces are laid by, and mail that nobody could read goes too.
//!
//! Such mail names nobody, so nobody can say which event it means: it goes with the last event of its
//! mailbox that it may mean, or when a clerk says that it is somebody's who wants to be forgotten.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Intake, OrderError};
use crate::roster::{Event, NoLetter, Verdict};
use crate::store::{self, Decided, Erased, Facts, LedgerState, MessageFate, Source, Unread, Work};

impl Intake {
    /// To be called before everybody of an event is erased. Gives back of how many people a trace is
    /// kept.
    pub(super) async fn before_forgetting(
        &self,
        work: &mut Work,
        event: &Event,
        by: &str,
    ) -> store::Result<u64> {
        let now = self.clock.now();
        let traces = match event.remembered().filter(|until| *until > now) {
            Some(until) => work.keep_traces(event, until).await?,
            None => 0,
        };
        let mut unread = self.unread_with(event).await?;
        let still: BTreeSet<_> = work.quarantined().await?.into_iter().map(|one| one.id).collect();
        unread.retain(|one| still.contains(&one.id));
        let decided: Vec<_> =
            unread.into_iter().map(|one| self.left_unread(one.id, by, now)).collect();
        work.record(event, &decided).await?;
        Ok(traces)
    }

    /// When the last unreadable mail that is erased with an event came in.
    pub(super) async fn last_unread(&self, event: &Event) -> store::Result<Option<Timestamp>> {
        let unread = self.unread_with(event).await?;
        Ok(unread.into_iter().map(|one| one.received).max())
    }

    /// The unreadable mail that no other event may mean whose people are still known.
    async fn unread_with(&self, event: &Event) -> store::Result<Vec<Unread>> {
        let mut unread = self.store.quarantined().await?;
        if unread.is_empty() {
            return Ok(unread);
        }
        let mut kept = BTreeSet::new();
        for other in self.options.events.iter().filter(|other| other.id != event.id) {
            if self.store.event_state(&other.id).await?.erased.is_none() {
                kept.insert(other.id.as_str());
            }
        }
        unread.retain(|one| {
            let here = self.may_mean(one);
            let waits_for =
                |other: &Event| kept.contains(other.id.as_str()) && other.announced <= one.arrived;
            here.iter().any(|own| own.id == event.id) && !here.iter().any(waits_for)
        });
        Ok(unread)
    }

    /// The events of its mailbox.
    fn may_mean(&self, unread: &Unread) -> &[Event] {
        let rules = self.options.mailboxes.get(&unread.mailbox);
        rules.map_or(self.options.events.as_slice(), |rules| &rules.events)
    }

    /// Erases a message that nobody could read. `rehearse`: only tells what would be erased.
    pub async fn erase_unread(
        &self,
        by: &str,
        id: &str,
        rehearse: bool,
    ) -> Result<Erased, OrderError> {
        let mut work = self.store.work().await?;
        let unread = work.quarantined().await?.into_iter().find(|one| one.id == id);
        let unknown = || OrderError::NoSuchMessage(id.to_owned());
        let event = self.may_mean(&unread.ok_or_else(unknown)?).first().ok_or_else(unknown)?;
        let now = self.clock.now();
        work.record(event, &[self.left_unread(id.to_owned(), by, now)]).await?;
        let erased = work.erase_unread(id, now, by).await?;
        if !rehearse {
            work.commit().await?;
        }
        Ok(erased)
    }

    /// The end of a message that was never read.
    fn left_unread(&self, id: String, by: &str, now: Timestamp) -> Decided {
        let fate = MessageFate {
            id,
            state: LedgerState::Ignored,
            original: None,
            kind: None,
            message_id: None,
            sender: None,
            fingerprint: [0; 32],
            came_back: None,
            facts: Facts::default(),
            after: false,
        };
        Decided {
            source: Source::Message(Box::new(fate)),
            verdict: Verdict { no_letter: Some(NoLetter::Ignored), ..Verdict::default() },
            letters: Vec::new(),
            at: now,
            settings: self.settings.clone(),
            by: by.to_owned(),
        }
    }
}
