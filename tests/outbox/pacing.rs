//! How fast letters leave.

use std::time::Duration;

use baoming::clock::Clock;
use baoming::outbox::{Pace, Postman, Sent};
use baoming::roster::Cause;
use baoming::store::{NewLetter, Said};

use crate::desk::{at, email};
use crate::office::{Office, opening, smtp};
use crate::provider::Provider;

fn many(n: usize) -> Vec<String> {
    (0..n).map(|n| format!("citizen{n}@qq.com")).collect()
}

async fn owing(n: usize) -> Office {
    let office = Office::open().await;
    let recipients = many(n);
    office.owes(&recipients.iter().map(String::as_str).collect::<Vec<_>>()).await;
    office
}

#[tokio::test]
async fn no_more_leave_in_a_quarter_of_an_hour_than_allowed() {
    let office = owing(12).await;
    let pace = Pace { per_quarter: 5, ..Pace::unlimited() };
    let outbox = office.paced(Postman::Memory(Sent::default()), pace);
    let report = outbox.pass().await.unwrap();
    assert_eq!(report.sent, 5);
    assert_eq!(report.again_at.unwrap(), at("2021-09-13T08:31:00+08:00"));
    office.wait(14);
    assert_eq!(outbox.pass().await.unwrap().sent, 0);
    office.wait(2);
    assert_eq!(outbox.pass().await.unwrap().sent, 5);
}

#[tokio::test]
async fn the_days_cap_holds_over_a_restart_but_not_the_digest() {
    let office = owing(12).await;
    let pace = Pace { per_day: 10, ..Pace::unlimited() };
    let sent = Sent::default();
    let report = office.paced(Postman::Memory(sent.clone()), pace).pass().await.unwrap();
    assert_eq!(report.sent, 10);
    office.wait(12 * 60);
    let day = Cause::Digest("2021-09-13".to_owned());
    let digest = NewLetter {
        cause: day,
        to: email("staff@163.com"),
        message_id: "bm.d@163.com".to_owned(),
        facts: Said::of(&serde_json::json!({})),
        mail: Some(b"Subject: digest\r\n\r\n".to_vec()),
        due: opening(),
        numbers: Vec::new(),
    };
    office.keeps(vec![digest]).await;
    let office = office.restarted().await;
    let outbox = office.paced(Postman::Memory(sent.clone()), pace);
    assert_eq!(outbox.pass().await.unwrap().sent, 1);
    assert_eq!(sent.all().last().unwrap().to, email("staff@163.com"));
    office.wait(13 * 60);
    assert_eq!(outbox.pass().await.unwrap().sent, 2);
}

#[tokio::test]
async fn a_session_carries_no_more_than_allowed() {
    let office = owing(7).await;
    let provider = Provider::start();
    let pace = Pace { per_session: 3, ..Pace::unlimited() };
    assert_eq!(office.paced(smtp(provider.port), pace).pass().await.unwrap().sent, 7);
    let sessions = provider.seen().sessions;
    let texts = |session: &Vec<String>| session.iter().filter(|line| *line == "DATA").count();
    assert_eq!(sessions.iter().map(texts).collect::<Vec<_>>(), [3, 3, 1]);
    assert!(sessions.iter().all(|session| session.last().unwrap() == "QUIT"));
}

#[tokio::test]
async fn where_the_clock_stands_the_gap_is_left_to_its_owner() {
    let office = owing(2).await;
    let pace = Pace { gap: Duration::from_secs(10), ..Pace::unlimited() };
    let outbox = office.paced(Postman::Memory(Sent::default()), pace);
    let report = outbox.pass().await.unwrap();
    assert_eq!(report.sent, 1);
    assert_eq!(report.again_at.unwrap(), at("2021-09-13T08:30:10+08:00"));
    office.clock.set(report.again_at.unwrap());
    assert_eq!(outbox.pass().await.unwrap().sent, 1);
}

#[tokio::test]
async fn what_piled_up_in_an_outage_of_six_hours_leaves_in_order_and_no_faster_than_allowed() {
    let office = owing(12).await;
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let pace = Pace { per_quarter: 5, ..Pace::unlimited() };
    let outbox = office.paced(smtp(gone), pace);
    let end = opening() + jiff::SignedDuration::from_hours(6);
    let mut knocks = 0;
    while office.clock.now() < end {
        let report = outbox.pass().await.unwrap();
        assert!(report.sent == 0 && report.paused.is_some(), "{report:?}");
        knocks += 1;
        office.clock.set(report.again_at.unwrap());
    }
    assert!(knocks < 40, "a server that is gone was asked {knocks} times in six hours");
    assert!(office.letters().await.iter().all(|letter| letter.attempts == 0));
    let provider = Provider::start();
    let outbox = office.paced(smtp(provider.port), pace);
    for sent in [5, 5, 2] {
        assert_eq!(outbox.pass().await.unwrap().sent, sent);
        assert_eq!(outbox.pass().await.unwrap().sent, 0, "the quarter has had its share");
        office.wait(16);
    }
    let recipients: Vec<String> = (0..12).map(|n| format!("RCPT TO:<citizen{n}@qq.com>")).collect();
    let sessions = provider.seen().sessions.into_iter().flatten();
    let told: Vec<_> = sessions.filter(|command| command.starts_with("RCPT")).collect();
    assert_eq!(told, recipients);
}

#[tokio::test]
async fn a_pass_tells_when_the_next_letter_is_due() {
    let office = owing(1).await;
    let outbox = office.outbox(Postman::Memory(Sent::default()));
    office.clock.set(at("2021-09-13T08:00:00+08:00"));
    let report = outbox.pass().await.unwrap();
    assert_eq!((report.sent, report.again_at), (0, Some(opening())));
}

#[tokio::test]
async fn a_halted_outbox_sends_nothing_more() {
    let office = owing(2).await;
    let outbox = office.outbox(Postman::Memory(Sent::default()));
    outbox.halt();
    assert_eq!(outbox.pass().await.unwrap().sent, 0);
    assert_eq!(office.states().await, ["waiting"; 2]);
}

#[tokio::test]
async fn a_halt_ends_the_wait_between_two_letters() {
    let desk = owing(2).await;
    let sent = Sent::default();
    let pace = Pace { gap: Duration::from_hours(1), ..Pace::unlimited() };
    let outbox = desk.timed(Clock::system(), Postman::Memory(sent.clone()), pace);
    let halt_after_the_first = async {
        while sent.all().is_empty() {
            tokio::task::yield_now().await;
        }
        outbox.halt();
    };
    let (report, ()) = tokio::join!(outbox.pass(), halt_after_the_first);
    assert_eq!(report.unwrap().sent, 1);
    assert_eq!(desk.states().await, ["sent", "waiting"]);
}
