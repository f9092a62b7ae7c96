//! The keys of an event file that say how its places are given.

use crate::roster::Rules;

use super::rule;
use super::table::Table;
use super::who::who;

/// The event's rules; `None` when a key is wrong.
pub(super) fn rules(table: &mut Table) -> Option<Rules> {
    let default = Rules::default();
    let sender_cap = table.or("sender_cap", &rule::whole(1..=1000), default.sender_cap);
    let hold = table.or("hold", &rule::duration("1h", "720h"), default.hold);
    let who = who(table);
    Some(Rules { hold: hold?, sender_cap: sender_cap?, who: who? })
}
