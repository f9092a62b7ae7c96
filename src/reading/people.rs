//! From candidates to people: which value belongs to whom.

use super::fact::{Fact, Force, Role};
use super::scan::Group;
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
            Group::Stream(facts) => stream(facts, &takes, &mut people),
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

fn stream(facts: &[Fact], takes: &dyn Fn(&Fact) -> bool, people: &mut People) {
    let name_lines: Vec<usize> = facts
        .iter()
        .filter(|fact| fact.item == Item::Name && takes(fact))
        .map(|fact| fact.line)
        .collect();
    let mut distinct = name_lines.clone();
    distinct.dedup();
    let rows = name_lines.len() > 1 && distinct.len() == name_lines.len();
    let opener = opener(facts, takes);
    let mut current: Vec<usize> = Vec::new();
    let mut open = false;
    let mut aside: Option<usize> = None;
    let mut held: Vec<Fact> = Vec::new();
    let mut group_facts: Vec<Fact> = Vec::new();
    for (order, fact) in facts.iter().enumerate() {
        if fact.item == Item::Name && !fact.wrong {
            if !takes(fact) {
                people.others.push(fact.clone());
                aside = Some(fact.line);
                continue;
            }
            aside = None;
            let joined = open && group_facts.is_empty() && !current.is_empty();
            if !joined {
                people.deal(&current, &mut group_facts);
                current.clear();
            }
            let person = people.find_or_add(fact);
            if !current.contains(&person) {
                current.push(person);
            }
            open = true;
            for held in held.drain(..) {
                people.attach(person, held);
            }
            continue;
        }
        if fact.item == Item::Name && fact.wrong {
            people.deal(&current, &mut group_facts);
            people.list.push(Person::default());
            current = vec![people.list.len() - 1];
            open = true;
        }
        if fact.role == Role::Contact
            || aside == Some(fact.line)
                && fact.item != Item::Category
                && fact.block == 0
                && !leads_to_name(facts, order, takes)
        {
            continue;
        }
        if aside.is_some_and(|line| fact.block > 0 && fact.line <= line + 2)
            && fact.item == Item::Phone
        {
            continue;
        }
        let to_next = leads_to_name(facts, order, takes);
        let row_end = rows && fact.block == 0 && !name_lines.contains(&fact.line);
        if to_next || opener == Some(fact.item) && fact.block > 0 {
            held.push(fact.clone());
        } else if fact.all || current.is_empty() || row_end {
            people.shared.push(fact.clone());
        } else {
            group_facts.push(fact.clone());
        }
    }
    people.deal(&current, &mut group_facts);
    people.shared.append(&mut held);
}

/// What begins each person's block of labelled lines, when it is not the name.
fn opener(facts: &[Fact], takes: &dyn Fn(&Fact) -> bool) -> Option<Item> {
    let labelled: Vec<&Fact> = facts.iter().filter(|fact| fact.force == Force::Label).collect();
    let first = labelled.first()?;
    let names = labelled.iter().filter(|fact| fact.item == Item::Name && takes(fact)).count();
    let same = labelled.iter().filter(|fact| fact.item == first.item).count();
    (first.item != Item::Name && names > 1 && same == names).then_some(first.item)
}

/// A fact in the clause of the next name belongs to that name.
fn leads_to_name(facts: &[Fact], order: usize, takes: &dyn Fn(&Fact) -> bool) -> bool {
    let Some(fact) =
        facts.get(order).filter(|fact| fact.force < Force::Label && fact.item != Item::Gender)
    else {
        return false;
    };
    let rest = facts.get(order + 1..).unwrap_or(&[]);
    let near = rest.iter().take_while(|next| next.clause == fact.clause && next.line == fact.line);
    let mut near = near.filter(|next| next.item == Item::Name && takes(next));
    near.next().is_some()
}

impl People {
    fn find_or_add(&mut self, name: &Fact) -> usize {
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

    fn attach(&mut self, place: usize, fact: Fact) {
        if let Some(person) = self.list.get_mut(place) {
            person.facts.push(fact);
        }
    }

    /// Gives what was said after one or several joined names to them: one value each where there are
    /// as many as names, else each value to all.
    fn deal(&mut self, people: &[usize], facts: &mut Vec<Fact>) {
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
