//! The store on both databases: every story below is told twice, to SQLite and to PostgreSQL.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may fail loudly and start tasks"
)]

mod desk;
#[path = "../support/postgres.rs"]
mod postgres;
#[expect(unreachable_pub, reason = "others take it in where it can be reached")]
#[path = "../support/skip.rs"]
mod skip;

mod audit;
mod digest;
mod elsewhere;
mod environment;
mod ledger;
mod letters;
mod roster;
mod schema;
mod secrets;
mod service;
mod turns;
