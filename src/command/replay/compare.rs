//! What was read then, beside what is read now.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

use crate::command::desk::BY_HAND;
use crate::reading::{Applicant, Kind, Reading, field};
use crate::roster::{Action, Registration};
use crate::store::{AuditRow, LedgerEntry, LedgerState};

/// Two values, one of which may be missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Turned<T> {
    pub(super) was: T,
    pub(super) now: T,
}

/// What one message would be read otherwise in.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Difference {
    /// Its ledger id.
    pub(super) message: String,
    pub(super) mailbox: String,
    pub(super) folder: String,
    #[serde(skip)]
    pub(super) received: Timestamp,
    /// Who wrote it, as staff see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) subject: Option<String>,
    /// `None` on one side: it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<Turned<Option<Kind>>>,
    /// The doubts, each for the staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reasons: Option<Turned<Vec<String>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) people: Vec<Change>,
}

/// What would differ in one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Change {
    /// The registration; none for a person whom nobody registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) number: Option<String>,
    /// The field; none for a whole person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) was: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) now: Option<String>,
}

impl Difference {
    /// Nothing yet.
    pub(super) fn new(entry: &LedgerEntry) -> Self {
        let facts = entry.facts.as_ref();
        let from = facts.and_then(|facts| facts.from.as_ref());
        Self {
            message: entry.id.clone(),
            mailbox: entry.key.mailbox.clone(),
            folder: entry.key.folder.clone(),
            received: entry.arrived,
            from: from.map(|email| email.as_str().to_owned()),
            subject: facts.map(|facts| facts.subject.clone()),
            kind: None,
            reasons: None,
            people: Vec::new(),
        }
    }

    pub(super) fn differs(&self) -> bool {
        self.kind.is_some() || self.reasons.is_some()
    }

    /// Kind and doubts.
    pub(super) fn compare(&mut self, entry: &LedgerEntry, reading: &Reading) {
        let was = entry.kind.filter(|_| entry.state != LedgerState::Quarantined);
        if was != Some(reading.kind) {
            self.kind = Some(Turned { was, now: Some(reading.kind) });
        }
        let was = entry.facts.as_ref().map(|facts| facts.doubts.clone()).unwrap_or_default();
        let now: Vec<_> = reading.doubts.iter().map(|doubt| doubt.reason.clone()).collect();
        if BTreeSet::from_iter(&was) != BTreeSet::from_iter(&now) {
            self.reasons = Some(Turned { was, now });
        }
    }
}

/// The roster with the messages that it came of.
#[derive(Debug, Default)]
pub(super) struct Past {
    registrations: Vec<(Registration, Vec<String>)>,
    messages: BTreeSet<String>,
}

impl Past {
    /// Adds a registration; one that a clerk entered came of no message.
    pub(super) fn add(&mut self, registration: Registration, history: &[AuditRow]) {
        let spoke = |row: &&AuditRow| {
            matches!(row.action, Action::Registered | Action::Completed | Action::Changed)
        };
        let mut messages: Vec<String> = registration.message.iter().cloned().collect();
        for row in history.iter().filter(spoke) {
            if let Some(id) = row.source.strip_prefix("message:")
                && !messages.iter().any(|known| known == id)
            {
                messages.push(id.to_owned());
            }
        }
        self.messages.extend(messages.iter().cloned());
        self.registrations.push((registration, messages));
    }

    /// Whether a registration came of this message.
    pub(super) fn concerns(&self, message: &str) -> bool {
        self.messages.contains(message)
    }

    /// What would differ, by the message it came of. `now`: what each message says.
    pub(super) fn compare(
        &self,
        now: &BTreeMap<String, Vec<Applicant>>,
    ) -> BTreeMap<String, Vec<Change>> {
        let mut found: BTreeMap<String, Vec<Change>> = BTreeMap::new();
        for (registration, messages) in &self.registrations {
            // One whose message is not kept, or cannot be read, is not compared.
            let Some(first) =
                messages.first().filter(|_| messages.iter().all(|id| now.contains_key(id)))
            else {
                continue;
            };
            let changes = differing(registration, messages, now);
            if !changes.is_empty() {
                found.entry(first.clone()).or_default().extend(changes);
            }
        }
        for (message, applicants) in now {
            let strangers = applicants.iter().filter_map(|applicant| self.stranger(applicant));
            let strangers: Vec<_> = strangers.collect();
            if !strangers.is_empty() {
                found.entry(message.clone()).or_default().extend(strangers);
            }
        }
        found
    }

    /// Somebody who is read now and stands nowhere in the roster.
    fn stranger(&self, applicant: &Applicant) -> Option<Change> {
        let name = applicant.get(field::NAME)?;
        let known = self.registrations.iter().any(|(one, _)| one.get(field::NAME) == Some(name));
        (!known).then(|| Change {
            number: None,
            field: None,
            was: None,
            now: Some(name.to_owned()),
        })
    }
}

/// A registration's fields, beside those that its messages state now.
fn differing(
    registration: &Registration,
    messages: &[String],
    now: &BTreeMap<String, Vec<Applicant>>,
) -> Vec<Change> {
    let number = Some(registration.number.clone());
    let stated: Vec<_> = messages.iter().filter_map(|id| own(registration, now.get(id)?)).collect();
    if stated.is_empty() {
        let was = registration.get(field::NAME).map(str::to_owned);
        return vec![Change { number, field: None, was, now: None }];
    }
    let latest = |name: &str| stated.iter().rev().find_map(|applicant| applicant.get(name));
    let known = registration.person.keys();
    let fields: BTreeSet<_> =
        known.chain(stated.iter().flat_map(|applicant| applicant.fields.keys())).collect();
    let change = |name: &String| {
        let stands = registration.person.get(name);
        if stands.is_some_and(|found| found.evidence.document == BY_HAND) {
            return None;
        }
        let was = stands.map(|found| found.value.as_str());
        let same = match was {
            Some(was) => stated.iter().any(|applicant| applicant.get(name) == Some(was)),
            None => latest(name).is_none(),
        };
        let owned = |value: Option<&str>| value.map(str::to_owned);
        (!same).then(|| Change {
            number: number.clone(),
            field: Some(name.clone()),
            was: owned(was),
            now: owned(latest(name)),
        })
    };
    fields.into_iter().filter_map(change).collect()
}

/// Who of a message's people is this registration's: of the same name, else at its place.
fn own<'a>(registration: &Registration, applicants: &'a [Applicant]) -> Option<&'a Applicant> {
    let name = registration.get(field::NAME);
    let named = applicants.iter().find(|one| name.is_some() && one.get(field::NAME) == name);
    named.or_else(|| applicants.get(usize::try_from(registration.key.place).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{Evidence, Field};
    use crate::roster::{Channel, OrderKey, Status};

    fn person(values: &[(&str, &str)]) -> Applicant {
        let field = |value: &str| Field { value: value.to_owned(), evidence: Evidence::default() };
        let fields = values.iter().map(|(name, value)| ((*name).to_owned(), field(value)));
        Applicant { fields: fields.collect() }
    }

    fn registered(number: &str, message: &str, values: &[(&str, &str)]) -> Registration {
        let at = Timestamp::UNIX_EPOCH;
        let (mailbox, folder) = (String::new(), String::new());
        let key = OrderKey { arrived: at, mailbox, folder, uidvalidity: 0, uid: 0, place: 0 };
        Registration {
            id: number.to_owned(),
            event: "day".to_owned(),
            number: number.to_owned(),
            serial: 1,
            status: Status::Confirmed,
            category: None,
            also: None,
            seat: false,
            place_of: None,
            together: std::collections::BTreeSet::new(),
            asked: 0,
            key,
            person: person(values).fields,
            email: None,
            channel: Channel::Email,
            hold_until: None,
            reason: String::new(),
            attended: None,
            message: Some(message.to_owned()),
            created: at,
            changed: at,
        }
    }

    fn completed_by(message: &str) -> AuditRow {
        AuditRow {
            seq: 1,
            at: Timestamp::UNIX_EPOCH,
            registration: String::new(),
            action: Action::Completed,
            why: "completed".to_owned(),
            by: "baoming".to_owned(),
            source: format!("message:{message}"),
            status: Status::Confirmed,
            category: None,
            seat: false,
        }
    }

    /// The changes of the first message, as number, field, was, now.
    fn changes(past: &Past, now: &[(&str, Vec<Applicant>)]) -> Vec<[Option<String>; 4]> {
        let now = now.iter().map(|(id, people)| ((*id).to_owned(), people.clone())).collect();
        let found = past.compare(&now).into_values().flatten();
        found.map(|one| [one.number, one.field, one.was, one.now]).collect()
    }

    fn row(cells: [&str; 4]) -> [Option<String>; 4] {
        cells.map(|cell| (!cell.is_empty()).then(|| cell.to_owned()))
    }

    #[test]
    fn what_one_message_lacked_and_another_supplied_is_no_difference() {
        let mut past = Past::default();
        let values = [("name", "马玉兰"), ("phone", "13995000001")];
        past.add(registered("XJ21-001", "a", &values), &[completed_by("b")]);
        let now = [("a", vec![person(&values[..1])]), ("b", vec![person(&values[1..])])];
        assert!(changes(&past, &now).is_empty());
        // The answer's telephone is read otherwise.
        let other =
            [("a", vec![person(&values[..1])]), ("b", vec![person(&[("phone", "3018118")])])];
        assert_eq!(changes(&past, &other), [row(["XJ21-001", "phone", "13995000001", "3018118"])]);
    }

    #[test]
    fn people_who_are_read_no_more_and_people_who_are_read_now_are_told() {
        let mut past = Past::default();
        past.add(registered("XJ21-001", "a", &[("name", "马玉兰")]), &[]);
        assert_eq!(changes(&past, &[("a", vec![])]), [row(["XJ21-001", "", "马玉兰", ""])]);
        let two = vec![person(&[("name", "马玉兰")]), person(&[("name", "王建国")])];
        assert_eq!(changes(&past, &[("a", two)]), [row(["", "", "", "王建国"])]);
    }

    #[test]
    fn what_a_clerk_entered_and_what_is_not_kept_is_not_compared() {
        let mut past = Past::default();
        let mut entered = registered("XJ21-001", "a", &[("name", "马玉兰"), ("phone", "1")]);
        if let Some(phone) = entered.person.get_mut("phone") {
            phone.evidence.document = BY_HAND.to_owned();
        }
        past.add(entered, &[]);
        past.add(registered("XJ21-002", "gone", &[("name", "王建国")]), &[]);
        let now = [("a", vec![person(&[("name", "马玉兰"), ("phone", "2")])])];
        assert!(changes(&past, &now).is_empty());
    }
}
