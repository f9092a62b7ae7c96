//! Which event each message of a window means. Where that is unclear the writer is asked, and the
//! answer completes what was written first, at its place in the order.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::Intake;
use super::decide::{Group, Turn};
use super::read::Readings;
use super::threads::Threads;
use crate::mailbox::{Arrival, MessageKey};
use crate::message::Email;
use crate::reading::{Kind, Read, field};
use crate::roster::{self, Event, OrderKey, Request, State};
use crate::store::{Result, Work};

/// A message whose writer was asked which event it means, and has not answered.
pub(super) struct Asked {
    id: String,
    key: OrderKey,
    read: Read,
}

/// What is known of the senders of a window.
#[derive(Default)]
pub(super) struct Senders {
    /// What they were asked about, by address.
    asked: BTreeMap<Email, Asked>,
    /// The events in which they are registered.
    homes: BTreeMap<Email, BTreeSet<String>>,
    /// What has happened to the events, by their ids.
    states: BTreeMap<String, State>,
}

impl Intake {
    /// The messages of these senders about whose event they were asked. One who was asked about
    /// several is not taken for answering any of them.
    pub(super) async fn asked(&self, readings: &Readings) -> Result<Senders> {
        if self.options.events.len() < 2 {
            return Ok(Senders::default());
        }
        let from = readings.values().filter_map(|read| read.headers.from.as_ref());
        let emails: BTreeSet<_> = from.map(|from| from.email.clone()).collect();
        let emails = Vec::from_iter(emails);
        let mut open = self.store.asked(&emails).await?;
        open.retain(|_, ids| ids.len() == 1);
        let ids: Vec<_> = open.values().flatten().cloned().collect();
        let raws = if ids.is_empty() { Vec::new() } else { self.store.raw(&ids).await? };
        let keys: BTreeMap<_, _> =
            raws.iter().map(|(id, arrival)| (id.clone(), order_key(arrival))).collect();
        let mut read: BTreeMap<_, _> = self
            .read_raw(raws, false)
            .await?
            .read
            .into_iter()
            .map(|(id, _, read)| (id, read))
            .collect();
        let mut asked = BTreeMap::new();
        for (email, ids) in open {
            let Some(id) = ids.into_iter().next() else { continue };
            if let (Some(read), Some(key)) = (read.remove(&id), keys.get(&id)) {
                asked.insert(email, Asked { id, key: key.clone(), read });
            }
        }
        Ok(Senders { asked, ..Senders::default() })
    }

    /// Where the senders are registered, and what has happened to the events.
    pub(super) async fn at_home(
        &self,
        work: &mut Work,
        turns: &[Turn],
        senders: &mut Senders,
    ) -> Result<()> {
        if self.options.events.len() < 2 {
            return Ok(());
        }
        let from = turns.iter().filter_map(|turn| turn.read.headers.from.as_ref());
        let emails: BTreeSet<_> = from.map(|from| from.email.clone()).collect();
        let emails = Vec::from_iter(emails);
        for event in &self.options.events {
            senders.states.insert(event.id.clone(), work.event_state(event).await?);
            for email in work.registered_from(event, &emails).await? {
                senders.homes.entry(email).or_default().insert(event.id.clone());
            }
        }
        Ok(())
    }

    /// Whether what the sender was asked about came to a mailbox of this event: another bureau's
    /// question is not answered by a mail to this one.
    fn could_mean(&self, senders: &Senders, request: &Request, event: &Event) -> bool {
        let asked = request.sender.email.as_ref().and_then(|email| senders.asked.get(email));
        let rules = asked.and_then(|asked| self.options.mailboxes.get(&asked.key.mailbox));
        rules.is_none_or(|rules| rules.events.iter().any(|own| own.id == event.id))
    }

    /// The messages by the event that each means, in the order of the settings. One whose event
    /// is not certain goes to the first that it may mean: to be asked about, or with a doubt in its
    /// reading.
    pub(super) fn by_event(
        &self,
        turns: Vec<Turn>,
        threads: &Threads,
        mut senders: Senders,
    ) -> Vec<Group> {
        let events = &self.options.events;
        let empty =
            |event: &Event| Group { event: event.clone(), turns: Vec::new(), requests: Vec::new() };
        let mut groups: Vec<_> = events.iter().map(empty).collect();
        for mut turn in turns {
            let mut request = self.request(&turn, threads);
            let numbers: Vec<_> = request.numbers().into_iter().map(str::to_owned).collect();
            let words = format!("{}\n{}", turn.read.headers.subject, turn.read.own);
            let choice = self.rules(&turn).map_or(events.as_slice(), |rules| &rules.events);
            let facts = roster::Facts {
                arrived: turn.key.arrived,
                numbers: &numbers,
                tags: &turn.read.headers.tags,
                home: home(&request, choice, &senders.homes),
                states: &senders.states,
                words: &words,
            };
            let Some(picked) = roster::pick(choice, &facts) else { continue };
            if picked.doubt.is_none() {
                if self.could_mean(&senders, &request, picked.event) {
                    complete(&mut turn, &mut request, &mut senders);
                }
            } else if may_ask(&request, &senders) {
                turn.which = Some(open_at(choice, &senders.states, turn.key.arrived));
            } else {
                request.reading.doubts.extend(picked.doubt);
            }
            if let Some(group) = groups.iter_mut().find(|group| group.event.id == picked.event.id) {
                group.turns.push(turn);
                group.requests.push(request);
            }
        }
        groups.retain(|group| !group.turns.is_empty());
        groups
    }
}

/// Where a message stands in the order.
fn order_key(arrival: &Arrival) -> OrderKey {
    let MessageKey { mailbox, folder, uidvalidity, uid } = arrival.key.clone();
    OrderKey { arrived: arrival.arrived, mailbox, folder, uidvalidity, uid, place: 0 }
}

/// The only event in which the sender is registered, for what concerns a registration.
fn home<'a>(
    request: &Request,
    choice: &'a [Event],
    homes: &BTreeMap<Email, BTreeSet<String>>,
) -> Option<&'a str> {
    let about = matches!(request.reading.kind, Kind::Cancellation | Kind::Change | Kind::Status);
    let own = homes.get(request.sender.email.as_ref().filter(|_| about)?)?;
    let mut here = choice.iter().filter(|event| own.contains(&event.id));
    here.next().filter(|_| here.next().is_none()).map(|event| event.id.as_str())
}

/// Only people are asked, once, and only where the answer decides something.
fn may_ask(request: &Request, senders: &Senders) -> bool {
    let asks =
        matches!(request.reading.kind, Kind::Registration | Kind::Cancellation | Kind::Change);
    let person = request.sender.machine.is_none() && !request.junk;
    let email = request.sender.email.as_ref();
    asks && person && email.is_some_and(|email| !senders.asked.contains_key(email))
}

/// An answer that says which event is meant, and of nobody else than the first message: that one is
/// decided now, at its own place in the order.
fn complete(turn: &mut Turn, request: &mut Request, senders: &mut Senders) {
    let Some(email) = &request.sender.email else { return };
    let Some(asked) = senders.asked.get(email) else { return };
    let machine = matches!(request.reading.kind, Kind::Automatic | Kind::Bounce | Kind::Bulk);
    if machine || request.reading.kind == Kind::Cancellation {
        return;
    }
    let first = &asked.read.reading;
    let known: BTreeSet<_> =
        first.applicants.iter().filter_map(|one| one.get(field::NAME)).collect();
    let named: Vec<_> =
        request.reading.applicants.iter().filter_map(|one| one.get(field::NAME)).collect();
    if named.iter().any(|name| !known.contains(name)) {
        return;
    }
    if named.is_empty() {
        let mut reading = first.clone();
        // A telephone in the answer supplies what the first message lacked.
        if let ([before], [now]) =
            (reading.applicants.as_mut_slice(), request.reading.applicants.as_slice())
        {
            for (name, value) in &now.fields {
                before.fields.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
        request.reading = reading;
    }
    request.arrived = asked.key.clone();
    turn.answers = Some(asked.id.clone());
    senders.asked.remove(&email.clone());
}

/// The events among which the writer shall choose.
fn open_at(
    choice: &[Event],
    states: &BTreeMap<String, State>,
    arrived: Timestamp,
) -> Vec<(String, Timestamp)> {
    let untouched = State::default();
    let open = |event: &&Event| event.takes(states.get(&event.id).unwrap_or(&untouched), arrived);
    let shown = |event: &Event| (event.name.clone(), event.takes_place);
    let now: Vec<_> = choice.iter().filter(open).map(shown).collect();
    if now.len() > 1 { now } else { choice.iter().map(shown).collect() }
}
