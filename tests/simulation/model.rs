//! The rules of the notice as plainly as they can be written: one list, gone through from its
//! beginning each time. It knows nothing of the program but the order in which it decided.

use std::collections::BTreeMap;

use baoming::store::Skipped;
use jiff::{SignedDuration, Timestamp};

use crate::citizens::{Wish, address};

/// How long an incomplete registration keeps its place.
const HOLD: SignedDuration = SignedDuration::from_hours(48);
/// Clocks that are wrong by up to twenty minutes, and rounds in which each command takes a while.
const INEXACT: SignedDuration = SignedDuration::from_hours(4);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Confirmed,
    Waitlisted,
    Incomplete,
    Cancelled,
}

/// A registration as the model has it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) serial: usize,
    /// The citizen; clerks' entries have numbers of their own.
    pub(crate) who: usize,
    pub(crate) status: Status,
    /// `None` where no name is known: nothing is reserved then.
    pub(crate) supervisor: Option<bool>,
    pub(crate) seat: bool,
    pub(crate) rank: String,
    pub(crate) named: bool,
    pub(crate) hold_until: Timestamp,
    /// When it was made by the service's clock, and the true time at which that was heard.
    made: Timestamp,
    heard: Timestamp,
    pub(crate) by_mail: bool,
}

impl Entry {
    fn active(&self) -> bool {
        self.status != Status::Cancelled
    }

    fn takes_seat(&self) -> bool {
        self.status == Status::Confirmed || (self.status == Status::Incomplete && self.seat)
    }

    fn in_line(&self) -> bool {
        self.status == Status::Waitlisted
            || (self.status == Status::Incomplete && !self.seat && self.supervisor.is_some())
    }
}

/// The whole desk.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) entries: Vec<Entry>,
    /// Places of supervisors and of representatives.
    quotas: [usize; 2],
    closes: Timestamp,
    /// The true time, and what the service's clock left out.
    now: Timestamp,
    skipped: Skipped,
    /// How many letters of each kind each address is owed.
    pub(crate) letters: BTreeMap<(&'static str, String), usize>,
}

impl Model {
    pub(crate) fn new(quotas: [usize; 2], closes: Timestamp) -> Self {
        let (entries, letters) = (Vec::new(), BTreeMap::new());
        let (now, skipped) = (Timestamp::UNIX_EPOCH, Skipped::default());
        Self { entries, quotas, closes, now, skipped, letters }
    }

    /// The true time is this, and the service's clock left out that.
    pub(crate) fn look_at_clocks(&mut self, now: Timestamp, skipped: Skipped) {
        (self.now, self.skipped) = (now, skipped);
    }

    /// Whether somebody's time is over, by a clock that shows `at`.
    fn is_over(&self, one: &Entry, at: Timestamp) -> bool {
        let left_out = self.skipped.between(one.made, at);
        one.status == Status::Incomplete && one.hold_until <= at - left_out
    }

    fn quota(&self, supervisor: bool) -> usize {
        self.quotas[usize::from(!supervisor)]
    }

    /// Confirmed, reserved, waiting.
    pub(crate) fn counts(&self, supervisor: bool) -> [usize; 3] {
        let of = || self.entries.iter().filter(|one| one.supervisor == Some(supervisor));
        let confirmed = of().filter(|one| one.status == Status::Confirmed).count();
        [
            confirmed,
            of().filter(|one| one.takes_seat()).count() - confirmed,
            of().filter(|one| one.in_line()).count(),
        ]
    }

    fn free(&self, supervisor: bool) -> usize {
        let [confirmed, reserved, _] = self.counts(supervisor);
        self.quota(supervisor) - confirmed - reserved
    }

    /// The line, in order.
    pub(crate) fn line(&self, supervisor: bool) -> Vec<&Entry> {
        let mut line: Vec<_> = self.entries.iter().collect();
        line.retain(|one| one.in_line() && one.supervisor == Some(supervisor));
        line.sort_by(|one, other| one.rank.cmp(&other.rank));
        line
    }

    fn owe(&mut self, kind: &'static str, who: usize) {
        *self.letters.entry((kind, address(who))).or_default() += 1;
    }

    /// Whether somebody of this rank has the next place.
    fn is_next(&self, supervisor: bool, rank: &str) -> bool {
        self.free(supervisor) > 0 && self.line(supervisor).iter().all(|one| *one.rank > *rank)
    }

    fn enter(&mut self, mut new: Entry) {
        new.serial = self.entries.len() + 1;
        if let Some(supervisor) = new.supervisor {
            let seated = self.is_next(supervisor, &new.rank);
            match new.status {
                Status::Incomplete => new.seat = seated,
                _ if seated => new.status = Status::Confirmed,
                _ => new.status = Status::Waitlisted,
            }
        }
        self.entries.push(new);
    }

    /// A message was decided.
    pub(crate) fn message(&mut self, who: usize, wish: Wish, rank: &str, at: Timestamp) {
        if wish == Wish::Bulk {
            return;
        }
        self.owe("message", who);
        let of = |one: &&mut Entry| one.who == who && one.by_mail && one.active();
        let new = |status, supervisor| Entry {
            serial: 0,
            who,
            status,
            supervisor,
            seat: false,
            rank: rank.to_owned(),
            named: true,
            hold_until: self.closes.min(at + HOLD),
            made: at,
            heard: self.now,
            by_mail: true,
        };
        let begun = new(Status::Incomplete, Some(false));
        let nameless = Entry { named: false, supervisor: None, ..begun.clone() };
        let known = self.entries.iter_mut().find(of).map(|one| one.clone());
        match (wish, known) {
            (Wish::Register { supervisor }, None) => {
                let entry = new(Status::Confirmed, Some(supervisor));
                self.enter(entry);
            }
            (Wish::Begin, None) => self.enter(begun),
            (Wish::Answer, None) => self.enter(nameless),
            (Wish::Answer, Some(known)) if known.status == Status::Incomplete && known.named => {
                let supervisor = known.supervisor.unwrap();
                let seated = known.seat || self.is_next(supervisor, &known.rank);
                let entry = &mut self.entries[known.serial - 1];
                entry.status = if seated { Status::Confirmed } else { Status::Waitlisted };
                entry.seat = false;
            }
            // By name: a telephone without a name is nobody that it could mean.
            (Wish::Cancel, Some(known)) if known.named => self.end(known.serial),
            _ => {}
        }
    }

    /// A clerk entered somebody.
    pub(crate) fn added(&mut self, who: usize, rank: String) {
        self.enter(Entry {
            serial: 0,
            who,
            status: Status::Confirmed,
            supervisor: Some(false),
            seat: false,
            rank,
            named: true,
            hold_until: self.closes,
            made: self.now,
            heard: self.now,
            by_mail: false,
        });
    }

    /// A clerk cancelled a registration.
    pub(crate) fn cancelled(&mut self, serial: usize) {
        let one = &self.entries[serial - 1];
        assert!(one.active(), "an order that the rules refuse was carried out");
        if one.by_mail {
            self.owe("command", one.who);
        }
        self.end(serial);
    }

    /// A deadline passed: the first in order whose time is over.
    pub(crate) fn lapsed(&mut self, at: Timestamp) {
        let mut due: Vec<_> = self.entries.iter().collect();
        due.retain(|one| self.is_over(one, at));
        due.sort_by(|one, other| one.rank.cmp(&other.rank));
        let first = due
            .first()
            .unwrap_or_else(|| panic!("nobody's time was over at {at}: {:#?}", self.entries));
        let (serial, who) = (first.serial, first.who);
        // Whatever the service's clock says: small steps and slow connections aside, so much time
        // has passed as was promised.
        let promised = first.made.duration_until(first.hold_until);
        let passed = first.heard.duration_until(self.now);
        assert!(passed + INEXACT >= promised, "{passed:#} of {promised:#} have passed: {first:#?}");
        self.owe("lapse", who);
        self.end(serial);
    }

    /// Whose time is over.
    pub(crate) fn overdue(&self, at: Timestamp) -> usize {
        let due = |one: &&Entry| self.is_over(one, at);
        self.entries.iter().filter(due).count()
    }

    fn end(&mut self, serial: usize) {
        let entry = &mut self.entries[serial - 1];
        entry.status = Status::Cancelled;
        entry.seat = false;
        let Some(supervisor) = entry.supervisor else { return };
        while self.free(supervisor) > 0 {
            let Some(first) = self.line(supervisor).first().map(|one| one.serial) else { return };
            let first = &mut self.entries[first - 1];
            if first.status == Status::Incomplete {
                first.seat = true;
                continue;
            }
            first.status = Status::Confirmed;
            if first.by_mail {
                let who = first.who;
                self.owe("promotion", who);
            }
        }
    }

    /// What the day's digest says of the places.
    pub(crate) fn lines(&self) -> [String; 2] {
        [true, false].map(|supervisor| {
            let [confirmed, reserved, waiting] = self.counts(supervisor);
            let (quota, free) = (self.quota(supervisor), self.free(supervisor));
            format!(
                "名额 {quota} = 已确认 {confirmed} + 保留 {reserved} + 空余 {free}；候补 {waiting}"
            )
        })
    }
}
