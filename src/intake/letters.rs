//! From a verdict to the letters to be kept.

use jiff::Timestamp;

use super::Intake;
use crate::message::Headers;
use crate::reply::{Letter, Thread};
use crate::roster::{Cause, Event, Verdict};
use crate::store::{NewLetter, Said};

impl Intake {
    /// The letters that a verdict owes, ready to be kept. `answered` is the message that they
    /// answer: only a letter whose cause is that message goes into its thread.
    pub(super) fn letters(
        &self,
        event: &Event,
        verdict: &Verdict,
        answered: Option<&Headers>,
        now: Timestamp,
    ) -> Vec<NewLetter> {
        let bureau = self.options.others.get(&event.life.bureau);
        let office = bureau.map_or(&self.office, |bureau| &bureau.office);
        let one = |owed: &crate::roster::Owed| {
            let direct = matches!(owed.cause, Cause::Message(_));
            let mut letter = Letter::new(office, &event.id, owed.clone(), now);
            letter.closed = verdict.closed;
            if let Some(headers) = answered.filter(|_| direct) {
                let name = headers.from.as_ref().and_then(|from| from.name.clone());
                letter = letter.answering(Thread::of(headers), name);
            }
            NewLetter {
                cause: owed.cause.clone(),
                to: owed.to.clone(),
                message_id: letter.message_id.clone(),
                facts: Said::of(&letter),
                mail: None,
                due: owed.not_before.unwrap_or(now),
                numbers: owed.items.iter().filter_map(|item| item.number.clone()).collect(),
            }
        };
        verdict.letters.iter().map(one).collect()
    }
}
