//! The part of the roster that a window of requests can touch, kept true while they are decided.

use std::collections::{BTreeMap, BTreeSet};

use super::{OrderKey, Registration, Tally};
use crate::message::Email;

/// What the store must look up so that a window of requests can be decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wants {
    /// Identity numbers of the people in the requests.
    pub id_numbers: BTreeSet<String>,
    /// Names with telephone numbers.
    pub name_phones: BTreeSet<(String, String)>,
    /// Registration numbers that the requests name.
    pub numbers: BTreeSet<String>,
    /// Senders' addresses.
    pub emails: BTreeSet<Email>,
    /// The requests' own keys, in order: for each that is not behind the whole line of a category,
    /// the store counts who stands before it.
    pub keys: BTreeSet<OrderKey>,
}

/// The event's tallies, the heads of its lines and the registrations that a window of requests
/// matches. The store fills it inside the transaction; each verdict is applied to it, so that the
/// next request of the window sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    /// By category id.
    pub tallies: BTreeMap<String, Tally>,
    /// The first in line of each category, in order: the window can free at most as many places.
    pub heads: BTreeMap<String, Vec<Registration>>,
    /// Whether `heads` holds the category's whole line.
    pub whole_line: BTreeMap<String, bool>,
    /// Every registration that a request of the window may match, by id.
    pub known: BTreeMap<String, Registration>,
    /// How many in line of the category stood before the key when the board was filled: for each
    /// key in [`Wants::keys`] that is not behind the whole line, and for each known one in line.
    pub ahead: BTreeMap<(String, OrderKey), u32>,
    /// Places that a sender's unfinished registrations reserve, by address.
    pub sender_reserved: BTreeMap<Email, u32>,
    /// The serial number that the next registration gets.
    pub next_serial: u32,
}
