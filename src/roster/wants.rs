//! What must be looked up so that a window of requests can be decided.

use std::collections::BTreeSet;

use super::{Order, OrderKey, OrderKind, Person, Registration, Request, identity};
use crate::message::Email;
use crate::reading::Kind;

/// What the store must look up so that a window of requests can be decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wants {
    /// Identity numbers of the people in the requests, see [`Registration::id_number`].
    pub id_numbers: BTreeSet<String>,
    /// Names with telephone numbers, see [`Registration::name_phone`].
    pub name_phones: BTreeSet<(String, String)>,
    /// Registration numbers that the requests name.
    pub numbers: BTreeSet<String>,
    /// Senders' addresses.
    pub emails: BTreeSet<Email>,
    /// The requests' own keys, in order: for each that is not behind the whole line of a category,
    /// the store counts who stands before it. See also [`super::Board::unplaced`].
    pub keys: BTreeSet<OrderKey>,
    /// How many places the requests can free at most: so many of each category's first in line are
    /// needed.
    pub heads: usize,
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

    fn request(&mut self, request: &Request) {
        let people = &request.reading.applicants;
        match request.reading.kind {
            Kind::Automatic | Kind::Bounce | Kind::Bulk => return,
            Kind::Registration => {
                self.keys.insert(request.arrived.clone());
                for applicant in people {
                    self.person(&applicant.fields);
                }
            }
            Kind::Cancellation => self.heads += people.len().max(1),
            Kind::Change | Kind::Status | Kind::Inquiry => {}
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
            OrderKind::Approve { number, set } => {
                // A change of category goes to the end of another line.
                self.keys.insert(order.key.clone());
                self.numbers.insert(number.clone());
                self.person(set);
                self.heads += 1;
            }
            OrderKind::Cancel { number, .. }
            | OrderKind::Reject { number, .. }
            | OrderKind::Promote { number, .. }
            | OrderKind::Attend { number, .. } => {
                self.numbers.insert(number.clone());
                self.heads += 1;
            }
        }
    }

    fn person(&mut self, person: &Person) {
        self.id_numbers.extend(identity::id_number(person));
        self.name_phones.extend(identity::name_phone(person));
    }
}
