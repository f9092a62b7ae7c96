//! What the templates of outcomes see: the event and one person's outcome, as printable strings.

use jiff::Timestamp;
use serde::Serialize;

use super::plain;
use super::words;
use super::{Letter, Office};
use crate::form;
use crate::roster::{Event, Item, Note, Outcome, Status};

/// Longest reason or advice that is printed, in characters.
const ADVICE_CHARS: usize = 200;

/// The event, in words.
#[derive(Debug, Serialize)]
pub(super) struct EventView {
    name: String,
    host: String,
    theme: String,
    place: String,
    /// `2021年9月28日（星期二）9:00—12:00`.
    when: String,
    /// Its two halves: `2021年9月28日（星期二）` and `9:00—12:00`.
    day: String,
    hours: String,
    opens: String,
    closes: String,
    /// Registration is still possible on the letter's date.
    open: bool,
    /// A place that falls free is offered first.
    offers: bool,
    /// The staff choose from all who registered.
    selects: bool,
    contact: String,
    telephone: String,
    pledge: String,
}

/// One person's outcome, as the template of that outcome sees it.
#[derive(Debug, Serialize)]
pub(super) struct ItemView {
    number: Option<String>,
    name: Option<String>,
    category: Option<String>,
    position: Option<u32>,
    missing: Vec<String>,
    /// What is missing, as lines to be completed in the answer.
    lines: Vec<String>,
    until: Option<String>,
    advice: Vec<String>,
    kept: bool,
    /// What is kept is a place; with `position` it is one in line.
    place: bool,
    /// What was corrected.
    changed: Vec<String>,
    /// Somebody else comes instead.
    replaced: bool,
    /// How an earlier registration stands, as in `list --json`; empty for other outcomes.
    status: Option<Status>,
    reason: Option<String>,
    /// When and where it was to take place before.
    before: Option<String>,
    /// What there is to add.
    remarks: Vec<NoteView>,
}

/// A sentence to add, as its template sees it.
#[derive(Debug, Serialize)]
struct NoteView {
    /// Which, as in `roster::Note`.
    is: &'static str,
    category: Option<String>,
    position: Option<u32>,
    until: Option<String>,
    fields: Vec<String>,
}

impl EventView {
    pub(super) fn new(event: &Event, letter: &Letter) -> Self {
        let zone = &event.zone;
        let closes = letter.closed.unwrap_or(event.closes);
        let (day, from) =
            (words::day(event.takes_place, zone), words::clock(event.takes_place, zone));
        let hours = match event.takes_place.checked_add(event.lasts) {
            Ok(end) if !event.lasts.is_zero() => format!("{from}—{}", words::clock(end, zone)),
            _ => from,
        };
        let contact = if event.contact.contains(&event.telephone) {
            event.contact.clone()
        } else {
            format!("{} {}", event.contact, event.telephone)
        };
        Self {
            name: event.name.clone(),
            host: event.host.clone(),
            theme: event.theme.clone(),
            place: event.place.clone(),
            when: format!("{day}{hours}"),
            day,
            hours,
            opens: words::moment(event.opens, zone),
            closes: words::moment(closes, zone),
            open: letter.written < closes,
            offers: event.rules.promotion.offer.is_some(),
            selects: event.rules.selection().is_some(),
            contact: contact.trim().to_owned(),
            telephone: event.telephone.clone(),
            pledge: event.pledge.clone(),
        }
    }
}

impl ItemView {
    pub(super) fn new(item: &Item, event: &Event, office: &Office) -> Self {
        let name = |field: &String| {
            let own = office.fields.get(field).map(String::as_str);
            own.unwrap_or_else(|| words::field_name(field)).to_owned()
        };
        let names = |fields: &[String]| fields.iter().map(name).collect::<Vec<_>>();
        let mut view = Self::of_anything(item, event);
        view.remarks = item.remarks.iter().map(|note| NoteView::new(note, event, &names)).collect();
        view.remarked(item, event, &names);
        match &item.outcome {
            Outcome::Waitlisted { position } => view.position = Some(*position),
            Outcome::Incomplete { missing, until } => {
                view.missing = names(missing);
                view.lines = form::lines(event, missing);
                view.until = until.map(|at| words::moment(at, &event.zone));
            }
            Outcome::UnderReview { advice, kept } => {
                view.advice = advice.iter().map(|line| plain::tidy(line, ADVICE_CHARS)).collect();
                view.kept = *kept;
            }
            Outcome::Offered { until }
            | Outcome::Listed { told: until }
            | Outcome::Closed { early: Some(until) } => {
                view.until = Some(words::moment(*until, &event.zone));
            }
            Outcome::Already { status, position }
            | Outcome::Standing { status, position }
            | Outcome::Corrected { status, position } => {
                view.status = Some(*status);
                view.position = *position;
            }
            Outcome::Lapsed { missing } | Outcome::TooLate { missing } => {
                view.missing = names(missing);
            }
            Outcome::LastInLine { position, reason } => {
                view.position = Some(*position);
                view.reason = Some(plain::tidy(reason, ADVICE_CHARS));
            }
            Outcome::Moved { status, before: (at, place) } => {
                view.status = Some(*status);
                view.before = Some(format!("{}，{place}", words::moment(*at, &event.zone)));
            }
            Outcome::WhichEvent { events } => {
                let line = |(name, at): &(String, Timestamp)| {
                    format!("● {name}，{}", words::day(*at, &event.zone))
                };
                view.advice = events.iter().map(line).collect();
            }
            Outcome::Rejected { reason }
            | Outcome::NotEligible { reason }
            | Outcome::CalledOff { reason } => {
                let reason = plain::tidy(reason, ADVICE_CHARS);
                view.reason = (!reason.is_empty()).then_some(reason);
            }
            Outcome::Confirmed
            | Outcome::Cancelled
            | Outcome::Promoted
            | Outcome::Reminder
            | Outcome::OfferExpired
            | Outcome::NotChosen
            | Outcome::LineFull
            | Outcome::NotYetOpen
            | Outcome::Closed { early: None }
            | Outcome::Passed => {}
        }
        view
    }

    /// What remarks say that belongs into the outcome's own sentences.
    fn remarked(&mut self, item: &Item, event: &Event, names: &dyn Fn(&[String]) -> Vec<String>) {
        for note in &item.remarks {
            match note {
                Note::Kept { position } => {
                    (self.place, self.position) = (position.is_none(), *position);
                }
                Note::Lacks { fields } => {
                    self.missing = names(fields);
                    self.lines = form::lines(event, fields);
                }
                Note::Changed { fields } => self.changed = names(fields),
                Note::Replaced => self.replaced = true,
                _ => {}
            }
        }
    }

    /// What does not depend on the outcome.
    fn of_anything(item: &Item, event: &Event) -> Self {
        Self {
            number: item.number.clone(),
            name: printed_name(item),
            category: category(item, event),
            position: None,
            missing: Vec::new(),
            lines: Vec::new(),
            until: None,
            advice: Vec::new(),
            kept: false,
            place: false,
            changed: Vec::new(),
            replaced: false,
            status: None,
            reason: None,
            before: None,
            remarks: Vec::new(),
        }
    }
}

impl NoteView {
    fn new(note: &Note, event: &Event, names: &dyn Fn(&[String]) -> Vec<String>) -> Self {
        let of = |id: &String| event.category(id).map(|category| category.name.clone());
        let at = |at: &Timestamp| Some(words::moment(*at, &event.zone));
        let (is, category, position, until) = match note {
            Note::Kept { position } => ("kept", None, *position, None),
            Note::Offer { until } => ("offer", None, None, at(until)),
            Note::Listed { told } => ("listed", None, None, at(told)),
            Note::Anew => ("anew", None, None, None),
            Note::Spilled { category } => ("spilled", of(category), None, None),
            Note::OtherWish { category } => ("other_wish", of(category), None, None),
            Note::BothLines { category, position } => {
                ("both_lines", of(category), Some(*position), None)
            }
            Note::Together => ("together", None, None, None),
            Note::Lacks { .. } => ("lacks", None, None, None),
            Note::Replaced => ("replaced", None, None, None),
            Note::Changed { .. } => ("changed", None, None, None),
            Note::Stays { category } => ("stays", of(category), None, None),
        };
        let fields = if let Note::Changed { fields } = note { names(fields) } else { Vec::new() };
        Self { is, category, position, until, fields }
    }
}

/// The person's name, when it can be printed.
pub(super) fn printed_name(item: &Item) -> Option<String> {
    let name = plain::tidy(item.name.as_deref()?, plain::NAME_CHARS);
    plain::quotable(&name)
}

/// The category's name, when it is known.
pub(super) fn category(item: &Item, event: &Event) -> Option<String> {
    event.category(item.category.as_deref()?).map(|category| category.name.clone())
}
