//! The audit: who or what changed each registration, when and why (I7). Append-only, chained by
//! hashes, without personal text.

use jiff::Timestamp;

use super::{Result, Store};
use crate::roster::{Action, Status};

/// One change of one registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place in the chain, from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// The registration's id.
    pub registration: String,
    /// What was done.
    pub action: Action,
    /// Why: a code.
    pub why: String,
    /// Who or what did it: `baoming`, or a clerk's login name.
    pub by: String,
    /// What made it necessary: `message:ID`, `command:ID`, `clock`.
    pub source: String,
    /// The status afterwards.
    pub status: Status,
    /// The category afterwards.
    pub category: Option<String>,
    /// Whether it held a seat afterwards without being confirmed.
    pub seat: bool,
}

/// What the verification of the whole chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditCheck {
    /// How many rows were looked at.
    pub rows: u64,
    /// The first row whose content, order or link does not fit; `None` when all is well.
    pub broken_at: Option<u64>,
}

impl Store {
    /// What happened to a registration (by its id), the oldest first.
    pub async fn audit(&self, registration: &str) -> Result<Vec<AuditRow>> {
        super::pending()
    }

    /// Walks the whole chain.
    pub async fn verify_audit(&self) -> Result<AuditCheck> {
        super::pending()
    }
}
