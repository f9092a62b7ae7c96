//! `replay`: reads every stored message again with the present rules and shows what would be read
//! otherwise. It decides nothing and writes nothing.
//!
//! What was read before is known by what came of it: the message's kind and doubts in the ledger,
//! and the registrations that it made or completed. Values that a clerk entered stand above any
//! reading and are not compared.

mod compare;
mod print;
mod reread;

use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::Path;

use super::context::Context;
use super::failure::Failure;
use crate::reading::{Applicant, Reading};
use crate::roster::Event;
use crate::store::{LedgerEntry, LedgerState, RegistrationFilter, Standing, Store};

use compare::{Difference, Past};
use reread::Readers;

/// How many messages are held at a time.
const PAGE: usize = 64;

/// How it went.
#[derive(Debug, Default)]
struct Tally {
    read: usize,
    /// The reader broke down over these, as the service's would.
    broken: usize,
    /// Messages that were decided, but whose bytes are not kept.
    gone: usize,
    differences: Vec<Difference>,
}

/// Runs the command.
pub(super) async fn replay(config: &Path, json: bool, out: &mut impl Write) -> Result<(), Failure> {
    let context = Context::for_clerk(config).await?;
    let events: Vec<Event> = context.settings.days.iter().map(|day| day.event.clone()).collect();
    let store = &context.vault.store;
    let past = past(store).await?;
    let readers = Readers::new(&context.settings)?;
    let mut tally = Tally::default();
    // What each registration's messages say now, by ledger id.
    let mut people: BTreeMap<String, Vec<Applicant>> = BTreeMap::new();
    let messages = store.decided_messages().await?;
    for page in messages.chunks(PAGE) {
        let raws = store.raw(page).await?;
        tally.gone += page.len() - raws.len();
        let entries = store.ledger(page).await?;
        let mut readings = readers.read(raws).await;
        for entry in entries {
            let Some(reading) = readings.remove(&entry.id) else { continue };
            let Some(reading) = reading else {
                tally.broken += 1;
                continue;
            };
            tally.read += 1;
            tally.note(&entry, &reading);
            if past.concerns(&entry.id) {
                people.insert(entry.id, reading.applicants);
            }
        }
    }
    for (message, changes) in past.compare(&people) {
        tally.add_people(store, &message, changes).await?;
    }
    let order: HashMap<&String, usize> = messages.iter().zip(0..).collect();
    tally.differences.sort_by_key(|one| order.get(&one.message));
    if json {
        print::json(&tally.differences, &events, out)?;
    } else {
        print::text(&tally, &events, out)?;
    }
    Ok(())
}

/// The registrations with the messages that each came of.
async fn past(store: &Store) -> Result<Past, Failure> {
    let mut past = Past::default();
    for Standing { registration, .. } in store.registrations(&RegistrationFilter::default()).await?
    {
        let history = store.audit(&registration.id).await?;
        past.add(registration, &history);
    }
    Ok(past)
}

impl Tally {
    /// Compares what the ledger knows of a message.
    fn note(&mut self, entry: &LedgerEntry, reading: &Reading) {
        let mut difference = Difference::new(entry);
        difference.compare(entry, reading);
        // A message that repeats another one says what that one says.
        if entry.state != LedgerState::Duplicate && difference.differs() {
            self.differences.push(difference);
        }
    }

    /// Adds what a message's people would differ in, beside what else it would.
    async fn add_people(
        &mut self,
        store: &Store,
        message: &str,
        changes: Vec<compare::Change>,
    ) -> Result<(), Failure> {
        if let Some(known) = self.differences.iter_mut().find(|known| known.message == message) {
            known.people = changes;
        } else if let Some(entry) = store.ledger(&[message.to_owned()]).await?.first() {
            self.differences.push(Difference { people: changes, ..Difference::new(entry) });
        }
        Ok(())
    }
}
