//! Offers: a place that is held for the next in line until they answer.
//!
//! Quiet hours do not count and nobody is written to in them. An offer is made only when all of its
//! time lies before the last moment for offers; after that places go at once, or not at all, as the
//! rules say. Who declines, or lets the time pass, makes room for the next; who asks again after
//! that stands at the end of the line and is told so.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::candidate::Candidate;
use super::desk::Desk;
use super::identity;
use super::register;
use super::rules::Offer;
use super::verdict::{Action, Item, Outcome, TaskKind};
use super::{Registration, Request, Status};
use crate::message::Trust;
use crate::reading::{Applicant, Brief, field};

/// How a place that falls free goes to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It is theirs.
    AtOnce,
    /// It is held for them.
    Offer {
        /// Until then.
        until: Timestamp,
        /// When the letter may go out; `None`: now.
        send: Option<Timestamp>,
    },
}

/// More days than any offer lasts: an end for the search.
const MOST_DAYS: usize = 400;

impl Offer {
    /// Until when an offer that is made now is kept.
    #[must_use]
    pub fn until(&self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        let mut left = SignedDuration::try_from(self.lasts).unwrap_or(SignedDuration::ZERO);
        let mut at = self.wakes(now, zone);
        for _ in 0..MOST_DAYS {
            let rest = self.sleeps(at, zone).map(|sleeps| at.duration_until(sleeps));
            match rest.filter(|rest| *rest < left) {
                None => return at.checked_add(left).unwrap_or(Timestamp::MAX),
                Some(rest) => {
                    left -= rest;
                    at = self.wakes(at.checked_add(rest).unwrap_or(Timestamp::MAX), zone);
                }
            }
        }
        at
    }

    /// The first moment from `at` on that is not quiet.
    #[must_use]
    pub fn wakes(&self, at: Timestamp, zone: &TimeZone) -> Timestamp {
        let Some((from, until)) = self.quiet else { return at };
        let local = at.to_zoned(zone.clone());
        let time = local.time();
        let over_midnight = from > until;
        let quiet =
            if over_midnight { time >= from || time < until } else { from <= time && time < until };
        if !quiet {
            return at;
        }
        let tomorrow = over_midnight && time >= from;
        let day = if tomorrow { local.date().tomorrow() } else { Ok(local.date()) };
        day.ok().and_then(|day| moment(day, until, zone)).unwrap_or(at)
    }

    /// When the next quiet hours begin, from a moment that is not quiet.
    fn sleeps(&self, at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let (from, _) = self.quiet?;
        let local = at.to_zoned(zone.clone());
        let today = local.time() < from;
        let day = if today { local.date() } else { local.date().tomorrow().ok()? };
        moment(day, from, zone)
    }
}

fn moment(day: Date, time: Time, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_timestamp(day.to_datetime(time)).ok()
}

/// What an answer to an offer means.
enum Answer {
    /// Whose places are accepted.
    Accepts(Vec<Registration>),
    /// Whose places are declined.
    Declines(Vec<Registration>),
    /// Whose places were offered, and the time is over.
    TooLate(Vec<Registration>),
    /// A person must look: why.
    Unclear(Box<Registration>, String),
}

/// Decides a message that answers an offer; `None` when it does not.
pub(super) fn answer(desk: &mut Desk, request: &Request) -> Option<Vec<Item>> {
    match meant(desk, request)? {
        Answer::Accepts(registrations) => Some(
            numbered(&registrations).map(|(known, at)| accept(desk, request, known, at)).collect(),
        ),
        Answer::Declines(registrations) => {
            for known in &registrations {
                desk.end(known, Status::Cancelled, Action::Cancelled, "declined", "declined");
            }
            let told = |known| Item::of(known, Outcome::Cancelled);
            Some(registrations.iter().map(told).collect())
        }
        Answer::TooLate(registrations) => Some(
            numbered(&registrations).map(|(known, at)| renew(desk, request, known, at)).collect(),
        ),
        Answer::Unclear(about, reason) => {
            desk.task(TaskKind::Offer, Some(about.id.clone()), vec![reason]);
            Some(vec![Item::of(&about, Outcome::Passed)])
        }
    }
}

/// Each with its place in the message: two that begin anew stand one behind the other.
fn numbered(registrations: &[Registration]) -> impl Iterator<Item = (&Registration, u32)> {
    registrations.iter().zip(0..)
}

fn meant(desk: &Desk, request: &Request) -> Option<Answer> {
    let reading = &request.reading;
    let brief = reading.brief;
    if !reading.accepts && brief.is_none() || request.sender.machine.is_some() {
        return None;
    }
    let meant = addressed(desk, request);
    let open: Vec<Registration> =
        meant.iter().copied().filter(|known| known.offered()).cloned().collect();
    if brief == Some(Brief::No) {
        return declined(desk, request, open);
    }
    let first = meant.first().copied()?.clone();
    // That nobody is named is no doubt here: the letter says whom it was about.
    let doubt =
        reading.doubts.first().filter(|_| brief.is_none() && !reading.applicants.is_empty());
    if let Some(doubt) = doubt {
        return Some(Answer::Unclear(Box::new(first), doubt.reason.clone()));
    }
    if request.sender.trust == Trust::Failed {
        return Some(Answer::Unclear(Box::new(first), FORGED.to_owned()));
    }
    if open.is_empty() {
        // Of those whose time is over, only one who is not there again.
        let gone: Vec<_> =
            meant.into_iter().filter(|known| !register::is_there(desk, known)).cloned().collect();
        return (!gone.is_empty()).then_some(Answer::TooLate(gone));
    }
    let late = |known: &Registration| {
        known.hold_until.is_some_and(|until| until < request.arrived.arrived)
    };
    let (late, open): (Vec<_>, Vec<_>) = open.into_iter().partition(late);
    Some(if open.is_empty() { Answer::TooLate(late) } else { Answer::Accepts(open) })
}

/// What speaks for a person's eye when the sender is not who they say.
const FORGED: &str = "回信答复名额，但发件人未通过邮件系统的验证，请打电话核实";

/// A short no gives back what is offered, and nothing else: who has places besides must say which.
fn declined(desk: &Desk, request: &Request, open: Vec<Registration>) -> Option<Answer> {
    let first = open.first()?.clone();
    let sender = &request.sender.email;
    let besides =
        |known: &&Registration| known.active() && !known.offered() && known.email == *sender;
    let says_which = !request.numbers().is_empty();
    Some(if !says_which && desk.matches().iter().any(besides) {
        let reason = "回信没有写明不参加的是哪一位，请与本人核实".to_owned();
        Answer::Unclear(Box::new(first), reason)
    } else if request.sender.trust == Trust::Failed {
        Answer::Unclear(Box::new(first), FORGED.to_owned())
    } else if request.junk {
        let reason = "回信不要名额，但在垃圾邮件文件夹中，请核实".to_owned();
        Answer::Unclear(Box::new(first), reason)
    } else {
        Answer::Declines(open)
    })
}

/// Those of the sender's whom a place is or was offered, as far as the message says whom it means. A
/// word or two mean all whom the letter was about, and all of one letter have the same time. What
/// answers a letter about others of the sender's means none of them.
fn addressed<'a>(desk: &'a Desk, request: &Request) -> Vec<&'a Registration> {
    let reading = &request.reading;
    let mut own = desk.matches();
    own.retain(|known| known.email.is_some() && known.email == request.sender.email);
    let numbers = request.numbers();
    let others = own.iter().any(|known| numbers.contains(known.number.as_str()));
    own.retain(|known| known.offered() || known.reason == EXPIRED);
    let named = |known: &&Registration| {
        let mut people = reading.applicants.iter();
        people.any(|one| identity::may_be(&one.fields, &known.person))
    };
    if reading.brief.is_none() && reading.applicants.iter().any(has_name) {
        own.retain(named);
    }
    let quoted: Vec<_> =
        own.iter().copied().filter(|known| numbers.contains(known.number.as_str())).collect();
    let of_one_letter = |known: &&Registration| {
        known.offered() && quoted.iter().any(|other| other.hold_until == known.hold_until)
    };
    if quoted.is_empty() {
        return if others { Vec::new() } else { own };
    }
    if reading.brief.is_none() {
        return quoted;
    }
    own.retain(|known| quoted.contains(known) || of_one_letter(known));
    own
}

/// The sender's registrations to which a place is offered, whatever the message says.
pub(super) fn open(desk: &Desk, request: &Request) -> Vec<Registration> {
    let mut own = desk.matches();
    own.retain(|known| known.email.is_some() && known.email == request.sender.email);
    own.retain(|known| known.offered());
    own.into_iter().cloned().collect()
}

fn has_name(applicant: &Applicant) -> bool {
    applicant.fields.contains_key(field::NAME)
}

/// The reason of a registration whose offer ran out.
pub(super) const EXPIRED: &str = "offer-expired";

/// Somebody takes the place that is held for them. After its time it is gone, whoever looked when.
/// `place` is theirs within the message.
pub(super) fn accept(desk: &mut Desk, request: &Request, known: &Registration, place: u32) -> Item {
    let known = &as_it_stands(desk, known);
    if known.hold_until.is_some_and(|until| until < request.arrived.arrived) {
        return renew(desk, request, known, place);
    }
    let after = taken(desk, known, "accepted");
    desk.item(&after, Outcome::Confirmed)
}

/// Whoever was dealt with before in this decision may have moved it to another place.
fn as_it_stands(desk: &Desk, known: &Registration) -> Registration {
    desk.board.known.get(&known.id).unwrap_or(known).clone()
}

/// Writes down that an offered place is taken.
pub(super) fn taken(desk: &mut Desk, known: &Registration, why: &'static str) -> Registration {
    let mut after = known.clone();
    (after.status, after.seat, after.hold_until) = (Status::Confirmed, false, None);
    why.clone_into(&mut after.reason);
    desk.verdict.settles.push(after.id.clone());
    desk.record(Action::Accepted, after.clone(), why);
    after
}

/// The place went to the next, or goes now; whoever still wants one asks anew, at the end.
fn renew(desk: &mut Desk, request: &Request, known: &Registration, place: u32) -> Item {
    let known = &as_it_stands(desk, known);
    if known.active() {
        desk.end(known, Status::Cancelled, Action::Lapsed, EXPIRED, EXPIRED);
        desk.promote_all();
    }
    if desk.came_late(&request.arrived) {
        return desk.item(known, Outcome::OfferExpired);
    }
    let applicant = Applicant { fields: known.person.clone() };
    let mut again = Candidate::new(&applicant, place, request);
    again.reasons.clear();
    register::enter(desk, request, again)
}

impl Desk<'_> {
    /// How the next place goes; `None` when the program gives none any more.
    pub(super) fn way(&self) -> Option<Way> {
        let rules = &self.event.rules.promotion;
        let last = SignedDuration::try_from(rules.last).unwrap_or(SignedDuration::ZERO);
        let last = self.event.takes_place.checked_sub(last).unwrap_or(Timestamp::MIN);
        let late = rules.late.then_some(Way::AtOnce);
        let Some(offer) = &rules.offer else {
            return if self.now < last { Some(Way::AtOnce) } else { late };
        };
        let until = offer.until(self.now, &self.event.zone);
        let wakes = offer.wakes(self.now, &self.event.zone);
        let send = (wakes > self.now).then_some(wakes);
        if until <= last { Some(Way::Offer { until, send }) } else { late }
    }

    /// What the staff are asked to do for somebody without an address.
    pub(super) fn call(&self, until: Timestamp) -> String {
        let until = until.to_zoned(self.event.zone.clone());
        format!(
            "轮到递补，名额保留至{}，但没有邮箱，请打电话征询本人",
            until.strftime("%-m月%-d日%-H:%M")
        )
    }
}
