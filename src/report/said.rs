//! What people said, by topics and without names.

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
    for row in rows {
        let Some(said) = row.registration.get(super::SUGGESTIONS) else { continue };
        let topic = event
            .life
            .topics
            .iter()
            .position(|(_, words)| words.iter().any(|word| said.contains(word.as_str())));
        let place = topic.unwrap_or(event.life.topics.len());
        let said = nameless(said, &row.registration);
        if let Some((_, list)) = topics.get_mut(place).filter(|_| !said.is_empty()) {
            list.push(said);
        }
    }
    topics.retain(|(_, said)| !said.is_empty());
    topics
}

/// Without the writer's name and employer, and without numbers that are somebody's.
fn nameless(said: &str, writer: &Registration) -> String {
    let mut said = plain::tidy(said, LONGEST);
    for name in [field::NAME, field::ORGANIZATION, field::PHONE] {
        if let Some(value) = writer.get(name).filter(|value| value.chars().count() > 1) {
            said = said.replace(value, "×");
        }
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
