//! The life of the children: as many as there are processors, replaced in time, never left behind.

use std::collections::BTreeSet;
use std::process::Command;

use baoming::confine::{Lost, Options};

use super::{children, form, is_form, options, pids, pool, read, wait_until};

#[test]
fn there_are_as_many_children_as_the_pool_is_large_and_none_when_it_is_gone() {
    let pool = pool(Options { size: 3, ..options() });
    assert_eq!(pids(), [0; 0], "none before there is work");
    read(&pool, (0..500).map(form).collect()).unwrap();
    let many = pids();
    assert!((1..=3).contains(&many.len()), "{many:?}");
    read(&pool, (0..500).map(form).collect()).unwrap();
    assert!(pids().iter().filter(|pid| many.contains(pid)).count() > 0, "they are kept");
    drop(pool);
    assert_eq!(pids(), [0; 0]);
}

#[test]
fn a_child_is_replaced_after_many_messages_or_when_it_has_grown() {
    for options in
        [Options { retire_after: 20, ..options() }, Options { retire_at: 1024 * 1024, ..options() }]
    {
        let pool = pool(Options { size: 1, ..options });
        let mut seen = BTreeSet::new();
        for round in 0..4 {
            let outcomes = read(&pool, (0..100).map(form).collect()).unwrap();
            assert!(outcomes.iter().enumerate().all(|(n, outcome)| is_form(outcome, n)));
            seen.extend(pids());
            assert!(children().len() <= 1, "round {round}: {:?}", children());
        }
        wait_until("the last is replaced or ended", || seen.len() > 1 || pids().is_empty());
    }
}

#[test]
fn readers_killed_again_and_again_cost_at_most_what_they_had_in_hand() {
    let pool = pool(options());
    let killer = std::thread::spawn(|| -> u32 {
        let mut killed = 0;
        while killed < 40 {
            for pid in pids() {
                let shot = Command::new("kill").args(["-9", &pid.to_string()]).status();
                killed += u32::from(shot.is_ok_and(|status| status.success()));
            }
            std::thread::sleep(std::time::Duration::from_millis(30));
        }
        killed
    });
    let (mut rounds, mut lost) = (0, 0);
    while !killer.is_finished() {
        // `kill` is a child of this process as well, and none of the pool's.
        match read(&pool, (0..200).map(form).collect()) {
            Ok(outcomes) => {
                for (n, outcome) in outcomes.iter().enumerate() {
                    match outcome {
                        Err(Lost::Died(how)) if how == "signal 9" => lost += 1,
                        outcome => assert!(is_form(outcome, n), "{n}: {outcome:?}"),
                    }
                }
            }
            // Three in a row were shot before they could say that they are ready.
            Err(error) => assert!(error.to_string().contains("did not confine"), "{error}"),
        }
        rounds += 1;
    }
    let shots = killer.join().unwrap();
    assert!(lost <= shots, "{lost} messages of {rounds} rounds by {shots} kills");
    let outcomes = read(&pool, (0..200).map(form).collect()).unwrap();
    assert!(outcomes.iter().enumerate().all(|(n, outcome)| is_form(outcome, n)));
    drop(pool);
    assert_eq!(pids(), [0; 0]);
}

#[test]
fn several_who_wait_get_each_their_own() {
    let pool = pool(options());
    std::thread::scope(|scope| {
        for caller in 0..6 {
            let pool = &pool;
            scope.spawn(move || {
                let first = caller * 1000;
                let outcomes = read(pool, (first..first + 120).map(form).collect()).unwrap();
                for (n, outcome) in (first..).zip(&outcomes) {
                    assert!(is_form(outcome, n), "{n}: {outcome:?}");
                }
            });
        }
    });
}
