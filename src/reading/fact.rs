//! A candidate: a value that somewhere in the mail is said of somebody.

use std::rc::Rc;

use super::Evidence;
use super::vocabulary::Item;

/// How plainly a value is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Force {
    /// Understood from the way a sentence is built.
    Guess,
    /// Said in a sentence.
    Prose,
    /// Behind a label or in a table.
    Label,
}

/// In what part a person's name occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Behind a label, in a list, or with data around it.
    Listed,
    /// The writer says who they are (我叫…).
    Writer,
    /// Somebody for whom the writer speaks (替…报名, 推荐…).
    Beneficiary,
    /// Mentioned as a relation only (我是某某的女儿).
    Related,
    /// Stands alone at the end.
    SignOff,
    /// For numbers: of the person spoken of besides the writer (他的电话).
    Third,
    /// For numbers: of a writer who gives no name (我是会计小丁，139…).
    Unnamed,
    /// In a list of which another was singled out: 甲、乙、丙三人，丙不能来.
    Beside,
    /// A contact or clerk.
    Contact,
    /// Between two marks, and nothing says whose name it is.
    Alone,
}

/// A candidate with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent observation")]
pub(super) struct Fact {
    /// What it is.
    pub item: Item,
    /// The value in its proper form, or why it cannot be right.
    pub value: String,
    /// It cannot be right: the value is left out and a person asked.
    pub wrong: bool,
    /// How plainly it is said.
    pub force: Force,
    /// For names: in what part.
    pub role: Role,
    /// The value that no longer holds (从…改成).
    pub old: bool,
    /// A name joined to the one before (张三、李四).
    pub joined: bool,
    /// Said of all (都, 均).
    pub all: bool,
    /// Which clause, counted through the mail.
    pub clause: usize,
    /// Which line, counted through the mail.
    pub line: usize,
    /// Which block of labelled lines or rows it belongs to; 0 for sentences.
    pub block: usize,
    /// Where it stands; shared, for facts are copied while they are dealt to people.
    pub evidence: Rc<Evidence>,
}

/// Candidates that belong together.
#[derive(Clone, Debug)]
pub(super) enum Group {
    /// Running text: in the order of the words.
    Stream(Vec<Fact>),
    /// One row, column or form: one person.
    Record(Vec<Fact>),
}

impl Group {
    /// The candidates, whatever holds them together.
    #[must_use]
    pub(super) fn facts(&self) -> &[Fact] {
        match self {
            Self::Stream(facts) | Self::Record(facts) => facts,
        }
    }

    /// The same, to be changed.
    pub(super) fn facts_mut(&mut self) -> &mut Vec<Fact> {
        match self {
            Self::Stream(facts) | Self::Record(facts) => facts,
        }
    }
}

impl Fact {
    /// A value that stands in no clause or block: nothing is said of it but where it was found.
    #[must_use]
    pub(super) fn apart(item: Item, value: String, force: Force, evidence: Evidence) -> Self {
        Self {
            item,
            value,
            wrong: false,
            force,
            role: Role::Listed,
            old: false,
            joined: false,
            all: false,
            clause: 0,
            line: 0,
            block: 0,
            evidence: Rc::new(evidence),
        }
    }
}

/// Where a value stands that the quoted letter tells.
pub(super) const LETTER: &str = "引用的来信";

/// A value from the quoted letter.
#[must_use]
pub(super) fn from_letter(item: Item, value: &str) -> Fact {
    let evidence =
        Evidence {
            document: "正文".to_owned(), place: LETTER.to_owned(), quote: value.to_owned()
        };
    Fact::apart(item, value.to_owned(), Force::Prose, evidence)
}
