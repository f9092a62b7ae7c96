//! Finds registrations of a board by what requests match them by.

use std::collections::{BTreeMap, BTreeSet};

use super::{Registration, Wants};
use crate::message::Email;

/// Ids of registrations by each thing that a request can match; made on first use from what the
/// store filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    ids: BTreeMap<Sign, BTreeSet<String>>,
    size: usize,
}

/// What a registration can be found by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    IdNumber(String),
    NamePhone((String, String)),
    Number(String),
    Email(Email),
}

impl Index {
    /// Indexes anew when registrations were put on the board without it.
    pub(super) fn refresh(&mut self, known: &BTreeMap<String, Registration>) {
        if self.size != known.len() {
            *self = Self::default();
            for registration in known.values() {
                self.replace(None, registration);
            }
        }
    }

    /// Takes in a changed or new registration.
    pub(super) fn replace(&mut self, before: Option<&Registration>, after: &Registration) {
        match before {
            None => self.size += 1,
            Some(before) => {
                for sign in signs(before) {
                    self.ids.entry(sign).or_default().remove(&before.id);
                }
            }
        }
        for sign in signs(after) {
            self.ids.entry(sign).or_default().insert(after.id.clone());
        }
    }

    /// The ids of those that match anything that is wanted.
    pub(super) fn find(&self, wants: &Wants) -> BTreeSet<String> {
        if wants.everybody {
            return self.ids.values().flatten().cloned().collect();
        }
        let id_numbers = wants.id_numbers.iter().cloned().map(Sign::IdNumber);
        let name_phones = wants.name_phones.iter().cloned().map(Sign::NamePhone);
        let numbers = wants.numbers.iter().cloned().map(Sign::Number);
        let emails = wants.emails.iter().cloned().map(Sign::Email);
        let wanted = id_numbers.chain(name_phones).chain(numbers).chain(emails);
        wanted.filter_map(|sign| self.ids.get(&sign)).flatten().cloned().collect()
    }
}

fn signs(registration: &Registration) -> impl Iterator<Item = Sign> {
    let number = Sign::Number(registration.number.clone());
    let id_number = registration.id_number().map(Sign::IdNumber);
    let name_phone = registration.name_phone().map(Sign::NamePhone);
    let email = registration.email.clone().map(Sign::Email);
    [Some(number), id_number, name_phone, email].into_iter().flatten()
}
