//! Which of several events a message means.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Event, State};
use crate::reading::Doubt;

/// What is known of a message before its event is: enough to choose one.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// When it arrived.
    pub arrived: Timestamp,
    /// The registration numbers that it or its thread names.
    pub numbers: &'a [String],
    /// What stands behind the plus in the addresses that it went to.
    pub tags: &'a [String],
    /// The only event in which its sender is registered, where it is about a registration.
    pub home: Option<&'a str>,
    /// What has happened to the events, by their ids.
    pub states: &'a BTreeMap<String, State>,
    /// Its subject and own words.
    pub words: &'a str,
}

/// The event that a message means, and the doubt to add to its reading when that is not certain.
#[derive(Clone, Debug, PartialEq)]
pub struct Picked<'a> {
    /// The event in whose roster the message is decided.
    pub event: &'a Event,
    /// Why a person must look at it.
    pub doubt: Option<Doubt>,
}

/// Chooses the event: by the prefix of a registration number, else by the address's tag, else the one
/// that the words name, open or not, unless it is over; else where the sender is registered, else the
/// one that is open; else the first, with a doubt. `None` only when there are no events.
#[must_use]
pub fn pick<'a>(events: &'a [Event], facts: &Facts) -> Option<Picked<'a>> {
    let sure = |event| Some(Picked { event, doubt: None });
    if let [event] = events {
        return sure(event);
    }
    let numbered: Vec<_> = events.iter().filter(|event| event.numbers(facts.numbers)).collect();
    if let [event] = numbered.as_slice() {
        return sure(event);
    }
    let tagged = |event: &&Event| {
        event.life.tag.as_ref().is_some_and(|tag| facts.tags.iter().any(|own| own == tag))
    };
    let tagged: Vec<_> = events.iter().filter(tagged).collect();
    if let [event] = tagged.as_slice() {
        return sure(event);
    }
    let known = |event: &&Event| event.announced <= facts.arrived && facts.arrived < event.ends();
    let known: Vec<_> = events.iter().filter(known).collect();
    let mut named = known.clone();
    named.retain(|event| event.is_named(facts.words));
    // Whoever names an event that takes nobody yet, or nobody any more, does not mean another one.
    if let [event] = named.as_slice() {
        return sure(event);
    }
    if let Some(home) = events.iter().find(|event| facts.home == Some(event.id.as_str())) {
        return sure(home);
    }
    let meant = if named.is_empty() { known } else { named };
    let mut open = meant.clone();
    let untouched = State::default();
    open.retain(|event| {
        let state = facts.states.get(&event.id).unwrap_or(&untouched);
        event.takes(state, facts.arrived)
    });
    let pool = if open.is_empty() { meant } else { open };
    if let [event] = pool.as_slice() {
        return sure(event);
    }
    let event = pool.first().copied().or(events.first())?;
    let doubt = Doubt {
        reason: "不能确定来信说的是哪一次活动".to_owned(),
        advice: Some("请写明您要参加的活动名称".to_owned()),
        concerns: None,
    };
    Some(Picked { event, doubt: Some(doubt) })
}

impl Event {
    fn numbers(&self, numbers: &[String]) -> bool {
        let own = |number: &String| {
            number.strip_prefix(&self.prefix).is_some_and(|rest| rest.starts_with('-'))
        };
        numbers.iter().any(own)
    }

    fn is_named(&self, words: &str) -> bool {
        let mut names = std::iter::once(&self.name).chain(&self.keywords);
        names.any(|name| !name.is_empty() && words.contains(name.as_str()))
    }
}
