//! `[[category]]` of an event file: who may come, and how many.

use std::collections::BTreeMap;

use crate::roster::Category;

use super::event::id;
use super::rule;
use super::table::Table;

/// By category: words that mean it only behind a label or when ticked.
type Loose = BTreeMap<String, Vec<String>>;

/// All of them; `None` when one is wrong.
pub(super) fn categories(table: &mut Table) -> (Option<Vec<Category>>, Loose) {
    let (mut categories, mut loose) = (Vec::new(), Loose::new());
    let sections = table.repeated("category");
    let mut sound = !sections.is_empty();
    if !sound {
        table.wrong("category", "is missing", "[[category]] with id, name, quota and words");
    }
    for mut section in sections {
        let Some((found, its_loose)) = category(&mut section) else {
            sound = false;
            continue;
        };
        tell_apart(&section, &found, &categories);
        loose.insert(found.id.clone(), its_loose);
        categories.push(found);
    }
    (sound.then_some(categories), loose)
}

/// No two categories may answer to the same name.
fn tell_apart(section: &Table, found: &Category, others: &[Category]) {
    if others.iter().any(|other| other.id == found.id) {
        section.wrong("id", "is another category's id already", "an id of its own");
    }
    let taken = |word: &&String| others.iter().any(|other| other.words.contains(word));
    if let Some(word) = found.words.iter().find(taken) {
        let what = format!("{word:?} is another category's word already");
        section.wrong("words", &what, "words that mean this category alone");
    }
}

fn category(section: &mut Table) -> Option<(Category, Vec<String>)> {
    let id = section.required("id", &id());
    let name = section.required("name", &rule::text());
    let quota = section.required("quota", &rule::whole(1..=100_000));
    let words = section.or("words", &rule::list(rule::text()), Vec::new());
    let loose = section.or("loose", &rule::list(rule::text()), Vec::new());
    let (name, mut words) = (name?, words?);
    if !words.contains(&name) {
        words.insert(0, name.clone());
    }
    Some((Category { id: id?, name, quota: quota?, words }, loose?))
}

/// The default category; `None` where there is none. `categories` is `None` when they are wrong.
pub(super) fn default_category(
    table: &mut Table,
    categories: Option<&[Category]>,
) -> Option<String> {
    let default = table.optional("default_category", &id())?;
    let known: Vec<_> = categories?.iter().map(|one| one.id.as_str()).collect();
    if !known.contains(&default.as_str()) {
        let allowed = format!("one of the categories: {}", known.join(", "));
        table.wrong("default_category", "is no category of this event", &allowed);
    }
    Some(default)
}
