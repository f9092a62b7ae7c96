//! A message that corrects what is registered. It is applied from the registering address only, when
//! it means exactly one registration and nothing speaks against it; anything else goes to a person.
//!
//! Who wishes for another category gets it when a place there is free and nobody stands before, and
//! goes behind those who wanted it earlier. Otherwise whoever has a place keeps it, and whoever
//! waits joins the other line at its end. A place is not inherited past those who wait for it,
//! unless the event says so.

use std::collections::BTreeSet;

use super::allow::Claim;
use super::candidate::Candidate;
use super::complete;
use super::decide::only;
use super::desk::Desk;
use super::identity::{self, Likeness};
use super::register;
use super::rules::Substitution;
use super::verdict::{Action, Item, Note, Outcome};
use super::who;
use super::{OrderKey, Person, Registration, Request, Status};
use crate::message::Trust;
use crate::reading::{Applicant, field};

/// Applies a change; gives back each person's outcome, or why the staff must look.
pub(super) fn change(desk: &mut Desk, request: &Request) -> Result<Vec<Item>, &'static str> {
    const ASKED: &str = "来信要求更正";
    let sender = &request.sender;
    let certain = request.reading.doubts.is_empty() && !request.junk && sender.machine.is_none();
    if !certain || sender.trust == Trust::Failed {
        return Err(ASKED);
    }
    let [person] = request.reading.applicants.as_slice() else { return Err(ASKED) };
    let known = meant(desk, request, &person.fields).ok_or(ASKED)?;
    let after_closing = desk.came_late(&request.arrived);
    match known.status {
        Status::Incomplete if !after_closing => {
            let from = Candidate::new(person, known.key.place, request);
            Ok(vec![complete::supply(desk, request, &known, from)])
        }
        Status::Confirmed | Status::Waitlisted => {
            let other_name = differs(&known, &person.fields, field::NAME);
            if other_name && request.reading.instead {
                return substitute(desk, request, &known, person);
            }
            let other_id = differs(&known, &person.fields, field::ID_NUMBER);
            if other_name || other_id {
                return Err("来信要求更正姓名或身份证号，请与本人核实");
            }
            correct(desk, request, &known, &person.fields).map(|item| vec![item])
        }
        _ => Err(ASKED),
    }
}

/// The one registration of the sender's that the message means.
fn meant(desk: &Desk, request: &Request, person: &Person) -> Option<Registration> {
    let mut own = desk.matches();
    own.retain(|known| known.active() && known.email.is_some());
    own.retain(|known| known.email == request.sender.email);
    let numbers = request.numbers();
    let foreign = |number: &&str| own.iter().all(|known| known.number != *number);
    if numbers.iter().any(foreign) {
        return None;
    }
    let named = |known: &&&Registration| {
        person.contains_key(field::NAME) && identity::may_be(person, &known.person)
    };
    let quoted = |known: &&&Registration| numbers.contains(known.number.as_str());
    only(own.iter().filter(named))
        .or_else(|| only(own.iter().filter(quoted)))
        .or_else(|| only(own.iter()))
        .map(|known| (*known).clone())
}

fn differs(known: &Registration, person: &Person, field: &str) -> bool {
    let (Some(said), Some(before)) = (person.get(field), known.person.get(field)) else {
        return false;
    };
    identity::name_key(&said.value) != identity::name_key(&before.value)
}

/// Enters other values, and another category where it has a place.
fn correct(
    desk: &mut Desk,
    request: &Request,
    known: &Registration,
    person: &Person,
) -> Result<Item, &'static str> {
    let mut after = known.clone();
    let new = |field: &str, value: &str| known.get(field) != Some(value);
    let category = person.get(field::CATEGORY).map(|found| found.value.clone());
    let wish = category.filter(|id| known.category.as_ref() != Some(id));
    let values = person.iter().filter(|(name, value)| {
        *name != field::CATEGORY && *name != field::OTHER_CATEGORY && new(name, &value.value)
    });
    let values: Person = values.map(|(name, value)| (name.clone(), value.clone())).collect();
    after.person.extend(values.clone());
    let other = |other: &&Registration| other.active() && other.id != known.id;
    let clash =
        |other: &Registration| identity::compare(&after.person, &other.person) != Likeness::Other;
    if desk.matches().into_iter().filter(other).any(clash) {
        return Err("更正后与另一份登记可能是同一人，请核实");
    }
    if let Some(why) = who::breaks(desk, known, &after.person) {
        return Err(why);
    }
    let mut notes = Vec::new();
    if !values.is_empty() {
        notes.push(Note::Changed { fields: values.keys().cloned().collect() });
    }
    let moved = match wish {
        None => None,
        Some(_) if desk.came_late(&request.arrived) => {
            return Err("报名截止后来信要求改报类别，请与本人商定");
        }
        Some(wish) => {
            let category = desk.event.category(&wish);
            let category = category.ok_or("来信要求改报的类别不在本次活动之内")?;
            if !matches!(category.claim(desk.event, &after.person), Claim::Granted) {
                return Err("来信要求改报的类别只面向名单内的人员，请核对名单");
            }
            let moved = move_to(desk, request, &mut after, &wish);
            if moved.is_none() {
                notes.push(Note::Stays { category: wish.clone() });
            }
            moved.inspect(|_| {
                let said = person.get(field::CATEGORY).cloned();
                after.person.extend(said.map(|said| (field::CATEGORY.to_owned(), said)));
            })
        }
    };
    let mut item = if let Some(outcome) = moved {
        desk.item(&after, outcome)
    } else if values.is_empty() {
        desk.standing(known)
    } else {
        let position = desk.position(&after);
        desk.item(&after, Outcome::Corrected { status: after.status, position })
    };
    item.remarks.extend(notes);
    if after != *known {
        let why = if after.category == known.category { "corrected" } else { "category-wished" };
        desk.record(Action::Changed, after, why);
    }
    Ok(item)
}

/// Goes over to another category, unless a place would be lost or no place in line is to be had.
fn move_to(
    desk: &mut Desk,
    request: &Request,
    after: &mut Registration,
    wish: &str,
) -> Option<Outcome> {
    let mut moved = after.clone();
    moved.key = OrderKey { place: after.key.place, ..request.arrived.clone() };
    (moved.seat, moved.place_of, moved.also) = (false, None, None);
    (moved.together, moved.status) = (BTreeSet::new(), Status::Waitlisted);
    moved.category = None;
    // Who is beyond a limit stays behind everybody who registers in time.
    let last = who::stands_last(desk, after);
    if last.is_some() {
        moved.key = desk.event.last(&moved.key);
    }
    let mut why = desk.place(&mut moved, wish);
    if last.is_some() {
        why = desk.behind(&mut moved).unwrap_or(why);
    }
    let loses = after.takes_seat() && moved.status != Status::Confirmed;
    if loses || why == "line-full" {
        return None;
    }
    desk.leave(after);
    last.unwrap_or("category-wished").clone_into(&mut moved.reason);
    *after = moved;
    Some(desk.outcome(after, Vec::new()))
}

/// Another person comes instead.
fn substitute(
    desk: &mut Desk,
    request: &Request,
    known: &Registration,
    other: &Applicant,
) -> Result<Vec<Item>, &'static str> {
    const REVIEW: &str = "来信要求由他人代替参加，请决定；名额不得越过候补的人转让";
    let waited_for = known.takes().is_some_and(|category| desk.board.tally(category).waiting > 0);
    let allowed = match desk.event.rules.substitution {
        Substitution::Review => false,
        Substitution::NobodyWaits => !waited_for,
        Substitution::Always => true,
    };
    let mut from = Candidate::new(other, 0, request);
    // Whoever comes instead comes in the same capacity.
    if let Some(category) = known.person.get(field::CATEGORY) {
        from.person.entry(field::CATEGORY.to_owned()).or_insert_with(|| category.clone());
    }
    let whole = desk.event.missing(&from.person).is_empty();
    let strange = |one: &&Registration| {
        one.active() && identity::compare(&from.person, &one.person) != Likeness::Other
    };
    let there = desk.matches().iter().any(strange);
    let wish = from.category(desk.event);
    let same_place = wish.id() == known.category.as_deref();
    // Whoever comes instead is held to the same rules, beside the one who makes room.
    let admission =
        who::admit(desk, &wish, &from.person, request.sender.email.as_ref(), Some(known));
    let barred = who::bar(desk, &from.person).is_some() || !admission.plain();
    if barred {
        return Err("来信要求由他人代替参加，但代替人看来不符合报名条件或超过限额，请决定");
    }
    if !allowed || !whole || there || !same_place || known.status != Status::Confirmed {
        return Err(REVIEW);
    }
    desk.end(known, Status::Cancelled, Action::Cancelled, "by-applicant", "by-applicant");
    let key = OrderKey { place: 0, ..request.arrived.clone() };
    let mut new = desk.fresh(key, from.person, request.sender.email.as_ref());
    new.message = register::message_id(request);
    (new.status, new.category) = (Status::Confirmed, known.category.clone());
    new.place_of.clone_from(&known.place_of);
    "substituted".clone_into(&mut new.reason);
    let mut given_up = Item::of(known, Outcome::Cancelled);
    given_up.remarks.push(Note::Replaced);
    let items = vec![given_up, desk.item(&new, Outcome::Confirmed)];
    desk.record(Action::Registered, new, "substituted");
    Ok(items)
}
