//! A decision, made once and applied as it is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Cause, Registration, State, Status};
use crate::message::Email;
use crate::reading::field;

/// All that follows from one request, order or moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What happened to which registration, in order. The store writes each one's `after`.
    pub steps: Vec<Step>,
    /// The letters owed, one per cause and recipient.
    pub letters: Vec<Owed>,
    /// How the event as a whole stands afterwards, when that changed.
    pub state: Option<State>,
    /// When registration closed, where the staff closed it early: the letters say so.
    pub closed: Option<Timestamp>,
    /// The message (by its ledger id) that this one completes, by saying which event it meant.
    pub answers: Option<String>,
    /// Why no letter answers the request, when none does (I4).
    pub no_letter: Option<NoLetter>,
    /// What a person must look at.
    pub tasks: Vec<Task>,
    /// Registrations whose open tasks this decision settles, by id.
    pub settles: Vec<String>,
}

/// One change of one registration, with its reason for the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What was done.
    pub action: Action,
    /// The registration as it shall stand (a new one: with its number).
    pub after: Registration,
    /// Why: a code, without personal text (`first-in-line`, `same-person`, `full`, …).
    pub why: &'static str,
}

/// What was done to a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It came into being.
    Registered,
    /// What was missing was supplied.
    Completed,
    /// A place fell to it.
    Promoted,
    /// A place is held for it until it answers.
    Offered,
    /// It took the place that was held for it.
    Accepted,
    /// It was given back.
    Cancelled,
    /// Its reservation, or an offer, ran out.
    Lapsed,
    /// The staff chose it, or took that back.
    Chosen,
    /// All were told whom the staff chose.
    Told,
    /// A clerk took it.
    Approved,
    /// A clerk refused it.
    Rejected,
    /// Attendance was noted.
    Attended,
    /// Values or category were changed.
    Changed,
    /// What is personal was erased.
    Erased,
}

/// A letter that is owed: to whom, for what, and each person's outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// What made it necessary.
    pub cause: Cause,
    /// Where it goes.
    pub to: Email,
    /// One entry a person, in the order of the mail; one without a person for a whole message.
    pub items: Vec<Item>,
    /// It may not go out before; `None`: at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
}

/// One person's outcome in a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The registration number, when there is one.
    pub number: Option<String>,
    /// The person's name, when it is known.
    pub name: Option<String>,
    /// The category's id, when it is known.
    pub category: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// What else the letter tells this person, in full sentences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What follows from the rules besides: the letter's templates say it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Note>,
}

/// Something to add to an outcome: each is a sentence of the letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Note {
    /// A place, or a place in line, is kept although something is open.
    Kept {
        /// Its position, when it is a place in line.
        position: Option<u32>,
    },
    /// A place is held until the answer.
    Offer {
        /// Until then.
        until: Timestamp,
    },
    /// The staff choose, and tell then.
    Listed {
        /// When all are told.
        told: Timestamp,
    },
    /// The place that was held earlier went to the next; this is a new one at the end.
    Anew,
    /// It takes an unused place of another category.
    Spilled {
        /// That category.
        category: String,
    },
    /// Its first wish was full, and it got the other one.
    OtherWish {
        /// The first wish.
        category: String,
    },
    /// It stands in another line too, and takes what comes first.
    BothLines {
        /// The other line.
        category: String,
        /// Where it stands there, from 1.
        position: u32,
    },
    /// It stands in line with the others of its message: all or none.
    Together,
    /// These are still missing.
    Lacks {
        /// The fields' names.
        fields: Vec<String>,
    },
    /// Somebody else comes instead.
    Replaced,
    /// What was corrected.
    Changed {
        /// The fields' names.
        fields: Vec<String>,
    },
    /// The wish for another category cannot be met; all stays as it is.
    Stays {
        /// The category that was wished for.
        category: String,
    },
}

impl Item {
    /// What became of a registration.
    #[must_use]
    pub fn of(registration: &Registration, outcome: Outcome) -> Self {
        Self {
            number: Some(registration.number.clone()),
            name: registration.get(field::NAME).map(str::to_owned),
            category: registration.category.clone(),
            outcome,
            notes: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// The same, with sentences that the letter tells besides.
    #[must_use]
    pub fn noting(mut self, notes: impl IntoIterator<Item = String>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// What became of a message as a whole.
    #[must_use]
    pub fn whole(outcome: Outcome) -> Self {
        Self {
            number: None,
            name: None,
            category: None,
            outcome,
            notes: Vec::new(),
            remarks: Vec::new(),
        }
    }
}

/// What became of a request, for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Outcome {
    /// Has a place.
    Confirmed,
    /// Stands in line.
    Waitlisted {
        /// From 1, at the moment of the decision.
        position: u32,
    },
    /// Stands behind everybody else: beyond a limit.
    LastInLine {
        /// From 1, at the moment of the decision.
        position: u32,
        /// Which limit, as a sentence.
        reason: String,
    },
    /// Cannot take part: a rule of the event says so.
    NotEligible {
        /// Which, as a sentence.
        reason: String,
    },
    /// Something is missing.
    Incomplete {
        /// The missing fields' names.
        missing: Vec<String>,
        /// Until when the place, or the place in line, is kept; `None` when none is.
        until: Option<Timestamp>,
    },
    /// A person will look at it.
    UnderReview {
        /// What the citizen can do about it, in plain words.
        advice: Vec<String>,
        /// A place, or a place in line, is kept meanwhile.
        kept: bool,
    },
    /// The same person is registered already.
    Already {
        /// How that registration stands.
        status: Status,
        /// Its position, when it stands in line.
        position: Option<u32>,
    },
    /// How it stands, for somebody who asks.
    Standing {
        /// How.
        status: Status,
        /// Its position, when it stands in line.
        position: Option<u32>,
    },
    /// Given back.
    Cancelled,
    /// A place fell to it.
    Promoted,
    /// A place is held for it; an answer is wanted.
    Offered {
        /// Until then.
        until: Timestamp,
    },
    /// The time for the answer is over; the place goes to the next.
    OfferExpired,
    /// It is on the list from which the staff choose.
    Listed {
        /// When all are told.
        told: Timestamp,
    },
    /// The staff chose others.
    NotChosen,
    /// Even the line is full.
    LineFull,
    /// The reservation ended because something stayed missing.
    Lapsed {
        /// The fields that stayed missing.
        missing: Vec<String>,
    },
    /// It came in time and was looked at only after the end: something is missing, and there was no
    /// time left to ask for it.
    TooLate {
        /// The missing fields.
        missing: Vec<String>,
    },
    /// What is registered was corrected; how it stands did not change.
    Corrected {
        /// How it stands.
        status: Status,
        /// Its position, when it stands in line.
        position: Option<u32>,
    },
    /// Registration has not begun.
    NotYetOpen,
    /// Registration is over.
    Closed {
        /// When it had closed, where the staff closed it early; it may be open again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        early: Option<Timestamp>,
    },
    /// A clerk refused it.
    Rejected {
        /// The clerk's words.
        reason: String,
    },
    /// The event does not take place.
    CalledOff {
        /// The staff's words; empty in a later answer.
        reason: String,
    },
    /// The event takes place at another time or place.
    Moved {
        /// How the registration stands.
        status: Status,
        /// When and where it was to take place, as was told before.
        before: (Timestamp, String),
    },
    /// Tomorrow is the day.
    Reminder,
    /// It may be one of several events: the writer is asked which.
    WhichEvent {
        /// Names and beginnings.
        events: Vec<(String, Timestamp)>,
    },
    /// A change, a question or something unclear was handed to the staff, who will answer.
    Passed,
}

/// Why a request is not answered by a letter (I4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoLetter {
    /// A machine, a list or a courtesy: nothing to answer; or a clerk's note of attendance.
    Ignored,
    /// There is no address to write to.
    NoAddress,
    /// The address or the whole service has had its share of letters.
    Braked,
    /// It is our own mail, or an answer to nothing but our own letters.
    Loop,
}

/// Something that a person must look at; shown in the digest until it is settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What kind of work it is.
    pub kind: TaskKind,
    /// The registration it concerns, by id, when there is one.
    pub registration: Option<String>,
    /// Why, in words for the staff. Personal: kept encrypted.
    pub reasons: Vec<String>,
}

impl Task {
    /// Somebody must decide, and not only answer or telephone.
    #[must_use]
    pub fn needs_a_decision(&self) -> bool {
        matches!(self.kind, TaskKind::Review | TaskKind::Change | TaskKind::Cancellation)
    }
}

/// The kinds of task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TaskKind {
    /// A registration to decide.
    Review,
    /// A change to enter.
    Change,
    /// A cancellation that could not be applied by itself.
    Cancellation,
    /// Somebody must be asked whether they take a place that is held for them.
    Offer,
    /// Somebody asks how they are registered.
    Status,
    /// A question to answer.
    Inquiry,
    /// A message that could not be read at all.
    Unreadable,
    /// Somebody was asked which event is meant, and has not answered yet.
    Which,
    /// A letter that did not arrive, or whose fate is unknown.
    Undelivered,
}
