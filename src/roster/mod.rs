//! Who has which place, and why: the rules, as pure functions.
//!
//! Three entrances lead in: [`decide`] for what citizens write, [`direct`] for what the staff do by
//! hand, [`lapse`] for reservations and offers that run out ([`fill`] and [`announce`] are its siblings
//! for places that stand free and for the end of the staff's choice). What differs between bureaus is
//! a value, [`Rules`]; who is next is decided in one place, `line`. Each entrance is
//! handed a [`Slice`] of the [`Board`], decides on a working copy of it (`desk`) and gives back a
//! [`Verdict`] that says all of it: the registrations as they shall stand, the letters owed, the
//! tasks for the staff and the reasons. Nothing here reads a clock, a database or a mailbox.
//!
//! Three things hold after every verdict: seats taken and reserved never exceed the quota; the line
//! is served in the order of [`OrderKey`], so a free place with somebody in line before is not
//! taken; a confirmed registration ends only by its applicant's or a clerk's wish.

mod event;
mod rules;
mod life;
mod closing;
mod pick;
mod registration;
mod identity;
mod allow;
mod who;
mod request;
mod verdict;
mod wants;
mod index;
mod board;
mod desk;
mod line;
mod lent;
mod offer;
mod decide;
mod candidate;
mod register;
mod complete;
mod withdraw;
mod change;
mod select;
mod lapse;
mod direct;
mod whole;
mod refusal;
mod words;

pub use allow::{Allow, Listed};
pub use board::{Board, Elsewhere, Slice, Tally};
pub use closing::Closure;
pub use decide::decide;
pub use direct::direct;
pub use event::{Category, Event};
pub use identity::same_person;
pub use index::Index;
pub use lapse::{fill, lapse};
pub use life::{Life, Phase, State};
pub use pick::{Facts, Picked, pick};
pub use refusal::Refusal;
pub use registration::{Channel, OrderKey, Person, Registration, Status};
pub use request::{Cause, Order, OrderKind, Request, Sender};
pub use rules::{Groups, Mode, Offer, Promotion, Rules, Spill, Substitution};
pub use select::announce;
pub use verdict::{Action, Item, NoLetter, Note, Outcome, Owed, Step, Task, TaskKind, Verdict};
pub use wants::Wants;
pub use who::{Beyond, Who};
pub use whole::{ask, forget, remind};
pub use words::{label, status_word};
