//! What comes in: once, in order, whole.

use baoming::reading::Kind;
use baoming::store::{LedgerState, Received, Sighting, Source};

use crate::desk::{arrival, at, decided, event, on_both, record};

/// New, alias, preexisting, known.
fn counts(received: &Received) -> [u32; 4] {
    [received.new, received.alias, received.preexisting, received.known]
}

const SINCE: &str = "2021-09-08T00:00:00Z";

on_both! {
    async fn receiving_twice_is_receiving_once(desk) {
        let window = [arrival(1, 1, "one"), arrival(2, 2, "two")];
        let first = desk.store.receive(&window, at(SINCE)).await.unwrap();
        assert_eq!(counts(&first), [2, 0, 0, 0]);
        let waiting = desk.store.undecided(10).await.unwrap();
        let ids: Vec<String> = waiting.into_iter().map(|one| one.id).collect();
        let keys = window.clone().map(|one| one.key);
        assert_eq!(first.taken, ids.into_iter().zip(keys).collect::<Vec<_>>());
        let again = desk.store.receive(&window, at(SINCE)).await.unwrap();
        assert_eq!(counts(&again), [0, 0, 0, 2]);
        assert_eq!(desk.store.undecided(10).await.unwrap().len(), 2);
        let (mailbox, folder) = ("bureau", "INBOX");
        let unknown = desk.store.unknown(mailbox, folder, 1, &[3, 2, 1, 4]).await.unwrap();
        assert_eq!(unknown, [3, 4]);
        assert_eq!(desk.store.unknown(mailbox, folder, 2, &[1]).await.unwrap(), [1]);
        assert_eq!(desk.store.last_uid(mailbox, folder, 1).await.unwrap(), Some(2));
        assert_eq!(desk.store.last_uid(mailbox, folder, 2).await.unwrap(), None);
    }
}

on_both! {
    async fn the_same_bytes_again_are_an_alias_whether_decided_or_not(desk) {
        let ids = desk.take_in(&[arrival(1, 1, "one"), arrival(2, 2, "two")]).await;
        record(desk, &event(5), &[decided(&ids[0], LedgerState::Done)]).await;
        let mut window = [arrival(1, 3, "one"), arrival(2, 4, "two"), arrival(3, 5, "new")];
        for copy in &mut window {
            copy.key.uidvalidity = 9;
        }
        // The window itself may hold the same bytes twice.
        let mut twin = window[2].clone();
        twin.key.uid = 4;
        let received =
            desk.store.receive(&[window.to_vec(), vec![twin]].concat(), at(SINCE)).await.unwrap();
        assert_eq!(counts(&received), [1, 3, 0, 0]);
        let waiting = desk.store.undecided(10).await.unwrap();
        let uids: Vec<u64> = waiting.iter().map(|one| one.key.uid).collect();
        assert_eq!(uids, [2, 3]);
    }
}

on_both! {
    async fn what_arrived_before_since_is_noted_without_its_bytes(desk) {
        let early = arrival(1, -60 * 24 * 30, "old");
        let received = desk.store.receive(&[early, arrival(2, 1, "new")], at(SINCE)).await.unwrap();
        assert_eq!(counts(&received), [1, 0, 1, 0]);
        let key = |uid| arrival(uid, 0, "").key;
        let sightings = [2, 3, 4].map(|uid| Sighting { key: key(uid), arrived: at(SINCE), size: 9 });
        assert_eq!(desk.store.note_preexisting(&sightings).await.unwrap(), 2);
        let counts = desk.store.ledger_counts().await.unwrap();
        let counts: Vec<_> = counts.into_iter().map(|one| (one.state, one.count)).collect();
        assert_eq!(counts, [(LedgerState::Preexisting, 3), (LedgerState::Received, 1)]);
        assert_eq!(desk.store.unknown("bureau", "INBOX", 1, &[1, 2, 3, 4, 5]).await.unwrap(), [5]);
    }
}

on_both! {
    async fn messages_wait_in_order_of_arrival_then_name(desk) {
        let mut junk = arrival(1, 2, "junk");
        junk.key.folder = "广告邮件".into();
        let mut other = arrival(9, 2, "other");
        other.key.mailbox = "accounts".into();
        let window = [
            arrival(7, 5, "late"),
            arrival(8, 1, "early"),
            arrival(10, 2, "same minute, higher UID"),
            arrival(9, 2, "same minute"),
            junk,
            other,
        ];
        desk.take_in(&window).await;
        let waiting = desk.store.undecided(10).await.unwrap();
        let order: Vec<_> =
            waiting.iter().map(|one| (one.key.mailbox.as_str(), one.key.uid)).collect();
        let b = "bureau";
        assert_eq!(order, [(b, 8), ("accounts", 9), (b, 9), (b, 10), (b, 1), (b, 7)]);
        assert_eq!(waiting[4].key.folder, "广告邮件");
        assert!(waiting.is_sorted_by_key(|one| one.key.clone()));
        assert_eq!(desk.store.undecided(2).await.unwrap(), waiting[..2]);
    }
}

on_both! {
    async fn bytes_come_back_as_they_arrived(desk) {
        let mut cut = arrival(2, 2, "the head of something large");
        cut.cut_from = Some(80_000_000);
        let long: String = "西吉县".repeat(50_000);
        let mut maildir = arrival(u64::MAX, 4, "");
        maildir.key.uidvalidity = 0;
        let window = [arrival(1, 1, &long), cut, arrival(3, 3, "x"), maildir];
        let mut ids = desk.take_in(&window).await;
        ids.insert(1, "unknown".into());
        let back = desk.store.raw(&ids).await.unwrap();
        let arrivals: Vec<_> = back.into_iter().map(|(_, arrival)| arrival).collect();
        assert_eq!(arrivals, window);
        assert_eq!(desk.store.last_uid("bureau", "INBOX", 0).await.unwrap(), Some(u64::MAX));
    }
}

on_both! {
    async fn a_window_of_hundreds_comes_in_whole(desk) {
        // 203 = 3 × 64 + 8 + 3 × 1: every shape of the bulk statements.
        let window: Vec<_> = (1..=203).map(|n| arrival(n, 1, &format!("message {n}"))).collect();
        let ids = desk.take_in(&window).await;
        let back = desk.store.raw(&ids).await.unwrap();
        assert_eq!(back.into_iter().map(|(_, arrival)| arrival).collect::<Vec<_>>(), window);
        assert_eq!(desk.store.ledger(&ids).await.unwrap().len(), 203);
        let uids: Vec<u64> = (1..=300).collect();
        let unknown = desk.store.unknown("bureau", "INBOX", 1, &uids).await.unwrap();
        assert_eq!(unknown, (204..=300).collect::<Vec<u64>>());
    }
}

on_both! {
    async fn the_starts_that_a_message_waited_through_are_counted_up_to_a_point(desk) {
        let ids = desk.take_in(&[arrival(1, 1, "one"), arrival(2, 2, "two")]).await;
        for _ in 0..5 {
            desk.store.count_start(3).await.unwrap();
        }
        desk.store.count_alone(&ids[0]).await.unwrap();
        let ends = async || {
            let waiting = desk.store.undecided(10).await.unwrap();
            waiting.iter().map(|one| one.interrupted).collect::<Vec<_>>()
        };
        assert_eq!(ends().await, [4, 3]);
        desk.store.count_start(3).await.unwrap();
        assert_eq!(ends().await, [4, 3]);
        desk.store.quarantine(&ids[0], "x").await.unwrap();
        desk.store.reprocess(&ids[0], "office").await.unwrap();
        assert_eq!(ends().await, [0, 3], "a clerk's word begins anew");
    }
}

on_both! {
    async fn a_message_that_brings_its_reader_down_is_put_aside_and_shown(desk) {
        let ids = desk.take_in(&[arrival(1, 1, "bad"), arrival(2, 2, "good")]).await;
        let line = async || {
            let waiting = desk.store.undecided(10).await.unwrap();
            waiting.into_iter().map(|one| one.id).collect::<Vec<_>>()
        };
        assert_eq!(line().await, ids);
        for attempts in 1..=3 {
            desk.store.count_attempt(&ids[..1]).await.unwrap();
            assert_eq!(line().await, ids[1..], "nobody waits for it");
            let aside = desk.store.set_aside(&[]).await.unwrap().unwrap();
            assert_eq!((&aside.id, aside.attempts), (&ids[0], attempts));
        }
        assert_eq!(desk.store.set_aside(&ids[..1]).await.unwrap(), None);
        let back = desk.store.undecided_with(10, &ids[..1]).await.unwrap();
        assert_eq!(back.iter().map(|one| &one.id).collect::<Vec<_>>(), [&ids[0], &ids[1]]);
        assert!(desk.store.quarantine(&ids[0], "读取三次都失败").await.unwrap());
        assert!(!desk.store.quarantine(&ids[0], "读取三次都失败").await.unwrap());
        assert_eq!(desk.store.undecided(10).await.unwrap().len(), 1);
        let tasks = desk.store.open_tasks().await.unwrap();
        assert_eq!(tasks.len(), 1);
        assert_eq!(tasks[0].reasons, ["读取三次都失败"]);
        let message = tasks[0].message.as_ref().unwrap();
        assert_eq!((message.state, message.key.uid), (LedgerState::Quarantined, 1));
        assert_eq!(desk.store.raw(&ids[..1]).await.unwrap()[0].1.raw, b"bad");
    }
}

on_both! {
    async fn another_copy_with_other_bytes_is_a_duplicate_of_what_was_decided(desk) {
        let ids = desk
            .take_in(&[arrival(1, 1, "a"), arrival(2, 2, "b"), arrival(3, 3, "c"), arrival(4, 4, "d")])
            .await;
        let first = decided(&ids[0], LedgerState::Done);
        record(desk, &event(5), std::slice::from_ref(&first)).await;
        let Source::Message(fate) = &first.source else { panic!("a message") };
        let like = |id: &str| baoming::store::Candidate {
            id: id.into(),
            message_id: fate.message_id.clone(),
            sender: fate.sender.clone(),
            fingerprint: fate.fingerprint,
        };
        let new = Some("new@example.com".to_owned());
        let candidates = [
            like(&ids[1]),
            baoming::store::Candidate { fingerprint: [2; 32], ..like(&ids[1]) },
            baoming::store::Candidate { sender: None, ..like(&ids[1]) },
            baoming::store::Candidate { message_id: None, ..like(&ids[1]) },
            // Two of the same window, neither decided yet.
            baoming::store::Candidate { message_id: new.clone(), ..like(&ids[2]) },
            baoming::store::Candidate { message_id: new, ..like(&ids[3]) },
        ];
        let mut work = desk.store.work().await.unwrap();
        let found = work.find_duplicates(&candidates).await.unwrap();
        let original = |at: usize| Some(ids[at].clone());
        assert_eq!(found, [original(0), None, None, None, None, original(2)]);
    }
}

on_both! {
    async fn what_was_decided_is_counted_by_state_and_kind(desk) {
        let ids = desk.take_in(&[arrival(1, 1, "a"), arrival(2, 2, "b"), arrival(3, 3, "c")]).await;
        let mut newsletter = decided(&ids[1], LedgerState::Ignored);
        let Source::Message(fate) = &mut newsletter.source else { panic!("a message") };
        (fate.kind, fate.after) = (Some(Kind::Bulk), true);
        record(desk, &event(5), &[decided(&ids[0], LedgerState::Done), newsletter]).await;
        let day = (at("2021-09-13T00:00:00Z"), at("2021-09-14T00:00:00Z"));
        let counts = desk.store.decided_between(day.0, day.1).await.unwrap();
        let done = ("bureau".to_owned(), LedgerState::Done, Some(Kind::Registration), 1);
        let ignored = ("bureau".to_owned(), LedgerState::Ignored, Some(Kind::Bulk), 1);
        assert_eq!(counts, [done, ignored]);
        let later = desk.store.decided_between(day.1, at("2021-09-15T00:00:00Z")).await.unwrap();
        assert_eq!(later, []);
        let entry = desk.store.ledger(&ids[..1]).await.unwrap().remove(0);
        assert_eq!(entry.facts.unwrap().subject, "报名");

        let wished = desk.store.pending_after("bureau", 10).await.unwrap();
        assert_eq!(wished, [arrival(2, 0, "").key]);
        desk.store.after_done(&wished).await.unwrap();
        assert_eq!(desk.store.pending_after("bureau", 10).await.unwrap(), []);
    }
}
