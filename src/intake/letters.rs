//! From a verdict to the letters to be kept, and the brake on automatic answers.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{Intake, Options};
use crate::message::{Email, Headers};
use crate::reply::{Letter, Thread};
use crate::roster::{Cause, Event, NoLetter, Task, TaskKind, Verdict};
use crate::store::{NewLetter, Result, Said, Work};

/// The time over which automatic answers to one address are counted.
const BRAKE_SPAN: SignedDuration = SignedDuration::from_hours(24);

/// Counts the answers to each address, so that two robots cannot write to each other for ever.
#[derive(Debug)]
pub(super) struct Brake(BTreeMap<Email, u32>);

impl Brake {
    pub(super) async fn load(work: &mut Work, senders: &[Email], now: Timestamp) -> Result<Self> {
        let since = now.checked_sub(BRAKE_SPAN).unwrap_or(Timestamp::MIN);
        Ok(Self(work.letters_since(senders, since).await?.0))
    }

    /// Takes away an answer that would be one too many, and answers to the staff. Letters with a cause of their own (a
    /// promotion) are never held back.
    pub(super) fn apply(&mut self, verdict: &mut Verdict, options: &Options) {
        verdict.letters.retain(|owed| {
            let written = self.0.entry(owed.to.clone()).or_default();
            let answer = matches!(owed.cause, Cause::Message(_));
            let held = if answer && options.staff.contains(&owed.to) {
                Some(NoLetter::Ignored)
            } else if answer && *written >= options.answers_per_day {
                Some(NoLetter::Braked)
            } else {
                None
            };
            match held {
                Some(_) => verdict.no_letter = held,
                None => *written += 1,
            }
            held.is_none()
        });
        // Whoever got or lost a place must hear of it all the same; a robot's mail does neither.
        let first = verdict.steps.first().filter(|_| verdict.no_letter == Some(NoLetter::Braked));
        if let Some(first) = first {
            let numbers: Vec<_> =
                verdict.steps.iter().map(|step| step.after.number.as_str()).collect();
            let numbers = numbers.join("、");
            let reason =
                format!("这个邮箱一天内的来信太多，自动回信已停；请打电话告知办理结果：{numbers}");
            let registration = Some(first.after.id.clone());
            let reasons = vec![reason];
            verdict.tasks.push(Task { kind: TaskKind::Undelivered, registration, reasons });
        }
    }
}

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
        let one = |owed: &crate::roster::Owed| {
            let direct = matches!(owed.cause, Cause::Message(_));
            let mut letter = Letter::new(&self.office, &event.id, owed.clone(), now);
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
                due: now,
                numbers: owed.items.iter().filter_map(|item| item.number.clone()).collect(),
            }
        };
        verdict.letters.iter().map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::roster::Owed;

    fn owed(cause: Cause) -> Verdict {
        let to = Email::parse("maxiwen@163.com").unwrap();
        Verdict { letters: vec![Owed { cause, to, items: vec![] }], ..Verdict::default() }
    }

    fn options(answers_per_day: u32, staff: &str) -> Options {
        Options {
            events: vec![],
            own: BTreeSet::new(),
            mailboxes: BTreeMap::new(),
            staff: Email::parse(staff).into_iter().collect(),
            answers_per_day,
            recorded: String::new(),
        }
    }

    #[test]
    fn mail_from_the_staff_is_never_answered() {
        let mut verdict = owed(Cause::Message("1".to_owned()));
        Brake(BTreeMap::new()).apply(&mut verdict, &options(9, "maxiwen@163.com"));
        assert_eq!((verdict.letters.len(), verdict.no_letter), (0, Some(NoLetter::Ignored)));
    }

    #[test]
    fn the_brake_takes_the_answer_that_is_one_too_many_but_no_promotion() {
        let options = options(1, "staff@example.cn");
        let mut brake = Brake(BTreeMap::new());
        let mut first = owed(Cause::Message("1".to_owned()));
        brake.apply(&mut first, &options);
        assert_eq!((first.letters.len(), first.no_letter), (1, None));
        let mut second = owed(Cause::Message("2".to_owned()));
        brake.apply(&mut second, &options);
        assert_eq!((second.letters.len(), second.no_letter), (0, Some(NoLetter::Braked)));
        let mut promotion = owed(Cause::Promotion("XJ21-001".to_owned(), "2".to_owned()));
        brake.apply(&mut promotion, &options);
        assert_eq!(promotion.letters.len(), 1);
    }
}
