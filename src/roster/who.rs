//! Who may register, and how many of one unit or sender: limits beside window and quota.
//!
//! A rule that is certain says no ([`bar`]); what is not certain goes to a person. Who is beyond a
//! limit stands behind everybody else until registration has closed, or goes to a person.

use jiff::civil::Date;

use super::allow::Claim;
use super::candidate::Wish;
use super::desk::Desk;
use super::identity;
use super::{Event, OrderKey, Person, Registration, State, Status};
use crate::message::Email;
use crate::reading::field;

/// The id of an event's own field that holds a date of birth, where no identity number is asked for.
const BIRTH_DATE: &str = "birth_date";

/// Who may come, as the event file says it; nothing is limited by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// The youngest that may come, in full years on the day.
    pub youngest: Option<u32>,
    /// The oldest that may come, in full years on the day.
    pub oldest: Option<u32>,
    /// Who had a place at another event less than so many days before or after is not taken.
    pub once_per: Option<u32>,
    /// Registrations of one employer or village.
    pub per_organization: Option<u32>,
    /// Registrations from one address.
    pub per_sender: Option<u32>,
    /// What becomes of those beyond the last two.
    pub beyond: Beyond,
}

/// What becomes of registrations beyond a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beyond {
    /// They stand behind everybody who registers in time, and are served after closing.
    #[default]
    Last,
    /// A person decides.
    Review,
}

/// A rule that somebody certainly does not meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bar {
    /// The code for the audit.
    pub(super) why: &'static str,
    /// The sentence for the citizen.
    pub(super) told: String,
}

/// What the rules make of one person's wish.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Admission {
    /// The category it counts for.
    pub(super) category: Option<String>,
    /// Why a person must look at it, for the staff.
    pub(super) reasons: Vec<String>,
    /// What the citizen can do about it.
    pub(super) advice: Vec<String>,
    /// The code of a move to another category, and what the citizen is told of it.
    pub(super) moved: Option<(&'static str, String)>,
    /// The code of the limit beyond which it stands last.
    pub(super) last: Option<&'static str>,
}

impl Admission {
    /// Nothing speaks against the wish as it is.
    pub(super) fn plain(&self) -> bool {
        self.reasons.is_empty() && self.moved.is_none() && self.last.is_none()
    }

    /// The code of a registration that got a place or stands in line: `found` says how.
    pub(super) fn placed(&self, status: Status, found: &'static str) -> &'static str {
        let moved = self.moved.as_ref().map(|(why, _)| *why);
        match status {
            Status::Confirmed => moved.unwrap_or(found),
            _ => self.last.or(moved).unwrap_or(found),
        }
    }

    /// What the letter tells besides.
    pub(super) fn notes(self) -> Option<String> {
        self.moved.map(|(_, told)| told)
    }
}

/// Which rule the person certainly does not meet.
pub(super) fn bar(desk: &Desk, person: &Person) -> Option<Bar> {
    let who = &desk.event.rules.who;
    if let Some(age) = age(desk.event, person) {
        if let Some(youngest) = who.youngest.filter(|youngest| age < *youngest) {
            let told = format!("本次活动要求参加人在活动当天年满{youngest}周岁。");
            return Some(Bar { why: "too-young", told });
        }
        if let Some(oldest) = who.oldest.filter(|oldest| age > *oldest) {
            let told = format!("本次活动限活动当天{oldest}周岁及以下的人员参加。");
            return Some(Bar { why: "too-old", told });
        }
    }
    let days = who.once_per?;
    let id_number = identity::id_number(person)?;
    desk.board.elsewhere.id_numbers.contains_key(&id_number).then(|| Bar {
        why: "came-before",
        told: format!(
            "为了让更多的人有机会参加，{days}天之内每人只安排一次；您已经参加过或已有名额参加另一场活动。"
        ),
    })
}

/// Whether somebody was refused by a rule, and not by a clerk.
pub(super) fn barred_by_rule(known: &Registration) -> bool {
    matches!(known.reason.as_str(), "too-young" | "too-old" | "came-before")
}

/// What the rules make of the wish of a person whom none of them bars. `own` is the registration
/// that is being completed, when there is one.
pub(super) fn admit(
    desk: &Desk,
    wish: &Wish,
    person: &Person,
    email: Option<&Email>,
    own: Option<&Registration>,
) -> Admission {
    let event = desk.event;
    let mut admission =
        Admission { category: wish.id().map(str::to_owned), ..Admission::default() };
    admission.reasons.extend(came_before(desk, person));
    if let Some(category) = wish.id().and_then(|id| event.category(id)) {
        match category.claim(event, person) {
            Claim::Granted => {}
            Claim::Moved(to) => {
                let told = format!(
                    "“{}”只面向名单内的人员，名单中没有查到您的姓名，已按“{}”登记。如您确在名单之内，请致电{}说明。",
                    category.name, to.name, event.telephone
                );
                admission.category = Some(to.id.clone());
                admission.moved = Some(("not-listed", told));
            }
            Claim::Unsure(reason) => {
                admission.reasons.push(reason);
                let advice = format!("“{}”只面向名单内的人员，需要核对名单。", category.name);
                admission.advice.push(advice);
            }
        }
    }
    match (beyond(desk, person, email, own), event.rules.who.beyond) {
        (Some((why, _)), Beyond::Last) => admission.last = Some(why),
        (Some((why, limit)), Beyond::Review) => {
            let of = if why == "organization-limit" { "同一单位" } else { "同一邮箱" };
            admission.reasons.push(format!("{of}的登记已达到{limit}人的限额，请决定是否登记"));
            admission.advice.push(format!("{of}的登记已达到{limit}人的限额，需要工作人员决定。"));
        }
        (None, _) => {}
    }
    admission
}

/// The same name and telephone had a place at another event: as good as the same person, but not
/// certain.
fn came_before(desk: &Desk, person: &Person) -> Option<String> {
    let days = desk.event.rules.who.once_per?;
    let held = desk.board.elsewhere.name_phones.get(&identity::name_phone(person)?)?;
    Some(format!(
        "姓名和电话与另一场活动的 {held} 相同；{days}天之内每人只安排一次，请核实是否同一人"
    ))
}

/// Why values that correct a registration are for a person to look at: who registers with others may
/// not get past a rule or a limit by correcting them.
pub(super) fn breaks(desk: &Desk, known: &Registration, person: &Person) -> Option<&'static str> {
    if bar(desk, person).is_some() {
        return Some("更正后看来不符合报名条件，请核实");
    }
    let moved = identity::organization(person) != known.organization();
    let over = moved && beyond(desk, person, known.email.as_ref(), Some(known)).is_some();
    over.then_some("更正后同一单位的登记超过限额，请决定")
}

/// Which limit the person would be beyond, and its number.
fn beyond(
    desk: &Desk,
    person: &Person,
    email: Option<&Email>,
    own: Option<&Registration>,
) -> Option<(&'static str, u32)> {
    let who = &desk.event.rules.who;
    if let (Some(limit), Some(organization)) =
        (who.per_organization, identity::organization(person))
    {
        let counted = desk.board.organizations.get(&organization).copied().unwrap_or(0);
        let itself = own.is_some_and(|own| own.organization().as_ref() == Some(&organization));
        if counted.saturating_sub(u32::from(itself)) >= limit {
            return Some(("organization-limit", limit));
        }
    }
    let (limit, email) = (who.per_sender?, email?);
    let sent = desk.board.known.values().filter(|known| {
        let other = own.is_none_or(|own| own.id != known.id);
        known.active() && other && known.email.as_ref() == Some(email)
    });
    let within = usize::try_from(limit).unwrap_or(usize::MAX);
    (sent.take(within).count() >= within).then_some(("sender-limit", limit))
}

/// By which limit a registration stands behind everybody who registers in time, when it still does.
pub(super) fn stands_last(desk: &Desk, known: &Registration) -> Option<&'static str> {
    let last = desk.event.rules.who.beyond == Beyond::Last
        && known.key.arrived >= desk.event.closes
        && known.status == Status::Waitlisted;
    let limit = || beyond(desk, &known.person, known.email.as_ref(), Some(known));
    last.then(limit).flatten().map(|(reason, _)| reason)
}

/// Why somebody stands last, for the letter.
pub(super) fn told_last(event: &Event, reason: &str) -> String {
    let (of, limit) = match reason {
        "organization-limit" => ("同一单位", event.rules.who.per_organization),
        "sender-limit" => ("同一邮箱", event.rules.who.per_sender),
        _ => ("", None),
    };
    match limit {
        Some(limit) => format!("{of}的登记已达到{limit}人的限额"),
        None => "同一单位或同一邮箱的登记已达到限额".to_owned(),
    }
}

impl Event {
    /// The key of somebody who is beyond a limit: behind everybody who registers in time, in the
    /// order of arrival.
    pub(super) fn last(&self, key: &OrderKey) -> OrderKey {
        let after = key.arrived.duration_since(self.opens);
        let arrived = self.closes.checked_add(after).unwrap_or(self.closes);
        OrderKey { arrived: arrived.max(self.closes), ..key.clone() }
    }

    /// Whether those beyond a limit are served at `looked`, when every mail that had come by then is
    /// known: registration has closed.
    #[must_use]
    pub fn serves_last(&self, state: &State, looked: jiff::Timestamp) -> bool {
        let limits =
            self.rules.who.per_organization.is_some() || self.rules.who.per_sender.is_some();
        limits
            && self.rules.who.beyond == Beyond::Last
            && (self.closing(state)..self.takes_place).contains(&looked)
    }

    /// Whether a place at `other` speaks against one at this event.
    #[must_use]
    pub fn too_soon_after(&self, other: &Self) -> bool {
        let apart = self.takes_place.duration_since(other.takes_place).abs();
        let days = |days: u32| jiff::SignedDuration::from_hours(i64::from(days) * 24);
        self.id != other.id && self.rules.who.once_per.is_some_and(|once| apart < days(once))
    }
}

/// Full years on the day of the event, as far as it is known.
fn age(event: &Event, person: &Person) -> Option<u32> {
    let value = |name| person.get(name).map(|found: &crate::reading::Field| found.value.as_str());
    let born = value(field::ID_NUMBER).and_then(of_id_number);
    let born = born.or_else(|| value(BIRTH_DATE).and_then(of_text))?;
    let day = event.takes_place.to_zoned(event.zone.clone()).date();
    let not_yet = (day.month(), day.day()) < (born.month(), born.day());
    u32::try_from(day.year() - born.year() - i16::from(not_yet)).ok()
}

/// The date of birth in an identity number of 18 characters (GB 11643-1999).
fn of_id_number(number: &str) -> Option<Date> {
    (number.len() == 18).then(|| number.get(6..14)).flatten().and_then(of_text)
}

/// `1990-01-02`, `1990年1月2日`, `19900102`.
fn of_text(text: &str) -> Option<Date> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let parts: Vec<&str> = if digits.len() == text.trim().len() && digits.len() == 8 {
        vec![digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?]
    } else {
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect()
    };
    let [year, month, day] = parts.as_slice() else { return None };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birth_date_is_read_as_people_write_it() {
        let born = Date::constant(1990, 1, 2);
        for text in ["19900102", "1990-01-02", "1990年1月2日", "1990.1.2", " 19900102 "] {
            assert_eq!(of_text(text), Some(born), "{text}");
        }
        assert_eq!(of_id_number("642223199001021234"), Some(born));
        for text in ["", "1990", "199001", "1990年13月2日", "不详"] {
            assert_eq!(of_text(text), None, "{text}");
        }
    }
}
