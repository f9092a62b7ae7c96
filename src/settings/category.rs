//! `[[category]]` of an event file: who may come, and how many.

use crate::roster::Category;

use super::event::id;
use super::rule;
use super::table::Table;

/// All of them; `None` when one is wrong.
pub(super) fn categories(table: &mut Table) -> Option<Vec<Category>> {
    let sections = table.repeated("category");
    if sections.is_empty() {
        table.wrong("category", "is missing", "[[category]] with id, name, quota and words");
        return None;
    }
    let mut categories: Vec<Category> = Vec::new();
    let mut sound = true;
    for mut section in sections {
        let found = category(&mut section);
        sound &= found.is_some();
        let Some(found) = found else { continue };
        if categories.iter().any(|other| other.id == found.id) {
            section.wrong("id", "is another category's id already", "an id of its own");
        }
        let taken = |word: &&String| categories.iter().any(|other| other.words.contains(word));
        if let Some(word) = found.words.iter().find(taken) {
            let what = format!("{word:?} is another category's word already");
            section.wrong("words", &what, "words that mean this category alone");
        }
        categories.push(found);
    }
    sound.then_some(categories)
}

fn category(section: &mut Table) -> Option<Category> {
    let id = section.required("id", &id());
    let name = section.required("name", &rule::text());
    let quota = section.required("quota", &rule::whole(1..=100_000));
    let words = section.or("words", &rule::list(rule::text()), Vec::new());
    let name = name?;
    let mut words = words?;
    if !words.contains(&name) {
        words.insert(0, name.clone());
    }
    Some(Category { id: id?, name, quota: quota?, words })
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
