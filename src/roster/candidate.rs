//! The people of a message that asks for places, each with what is in doubt about it.

use super::allow::Claim;
use super::identity::{self, Likeness};
use super::{Category, Event, Person, Request};
use crate::reading::{Applicant, Doubt, field};

/// A person of the message, with what is in doubt about it.
pub(super) struct Candidate {
    pub(super) person: Person,
    /// The place in the mail, from 0.
    pub(super) place: u32,
    /// For the staff.
    pub(super) reasons: Vec<String>,
    /// For the citizen.
    pub(super) advice: Vec<String>,
    /// Its category could not be read for certain.
    unsure_of_category: bool,
}

/// The people of the message; somebody who occurs twice counts once.
pub(super) fn candidates(request: &Request) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for (applicant, place) in request.reading.applicants.iter().zip(0..) {
        let again = candidates.iter_mut().find(|earlier| {
            earlier.person == applicant.fields
                || identity::compare(&earlier.person, &applicant.fields) == Likeness::Same
        });
        let candidate = Candidate::new(applicant, place, request);
        match again {
            Some(earlier) => earlier.merge(candidate),
            None => candidates.push(candidate),
        }
    }
    candidates
}

/// The category that somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// One that the event has.
    One(String),
    /// In doubt, or not said although the event has no default.
    Unsaid,
    /// Named, but the event does not have it.
    Unknown,
}

impl Wish {
    pub(super) fn id(&self) -> Option<&str> {
        match self {
            Self::One(id) => Some(id),
            Self::Unsaid | Self::Unknown => None,
        }
    }
}

/// The other category that these values would take as well as their first wish.
pub(super) fn other_wish(event: &Event, person: &Person, first: &str) -> Option<String> {
    let said = person.get(field::OTHER_CATEGORY).map(|found| found.value.as_str())?;
    // A list of who may come holds for a second wish as well.
    let open = |category: &&Category| {
        category.id != first && matches!(category.claim(event, person), Claim::Granted)
    };
    let mut others = event.categories.iter().filter(open);
    let named = event.categories.iter().any(|category| category.id == said && said != first);
    let other = others.find(|category| !named || category.id == said);
    other.map(|category| category.id.clone())
}

/// The category that these values ask for.
pub(super) fn wish(event: &Event, person: &Person) -> Wish {
    let named = person.get(field::CATEGORY).map(|found| found.value.as_str());
    match named.or(event.default_category.as_deref()) {
        None => Wish::Unsaid,
        Some(id) if event.category(id).is_some() => Wish::One(id.to_owned()),
        Some(_) => Wish::Unknown,
    }
}

impl Candidate {
    pub(super) fn new(applicant: &Applicant, place: u32, request: &Request) -> Self {
        let of = |doubt: &&Doubt| {
            doubt.concerns.as_ref().is_none_or(|(whose, _)| u32::try_from(*whose) == Ok(place))
        };
        let doubts: Vec<_> = request.reading.doubts.iter().filter(of).collect();
        let unsure = |doubt: &&Doubt| {
            doubt.concerns.as_ref().is_some_and(|(_, field)| field == field::CATEGORY)
        };
        let mut reasons: Vec<_> = doubts.iter().map(|doubt| doubt.reason.clone()).collect();
        if request.junk {
            reasons.push("在垃圾邮件文件夹中找到".to_owned());
        }
        if let Some(sign) = &request.sender.machine {
            reasons.push(format!("来信像是程序或邮件列表发出的（{sign}）"));
        }
        Self {
            person: applicant.fields.clone(),
            place,
            reasons,
            advice: doubts.iter().filter_map(|doubt| doubt.advice.clone()).collect(),
            unsure_of_category: doubts.iter().any(unsure),
        }
    }

    fn merge(&mut self, again: Self) {
        for (field, value) in again.person {
            self.person.entry(field).or_insert(value);
        }
        for reason in again.reasons {
            if !self.reasons.contains(&reason) {
                self.reasons.push(reason);
            }
        }
        self.advice.extend(again.advice);
        self.unsure_of_category |= again.unsure_of_category;
    }

    /// The category that it asks for.
    pub(super) fn category(&self, event: &Event) -> Wish {
        if self.unsure_of_category { Wish::Unsaid } else { wish(event, &self.person) }
    }
}
