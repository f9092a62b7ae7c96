//! Deals what running text says to the people it names.

use super::fact::{Fact, Force, Role};
use super::people::{People, Person};
use super::vocabulary::Item;

/// Which names are people concerned.
type Takes<'a> = &'a dyn Fn(&Fact) -> bool;

/// Goes through the candidates of a text in the order of its words.
pub(super) fn stream(facts: &[Fact], takes: Takes<'_>, people: &mut People) {
    let names = facts.iter().filter(|fact| fact.item == Item::Name && takes(fact));
    let name_lines: Vec<usize> = names.map(|fact| fact.line).collect();
    let mut distinct = name_lines.clone();
    distinct.dedup();
    let rows = name_lines.len() > 1 && distinct.len() == name_lines.len();
    let mut dealing = Dealing {
        people,
        takes,
        opener: opener(facts, takes),
        current: Vec::new(),
        said: Vec::new(),
        held: Vec::new(),
        aside: None,
        signed: false,
    };
    for (order, fact) in facts.iter().enumerate() {
        if fact.item == Item::Name && !fact.wrong {
            dealing.name(fact);
            continue;
        }
        if fact.item == Item::Name {
            dealing.unreadable();
        }
        let to_next = leads_to_name(facts, order, takes);
        if dealing.is_others(fact, to_next) {
            continue;
        }
        let row_end = rows && fact.block == 0 && !name_lines.contains(&fact.line);
        dealing.say(fact, to_next, row_end);
    }
    dealing.finish();
}

struct Dealing<'a> {
    people: &'a mut People,
    takes: Takes<'a>,
    opener: Option<Item>,
    /// The people that what follows is said of.
    current: Vec<usize>,
    /// What was said of them so far.
    said: Vec<Fact>,
    /// What belongs to the next name.
    held: Vec<Fact>,
    /// The line of a name that is no applicant's.
    aside: Option<usize>,
    /// Somebody else has signed: the rest is theirs.
    signed: bool,
}

impl Dealing<'_> {
    fn name(&mut self, fact: &Fact) {
        if !(self.takes)(fact) {
            self.people.others.push(fact.clone());
            self.aside = Some(fact.line);
            self.signed |= fact.role == Role::SignOff;
            return;
        }
        self.aside = None;
        if !fact.joined || !self.said.is_empty() {
            self.close();
        }
        let person = self.people.find_or_add(fact);
        if !self.current.contains(&person) {
            self.current.push(person);
        }
        for held in self.held.drain(..) {
            self.people.attach(person, held);
        }
    }

    /// A name that cannot be read still begins a person.
    fn unreadable(&mut self) {
        self.close();
        self.people.list.push(Person::default());
        self.current.push(self.people.list.len() - 1);
    }

    /// Whether it is said of a contact, of the writer who speaks for others, of who signs.
    fn is_others(&self, fact: &Fact, to_next: bool) -> bool {
        let category = fact.item == Item::Category;
        let beside = self.aside == Some(fact.line) && !category && fact.block == 0 && !to_next;
        let contact = fact.item == Item::Phone
            && fact.block > 0
            && self.aside.is_some_and(|line| fact.line <= line + 2);
        fact.role == Role::Contact || beside || contact || self.signed && !category
    }

    fn say(&mut self, fact: &Fact, to_next: bool, row_end: bool) {
        if to_next || self.opener == Some(fact.item) && fact.block > 0 {
            self.held.push(fact.clone());
        } else if fact.all || self.current.is_empty() || row_end {
            self.people.shared.push(fact.clone());
        } else {
            self.said.push(fact.clone());
        }
    }

    fn close(&mut self) {
        self.people.deal(&self.current, &mut self.said);
        self.current.clear();
    }

    fn finish(mut self) {
        self.close();
        self.people.shared.append(&mut self.held);
    }
}

/// What begins each person's block of labelled lines, when it is not the name.
fn opener(facts: &[Fact], takes: Takes<'_>) -> Option<Item> {
    let labelled: Vec<&Fact> = facts.iter().filter(|fact| fact.force == Force::Label).collect();
    let first = labelled.first()?;
    let names = labelled.iter().filter(|fact| fact.item == Item::Name && takes(fact)).count();
    let same = labelled.iter().filter(|fact| fact.item == first.item).count();
    (first.item != Item::Name && names > 1 && same == names).then_some(first.item)
}

/// A fact in the clause of the next name belongs to that name.
fn leads_to_name(facts: &[Fact], order: usize, takes: Takes<'_>) -> bool {
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
