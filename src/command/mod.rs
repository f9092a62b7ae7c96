//! The command line: one file a command.

pub mod cli;
pub mod log;
pub mod parse;
