//! Facts become words: the texts and headers of one letter.

use serde::Serialize;

use super::calendar;
use super::page::{self, PageView, PersonView};
use super::plain;
use super::stationery::{Stationery, TemplateError};
use super::view::{EventView, ItemView};
use super::{Letter, Office};
use crate::form;
use crate::message::Email;
use crate::roster::{Cause, Event, Outcome};

/// Longest subject, in characters: phones cut it near 30, and lists near 60.
const SUBJECT_CHARS: usize = 80;

/// A letter that is ready to be made into a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// Its Message-ID, without angle brackets.
    pub message_id: String,
    /// The sender's name and address.
    pub from: (String, Email),
    /// The recipient's name, when there is a printable one, and address.
    pub to: (Option<String>, Email),
    /// Where answers shall go, when not to the sender.
    pub reply_to: Option<Email>,
    /// The subject, on one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The calendar file, when somebody's place is confirmed.
    pub calendar: Option<String>,
    /// The form to fill in, when somebody is asked for what is missing.
    pub form: Option<Vec<u8>>,
    /// The answered mail's id, without angle brackets.
    pub in_reply_to: Option<String>,
    /// The thread's ids, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// Further headers: they tell other machines not to answer.
    pub headers: Vec<(&'static str, &'static str)>,
}

/// For letters that answer somebody (RFC 3834 §5; the second is Microsoft's).
const ANSWER: [(&str, &str); 2] =
    [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")];

/// For letters that nobody asked for.
const REPORT: [(&str, &str); 2] =
    [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")];

/// What the template of an outcome sees.
#[derive(Serialize)]
pub(super) struct Saying<'a> {
    pub(super) event: &'a EventView,
    pub(super) item: ItemView,
}

/// What the layouts and the subject see.
#[derive(Serialize)]
pub(super) struct Page<'a> {
    pub(super) event: &'a EventView,
    pub(super) page: &'a PageView,
}

impl Stationery {
    /// Writes the letter. Fails only when a template fails on what none of the samples had.
    pub fn compose(
        &self,
        letter: &Letter,
        event: &Event,
        office: &Office,
    ) -> Result<Composed, TemplateError> {
        let shown = EventView::new(event, letter);
        let mut people = Vec::new();
        for item in page::printed(letter) {
            let saying = Saying { event: &shown, item: ItemView::new(item, event, office) };
            let mut said = self.render(template(&item.outcome), &saying)?;
            if !item.remarks.is_empty() {
                said.push('\n');
                said.push_str(&self.render("remarks.txt", &saying)?);
            }
            people.push(PersonView::new(item, event, &said));
        }
        let mut sheet = PageView::new(letter, event, people);
        let subject = self.render("subject.txt", Page { event: &shown, page: &sheet })?;
        sheet.subject = plain::tidy(&subject, SUBJECT_CHARS);
        let text = self.render("letter.txt", Page { event: &shown, page: &sheet })?;
        let html = self.render("letter.html", Page { event: &shown, page: &sheet })?;
        Ok(Composed {
            message_id: letter.message_id.clone(),
            from: (page::sender(office), office.email.clone()),
            to: (page::recipient(letter), letter.owed.to.clone()),
            reply_to: office.reply_to.clone(),
            subject: sheet.subject,
            text,
            html,
            calendar: calendar::of(letter, event, office),
            form: form_for(letter, event),
            in_reply_to: letter.thread.parent().map(str::to_owned),
            references: letter.thread.chain(),
            headers: ANSWER.to_vec(),
        })
    }
}

impl Composed {
    /// A letter that nobody asked for, like the digest: `text` and `html` are finished.
    #[must_use]
    pub fn report(
        office: &Office,
        to: &Email,
        cause: &Cause,
        subject: &str,
        (text, html): (String, String),
    ) -> Self {
        Self {
            message_id: office.message_id(cause, to),
            from: (page::sender(office), office.email.clone()),
            to: (None, to.clone()),
            reply_to: None,
            subject: plain::tidy(subject, SUBJECT_CHARS),
            text,
            html,
            calendar: None,
            form: None,
            in_reply_to: None,
            references: Vec::new(),
            headers: REPORT.to_vec(),
        }
    }
}

/// The event's form, when somebody is asked for something. Writing into memory does not fail; if it
/// did, the letter itself would still say all that is needed.
fn form_for(letter: &Letter, event: &Event) -> Option<Vec<u8>> {
    let asks = |item: &crate::roster::Item| matches!(item.outcome, Outcome::Incomplete { .. });
    if letter.owed.items.iter().any(asks) { form::form(event).ok() } else { None }
}

/// The template that says what became of a request. Its first line is the headline, each further
/// one a paragraph.
pub(crate) fn template(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Confirmed => "confirmed.txt",
        Outcome::Waitlisted { .. } => "waitlisted.txt",
        Outcome::Incomplete { .. } => "incomplete.txt",
        Outcome::UnderReview { .. } => "review.txt",
        Outcome::Already { .. } => "already.txt",
        Outcome::Standing { .. } => "standing.txt",
        Outcome::Offered { .. } => "offered.txt",
        Outcome::OfferExpired => "offer_expired.txt",
        Outcome::Listed { .. } => "listed.txt",
        Outcome::NotChosen => "not_chosen.txt",
        Outcome::LineFull => "line_full.txt",
        Outcome::Cancelled => "cancelled.txt",
        Outcome::Promoted => "promoted.txt",
        Outcome::Lapsed { .. } => "lapsed.txt",
        Outcome::LastInLine { .. } => "last_in_line.txt",
        Outcome::NotEligible { .. } => "not_eligible.txt",
        Outcome::TooLate { .. } => "too_late.txt",
        Outcome::Corrected { .. } => "corrected.txt",
        Outcome::NotYetOpen => "not_yet_open.txt",
        Outcome::Closed { .. } => "closed.txt",
        Outcome::Rejected { .. } => "rejected.txt",
        Outcome::CalledOff { .. } => "called_off.txt",
        Outcome::Moved { .. } => "moved.txt",
        Outcome::Reminder => "reminder.txt",
        Outcome::WhichEvent { .. } => "which_event.txt",
        Outcome::Passed => "passed.txt",
    }
}
