//! The outbox: letters leave once, refusals have their consequences, and nobody is told "sent" of
//! what nobody knows. The provider is a scripted one where faults are wanted, else a real Postfix.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may fail loudly and start threads"
)]

#[path = "../support/desk.rs"]
mod desk;
mod office;
mod provider;
#[path = "../support/mod.rs"]
mod support;

mod copies;
mod crash;
mod digest;
mod faults;
mod pacing;
mod phases;
mod postfix;
mod refusal;
mod refused;
mod sending;
