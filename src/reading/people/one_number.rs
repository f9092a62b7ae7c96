//! One identity number under two names: one person written two ways, or a number copied to another's row.

use crate::reading::language::text::one_apart;
use crate::reading::person::Person;
use crate::reading::vocabulary::Item;

/// `马志俊，身份证…` in the mail and `姓名：马志峻` with the same number in the form are one person, whose name
/// is in doubt; two who each have a telephone of their own are two, and the number is in doubt.
pub(super) fn join(list: &mut Vec<Person>) {
    let pair = (0..list.len()).find_map(|first| {
        let one = list.get(first)?;
        let other = |second: &usize| list.get(*second).is_some_and(|other| shares(one, other));
        (first + 1..list.len()).find(other).map(|second| (first, second))
    });
    let Some((first, second)) = pair else { return };
    let (Some(one), Some(other)) = (list.get(first), list.get(second)) else { return };
    if written_otherwise(one, other) {
        let facts = list.remove(second).facts;
        if let Some(one) = list.get_mut(first) {
            one.facts.extend(facts);
        }
        return join(list);
    }
    let names: Vec<&str> = [one, other].into_iter().filter_map(Person::name).collect();
    let reason = format!("{}的身份证号相同", names.join("、"));
    for place in [first, second] {
        let facts = list.get_mut(place).into_iter().flat_map(|person| &mut person.facts);
        for fact in facts.filter(|fact| fact.item == Item::IdNumber) {
            fact.wrong = true;
            fact.value.clone_from(&reason);
        }
    }
}

/// Whether two people of different names have the same number.
fn shares(one: &Person, other: &Person) -> bool {
    one.name().is_some()
        && other.name().is_some()
        && one.name() != other.name()
        && values(one, Item::IdNumber).any(|id| values(other, Item::IdNumber).any(|its| its == id))
}

/// Whether the two names are one, as far as their sound or shape and the telephones tell.
fn written_otherwise(one: &Person, other: &Person) -> bool {
    let alike = one.name().zip(other.name()).is_some_and(|(one, other)| one_apart(one, other));
    let reached = |person| values(person, Item::Phone).next().is_some();
    let apart = reached(one)
        && reached(other)
        && !values(one, Item::Phone).any(|it| values(other, Item::Phone).any(|its| its == it));
    alike && !apart
}

/// What is rightly said of somebody.
fn values(person: &Person, item: Item) -> impl Iterator<Item = &str> {
    let facts = person.facts.iter().filter(move |fact| fact.item == item && !fact.wrong);
    facts.map(|fact| fact.value.as_str())
}
