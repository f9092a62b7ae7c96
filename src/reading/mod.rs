//! A message becomes a [`Reading`]: what the writer wants, for whom, and what is unsure.
//!
//! Reading never fails: it says what it found, where each value stands, and what a person must
//! decide. It knows nothing of file formats, events or places.

mod account;
mod alone;
mod announced;
mod answer;
mod applicant;
mod asking;
mod behind_name;
mod below;
mod between_lines;
mod beside;
mod bounds;
mod brief;
mod by_file;
mod carry;
mod case;
mod categories;
mod choice;
mod clauses;
mod company;
mod counted;
mod deal;
mod dwelling;
mod dialect;
mod digit_groups;
mod digits;
mod either;
mod entry;
mod employer;
mod employment;
mod ethnic;
mod examples;
mod fact;
mod gathering;
mod glued;
mod grid;
mod grid_lists;
mod grid_rows;
mod handed;
mod heads;
mod id_number;
mod intent;
mod kin;
mod label_sense;
mod label_words;
mod labels;
mod letter;
mod listing;
mod manner;
mod marks;
mod mention;
mod name_words;
mod names;
mod number_words;
mod offices;
mod older;
mod owners;
mod overlooked;
mod papers;
mod parts;
mod passed_over;
mod people;
mod people_words;
mod person;
mod pictures;
mod places;
mod plausible;
mod postponed;
mod posts;
mod prose;
mod reader;
mod recommending;
mod refer;
mod residence;
mod rows;
mod run_on;
mod scan;
mod sentences;
mod schools;
mod sections;
mod selection;
mod several;
mod sharing;
mod spelling;
mod spread;
mod shops;
mod standing;
mod squared;
mod stated;
mod staying;
mod supply;
mod settle;
mod signature;
mod signed;
mod table_parts;
mod tables;
mod talk;
mod text;
mod tidied;
mod together;
mod typed;
mod unheard;
mod unknown;
mod unsure;
mod values;
mod versions;
mod vocabulary;
mod wish;
mod wish_grammar;
mod wish_words;
mod words;
mod writers;

use serde::{Deserialize, Serialize};

pub use applicant::{Applicant, Evidence, Field, field};
pub use brief::Brief;
pub use entry::entered;
pub use reader::{Read, Reader};
pub use vocabulary::{CategoryWords, Item, OwnField, Vocabulary};

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
