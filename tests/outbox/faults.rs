//! Silence and broken connections in every phase: before the text a letter waits, behind it nobody
//! knows.

use baoming::outbox::smtp::{Fault, Step, probe};
use baoming::roster::TaskKind;

use crate::office::{Office, server, smtp};
use crate::provider::{Act, Provider};

/// One letter against a provider that does `act` in `phase`; then a second pass after a day.
async fn story(phase: &'static str, act: Act) -> (Office, Provider) {
    let office = Office::open().await;
    office.owes(&["one@qq.com"]).await;
    let provider = Provider::start().on(phase, [act]);
    let outbox = office.outbox(smtp(provider.port));
    outbox.pass().await.unwrap();
    (office, provider)
}

async fn before_the_text(phase: &'static str, act: Act, attempts: u32) {
    let (office, provider) = story(phase, act).await;
    let letter = office.letters().await.remove(0);
    assert_eq!((letter.state.word(), letter.attempts), ("waiting", attempts), "{phase}");
    assert!(provider.seen().texts.is_empty());
    let outbox = office.outbox(smtp(provider.port));
    let paused = outbox.pass().await.unwrap();
    assert!(paused.paused.is_some() && paused.sent == 0, "{phase}: {paused:?}");
    assert_eq!(provider.seen().sessions.len(), 1, "a pause means no connection");
    office.clock.set(paused.again_at.unwrap().max(office.letters().await[0].due));
    assert_eq!(outbox.pass().await.unwrap().sent, 1, "{phase}");
    assert_eq!(provider.seen().texts.len(), 1);
}

macro_rules! before_the_text {
    ($($name:ident: $phase:literal, $attempts:literal;)*) => {
        $(mod $name {
            use super::*;

            #[tokio::test]
            async fn silence_only_delays_the_letter() {
                before_the_text($phase, Act::Stall, $attempts).await;
            }

            #[tokio::test]
            async fn a_lost_connection_only_delays_the_letter() {
                before_the_text($phase, Act::HangUp, $attempts).await;
            }
        })*
    };
}

before_the_text! {
    at_the_banner: "banner", 0;
    at_ehlo: "ehlo", 0;
    at_auth: "auth", 0;
    at_mail_from: "mail", 1;
    at_rcpt_to: "rcpt", 1;
    at_data: "data", 1;
}

/// The text went out and its answer was lost.
async fn behind_the_dot(act: Act) {
    let (office, provider) = story("text", act).await;
    assert_eq!(office.states().await, ["uncertain"]);
    let tasks = office.store.open_tasks().await.unwrap();
    assert_eq!(tasks.iter().map(|task| task.kind).collect::<Vec<_>>(), [TaskKind::Undelivered]);

    // It is never sent again by itself, not in a day and not after a restart.
    office.wait(24 * 60);
    let office = office.restarted().await;
    let outbox = office.outbox(smtp(provider.port));
    assert_eq!(outbox.recover().await.unwrap(), 0);
    assert_eq!(outbox.pass().await.unwrap().sent, 0);
    assert_eq!(provider.seen().texts.len(), 1);

    // A clerk's word sends the same bytes again.
    let number = office.letters().await[0].number.to_string();
    assert!(office.store.resend_letter(&number, "clerk").await.unwrap());
    assert_eq!(outbox.pass().await.unwrap().sent, 1);
    let texts = provider.seen().texts;
    assert_eq!(texts.len(), 2);
    assert_eq!(texts[0], texts[1]);
}

#[tokio::test]
async fn silence_behind_the_dot_leaves_the_letter_uncertain() {
    behind_the_dot(Act::Stall).await;
}

#[tokio::test]
async fn a_connection_lost_behind_the_dot_leaves_the_letter_uncertain() {
    behind_the_dot(Act::HangUp).await;
}

#[tokio::test]
async fn only_250_behind_the_dot_is_success() {
    for words in [&b"251 hm"[..], b"354 go on", b"200 well"] {
        behind_the_dot(Act::Say(words)).await;
    }
}

#[tokio::test]
async fn an_answer_that_comes_too_late_is_not_taken_for_the_next_letters() {
    let office = Office::open().await;
    office.owes(&["one@qq.com", "two@qq.com"]).await;
    let spam = b"554 DT:SPM 163 smtp12,EMCow";
    let provider = Provider::start().on("text", [Act::Stall, Act::Say(spam)]);
    office.outbox(smtp(provider.port)).pass().await.unwrap();
    assert_eq!(office.states().await, ["uncertain", "refused"]);
    assert_eq!(provider.seen().sessions.len(), 2, "a connection in doubt is not used again");
}

#[tokio::test]
async fn answers_shifted_by_one_send_nothing() {
    let office = Office::open().await;
    office.owes(&["one@qq.com"]).await;
    // Two answers to MAIL: the one to DATA is RCPT's 250 then, and no text may follow.
    let twice = Act::Say(b"250 Mail OK\r\n250 Mail OK");
    let provider = Provider::start().on("mail", [twice]);
    assert_eq!(office.outbox(smtp(provider.port)).pass().await.unwrap().sent, 0);
    assert_eq!(office.states().await, ["waiting"]);
}

#[tokio::test]
async fn a_refusal_in_gbk_is_a_refusal_and_not_a_lost_connection() {
    // 554 拒绝
    let (office, _) = story("text", Act::Say(b"554 \xbe\xdc\xbe\xf8")).await;
    assert_eq!(office.states().await, ["refused"]);
    assert_eq!(office.outcomes().await, ["the final dot: 554 ????"]);
}

#[tokio::test]
async fn a_greeting_in_gbk_does_no_harm() {
    let (office, _) = story("banner", Act::Say(b"220 \xbb\xb6\xd3\xad")).await;
    assert_eq!(office.states().await, ["sent"]);
}

#[tokio::test]
async fn a_server_that_is_not_there_costs_no_attempt_and_is_asked_less_and_less_often() {
    let office = Office::open().await;
    office.owes(&["one@qq.com"]).await;
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let outbox = office.outbox(smtp(gone));
    let mut waits = Vec::new();
    for _ in 0..4 {
        let until = outbox.pass().await.unwrap().again_at.unwrap();
        waits.push(until.duration_since(office.clock.now()).as_secs());
        office.clock.set(until);
    }
    assert_eq!(waits, [30, 60, 120, 240]);
    assert_eq!(office.letters().await[0].attempts, 0);
}

#[tokio::test]
async fn a_self_test_names_the_step_that_failed() {
    let cases = [
        ("banner", Act::HangUp, Step::Greeting),
        ("ehlo", Act::Stall, Step::Greeting),
        ("auth", Act::Say(b"535 Error: authentication failed"), Step::Login),
        ("quit", Act::HangUp, Step::Goodbye),
    ];
    for (phase, act, step) in cases {
        let found = probe(&server(Provider::start().on(phase, [act]).port)).await;
        let trouble = found.failed.unwrap();
        assert_eq!(trouble.step, step, "{phase}");
        assert!(!found.passed.contains(&step));
    }
    let found = probe(&server(Provider::start().on("banner", [Act::Say(b"554 IP")]).port)).await;
    let trouble = found.failed.unwrap();
    assert!(matches!(trouble.fault, Fault::Answered(answer) if answer.code == 554));
}

#[tokio::test]
async fn an_unprotected_connection_leaves_this_machine_never() {
    let mut remote = server(25);
    remote.host = "smtp.163.com".to_owned();
    let trouble = probe(&remote).await.failed.unwrap();
    assert_eq!(trouble.step, Step::Connect);
    assert!(trouble.to_string().contains("is not this machine"), "{trouble}");
}
