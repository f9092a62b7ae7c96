//! `[[category]]` of an event file: who may come, and how many.

use std::collections::BTreeMap;

use config::ValueKind;

use crate::roster::Category;

use super::allow::{Lists, allow};
use super::event::id;
use super::rule;
use super::table::Table;

/// By category: words that mean it only behind a label or when ticked.
type Loose = BTreeMap<String, Vec<String>>;

/// All that the sections say.
pub(super) struct Categories {
    /// `None` when one is wrong.
    pub(super) all: Option<Vec<Category>>,
    pub(super) loose: Loose,
    /// The lists that they name, by file.
    pub(super) lists: BTreeMap<String, String>,
}

impl Categories {
    pub(super) fn read(table: &mut Table, lists: &Lists) -> Self {
        let mut read = Self { all: None, loose: Loose::new(), lists: BTreeMap::new() };
        let mut categories = Vec::new();
        let sections = table.repeated("category");
        let mut sound = !sections.is_empty();
        if !sound {
            table.wrong("category", "is missing", "[[category]] with id, name, quota and words");
        }
        let open_to_all: Vec<_> = sections.iter().filter_map(open_to_all).collect();
        for mut section in sections {
            let list = allow(&mut section, lists, &open_to_all);
            let Some((mut found, loose)) = category(&mut section) else {
                sound = false;
                continue;
            };
            tell_apart(&section, &found, &categories);
            read.loose.insert(found.id.clone(), loose);
            if let Some(list) = list {
                found.allow = Some(list.allow);
                read.lists.insert(list.file, list.text);
            }
            categories.push(found);
        }
        read.all = sound.then_some(categories);
        read
    }
}

/// The id of a category that has no list.
fn open_to_all(section: &Table) -> Option<String> {
    match section.peek("id") {
        Some(ValueKind::String(id)) if !section.has("allow") => Some(id.clone()),
        _ => None,
    }
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
    Some((Category { id: id?, name, quota: quota?, words, allow: None }, loose?))
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
