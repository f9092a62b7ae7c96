//! What the staff do by hand: each order is carried out as it is, or refused with the reason.

use jiff::Timestamp;

use super::allow::Claim;
use super::candidate::{Wish, other_wish, wish};
use super::desk::Desk;
use super::identity::{self, Likeness};
use super::verdict::{Action, Item, NoLetter, Outcome, TaskKind, Verdict};
use super::{
    Cause, Event, Order, OrderKind, Person, Refusal, Registration, Slice, Status, closing, offer,
    select, who, whole, words,
};
use crate::reading::{Field, field};

/// The rule that the letter states when somebody changed category.
const CATEGORY_CHANGED: &str = "改报类别后，先后次序以更改的时间为准。";

/// Carries out an order. `slice` comes from [`super::Board::slice_for`] for the same order.
pub fn direct(
    event: &Event,
    slice: Slice,
    order: &Order,
    now: Timestamp,
) -> Result<Verdict, Refusal> {
    let mut desk = Desk::new(event, slice, Cause::Command(order.id.clone()), now);
    match &order.kind {
        OrderKind::Add { .. } => add(&mut desk, order)?,
        OrderKind::Cancel { number, reason } => cancel(&mut desk, number, reason)?,
        OrderKind::Approve { number, set } => approve(&mut desk, order, number, set)?,
        OrderKind::Change { number, set } => change(&mut desk, order, number, set)?,
        OrderKind::Reject { number, reason } => reject(&mut desk, number, reason)?,
        OrderKind::Promote { number, reason } => promote(&mut desk, number, reason)?,
        OrderKind::Attend { number, present } => attend(&mut desk, number, *present)?,
        OrderKind::Erase { number } => {
            let known = find(&desk, number)?;
            whole::erase(&mut desk, &known)?;
        }
        OrderKind::EraseAll => whole::erase_all(&mut desk)?,
        OrderKind::CallOff { reason } => whole::call_off(&mut desk, reason)?,
        OrderKind::Close { reason } => closing::close(&mut desk, order, reason)?,
        OrderKind::Reopen { reason } => closing::reopen(&mut desk, order, reason)?,
        OrderKind::Moved { before } => whole::moved(&mut desk, before.as_ref())?,
        OrderKind::Select { number, chosen } => {
            let known = find(&desk, number)?;
            select::choose(&mut desk, &known, *chosen)?;
        }
    }
    desk.promote_all();
    Ok(desk.verdict)
}

/// Somebody telephoned or came to the counter. After closing it is the staff's own decision, and
/// recorded as such.
fn add(desk: &mut Desk, order: &Order) -> Result<(), Refusal> {
    let OrderKind::Add { channel, person, email, away } = &order.kind else { return Ok(()) };
    let (event, email) = (desk.event, email.as_ref());
    if order.key.arrived < event.opens {
        let opens = event.opens.to_zoned(event.zone.clone());
        return Err(Refusal::NotYetOpen(opens.strftime("%Y-%m-%d %H:%M").to_string()));
    }
    let mut missing = event.missing(person);
    if !person.contains_key(field::NAME) && !missing.iter().any(|missing| missing == field::NAME) {
        missing.insert(0, field::NAME.to_owned());
    }
    if !missing.is_empty() {
        return Err(Refusal::Missing(event.labels(&missing)));
    }
    let Wish::One(category) = wish(event, person) else {
        return Err(Refusal::Category(words::choices(&event.categories)));
    };
    alone(desk, None, person, true)?;
    if let Some(bar) = who::bar(desk, person) {
        return Err(Refusal::Barred(bar.told));
    }
    let wish = Wish::One(category);
    let admission = who::admit(desk, &wish, person, email, None);
    let late = desk.came_late(&order.key);
    let last = admission.last.filter(|_| !late);
    let key = if last.is_some() { event.last(&order.key) } else { order.key.clone() };
    let mut new = desk.fresh(key, person.clone(), email);
    new.channel = *channel;
    let counts_for = admission.category.clone().unwrap_or_default();
    let why = if admission.reasons.is_empty() {
        new.also = other_wish(event, person, &counts_for);
        let found = desk.place(&mut new, &counts_for);
        if new.status == Status::Refused {
            return Err(line_full(desk, &counts_for));
        }
        if last.is_some() && desk.behind(&mut new).is_some() {
            return Err(line_full(desk, &counts_for));
        }
        if late { "after-closing" } else { admission.placed(new.status, found) }
    } else {
        // It is the clerk's own entry, and still a colleague may know better: it is settled as
        // those that come by mail are.
        desk.reserve(&mut new, Some(&counts_for));
        desk.task(TaskKind::Review, Some(new.id.clone()), admission.reasons.clone());
        "in-doubt"
    };
    why.clone_into(&mut new.reason);
    let told = desk.outcome(&new, admission.advice.clone());
    let item = desk.item(&new, told).noting(admission.notes());
    if *away {
        desk.tell(&new, &item.outcome);
    }
    desk.answer(new.email.as_ref(), vec![item]);
    desk.record(Action::Registered, new, why);
    Ok(())
}

/// Enters what somebody says on the telephone. One under review is settled by a decision, not in
/// passing.
fn change(desk: &mut Desk, order: &Order, number: &str, set: &Person) -> Result<(), Refusal> {
    let known = find(desk, number)?;
    if known.status == Status::Review {
        let advice = "请先核实：用 baoming approve 批准（--set 可同时更正），或用 baoming reject";
        return Err(unfit(&known, advice));
    }
    approve(desk, order, number, set)
}

fn cancel(desk: &mut Desk, number: &str, reason: &str) -> Result<(), Refusal> {
    let known = find(desk, number)?;
    if !known.active() {
        return Err(unfit(&known, "此登记已经结束，无需取消"));
    }
    desk.end(&known, Status::Cancelled, Action::Cancelled, "by-staff", reason);
    desk.answer(known.email.as_ref(), vec![Item::of(&known, Outcome::Cancelled)]);
    Ok(())
}

/// Settles a review or an incomplete registration; on a settled one it enters corrected values.
fn approve(desk: &mut Desk, order: &Order, number: &str, set: &Person) -> Result<(), Refusal> {
    let known = find(desk, number)?;
    if !known.active() {
        return Err(unfit(&known, "此登记已经结束；本人仍要参加的，用 baoming add 重新录入"));
    }
    if let Some(done) = if set.is_empty() { taken_up(desk, &known) } else { None } {
        return done;
    }
    if !known.unfinished() && set.is_empty() {
        return Err(unfit(&known, "无需批准；要更正内容，请写明要改的项目（--set）"));
    }
    let mut after = known.clone();
    after.person.extend(set.clone());
    if !after.person.contains_key(field::NAME) {
        return Err(Refusal::Missing(words::label(field::NAME).to_owned()));
    }
    alone(desk, Some(&known), &after.person, false)?;
    let category = approved_category(desk, &known, set, &after.person)?;
    let kept = |(name, set): (&String, &Field)| {
        // Who is not on a category's list counts for another one than was claimed.
        let kept =
            if name == field::CATEGORY { known.category.as_deref() } else { known.get(name) };
        kept == Some(set.value.as_str())
    };
    if !known.unfinished() && set.iter().all(kept) {
        return Err(Refusal::Unchanged(known.number));
    }
    let moves = known.category.as_deref().is_some_and(|before| before != category);
    if moves && !known.unfinished() {
        listed(desk, &category, &after.person)?;
        // A change of mind goes behind those who wanted this category before.
        after.key = order.key.clone();
        let next = desk.is_next(&category, &after.key);
        if known.takes_seat() && !next {
            let name = desk.event.category(&category).map_or(category, |found| found.name.clone());
            return Err(Refusal::WouldLose { number: known.number, category: name });
        }
        after.status = Status::Waitlisted;
    }
    if moves {
        desk.leave(&known);
        (after.seat, after.place_of, after.also) = (false, None, None);
        after.together.clear();
    }
    let settled = !known.unfinished() && !moves;
    if !settled {
        desk.place(&mut after, &category);
    }
    if after.status == Status::Refused {
        return Err(line_full(desk, &category));
    }
    desk.verdict.settles.push(after.id.clone());
    let (action, why) = if known.unfinished() {
        (Action::Approved, "by-staff")
    } else {
        (Action::Changed, if moves { "category-changed" } else { "values-changed" })
    };
    why.clone_into(&mut after.reason);
    let told = if !known.unfinished() && after.status == known.status {
        Outcome::Corrected { status: after.status, position: desk.position(&after) }
    } else {
        desk.outcome(&after, Vec::new())
    };
    if known.unfinished() && matches!(order.kind, OrderKind::Approve { .. }) {
        desk.tell(&after, &told);
    }
    let stated = (why == "category-changed").then(|| CATEGORY_CHANGED.to_owned());
    let item = Item::of(&after, told).noting(stated);
    desk.answer(after.email.as_ref(), vec![item]);
    desk.record(action, after, why);
    Ok(())
}

/// Who moves to a category with a list stands on it.
fn listed(desk: &Desk, category: &str, person: &Person) -> Result<(), Refusal> {
    match desk.event.category(category) {
        Some(wanted) if wanted.claim(desk.event, person) != Claim::Granted => {
            Err(Refusal::NotListed(wanted.name.clone()))
        }
        _ => Ok(()),
    }
}

/// Approving somebody who waits for an answer: the offered place is taken, the listed one chosen.
fn taken_up(desk: &mut Desk, known: &Registration) -> Option<Result<(), Refusal>> {
    if known.offered() {
        let after = offer::taken(desk, known, "accepted");
        desk.answer(after.email.as_ref(), vec![desk.item(&after, Outcome::Confirmed)]);
        return Some(Ok(()));
    }
    let listed = known.status == Status::Waitlisted && desk.event.rules.selection().is_some();
    listed.then(|| select::choose(desk, known, true))
}

/// The category that an approved registration counts for. One under review that reserves none may
/// be in doubt about just that, so the staff must name it.
fn approved_category(
    desk: &Desk,
    known: &Registration,
    set: &Person,
    person: &Person,
) -> Result<String, Refusal> {
    let kept = known.category.clone().filter(|_| !set.contains_key(field::CATEGORY));
    if let Some(kept) = kept {
        return Ok(kept);
    }
    let said = known.status != Status::Review || person.contains_key(field::CATEGORY);
    match wish(desk.event, person) {
        Wish::One(category) if said => Ok(category),
        _ => Err(Refusal::Category(words::choices(&desk.event.categories))),
    }
}

fn reject(desk: &mut Desk, number: &str, reason: &str) -> Result<(), Refusal> {
    let known = find(desk, number)?;
    if !known.unfinished() {
        return Err(unfit(
            &known,
            "只有待核实、待补充的登记可以不予通过；要退出的，用 baoming cancel",
        ));
    }
    desk.end(&known, Status::Refused, Action::Rejected, "by-staff", reason);
    let outcome = Outcome::Rejected { reason: reason.to_owned() };
    desk.tell(&known, &outcome);
    desk.answer(known.email.as_ref(), vec![Item::of(&known, outcome)]);
    Ok(())
}

/// Gives a free place to somebody out of turn.
fn promote(desk: &mut Desk, number: &str, reason: &str) -> Result<(), Refusal> {
    let known = find(desk, number)?;
    let (Status::Waitlisted, Some(category)) = (known.status, known.category.clone()) else {
        let advice = match known.status {
            Status::Confirmed => "已有名额",
            Status::Incomplete | Status::Review => "请先用 baoming approve 批准",
            _ => "此登记已经结束；本人仍要参加的，用 baoming add 重新录入",
        };
        return Err(unfit(&known, advice));
    };
    if !known.seat && desk.free(&category) == 0 {
        let name = desk.event.category(&category).map_or(category, |found| found.name.clone());
        return Err(Refusal::Full(name));
    }
    desk.leave_line(&known);
    let mut after = known;
    (after.status, after.seat, after.hold_until) = (Status::Confirmed, false, None);
    after.also = None;
    after.together.clear();
    reason.clone_into(&mut after.reason);
    desk.tell(&after, &Outcome::Promoted);
    desk.verdict.settles.push(after.id.clone());
    let item = desk.item(&after, Outcome::Promoted);
    desk.answer(after.email.clone().as_ref(), vec![item]);
    desk.record(Action::Promoted, after, "out-of-turn");
    Ok(())
}

fn attend(desk: &mut Desk, number: &str, present: bool) -> Result<(), Refusal> {
    let known = find(desk, number)?;
    if known.status != Status::Confirmed {
        return Err(unfit(&known, "只有已确认的登记可以签到"));
    }
    let day = |at: Timestamp| at.to_zoned(desk.event.zone.clone()).date();
    if day(desk.now) < day(desk.event.takes_place) {
        return Err(Refusal::NotTheDay(day(desk.event.takes_place).to_string()));
    }
    let after = Registration { attended: Some(present), ..known };
    desk.record(Action::Attended, after, if present { "present" } else { "absent" });
    desk.verdict.no_letter = Some(NoLetter::Ignored);
    Ok(())
}

fn find(desk: &Desk, number: &str) -> Result<Registration, Refusal> {
    let number = number.to_uppercase();
    let found = desk.board.known.values().find(|known| known.number == number);
    found.cloned().ok_or(Refusal::Unknown(number))
}

fn line_full(desk: &Desk, category: &str) -> Refusal {
    let name = desk.event.category(category).map_or(category, |found| &found.name);
    Refusal::LineFull(name.to_owned())
}

fn unfit(known: &Registration, advice: &'static str) -> Refusal {
    Refusal::Unfit { number: known.number.clone(), status: known.status, advice }
}

/// Nobody gets two places: no other active registration is the same person. With `strict`, none may
/// even be doubtful; a clerk who approves has looked at that.
fn alone(
    desk: &Desk,
    known: Option<&Registration>,
    person: &Person,
    strict: bool,
) -> Result<(), Refusal> {
    let own = known.map(|known| known.id.as_str());
    for other in desk.matches() {
        if !other.active() || Some(other.id.as_str()) == own {
            continue;
        }
        match identity::compare(person, &other.person) {
            Likeness::Same => {
                let number = other.number.clone();
                return Err(Refusal::Already { number, status: other.status });
            }
            Likeness::Doubtful(clash) if strict => {
                return Err(Refusal::Doubtful(words::clash(clash, &other.number)));
            }
            Likeness::Doubtful(_) | Likeness::Other => {}
        }
    }
    Ok(())
}
