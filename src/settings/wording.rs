//! How keys and values are told in messages.

use config::ValueKind;

/// How many edits a key may be away from a known one to be taken for a slip.
const NEAR: usize = 3;

/// The longest value that a message repeats, in characters.
const MOST: usize = 80;

/// The known key that `key` was probably meant to be.
pub(super) fn nearest<'a>(key: &str, known: &'a [String]) -> Option<&'a str> {
    let edits = |other: &str| strsim::damerau_levenshtein(other, key);
    let nearest = known.iter().min_by_key(|other| edits(other))?;
    (edits(nearest) <= NEAR.min(key.chars().count() / 2)).then_some(nearest)
}

/// An unknown key may be a slip for one that holds a password: its value is not repeated then.
pub(super) fn tells_a_secret(key: &str) -> bool {
    let key = key.to_lowercase();
    ["pas", "pw", "secret", "token", "key", "code", "auth", "密", "授权"]
        .iter()
        .any(|word| key.contains(word))
}

/// A value as the file writes it, shortened to be read in a message.
pub(super) fn shown(kind: &ValueKind) -> String {
    let text = match kind {
        ValueKind::String(text) => format!("{text:?}"),
        ValueKind::Array(values) => {
            let values: Vec<_> = values.iter().map(|value| shown(&value.kind)).collect();
            format!("[{}]", values.join(", "))
        }
        ValueKind::Table(values) => {
            let mut keys: Vec<_> = values.keys().cloned().collect();
            keys.sort();
            format!("{{ {} }}", keys.join(", "))
        }
        other => other.to_string(),
    };
    if text.chars().count() <= MOST {
        return text;
    }
    text.chars().take(MOST).chain(['…']).collect()
}
