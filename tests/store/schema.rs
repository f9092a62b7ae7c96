//! Two folders of migrations, one schema.

use std::collections::BTreeMap;
use std::path::Path;

use baoming::clock::Dice;
use baoming::store::{Error, Store};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Connection, Row};

use crate::desk::{Desk, on_both, options, run};

/// Columns by table, in their order, with type and whether they may be missing.
type Tables = BTreeMap<String, Vec<(String, String, bool)>>;

fn tables(rows: &[AnyRow]) -> Tables {
    let mut tables = Tables::new();
    for row in rows {
        let kind = match row.get::<String, _>(2).to_lowercase().as_str() {
            "integer" | "bigint" => "number",
            "blob" | "bytea" => "bytes",
            "text" => "text",
            other => panic!("a column of type {other}"),
        };
        let column = (row.get(1), kind.to_owned(), row.get::<i64, _>(3) == 1);
        tables.entry(row.get(0)).or_default().push(column);
    }
    tables
}

#[test]
fn both_databases_have_the_same_tables_and_columns() {
    run(async {
        let Some(server) = Desk::on_postgres().await else { return };
        let mut conn = AnyConnection::connect(&server.url).await.unwrap();
        let rows = sqlx::query(
            "select cast(table_name as text), cast(column_name as text), cast(data_type as text), \
             cast(case is_nullable when 'YES' then 1 else 0 end as bigint) \
             from information_schema.columns \
             where table_schema = 'public' and table_name not like '_sqlx%' \
             order by table_name, ordinal_position",
        )
        .fetch_all(&mut conn)
        .await
        .unwrap();
        let on_postgres = tables(&rows);
        let file = Desk::on_sqlite().await;
        let mut conn = AnyConnection::connect(&file.url).await.unwrap();
        let rows = sqlx::query(
            "select t.name, c.name, c.type, 1 - c.\"notnull\" \
             from pragma_table_list as t join pragma_table_info(t.name) as c \
             where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite%' \
             and t.name not like '\\_sqlx%' escape '\\' order by t.name, c.cid",
        )
        .fetch_all(&mut conn)
        .await
        .unwrap();
        let on_sqlite = tables(&rows);
        assert_eq!(on_sqlite, on_postgres);
        assert!(on_sqlite.len() > 15, "{on_sqlite:?}");
        let strict = "select count(*) from pragma_table_list \
            where schema = 'main' and strict = 0 and name not like '%sql%'";
        let loose: i64 = sqlx::query(strict).fetch_one(&mut conn).await.unwrap().get(0);
        assert_eq!(loose, 0, "every table of ours is strict");
    });
}

#[test]
fn both_folders_hold_the_same_files_and_each_explains_its_tables() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let files = |name: &str| {
        let mut files: Vec<_> = std::fs::read_dir(folder.join(name))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        files
    };
    assert_eq!(files("sqlite"), files("postgres"));
    for name in ["sqlite", "postgres"] {
        for file in files(name) {
            let text = std::fs::read_to_string(folder.join(name).join(&file)).unwrap();
            for (at, line) in text.lines().enumerate() {
                let explained = at > 0 && text.lines().nth(at - 1).unwrap().starts_with("--");
                assert!(!line.starts_with("create table") || explained, "{name}/{file}: {line}");
            }
        }
    }
}

on_both! {
    async fn opening_again_changes_nothing_and_a_newer_schema_is_refused(desk) {
        desk.store.pause("kept", crate::desk::minutes_after_opening(9), "kept").await.unwrap();
        let another = desk.another().await;
        assert_eq!(another.pauses(crate::desk::opening()).await.unwrap().len(), 1);
        let mut conn = AnyConnection::connect(&desk.url).await.unwrap();
        let newer = if desk.url.starts_with("sqlite") { "x'00', 0" } else { "'\\x00', 0" };
        let sql = format!(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
             values (99, 'later', true, {newer})"
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut conn).await.unwrap();
        let refused = Store::open(options(&desk.url), desk.clock.clone(), Dice::system()).await;
        let refused = refused.unwrap_err();
        assert!(matches!(refused, Error::Newer { found: 99, .. }), "{refused}");
    }
}

#[test]
fn four_programs_may_make_the_same_database_at_once() {
    run(async {
        let folder = tempfile::TempDir::new().unwrap();
        let file = format!("sqlite:{}", folder.path().join("new.db").display());
        let database = crate::postgres::Database::create().await;
        let urls = [Some(file), database.map(|database| database.url().to_owned())];
        for url in urls.into_iter().flatten() {
            let open = || {
                let clock = baoming::clock::Clock::standing_at(crate::desk::opening());
                tokio::task::spawn(Store::open(options(&url), clock, Dice::system()))
            };
            for opened in futures::future::join_all([open(), open(), open(), open()]).await {
                opened.unwrap().unwrap();
            }
        }
    });
}
