//! An answer that supplies what was missing completes the registration in place, keeping its
//! arrival.

use super::candidate::{self, Candidate, Wish};
use super::decide::only;
use super::desk::Desk;
use super::identity::{self, Likeness};
use super::register;
use super::verdict::{Action, Item, Outcome, TaskKind};
use super::who::{self, Admission};
use super::words;
use super::{Person, Registration, Request, Status};
use crate::message::Trust;
use crate::reading::field;

/// Which incomplete registration a person's values belong to.
pub(super) enum Supply {
    /// This one.
    One(Box<Registration>),
    /// It cannot be told which: why, for the staff.
    Unclear(String),
    /// None: somebody new.
    None,
}

/// Whether the message may complete the registration: it comes from the registering address, or it
/// quotes the number.
pub(super) fn may_supply(request: &Request, known: &Registration) -> bool {
    comes_home(request, known) || request.numbers().contains(known.number.as_str())
}

fn comes_home(request: &Request, known: &Registration) -> bool {
    known.email.is_some() && known.email == request.sender.email
}

/// Looks for the incomplete registration that the person's values complete.
pub(super) fn supplied(desk: &Desk, request: &Request, person: &Person) -> Supply {
    let incomplete = desk.matches().into_iter().filter(|known| {
        known.status == Status::Incomplete
            && !register::of_this_message(desk, request, known)
            && may_supply(request, known)
            && identity::may_be(person, &known.person)
    });
    let fitting: Vec<_> = incomplete.collect();
    let quoted = |known: &&&Registration| request.numbers().contains(known.number.as_str());
    let named = |known: &&&Registration| {
        person.contains_key(field::NAME) && known.person.contains_key(field::NAME)
    };
    let best = only(fitting.iter())
        .or_else(|| only(fitting.iter().filter(quoted)))
        .or_else(|| fitting.iter().find(named));
    match best {
        Some(known) => Supply::One(Box::new((*known).clone())),
        None if fitting.is_empty() => Supply::None,
        None => {
            let numbers: Vec<_> = fitting.iter().map(|known| known.number.as_str()).collect();
            Supply::Unclear(format!("不能确定补充的是哪一份登记：{}", numbers.join("、")))
        }
    }
}

/// Completes a registration with a person's values, as far as nothing speaks against it.
pub(super) fn supply(
    desk: &mut Desk,
    request: &Request,
    known: &Registration,
    mut from: Candidate,
) -> Item {
    let objections = objections(desk, request, known, &from.person);
    if !objections.is_empty() {
        from.reasons.extend(objections);
        return question(desk, known.clone(), from);
    }
    let mut after = known.clone();
    for (field, value) in &from.person {
        after.person.entry(field.clone()).or_insert_with(|| value.clone());
    }
    if !from.reasons.is_empty() {
        return question(desk, after, from);
    }
    let missing = desk.event.missing(&after.person);
    if after.person == known.person {
        return desk.already(known);
    }
    let wish = after
        .category
        .clone()
        .map_or_else(|| candidate::wish(desk.event, &after.person), Wish::One);
    if wish == Wish::Unknown {
        from.reasons.push(words::NO_SUCH_CATEGORY.to_owned());
        return question(desk, after, from);
    }
    if let Some(bar) = who::bar(desk, &after.person) {
        desk.end(&after, Status::Refused, Action::Completed, bar.why, bar.why);
        desk.promote_all();
        return Item::of(&after, Outcome::NotEligible { reason: bar.told });
    }
    let admission = who::admit(desk, &wish, &after.person, known.email.as_ref(), Some(known));
    if !admission.reasons.is_empty() {
        from.reasons.extend(admission.reasons);
        from.advice.extend(admission.advice);
        return question(desk, after, from);
    }
    if !missing.is_empty() && after.asked >= desk.event.rules.asks {
        from.reasons.push(format!("已请本人补充{}次，仍不齐全", after.asked));
        return question(desk, after, from);
    }
    let item = enter(desk, known, after, admission);
    desk.promote_all();
    item
}

/// Writes down what was supplied: the registration is complete, or lacks less.
fn enter(
    desk: &mut Desk,
    known: &Registration,
    mut after: Registration,
    admission: Admission,
) -> Item {
    let missing = desk.event.missing(&after.person);
    desk.leave_for(known, &mut after, &admission);
    // Who gave up a seat joins a line like anybody else, and it may be full.
    let same_line = known.in_line() && known.category == after.category;
    if after.in_line() && !same_line && (missing.is_empty() || desk.is_full(&mut after)) {
        (after.category, after.also) = (None, None);
    }
    if let (true, Some(category)) = (missing.is_empty(), &admission.category) {
        if known.category.is_none() {
            after.also = candidate::other_wish(desk.event, &after.person, category);
        }
        let found = desk.place(&mut after, category);
        let behind = admission.last.map(|last| desk.behind(&mut after).unwrap_or(last));
        let why = if found == "line-full" { found } else { behind.unwrap_or("completed") };
        why.clone_into(&mut after.reason);
        let item = desk.item(&after, desk.outcome(&after, Vec::new())).noting(admission.notes());
        desk.verdict.settles.push(after.id.clone());
        desk.record(Action::Completed, after, why);
        item
    } else {
        if known.category.is_none() && after.person.contains_key(field::NAME) {
            desk.reserve(&mut after, admission.category.as_deref());
        }
        after.asked = after.asked.saturating_add(1);
        let item = desk.item(&after, desk.outcome(&after, Vec::new())).noting(admission.notes());
        desk.record(Action::Changed, after, "still-incomplete");
        item
    }
}

/// Hands an incomplete registration to the staff; what it reserves stays reserved meanwhile.
fn question(desk: &mut Desk, mut after: Registration, from: Candidate) -> Item {
    let mut reasons = from.reasons;
    let missing = desk.event.missing(&after.person);
    if !missing.is_empty() {
        reasons.push(format!("还缺：{}", desk.event.labels(&missing)));
    }
    after.status = Status::Review;
    after.hold_until = None;
    "in-doubt".clone_into(&mut after.reason);
    desk.task(TaskKind::Review, Some(after.id.clone()), reasons);
    let kept = after.reserves();
    let item = desk.item(&after, Outcome::UnderReview { advice: from.advice, kept });
    desk.record(Action::Changed, after, "in-doubt");
    item
}

/// What speaks against entering the values without a person's eye.
fn objections(
    desk: &Desk,
    request: &Request,
    known: &Registration,
    person: &Person,
) -> Vec<String> {
    let mut objections = Vec::new();
    // Who knows the number is no more who they say they are.
    if request.sender.trust == Trust::Failed {
        objections.push("发件人未通过邮件系统的验证".to_owned());
    }
    let differs = |(field, value): (&String, &crate::reading::Field)| {
        let before = known.person.get(field)?;
        (identity::name_key(&before.value) != identity::name_key(&value.value))
            .then(|| field.clone())
    };
    let mut differing: Vec<_> = person.iter().filter_map(differs).collect();
    let category = person.get(field::CATEGORY).map(|found| found.value.as_str());
    let kept = known.category.as_deref();
    if category.is_some() && kept.is_some() && kept != category {
        differing.push(field::CATEGORY.to_owned());
        differing.dedup();
    }
    if !differing.is_empty() {
        objections.push(format!("补充的内容与原登记不一致：{}", desk.event.labels(&differing)));
    }
    let mut whole = known.person.clone();
    whole.extend(person.clone());
    let others = desk.matches().into_iter().filter(|other| other.active() && other.id != known.id);
    objections.extend(others.filter_map(|other| match identity::compare(&whole, &other.person) {
        Likeness::Doubtful(clash) => Some(words::clash(clash, &other.number)),
        Likeness::Same => Some(format!("补充后与 {} 是同一人", other.number)),
        Likeness::Other => None,
    }));
    objections
}
