//! The service: parts that run side by side, and their supervision.
//!
//! One receiver for each mailbox, one decider, one sender, one reporter. They share nothing but the
//! database and a knock on the next one's door. A round that cannot be made is a planned wait with
//! a name; a part that does not report any more leaves the watchdog unfed.

mod assembly;
pub mod health;
mod parts;
mod receiver;
mod rest;
mod service;
mod stop;
mod wake;

pub use assembly::{AssemblyError, Vault, assemble};
pub use receiver::Post;
pub use rest::{rest_after, rested, resting};
pub use service::{Desk, Signals, run};
