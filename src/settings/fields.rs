//! What an event asks of people: required fields, fields of its own, and more words for the usual
//! ones.

use std::collections::BTreeMap;

use crate::reading::field;

use super::event::id;
use super::rule;
use super::table::Table;

/// The fields that the program knows; an event file may define more.
pub const KNOWN_FIELDS: [&str; 9] = [
    field::NAME,
    field::PHONE,
    field::ID_NUMBER,
    field::ORGANIZATION,
    field::POSITION,
    field::CATEGORY,
    field::GENDER,
    field::ETHNICITY,
    field::ADDRESS,
];

/// A field that only this event asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtraField {
    /// Stable id.
    pub id: String,
    /// As letters and lists print it.
    pub name: String,
    /// Words by which mails label it.
    pub labels: Vec<String>,
}

/// `[[field]]`; `None` when one is wrong.
pub(super) fn extra_fields(table: &mut Table) -> Option<Vec<ExtraField>> {
    let mut fields: Vec<ExtraField> = Vec::new();
    let mut sound = true;
    for mut section in table.repeated("field") {
        let id = section.required("id", &id());
        let name = section.required("name", &rule::text());
        let labels = section.or("labels", &rule::list(rule::text()), Vec::new());
        let (Some(id), Some(name), Some(mut labels)) = (id, name, labels) else {
            sound = false;
            continue;
        };
        if KNOWN_FIELDS.contains(&id.as_str()) || fields.iter().any(|other| other.id == id) {
            section.wrong("id", "is a field already", "an id of its own; more words: [labels]");
        }
        if !labels.contains(&name) {
            labels.insert(0, name.clone());
        }
        fields.push(ExtraField { id, name, labels });
    }
    sound.then_some(fields)
}

/// `[labels]`: more words for known fields.
pub(super) fn labels(table: &mut Table) -> BTreeMap<String, Vec<String>> {
    let mut section = table.section("labels");
    let mut labels = BTreeMap::new();
    for name in KNOWN_FIELDS {
        let words = section.or(name, &rule::list(rule::text()), Vec::new()).unwrap_or_default();
        if !words.is_empty() {
            labels.insert(name.to_owned(), words);
        }
    }
    labels
}

/// The fields without which a registration is incomplete.
pub(super) fn required(
    table: &mut Table,
    fields: Option<&[ExtraField]>,
    has_default_category: bool,
) -> Option<Vec<String>> {
    let rule = rule::list(rule::text());
    let default = vec![field::NAME.to_owned(), field::PHONE.to_owned()];
    let mut required = table.or("required", &rule, default)?;
    let own = fields.unwrap_or_default().iter().map(|field| field.id.as_str());
    let known: Vec<_> = KNOWN_FIELDS.into_iter().chain(own).collect();
    for field in required.iter().filter(|field| !known.contains(&field.as_str())) {
        let what = format!("there is no field {field:?}");
        table.wrong("required", &what, &format!("fields: {}", known.join(", ")));
    }
    if !required.iter().any(|field| field == field::NAME) {
        table.wrong("required", "leaves out the name", "a list with \"name\" in it");
    }
    // Without a default category nobody can be given a place who names none.
    let category = field::CATEGORY.to_owned();
    if !has_default_category && !required.contains(&category) {
        required.push(category);
    }
    Some(required)
}
