//! A message that asks for places: each person in it gets an own registration, in the order of the
//! mail; as many as fit, or all or none.

use super::candidate::{self, Candidate, Wish, candidates};
use super::complete::{self, Supply};
use super::desk::Desk;
use super::identity::{self, Likeness};
use super::line::{Group, MOST_TOGETHER};
use super::offer::{self, EXPIRED};
use super::rules::Groups;
use super::verdict::{Action, Item, Note, Outcome, TaskKind};
use super::who::{self, Admission, Bar};
use super::words;
use super::{Cause, OrderKey, Person, Registration, Request, Status};
use crate::reading::{Applicant, field};

/// Decides a registration; gives back each person's outcome.
pub(super) fn register(desk: &mut Desk, request: &Request) -> Vec<Item> {
    let event = desk.event;
    if desk.board.state.called_off.is_some() {
        return vec![Item::whole(Outcome::CalledOff { reason: String::new() })];
    }
    if request.arrived.arrived < event.opens {
        return vec![Item::whole(Outcome::NotYetOpen)];
    }
    let candidates = candidates(request);
    if let Some(closed) = event.closed_for(&desk.board.state, request.arrived.arrived) {
        let early = Some(closed).filter(|closed| *closed < event.closes);
        return too_late(desk, request, &candidates, early);
    }
    if request.reading.applicants.is_empty() {
        let nobody = Candidate::new(&Applicant::default(), 0, request);
        if !nobody.reasons.is_empty() {
            desk.task(TaskKind::Review, None, nobody.reasons);
            return vec![Item::whole(Outcome::UnderReview { advice: nobody.advice, kept: false })];
        }
        // Somebody wants to come and says nothing else: the letter asks for all of it.
        return vec![one(desk, request, nobody)];
    }
    let together = request.reading.together.unwrap_or(event.rules.groups == Groups::Together);
    if together && candidates.len() > 1 {
        return all_or_none(desk, request, candidates);
    }
    candidates.into_iter().map(|candidate| one(desk, request, candidate)).collect()
}

/// People who want to come together: all get places, or all stand in line; when there is no room
/// there for all, none does.
fn all_or_none(desk: &mut Desk, request: &Request, mut candidates: Vec<Candidate>) -> Vec<Item> {
    let event = desk.event;
    let new = |candidate: &&mut Candidate| {
        same(desk, request, &candidate.person).is_none()
            && matches!(complete::supplied(desk, request, &candidate.person), Supply::None)
    };
    let wanted: Vec<String> = candidates
        .iter_mut()
        .filter(new)
        .filter(|candidate| candidate.person.contains_key(field::NAME))
        .filter_map(|candidate| candidate.category(event).id().map(str::to_owned))
        .collect();
    let quota: u32 = event.categories.iter().map(|category| category.quota).sum();
    let most = usize::try_from(quota).unwrap_or(usize::MAX).min(MOST_TOGETHER);
    let chosen = event.rules.selection().is_some();
    if wanted.len() > most {
        let reason = format!("来信要求{}人一起参加，名额无法一并安排", wanted.len());
        for candidate in &mut candidates {
            candidate.reasons.push(reason.clone());
        }
    } else if wanted.len() > 1 && !chosen && !desk.fit(&wanted, &request.arrived) {
        desk.group = if desk.has_room(&wanted) {
            Group::Waits(wanted.into_iter().collect())
        } else {
            Group::TurnedAway
        };
    }
    let items = candidates.into_iter().map(|candidate| one(desk, request, candidate)).collect();
    desk.group = Group::None;
    items
}

/// After the end only those hear something else who have their place already.
fn too_late(
    desk: &Desk,
    request: &Request,
    candidates: &[Candidate],
    early: Option<jiff::Timestamp>,
) -> Vec<Item> {
    let held = |candidate: &Candidate| {
        let known = same(desk, request, &candidate.person)?;
        (known.status != Status::Incomplete).then(|| desk.already(known))
    };
    let items: Vec<_> = candidates.iter().map(|candidate| (candidate, held(candidate))).collect();
    if items.iter().all(|(_, held)| held.is_none()) {
        return vec![Item::whole(Outcome::Closed { early })];
    }
    let closed = |candidate: &Candidate| Item {
        name: candidate.person.get(field::NAME).map(|name| name.value.clone()),
        ..Item::whole(Outcome::Closed { early })
    };
    items.into_iter().map(|(candidate, held)| held.unwrap_or_else(|| closed(candidate))).collect()
}

/// Decides for one person.
fn one(desk: &mut Desk, request: &Request, mut candidate: Candidate) -> Item {
    let supplied = complete::supplied(desk, request, &candidate.person);
    // Values without a name are an answer to what we asked, whoever else they may fit.
    let answers = !candidate.person.contains_key(field::NAME);
    if let (Supply::One(known), true) = (&supplied, answers) {
        return complete::supply(desk, request, known, candidate);
    }
    if let Some(known) = same(desk, request, &candidate.person).cloned() {
        if known.status == Status::Incomplete && complete::may_supply(request, &known) {
            return complete::supply(desk, request, &known, candidate);
        }
        return again(desk, request, &known, candidate);
    }
    match supplied {
        Supply::One(known) => return complete::supply(desk, request, &known, candidate),
        Supply::Unclear(reason) => candidate.reasons.push(reason),
        Supply::None => {}
    }
    let clashes: Vec<_> = clashes(desk, request, &candidate.person).collect();
    candidate.reasons.extend(clashes);
    match who::bar(desk, &candidate.person) {
        Some(bar) if candidate.reasons.is_empty() => return refuse(desk, request, candidate, &bar),
        Some(bar) => candidate.reasons.push(format!("看来不符合条件：{}", bar.told)),
        None => {}
    }
    enter(desk, request, candidate)
}

/// A rule of the event says no; asked again, the same registration answers.
fn refuse(desk: &mut Desk, request: &Request, from: Candidate, bar: &Bar) -> Item {
    let outcome = Outcome::NotEligible { reason: bar.told.clone() };
    let before = desk.matches().into_iter().find(|known| {
        let barred = known.status == Status::Refused && known.reason == bar.why;
        barred && likeness(desk, request, &from.person, known) == Likeness::Same
    });
    if let Some(known) = before {
        return Item::of(known, outcome);
    }
    let category = from.category(desk.event).id().map(str::to_owned);
    let key = OrderKey { place: from.place, ..request.arrived.clone() };
    let mut new = desk.fresh(key, from.person, request.sender.email.as_ref());
    new.channel = request.channel;
    new.message = message_id(request);
    new.category = category;
    new.status = Status::Refused;
    bar.why.clone_into(&mut new.reason);
    let item = Item::of(&new, outcome);
    desk.record(Action::Registered, new, bar.why);
    item
}

/// The same person again: nothing is entered, but what is new goes to the staff. An offered place is
/// taken.
fn again(desk: &mut Desk, request: &Request, known: &Registration, from: Candidate) -> Item {
    let category = from.person.get(field::CATEGORY).map(|found| found.value.as_str());
    let other_category = category.is_some() && known.category.as_deref() != category;
    let id = Some(known.id.clone());
    let home = known.email.is_some() && known.email == request.sender.email;
    if known.offered() && home && from.reasons.is_empty() && !other_category {
        return offer::accept(desk, request, known, from.place);
    }
    if !from.reasons.is_empty() {
        desk.task(TaskKind::Review, id, from.reasons);
    } else if known.status == Status::Review && known.email == request.sender.email {
        desk.task(TaskKind::Review, id, vec!["申请人又来信，请一并核对".to_owned()]);
    } else if other_category && known.category.is_some() {
        let reason = "再次来信所报的类别与已登记的不同，请与本人核实".to_owned();
        desk.task(TaskKind::Change, id, vec![reason]);
    }
    desk.already(known)
}

/// Makes a new registration.
pub(super) fn enter(desk: &mut Desk, request: &Request, mut candidate: Candidate) -> Item {
    let event = desk.event;
    let missing = event.missing(&candidate.person);
    let category = candidate.category(event);
    let sender = request.sender.email.as_ref();
    let admission = who::admit(desk, &category, &candidate.person, sender, None);
    candidate.reasons.extend(admission.reasons.iter().cloned());
    candidate.advice.extend(admission.advice.iter().cloned());
    let mut key = OrderKey { place: candidate.place, ..request.arrived.clone() };
    if admission.last.is_some() {
        key = event.last(&key);
    }
    let mut new = desk.fresh(key, candidate.person.clone(), sender);
    new.channel = request.channel;
    new.message = message_id(request);
    if let Group::Waits(lines) = &desk.group {
        new.together.clone_from(lines);
    }
    new.also = match (admission.category.as_deref(), &desk.group) {
        (Some(first), Group::None) => candidate::other_wish(event, &new.person, first),
        _ => None,
    };
    let named = new.person.contains_key(field::NAME);
    let mut why = match admission.category.as_deref() {
        Some(category) if candidate.reasons.is_empty() && missing.is_empty() => {
            desk.place(&mut new, category)
        }
        id => {
            let in_doubt = !candidate.reasons.is_empty() || category == Wish::Unknown;
            new.status = if in_doubt { Status::Review } else { Status::Incomplete };
            new.hold_until = (!in_doubt).then(|| hold_until(desk));
            new.asked = u32::from(!in_doubt);
            desk.reserve(&mut new, id.filter(|_| named));
            if in_doubt { "in-doubt" } else { "incomplete" }
        }
    };
    if matches!(new.status, Status::Confirmed | Status::Waitlisted) {
        why = admission.placed(new.status, why);
    }
    if admission.last.is_some() {
        why = desk.behind(&mut new).unwrap_or(why);
    }
    finish(desk, new, candidate, &missing, (admission, why))
}

/// Writes a new registration down and says what became of it.
fn finish(
    desk: &mut Desk,
    mut new: Registration,
    from: Candidate,
    missing: &[String],
    (admission, why): (Admission, &'static str),
) -> Item {
    let wished = from.category(desk.event);
    let (mut reasons, mut advice) = (from.reasons, from.advice);
    if new.status == Status::Incomplete && desk.now >= desk.closing() {
        // It came in time and was seen too late to be asked: one letter says so at once.
        let outcome = Outcome::TooLate { missing: missing.to_vec() };
        new.status = Status::Cancelled;
        (new.seat, new.place_of) = (false, None);
        "lapsed".clone_into(&mut new.reason);
        desk.record(Action::Registered, new.clone(), "lapsed");
        return Item::of(&new, outcome);
    }
    why.clone_into(&mut new.reason);
    if new.status == Status::Review {
        if !missing.is_empty() {
            reasons.push(format!("还缺：{}", desk.event.labels(missing)));
            advice.push(format!("请回复本邮件，补充{}。", desk.event.labels(missing)));
        }
        if reasons.is_empty() {
            reasons.push(words::NO_SUCH_CATEGORY.to_owned());
        }
        desk.task(TaskKind::Review, Some(new.id.clone()), reasons);
    }
    let mut item = desk.item(&new, desk.outcome(&new, advice)).noting(admission.notes());
    if let (Wish::One(first), "other-category") = (wished, why) {
        item.remarks.push(Note::OtherWish { category: first });
    }
    if ran_out(desk, &new.person) {
        item.remarks.push(Note::Anew);
    }
    desk.record(Action::Registered, new, why);
    item
}

/// Whether a place was held for this person earlier until its time was over.
fn ran_out(desk: &Desk, person: &Person) -> bool {
    let same = |known: &Registration| {
        identity::compare(person, &known.person) == Likeness::Same && known.reason == EXPIRED
    };
    desk.matches().into_iter().any(same)
}

/// Whether somebody is registered again.
pub(super) fn is_there(desk: &Desk, ended: &Registration) -> bool {
    let same = |known: &Registration| {
        known.active() && identity::compare(&ended.person, &known.person) == Likeness::Same
    };
    desk.matches().into_iter().any(same)
}

/// Until when something may be missing: never past closing.
fn hold_until(desk: &Desk) -> jiff::Timestamp {
    let closing = desk.closing();
    jiff::SignedDuration::try_from(desk.event.rules.hold)
        .ok()
        .and_then(|hold| desk.now.checked_add(hold).ok())
        .map_or(closing, |until| until.min(closing))
}

/// The ledger id of the message.
pub(super) fn message_id(request: &Request) -> Option<String> {
    match &request.cause {
        Cause::Message(id) => Some(id.clone()),
        _ => None,
    }
}

/// Whether the registration came, or was completed, by this very message: its people are told apart
/// by what is said of each, not by the address that they share.
pub(super) fn of_this_message(desk: &Desk, request: &Request, known: &Registration) -> bool {
    let touched = desk.verdict.steps.iter().any(|step| step.after.id == known.id);
    touched || (known.message.is_some() && known.message == message_id(request))
}

fn likeness(desk: &Desk, request: &Request, person: &Person, known: &Registration) -> Likeness {
    let home = known.email.is_some() && known.email == request.sender.email;
    if home && !of_this_message(desk, request, known) {
        identity::compare_at_home(person, &known.person)
    } else {
        identity::compare(person, &known.person)
    }
}

/// The registration that this person has already.
fn same<'a>(desk: &'a Desk, request: &Request, person: &Person) -> Option<&'a Registration> {
    let mut active = desk.matches().into_iter().filter(|known| known.active());
    active.find(|known| likeness(desk, request, person, known) == Likeness::Same)
}

/// Why this person may be somebody who is registered, or was refused.
fn clashes<'a>(
    desk: &'a Desk,
    request: &'a Request,
    person: &'a Person,
) -> impl Iterator<Item = String> + 'a {
    desk.matches().into_iter().filter_map(move |known| {
        match likeness(desk, request, person, known) {
            Likeness::Doubtful(clash) if known.active() => Some(words::clash(clash, &known.number)),
            Likeness::Same if known.status == Status::Refused && by_clerk(known) => {
                Some(format!("此人的登记 {} 曾由工作人员作出“未予登记”的决定", known.number))
            }
            _ => None,
        }
    })
}

/// Refused for what it is, and not for want of a place.
fn by_clerk(known: &Registration) -> bool {
    !matches!(known.reason.as_str(), "line-full" | "not-chosen") && !who::barred_by_rule(known)
}
