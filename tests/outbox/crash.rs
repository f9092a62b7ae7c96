//! What a crash, a second daemon or a full disk leaves behind.

use std::sync::{Arc, Mutex};

use baoming::outbox::{Postman, Sent};
use sqlx::{Connection, SqliteConnection};

use crate::office::{Office, opening, smtp};
use crate::provider::{Act, Provider};

#[tokio::test]
async fn a_claim_without_an_end_is_uncertain_at_the_start_of_the_only_daemon() {
    let office = Office::open().await;
    office.owes(&["one@qq.com", "two@qq.com"]).await;
    let id = office.letters().await.remove(0).id;
    let until = crate::desk::at("2021-09-13T09:00:00+08:00");
    assert!(office.store.claim_letter(&id, b"mail", opening(), until).await.unwrap());
    let office = office.restarted().await;
    let sent = Sent::default();
    let outbox = office.outbox(Postman::Memory(sent.clone()));
    assert_eq!(outbox.recover().await.unwrap(), 1);
    assert_eq!(outbox.pass().await.unwrap().sent, 1);
    assert_eq!(office.states().await, ["uncertain", "sent"]);
    assert_eq!(sent.all().len(), 1);
}

#[tokio::test]
async fn a_claim_of_another_daemon_is_left_alone_until_it_runs_out() {
    let office = Office::open().await;
    office.owes(&["one@qq.com"]).await;
    let id = office.letters().await.remove(0).id;
    let until = crate::desk::at("2021-09-13T09:00:00+08:00");
    assert!(office.store.claim_letter(&id, b"mail", opening(), until).await.unwrap());
    let outbox = office.outbox(Postman::Memory(Sent::default()));
    assert_eq!(outbox.pass().await.unwrap().uncertain, 0);
    assert_eq!(office.states().await, ["sending"]);
    office.wait(31);
    assert_eq!(outbox.pass().await.unwrap().uncertain, 1);
    assert_eq!(office.states().await, ["uncertain"]);
}

#[tokio::test]
async fn the_bytes_of_a_letter_are_kept_before_the_network_is_touched() {
    let office = Office::open().await;
    office.owes(&["one@qq.com"]).await;
    let provider = Provider::start().on("mail", [Act::HangUp]);
    office.outbox(smtp(provider.port)).pass().await.unwrap();
    let due = office.store.due_letters("", jiff::Timestamp::MAX, 1).await.unwrap().remove(0);
    let kept = due.mail.unwrap();
    assert!(!kept.is_empty());
    office.wait(10);
    office.outbox(smtp(provider.port)).pass().await.unwrap();
    let arrived = provider.seen().texts.remove(0);
    assert!(arrived.starts_with(&kept), "the very bytes of the first attempt");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_success_that_the_database_could_not_take_is_noted_at_the_next_pass() {
    let office = Office::waiting_for(std::time::Duration::from_millis(500)).await;
    office.owes(&["one@qq.com"]).await;
    let file = office.folder.path().join("baoming.db");
    // While the provider reads the text, somebody locks the database for good.
    let lock = Arc::new(Mutex::new(None));
    let (held, path) = (Arc::clone(&lock), file.clone());
    let work = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let connection = runtime.block_on(async {
            let url = format!("sqlite:{}", path.display());
            let mut connection = SqliteConnection::connect(&url).await.unwrap();
            sqlx::raw_sql("begin immediate").execute(&mut connection).await.unwrap();
            connection
        });
        *held.lock().unwrap() = Some((runtime, connection));
    };
    let provider = Provider::start().on("text", [Act::First(Arc::new(work))]);
    let outbox = office.outbox(smtp(provider.port));
    assert!(outbox.pass().await.unwrap_err().is_environment());
    assert_eq!(office.states().await, ["sending"]);
    let (runtime, connection) = lock.lock().unwrap().take().unwrap();
    std::thread::spawn(move || runtime.block_on(connection.close())).join().unwrap().unwrap();
    // Even when the claim has run out meanwhile: the answer is known.
    office.wait(60);
    outbox.pass().await.unwrap();
    assert_eq!(office.states().await, ["sent"]);
    assert_eq!(provider.seen().texts.len(), 1);
}
