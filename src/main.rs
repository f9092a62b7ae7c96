//! The binary: all of it is in the library.

use std::process::ExitCode;

use baoming::command::{Surroundings, main as command};

fn main() -> ExitCode {
    #[expect(clippy::disallowed_methods, reason = "main looks at the environment, once")]
    let around = Surroundings {
        user: std::env::var("SUDO_USER").or_else(|_| std::env::var("USER")).ok(),
        to_journal: std::env::var_os("JOURNAL_STREAM").is_some(),
    };
    command(std::env::args_os(), &around)
}
