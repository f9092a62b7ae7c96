//! Who a mail speaks of, with what is said of each.

use super::fact::Fact;
use super::vocabulary::Item;

/// A person with everything said of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    /// The candidates, names among them.
    pub facts: Vec<Fact>,
}

impl Person {
    /// The first name said.
    #[must_use]
    pub(super) fn name(&self) -> Option<&str> {
        self.facts
            .iter()
            .find(|fact| fact.item == Item::Name && !fact.wrong)
            .map(|fact| fact.value.as_str())
    }

    /// Where the name stands.
    pub(super) fn documents(&self) -> impl Iterator<Item = &str> {
        let names = self.facts.iter().filter(|fact| fact.item == Item::Name);
        names.map(|fact| fact.evidence.document.as_str())
    }

    /// Whether something of this kind is said.
    #[must_use]
    pub(super) fn has(&self, item: Item) -> bool {
        self.facts.iter().any(|fact| fact.item == item)
    }
}

/// How names are to be taken.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent observation")]
pub(super) struct Manner {
    /// The writer is concerned too (我和…一起).
    pub together: bool,
    /// The writer speaks in the first person of their own registration.
    pub first_person: bool,
    /// The writer comes, and says that somebody of theirs does too.
    pub too: bool,
    /// The writer says that they do not come.
    pub writer_out: bool,
    /// The writer's firm puts its people down.
    pub own_firm: bool,
    /// People who work for the writer come along.
    pub my_people: bool,
    /// The writer is registered already, and puts somebody down besides.
    pub writer_in: bool,
    /// Something is mended, or somebody comes in another's place.
    pub mends: bool,
    /// Places are asked for, not given back or changed.
    pub registers: bool,
    /// How many people the mail announces; 0 when it doesn't.
    pub announced: usize,
}

/// What a mail says of people.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    /// The people concerned, in the order of the mail.
    pub list: Vec<Person>,
    /// What is said of nobody in particular.
    pub shared: Vec<Fact>,
    /// Names that were not taken: the writer's, sign-offs.
    pub others: Vec<Fact>,
    /// What was said of those who were not taken.
    pub theirs: Vec<Fact>,
    /// Of whom nothing but the name is said.
    pub bare: Vec<String>,
}
