//! The rules of the roster: each test's name is a sentence of the specification.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test that meets what it does not expect fails there and says so"
)]

#[path = "../support/roll.rs"]
mod roll;
mod places;
mod waiting;
mod groups;
mod answers;
mod chosen;
mod window;
mod again;
mod unfinished;
mod complete;
mod closing;
mod withdraw;
mod clerks;
mod who;
mod told;
mod events;
mod model;
mod story;
