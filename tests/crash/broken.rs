//! The checks can fail: a story that ended well is broken on purpose, promise by promise, and each
//! break is told.

use std::collections::BTreeSet;
use std::fs;

use sqlx::{Connection, SqliteConnection};

use crate::invariants::promises;
use crate::nth::{Story, alone};

/// What is told, and what was done to the database so that it must be.
const BREAKS: [(&str, &str); 26] = [
    ("I1: a message in no state", "update ledger set state = 'lost' where uid = 1"),
    ("I1: a message without its bytes", "delete from raw"),
    ("I1: bytes of a message that keeps none", "update ledger set state = 'preexisting'"),
    (
        "I1: an alias of nothing",
        "update ledger set state = 'alias', original = 'nobody' where uid = 1",
    ),
    (
        "I1: a duplicate of nothing",
        "update ledger set state = 'duplicate', original = 'nobody' where uid = 1",
    ),
    ("I1: the same bytes twice", "update ledger set sha256 = x'00'"),
    ("I1: not every message", "delete from raw; delete from ledger where uid = 1"),
    (
        "I1: the server lists what the ledger does not have",
        "update pass set held = held - 1 where folder = 'INBOX'",
    ),
    (
        "I2: more places than there are",
        "update quota set quota = quota - 1 where category = 'representative'",
    ),
    (
        "I2: a registration that counts as something else than it is",
        "update registration set stands = 'out' where status = 'confirmed'",
    ),
    ("a number that is not used up", "update event set last_serial = last_serial - 1"),
    ("I3: one Message-ID for two letters", "update letter set message_id = 'x@y'"),
    ("I3: a letter that was tried without being kept", "delete from mail"),
    (
        "I3: a sender without a claim",
        "update letter set state = 'sending', claimed_until = null where number = 1",
    ),
    (
        "I4: a decision that owes nothing and does not say why",
        "update decision set letters = 0, no_letter = null where seq = 1",
    ),
    (
        "I4: a decided message without its one decision",
        "delete from decision where source like 'message:%'",
    ),
    ("I4: a decision about a message that waits", "update ledger set state = 'received'"),
    (
        "I4: a letter without its decision",
        "update letter set cause = 'message:none' where number = 1",
    ),
    ("I4: an order without its decision", "delete from decision where source like 'command:%'"),
    (
        "I4: not as many letters as the decisions owe",
        "delete from mail; delete from letter where number = 1",
    ),
    (
        "a letter that did not arrive, and nobody is told",
        "update letter set state = 'refused', numbers = '' where number = 1",
    ),
    (
        "a message in quarantine, and nobody is told",
        "update ledger set state = 'quarantined' where uid = 1",
    ),
    (
        "I7: a registration that the audit does not know as it is",
        "update registration set category = null where serial = 1",
    ),
    (
        "I7: a registration that is gone",
        "pragma foreign_keys = off; delete from registration where serial = 1",
    ),
    (
        "I7: the chain breaks at row 2",
        "drop trigger audit_is_never_changed; update audit set why = 'x' where seq = 2",
    ),
    (
        "I5: the place of",
        "drop trigger audit_is_never_changed; update audit set status = 'cancelled', \
         source = 'clock', why = 'x' where action = 'cancelled'",
    ),
];

/// What should have come to its end, and has not.
const LEFT: [(&str, &str); 2] = [
    ("a message that waits for ever", "update ledger set state = 'received' where uid = 1"),
    ("a letter that waits for ever", "update letter set state = 'waiting' where number = 1"),
];

/// A story told to its end, and its database as it was then.
struct Told {
    story: Story,
    path: String,
    kept: Vec<u8>,
}

impl Told {
    async fn well() -> Self {
        let story = Story::begin(None, false).await;
        story.tell(None).await;
        let broken = story.broken().await;
        assert!(broken.is_empty(), "{broken:#?}");
        let path = story.world.url.strip_prefix("sqlite:").unwrap().to_owned();
        // All is in the one file: nobody has it open.
        assert!(!fs::exists(format!("{path}-wal")).unwrap());
        let kept = fs::read(&path).unwrap();
        Self { story, path, kept }
    }

    /// The same database, with this done to it.
    async fn with(&self, change: &'static str) -> Vec<String> {
        self.put_back();
        let mut conn = SqliteConnection::connect(&self.story.world.url).await.unwrap();
        sqlx::raw_sql("pragma foreign_keys = off").execute(&mut conn).await.unwrap();
        sqlx::raw_sql(change).execute(&mut conn).await.unwrap();
        conn.close().await.unwrap();
        self.story.broken().await
    }

    fn put_back(&self) {
        for end in ["-wal", "-shm"] {
            drop(fs::remove_file(format!("{}{end}", self.path)));
        }
        fs::write(&self.path, &self.kept).unwrap();
    }
}

#[tokio::test]
async fn every_promise_that_is_broken_on_purpose_is_told() {
    let _alone = alone().await;
    let told = Told::well().await;
    let mut broken = BTreeSet::new();
    for (promise, change) in BREAKS.into_iter().chain(LEFT) {
        let found = told.with(change).await;
        let named = found.iter().any(|found| found.starts_with(promise));
        assert!(named, "{change} is not told as {promise}: {found:#?}");
        broken.insert(promise);
    }
    for promise in promises() {
        assert!(broken.contains(promise), "nothing here breaks: {promise}");
    }
}

#[tokio::test]
async fn whoever_overtakes_is_told() {
    let _alone = alone().await;
    let told = Told::well().await;
    // Somebody who still waits is said to have stood before those who got a place meanwhile.
    let found = told
        .with(
            "update registration set rank = '0' where serial = (select min(serial) \
             from registration where stands = 'line')",
        )
        .await;
    assert!(found.iter().any(|found| found.starts_with("I5: ")), "{found:#?}");
}

#[tokio::test]
async fn letters_that_are_doubled_lost_or_nobodys_are_told() {
    let _alone = alone().await;
    let told = Told::well().await;
    let mails = told.story.letters();
    let broken = |mails: Vec<Vec<u8>>| {
        let story = &told.story;
        async move { story.broken_with(&mails).await.join("\n") }
    };
    assert_eq!(broken(mails.clone()).await, "");
    let doubled = [mails.clone(), vec![mails[0].clone()]].concat();
    assert!(broken(doubled).await.contains("arrived 2 times"));
    assert!(broken(mails[1..].to_vec()).await.contains("is sent and arrived 0 times"));
    let strange =
        String::from_utf8_lossy(&mails[0]).replacen("Message-ID: <bm.", "Message-ID: <bm.0", 1);
    let strange = [mails, vec![strange.into_bytes()]].concat();
    assert!(broken(strange).await.contains("that nobody wrote"));
}
