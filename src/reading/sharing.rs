//! What is told once and is that of several people.

use super::fact::Force;
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
