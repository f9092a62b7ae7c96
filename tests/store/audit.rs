//! The audit: complete, chained, append-only, nameless.

use baoming::roster::{Action, Status, Step, Verdict};
use baoming::store::Decided;
use sqlx::{AnyConnection, AssertSqlSafe, Connection};

use crate::desk::{Desk, event, on_both, opening, record, registration, standing};

/// A connection behind the store's back.
async fn behind(desk: &Desk) -> AnyConnection {
    sqlx::any::install_default_drivers();
    AnyConnection::connect(&desk.url).await.unwrap()
}

async fn execute(conn: &mut AnyConnection, sql: &str) -> Result<(), String> {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(conn).await;
    done.map(drop).map_err(|error| error.to_string())
}

/// Seventy people register, the first gives the place back.
async fn story(desk: &Desk) {
    let people: Vec<_> = (1..=70).map(|n| registration(n, Status::Waitlisted)).collect();
    let after = registration(1, Status::Cancelled);
    let step = Step { action: Action::Cancelled, after, why: "withdrawn" };
    let cancelled = Decided {
        verdict: Verdict { steps: vec![step], ..Verdict::default() },
        by: "clerk".into(),
        ..standing(&[])
    };
    record(desk, &event(5), &[standing(&people), cancelled]).await;
}

on_both! {
    async fn every_change_is_told_and_the_chain_verifies(desk) {
        let empty = desk.store.verify_audit().await.unwrap();
        assert_eq!((empty.rows, empty.broken_at, empty.head), (0, None, None));
        story(desk).await;
        let rows = desk.store.audit("R00001").await.unwrap();
        let told: Vec<_> =
            rows.iter().map(|row| (row.seq, row.action, row.status, row.by.as_str())).collect();
        let first = (1, Action::Registered, Status::Waitlisted, "baoming");
        assert_eq!(told, [first, (71, Action::Cancelled, Status::Cancelled, "clerk")]);
        assert_eq!((rows[1].why.as_str(), rows[1].source.as_str()), ("withdrawn", "clock"));
        assert_eq!((rows[1].at, rows[1].seat), (opening(), false));
        assert_eq!(rows[1].category.as_deref(), Some("representative"));
        let check = desk.store.verify_audit().await.unwrap();
        assert_eq!((check.rows, check.broken_at), (71, None));
        assert_eq!(check.head.unwrap().len(), 64);
        // The chain goes on over windows.
        record(desk, &event(5), &[standing(&[registration(71, Status::Review)])]).await;
        assert_eq!(desk.store.verify_audit().await.unwrap().rows, 72);
    }
}

on_both! {
    async fn the_audit_refuses_to_be_changed(desk) {
        story(desk).await;
        let mut conn = behind(desk).await;
        for sql in [
            "update audit set why = 'other' where seq = 3",
            "delete from audit where seq = 71",
            "delete from audit",
        ] {
            let refused = execute(&mut conn, sql).await.unwrap_err();
            assert!(refused.contains("append-only"), "{sql}: {refused}");
        }
        let replaced = if desk.url.starts_with("sqlite") {
            "insert or replace into audit select * from audit where seq = 3"
        } else {
            "truncate audit"
        };
        let refused = execute(&mut conn, replaced).await.unwrap_err();
        assert!(refused.contains("append-only"), "{refused}");
        assert_eq!(desk.store.verify_audit().await.unwrap().broken_at, None);
    }
}

on_both! {
    async fn what_was_changed_past_the_triggers_is_found(desk) {
        story(desk).await;
        let mut conn = behind(desk).await;
        let disarm = if desk.url.starts_with("sqlite") {
            "drop trigger audit_is_never_changed; drop trigger audit_is_never_deleted"
        } else {
            "drop trigger audit_is_never_changed on audit"
        };
        execute(&mut conn, disarm).await.unwrap();
        let broken = || async { desk.store.verify_audit().await.unwrap().broken_at };
        execute(&mut conn, "update audit set status = 'confirmed' where seq = 5").await.unwrap();
        assert_eq!(broken().await, Some(5));
        execute(&mut conn, "update audit set status = 'waitlisted' where seq = 5").await.unwrap();
        assert_eq!(broken().await, None);
        execute(&mut conn, "delete from audit where seq = 9").await.unwrap();
        assert_eq!(broken().await, Some(10));
    }
}

on_both! {
    async fn the_chain_verifies_after_an_erasure(desk) {
        story(desk).await;
        let mut conn = behind(desk).await;
        execute(&mut conn, "delete from audit_salt").await.unwrap();
        assert_eq!(desk.store.verify_audit().await.unwrap().broken_at, None);
        // What happens afterwards is told all the same.
        record(desk, &event(5), &[standing(&[registration(1, Status::Refused)])]).await;
        let check = desk.store.verify_audit().await.unwrap();
        assert_eq!((check.rows, check.broken_at), (72, None));
    }
}
