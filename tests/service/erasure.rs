//! What is personal goes in the end: by the calendar, by order, by a person's request. What stays
//! adds up, and the file keeps no byte of what is gone.

use baoming::roster::{Channel, OrderKind, Phase, Status};
use baoming::store::RegistrationFilter;

use crate::invariants::Invariants;
use crate::mails::{self, form, mail, mail_with};
use crate::stage::{Stage, at};

/// Tells a story of a desk with people on SQLite and on PostgreSQL.
macro_rules! on_both {
    (async fn $name:ident($stage:ident) $body:block) => {
        mod $name {
            use super::*;

            async fn tell($stage: Stage) $body

            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                tell(desk_with_people().await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                if let Some(stage) = Stage::on_postgres(3, at("2021-09-13T09:00:00")).await {
                    people(&stage).await;
                    tell(stage).await;
                }
            }
        }
    };
}

pub(crate) async fn desk_with_people() -> Stage {
    let stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    people(&stage).await;
    stage
}

/// Three by mail, a question, one by telephone; a mail that nobody can read.
async fn people(stage: &Stage) {
    for n in 1..=3 {
        stage.post(u32::try_from(n).unwrap(), &form(n));
    }
    stage.post(7, &mail(3, "请问", "请问当天可以停车吗？\n"));
    stage.round().await;
    let mut person = stage.roster().await[0].registration.person.clone();
    "柳电话".clone_into(&mut person.get_mut("name").unwrap().value);
    "13700009999".clone_into(&mut person.get_mut("phone").unwrap().value);
    let add = OrderKind::Add { channel: Channel::Phone, person, email: None, away: false };
    stage.desk.intake.order("office", None, add).await.unwrap();
    unreadable(stage, 8).await;
}

/// A mail that nobody can read; gives back its id.
pub(crate) async fn unreadable(stage: &Stage, n: usize) -> String {
    stage.post(u32::try_from(n).unwrap(), &form(n));
    stage.look().await;
    let id = stage.vault.store.undecided(1).await.unwrap().remove(0).id;
    assert!(stage.vault.store.quarantine(&id, "unreadable").await.unwrap());
    id
}

/// All the bytes of the database's files.
async fn bytes(stage: &Stage) -> Vec<u8> {
    let mut all = Vec::new();
    if !stage.url().starts_with("sqlite:") {
        let mut conn = connect(stage).await;
        // Files that no table has any more are gone after it.
        sqlx::raw_sql("checkpoint").execute(&mut conn).await.unwrap();
        let folder = "select current_setting('data_directory') || '/base/' || \
                      (select oid from pg_database where datname = current_database())";
        let folder: String = sqlx::query_scalar(folder).fetch_one(&mut conn).await.unwrap();
        for file in std::fs::read_dir(folder).unwrap() {
            all.extend(std::fs::read(file.unwrap().path()).unwrap_or_default());
        }
        return all;
    }
    for name in ["baoming.db", "baoming.db-wal"] {
        all.extend(std::fs::read(stage.path(name)).unwrap_or_default());
    }
    all
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

pub(crate) async fn connect(stage: &Stage) -> sqlx::AnyConnection {
    use std::str::FromStr as _;
    sqlx::any::install_default_drivers();
    let options = sqlx::any::AnyConnectOptions::from_str(&stage.url()).unwrap();
    sqlx::ConnectOptions::connect(&options).await.unwrap()
}

/// The sealed contents, keyed look-ups and salts that the database has of people now.
async fn personal(stage: &Stage) -> Vec<Vec<u8>> {
    use sqlx::Row as _;
    let mut conn = connect(stage).await;
    let mut found = Vec::new();
    for query in [
        "select person, name_phone_mac, email_mac, organization_mac from registration",
        "select facts, sender_mac, content_mac from ledger",
        "select facts, recipient_mac from letter where cause not like 'digest:%'",
        "select content from raw",
        "select content from mail",
        "select salt from audit_salt",
        "select content from command",
        "select reasons from task",
    ] {
        for row in sqlx::query(query).fetch_all(&mut conn).await.unwrap() {
            for column in 0..row.len() {
                let cell: Option<Vec<u8>> = row.try_get(column).unwrap();
                // A part of a large content, as a page may hold it.
                found.extend(cell.map(|cell| cell[..cell.len().min(64)].to_vec()));
            }
        }
    }
    sqlx::Connection::close(conn).await.unwrap();
    found
}

pub(crate) async fn sound(stage: &Stage) {
    let mut invariants = Invariants::open(&stage.url()).await;
    let broken = invariants.broken(&stage.vault.store).await;
    assert!(broken.is_empty(), "{broken:#?}");
    invariants.close().await;
}

on_both! {
    async fn ninety_days_after_the_event_nothing_personal_is_left_and_no_byte_of_it_in_the_file(stage) {
        let before = personal(&stage).await;
        assert!(before.len() > 30, "{}", before.len());
        let all = bytes(&stage).await;
        assert!(
            before.iter().all(|part| holds(&all, part)),
            "the search finds what is there"
        );
        let counts = stage.statuses().await;

        stage.clock.set(at("2021-12-27T11:00:00"));
        assert_eq!(
            stage.desk.intake.forget().await.unwrap(),
            Vec::<String>::new(),
            "not a day too early"
        );
        stage.clock.set(at("2021-12-27T12:00:00"));
        assert_eq!(stage.desk.intake.forget().await.unwrap(), ["event"]);

        let after = bytes(&stage).await;
        let left = before.iter().filter(|part| holds(&after, part)).count();
        assert_eq!(left, 0, "of {}", before.len());
        let roster = stage.roster().await;
        assert_eq!(stage.statuses().await, counts, "counts stay");
        for one in &roster {
            let one = &one.registration;
            assert!(one.person.keys().all(|name| name == "category"), "{:?}", one.person.keys());
            assert!(one.email.is_none() && !one.number.is_empty());
        }
        let history = stage.vault.store.audit(&roster[0].registration.id).await.unwrap();
        let last = history.last().unwrap();
        assert_eq!((last.why.as_str(), last.by.as_str()), ("kept-long-enough", "baoming"));
        assert!(stage.vault.store.verify_audit().await.unwrap().broken_at.is_none(), "I7");
        sound(&stage).await;
        assert_eq!(stage.desk.intake.forget().await.unwrap(), Vec::<String>::new(), "once");

        let page = stage.desk.digests.page("2021-12-27").await.unwrap();
        assert!(
            page.text.contains("报名人的个人信息已于2021年12月27日（星期一）12:00清除"),
            "{}",
            page.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_in_after_the_erasure_is_erased_a_week_later() {
    let stage = desk_with_people().await;
    stage.clock.set(at("2021-12-27T12:00:00"));
    stage.desk.intake.forget().await.unwrap();
    stage.clock.set(at("2021-12-28T12:00:00"));
    stage.post(1, &form(5));
    stage.round().await;
    assert_eq!(
        stage.letters().await.iter().filter(|one| one.to.as_str() == mails::address(5)).count(),
        1
    );
    stage.clock.set(at("2022-01-04T13:00:00"));
    stage.round().await;
    assert!(stage.letters().await.iter().all(|one| one.to.as_str() != mails::address(5)));
    sound(&stage).await;
}

on_both! {
    async fn who_asks_to_be_forgotten_is_and_nobody_else(stage) {
        let intake = &stage.desk.intake;
        let erase = || OrderKind::Erase { number: "XJ21-003".to_owned() };
        let refused = intake.order("office", None, erase()).await.unwrap_err().to_string();
        assert!(refused.contains("请先用 baoming cancel 取消"), "{refused}");
        let cancel = OrderKind::Cancel { number: "XJ21-003".into(), reason: "本人要求".into() };
        intake.order("office", None, cancel).await.unwrap();
        stage.desk.outbox.pass().await.unwrap();

        let before = personal(&stage).await;
        let rehearsed = intake.rehearse("office", None, erase()).await.unwrap().erased.unwrap();
        assert_eq!(personal(&stage).await, before, "a rehearsal changes nothing");
        assert_eq!(intake.same_person("xj21-003").await.unwrap(), ["XJ21-003"]);
        let erased = intake.order("office", None, erase()).await.unwrap().erased.unwrap();
        assert_eq!(erased, rehearsed);
        assert_eq!(
            (erased.registrations, erased.messages, erased.letters, erased.orders, erased.shared),
            (1, 2, 3, 1, 0)
        );
        stage.vault.store.tidy().await.unwrap();

        let roster = stage.roster().await;
        let theirs: Vec<_> =
            roster.iter().filter(|one| !one.registration.person.contains_key("name")).collect();
        assert_eq!(theirs.len(), 1);
        assert_eq!(theirs[0].registration.number, "XJ21-003");
        assert_eq!(theirs[0].registration.status, Status::Cancelled);
        let now = personal(&stage).await;
        let (kept, gone): (Vec<_>, Vec<_>) = before.iter().partition(|part| now.contains(part));
        assert!(gone.len() >= 12 && kept.len() >= 20, "{} of {}", gone.len(), before.len());
        let after = bytes(&stage).await;
        assert!(gone.iter().all(|part| !holds(&after, part)), "no byte of it is left");
        assert!(kept.iter().all(|part| holds(&after, part)));
        let to_them = stage
            .letters()
            .await
            .into_iter()
            .filter(|one| one.to.as_str() == mails::address(3))
            .count();
        assert_eq!(to_them, 0);
        sound(&stage).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_speaks_of_two_stays_for_the_other_one() {
    let stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    let two = "姓名：马希文\n电话：13895012345\n\n姓名：王秀英\n电话：13900000021\n";
    stage.post(1, &mail_with(1, "", "报名参加政府开放日", two));
    stage.round().await;
    assert_eq!(stage.roster().await.len(), 2, "{:?}", stage.statuses().await);
    stage.clock.set(at("2021-09-28T13:00:00"));
    let erase = OrderKind::Erase { number: "XJ21-001".to_owned() };
    let erased = stage.desk.intake.order("office", None, erase).await.unwrap().erased.unwrap();
    assert_eq!(
        (erased.registrations, erased.messages, erased.letters, erased.shared),
        (1, 0, 0, 1)
    );
    let filter = RegistrationFilter::default();
    let rows = stage.vault.store.registrations(&filter).await.unwrap();
    assert_eq!(rows.iter().filter(|one| one.registration.person.contains_key("name")).count(), 1);
    sound(&stage).await;
}

on_both! {
    async fn an_event_is_erased_by_order_only_when_it_is_over(stage) {
        let all = || OrderKind::EraseAll;
        let refused = stage.desk.intake.order("office", Some("event"), all()).await.unwrap_err();
        assert!(refused.to_string().contains("活动尚未结束"), "{refused}");
        stage.clock.set(at("2021-09-28T12:00:00"));
        let event = &stage.desk.intake.events()[0];
        assert_eq!(event.phase(stage.clock.now()), Phase::Over);
        let erased = stage.desk.intake.order("office", Some("event"), all()).await.unwrap();
        let erased = erased.erased.unwrap();
        assert_eq!((erased.registrations, erased.messages), (4, 5), "the unreadable one too");
        assert!(stage.roster().await.iter().all(|one| !one.registration.person.contains_key("name")));
        sound(&stage).await;
    }
}
