//! What must be looked up so that a window of requests can be decided.

use std::collections::{BTreeMap, BTreeSet};

use super::offer::EXPIRED;
use super::{Board, Order, OrderKey, OrderKind, Person, Registration, Request, Status, identity};
use crate::message::Email;
use crate::reading::Kind;

/// What the store must look up so that a window of requests can be decided: first
/// [`Wants::of`], and once those registrations are on the board [`Wants::further`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wants {
    /// Identity numbers of the people in the requests, see [`Registration::id_number`].
    pub id_numbers: BTreeSet<String>,
    /// Names with telephone numbers, see [`Registration::name_phone`].
    pub name_phones: BTreeSet<(String, String)>,
    /// Registration numbers that the requests name.
    pub numbers: BTreeSet<String>,
    /// Employers and villages, see [`Registration::organization`].
    pub organizations: BTreeSet<String>,
    /// Senders' addresses.
    pub emails: BTreeSet<Email>,
    /// The requests' own keys, in order: for each that is not behind the whole line of a category,
    /// the store counts who stands before it. See also [`super::Board::unplaced`].
    pub keys: BTreeSet<OrderKey>,
    /// How many places the requests can free at most: so many of each category's first in line are
    /// needed.
    pub heads: usize,
    /// Everybody of the event: for the few orders that concern all.
    pub everybody: bool,
}

impl Wants {
    /// For deciding requests.
    #[must_use]
    pub fn of(requests: &[Request]) -> Self {
        let mut wants = Self::default();
        for request in requests {
            wants.request(request);
        }
        wants
    }

    /// For carrying out orders.
    #[must_use]
    pub fn of_orders(orders: &[Order]) -> Self {
        let mut wants = Self::default();
        for order in orders {
            wants.order(order);
        }
        wants
    }

    /// For ending reservations.
    #[must_use]
    pub fn of_lapses(registrations: &[Registration]) -> Self {
        let numbers = registrations.iter().map(|lapsing| lapsing.number.clone()).collect();
        Self { numbers, heads: registrations.len(), ..Self::default() }
    }

    /// For filling at most `places` places in each category that nobody has freed: a quota was
    /// raised.
    #[must_use]
    pub fn of_places(places: usize) -> Self {
        Self { heads: places, ..Self::default() }
    }

    /// What must be looked up besides, once the board is filled: an answer may complete a known
    /// registration, and then name and telephone together may be those of somebody else.
    #[must_use]
    pub fn further<'a>(requests: impl IntoIterator<Item = &'a Request>, board: &'a Board) -> Self {
        Self::further_of(requests, board.known.values())
    }

    /// The same, where these are all registrations that can matter.
    pub(super) fn further_of<'a>(
        requests: impl IntoIterator<Item = &'a Request>,
        known: impl Iterator<Item = &'a Registration>,
    ) -> Self {
        let mut wants = Self::default();
        let known: Vec<_> = known.collect();
        let given: BTreeSet<_> = known.iter().map(|known| known.number.as_str()).collect();
        let offered = |known: &&&Registration| known.offered() || known.reason == EXPIRED;
        let offered: Vec<_> = known.iter().filter(offered).copied().collect();
        let known: Vec<_> = known.into_iter().filter(|known| known.active()).collect();
        let incomplete: Vec<_> =
            known.iter().filter(|known| known.status == Status::Incomplete).collect();
        let registering = |request: &&Request| request.reading.kind == Kind::Registration;
        let mut said: BTreeMap<&Email, Vec<&Person>> = BTreeMap::new();
        let mut all_said: Vec<&Person> = Vec::new();
        for request in requests {
            if request.reading.accepts || request.reading.brief.is_some() {
                // Whoever takes an offer too late begins anew, unless they are there by now.
                let sender = &request.sender.email;
                let theirs = offered.iter().filter(|known| known.email == *sender);
                theirs.for_each(|known| wants.person(&known.person));
            }
            if request.reading.kind == Kind::Change {
                let own = |known: &&&Registration| {
                    known.email.is_some() && known.email == request.sender.email
                };
                let own = known.iter().filter(own).map(|known| &known.person);
                let new = request.sender.email.as_ref().and_then(|sender| said.get(sender));
                wants.corrected(request, own.chain(new.into_iter().flatten().copied()));
            }
            if !registering(&request) {
                continue;
            }
            let sender = request.sender.email.as_ref();
            let home = sender.map(|sender| said.entry(sender).or_default());
            let numbers = request.numbers();
            let supplied = incomplete.iter().filter(|known| {
                let own = sender.is_some() && known.email.as_ref() == sender;
                own || numbers.contains(known.number.as_str())
            });
            // A number that nobody has may be given to somebody of these very requests.
            let guessed = numbers.iter().any(|number| !given.contains(number));
            let strangers = if guessed { all_said.as_slice() } else { &[] };
            let before = home.iter().flat_map(|said| said.iter().copied());
            let before = before.chain(strangers.iter().copied());
            // What is supplied to one may leave it with the employer that it has.
            let supplied: Vec<_> = supplied.collect();
            let employers = supplied.iter().filter_map(|known| known.organization());
            wants.organizations.extend(employers);
            let before: Vec<_> = before.chain(supplied.iter().map(|known| &known.person)).collect();
            if !before.is_empty() {
                // What is supplied may end a reservation: by a rule on age, or a limit.
                wants.heads += request.reading.applicants.len().max(1);
            }
            for applicant in &request.reading.applicants {
                for earlier in &before {
                    wants.joined(earlier, &applicant.fields);
                }
            }
            let people = request.reading.applicants.iter().map(|applicant| &applicant.fields);
            all_said.extend(people.clone());
            if let Some(said) = home {
                said.extend(people);
            }
        }
        wants
    }

    /// For finding somebody again.
    #[must_use]
    pub fn of_person(person: &Person) -> Self {
        let mut wants = Self::default();
        wants.person(person);
        wants
    }

    /// For what concerns everybody.
    #[must_use]
    pub fn everybody() -> Self {
        Self { everybody: true, ..Self::default() }
    }

    /// Nothing is to be looked up.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What must be looked up besides, once the board is filled, to carry out orders.
    #[must_use]
    pub fn further_orders(orders: &[Order], board: &Board) -> Self {
        let mut wants = Self::default();
        for order in orders {
            let (OrderKind::Approve { number, set } | OrderKind::Change { number, set }) =
                &order.kind
            else {
                continue;
            };
            for known in board.known.values().filter(|known| known.number == number.to_uppercase())
            {
                let mut whole = known.person.clone();
                whole.extend(set.clone());
                wants.person(&whole);
            }
        }
        wants
    }

    /// Adds what others want.
    pub fn extend(&mut self, other: Self) {
        self.id_numbers.extend(other.id_numbers);
        self.name_phones.extend(other.name_phones);
        self.numbers.extend(other.numbers);
        self.organizations.extend(other.organizations);
        self.emails.extend(other.emails);
        self.keys.extend(other.keys);
        self.heads += other.heads;
        self.everybody |= other.everybody;
    }

    /// What a correction makes of the sender's registrations, those of the same requests among them.
    fn corrected<'a>(&mut self, request: &Request, own: impl Iterator<Item = &'a Person>) {
        for known in own {
            for applicant in &request.reading.applicants {
                let mut whole = known.clone();
                whole.extend(applicant.fields.clone());
                self.person(&whole);
            }
        }
    }

    /// The name and telephone that two partial sets of values make together.
    fn joined(&mut self, earlier: &Person, later: &Person) {
        if identity::name_phone(earlier).is_none() || identity::name_phone(later).is_none() {
            let mut whole = earlier.clone();
            whole.extend(later.clone());
            self.name_phones.extend(identity::name_phone(&whole));
        }
    }

    fn request(&mut self, request: &Request) {
        let mut people = request.reading.applicants.as_slice();
        if request.reading.brief.is_some() {
            // Who takes an offered place too late stands at the end of the line.
            self.keys.insert(request.arrived.clone());
        }
        match request.reading.kind {
            Kind::Automatic | Kind::Bounce | Kind::Bulk => return,
            Kind::Registration => drop(self.keys.insert(request.arrived.clone())),
            Kind::Cancellation => self.heads += people.len().max(1),
            Kind::Change => {
                // A change of category goes to the end of another line and frees a place.
                self.keys.insert(request.arrived.clone());
                self.heads += 1;
            }
            Kind::Status | Kind::Inquiry => people = &[],
        }
        for applicant in people {
            self.person(&applicant.fields);
        }
        self.numbers.extend(request.numbers().into_iter().map(str::to_owned));
        self.emails.extend(request.sender.email.clone());
    }

    fn order(&mut self, order: &Order) {
        match &order.kind {
            OrderKind::Add { person, .. } => {
                self.keys.insert(order.key.clone());
                self.person(person);
            }
            OrderKind::Approve { number, set } | OrderKind::Change { number, set } => {
                // A change of category goes to the end of another line.
                self.keys.insert(order.key.clone());
                self.numbers.insert(number.to_uppercase());
                self.person(set);
                self.heads += 1;
            }
            OrderKind::Cancel { number, .. }
            | OrderKind::Reject { number, .. }
            | OrderKind::Promote { number, .. }
            | OrderKind::Attend { number, .. }
            | OrderKind::Erase { number }
            | OrderKind::Select { number, .. } => {
                self.numbers.insert(number.to_uppercase());
                self.heads += 1;
            }
            OrderKind::EraseAll | OrderKind::CallOff { .. } | OrderKind::Moved { .. } => {
                self.everybody = true;
            }
            OrderKind::Close { .. } | OrderKind::Reopen { .. } => {}
        }
    }

    fn person(&mut self, person: &Person) {
        self.id_numbers.extend(identity::id_number(person));
        self.name_phones.extend(identity::name_phone(person));
        self.organizations.extend(identity::organization(person));
    }
}
