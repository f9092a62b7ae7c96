//! The roster for reading: lists, one registration, positions in line.

use jiff::Timestamp;

use super::{Result, Store};
use crate::roster::{Registration, Status};

/// Which registrations to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegistrationFilter {
    /// Only this event.
    pub event: Option<String>,
    /// Only this status.
    pub status: Option<Status>,
    /// Only this category.
    pub category: Option<String>,
    /// Only those changed at or after this moment.
    pub changed_since: Option<Timestamp>,
}

/// A registration and where it stands in line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The registration.
    pub registration: Registration,
    /// Its position in its category's line, from 1, reserved places counted; `None` when it does
    /// not stand in line.
    pub position: Option<u32>,
}

impl Store {
    /// Registrations in the order of their keys.
    pub async fn registrations(&self, filter: &RegistrationFilter) -> Result<Vec<Standing>> {
        super::pending()
    }

    /// One registration, by its number (in any case of letters).
    pub async fn registration(&self, number: &str) -> Result<Option<Standing>> {
        super::pending()
    }
}
