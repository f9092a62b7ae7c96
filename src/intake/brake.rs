//! The brake on automatic answers and on tasks: robots must not write to each other for ever, and a
//! flood must neither bury the staff nor fill the outbox before those who have something to hear.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::Options;
use crate::message::Email;
use crate::roster::{Cause, NoLetter, Outcome, Owed, Task, TaskKind, Verdict};
use crate::store::{Result, Work};

/// The time over which automatic answers are counted.
const SPAN: SignedDuration = SignedDuration::from_hours(24);

/// Open tasks because of one sender's messages; the last of them says that there are more.
const TASKS_A_SENDER: u32 = 10;

/// What the last task of a sender says.
const MORE_OF_THEM: &str = "这个邮箱的来信很多，后面的来信不再逐封列出，请到邮箱中查看";

/// What the task says whose mail got no answer because enough were written.
const ENOUGH: &str = "一天内的自动回信已到上限，这封来信没有自动回复，请答复";

/// What the task says of a mail that answers a letter which went to another address.
const STRANGER: &str = "来信用另一个邮箱答复我们的回信，没有自动回复，请查看";

/// Counts what a bureau wrote to each address, and in all.
#[derive(Debug, Default)]
pub(super) struct Brake {
    /// The bureau.
    bureau: String,
    /// Letters to each address.
    written: BTreeMap<Email, u32>,
    /// Answers that tell of no decision, to anybody.
    courtesies: u32,
    /// Open tasks because of each address.
    tasks: BTreeMap<Email, u32>,
}

impl Brake {
    pub(super) async fn load(
        work: &mut Work,
        bureau: &str,
        senders: &[Email],
        now: Timestamp,
    ) -> Result<Self> {
        let since = now.checked_sub(SPAN).unwrap_or(Timestamp::MIN);
        Ok(Self {
            bureau: bureau.to_owned(),
            written: work.letters_since(bureau, senders, since).await?.0,
            courtesies: work.courtesies_since(bureau, since).await?,
            tasks: work.open_tasks_of(senders).await?,
        })
    }

    /// Takes away an answer that would be one too many, and tasks that say nothing new. `stranger`:
    /// the message answers a letter that went to somebody else. Letters with a cause of their own (a
    /// promotion) are never held back.
    pub(super) fn apply(
        &mut self,
        verdict: &mut Verdict,
        sender: Option<&Email>,
        stranger: bool,
        options: &Options,
    ) {
        let (staff, answers_per_day, courtesies_per_day) = match options.others.get(&self.bureau) {
            Some(own) => (&own.staff, own.answers_per_day, own.courtesies_per_day),
            None => (&options.staff, options.answers_per_day, options.courtesies_per_day),
        };
        let decides = !verdict.steps.is_empty();
        let mut unanswered = None;
        let (mut kept, mut no_letter) = (Vec::new(), verdict.no_letter);
        for owed in std::mem::take(&mut verdict.letters) {
            let written = self.written.entry(owed.to.clone()).or_default();
            let answer = matches!(owed.cause, Cause::Message(_));
            let courtesy = answer && !decides && is_courtesy(&owed);
            let held = if answer && staff.contains(&owed.to) {
                Some(NoLetter::Ignored)
            } else if answer && !decides && stranger {
                unanswered = Some(STRANGER);
                Some(NoLetter::Loop)
            } else if answer && *written >= answers_per_day {
                Some(NoLetter::Braked)
            } else if courtesy && self.courtesies >= courtesies_per_day {
                unanswered = Some(ENOUGH);
                Some(NoLetter::Braked)
            } else {
                None
            };
            if held.is_some() {
                no_letter = held;
                continue;
            }
            *written += 1;
            self.courtesies += u32::from(courtesy);
            kept.push(owed);
        }
        (verdict.letters, verdict.no_letter) = (kept, no_letter);
        if let Some(why) = unanswered {
            left_to_staff(verdict, why);
        }
        call_instead(verdict);
        if let Some(sender) = sender {
            self.limit_tasks(verdict, sender);
        }
    }

    /// Leaves out tasks beyond a sender's share, but for those about a registration: each of these is
    /// another person's.
    fn limit_tasks(&mut self, verdict: &mut Verdict, sender: &Email) {
        let open = self.tasks.entry(sender.clone()).or_default();
        verdict.tasks.retain_mut(|task| {
            let own = task.registration.is_some() && task.kind != TaskKind::Undelivered;
            *open = open.saturating_add(1);
            if !own && *open == TASKS_A_SENDER {
                task.reasons.push(MORE_OF_THEM.to_owned());
            }
            own || *open <= TASKS_A_SENDER
        });
    }
}

/// Whether a letter only says that a message came, or that nothing can be done.
fn is_courtesy(owed: &Owed) -> bool {
    owed.items.iter().any(|item| item.number.is_none() || item.outcome == Outcome::Passed)
}

/// Nobody who writes is left without an answer: the staff give it.
fn left_to_staff(verdict: &mut Verdict, why: &str) {
    match verdict.tasks.first_mut() {
        Some(task) => task.reasons.push(why.to_owned()),
        None => verdict.tasks.push(Task {
            kind: TaskKind::Inquiry,
            registration: None,
            reasons: vec![why.to_owned()],
        }),
    }
}

/// Whoever got or lost a place must hear of it all the same; a robot's mail does neither.
fn call_instead(verdict: &mut Verdict) {
    let first = verdict.steps.first().filter(|_| verdict.no_letter == Some(NoLetter::Braked));
    let Some(first) = first else { return };
    let numbers: Vec<_> = verdict.steps.iter().map(|step| step.after.number.as_str()).collect();
    let numbers = numbers.join("、");
    let reason = format!("这个邮箱一天内的来信太多，自动回信已停；请打电话告知办理结果：{numbers}");
    let registration = Some(first.after.id.clone());
    let task = Task { kind: TaskKind::Undelivered, registration, reasons: vec![reason] };
    verdict.tasks.push(task);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::roster::Item;

    fn email(n: usize) -> Email {
        Email::parse(&format!("c{n}@163.com")).unwrap()
    }

    fn owed(cause: Cause, n: usize) -> Verdict {
        let items = vec![Item::whole(Outcome::Passed)];
        Verdict {
            letters: vec![Owed { cause, to: email(n), items, not_before: None }],
            ..Verdict::default()
        }
    }

    fn answer(n: usize) -> Verdict {
        owed(Cause::Message("1".to_owned()), n)
    }

    fn options(answers_per_day: u32, courtesies_per_day: u32) -> Options {
        Options {
            events: vec![],
            own: BTreeSet::new(),
            mailboxes: BTreeMap::new(),
            staff: [email(9)].into(),
            answers_per_day,
            courtesies_per_day,
            others: BTreeMap::new(),
            pool: None,
            recorded: String::new(),
        }
    }

    fn ended(verdict: &Verdict) -> (usize, Option<NoLetter>) {
        (verdict.letters.len(), verdict.no_letter)
    }

    #[test]
    fn mail_from_the_staff_is_never_answered() {
        let mut verdict = answer(9);
        Brake::default().apply(&mut verdict, None, false, &options(9, 9));
        assert_eq!(ended(&verdict), (0, Some(NoLetter::Ignored)));
    }

    #[test]
    fn the_brake_takes_the_answer_that_is_one_too_many_but_no_promotion() {
        let (options, mut brake) = (options(1, 9), Brake::default());
        for expected in [(1, None), (0, Some(NoLetter::Braked))] {
            let mut verdict = answer(1);
            brake.apply(&mut verdict, Some(&email(1)), false, &options);
            assert_eq!(ended(&verdict), expected);
        }
        let mut promotion = owed(Cause::Promotion("XJ21-001".to_owned(), "2".to_owned()), 1);
        brake.apply(&mut promotion, Some(&email(1)), false, &options);
        assert_eq!(promotion.letters.len(), 1);
    }

    #[test]
    fn beyond_the_days_share_of_courtesies_the_staff_answer() {
        let (options, mut brake) = (options(9, 2), Brake::default());
        for n in 0..4 {
            let mut verdict = answer(n);
            brake.apply(&mut verdict, Some(&email(n)), false, &options);
            let tasks: Vec<_> = verdict.tasks.iter().flat_map(|task| &task.reasons).collect();
            if n < 2 {
                assert_eq!((ended(&verdict), tasks.len()), ((1, None), 0));
            } else {
                assert_eq!(
                    (ended(&verdict), tasks),
                    ((0, Some(NoLetter::Braked)), vec![&ENOUGH.to_owned()])
                );
            }
        }
    }

    #[test]
    fn who_answers_a_letter_that_went_to_somebody_else_gets_none() {
        let mut verdict = answer(1);
        Brake::default().apply(&mut verdict, Some(&email(1)), true, &options(9, 9));
        assert_eq!(ended(&verdict), (0, Some(NoLetter::Loop)));
    }

    #[test]
    fn one_senders_flood_is_told_once() {
        let (options, mut brake) = (options(1, 9), Brake::default());
        let task = || Task { kind: TaskKind::Inquiry, registration: None, reasons: vec![] };
        let mut told = Vec::new();
        for _ in 0..100 {
            let mut verdict = Verdict { tasks: vec![task()], ..answer(1) };
            brake.apply(&mut verdict, Some(&email(1)), false, &options);
            told.extend(verdict.tasks);
        }
        assert_eq!(told.len(), 10);
        let notes = told.iter().filter(|task| task.reasons == [MORE_OF_THEM]).count();
        assert_eq!((notes, &told[9].reasons[..]), (1, &[MORE_OF_THEM.to_owned()][..]));
        let registration = Some("e/XJ21-001".to_owned());
        let review = Task { kind: TaskKind::Review, registration, reasons: vec![] };
        let mut verdict = Verdict { tasks: vec![review], ..Verdict::default() };
        brake.apply(&mut verdict, Some(&email(1)), false, &options);
        assert_eq!(verdict.tasks.len(), 1, "a person's case is never left out");
    }
}
