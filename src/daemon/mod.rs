//! The service: parts that run side by side, and their supervision.

pub mod health;
