//! What the report counts.

use std::collections::BTreeMap;

use crate::reading::field;
use crate::roster::{Channel, Event, Registration, Status};
use crate::store::Standing;

/// One category in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) name: String,
    pub(super) quota: usize,
    pub(super) registered: usize,
    pub(super) confirmed: usize,
    pub(super) waiting: usize,
    pub(super) came: usize,
    pub(super) absent: usize,
}

/// Each category, and all of them.
pub(super) fn places(event: &Event, rows: &[Standing]) -> Vec<Places> {
    let mut all: Vec<Places> = event
        .categories
        .iter()
        .map(|category| {
            let own = |one: &&Registration| one.category.as_deref() == Some(&*category.id);
            let quota = usize::try_from(category.quota).unwrap_or(usize::MAX);
            let people: Vec<_> = rows.iter().map(|row| &row.registration).filter(own).collect();
            counted(category.name.clone(), quota, &people)
        })
        .collect();
    if all.len() > 1 {
        let people: Vec<_> = rows.iter().map(|row| &row.registration).collect();
        let quota = all.iter().map(|one| one.quota).sum();
        all.push(counted("合计".to_owned(), quota, &people));
    }
    all
}

fn counted(name: String, quota: usize, people: &[&Registration]) -> Places {
    let count = |wanted: fn(&Registration) -> bool| people.iter().filter(|one| wanted(one)).count();
    Places {
        name,
        quota,
        registered: people.len(),
        confirmed: count(|one| one.status == Status::Confirmed),
        waiting: count(Registration::in_line),
        came: count(|one| one.attended == Some(true)),
        absent: count(|one| one.attended == Some(false)),
    }
}

/// How they registered.
pub(super) fn channels(rows: &[Standing]) -> [(Channel, usize); 3] {
    [Channel::Email, Channel::Phone, Channel::Onsite].map(|channel| {
        (channel, rows.iter().filter(|row| row.registration.channel == channel).count())
    })
}

/// Where those with a place come from: the village or community of their address, else their
/// employer. Those with the most people first; of a place or an employer with a single person only
/// the number is told, because that person could be known by it.
pub(super) fn origins(rows: &[Standing]) -> (Vec<(String, usize)>, usize, usize) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut unknown = 0;
    for row in rows.iter().filter(|row| row.registration.status == Status::Confirmed) {
        let one = &row.registration;
        let village = one.get(field::ADDRESS).and_then(village);
        match village.or_else(|| one.get(field::ORGANIZATION).map(str::to_owned)) {
            Some(origin) => *counts.entry(origin).or_default() += 1,
            None => unknown += 1,
        }
    }
    let single = counts.values().filter(|count| **count == 1).count();
    let mut several: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
    several.sort_by(|(one, few), (other, many)| many.cmp(few).then(one.cmp(other)));
    (several, single, unknown)
}

/// An address down to the village or community: 西吉县吉强镇团结村三组 → 西吉县吉强镇团结村.
fn village(address: &str) -> Option<String> {
    let ends = ["村", "社区", "镇", "乡", "街道"];
    let end = ends.iter().find_map(|end| address.find(end).map(|at| at + end.len()))?;
    address.get(..end).map(str::to_owned)
}
