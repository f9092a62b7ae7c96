//! What the service remembers of itself.

use baoming::roster::{Order, OrderKind};
use baoming::store::{FolderPass, LetterState};

use crate::desk::{arrival, minutes_after_opening, on_both, opening, order_key};

on_both! {
    async fn a_pause_survives_a_restart_and_ends_in_time(desk) {
        let until = minutes_after_opening(30);
        desk.store.pause("imap:bureau", minutes_after_opening(5), "login refused").await.unwrap();
        desk.store.pause("imap:bureau", until, "login refused again").await.unwrap();
        let restarted = desk.another().await;
        let pause = restarted.paused("imap:bureau", minutes_after_opening(29)).await.unwrap().unwrap();
        assert_eq!((pause.until, pause.why.as_str()), (until, "login refused again"));
        assert_eq!(restarted.paused("imap:bureau", until).await.unwrap(), None);
        assert_eq!(restarted.paused("smtp", opening()).await.unwrap(), None);
        assert_eq!(restarted.pauses(opening()).await.unwrap(), [pause]);
        restarted.lift_pause("imap:bureau").await.unwrap();
        assert_eq!(desk.store.paused("imap:bureau", opening()).await.unwrap(), None);
    }
}

on_both! {
    async fn a_lease_has_one_holder_until_it_ends(desk) {
        let (now, until) = (opening(), minutes_after_opening(5));
        let take = |holder: &'static str, now, until| {
            let store = desk.store.clone();
            async move { store.lease("imap:bureau", holder, now, until).await.unwrap() }
        };
        assert!(take("one", now, until).await);
        assert!(!take("two", now, until).await);
        assert!(take("one", now, minutes_after_opening(6)).await, "it is renewed");
        assert!(!take("two", until, minutes_after_opening(9)).await);
        assert!(take("two", minutes_after_opening(6), minutes_after_opening(9)).await);
        desk.store.release("imap:bureau", "one").await.unwrap();
        assert!(!take("one", minutes_after_opening(7), until).await);
        desk.store.release("imap:bureau", "two").await.unwrap();
        assert!(take("one", minutes_after_opening(7), until).await);
    }
}

on_both! {
    async fn health_tells_backlog_letters_passes_and_pauses(desk) {
        desk.take_in(&[arrival(1, 7, "a"), arrival(2, 3, "b"), arrival(3, 9, "c")]).await;
        let id = desk.store.undecided(1).await.unwrap().remove(0).id;
        desk.store.quarantine(&id, "unreadable").await.unwrap();
        let seen = |folder: &str, listed| FolderPass {
            folder: folder.into(),
            uidvalidity: 1,
            listed,
            held: 3,
        };
        desk.store.note_pass("bureau", opening(), &[seen("INBOX", 9)]).await.unwrap();
        let later = minutes_after_opening(1);
        let folders = [seen("INBOX", 3), seen("广告邮件", 0)];
        desk.store.note_pass("bureau", later, &folders).await.unwrap();
        desk.store.pause("smtp", later, "daily cap").await.unwrap();
        let health = desk.store.health(opening()).await.unwrap();
        assert_eq!((health.backlog, health.quarantined, health.open_tasks), (2, 1, 1));
        assert_eq!(health.oldest, Some(minutes_after_opening(7)));
        assert_eq!(health.letters, [] as [(LetterState, u64); 0]);
        assert_eq!(health.oldest_due, None);
        assert_eq!(health.passes.len(), 2);
        assert_eq!((health.passes[0].at, &health.passes[0].seen), (later, &folders[0]));
        assert_eq!(health.pauses.len(), 1);
    }
}

on_both! {
    async fn a_clerks_order_is_written_down_with_its_running_number(desk) {
        let mut work = desk.store.work().await.unwrap();
        assert_eq!(work.next_order().await.unwrap(), 1);
        let order = Order {
            id: "C1".into(),
            by: "clerk".into(),
            key: order_key(1),
            kind: OrderKind::Reject { number: "XJ21-001".into(), reason: "不符合条件".into() },
        };
        work.journal(&order).await.unwrap();
        assert_eq!(work.next_order().await.unwrap(), 2);
        work.commit().await.unwrap();
        assert_eq!(desk.store.command("C1").await.unwrap().unwrap().order, order);
        assert_eq!(desk.store.command("C2").await.unwrap(), None);
    }
}
