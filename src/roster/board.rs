//! The part of the roster that a window of requests can touch, kept true while they are decided.

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use super::{
    Category, Event, Order, OrderKey, Registration, Request, State, Status, Verdict, Wants,
};
use crate::message::Email;

/// How many of one category take a seat or stand in line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Confirmed registrations.
    pub confirmed: u32,
    /// Seats held by unfinished, offered and chosen registrations.
    pub reserved: u32,
    /// Registrations in line, reserved places in line among them; whoever takes either of two
    /// categories stands in both lines.
    pub waiting: u32,
}

/// The event's tallies, the heads of its lines and the registrations that a window of requests
/// matches. The store fills it inside the transaction; each verdict is applied to it, so that the
/// next request of the window sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    /// By category id.
    pub tallies: BTreeMap<String, Tally>,
    /// The first in line of each category, in order: [`Wants::heads`] of them are enough.
    pub heads: BTreeMap<String, Vec<Registration>>,
    /// Whether `heads` holds the category's whole line.
    pub whole_line: BTreeMap<String, bool>,
    /// Those on an unused place of another category, in order: wanted only where there are such places.
    pub lent: Vec<Registration>,
    /// Every registration that a request of the window may match, by id.
    pub known: BTreeMap<String, Registration>,
    /// How many in line of the category stood before the key when the board was filled: for each
    /// key in [`Wants::keys`] that is not behind the whole line, and each of [`Board::unplaced`].
    pub ahead: BTreeMap<(String, OrderKey), u32>,
    /// Places that a sender's unfinished registrations reserve, by address.
    pub sender_reserved: BTreeMap<Email, u32>,
    /// Active registrations of each organization that is wanted, see
    /// [`Registration::organization`].
    pub organizations: BTreeMap<String, u32>,
    /// Who of those wanted has a place at another event that is too near.
    pub elsewhere: Elsewhere,
    /// The serial number that the next registration gets.
    pub next_serial: u32,
    /// What has happened to the event as a whole.
    pub state: State,
    /// Who joined (+1) or left (-1) each line since the board was filled: kept by the board.
    pub moved: BTreeMap<String, BTreeMap<OrderKey, i32>>,
    /// How to find what is known: kept by the board.
    pub index: Index,
}

/// Places at other events, by what tells people apart: the number of the registration there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// By identity number.
    pub id_numbers: BTreeMap<String, String>,
    /// By name and telephone number.
    pub name_phones: BTreeMap<(String, String), String>,
}

/// The part of the roster that one request can touch, never the whole: a small board.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slice(Board);

impl Slice {
    pub(super) fn into_board(self) -> Board {
        self.0
    }
}

impl Board {
    /// What a request can touch.
    #[must_use]
    pub fn slice(&mut self, event: &Event, request: &Request) -> Slice {
        let request = std::slice::from_ref(request);
        self.index.refresh(&self.known);
        let mut wants = Wants::of(request);
        // Whatever the request may supply something to is its sender's or one that it names.
        let found = self.index.find(&wants);
        let known = found.iter().filter_map(|id| self.known.get(id));
        wants.extend(Wants::further_of(request, known));
        self.select(event, &wants)
    }

    /// What an order can touch.
    #[must_use]
    pub fn slice_for(&mut self, event: &Event, order: &Order) -> Slice {
        let order = std::slice::from_ref(order);
        let mut wants = Wants::of_orders(order);
        wants.extend(Wants::further_orders(order, self));
        self.select(event, &wants)
    }

    /// What is wanted, as it stands now.
    #[must_use]
    pub fn select(&mut self, event: &Event, wants: &Wants) -> Slice {
        self.index.refresh(&self.known);
        let found = self.index.find(wants);
        let known: BTreeMap<_, _> =
            found.iter().filter_map(|id| self.known.get_key_value(id)).map(cloned).collect();
        let mut slice = Self {
            tallies: self.tallies.clone(),
            known,
            lent: self.lent.clone(),
            next_serial: self.next_serial,
            elsewhere: self.elsewhere.among(wants),
            state: self.state.clone(),
            ..Self::default()
        };
        for email in &wants.emails {
            let reserved = self.sender_reserved.get(email).copied().unwrap_or(0);
            slice.sender_reserved.insert(email.clone(), reserved);
        }
        for organization in &wants.organizations {
            let counted = self.organizations.get(organization).copied().unwrap_or(0);
            slice.organizations.insert(organization.clone(), counted);
        }
        // A seat that is held may go to the line with this very decision.
        let held = slice.known.values().filter(|known| known.takes_seat()).count();
        for category in &event.categories {
            let line = self.heads.get(&category.id).map_or(&[][..], Vec::as_slice);
            // Free places and people in line meet where a group waits for more.
            let free = self.free(category) + line.iter().filter(|one| one.waits_together()).count();
            let taken: Vec<_> = line.iter().take(wants.heads + held + free).cloned().collect();
            let whole = self.whole_line.get(&category.id) == Some(&true);
            slice.whole_line.insert(category.id.clone(), whole && taken.len() == line.len());
            slice.heads.insert(category.id.clone(), taken);
            for key in wants.keys.iter().chain(slice.unplaced().iter()) {
                let ahead = self.ahead(&category.id, key);
                slice.ahead.insert((category.id.clone(), key.clone()), ahead);
            }
        }
        Slice(slice)
    }

    /// The keys of the known registrations that may still be given a place: for each and each
    /// category, the store counts who stands before it.
    #[must_use]
    pub fn unplaced(&self) -> BTreeSet<OrderKey> {
        let unplaced = self.known.values().filter(|known| known.unfinished() || known.in_line());
        unplaced.map(|known| known.key.clone()).collect()
    }

    /// Takes in what was decided.
    pub fn apply(&mut self, verdict: &Verdict) {
        if let Some(state) = &verdict.state {
            self.state.clone_from(state);
        }
        for step in &verdict.steps {
            self.index.refresh(&self.known);
            let replaced = self.write(&step.after);
            self.index.replace(replaced.as_ref(), &step.after);
        }
    }

    /// How many in line of the category stand before the key now.
    #[must_use]
    pub fn ahead(&self, category: &str, key: &OrderKey) -> u32 {
        let filled = |place| {
            let key = OrderKey { place, ..key.clone() };
            self.ahead.get(&(category.to_owned(), key)).copied()
        };
        // Nobody stands between the people of one message, so its first place speaks for all.
        let known = filled(key.place).or_else(|| filled(0));
        let moved = self.moved.get(category);
        let sum = |found: Option<i32>| found.unwrap_or(0);
        if let Some(then) = known {
            let since = sum(moved.map(|moved| moved.range(..key).map(|(_, by)| by).sum()));
            then.saturating_add_signed(since)
        } else {
            let behind = sum(moved.map(|moved| moved.range(key..).map(|(_, by)| by).sum()));
            self.tally(category).waiting.saturating_add_signed(behind.saturating_neg())
        }
    }

    /// The category's counts.
    #[must_use]
    pub fn tally(&self, category: &str) -> Tally {
        self.tallies.get(category).copied().unwrap_or_default()
    }

    fn free(&self, category: &Category) -> usize {
        let Tally { confirmed, reserved, .. } = self.tally(&category.id);
        usize::try_from(category.quota.saturating_sub(confirmed + reserved)).unwrap_or(0)
    }

    /// Writes a registration as it shall stand, and all that follows from it but the index: nobody
    /// looks for anything on a desk. Gives back what stood there.
    pub(super) fn write(&mut self, after: &Registration) -> Option<Registration> {
        let before = self.find(after);
        if let Some(before) = &before {
            self.count(before, -1);
        }
        self.count(after, 1);
        self.move_in_line(before.as_ref(), after);
        self.lend(after);
        self.next_serial = self.next_serial.max(after.serial.saturating_add(1));
        self.known.insert(after.id.clone(), after.clone())
    }

    fn find(&self, after: &Registration) -> Option<Registration> {
        let heads = || self.heads.values().flatten();
        let elsewhere = || heads().chain(&self.lent).find(|one| one.id == after.id);
        self.known.get(&after.id).or_else(elsewhere).cloned()
    }

    fn count(&mut self, registration: &Registration, by: i32) {
        if let (true, Some(email)) = (registration.reserves(), &registration.email) {
            let reserved = self.sender_reserved.entry(email.clone()).or_default();
            *reserved = reserved.saturating_add_signed(by);
        }
        let organization = registration.organization().filter(|_| registration.active());
        // Only those that are wanted were counted.
        if let Some(counted) = organization.and_then(|one| self.organizations.get_mut(&one)) {
            *counted = counted.saturating_add_signed(by);
        }
        for category in registration.lines() {
            let tally = self.tallies.entry(category.clone()).or_default();
            tally.waiting = tally.waiting.saturating_add_signed(by);
        }
        if let Some(category) = registration.takes() {
            let tally = self.tallies.entry(category.to_owned()).or_default();
            let confirmed = registration.status == Status::Confirmed;
            let counted = if confirmed { &mut tally.confirmed } else { &mut tally.reserved };
            *counted = counted.saturating_add_signed(by);
        }
    }

    fn move_in_line(&mut self, before: Option<&Registration>, after: &Registration) {
        let places = |of: &Registration| -> BTreeSet<(String, OrderKey)> {
            of.lines().map(|category| (category.clone(), of.key.clone())).collect()
        };
        let (from, to) = (before.map(places).unwrap_or_default(), places(after));
        for (category, _) in from.intersection(&to) {
            let line = self.heads.get_mut(category);
            let head = line.and_then(|line| line.iter_mut().find(|head| head.id == after.id));
            if let Some(head) = head {
                *head = after.clone();
            }
        }
        for (category, key) in from.difference(&to) {
            self.note_move(category, key.clone(), -1);
            self.heads.entry(category.clone()).or_default().retain(|head| head.id != after.id);
        }
        for (category, key) in to.difference(&from) {
            let whole = self.whole_line.get(category) == Some(&true);
            let line = self.heads.entry(category.clone()).or_default();
            let at = line.partition_point(|head| head.key < *key);
            if whole || at < line.len() {
                line.insert(at, after.clone());
            }
            self.note_move(category, key.clone(), 1);
        }
    }

    fn note_move(&mut self, category: &str, key: OrderKey, by: i32) {
        let moved = self.moved.entry(category.to_owned()).or_default();
        *moved.entry(key).or_default() += by;
    }
}

impl Elsewhere {
    fn among(&self, wants: &Wants) -> Self {
        let id_numbers = wants.id_numbers.iter().filter_map(|id| self.id_numbers.get_key_value(id));
        let both = wants.name_phones.iter().filter_map(|it| self.name_phones.get_key_value(it));
        Self {
            id_numbers: id_numbers.map(|(id, held)| (id.clone(), held.clone())).collect(),
            name_phones: both.map(|(it, held)| (it.clone(), held.clone())).collect(),
        }
    }
}

fn cloned(entry: (&String, &Registration)) -> (String, Registration) {
    (entry.0.clone(), entry.1.clone())
}
