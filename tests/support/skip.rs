//! Tests that cannot run here say so: `tests/run` lists them at the end, and in CI it fails.

#![expect(clippy::print_stderr, reason = "without a list there is nowhere else to say it")]

use std::fs::OpenOptions;
use std::io::Write;

/// Notes that the running test is left out, and why; the test then returns. Without `tests/run` it
/// is told on stderr.
pub fn left_out(why: &str) {
    let thread = std::thread::current();
    let line = format!("{}: {why}\n", thread.name().unwrap_or("a test"));
    match std::env::var_os("BAOMING_SKIPPED") {
        Some(path) => {
            let list = OpenOptions::new().create(true).append(true).open(path);
            list.unwrap().write_all(line.as_bytes()).unwrap();
        }
        None => eprint!("left out: {line}"),
    }
}
