//! From candidates to people: which value belongs to whom.

use super::deal;
use super::fact::Group;
use super::fact::{Fact, Force, Role};
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

    /// Whether something of this kind is said.
    #[must_use]
    pub(super) fn has(&self, item: Item) -> bool {
        self.facts.iter().any(|fact| fact.item == item)
    }
}

/// How names are to be taken.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Manner {
    /// The writer is concerned too (我和…一起).
    pub together: bool,
    /// The writer speaks in the first person of their own registration.
    pub first_person: bool,
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
}

/// Distributes candidates to people.
#[must_use]
pub(super) fn gather(groups: &[Group], manner: Manner) -> People {
    let names = groups.iter().flat_map(facts).filter(|fact| fact.item == Item::Name);
    let roles: Vec<Role> = names.map(|fact| fact.role).collect();
    let has = |role: Role| roles.contains(&role);
    let listed = groups.iter().flat_map(facts).any(|fact| {
        fact.item == Item::Name && fact.role == Role::Listed && fact.force >= Force::Prose
    });
    let spoken_for =
        has(Role::Beneficiary) || listed && has(Role::Writer) && writer_is_apart(groups);
    let takes = |fact: &Fact| match fact.role {
        Role::Listed | Role::Beneficiary => true,
        Role::Writer => !spoken_for || manner.together,
        Role::SignOff => {
            manner.together || manner.first_person && !spoken_for && !listed && !has(Role::Writer)
        }
        Role::Related => !spoken_for && !listed && !has(Role::Writer),
        Role::Contact => false,
    };
    let mut people = People::default();
    for group in groups {
        match group {
            Group::Record(facts) => people.add(Person { facts: facts.clone() }),
            Group::Stream(facts) => deal::stream(facts, &takes, &mut people),
        }
    }
    people.settle();
    people
}

fn facts(group: &Group) -> &[Fact] {
    match group {
        Group::Stream(facts) | Group::Record(facts) => facts,
    }
}

/// The writer's name and another listed name differ: the writer speaks for others.
fn writer_is_apart(groups: &[Group]) -> bool {
    let names: Vec<&Fact> =
        groups.iter().flat_map(facts).filter(|fact| fact.item == Item::Name).collect();
    let writers: Vec<&str> = names
        .iter()
        .filter(|fact| fact.role == Role::Writer)
        .map(|fact| fact.value.as_str())
        .collect();
    !names.iter().any(|fact| fact.role == Role::Listed && writers.contains(&fact.value.as_str()))
}

impl People {
    /// The place of the person with this name.
    pub(super) fn find_or_add(&mut self, name: &Fact) -> usize {
        let known = self.list.iter().position(|person| {
            person.facts.iter().any(|fact| fact.item == Item::Name && fact.value == name.value)
        });
        if let Some(place) = known {
            self.attach(place, name.clone());
            return place;
        }
        self.list.push(Person { facts: vec![name.clone()] });
        self.list.len() - 1
    }

    /// Adds what is said of a person.
    pub(super) fn attach(&mut self, place: usize, fact: Fact) {
        if let Some(person) = self.list.get_mut(place) {
            person.facts.push(fact);
        }
    }

    /// Gives what was said after one or several joined names to them: one value each where there are
    /// as many as names, else each value to all.
    pub(super) fn deal(&mut self, people: &[usize], facts: &mut Vec<Fact>) {
        let facts = std::mem::take(facts);
        for fact in &facts {
            let same: Vec<&Fact> = facts.iter().filter(|other| other.item == fact.item).collect();
            let order = same.iter().position(|other| std::ptr::eq(*other, fact)).unwrap_or(0);
            if people.len() > 1 && same.len() == people.len() {
                if let Some(place) = people.get(order) {
                    self.attach(*place, fact.clone());
                }
            } else {
                for place in people {
                    self.attach(*place, fact.clone());
                }
            }
        }
    }

    fn add(&mut self, person: Person) {
        let name = person.name().map(str::to_owned);
        let known = name.as_deref().and_then(|name| {
            self.list.iter().position(|other| {
                other.facts.iter().any(|fact| fact.item == Item::Name && fact.value == name)
            })
        });
        match known.and_then(|place| self.list.get_mut(place)) {
            Some(other) => other.facts.extend(person.facts),
            None => self.list.push(person),
        }
    }

    /// Joins what belongs together and spreads what is said once for all.
    fn settle(&mut self) {
        self.drop_weak_names();
        self.join_nameless();
        self.share_nameless();
        let single = self.list.len() == 1;
        let shared = std::mem::take(&mut self.shared);
        if single {
            if let Some(person) = self.list.first_mut() {
                person.facts.extend(shared);
            }
            return;
        }
        for item in [
            Item::Organization,
            Item::Category,
            Item::Phone,
            Item::Address,
            Item::Ethnicity,
            Item::Position,
        ] {
            let said: Vec<&Fact> =
                shared.iter().filter(|fact| fact.item == item && !fact.old).collect();
            let mut values: Vec<&str> = said.iter().map(|fact| fact.value.as_str()).collect();
            values.dedup();
            let nobody = !self.list.iter().any(|person| person.has(item));
            let spreads = match item {
                Item::Organization | Item::Category => true,
                _ => nobody,
            };
            if values.len() == 1
                && spreads
                && let Some(fact) = said.first()
            {
                for person in &mut self.list {
                    if !person.has(item) {
                        person.facts.push((*fact).clone());
                    }
                }
            }
        }
        self.shared = shared;
    }

    /// A name guessed from a sentence, beside people with data, without any data of its own, is a
    /// mention. A name that differs from a known one in a single character is the same person.
    fn drop_weak_names(&mut self) {
        let solid = |person: &Person| {
            person.has(Item::Phone)
                || person.has(Item::IdNumber)
                || person
                    .facts
                    .iter()
                    .any(|fact| fact.item == Item::Name && fact.force == Force::Label)
        };
        if !self.list.iter().any(solid) {
            return;
        }
        let weak = |person: &Person| {
            !solid(person)
                && person.facts.iter().all(|fact| {
                    fact.item != Item::Name
                        || fact.force == Force::Guess && fact.role == Role::Listed
                })
        };
        let (gone, kept): (Vec<Person>, Vec<Person>) =
            std::mem::take(&mut self.list).into_iter().partition(weak);
        self.list = kept;
        for person in gone {
            let name = person.name().unwrap_or("").to_owned();
            let twin = self
                .list
                .iter_mut()
                .find(|other| other.name().is_some_and(|known| one_apart(known, &name)));
            if let Some(twin) = twin {
                twin.facts.extend(person.facts);
            } else {
                let facts = person.facts.into_iter();
                self.shared.extend(facts.filter(|fact| fact.item != Item::Name));
            }
        }
    }

    /// Beside several people, a record without a name and number is said of all.
    fn share_nameless(&mut self) {
        if self.list.iter().filter(|person| person.has(Item::Name)).count() < 2 {
            return;
        }
        let common = |person: &Person| {
            !person.has(Item::Name) && !person.has(Item::Phone) && !person.has(Item::IdNumber)
        };
        let (common, own): (Vec<Person>, Vec<Person>) =
            std::mem::take(&mut self.list).into_iter().partition(common);
        self.list = own;
        self.shared.extend(common.into_iter().flat_map(|person| person.facts));
    }

    /// Data without a name belong to the only person there is.
    fn join_nameless(&mut self) {
        let named = self.list.iter().filter(|person| person.has(Item::Name)).count();
        if named != 1 || self.list.len() == 1 {
            return;
        }
        let (named, nameless): (Vec<Person>, Vec<Person>) =
            std::mem::take(&mut self.list).into_iter().partition(|person| person.has(Item::Name));
        self.list = named;
        if let Some(person) = self.list.first_mut() {
            person.facts.extend(nameless.into_iter().flat_map(|person| person.facts));
        }
    }
}

/// Names of equal length that differ in one character: one of them is mistyped.
#[must_use]
pub(super) fn one_apart(a: &str, b: &str) -> bool {
    a != b
        && a.chars().count() == b.chars().count()
        && a.chars().zip(b.chars()).filter(|(x, y)| x != y).count() == 1
}
