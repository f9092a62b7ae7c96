//! Who has which place, and why: the rules, as pure functions.
//!
//! `decide` is handed everything it needs and gives back a [`Verdict`] that says all of it: the
//! registrations as they shall stand, the letters owed, the tasks for the staff and the reasons.
//! Nothing here reads a clock, a database or a mailbox.

mod board;
mod event;
mod registration;
mod request;
mod verdict;

pub use board::{Board, Wants};
pub use event::{Category, Event};
pub use registration::{Channel, OrderKey, Person, Registration, Status};
pub use request::{Cause, Order, OrderKind, Request, Sender, Slice, Tally};
pub use verdict::{Action, Item, NoLetter, Outcome, Owed, Step, Task, TaskKind, Verdict};
