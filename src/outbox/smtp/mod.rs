//! SMTP, step by step, each step under its own time limit.
//!
//! lettre's own `send` cannot be used: its time limit covers only the TCP connection, its pool can
//! report a letter as sent whose answer was never read, and it does not tell whether the final dot
//! was out when something broke. So a [`Session`] drives lettre's connection one command at a time
//! and drops it after anything but a clean refusal.

mod connect;
mod probe;
mod server;
mod session;
mod step;
mod wire;

pub use probe::{Probe, probe};
pub use server::{Limits, Login, Server, Tls};
pub(crate) use session::Session;
pub use step::{Answer, Fault, Step, Trouble};
