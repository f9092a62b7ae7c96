//! Messages that bring their reader down, readers that lie, readers that do not come up.

use std::time::Duration;

use baoming::confine::{Lost, Options};

use super::{children, faulty, form, is_form, marked, options, pids, pool, read};

/// Fifty good mails with two marked ones among them: these alone are lost, each in this way.
fn only_the_marked_are_lost(options: Options, expected: impl Fn(&Lost) -> bool) {
    let pool = pool(options);
    let mut raws: Vec<_> = (0..50).map(form).collect();
    raws[0] = marked();
    raws[23] = marked();
    let outcomes = read(&pool, raws).unwrap();
    assert_eq!(outcomes.len(), 50);
    for (n, outcome) in outcomes.iter().enumerate() {
        match outcome {
            Err(lost) if n == 0 || n == 23 => assert!(expected(lost), "{n}: {lost}"),
            outcome => assert!(is_form(outcome, n), "{n}: {outcome:?}"),
        }
    }
    assert!(is_form(&read(&pool, vec![form(7)]).unwrap()[0], 7), "the pool goes on");
    assert!(children().iter().all(|(_, state)| *state != 'Z'), "{:?}", children());
    drop(pool);
    assert_eq!(pids(), [0; 0]);
}

#[test]
fn a_message_that_aborts_its_reader_is_lost_alone() {
    only_the_marked_are_lost(faulty("reader-abort"), |lost| {
        *lost == Lost::Died("signal 6".to_owned())
    });
}

#[test]
fn a_message_that_panics_is_lost_alone_and_only_the_place_is_told() {
    only_the_marked_are_lost(faulty("reader-panic"), |lost| {
        let Lost::Panicked(at) = lost else { return false };
        at.starts_with("src/fault.rs:")
    });
}

#[test]
fn a_message_that_takes_all_memory_is_lost_alone() {
    only_the_marked_are_lost(faulty("reader-eat"), |lost| matches!(lost, Lost::Died(_)));
}

#[test]
fn a_message_that_loops_or_sleeps_for_ever_is_lost_alone() {
    for how in ["reader-spin", "reader-hang"] {
        let options = Options { patience: Duration::from_secs(3), ..faulty(how) };
        only_the_marked_are_lost(options, |lost| *lost == Lost::Late);
    }
}

#[test]
fn a_reader_that_lies_is_dropped_and_its_message_lost() {
    for lie in ["noise", "length", "version", "number", "payload"] {
        only_the_marked_are_lost(faulty(&format!("reader-lie-{lie}")), |lost| *lost == Lost::Lied);
    }
}

#[test]
fn a_reader_that_stays_silent_or_tells_half_is_late() {
    for lie in ["nothing", "half"] {
        let options =
            Options { patience: Duration::from_secs(3), ..faulty(&format!("reader-lie-{lie}")) };
        // What follows the marked mail is answered out of turn, so that it may be told earlier.
        only_the_marked_are_lost(options, |lost| matches!(lost, Lost::Late | Lost::Lied));
    }
}

#[test]
fn nothing_is_charged_where_no_reader_comes_up() {
    for (program, arguments) in [
        ("/nonexistent/baoming", vec![]),
        ("/bin/false", vec![]),
        ("/bin/echo", vec!["hello, this is not a reader, whatever it was told"]),
        ("/bin/cat", vec![]),
    ] {
        let arguments = arguments.into_iter().map(Into::into).collect();
        let options = Options { program: program.into(), arguments, ..options() };
        let pool = pool(options);
        let refused = read(&pool, vec![form(1), form(2)]);
        assert!(refused.is_err(), "{program}: {refused:?}");
        drop(pool);
        assert_eq!(pids(), [0; 0], "{program}");
    }
}
