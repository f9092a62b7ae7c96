//! Facts become a mail at the moment of sending, or the bytes of an earlier attempt are taken.

use super::{Outbox, Report};
use crate::reply::{Letter, Thread};
use crate::store::{DueLetter, LetterOutcome, Result};

impl Outbox {
    /// The bytes of an earlier attempt, or those of the letter written now.
    pub(super) async fn mail(
        &self,
        letter: &DueLetter,
    ) -> Result<std::result::Result<Vec<u8>, String>> {
        if let Some(mail) = letter.mail.as_ref().filter(|mail| !mail.is_empty()) {
            return Ok(Ok(mail.clone()));
        }
        let Ok(mut facts) = serde_json::from_value::<Letter>(letter.facts.clone()) else {
            return Ok(Err("its facts cannot be read: please report this".to_owned()));
        };
        if facts.thread == Thread::default() {
            // A promotion answers no mail: it follows the letters about the same registration.
            let items = facts.owed.items.iter();
            let about: Vec<_> = items.filter_map(|item| item.number.as_deref()).collect();
            let earlier = self.store.earlier_letters(letter, &about).await?;
            facts.thread = Thread::following(earlier);
        }
        Ok(self.write(&facts))
    }

    fn write(&self, facts: &Letter) -> std::result::Result<Vec<u8>, String> {
        let event = self.options.events.get(&facts.event).ok_or_else(|| {
            format!("the settings have no event `{}` any more: put its file back", facts.event)
        })?;
        let composed = self.options.stationery.compose(facts, event, &self.options.office);
        let composed = composed.map_err(|error| format!("a template fails on it: {error}"))?;
        composed.to_mail(self.clock.now(), &event.zone).map_err(|error| error.to_string())
    }

    /// A letter that cannot be written is refused at once and shown; `resend` tries again.
    pub(super) async fn unwritable(
        &self,
        letter: &DueLetter,
        why: String,
        report: &mut Report,
    ) -> Result<()> {
        let now = self.clock.now();
        tracing::error!(letter = letter.id, why, "a letter cannot be written");
        if self.store.claim_letter(&letter.id, b"", now, now).await? {
            self.store.settle_letter(&letter.id, &LetterOutcome::Refused { why }).await?;
            report.refused += 1;
        }
        Ok(())
    }
}
