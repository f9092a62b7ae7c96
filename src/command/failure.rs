//! How a command ends when it does not succeed: an exit code and words.

use crate::daemon::AssemblyError;
use crate::intake::OrderError;
use crate::settings::{ModelsLacking, Problems};
use crate::store;

/// Done, but something is wrong.
pub(super) const FAILED: u8 = 1;
/// Wrong usage; `clap` uses the same.
pub(super) const USAGE: u8 = 2;
/// Bad configuration (`EX_CONFIG` of sysexits.h).
pub(super) const CONFIG: u8 = 78;

/// A command's failure.
#[derive(Debug)]
pub(super) struct Failure {
    /// The exit code.
    pub(super) code: u8,
    /// What is wrong, where, and what to do.
    pub(super) message: String,
}

impl Failure {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { code: FAILED, message: message.into() }
    }

    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self { code: USAGE, message: message.into() }
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Self { code: CONFIG, message: problems.to_string().trim_end().to_owned() }
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self::new(chain(&error))
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        // Whoever reads has seen enough (`baoming list | head`).
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self { code: 0, message: String::new() };
        }
        Self::new(error.to_string())
    }
}

impl From<AssemblyError> for Failure {
    fn from(error: AssemblyError) -> Self {
        let code = if error.is_configuration() { CONFIG } else { FAILED };
        Self { code, message: chain(&error) }
    }
}

impl From<ModelsLacking> for Failure {
    fn from(error: ModelsLacking) -> Self {
        Self { code: CONFIG, message: error.to_string() }
    }
}

impl From<OrderError> for Failure {
    fn from(error: OrderError) -> Self {
        match error {
            OrderError::WhichEvent(_) | OrderError::NoSuchEvent(..) => {
                Self::usage(error.to_string())
            }
            _ => Self::new(chain(&error)),
        }
    }
}

/// An error with its causes, each once.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}
