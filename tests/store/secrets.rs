//! What nobody may read: files, keys, and what lies on the disk.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use baoming::clock::Dice;
use baoming::roster::{Cause, Status, Task, TaskKind, Verdict};
use baoming::store::{
    Decided, Error, Key, LedgerState, LetterOutcome, NewLetter, Options, Said, Store,
};

use crate::desk::{
    Desk, arrival, decided, event, letter, on_both, opening, options, record, registration, run,
    standing,
};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

on_both! {
    async fn a_wrong_key_is_refused(desk) {
        let wrong = Options { key: Key::from_credential(&[8; 32]).unwrap(), ..options(&desk.url) };
        let refused = Store::open(wrong, desk.clock.clone(), Dice::system()).await.unwrap_err();
        assert!(matches!(refused, Error::WrongKey), "{refused}");
        assert!(!refused.is_environment());
        assert!(refused.to_string().contains("put back the key file"), "{refused}");
        desk.another().await;
    }
}

#[test]
fn a_key_file_is_made_once_narrow_and_refused_when_others_may_read_it() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("baoming.key");
    assert!(matches!(Key::load(&path), Err(Error::File { .. })));
    Key::load_or_create(&path, &Dice::system()).unwrap();
    assert_eq!(mode(&path), 0o600);
    let made = fs::read(&path).unwrap();
    Key::load_or_create(&path, &Dice::system()).unwrap();
    assert_eq!(fs::read(&path).unwrap(), made);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left");
    for mode in [0o640, 0o604] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let refused = Key::load_or_create(&path, &Dice::system()).unwrap_err().to_string();
        assert!(refused.contains("`chmod 600`"), "{refused}");
    }
    let broken = folder.path().join("broken.key");
    fs::write(&broken, "not a key").unwrap();
    fs::set_permissions(&broken, fs::Permissions::from_mode(0o600)).unwrap();
    let refused = Key::load(&broken).unwrap_err().to_string();
    assert!(refused.contains("64 hexadecimal digits") && !refused.contains("not a key"));
}

#[test]
fn the_files_of_a_database_are_for_its_owner_alone() {
    run(async {
        let desk = Desk::on_sqlite().await;
        desk.take_in(&[arrival(1, 1, "a")]).await;
        let _lock = desk.store.lock_daemon().unwrap();
        let mut names: Vec<String> = Vec::new();
        for entry in fs::read_dir(desk.folder.path()).unwrap() {
            let entry = entry.unwrap();
            assert_eq!(mode(&entry.path()), 0o600, "{entry:?}");
            names.push(entry.file_name().into_string().unwrap());
        }
        names.sort();
        let files = ["", ".lock", "-shm", "-wal"].map(|end| format!("baoming.db{end}"));
        let mut files = files.to_vec();
        files.sort();
        assert_eq!(names, files);
        // One that was opened to others is narrowed.
        let file = desk.folder.path().join("baoming.db");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        desk.another().await;
        assert_eq!(mode(&file), 0o600);
    });
}

/// Mail, a person, a letter, a task, an order's answer: all with the same tell-tale words.
async fn fill(desk: &Desk) {
    let raw = "From: maxiwen@163.com\r\n\r\n马熙雯 13909540716 642223199001011234";
    let ids = desk.take_in(&[arrival(1, 1, raw), arrival(2, 2, raw.to_uppercase().as_str())]).await;
    let mut person = registration(1, Status::Confirmed);
    person.email = baoming::message::Email::parse("maxiwen@163.com");
    for (field, value) in
        [("name", "马熙雯"), ("phone", "13909540716"), ("id_number", "642223199001011234")]
    {
        let value = value.to_owned();
        let evidence = baoming::reading::Evidence { quote: value.clone(), ..Default::default() };
        person.person.insert(field.into(), baoming::reading::Field { value, evidence });
    }
    let email = person.email.clone().unwrap();
    let mut decision = decided(&ids[0], LedgerState::Done);
    if let baoming::store::Source::Message(fate) = &mut decision.source {
        fate.sender = Some(email.clone());
        fate.facts.from = Some(email.clone());
        fate.facts.subject = "马熙雯报名".into();
    }
    let owed = NewLetter {
        to: email,
        facts: Said::of(&serde_json::json!({ "name": "马熙雯" })),
        mail: Some(raw.as_bytes().to_vec()),
        ..letter(Cause::Message(ids[0].clone()), 1)
    };
    let reasons = vec!["马熙雯 13909540716".to_owned()];
    let task = Task { kind: TaskKind::Review, registration: Some(person.id.clone()), reasons };
    let decision = Decided {
        verdict: Verdict { tasks: vec![task], ..standing(&[person]).verdict },
        letters: vec![owed],
        ..decision
    };
    record(desk, &event(5), &[decision]).await;
    desk.store.keep_settings("{\"staff\":\"maxiwen@163.com\"}").await.unwrap();
    let due = desk.store.due_letters("", opening(), 1).await.unwrap().remove(0);
    desk.store.claim_letter(&due.id, raw.as_bytes(), opening(), opening()).await.unwrap();
    let refused = LetterOutcome::Refused { why: "550 <maxiwen@163.com> unknown".into() };
    desk.store.settle_letter(&due.id, &refused).await.unwrap();
    desk.store.quarantine(&ids[1], "马熙雯").await.unwrap();
}

#[test]
fn no_name_number_or_address_lies_readable_on_the_disk() {
    run(async {
        let desk = Desk::on_sqlite().await;
        fill(&desk).await;
        let backup = desk.folder.path().join("copy.db");
        desk.store.backup(&backup).await.unwrap();
        let mut seen = 0;
        for entry in fs::read_dir(desk.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            seen += bytes.len();
            for secret in ["马熙雯", "13909540716", "642223199001011234", "maxiwen", "MAXIWEN"] {
                let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!found, "{secret} in {}", path.display());
            }
        }
        assert!(seen > 100_000, "only {seen} bytes were searched");
    });
}

on_both! {
    async fn a_sealed_content_does_not_open_at_another_row(desk) {
        fill(desk).await;
        record(desk, &event(5), &[standing(&[registration(2, Status::Waitlisted)])]).await;
        let mut conn = <sqlx::AnyConnection as sqlx::Connection>::connect(&desk.url).await.unwrap();
        let swap = "update registration set person = \
            (select person from registration where id = 'R00001') where id = 'R00002'";
        sqlx::raw_sql(swap).execute(&mut conn).await.unwrap();
        let refused = desk.store.registration("XJ21-002").await.unwrap_err();
        let told = "table registration, row R00002: the sealed content was damaged";
        assert!(refused.to_string().contains(told), "{refused}");
        assert!(!refused.is_environment());
    }
}

#[test]
fn a_backup_is_whole_narrow_and_useless_without_the_key() {
    run(async {
        let desk = Desk::on_sqlite().await;
        fill(&desk).await;
        let path = desk.folder.path().join("备份 1.db");
        desk.store.backup(&path).await.unwrap();
        assert_eq!(mode(&path), 0o600);
        let again = desk.store.backup(&path).await.unwrap_err();
        assert!(again.to_string().contains("name a file that does not exist yet"), "{again}");
        let url = format!("sqlite:{}", path.display());
        let wrong = Options { key: Key::from_credential(&[8; 32]).unwrap(), ..options(&url) };
        assert!(Store::open(wrong, desk.clock.clone(), Dice::system()).await.is_err());
        let copy = Store::open(options(&url), desk.clock.clone(), Dice::system()).await.unwrap();
        let person = copy.registration("XJ21-001").await.unwrap().unwrap();
        assert_eq!(person.registration.get("name"), Some("马熙雯"));
    });
}

#[test]
fn a_servers_backup_is_left_to_its_own_tool() {
    run(async {
        let Some(desk) = Desk::on_postgres().await else { return };
        let told = desk.store.backup(&desk.folder.path().join("x")).await.unwrap_err().to_string();
        assert!(told.contains("pg_dump"), "{told}");
    });
}
