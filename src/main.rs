//! The binary: all of it is in the library.

use std::process::ExitCode;

use baoming::command::{Surroundings, main as command};
use baoming::confine;
use tikv_jemallocator::Jemalloc;

/// Mails are many small strings: the system's allocator would take an eighth of the time.
#[global_allocator]
static MEMORY: Jemalloc = Jemalloc;

fn main() -> ExitCode {
    // Before anything else, while there is no other thread: a reading process shuts itself in.
    if std::env::args_os().nth(1).is_some_and(|first| first == confine::ARGUMENT) {
        return if read_confined() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    #[expect(clippy::disallowed_methods, reason = "main looks at the environment, once")]
    let around = Surroundings {
        user: std::env::var("SUDO_USER").or_else(|_| std::env::var("USER")).ok(),
        to_journal: std::env::var_os("JOURNAL_STREAM").is_some(),
    };
    command(std::env::args_os(), &around)
}

#[cfg(not(feature = "fault"))]
fn read_confined() -> bool {
    confine::serve(looks_at_pictures())
}

/// With `probe FILE PORT` it tries to get out instead.
#[cfg(feature = "fault")]
fn read_confined() -> bool {
    let arguments: Vec<_> = std::env::args().skip(2).collect();
    match arguments.as_slice() {
        [word, file, port] if word == "probe" => confine::probe(file, port.parse().unwrap_or(1)),
        _ => confine::serve(looks_at_pictures()),
    }
}

fn looks_at_pictures() -> bool {
    std::env::args_os().nth(2).is_some_and(|second| second == confine::PICTURES)
}
