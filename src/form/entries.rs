//! What the form asks for, in which order.

use crate::reading::field;
use crate::roster::Event;

/// One thing that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The field's id.
    pub field: String,
    /// As people read it.
    pub label: String,
    /// Without it a registration is incomplete.
    pub required: bool,
    /// The answers to choose from; empty where one writes.
    pub choices: Vec<String>,
    /// A short answer, which leaves room for another beside it.
    pub short: bool,
    /// An answer of several lines.
    pub long: bool,
}

/// The field that holds what people would like to say (意见建议).
pub const SUGGESTIONS: &str = "suggestions";

/// Answers that are a few characters long.
const SHORT: [&str; 5] =
    [field::NAME, field::GENDER, field::ETHNICITY, field::PHONE, field::POSITION];

/// The usual fields in the order of every form, the event's own behind them.
#[must_use]
pub fn entries(event: &Event) -> Vec<Entry> {
    let asked = |id: &str| {
        let listed = event.required.iter().chain(&event.life.form).any(|field| field == id);
        // Where there is something to choose, people shall see it.
        listed || id == field::CATEGORY && event.categories.len() > 1
    };
    let usual = field::IN_ORDER.into_iter().filter(|id| asked(id)).map(str::to_owned);
    let own = event.required.iter().chain(&event.life.form);
    let mut fields: Vec<String> = usual.collect();
    for id in own {
        if !fields.contains(id) {
            fields.push(id.clone());
        }
    }
    fields.into_iter().map(|id| entry(event, id)).collect()
}

/// The lines of a text to be completed, for these fields: `联系电话：`.
#[must_use]
pub fn lines(event: &Event, fields: &[String]) -> Vec<String> {
    let line = |id: &String| {
        let Entry { label, choices, .. } = entry(event, id.clone());
        match choices.as_slice() {
            [] => format!("{label}："),
            some => format!("{label}（{}，任选一项）：", some.join("、")),
        }
    };
    fields.iter().map(line).collect()
}

fn entry(event: &Event, id: String) -> Entry {
    let category = id == field::CATEGORY;
    let names = event.categories.iter().map(|category| category.name.clone());
    Entry {
        label: event.label(&id).to_owned(),
        // Whoever names no category has the default one.
        required: event.required.contains(&id) || category && event.default_category.is_none(),
        choices: if category { names.collect() } else { Vec::new() },
        short: SHORT.contains(&id.as_str()),
        long: id == SUGGESTIONS,
        field: id,
    }
}
