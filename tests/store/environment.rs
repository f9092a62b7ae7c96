//! Trouble that is nobody's fault is told apart from faults, with what to do about it.

use std::fs;

use baoming::clock::Dice;
use baoming::store::{Error, Options, Store, Trouble};
use sqlx::{AnyConnection, Connection};

use crate::desk::{Desk, arrival, at, options, run};

async fn trouble_of(conn: &mut AnyConnection, sql: &'static str) -> Option<Trouble> {
    let refused = sqlx::raw_sql(sql).execute(conn).await.unwrap_err();
    Error::from(refused).trouble()
}

#[test]
fn a_full_disk_and_a_file_that_cannot_be_written_are_told_apart() {
    run(async {
        let desk = Desk::on_sqlite().await;
        let mut conn = AnyConnection::connect(&desk.url).await.unwrap();
        sqlx::raw_sql("pragma max_page_count = 1").execute(&mut conn).await.unwrap();
        let fill = "insert into settings values ('x', 1, zeroblob(1000000))";
        assert_eq!(trouble_of(&mut conn, fill).await, Some(Trouble::Full));
        let read_only = format!("{}?mode=ro", desk.url);
        let mut conn = AnyConnection::connect(&read_only).await.unwrap();
        let write = "delete from pause";
        assert_eq!(trouble_of(&mut conn, write).await, Some(Trouble::ReadOnly));
        // A fault of the program is no trouble of the surroundings.
        assert_eq!(trouble_of(&mut conn, "select nothing from nowhere").await, None);
    });
}

#[test]
fn a_file_that_is_no_database_is_told_so() {
    run(async {
        let desk = Desk::on_sqlite().await;
        let path = desk.folder.path().join("other.db");
        fs::write(&path, "This is not a database, but a letter of some length.".repeat(100))
            .unwrap();
        let url = format!("sqlite:{}", path.display());
        let refused =
            Store::open(options(&url), desk.clock.clone(), Dice::system()).await.unwrap_err();
        assert_eq!(refused.trouble(), Some(Trouble::Disk), "{refused:?}");
        assert!(refused.to_string().contains("restore the last backup"), "{refused}");
    });
}

#[test]
fn a_missing_file_is_made_only_where_that_is_allowed() {
    run(async {
        let desk = Desk::on_sqlite().await;
        let url = format!("sqlite:{}", desk.folder.path().join("missing.db").display());
        let only_look = Options { create: false, ..options(&url) };
        let refused = Store::open(only_look, desk.clock.clone(), Dice::system()).await.unwrap_err();
        assert!(matches!(refused, Error::Missing(_)), "{refused}");
        // A question mark would be taken for options of the address.
        let asking = format!("{url}?mode=ro");
        let refused =
            Store::open(options(&asking), desk.clock.clone(), Dice::system()).await.unwrap_err();
        assert!(matches!(refused, Error::Address(_)), "{refused}");
        let path = desk.folder.path().join("报名 2021#%20.db");
        let url = format!("sqlite:{}", path.display());
        Store::open(options(&url), desk.clock.clone(), Dice::system()).await.unwrap();
        assert!(path.exists());
        let nowhere = format!("sqlite:{}", desk.folder.path().join("no/folder/x.db").display());
        let refused = Store::open(options(&nowhere), desk.clock.clone(), Dice::system()).await;
        assert!(refused.unwrap_err().to_string().contains("create its folder"));
    });
}

#[test]
fn a_server_that_is_gone_or_read_only_is_a_planned_wait() {
    run(async {
        let nobody = options("postgres://postgres@127.0.0.1:1/nothing");
        let clock = baoming::clock::Clock::system();
        let refused = Store::open(nobody, clock, Dice::system()).await.unwrap_err();
        assert_eq!(refused.trouble(), Some(Trouble::Lost), "{refused:?}");
        let Some(desk) = Desk::on_postgres().await else { return };
        let mut conn = AnyConnection::connect(&desk.url).await.unwrap();
        sqlx::raw_sql("set default_transaction_read_only = on").execute(&mut conn).await.unwrap();
        let write = "delete from pause";
        assert_eq!(trouble_of(&mut conn, write).await, Some(Trouble::ReadOnly));
    });
}

#[test]
fn a_connection_that_the_server_ends_is_made_again() {
    run(async {
        let Some(desk) = Desk::on_postgres().await else { return };
        let mut work = desk.store.work().await.unwrap();
        let mut conn = AnyConnection::connect(&desk.url).await.unwrap();
        let end = "select pg_terminate_backend(pid) from pg_stat_activity \
            where datname = current_database() and pid <> pg_backend_pid()";
        sqlx::query(end).fetch_all(&mut conn).await.unwrap();
        let lost = work.undecided(1).await.unwrap_err();
        assert!(lost.is_environment(), "{lost:?}");
        drop(work);
        let since = at("2021-09-08T00:00:00Z");
        assert_eq!(desk.store.receive(&[arrival(1, 1, "a")], since).await.unwrap().new, 1);
    });
}
