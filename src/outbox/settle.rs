//! A delivery's end becomes the letter's state, and what it means for the letters behind it.

use std::time::Duration;

use jiff::Timestamp;

use super::refusal::{self, Next, Rest};
use super::smtp::{Fault, Trouble};
use super::{Delivery, tomorrow};
use crate::store::LetterOutcome;

/// What happens next: to the letter, and to the pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Consequence {
    /// The letter's new state.
    pub(super) letter: LetterOutcome,
    /// The connection has had its share of letters.
    pub(super) leave: bool,
    /// Nothing is sent until then, and why.
    pub(super) pause: Option<(Timestamp, String)>,
    /// Somebody must mend something.
    pub(super) alarm: bool,
}

/// First wait before a letter is tried again; it doubles with every attempt.
const FIRST_WAIT: Duration = Duration::from_mins(2);

/// Longest wait before a letter is tried again.
const LONGEST_WAIT: Duration = Duration::from_hours(2);

/// How often a letter is tried before it is given up and shown: with the waits above about a day.
const MOST_ATTEMPTS: u32 = 16;

/// Wait after a server found its very first letter on a connection one too many.
const CROWDED: Duration = Duration::from_mins(10);

/// Waits when the server cannot be reached: first, and longest.
const OUTAGE: (Duration, Duration) = (Duration::from_secs(30), Duration::from_mins(15));

/// A letter's place among the attempts and on the connection, this one counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    /// Attempts to send the letter.
    pub(super) attempts: u32,
    /// Letters on this connection.
    pub(super) carried: u32,
}

/// What follows from a delivery.
pub(super) fn consequence(delivery: &Delivery, count: Count, now: Timestamp) -> Consequence {
    let attempts = count.attempts;
    let calm = |letter| Consequence { letter, leave: false, pause: None, alarm: false };
    let pause = |until, why: String, alarm| {
        let letter = LetterOutcome::Retry { at: until, why: why.clone() };
        Consequence { letter, leave: true, pause: Some((until, why)), alarm }
    };
    match delivery {
        Delivery::Sent { answer } => calm(LetterOutcome::Sent { reply: answer.to_string() }),
        Delivery::Uncertain { trouble } => {
            calm(LetterOutcome::Uncertain { why: trouble.to_string() })
        }
        Delivery::NotSent { trouble } => {
            let letter = again(attempts, now, trouble.to_string());
            Consequence { pause: Some(outage(trouble, 1, now)), ..calm(letter) }
        }
        Delivery::Refused { step, answer } => {
            let why = format!("{step}: {answer}");
            match refusal::next(*step, answer, attempts) {
                Next::Again => calm(again(attempts, now, why)),
                // Full with the first letter: it is not this connection that is too much.
                Next::Reconnect if count.carried <= 1 => pause(later(now, CROWDED), why, false),
                Next::Reconnect => {
                    Consequence { leave: true, ..calm(LetterOutcome::Retry { at: now, why }) }
                }
                Next::Refuse => calm(LetterOutcome::Refused { why }),
                Next::Pause { rest, alarm } => pause(end(rest, now), why, alarm),
            }
        }
    }
}

/// What follows when a session could not be opened, for the `outages`-th time in a row: a pause and
/// whether somebody must mend something. No letter was touched.
pub(super) fn no_session(
    trouble: &Trouble,
    outages: u32,
    now: Timestamp,
) -> ((Timestamp, String), bool) {
    match &trouble.fault {
        Fault::Answered(answer) => match refusal::next(trouble.step, answer, 1) {
            Next::Pause { rest, alarm } => ((end(rest, now), trouble.to_string()), alarm),
            Next::Again | Next::Reconnect | Next::Refuse => (outage(trouble, outages, now), true),
        },
        Fault::TimedOut(_) | Fault::Broken(_) => (outage(trouble, outages, now), false),
    }
}

fn again(attempts: u32, now: Timestamp, why: String) -> LetterOutcome {
    if attempts >= MOST_ATTEMPTS {
        return LetterOutcome::Refused {
            why: format!("given up after {attempts} attempts: {why}"),
        };
    }
    LetterOutcome::Retry { at: later(now, doubled(FIRST_WAIT, LONGEST_WAIT, attempts)), why }
}

fn outage(trouble: &Trouble, outages: u32, now: Timestamp) -> (Timestamp, String) {
    (later(now, doubled(OUTAGE.0, OUTAGE.1, outages)), trouble.to_string())
}

/// `first`, doubled for every turn after the first, at most `longest`.
fn doubled(first: Duration, longest: Duration, turn: u32) -> Duration {
    let factor = 1_u32.checked_shl(turn.saturating_sub(1)).unwrap_or(u32::MAX);
    first.saturating_mul(factor).min(longest)
}

fn end(rest: Rest, now: Timestamp) -> Timestamp {
    match rest {
        Rest::For(length) => later(now, length),
        Rest::Tomorrow => tomorrow(now),
    }
}

fn later(now: Timestamp, wait: Duration) -> Timestamp {
    now.checked_add(wait).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::super::smtp::{Answer, Step};
    use super::*;

    fn now() -> Timestamp {
        "2021-09-13T01:00:00Z".parse().unwrap()
    }

    fn refused(code: u16, text: &str, attempts: u32) -> Consequence {
        let answer = Answer { code, text: text.to_owned() };
        let count = Count { attempts, carried: 2 };
        consequence(&Delivery::Refused { step: Step::Text, answer }, count, now())
    }

    fn minutes(consequence: &Consequence) -> i64 {
        let LetterOutcome::Retry { at, .. } = &consequence.letter else {
            panic!("{consequence:?}")
        };
        at.duration_since(now()).as_secs() / 60
    }

    #[test]
    fn waits_double_from_two_minutes_to_two_hours_and_end() {
        let waits = [1, 2, 3, 6, 7, 15].map(|attempts| minutes(&refused(451, "later", attempts)));
        assert_eq!(waits, [2, 4, 8, 64, 120, 120]);
        let last = refused(451, "later", 16).letter;
        assert!(matches!(last, LetterOutcome::Refused { why } if why.contains("451 later")));
    }

    #[test]
    fn a_pause_holds_the_letter_and_all_others_as_long() {
        let consequence = refused(451, "MI:SFQ 163 smtp1", 1);
        let (until, why) = consequence.pause.clone().unwrap();
        assert_eq!(minutes(&consequence), until.duration_since(now()).as_secs() / 60);
        assert_eq!(why, "the final dot: 451 MI:SFQ 163 smtp1");
        assert!(refused(550, "MI:STC", 1).alarm && !consequence.alarm);
    }

    #[test]
    fn a_full_connection_costs_the_letter_nothing() {
        let consequence = refused(450, "MI:DMC", 1);
        assert_eq!((minutes(&consequence), consequence.leave), (0, true));
        assert_eq!(consequence.pause, None);
        let answer = Answer { code: 450, text: "MI:DMC".to_owned() };
        let first = Delivery::Refused { step: Step::Text, answer };
        let first = super::consequence(&first, Count { attempts: 1, carried: 1 }, now());
        assert_eq!((minutes(&first), first.pause.is_some()), (10, true));
    }

    #[test]
    fn an_unreachable_server_is_asked_less_and_less_often() {
        let trouble = Trouble { step: Step::Connect, fault: Fault::Broken("refused".into()) };
        let wait = |outages| {
            let ((until, _), alarm) = no_session(&trouble, outages, now());
            assert!(!alarm);
            until.duration_since(now()).as_secs()
        };
        assert_eq!([1, 2, 3, 6, 40].map(wait), [30, 60, 120, 900, 900]);
    }
}
