//! A word of a shop's name that was taken for somebody's: 麻辣烫, 花馍铺, 麦香园.

use crate::reading::fact::Fact;
use crate::reading::language::text::Text;
use crate::reading::person::{People, Person};
use crate::reading::vocabulary::Item;

/// Leaves out whom nothing tells but a name that stands in an employer's, where others are told by their numbers.
pub(super) fn leave_out(people: &mut People) {
    let numbered = |one: &Person| one.has(Item::Phone) || one.has(Item::IdNumber);
    if people.list.len() < 2 || !people.list.iter().any(numbered) {
        return;
    }
    let facts = people.list.iter().flat_map(|one| &one.facts).chain(&people.shared);
    let employers: Vec<String> = facts
        .filter(|fact: &&Fact| fact.item == Item::Organization)
        .map(|fact| Text::fold(&fact.value))
        .collect();
    let bare = |one: &Person| {
        let told = [Item::Phone, Item::IdNumber, Item::Position, Item::Gender, Item::Ethnicity];
        !told.iter().any(|item| one.has(*item))
    };
    people.list.retain(|one| {
        let name = one.name().map(Text::fold);
        let of_shop = name.is_some_and(|name| employers.iter().any(|shop| shop.contains(&name)));
        !(of_shop && bare(one))
    });
}
