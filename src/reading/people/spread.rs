//! What is said once, of nobody in particular, is that of all.

use super::settle;
use crate::reading::fact::{Fact, Force, Role};
use crate::reading::person::{Manner, Person};
use crate::reading::values::offices;
use crate::reading::vocabulary::Item;

/// Gives what is shared to those who have nothing of their own.
pub(super) fn spread(people: &mut [Person], shared: &[Fact], manner: Manner) {
    let items = [
        Item::Organization,
        Item::Category,
        Item::Phone,
        Item::Address,
        Item::Ethnicity,
        Item::Gender,
        Item::Position,
    ];
    for item in items {
        let nobody = !people.iter().any(|person| person.has(item));
        let spreads = matches!(item, Item::Organization | Item::Category) || nobody;
        // 我是驻村干部，下面四位…: the post of who writes is none of theirs.
        let writers = |fact: &Fact| {
            item == Item::Position && fact.role == Role::Writer && !fact.all && people.len() > 1
        };
        if let Some(fact) = only(item, shared).filter(|fact| spreads && !writers(fact)) {
            give(people, fact, manner);
        }
    }
}

/// The only value of its kind; of an employer's names the full one.
fn only(item: Item, shared: &[Fact]) -> Option<&Fact> {
    let said = || shared.iter().filter(|fact| fact.item == item && !fact.old);
    let mut values: Vec<&str> = said().map(|fact| fact.value.as_str()).collect();
    values.dedup();
    let full = said().max_by_key(|fact| fact.value.len());
    if let Some(full) = full.filter(|_| item == Item::Organization) {
        values.retain(|value| *value == full.value || !settle::same(item, value, &full.value));
    }
    let [value] = values.as_slice() else { return None };
    said().find(|fact| fact.value == *value)
}

fn give(people: &mut [Person], fact: &Fact, manner: Manner) {
    let employer = fact.item == Item::Organization;
    // A village puts down its people; it employs those who have a post there.
    let governs =
        employer && fact.force < Force::Label && !manner.own_firm && offices::governs(&fact.value);
    // 三个人都是我们某某村村委会的: said of each of them.
    let said = fact.all && fact.value.ends_with("委会") && !fact.evidence.quote.contains("推荐");
    let governs = governs && !said;
    for person in people {
        // 某某卫生院 heads the list, and below it stands the whole name.
        let shorter = |one: &Fact| {
            one.item == fact.item
                && one.force < Force::Label
                && fact.value.ends_with(&one.value)
                && fact.value.len() > one.value.len()
        };
        let fuller = employer && person.facts.iter().any(shorter);
        let lacks = !person.has(fact.item) && (!governs || person.has(Item::Position));
        if fuller || lacks {
            person.facts.push(fact.clone());
        }
    }
}
