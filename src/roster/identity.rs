//! Who is the same person.
//!
//! Equal identity numbers, or, when either lacks one, equal name and telephone number. What points
//! both ways is never decided here: a person looks at it. A shared telephone alone says nothing.

use super::Person;
use crate::reading::field;

/// How two sets of values relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    /// The same person.
    Same,
    /// It cannot be told.
    Doubtful(Clash),
    /// Different people, as far as is known.
    Other,
}

/// Why it cannot be told whether two are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clash {
    /// The identity numbers are equal, the names are not.
    Name,
    /// Name and telephone are equal, the identity numbers are not.
    IdNumber,
    /// One address registers the same name with another telephone number.
    Phone,
}

/// Compares two sets of values.
pub(super) fn compare(one: &Person, other: &Person) -> Likeness {
    let names = equal(one, other, field::NAME, name_key);
    let phones = equal(one, other, field::PHONE, phone_key);
    match equal(one, other, field::ID_NUMBER, str::to_uppercase) {
        Some(true) if names == Some(false) => Likeness::Doubtful(Clash::Name),
        Some(true) => Likeness::Same,
        Some(false) if names == Some(true) && phones == Some(true) => {
            Likeness::Doubtful(Clash::IdNumber)
        }
        None if names == Some(true) && phones == Some(true) => Likeness::Same,
        Some(false) | None => Likeness::Other,
    }
}

/// Whether two sets of values are certainly one person's.
#[must_use]
pub fn same_person(one: &Person, other: &Person) -> bool {
    compare(one, other) == Likeness::Same
}

/// Compares two sets of values that came from one address: there an equal name that nothing
/// contradicts is the same person, who merely said less this time.
pub(super) fn compare_at_home(one: &Person, other: &Person) -> Likeness {
    let likeness = compare(one, other);
    let named = equal(one, other, field::NAME, name_key) == Some(true);
    let ids = equal(one, other, field::ID_NUMBER, str::to_uppercase);
    if likeness != Likeness::Other || !named || ids == Some(false) {
        return likeness;
    }
    match equal(one, other, field::PHONE, phone_key) {
        Some(false) => Likeness::Doubtful(Clash::Phone),
        _ => Likeness::Same,
    }
}

/// Whether what somebody writes of a person may mean this one: nothing that tells people apart
/// differs. An equal name settles it, whatever the numbers say.
pub(super) fn may_be(one: &Person, other: &Person) -> bool {
    match equal(one, other, field::NAME, name_key) {
        Some(named) => named,
        None => {
            equal(one, other, field::PHONE, phone_key) != Some(false)
                && equal(one, other, field::ID_NUMBER, str::to_uppercase) != Some(false)
        }
    }
}

/// Whether a person named in a message is this one beyond doubt: something that tells people apart
/// is stated and equal, and none differs.
pub(super) fn is_meant(named: &Person, registered: &Person) -> bool {
    let signs = [
        equal(named, registered, field::NAME, name_key),
        equal(named, registered, field::PHONE, phone_key),
        equal(named, registered, field::ID_NUMBER, str::to_uppercase),
    ];
    signs.contains(&Some(true)) && !signs.contains(&Some(false))
}

/// The identity number as it is compared.
pub(super) fn id_number(person: &Person) -> Option<String> {
    person.get(field::ID_NUMBER).map(|found| found.value.to_uppercase())
}

/// Name and telephone number as they are compared, when both are known.
pub(super) fn name_phone(person: &Person) -> Option<(String, String)> {
    let name = person.get(field::NAME)?;
    let phone = person.get(field::PHONE)?;
    Some((name_key(&name.value), phone_key(&phone.value)))
}

/// The employer or village as it is compared.
pub(super) fn organization(person: &Person) -> Option<String> {
    let key = name_key(&person.get(field::ORGANIZATION)?.value);
    (!key.is_empty()).then_some(key)
}

/// A name as it is compared: blanks don't count, the middle dots of transcribed names are one, and
/// Latin letters have no case.
pub(super) fn name_key(name: &str) -> String {
    let dot = |c| if matches!(c, '•' | '・' | '‧' | '．' | '.' | '●') { '·' } else { c };
    name.chars().filter(|c| !c.is_whitespace()).map(dot).flat_map(char::to_lowercase).collect()
}

pub(super) fn phone_key(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// Whether both state the field with the same value; `None` when either does not state it.
fn equal(one: &Person, other: &Person, field: &str, key: fn(&str) -> String) -> Option<bool> {
    let (one, other) = (one.get(field)?, other.get(field)?);
    Some(key(&one.value) == key(&other.value))
}
