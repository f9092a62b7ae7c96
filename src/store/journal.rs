//! The journal: decisions and clerks' orders in their order, with the settings in force (I6).

use jiff::Timestamp;

use super::{Result, Store, Work};
use crate::roster::{NoLetter, Order};

/// A decision as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRow {
    /// Its place in the order, from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// What made it necessary: `message:ID`, `command:ID`, `clock`.
    pub source: String,
    /// The event it was decided for.
    pub event: String,
    /// The settings in force, see [`Store::settings`].
    pub settings: String,
    /// How many letters it owes.
    pub letters: u32,
    /// Why it owes none (I4).
    pub no_letter: Option<NoLetter>,
}

/// A clerk's order as it was journalled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandRow {
    /// The order.
    pub order: Order,
    /// When it was journalled.
    pub at: Timestamp,
}

impl Store {
    /// Keeps the settings in force and gives back their name, a digest of their text: the same
    /// text has the same name. Kept sealed.
    pub async fn keep_settings(&self, json: &str) -> Result<String> {
        super::pending()
    }

    /// The settings of that name.
    pub async fn settings(&self, name: &str) -> Result<Option<String>> {
        super::pending()
    }

    /// Decisions in their order, after the one with number `after`.
    pub async fn decisions(&self, after: u64, limit: u32) -> Result<Vec<DecisionRow>> {
        super::pending()
    }

    /// The clerk's order with this id.
    pub async fn command(&self, id: &str) -> Result<Option<CommandRow>> {
        super::pending()
    }
}

impl Work {
    /// The running number for the next order: its `key.uid`.
    pub async fn next_order(&mut self) -> Result<u64> {
        super::pending()
    }

    /// Writes a clerk's order down, before it is applied.
    pub async fn journal(&mut self, order: &Order) -> Result<()> {
        super::pending()
    }
}
