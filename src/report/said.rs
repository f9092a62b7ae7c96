//! What people said, by topics and without names.

use crate::form::SUGGESTIONS;
use crate::reading::field;
use crate::reply::plain;
use crate::roster::{Event, Registration};
use crate::store::Standing;

/// Longest suggestion that is repeated, in characters.
const LONGEST: usize = 300;

/// The heading over what belongs to no topic.
const OTHER: &str = "其他方面";

/// Suggestions by topic, in the order of the event file; topics about which nobody said anything are
/// left out.
pub(super) fn topics(event: &Event, rows: &[Standing]) -> Vec<(String, Vec<String>)> {
    let mut topics: Vec<(String, Vec<String>)> =
        event.life.topics.iter().map(|(name, _)| (name.clone(), Vec::new())).collect();
    topics.push((OTHER.to_owned(), Vec::new()));
    let names = rows.iter().filter_map(|row| row.registration.get(field::NAME));
    let names: Vec<_> = names.filter(|name| name.chars().count() > 1).collect();
    for row in rows {
        let Some(said) = row.registration.get(SUGGESTIONS) else { continue };
        let topic = event
            .life
            .topics
            .iter()
            .position(|(_, words)| words.iter().any(|word| said.contains(word.as_str())));
        let place = topic.unwrap_or(event.life.topics.len());
        let said = nameless(said, &row.registration, &names);
        if let Some((_, list)) = topics.get_mut(place).filter(|_| !said.is_empty()) {
            list.push(said);
        }
    }
    topics.retain(|(_, said)| !said.is_empty());
    topics
}

/// Without the names of those who registered, without the writer's employer and telephone, and without
/// numbers that are somebody's.
fn nameless(said: &str, writer: &Registration, names: &[&str]) -> String {
    let mut said = plain::tidy(said, LONGEST);
    let own = [field::ORGANIZATION, field::PHONE].into_iter().filter_map(|name| writer.get(name));
    let own = own.filter(|value| value.chars().count() > 1);
    for value in own.chain(names.iter().copied()) {
        said = said.replace(value, "×");
    }
    let mut clean = String::with_capacity(said.len());
    let mut digits = String::new();
    for letter in said.chars().chain(['\n']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        // Seven digits and more are a telephone or an identity number.
        clean.push_str(if digits.len() >= 7 { "×" } else { &digits });
        digits.clear();
        clean.push(letter);
    }
    clean.trim().to_owned()
}
