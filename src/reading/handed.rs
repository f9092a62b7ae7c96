//! A mail that is handed on: who hands it on is no applicant, who speaks in it is.

use crate::message::{Document, Voice};

use super::fact::{Fact, Force, Group, Role};
use super::scan::Scanner;
use super::vocabulary::Item;
use super::wish::Wish;

/// Reads the writer's own words and the mail that they hand on.
pub(super) fn read<'a>(
    body: &Document,
    own: &Wish,
    scanner: &dyn Fn() -> Scanner<'a>,
) -> Vec<Group> {
    let scan = |voice| {
        let mut scanner = scanner();
        scanner.document(body, &[voice]);
        scanner.finish()
    };
    let (mut cover, handed) = (scan(Voice::Own), scan(Voice::Forwarded));
    let known: Vec<&Fact> = handed.iter().flat_map(Group::facts).collect();
    let named = |fact: &&&Fact| {
        fact.item == Item::Name
            && !fact.wrong
            && fact.force > Force::Guess
            && !matches!(fact.role, Role::Contact | Role::Related)
    };
    let data = known.iter().any(|fact| {
        matches!(fact.item, Item::Phone | Item::IdNumber | Item::Category) && !fact.wrong
    });
    if data && known.iter().any(|fact| named(&fact)) && !own.together {
        for fact in cover.iter_mut().flat_map(Group::facts_mut) {
            let hands_on = fact.item == Item::Name
                && matches!(fact.role, Role::Listed | Role::Writer | Role::SignOff)
                && !known.iter().any(|other| other.value == fact.value);
            if hands_on {
                fact.role = Role::Contact;
            }
        }
    }
    cover.extend(handed);
    cover
}
