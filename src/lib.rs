//! baoming (报名): a registration desk for e-mail.
//!
//! The modules below stand in the order in which a message passes through them: a mailbox hands
//! out an arrival, the store keeps its bytes, the message is taken apart, read, decided, answered
//! and reported. `ARCHITECTURE.md` is the map; `tests/architecture.rs` checks who may use whom.

pub mod clock;
pub mod fault;
pub mod mailbox;
pub mod message;
pub mod reading;
pub mod confine;
pub mod roster;
pub mod form;
pub mod reply;
pub mod store;
pub mod outbox;
pub mod intake;
pub mod digest;
pub mod export;
pub mod announce;
pub mod report;
pub mod settings;
pub mod check;
pub mod daemon;
pub mod command;
