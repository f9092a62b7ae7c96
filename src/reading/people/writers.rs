//! Whether the writer of a mail is one of those who are put down.

use crate::reading::fact::{Fact, Group, Role};
use crate::reading::language::text::one_apart;
use crate::reading::vocabulary::Item;

/// `我叫赛小军，…报监督员。我妻子…`: who names a category for themselves is put down, too.
#[must_use]
pub(super) fn writer_has_category(groups: &[Group]) -> bool {
    groups.iter().map(Group::facts).any(|facts| {
        let writer =
            facts.iter().position(|fact| fact.role == Role::Writer && fact.item == Item::Name);
        let behind = writer.and_then(|at| facts.get(at + 1..)).unwrap_or(&[]);
        let own = behind.iter().take_while(|fact| fact.item != Item::Name);
        let own: Vec<&Fact> = own.collect();
        let says = |item: Item| own.iter().any(|fact| fact.item == item && !fact.all);
        let others = behind.iter().any(|fact| {
            fact.item == Item::Category && own.iter().all(|one| !std::ptr::eq(*one, fact))
        });
        // Nobody states an identity number who is not put down.
        says(Item::IdNumber) || says(Item::Phone) && says(Item::Category) && others
    })
}

/// `我叫赛小军，139…，再把我爸添上，他叫赛有福，都报群众代表`: what is said of both is said of the writer and the other one.
#[must_use]
pub(super) fn writer_is_one_of_both(groups: &[Group]) -> bool {
    groups.iter().map(Group::facts).any(|facts| {
        let name = |fact: &&Fact| fact.item == Item::Name && fact.role != Role::Contact;
        let mut names: Vec<&Fact> = facts.iter().filter(name).collect();
        names.dedup_by(|next, last| next.value == last.value);
        let [writer, others @ ..] = names.as_slice() else { return false };
        let spoken_for = others.iter().filter(|other| other.role == Role::Beneficiary).count();
        let roles = writer.role == Role::Writer && spoken_for > 0 && spoken_for == others.len();
        let behind = facts.iter().skip_while(|fact| !std::ptr::eq(*fact, *writer)).skip(1);
        let mut own = behind.clone().take_while(|fact| fact.item != Item::Name);
        let numbered = own.any(|fact| fact.item == Item::Phone && fact.role != Role::Contact);
        let mut common = behind.skip_while(|fact| fact.item != Item::Name);
        roles && numbered && common.any(|fact| fact.item == Item::Category && fact.all)
    })
}

/// The writer's name and another listed name differ: the writer speaks for others.
#[must_use]
pub(super) fn writer_is_apart(groups: &[Group]) -> bool {
    let names: Vec<&Fact> =
        groups.iter().flat_map(Group::facts).filter(|fact| fact.item == Item::Name).collect();
    let writers: Vec<&str> = names
        .iter()
        .filter(|fact| fact.role == Role::Writer)
        .map(|fact| fact.value.as_str())
        .collect();
    let same = |name: &str| writers.iter().any(|writer| *writer == name || one_apart(writer, name));
    !names.iter().any(|fact| fact.role == Role::Listed && same(&fact.value))
}
