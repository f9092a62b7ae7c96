//! Who gets a place, and who follows when one falls free.
//!
//! A place goes to the first in its line. A group that wants to stay together is one in this: it
//! is served when enough places are free, and until registration closes nobody behind it passes it;
//! from then on a place that the group cannot use goes to the next who can. An unused place spills
//! to another category only while nobody stands in its own line, and is given back as soon as one of
//! the other category's own is free (`lent`).

use std::collections::{BTreeMap, BTreeSet};

use super::desk::Desk;
use super::offer::Way;
use super::verdict::{Action, Outcome, Owed, TaskKind};
use super::{Cause, OrderKey, Registration, Status};

/// The largest group that is kept together.
pub(super) const MOST_TOGETHER: usize = 20;

/// What holds for the people of a message who want to stay together, while they are entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// Nothing: each gets what there is.
    None,
    /// There are not enough places: all stand in the lines of these categories.
    Waits(BTreeSet<String>),
    /// There is not even room in the line for all.
    TurnedAway,
}

/// Those who are next in a line: one person, or a group.
struct Unit {
    /// Each with the category in which it comes, and the one whose place it takes when that is another.
    members: Vec<(Registration, (String, Option<String>))>,
    /// Why it is its turn.
    why: &'static str,
}

/// A free place of a category.
enum Place {
    /// One of its own.
    Own,
    /// An unused one of another category.
    UnusedOf(String),
}

impl Desk<'_> {
    /// Places of the category that nobody has.
    pub(super) fn free(&self, category: &str) -> u32 {
        let tally = self.board.tally(category);
        let quota = self.event.category(category).map_or(0, |category| category.quota);
        quota.saturating_sub(tally.confirmed).saturating_sub(tally.reserved)
    }

    /// Whether the next free place falls to this key: there is one, nobody in line is before, and it
    /// need not wait for closing.
    pub(super) fn is_next(&self, category: &str, key: &OrderKey) -> bool {
        self.event.rules.selection().is_none()
            && self.free(category) > 0
            && !self.too_early(key)
            && self.board.ahead(category, key) == 0
    }

    /// The place that falls to this key in the category.
    fn place_for(&self, category: &str, key: &OrderKey) -> Option<Place> {
        if self.is_next(category, key) {
            return Some(Place::Own);
        }
        let first = self.event.rules.selection().is_none()
            && !self.too_early(key)
            && self.board.ahead(category, key) == 0;
        self.unused_for(category, &BTreeMap::new()).filter(|_| first).map(Place::UnusedOf)
    }

    /// A category whose unused places go to this one and that has more of them than `taken`.
    fn unused_for(&self, category: &str, taken: &BTreeMap<String, u32>) -> Option<String> {
        if !self.event.rules.spills_to(category, self.now) {
            return None;
        }
        let unused = |other: &&super::Category| {
            let used = taken.get(&other.id).copied().unwrap_or(0);
            other.id != category
                && self.board.tally(&other.id).waiting == 0
                && self.free(&other.id) > used
        };
        self.event.categories.iter().find(unused).map(|other| other.id.clone())
    }

    /// Settles a registration: it keeps the seat that it has, or takes the next one of the
    /// categories that it would take, or waits, or finds the line full. Gives back why.
    pub(super) fn place(&self, after: &mut Registration, category: &str) -> &'static str {
        let seated = after.takes_seat() && after.category.as_deref() == Some(category);
        let lined = after.in_line() && after.category.as_deref() == Some(category);
        after.hold_until = None;
        if seated {
            (after.seat, after.status) = (false, Status::Confirmed);
            return "place-free";
        }
        if self.seat(after, category) {
            after.status = Status::Confirmed;
            after.seat = false;
            return match (&after.place_of, after.category.as_deref() == Some(category)) {
                (Some(_), _) => "spilled",
                (None, true) => "place-free",
                (None, false) => "other-category",
            };
        }
        after.category = Some(category.to_owned());
        if !lined && (self.is_full(after) || self.group == Group::TurnedAway) {
            (after.status, after.also) = (Status::Refused, None);
            return "line-full";
        }
        after.status = Status::Waitlisted;
        match (self.event.rules.selection().is_some(), !after.together.is_empty()) {
            (true, _) => "listed",
            (false, true) => "waits-together",
            (false, false) => "full",
        }
    }

    /// Gives the next place of the category, or of the other one that it would take as well.
    fn seat(&self, after: &mut Registration, category: &str) -> bool {
        (after.seat, after.place_of) = (false, None);
        if !after.together.is_empty() || self.group == Group::TurnedAway {
            return false;
        }
        let wishes = [Some(category.to_owned()), after.also.clone()];
        for wish in wishes.into_iter().flatten() {
            if let Some(place) = self.place_for(&wish, &after.key) {
                let place_of = match place {
                    Place::Own => None,
                    Place::UnusedOf(other) => Some(other),
                };
                (after.category, after.place_of, after.also) = (Some(wish), place_of, None);
                after.seat = true;
                return true;
            }
        }
        false
    }

    /// Whether no line that it would stand in takes anybody more; a full one is left out.
    pub(super) fn is_full(&self, after: &mut Registration) -> bool {
        let Some(most) = self.event.rules.waitlist else { return false };
        let room = |category: &Option<String>| {
            category.as_ref().is_some_and(|id| self.board.tally(id).waiting < most)
        };
        match (room(&after.category), room(&after.also)) {
            (true, true) => false,
            (true, false) => {
                after.also = None;
                false
            }
            (false, true) => {
                after.category = after.also.take();
                false
            }
            (false, false) => true,
        }
    }

    /// Keeps a seat, or the place in line, for an unfinished registration: not beyond what its
    /// sender may reserve, nor beyond the end of a full line.
    pub(super) fn reserve(&self, after: &mut Registration, category: Option<&str>) {
        let reserved = after
            .email
            .as_ref()
            .map_or(0, |email| self.board.sender_reserved.get(email).copied().unwrap_or(0));
        let category = category.filter(|_| reserved < self.event.rules.sender_cap);
        after.category = category.map(str::to_owned);
        let Some(category) = category else {
            (after.seat, after.also) = (false, None);
            return;
        };
        if !self.seat(after, category) && (self.is_full(after) || self.group == Group::TurnedAway) {
            (after.category, after.also) = (None, None);
        }
    }

    /// Whether all of these, in this order, get a place at this key.
    pub(super) fn fit(&self, categories: &[String], key: &OrderKey) -> bool {
        let first = |category: &String| self.board.ahead(category, key) == 0;
        categories.iter().all(first) && self.places(categories.iter()).is_some()
    }

    /// Whether all of these find room in their lines.
    pub(super) fn has_room(&self, categories: &[String]) -> bool {
        let Some(most) = self.event.rules.waitlist else { return true };
        categories.iter().all(|category| {
            let more = categories.iter().filter(|other| *other == category).count();
            let room = most.saturating_sub(self.board.tally(category).waiting);
            u32::try_from(more).is_ok_and(|more| more <= room)
        })
    }

    /// A place for each, of its own category or an unused one of another; `None` when there are not
    /// enough.
    fn places<'c>(
        &self,
        categories: impl Iterator<Item = &'c String>,
    ) -> Option<Vec<Option<String>>> {
        let mut taken: BTreeMap<String, u32> = BTreeMap::new();
        let mut places = Vec::new();
        for category in categories {
            let used = taken.get(category).copied().unwrap_or(0);
            let own = self.free(category) > used;
            let place_of = if own { None } else { Some(self.unused_for(category, &taken)?) };
            *taken.entry(place_of.clone().unwrap_or_else(|| category.clone())).or_default() += 1;
            places.push(place_of);
        }
        Some(places)
    }

    /// Gives every place that this decision freed to those who are next.
    pub(super) fn promote_all(&mut self) {
        while let Some(category) = self.freed.pop_first() {
            self.promote(&category);
        }
    }

    /// Gives the category's free places to those who are next, until the event begins. An
    /// unfinished registration gets its seat reserved and no letter yet.
    fn promote(&mut self, category: &str) {
        if self.over() {
            return;
        }
        self.move_back(category);
        while let Some(unit) = self.next(category) {
            let Some(way) = self.way() else { return };
            self.give(unit, way);
        }
    }

    /// Nobody moves up to an event that has begun or does not take place, or where the staff choose.
    fn over(&self) -> bool {
        self.now >= self.event.takes_place
            || self.board.state.called_off.is_some()
            || self.event.rules.selection().is_some()
    }

    /// Those whose turn it is.
    fn next(&self, category: &str) -> Option<Unit> {
        if self.free(category) == 0 {
            return None;
        }
        let spill = self.event.rules.spill.as_ref().map(|spill| spill.to.as_str());
        let heir = spill.filter(|to| self.event.rules.spills_to(to, self.now));
        let own = self.board.tally(category).waiting > 0;
        self.first_that_fits(if own { category } else { heir? })
    }

    /// The first of a line for whom there are places.
    fn first_that_fits(&self, category: &str) -> Option<Unit> {
        let line = self.board.heads.get(category)?;
        let whole = self.board.whole_line.get(category) == Some(&true);
        let mut rest = line.as_slice();
        let mut passed = false;
        while let Some(first) = rest.first() {
            let alike = |one: &&Registration| one.id == first.id || one.stands_with(first);
            let size = rest.iter().take_while(alike).count();
            if self.too_early(&first.key) {
                return None;
            }
            if !whole && first.waits_together() && size == rest.len() {
                return None;
            }
            if let Some(unit) = self.unit(first, category, passed) {
                return Some(unit);
            }
            // Until registration closes nobody passes a group that waits for enough places.
            if self.now < self.closing() {
                return None;
            }
            passed = true;
            rest = rest.get(size..).unwrap_or_default();
        }
        None
    }

    /// Somebody at the front of a line with all who stand there together, when there are places.
    fn unit(&self, first: &Registration, category: &str, passed: bool) -> Option<Unit> {
        let (members, over_a_group) = self.together_with(first)?;
        let passed = passed || over_a_group;
        let wanted: Vec<_> = match members.as_slice() {
            // Of two lines this is the one in which it is its turn.
            [_] => vec![category.to_owned()],
            _ => members.iter().filter_map(|one| one.category.clone()).collect(),
        };
        let places = self.places(wanted.iter())?;
        let why = match (passed, members.len() > 1, places.iter().any(Option::is_some)) {
            (true, ..) => "past-group",
            (false, true, _) => "all-fit",
            (false, false, true) => "spilled",
            (false, false, false) => "first-in-line",
        };
        let members = members.into_iter().zip(wanted.into_iter().zip(places)).collect();
        Some(Unit { members, why })
    }

    /// The person and, of a group, all others of it, and whether another group stands before one of
    /// them: `None` while anybody else does.
    fn together_with(&self, first: &Registration) -> Option<(Vec<Registration>, bool)> {
        if !first.waits_together() {
            return Some((vec![first.clone()], false));
        }
        let mut passes = false;
        let passing = self.now >= self.closing();
        let mut members: BTreeMap<OrderKey, Registration> = BTreeMap::new();
        for category in first.together.iter().chain(first.lines()) {
            let line = self.board.heads.get(category).map(Vec::as_slice).unwrap_or_default();
            let whole = self.board.whole_line.get(category) == Some(&true);
            let theirs = |one: &&Registration| one.stands_with(first);
            let ours = line.iter().filter(theirs);
            members.extend(ours.map(|one| (one.key.clone(), one.clone())));
            let blocks = |one: &Registration| !(passing && one.waits_together());
            let blocked = line.iter().take_while(|one| !theirs(one)).any(blocks);
            // Behind the part of the line that is seen here there may be more of them.
            let cut = !whole && line.last().is_none_or(|last| theirs(&last));
            let here = line.iter().any(|one| theirs(&one));
            if cut || blocked && (here || !whole) {
                return None;
            }
            passes |= here && !line.first().is_some_and(|one| theirs(&one));
        }
        Some((members.into_values().collect(), passes))
    }

    /// Gives places, or offers them; one letter tells all of a group.
    fn give(&mut self, unit: Unit, way: Way) {
        let mut told: Vec<Registration> = Vec::new();
        for (mut member, (category, place_of)) in unit.members {
            // Whoever stood behind it in another line may be next there.
            self.leave_line(&member);
            (member.place_of, member.together) = (place_of, BTreeSet::new());
            (member.category, member.also) = (Some(category), None);
            if member.unfinished() {
                member.seat = true;
                let passes = unit.why == "past-group";
                let why = if passes { unit.why } else { "seat-reserved" };
                self.record(Action::Promoted, member, why);
                continue;
            }
            let (action, why) = match way {
                Way::AtOnce => (Action::Promoted, unit.why),
                Way::Offer { until, .. } => {
                    (member.seat, member.hold_until) = (true, Some(until));
                    (Action::Offered, if unit.why == "past-group" { unit.why } else { "offered" })
                }
            };
            if way == Way::AtOnce {
                member.status = Status::Confirmed;
            }
            why.clone_into(&mut member.reason);
            self.record(action, member.clone(), why);
            told.push(member);
        }
        self.tell_next(&told, way);
    }

    fn tell_next(&mut self, told: &[Registration], way: Way) {
        let outcome = match way {
            Way::AtOnce => Outcome::Promoted,
            Way::Offer { until, .. } => Outcome::Offered { until },
        };
        let items = told.iter().map(|one| self.item(one, outcome.clone())).collect();
        let Some(first) = told.first() else { return };
        let cause = Cause::Promotion(first.number.clone(), self.cause.id().to_owned());
        if let Some(to) = first.email.clone() {
            let not_before = match way {
                Way::AtOnce => None,
                Way::Offer { send, .. } => send,
            };
            self.verdict.letters.push(Owed { cause, to, items, not_before });
            return;
        }
        for one in told {
            match way {
                Way::AtOnce => self.tell(one, &Outcome::Promoted),
                Way::Offer { until, .. } => {
                    let reason = self.call(until);
                    self.task(TaskKind::Offer, Some(one.id.clone()), vec![reason]);
                }
            }
        }
    }
}
