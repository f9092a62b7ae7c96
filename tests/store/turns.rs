//! Exclusive work: nobody decides beside another.

use std::time::Duration;

use baoming::clock::Dice;
use baoming::roster::{Registration, Status, Wants};
use baoming::store::{LedgerState, RegistrationFilter, Store};

use crate::desk::{
    Desk, arrival, decided, event, on_both, options, record, registration, standing,
};

/// Takes a free place if there is one, as any decision does: look, then write.
async fn race(store: Store) -> bool {
    let event = event(5);
    let mut work = store.work().await.unwrap();
    work.event(&event).await.unwrap();
    let board = work.board(&event, &Wants::default()).await.unwrap();
    let taken = board.tallies.get("representative").map_or(0, |tally| tally.confirmed);
    // The others look at the same time, if they can.
    tokio::task::yield_now().await;
    let free = taken < 5;
    let status = if free { Status::Confirmed } else { Status::Waitlisted };
    let person = registration(board.next_serial, status);
    work.record(&event, &[standing(&[person])]).await.unwrap();
    work.commit().await.unwrap();
    free
}

on_both! {
    async fn twenty_racers_for_five_seats_end_with_five(desk) {
        // Half of them come from a second process with its own connections.
        let another = desk.another().await;
        let stores = (0..20).map(|n| if n % 2 == 0 { desk.store.clone() } else { another.clone() });
        let racers = stores.map(race).map(tokio::task::spawn);
        let seats = futures::future::join_all(racers).await;
        assert_eq!(seats.iter().filter(|seat| *seat.as_ref().unwrap()).count(), 5);
        let all = desk.store.registrations(&RegistrationFilter::default()).await.unwrap();
        let of = |status: Status| {
            all.iter().map(|one| &one.registration).filter(|one| one.status == status).count()
        };
        assert_eq!((of(Status::Confirmed), of(Status::Waitlisted)), (5, 15));
        let mut serials: Vec<u32> = all.iter().map(|one| one.registration.serial).collect();
        serials.sort_unstable();
        assert_eq!(serials, (1..=20).collect::<Vec<_>>());
        assert_eq!(desk.store.verify_audit().await.unwrap().broken_at, None);
    }
}

on_both! {
    async fn two_deciders_share_the_backlog_without_a_double_decision(desk) {
        let window: Vec<_> = (1..=40).map(|n| arrival(n, 1, &format!("m{n}"))).collect();
        desk.take_in(&window).await;
        let decide = |store: Store| async move {
            let mut count = 0;
            loop {
                let mut work = store.work().await.unwrap();
                work.event(&event(5)).await.unwrap();
                let pending = work.undecided(3).await.unwrap();
                if pending.is_empty() {
                    return count;
                }
                count += pending.len();
                let all: Vec<_> =
                    pending.iter().map(|one| decided(&one.id, LedgerState::Done)).collect();
                work.record(&event(5), &all).await.unwrap();
                work.commit().await.unwrap();
            }
        };
        let another = desk.another().await;
        let (one, two) = tokio::join!(
            tokio::task::spawn(decide(desk.store.clone())),
            tokio::task::spawn(decide(another))
        );
        assert_eq!(one.unwrap() + two.unwrap(), 40);
        assert_eq!(desk.store.decisions(0, 100).await.unwrap().len(), 40);
    }
}

on_both! {
    async fn a_reader_does_not_wait_for_a_work(desk) {
        record(desk, &event(5), &[standing(&[registration(1, Status::Confirmed)])]).await;
        let mut work = desk.store.work().await.unwrap();
        work.record(&event(5), &[standing(&[registration(2, Status::Confirmed)])]).await.unwrap();
        let all = RegistrationFilter::default();
        let looking = desk.store.registrations(&all);
        let seen = tokio::time::timeout(Duration::from_secs(5), looking).await.unwrap().unwrap();
        assert_eq!(seen.len(), 1, "what is not committed is not seen");
        work.commit().await.unwrap();
        let seen = desk.store.registrations(&all).await.unwrap();
        let seen: Vec<&Registration> = seen.iter().map(|one| &one.registration).collect();
        assert_eq!(seen.len(), 2);
    }
}

on_both! {
    async fn who_waits_too_long_for_a_turn_is_told_that_it_is_busy(desk) {
        let mut hasty = options(&desk.url);
        hasty.patience = Duration::from_millis(50);
        let hasty = Store::open(hasty, desk.clock.clone(), Dice::system()).await.unwrap();
        let work = desk.store.work().await.unwrap();
        let busy = hasty.work().await.unwrap_err();
        assert!(busy.is_environment(), "{busy}");
        assert!(busy.to_string().contains("another process holds the database"), "{busy}");
        drop(work);
    }
}

#[test]
fn a_second_daemon_on_one_file_is_refused_with_a_clear_message() {
    crate::desk::run(async {
        let desk = Desk::on_sqlite().await;
        let lock = desk.store.lock_daemon().unwrap();
        let another = desk.another().await;
        let told = another.lock_daemon().unwrap_err().to_string();
        let process = format!("(process {})", std::process::id());
        assert!(
            told.contains("another baoming already serves") && told.contains(&process),
            "{told}"
        );
        // Clerks' commands need no lock.
        drop(another.work().await.unwrap());
        drop(lock);
        another.lock_daemon().unwrap();
    });
}

#[test]
fn several_daemons_may_share_a_server() {
    crate::desk::run(async {
        let Some(desk) = Desk::on_postgres().await else { return };
        let _one = desk.store.lock_daemon().unwrap();
        desk.another().await.lock_daemon().unwrap();
    });
}
