//! A category that somebody thought of and asks for no more: `先是想报监督员，…还是不报监督员了，就报群众代表`.

use std::collections::BTreeSet;

use crate::reading::fact::{Force, Group, Role};
use crate::reading::language::text::until;
use crate::reading::language::words::words;
use crate::reading::values::categories::{Categories, Mention, denied};
use crate::reading::values::refused::refused;
use crate::reading::vocabulary::Item;

words! {
    /// Before a category: it was thought of at first.
    AT_FIRST = "本来 原本 起初 一开始 先是 开头 最早 最初 原打算 原想 开始想 早先 先前想";
}

/// Marks it, where one person speaks and asks for another behind it.
pub(crate) fn mark(groups: &mut [Group], own: &str, categories: &Categories) {
    let facts = || groups.iter().flat_map(Group::facts);
    let names = facts().filter(|fact| fact.item == Item::Name && fact.role != Role::Contact);
    let names: BTreeSet<&str> = names.map(|fact| fact.value.as_str()).collect();
    let said = facts().filter(|fact| fact.item == Item::Category && !fact.old);
    let said: BTreeSet<&str> = said.map(|fact| fact.value.as_str()).collect();
    if names.len() > 1 || said.len() < 2 {
        return;
    }
    let mentions = categories.mentions(own);
    let declined = |one: &&Mention<'_>| is_declined(own, one, &mentions);
    // What is named last and not declined is asked for.
    let Some(wanted) = mentions.iter().rev().find(|one| !declined(one)) else { return };
    let gone: Vec<&str> = mentions
        .iter()
        .filter(|one| {
            one.id != wanted.id && (one.start < wanted.start || refused(own, one, &mentions))
        })
        .filter(declined)
        .map(|one| one.id)
        .collect();
    for fact in groups.iter_mut().flat_map(Group::facts_mut) {
        let told = fact.item == Item::Category && fact.force < Force::Label;
        fact.old |= told && gone.contains(&fact.value.as_str());
    }
}

/// `还是不报监督员了`, `监督员我怕干不好`, `本来想报监督员`.
fn is_declined(own: &str, mention: &Mention<'_>, all: &[Mention<'_>]) -> bool {
    let marks = ['，', ',', '。', '；', ';', '！', '\n'];
    let before = until(own, mention.start);
    let clause = before.rsplit(marks).next().unwrap_or("");
    denied(before) || AT_FIRST.found_in(clause) || refused(own, mention, all)
}
