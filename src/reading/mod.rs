//! A message becomes a [`Reading`]: what the writer wants, for whom, and what is unsure.
//!
//! Reading never fails: it says what it found, where each value stands, and what a person must
//! decide. It knows nothing of file formats, events or places.
//!
//! Its parts, each built on those before it: [`language`] (text, words, marks), [`values`] (what a name,
//! a number, an employer is), [`forms`] (labels, tables, rows), [`prose`] (sentences), [`scan`] (a
//! document's candidates); [`wish`] (what the writer wants), [`context`] (what surrounds the words),
//! [`people`] (which value is whose), [`intent`] (what is decided), [`doubts`] (what a clerk would still
//! ask); and [`reader`], the whole way.

mod applicant;
mod by_file;
mod context;
mod doubts;
mod fact;
mod forms;
mod gathering;
mod intent;
mod language;
mod people;
mod person;
mod prose;
mod reader;
mod scan;
mod values;
mod vocabulary;
mod wish;

use serde::{Deserialize, Serialize};

pub use applicant::{Applicant, Evidence, Field, field};
pub use reader::{Read, Reader};
pub use values::entry::entered;
pub use vocabulary::{CategoryWords, Item, OwnField, Vocabulary};
pub use wish::brief::Brief;

/// What the writer wants (`parse --json`: `kind`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Asks for one or more places (报名), complete or not.
    Registration,
    /// Corrects or replaces something in an earlier registration (更正).
    Change,
    /// Gives a place back (取消).
    Cancellation,
    /// Asks whether or how somebody is registered.
    Status,
    /// Anything else that a human wrote.
    Inquiry,
    /// An automatic reply, an out-of-office note, a read receipt.
    Automatic,
    /// Says that one of our letters was not delivered (退信).
    Bounce,
    /// A newsletter, an advertisement, a notification sent to many.
    Bulk,
}

/// What a message says, as far as it can be known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What the writer wants.
    pub kind: Kind,
    /// The people concerned, in the order of the mail.
    pub applicants: Vec<Applicant>,
    /// What a person must look at before anything is entered; empty when nothing.
    pub doubts: Vec<Doubt>,
    /// Registration numbers that the mail names (own words, subject, quoted letter), upper case.
    pub numbers: Vec<String>,
    /// Nothing but thanks or an acknowledgement: read, and no answer is owed.
    pub courtesy: bool,
    /// A short yes to a letter of ours that holds a place.
    #[serde(default)]
    pub accepts: bool,
    /// The writer says no more than a word or two: a yes or a no to what was asked.
    #[serde(default)]
    pub brief: Option<Brief>,
    /// Another person shall come in the place of one who is registered.
    #[serde(default)]
    pub instead: bool,
    /// The people want to come all or none (`true`), or as many as can (`false`).
    #[serde(default)]
    pub together: Option<bool>,
}

/// One thing that could not be decided by reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// For the staff: what is unsure and where it stands.
    pub reason: String,
    /// For the citizen: what to send or do, where that would help.
    pub advice: Option<String>,
    /// Which applicant (from 0) and which field, where it concerns one.
    pub concerns: Option<(usize, String)>,
}

impl Reading {
    /// Nothing but the kind is known yet.
    fn of(kind: Kind) -> Self {
        Self {
            kind,
            applicants: Vec::new(),
            doubts: Vec::new(),
            numbers: Vec::new(),
            courtesy: false,
            accepts: false,
            brief: None,
            instead: false,
            together: None,
        }
    }

    /// A person must look at it before anything is entered.
    #[must_use]
    pub fn review(&self) -> bool {
        !self.doubts.is_empty()
    }

    /// What a registration lacks of the `required` fields, as place and field: `2.phone` is the
    /// second applicant's telephone. Empty for every other kind.
    #[must_use]
    pub fn missing(&self, required: &[String]) -> Vec<String> {
        if self.kind != Kind::Registration {
            return Vec::new();
        }
        let places = self.applicants.iter().zip(1..);
        places
            .flat_map(|(applicant, place)| {
                applicant.missing(required).into_iter().map(move |field| format!("{place}.{field}"))
            })
            .collect()
    }
}
