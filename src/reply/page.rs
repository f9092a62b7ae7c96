//! What the layout of a letter sees: the people with what was said of each, and the few switches.

use serde::Serialize;

use super::plain;
use super::view::{category, printed_name};
use super::words;
use super::{Letter, Office};
use crate::roster::{Cause, Event, Item, Outcome, Status};

/// Most people that one letter lists; a longer mail is a spreadsheet, and a person handles it.
const MOST_PEOPLE: usize = 100;

/// Longest note that is printed, in characters: the program's own sentences are shorter.
const NOTE_CHARS: usize = 300;

/// One person's outcome, as the layout sees it.
#[derive(Debug, Serialize)]
pub(super) struct PersonView {
    pub(super) headline: String,
    pub(super) paragraphs: Vec<String>,
    /// `good`, `wait`, `act` (the citizen must do something) or `done`: a colour.
    pub(super) tone: &'static str,
    number: Option<String>,
    name: Option<String>,
    category: Option<String>,
}

/// The letter, as the layout sees it.
#[derive(Debug, Serialize)]
pub(super) struct PageView {
    pub(super) subject: String,
    /// The headline of the subject: the only person's, or one for all.
    headline: String,
    /// The first number, and how many numbers there are.
    number: Option<String>,
    count: usize,
    /// Whom to greet by name.
    name: Option<String>,
    /// It answers a mail (and does not come of itself, like a promotion).
    answers: bool,
    people: Vec<PersonView>,
    /// How many more people the letter is about than it lists.
    more: usize,
    show: Show,
    /// The answered mail's subject, when it can be repeated.
    quote: Option<String>,
    date: String,
}

/// The parts of the layout that this letter has.
#[derive(Clone, Copy, Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each part is shown or not by itself")]
struct Show {
    /// Time and place: somebody may come.
    day: bool,
    /// How to withdraw: an offer says it itself.
    withdraw: bool,
    /// What to bring, and whom a place that is given back goes to: somebody has one.
    bring: bool,
    /// The letter is about this event, and not about which one is meant.
    event: bool,
    /// The pledge: data was given, or is asked for.
    pledge: bool,
}

impl PersonView {
    /// `said`: the outcome's template, rendered. Its first line is the headline.
    pub(super) fn new(item: &Item, event: &Event, said: &str) -> Self {
        let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
        Self {
            headline: lines.next().unwrap_or_default().to_owned(),
            paragraphs: lines.map(str::to_owned).chain(notes(item)).collect(),
            tone: tone(&item.outcome),
            number: item.number.clone(),
            name: printed_name(item),
            category: category(item, event),
        }
    }
}

/// What is told besides, as it can be printed.
fn notes(item: &Item) -> impl Iterator<Item = String> {
    item.notes.iter().map(|note| plain::tidy(note, NOTE_CHARS))
}

impl PageView {
    pub(super) fn new(letter: &Letter, event: &Event, people: Vec<PersonView>) -> Self {
        let items = &letter.owed.items;
        let mut headlines = people.iter().map(|person| person.headline.as_str());
        let first = headlines.next().unwrap_or_default();
        let headline = if headlines.all(|other| other == first) { first } else { "办理结果" };
        let name = match people.as_slice() {
            [only] => only.name.clone(),
            _ => None,
        };
        let any = |wanted: fn(&Outcome) -> bool| items.iter().any(|item| wanted(&item.outcome));
        Self {
            subject: String::new(),
            headline: headline.to_owned(),
            number: items.iter().find_map(|item| item.number.clone()),
            count: items.iter().filter(|item| item.number.is_some()).count(),
            name,
            answers: matches!(letter.owed.cause, Cause::Message(_)),
            show: Show {
                day: any(may_come),
                withdraw: any(|outcome| {
                    may_come(outcome) && !matches!(outcome, Outcome::Offered { .. })
                }),
                bring: any(has_place),
                pledge: any(gives_data),
                event: !any(asks_which),
            },
            more: items.len().saturating_sub(people.len()),
            people,
            quote: letter.thread.subject.as_deref().and_then(plain::quotable),
            date: words::date(letter.written, &event.zone),
        }
    }
}

/// The items that a letter prints.
pub(super) fn printed(letter: &Letter) -> impl Iterator<Item = &Item> {
    letter.owed.items.iter().take(MOST_PEOPLE)
}

/// The name beside the recipient's address, when it can be printed.
pub(super) fn recipient(letter: &Letter) -> Option<String> {
    letter.recipient.as_deref().and_then(plain::quotable)
}

/// The sender's display name.
pub(super) fn sender(office: &Office) -> String {
    plain::tidy(&office.name, plain::QUOTE_CHARS)
}

fn tone(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Confirmed
        | Outcome::Promoted
        | Outcome::Reminder
        | Outcome::Already { status: Status::Confirmed, .. }
        | Outcome::Standing { status: Status::Confirmed, .. }
        | Outcome::Corrected { status: Status::Confirmed, .. } => "good",
        Outcome::Waitlisted { .. }
        | Outcome::LastInLine { .. }
        | Outcome::UnderReview { .. }
        | Outcome::Listed { .. }
        | Outcome::Already { status: Status::Waitlisted | Status::Review, .. }
        | Outcome::Standing { status: Status::Waitlisted | Status::Review, .. }
        | Outcome::Corrected { .. } => "wait",
        Outcome::Incomplete { .. }
        | Outcome::Moved { .. }
        | Outcome::CalledOff { .. }
        | Outcome::WhichEvent { .. }
        | Outcome::NotYetOpen
        | Outcome::Offered { .. }
        | Outcome::Standing { status: Status::Incomplete, .. }
        | Outcome::Already { status: Status::Incomplete, .. } => "act",
        Outcome::Already { .. }
        | Outcome::Standing { .. }
        | Outcome::OfferExpired
        | Outcome::NotChosen
        | Outcome::LineFull
        | Outcome::Cancelled
        | Outcome::Lapsed { .. }
        | Outcome::TooLate { .. }
        | Outcome::Closed { .. }
        | Outcome::NotEligible { .. }
        | Outcome::Rejected { .. }
        | Outcome::Passed => "done",
    }
}

/// Somebody has a place: now, by promotion, or already before.
pub(super) fn has_place(outcome: &Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Confirmed
            | Outcome::Promoted
            | Outcome::Reminder
            | Outcome::Moved { status: Status::Confirmed, .. }
            | Outcome::Already { status: Status::Confirmed, .. }
            | Outcome::Standing { status: Status::Confirmed, .. }
            | Outcome::Corrected { status: Status::Confirmed, .. }
    )
}

/// Somebody has, or may yet get, a place.
fn may_come(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Confirmed
        | Outcome::Promoted
        | Outcome::Reminder
        | Outcome::Moved { .. }
        | Outcome::Offered { .. }
        | Outcome::Listed { .. }
        | Outcome::Waitlisted { .. }
        | Outcome::LastInLine { .. }
        | Outcome::Incomplete { .. }
        | Outcome::UnderReview { .. } => true,
        Outcome::Already { status, .. }
        | Outcome::Standing { status, .. }
        | Outcome::Corrected { status, .. } => {
            !matches!(status, Status::Cancelled | Status::Refused)
        }
        Outcome::Cancelled
        | Outcome::OfferExpired
        | Outcome::NotChosen
        | Outcome::LineFull
        | Outcome::Lapsed { .. }
        | Outcome::TooLate { .. }
        | Outcome::NotYetOpen
        | Outcome::Closed { .. }
        | Outcome::NotEligible { .. }
        | Outcome::Rejected { .. }
        | Outcome::CalledOff { .. }
        | Outcome::WhichEvent { .. }
        | Outcome::Passed => false,
    }
}

fn asks_which(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::WhichEvent { .. })
}

fn gives_data(outcome: &Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Confirmed
            | Outcome::Promoted
            | Outcome::Offered { .. }
            | Outcome::Listed { .. }
            | Outcome::Waitlisted { .. }
            | Outcome::LastInLine { .. }
            | Outcome::Incomplete { .. }
    )
}
