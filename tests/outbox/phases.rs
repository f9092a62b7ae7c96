//! What becomes of a letter, whatever a provider does in whatever phase: one table.

use std::sync::Arc;
use std::time::Duration;

use baoming::outbox::Postman;
use baoming::outbox::refusal::Next;
use baoming::outbox::smtp::{Limits, Server, Step, Tls};
use baoming::store::LetterOutcome;
use futures::future::join_all;

use crate::office::{Office, server};
use crate::provider::{Act, Provider};
use crate::refusal;

/// How a letter ends after one pass: its state, how often it was tried, whether sending rests, how
/// many texts the provider has.
type End = (&'static str, u32, bool, usize);

/// The letter waits, and so does everything behind it; it was not begun.
const LATER: End = ("waiting", 0, true, 0);
/// The same; it was begun, and is certainly not out.
const AGAIN: End = ("waiting", 1, true, 0);
/// Nobody knows: it is not sent again by itself.
const UNKNOWN: End = ("uncertain", 1, false, 1);
/// It is out.
const SENT: End = ("sent", 1, false, 1);

/// What a provider does, by phase.
type Acts = Vec<(&'static str, Act)>;

/// For stories in which somebody waits for nothing, and for all others.
const SHORT: Duration = Duration::from_secs(4);
const LONG: Duration = Duration::from_mins(1);

const SLOW: Act = Act::Babble(b"250-wait", Duration::from_millis(50));

/// Lines of an answer that never ends.
fn endless() -> Act {
    let line = format!("250-{}", "x".repeat(900));
    Act::Babble(Box::leak(line.into_boxed_str()).as_bytes(), Duration::ZERO)
}

/// Tells the story of one letter to `to`; whatever it leaves behind does not hold up the next one.
async fn end(office: &Office, to: &str, limit: Duration, protection: Tls, acts: &Acts) -> End {
    office.owes(&[to]).await;
    let provider = acts
        .iter()
        .fold(Provider::start(), |provider, (phase, act)| provider.on(phase, [act.clone()]));
    let limits = Limits { connect: limit, command: limit, text: limit };
    let server = Server { tls: protection, limits, ..server(provider.port) };
    let report = office.outbox(Postman::Smtp(Box::new(server))).pass().await.unwrap();
    office.store.lift_pause(baoming::outbox::PAUSE).await.unwrap();
    let letter = office.letters().await.pop().unwrap();
    let texts = provider.seen().texts.len();
    if letter.attempts == 0 {
        // Nobody claimed it: it would be the first of the next story.
        office.store.settle_letter(&letter.id, &LetterOutcome::Superseded).await.unwrap();
    }
    (letter.state.word(), letter.attempts, report.paused.is_some(), texts)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_in_every_phase_has_its_one_end() {
    let slowly = || Act::First(Arc::new(|| std::thread::sleep(Duration::from_millis(400))));
    let offers = ("ehlo", Act::Say(b"250-mail\r\n250 STARTTLS"));
    let plain = |phase, act, end| (Tls::None, vec![(phase, act)], end);
    let mut cases = vec![
        (Tls::Implicit, vec![("banner", Act::Stall)], LATER),
        (Tls::Implicit, vec![("banner", Act::HangUp)], LATER),
        (Tls::Implicit, vec![], LATER),
        (Tls::StartTls, vec![], LATER),
        (Tls::StartTls, vec![offers.clone()], LATER),
        (Tls::StartTls, vec![offers.clone(), ("starttls", Act::HangUp)], LATER),
        (Tls::StartTls, vec![offers.clone(), ("starttls", Act::Say(b"454 not now"))], LATER),
        (Tls::StartTls, vec![offers, ("starttls", Act::Say(b"220 go\r\n220 more"))], LATER),
        plain("banner", endless(), LATER),
        plain("mail", endless(), AGAIN),
        plain("mail", SLOW, AGAIN),
        plain("data", Act::Say(b"250 what text?"), ("waiting", 1, false, 0)),
        plain("text", Act::Stall, UNKNOWN),
        plain("text", Act::HangUp, UNKNOWN),
        plain("text", endless(), UNKNOWN),
        plain("text", SLOW, UNKNOWN),
        plain("text", Act::Say(b"no SMTP at all"), UNKNOWN),
        plain("text", Act::Say(b"354 once more"), UNKNOWN),
        plain("text", Act::Say(b"250-Mail OK\r\n250 queued"), SENT),
        plain("text", slowly(), SENT),
        plain("mail", slowly(), SENT),
        plain("quit", Act::Stall, SENT),
        plain("quit", Act::HangUp, SENT),
        plain("quit", Act::Say(b"554 go away"), SENT),
    ];
    for phase in ["banner", "ehlo", "auth"] {
        for act in [Act::Stall, Act::HangUp, Act::Say(b"421 closing")] {
            cases.push(plain(phase, act, LATER));
        }
    }
    for phase in ["mail", "rcpt", "data"] {
        for act in [Act::Stall, Act::HangUp, Act::Say(b"421 closing")] {
            cases.push(plain(phase, act, AGAIN));
        }
        cases.push(plain(phase, Act::Say(b"451 local error"), ("waiting", 1, false, 0)));
        cases.push(plain(phase, Act::Say(b"no SMTP at all"), AGAIN));
    }
    // Silence is waited for at the same time, each in an office of its own.
    let waits = |acts: &Acts| {
        acts.is_empty()
            || acts.len() == 1 && acts[0].0 == "ehlo"
            || acts.iter().any(|(_, act)| matches!(act, Act::Stall | Act::Babble(..)))
    };
    let (silent, loud): (Vec<_>, Vec<_>) = cases.into_iter().partition(|case| waits(&case.1));
    let mut ends = Vec::new();
    let office = Office::open().await;
    for (n, case) in loud.iter().enumerate() {
        ends.push(end(&office, &format!("c{n}@qq.com"), LONG, case.0, &case.1).await);
    }
    ends.extend(
        join_all(silent.iter().map(|case| async {
            end(&Office::open().await, "one@qq.com", SHORT, case.0, &case.1).await
        }))
        .await,
    );
    let told = loud.iter().chain(&silent).zip(ends);
    let wrong: Vec<_> = told
        .filter(|((_, _, expected), end)| expected != end)
        .map(|((tls, acts, expected), end)| format!("{tls:?} {acts:?}: {end:?}, not {expected:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_published_refusal_has_its_end_over_the_wire_too() {
    let office = Office::open().await;
    let mut wrong = Vec::new();
    for (n, (code, text, step, next)) in refusal::cases().into_iter().enumerate() {
        let phase = match step {
            Step::Login => "auth",
            Step::Sender => "mail",
            Step::Recipient => "rcpt",
            Step::Data => "data",
            Step::Text => "text",
            _ => "banner",
        };
        let words: &'static [u8] = Box::leak(format!("{code} {text}").into_boxed_str()).as_bytes();
        let tried = u32::from(!matches!(phase, "banner" | "auth"));
        let texts = usize::from(phase == "text");
        let expected = match next {
            Next::Refuse => ("refused", tried, false, texts),
            Next::Again => ("waiting", tried, false, texts),
            Next::Reconnect | Next::Pause { .. } => ("waiting", tried, true, texts),
        };
        let acts = vec![(phase, Act::Say(words))];
        let end = end(&office, &format!("c{n}@qq.com"), LONG, Tls::None, &acts).await;
        if end != expected {
            wrong.push(format!("{code} {text} at {phase}: {end:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
