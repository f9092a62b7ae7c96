//! What is told once and is that of several people.

use super::fact::{Fact, Force};
use super::people::Person;
use super::vocabulary::Item;

/// A category told once, behind the last of several people, is that of all.
pub(super) fn last_category(people: &mut [Person]) {
    let Some((last, others)) = people.split_last_mut() else { return };
    let said = last.facts.iter().find(|fact| {
        fact.item == Item::Category && fact.force < Force::Label && !fact.old && !fact.wrong
    });
    let of_all = others.iter().all(|person| {
        !person.has(Item::Category) && person.facts.iter().all(|fact| fact.block == 0)
    });
    if let Some(said) = said.filter(|_| of_all) {
        for person in others {
            person.facts.push(said.clone());
        }
    }
}

/// `电话分别是甲和乙`: as many values as people, each for its own.
pub(super) fn respectively(people: &mut [Person], shared: &mut Vec<Fact>) {
    for item in [Item::Phone, Item::IdNumber, Item::Organization, Item::Position, Item::Category] {
        let told: Vec<Fact> = shared
            .iter()
            .filter(|fact| fact.item == item && fact.all && !fact.wrong)
            .cloned()
            .collect();
        let apart = told
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if a.value != b.value && a.line == b.line));
        let evidence = told.first().is_some_and(|fact| fact.evidence.quote.contains("分别"));
        if told.len() == people.len()
            && apart
            && evidence
            && people.iter().all(|person| !person.has(item))
        {
            shared.retain(|fact| !(fact.item == item && fact.all));
            for (person, fact) in people.iter_mut().zip(told) {
                person.facts.push(fact);
            }
        }
    }
}

/// Two rows of one list with the same name and different identity numbers are two people.
#[must_use]
pub(super) fn namesakes(one: &Person, other: &Person) -> bool {
    let numbers = |person: &Person| {
        let mut facts = person.facts.iter();
        let number = facts.find(|fact| fact.item == Item::IdNumber && !fact.wrong)?;
        Some((number.value.clone(), number.evidence.document.clone()))
    };
    let (Some(one), Some(other)) = (numbers(one), numbers(other)) else { return false };
    one.0 != other.0 && one.1 == other.1
}
