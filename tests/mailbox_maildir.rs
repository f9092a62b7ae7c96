//! The Maildir source on a real directory.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod support;

use std::fs;
use std::path::Path;
use std::time::Duration;

use baoming::clock::Clock;
use baoming::mailbox::{
    After, Arrival, HEAD_BYTES, Listed, MaildirOptions, Range, Session, Source, Wake,
};
use jiff::{SignedDuration, Timestamp};
use support::PATIENCE;

fn make(root: &Path) {
    for part in ["new", "cur", "tmp"] {
        fs::create_dir_all(root.join(part)).unwrap();
    }
}

fn put(root: &Path, name: &str, text: &str) {
    // As a delivery does it: written aside, then named.
    fs::write(root.join("tmp/x"), text).unwrap();
    fs::rename(root.join("tmp/x"), root.join(name)).unwrap();
}

fn source(root: &Path) -> Source {
    let path = root.to_owned();
    Source::Maildir(MaildirOptions { mailbox: "demo".into(), path, largest: 100_000 })
}

async fn listed(source: &Source, folder: &str) -> (Session, Vec<Listed>) {
    let mut session = source.connect(&Clock::system()).await.unwrap();
    assert_eq!(session.examine(folder).await.unwrap(), 0);
    let listed = session.list(Range::All).await.unwrap();
    (session, listed)
}

async fn all(source: &Source, folder: &str) -> Vec<Arrival> {
    let (mut session, listed) = listed(source, folder).await;
    let mut arrivals = Vec::new();
    assert_eq!(session.fetch(&listed, &mut arrivals).await.unwrap(), [0; 0]);
    arrivals.sort_by_key(|arrival| arrival.arrived);
    arrivals
}

#[tokio::test]
async fn messages_of_new_and_cur_come_with_the_seconds_of_their_names() {
    let dir = tempfile::tempdir().unwrap();
    make(dir.path());
    put(dir.path(), "new/1631493060.M1.host", "Subject: one\n\n1\n");
    put(dir.path(), "cur/1631493120.M2.host,S=16:2,S", "Subject: two\n\n2\n");
    fs::write(dir.path().join("new/.hidden"), "x").unwrap();
    fs::write(dir.path().join("tmp/1631493180.M3.host"), "unfinished").unwrap();
    std::os::unix::fs::symlink("/etc/hostname", dir.path().join("new/1631493240.M4.host")).unwrap();
    let arrivals = all(&source(dir.path()), "INBOX").await;
    let told: Vec<(String, &[u8])> =
        arrivals.iter().map(|one| (one.arrived.to_string(), &one.raw[..])).collect();
    assert_eq!(
        told,
        [
            ("2021-09-13T00:31:00Z".to_owned(), &b"Subject: one\n\n1\n"[..]),
            ("2021-09-13T00:32:00Z".to_owned(), b"Subject: two\n\n2\n"),
        ]
    );
    assert!(arrivals.iter().all(|one| one.key.uidvalidity == 0 && one.key.mailbox == "demo"));
    assert!(arrivals.iter().all(|one| i64::try_from(one.key.uid).is_ok()), "fits the store");
}

#[tokio::test]
async fn a_message_that_somebody_reads_meanwhile_keeps_its_number_and_is_still_found() {
    let dir = tempfile::tempdir().unwrap();
    make(dir.path());
    put(dir.path(), "new/1631493060.M1.host", "Subject: one\n\n1\n");
    put(dir.path(), "new/1631493061.M2.host", "Subject: two\n\n2\n");
    let source = source(dir.path());
    let (mut session, before) = listed(&source, "INBOX").await;
    fs::rename(
        dir.path().join("new/1631493060.M1.host"),
        dir.path().join("cur/1631493060.M1.host:2,RS"),
    )
    .unwrap();
    fs::remove_file(dir.path().join("new/1631493061.M2.host")).unwrap();
    let mut arrivals = Vec::new();
    let missing = session.fetch(&before, &mut arrivals).await.unwrap();
    assert_eq!((arrivals.len(), missing.len()), (1, 1));
    assert_eq!(arrivals[0].raw, b"Subject: one\n\n1\n");
    let (_, after) = listed(&source, "INBOX").await;
    assert_eq!(after.len(), 1);
    assert_eq!(after[0].uid, arrivals[0].key.uid);
}

#[tokio::test]
async fn of_a_large_message_the_head_is_taken_and_an_empty_file_is_left_for_later() {
    let dir = tempfile::tempdir().unwrap();
    make(dir.path());
    put(dir.path(), "new/1631493060.M1.host", &"x".repeat(200_000));
    put(dir.path(), "new/1631493061.M2.host", "");
    let (mut session, listed) = listed(&source(dir.path()), "INBOX").await;
    let mut arrivals = Vec::new();
    assert_eq!(session.fetch(&listed, &mut arrivals).await.unwrap().len(), 1);
    assert_eq!(arrivals[0].cut_from, Some(200_000));
    assert_eq!(arrivals[0].raw.len() as u64, HEAD_BYTES);

    // An hour later nothing comes any more: a person must hear of it.
    let written = fs::metadata(dir.path().join("new/1631493061.M2.host")).unwrap().modified();
    let written = Timestamp::try_from(written.unwrap()).unwrap();
    let later = written.checked_add(SignedDuration::from_mins(61)).unwrap();
    let mut session = source(dir.path()).connect(&Clock::standing_at(later)).await.unwrap();
    session.examine("INBOX").await.unwrap();
    let listed = session.list(Range::All).await.unwrap();
    arrivals.clear();
    assert_eq!(session.fetch(&listed, &mut arrivals).await.unwrap(), Vec::<u64>::new());
    assert!(arrivals.iter().any(|arrival| arrival.raw.is_empty()));
}

#[tokio::test]
async fn afterwards_messages_are_marked_or_moved() {
    let dir = tempfile::tempdir().unwrap();
    make(dir.path());
    put(dir.path(), "new/1631493060.M1.host", "Subject: one\n\n1\n");
    put(dir.path(), "cur/1631493061.M2.host:2,F", "Subject: two\n\n2\n");
    put(dir.path(), "new/1631493062.M3.host", "Subject: three\n\n3\n");
    let source = source(dir.path());
    let clock = Clock::system();
    let uids: Vec<u64> = all(&source, "INBOX").await.iter().map(|one| one.key.uid).collect();

    source.settle(&clock, &After::Keep, "INBOX", 0, &uids).await.unwrap();
    assert!(dir.path().join("new/1631493060.M1.host").exists());
    source.settle(&clock, &After::Seen, "INBOX", 0, &uids[..2]).await.unwrap();
    assert!(dir.path().join("cur/1631493060.M1.host:2,S").exists());
    assert!(dir.path().join("cur/1631493061.M2.host:2,FS").exists());

    let away = After::Move("已处理".into());
    for _ in 0..2 {
        source.settle(&clock, &away, "INBOX", 0, &uids[1..]).await.unwrap();
    }
    assert_eq!(all(&source, "INBOX").await.len(), 1);
    let moved = all(&source, "已处理").await;
    assert_eq!(moved.iter().map(|one| one.key.uid).collect::<Vec<_>>(), uids[1..]);
    assert!(dir.path().join(".&XfJZBHQG-/cur/1631493062.M3.host:2,").exists());
}

#[tokio::test]
async fn a_waiting_session_hears_of_a_delivery_also_of_one_since_the_listing() {
    let dir = tempfile::tempdir().unwrap();
    make(dir.path());
    let source = source(dir.path());
    let (mut session, before) = listed(&source, "INBOX").await;
    assert!(before.is_empty());
    assert_eq!(session.wait(Duration::from_millis(10)).await.unwrap(), Wake::Time);
    tokio::time::sleep(Duration::from_millis(20)).await;
    put(dir.path(), "new/1631493060.M1.host", "Subject: one\n\n1\n");
    assert_eq!(session.wait(PATIENCE).await.unwrap(), Wake::Hint);
    assert_eq!(session.list(Range::All).await.unwrap().len(), 1);
    session.finish().await;
}

#[tokio::test]
async fn a_delivery_into_any_folder_is_heard_of_although_the_first_was_opened_again() {
    let dir = tempfile::tempdir().unwrap();
    make(dir.path());
    make(&dir.path().join(".Junk"));
    let source = source(dir.path());
    let (mut session, _) = listed(&source, "INBOX").await;
    for (folder, path) in [("INBOX", "new/1.M1.host"), ("Junk", ".Junk/new/2.M2.host")] {
        // As the service does: every folder is listed, then the first is opened for the wait.
        for name in ["INBOX", "Junk"] {
            session.examine(name).await.unwrap();
            session.list(Range::All).await.unwrap();
        }
        session.examine("INBOX").await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
        put(dir.path(), path, "Subject: one\n\n1\n");
        assert_eq!(session.wait(PATIENCE).await.unwrap(), Wake::Hint, "{folder}");
    }
    session.finish().await;
}

#[tokio::test]
async fn what_is_no_maildir_is_said_so_and_no_name_leads_out_of_it() {
    let dir = tempfile::tempdir().unwrap();
    make(dir.path());
    let source_here = source(dir.path());
    let mut session = source_here.connect(&Clock::system()).await.unwrap();
    for folder in ["Junk", "../x", "/etc", "a//b", "", "."] {
        let error = session.examine(folder).await.unwrap_err();
        assert_eq!(error.code(), "folder", "{folder}: {error}");
    }
    let gone = source(&dir.path().join("nowhere"));
    assert_eq!(gone.connect(&Clock::system()).await.err().unwrap().code(), "files");
    let findings = source_here.check(&Clock::system(), &["INBOX".into()], &After::Keep).await;
    assert_eq!(findings[0].outcome.as_ref().unwrap(), "0 messages");
}
