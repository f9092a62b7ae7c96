//! Refusals by a provider, played through: what becomes of the letter and of those behind it.

use crate::office::{Office, smtp};
use crate::provider::{Act, Provider};

#[tokio::test]
async fn an_unknown_recipient_is_refused_and_the_next_letter_goes_over_the_same_session() {
    let office = Office::open().await;
    office.owes(&["nobody@qq.com", "two@qq.com"]).await;
    let provider = Provider::start().on("rcpt", [Act::Say(b"550 Invalid User: nobody@qq.com")]);
    let report = office.outbox(smtp(provider.port)).pass().await.unwrap();
    assert_eq!((report.sent, report.refused), (1, 1));
    assert_eq!(office.states().await, ["refused", "sent"]);
    assert_eq!(office.outcomes().await[0], "RCPT TO: 550 Invalid User: nobody@qq.com");
    let sessions = provider.seen().sessions;
    assert_eq!(sessions.len(), 1);
    assert!(sessions[0].contains(&"RSET".to_owned()), "{sessions:?}");
}

#[tokio::test]
async fn what_is_taken_for_spam_is_never_sent_again_by_itself() {
    let office = Office::open().await;
    office.owes(&["one@qq.com"]).await;
    let provider = Provider::start().on("text", [Act::Say(b"554 DT:SPM 163 smtp12,EMCow")]);
    let outbox = office.outbox(smtp(provider.port));
    outbox.pass().await.unwrap();
    office.wait(3 * 24 * 60);
    outbox.pass().await.unwrap();
    assert_eq!(provider.seen().texts.len(), 1);
    assert_eq!(office.states().await, ["refused"]);
    assert_eq!(office.store.open_tasks().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_quarter_hours_limit_stops_all_letters_until_it_is_over_and_over_a_restart() {
    let office = Office::open().await;
    office.owes(&["one@qq.com", "two@qq.com"]).await;
    let provider = Provider::start().on("text", [Act::Say(b"451 MI:SFQ 163 smtp3,x")]);
    let report = office.outbox(smtp(provider.port)).pass().await.unwrap();
    assert_eq!((report.sent, report.deferred), (0, 1));
    office.wait(24);
    let office = office.restarted().await;
    let outbox = office.outbox(smtp(provider.port));
    assert_eq!(outbox.pass().await.unwrap().sent, 0);
    assert_eq!(provider.seen().sessions.len(), 1);
    office.wait(2);
    assert_eq!(outbox.pass().await.unwrap().sent, 2);
}

#[tokio::test]
async fn a_days_limit_stops_all_letters_until_the_next_day_in_beijing() {
    let office = Office::open().await;
    office.owes(&["one@qq.com"]).await;
    let provider = Provider::start().on("mail", [Act::Say(b"550 MI:STC 163 smtp3,x")]);
    let report = office.outbox(smtp(provider.port)).pass().await.unwrap();
    assert_eq!(report.again_at.unwrap(), crate::desk::at("2021-09-14T00:10:00+08:00"));
    assert!(report.paused.unwrap().1, "somebody must know");
    assert_eq!(office.states().await, ["waiting"]);
}

#[tokio::test]
async fn a_connection_that_had_its_share_is_left_and_the_letter_goes_over_a_new_one() {
    let office = Office::open().await;
    office.owes(&["one@qq.com", "two@qq.com", "three@qq.com"]).await;
    let share = Act::Say(b"451 MI:DMC 163 gzga-smtp-mtada-g0-3,_____wA3YOj 1749689566");
    let nice = Act::First(std::sync::Arc::new(|| ()));
    let provider = Provider::start().on("mail", [nice, share]);
    let outbox = office.outbox(smtp(provider.port));
    let report = outbox.pass().await.unwrap();
    assert_eq!((report.sent, report.deferred), (2, 1));
    assert_eq!(report.again_at.unwrap(), office.clock.now());
    assert_eq!(outbox.pass().await.unwrap().sent, 1);
    assert_eq!(provider.seen().sessions.len(), 3);
    assert_eq!(office.states().await, ["sent"; 3]);
}

#[tokio::test]
async fn a_refused_login_pauses_at_least_half_an_hour_without_touching_a_letter() {
    let office = Office::open().await;
    office.owes(&["one@qq.com"]).await;
    let provider = Provider::start().on("auth", [Act::Say(b"535 Error: authentication failed")]);
    let outbox = office.outbox(smtp(provider.port));
    let report = outbox.pass().await.unwrap();
    assert!(report.paused.unwrap().1);
    office.wait(30);
    outbox.pass().await.unwrap();
    assert_eq!(provider.seen().sessions.len(), 1);
    assert_eq!(office.letters().await[0].attempts, 0);
    office.wait(6);
    assert_eq!(outbox.pass().await.unwrap().sent, 1);
}

#[tokio::test]
async fn a_letter_that_is_put_off_again_and_again_is_given_up_and_shown() {
    let office = Office::open().await;
    office.owes(&["one@qq.com"]).await;
    let busy = std::iter::repeat_n(Act::Say(b"452 too many users"), 100);
    let provider = Provider::start().on("rcpt", busy);
    let outbox = office.outbox(smtp(provider.port));
    for _ in 0..40 {
        outbox.pass().await.unwrap();
        office.wait(120);
    }
    assert_eq!(office.states().await, ["refused"]);
    assert_eq!(provider.seen().sessions.len(), 16);
    assert!(office.outcomes().await[0].contains("given up after 16 attempts"));
}
