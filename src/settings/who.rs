//! Who may come, and how many of one unit or sender: keys of an event file.

use crate::roster::{Beyond, Who};

use super::rule;
use super::table::Table;

/// What an event file says of it; nothing is limited by default.
pub(super) fn who(table: &mut Table) -> Option<Who> {
    let years = rule::whole(1..=120);
    let who = Who {
        youngest: table.optional("youngest", &years),
        oldest: table.optional("oldest", &years),
        once_per: table.optional("once_per", &rule::days(1..=3650)),
        per_organization: table.optional("per_organization", &rule::whole(1..=1000)),
        per_sender: table.optional("per_sender", &rule::whole(1..=1000)),
        beyond: {
            let rule = rule::one_of(&[("last", Beyond::Last), ("review", Beyond::Review)]);
            table.or("beyond", &rule, Beyond::default())?
        },
    };
    if who.youngest.zip(who.oldest).is_some_and(|(youngest, oldest)| youngest > oldest) {
        table.wrong("oldest", "is below youngest", "an age from youngest on");
    }
    if table.has("beyond") && who.per_organization.or(who.per_sender).is_none() {
        let allowed = "no such key, or one of them";
        table.wrong("beyond", "says nothing without per_organization or per_sender", allowed);
    }
    Some(who)
}
