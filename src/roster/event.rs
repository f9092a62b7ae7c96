//! A bureau's day: what is particular to it, as validated configuration.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Allow, Life, Person, Rules, State, words};
use crate::reading::field;

/// An event that people register for (开放日). Settings make it; it cannot be inconsistent: quotas
/// are at least 1, `announced <= opens < closes <= takes_place`, the default category exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Stable id: the event file's name without its ending.
    pub id: String,
    /// The event's full name as letters and digests print it.
    pub name: String,
    /// The bureau that invites, as letters sign.
    pub host: String,
    /// The theme (活动主题), may be empty.
    pub theme: String,
    /// What registration numbers start with: `XJ21` gives `XJ21-007`.
    pub prefix: String,
    /// Before this, mail has nothing to do with the event.
    pub announced: Timestamp,
    /// The first moment at which a registration is taken.
    pub opens: Timestamp,
    /// The first moment at which none is taken any more, unless the staff close early
    /// ([`Event::closing`]).
    pub closes: Timestamp,
    /// When it takes place.
    pub takes_place: Timestamp,
    /// How long it lasts.
    pub lasts: Duration,
    /// Where it takes place.
    pub place: String,
    /// Whom to ask: an office and a telephone number.
    pub contact: String,
    /// The contact's telephone number.
    pub telephone: String,
    /// The pledge of the form (诚信承诺), may be empty.
    pub pledge: String,
    /// Words beside its name by which a mail means this event.
    pub keywords: Vec<String>,
    /// The categories, in the order of the notice.
    pub categories: Vec<Category>,
    /// The category of those who name none; without one the category is required.
    pub default_category: Option<String>,
    /// The fields without which a registration is incomplete, in the order to ask for them.
    pub required: Vec<String>,
    /// What people call the fields that only this event has, by their ids.
    pub field_names: BTreeMap<String, String>,
    /// How its places are given.
    pub rules: Rules,
    /// The zone in which its times are told.
    pub zone: TimeZone,
    /// What surrounds registering.
    pub life: Life,
}

/// A kind of participant with its number of places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Stable id (`supervisor`).
    pub id: String,
    /// As people read it (政务公开义务监督员).
    pub name: String,
    /// Places, at least 1.
    pub quota: u32,
    /// The words by which people name it; reading looks for them.
    pub words: Vec<String>,
    /// Who may claim it; everybody, where there is no list.
    pub allow: Option<Allow>,
}

impl Event {
    /// The category with this id.
    #[must_use]
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }

    /// The fields that somebody with these values still has to state, in the order to ask for them.
    #[must_use]
    pub fn missing(&self, person: &Person) -> Vec<String> {
        let undecided = self.default_category.is_none()
            && !self.required.iter().any(|field| field == field::CATEGORY);
        let category = undecided.then(|| field::CATEGORY.to_owned());
        let wanted = self.required.iter().cloned().chain(category);
        wanted.filter(|field| !person.contains_key(field)).collect()
    }

    /// The moments at which places that stand free may go to others than before: unused ones to
    /// another category, and past a group that waits for more.
    #[must_use]
    pub fn turns(&self, state: &State) -> Vec<Timestamp> {
        let spills = self.rules.spill.as_ref().map(|spill| spill.from);
        spills.into_iter().chain([self.closing(state)]).collect()
    }

    /// A field as people call it.
    #[must_use]
    pub fn label<'a>(&'a self, name: &'a str) -> &'a str {
        self.field_names.get(name).map_or_else(|| words::label(name), String::as_str)
    }

    /// Several fields in one phrase.
    pub(super) fn labels(&self, names: &[String]) -> String {
        names.iter().map(|name| self.label(name)).collect::<Vec<_>>().join("、")
    }

    /// The registration number for the `serial`-th registration, from 1.
    #[must_use]
    pub fn number(&self, serial: u32) -> String {
        format!("{}-{serial:03}", self.prefix)
    }
}
