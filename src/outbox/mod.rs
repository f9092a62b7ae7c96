//! Letters leave, each exactly once as far as anybody can know.
//!
//! A [`pass`](Outbox::pass) takes the letters that are due, in order: writes each one, claims it
//! (the claim and the very bytes are committed before the network is touched), sends it, and notes
//! how it ended. Only the server's `250` behind the final dot is success. What was refused is sorted
//! by [`refusal`]; what is *uncertain*, what a crash left claimed too, is looked for among the
//! provider's copies where it keeps any (`copies.rs`), and else left to a clerk. Passes take no
//! input but the database: a restart and a missed hint are the same path.

mod copies;
mod delivery;
mod pace;
mod pass;
mod postman;
pub mod refusal;
mod settle;
pub mod smtp;
mod write;

use std::collections::BTreeMap;
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use crate::clock::Clock;
use crate::mailbox::SentFolder;
use crate::reply::{Office, Stationery};
use crate::roster::Event;
use crate::store::{LetterOutcome, Result, Store};

pub use delivery::Delivery;
pub use pace::{Pace, tomorrow};
pub use pass::Report;
pub use postman::{Carried, Postman, Sent};

/// What the pauses of sending are called in the store; those of another bureau than the first are
/// `smtp:NAME`.
pub const PAUSE: &str = "smtp";

/// What a pass needs beside the store and the clock.
#[derive(Clone, Debug)]
pub struct Options {
    /// Who carries the letters.
    pub postman: Postman,
    /// How fast.
    pub pace: Pace,
    /// The sender.
    pub office: Office,
    /// The templates.
    pub stationery: Arc<Stationery>,
    /// Where the provider keeps copies of what it sent, if it does.
    pub sent: Option<SentFolder>,
    /// The events that letters speak of, by id.
    pub events: BTreeMap<String, Event>,
}

/// The sender of letters.
#[derive(Debug)]
pub struct Outbox {
    store: Store,
    clock: Clock,
    options: Options,
    /// How often in a row the server could not be reached.
    outages: AtomicU32,
    /// Ends of letters that the database could not take when they were known.
    unsettled: Mutex<Vec<(String, LetterOutcome)>>,
    copies: copies::Memory,
    halted: watch::Sender<bool>,
}

impl Outbox {
    /// An outbox for the letters of `store`.
    #[must_use]
    pub fn new(store: Store, clock: Clock, options: Options) -> Self {
        let (halted, _) = watch::channel(false);
        let (outages, unsettled) = (AtomicU32::new(0), Mutex::default());
        let copies = copies::Memory::default();
        Self { store, clock, options, outages, unsettled, copies, halted }
    }

    /// The bureau whose letters these are, by its name in the settings.
    #[must_use]
    pub fn bureau(&self) -> &str {
        &self.options.office.bureau
    }

    /// What its pauses are called in the store.
    fn pause(&self) -> String {
        match self.bureau() {
            "" => PAUSE.to_owned(),
            bureau => format!("{PAUSE}:{bureau}"),
        }
    }

    /// Ends the running pass after the letter in hand, and lets no other begin one.
    pub fn halt(&self) {
        self.halted.send_replace(true);
    }

    /// Notes how a letter ended. When the database cannot take it now (a full disk, behind the final
    /// dot of all places), it is told at the next pass: better than an uncertain letter.
    async fn note(&self, id: String, outcome: LetterOutcome) -> Result<()> {
        let noted = self.store.settle_letter(&id, &outcome).await;
        if let Err(error) = noted {
            self.unsettled.lock().unwrap_or_else(PoisonError::into_inner).push((id, outcome));
            return Err(error);
        }
        Ok(())
    }

    /// Notes what could not be noted before.
    async fn note_again(&self) -> Result<()> {
        loop {
            let next = self.unsettled.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let Some((id, outcome)) = next else { return Ok(()) };
            self.note(id, outcome).await?;
        }
    }
}
