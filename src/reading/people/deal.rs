//! Deals what running text says to the people it names.

use crate::reading::fact::{Fact, Force, Role};
use crate::reading::person::{People, Person};
use crate::reading::vocabulary::Item;

/// Which names are people concerned.
type Takes<'a> = &'a dyn Fn(&Fact) -> bool;

/// How a text is to be dealt.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent observation")]
pub(super) struct Rules<'a> {
    /// Which names are people concerned.
    pub takes: Takes<'a>,
    /// The writer is one of them.
    pub writer: bool,
    /// Nobody else is one: what is told of the writer's people is nobody's.
    pub alone: bool,
    /// The writer says who they are.
    pub named: bool,
    /// The writer's firm puts its people down: it is theirs, too.
    pub own_firm: bool,
    /// People who work for the writer come along.
    pub my_people: bool,
}

/// Goes through the candidates of a text in the order of its words.
pub(super) fn stream(facts: &[Fact], rules: Rules<'_>, people: &mut People) {
    let takes = rules.takes;
    let names = facts.iter().filter(|fact| fact.item == Item::Name && takes(fact));
    let name_lines: Vec<usize> = names.map(|fact| fact.line).collect();
    let mut distinct = name_lines.clone();
    distinct.dedup();
    let rows =
        name_lines.len() > 1 && distinct.len() == name_lines.len() && !blocks(facts, &name_lines);
    let heads = heads(facts, &name_lines);
    let mut heading_at = heading(facts, takes, Item::Organization);
    heading_at.extend(heading(facts, takes, Item::Category));
    let mut dealing = Dealing::new(people, rules, opener(facts, takes));
    for (order, fact) in facts.iter().enumerate() {
        // 我爸是农惠合作社的理事长，我自己来报
        let of_kin =
            fact.role == Role::Third && matches!(fact.item, Item::Organization | Item::Position);
        let by_writer = rules.named || !dealing.people.list.is_empty();
        if fact.role == Role::Alone || of_kin && rules.alone && by_writer {
            continue;
        }
        if fact.item == Item::Name && !fact.wrong {
            dealing.name(fact);
            continue;
        }
        if fact.item == Item::Name {
            dealing.unreadable();
        }
        // A letterhead is that of all.
        if fact.item == Item::Organization && fact.role == Role::SignOff {
            dealing.people.shared.push(fact.clone());
            continue;
        }
        if heads.contains(&(fact.item, fact.line)) || heading_at.contains(&order) {
            dealing.section(fact);
            continue;
        }
        // 我是某某公司的，和我的司机一起: the writer's firm is that of their people.
        if fact.item == Item::Organization && rules.my_people && rules.writer {
            dealing.people.shared.push(fact.clone());
        }
        let to_next = leads_to_name(facts, order, takes);
        if matches!(fact.item, Item::Position | Item::Organization)
            && names_other(facts, order, takes)
        {
            continue;
        }
        if !to_next && dealing.is_writers(fact) {
            if fact.item == Item::Organization && rules.own_firm {
                dealing.people.shared.push(fact.clone());
            }
            continue;
        }
        if dealing.is_others(fact, to_next) {
            dealing.people.theirs.push(fact.clone());
            continue;
        }
        let row_end = rows && fact.block == 0 && !name_lines.contains(&fact.line);
        dealing.say(fact, to_next, row_end);
    }
    dealing.finish();
}

/// Behind every name a line or more of what is told of that person, as behind the last one.
fn blocks(facts: &[Fact], name_lines: &[usize]) -> bool {
    let own = |fact: &&Fact| {
        fact.block == 0
            && matches!(
                fact.item,
                Item::Organization | Item::Position | Item::Category | Item::Address
            )
    };
    let told = |from: usize, to: usize| {
        facts.iter().filter(own).any(|fact| from < fact.line && fact.line < to)
    };
    let between = |pair: &[usize]| matches!(pair, [one, next] if told(*one, *next));
    let last = name_lines.last().is_some_and(|last| told(*last, usize::MAX));
    name_lines.windows(2).all(between) && last
}

struct Dealing<'a> {
    people: &'a mut People,
    rules: Rules<'a>,
    opener: Option<Item>,
    /// The people that what follows is said of.
    current: Vec<usize>,
    /// What was said of them so far.
    said: Vec<Fact>,
    /// What belongs to the next name.
    held: Vec<Fact>,
    /// The employer that led to the name before.
    before: Vec<Fact>,
    /// The line of a name that is no applicant's.
    aside: Option<usize>,
    /// The clause of a name of whom a story is told.
    told: Option<usize>,
    /// That name stands behind a label or signs: what follows on other lines can be theirs.
    far: bool,
    /// The contact's own number stands beside their name.
    reached: bool,
    /// Somebody else has signed: the rest is theirs.
    signed: bool,
    /// The line of a contact who is one of the people.
    contact: Option<usize>,
    /// What heads the rows that follow: their employer, their category.
    sections: Vec<Fact>,
    /// What was said of whom by a head above their row.
    given: Vec<(usize, Fact)>,
    /// The line of something said of all: what follows there is said of all, too.
    of_all: Option<usize>,
}

impl<'a> Dealing<'a> {
    fn new(people: &'a mut People, rules: Rules<'a>, opener: Option<Item>) -> Self {
        Self {
            people,
            sections: Vec::new(),
            given: Vec::new(),
            rules,
            opener,
            current: Vec::new(),
            said: Vec::new(),
            held: Vec::new(),
            before: Vec::new(),
            aside: None,
            told: None,
            far: false,
            reached: false,
            signed: false,
            contact: None,
            of_all: None,
        }
    }

    fn name(&mut self, fact: &Fact) {
        if !(self.rules.takes)(fact) {
            let digits = fact.evidence.quote.chars().filter(char::is_ascii_digit).count();
            self.reached |= fact.role == Role::Contact && fact.block > 0 && digits >= 7;
            self.people.others.push(fact.clone());
            // 我丈夫周建仓是老板，他顾店: a story goes on about the one of whom it is told.
            if fact.role == Role::Related && !self.current.is_empty() {
                self.told = Some(fact.clause);
                return;
            }
            self.aside = Some(fact.line);
            self.far = fact.force == Force::Label || fact.role != Role::Contact || fact.block > 0;
            self.signed |= fact.role == Role::SignOff;
            return;
        }
        self.aside = None;
        self.told = None;
        self.of_all = None;
        self.contact = (fact.role == Role::Contact).then_some(fact.line);
        if !fact.joined || !self.said.is_empty() {
            self.close();
        }
        let person = self.people.find_or_add(fact);
        if !self.current.contains(&person) {
            self.current.push(person);
        }
        // 某某厂的杨振东和于小丽: the employer is that of both.
        if !fact.joined || self.held.iter().any(|held| held.item == Item::Organization) {
            self.before.clear();
        }
        let led = |held: &&Fact| matches!(held.item, Item::Organization | Item::Category);
        self.before.extend(self.held.iter().filter(led).cloned());
        if fact.joined && self.held.is_empty() {
            self.held.clone_from(&self.before);
        }
        for held in self.held.drain(..) {
            self.people.attach(person, held);
        }
        self.given.extend(self.sections.iter().map(|fact| (person, fact.clone())));
    }

    /// A new section begins.
    fn section(&mut self, fact: &Fact) {
        self.close();
        self.sections.retain(|other| other.item != fact.item);
        self.sections.push(fact.clone());
    }

    /// A name that cannot be read still begins a person.
    fn unreadable(&mut self) {
        self.close();
        self.people.list.push(Person::default());
        self.current.push(self.people.list.len() - 1);
    }

    /// Whether it is said of a writer who speaks for others.
    fn is_writers(&self, fact: &Fact) -> bool {
        let theirs = fact.role == Role::Writer
            || self.rules.own_firm && self.aside == Some(fact.line) && fact.block == 0;
        // 刘永红，男，我在卫生院上班；家属马桂琴…: the one who was listed first speaks.
        let speaks = |person: &Person| {
            person.facts.iter().any(|fact| fact.item == Item::Name && fact.role == Role::Listed)
        };
        let first = self.people.list.len() == 1 && self.people.list.iter().any(speaks);
        let apart = !self.rules.writer && (!first || self.current.is_empty());
        apart
            && theirs
            && matches!(
                fact.item,
                Item::Organization | Item::Position | Item::Phone | Item::Address
            )
    }

    /// Whether it is said of a contact, of the writer who speaks for others, of who signs.
    fn is_others(&self, fact: &Fact, to_next: bool) -> bool {
        let category = fact.item == Item::Category;
        let beside = self.aside == Some(fact.line) && !category && fact.block == 0 && !to_next;
        let contact = fact.item == Item::Phone
            && fact.block > 0
            && self.far
            && self
                .aside
                .is_some_and(|line| fact.line <= line + 2 && !(self.reached && line < fact.line));
        let told = self.told.is_some_and(|clause| fact.clause <= clause + 1)
            && matches!(fact.item, Item::Organization | Item::Position)
            || self.told == Some(fact.clause) && self.has_other(fact);
        fact.role == Role::Related && self.aside == Some(fact.line)
            || fact.role == Role::Contact && self.contact != Some(fact.line)
            || told
            || beside
            || contact
            || self.signed && !category
    }

    /// `电话写我自己的：182…。儿子固小龙的电话是151…`: a second number, and of somebody of whom is only told.
    fn has_other(&self, number: &Fact) -> bool {
        let given = self.people.list.iter().flat_map(|person| &person.facts);
        matches!(number.item, Item::Phone | Item::IdNumber)
            && self.said.iter().chain(given).any(|fact| fact.item == number.item && !fact.wrong)
    }

    fn say(&mut self, fact: &Fact, to_next: bool, row_end: bool) {
        // 我的电话…: the writer's, whoever was named last.
        let number = matches!(fact.item, Item::Phone | Item::IdNumber) && !fact.all;
        let own = number && fact.role == Role::Writer;
        let speaks = |person: &Person| {
            person.facts.iter().any(|fact| fact.item == Item::Name && fact.role == Role::Writer)
        };
        let writer = self.people.list.iter().position(|person| own && speaks(person));
        // 他的电话…: of the other of two.
        if number && fact.role == Role::Third && self.people.list.len() > 1 {
            let other = self.people.list.iter().rposition(|person| !speaks(person));
            if let Some(other) = other {
                self.people.attach(other, fact.clone());
                return;
            }
        }
        if let Some(writer) = writer.filter(|writer| !self.current.contains(writer)) {
            self.people.attach(writer, fact.clone());
            return;
        }
        if to_next || self.opener == Some(fact.item) && fact.block > 0 {
            self.held.push(fact.clone());
        } else if fact.all || self.of_all == Some(fact.line) || self.current.is_empty() || row_end {
            self.of_all = fact.all.then_some(fact.line).or(self.of_all);
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
        for (person, fact) in self.given.drain(..) {
            if self.people.list.get(person).is_some_and(|person| !person.has(fact.item)) {
                self.people.attach(person, fact);
            }
        }
        self.people.shared.append(&mut self.held);
    }
}

/// Employers and categories that stand on lines of their own, each above its rows of people.
fn heads(facts: &[Fact], name_lines: &[usize]) -> Vec<(Item, usize)> {
    let mut heads = Vec::new();
    for item in [Item::Organization, Item::Category] {
        let own = facts.iter().filter(|fact| {
            fact.item == item && fact.force < Force::Label && !name_lines.contains(&fact.line)
        });
        let mut lines: Vec<usize> = own.map(|fact| fact.line).collect();
        lines.dedup();
        let above = |pair: &[usize]| match pair {
            [line, next] => name_lines.iter().any(|name| name > line && name < next),
            _ => false,
        };
        let last = lines.last().is_some_and(|line| name_lines.iter().any(|name| name > line));
        let first = lines.first().is_some_and(|line| name_lines.iter().all(|name| name > line));
        if lines.len() >= 2 && first && last && lines.windows(2).all(above) {
            heads.extend(lines.into_iter().map(|line| (item, line)));
        }
    }
    heads
}

/// `一、甲公司，张三…，二、乙公司，李四…`, `监督员：张三…；企业代表：李四…`: each employer or category
/// before its people.
fn heading(facts: &[Fact], takes: Takes<'_>, item: Item) -> Vec<usize> {
    let mut marks: Vec<(usize, bool)> = Vec::new();
    for (order, fact) in facts.iter().enumerate() {
        let head = fact.item == item && fact.force < Force::Label && !fact.old;
        if head && (fact.role == Role::SignOff || fact.all) {
            return Vec::new();
        }
        if head || fact.item == Item::Name && takes(fact) {
            marks.push((order, head));
        }
    }
    let heads: Vec<usize> = marks.iter().filter(|mark| mark.1).map(|mark| mark.0).collect();
    let apart = marks.windows(2).all(|pair| !matches!(pair, [(_, true), (_, true)]));
    let framed =
        marks.first().is_some_and(|mark| mark.1) && marks.last().is_some_and(|mark| !mark.1);
    if heads.len() < 2 || !apart || !framed {
        return Vec::new();
    }
    heads
}

/// What begins each person's block of labelled lines, when it is not the name.
fn opener(facts: &[Fact], takes: Takes<'_>) -> Option<Item> {
    let labelled: Vec<&Fact> = facts.iter().filter(|fact| fact.force == Force::Label).collect();
    let first = labelled.first()?;
    let names = labelled.iter().filter(|fact| fact.item == Item::Name && takes(fact)).count();
    let same = labelled.iter().filter(|fact| fact.item == first.item).count();
    (first.item != Item::Name && names > 1 && same == names).then_some(first.item)
}

/// `村文书 苏小虎`, who is no applicant: the post directly before a name is that person's.
fn names_other(facts: &[Fact], order: usize, takes: Takes<'_>) -> bool {
    let (Some(fact), Some(next)) = (facts.get(order), facts.get(order + 1)) else { return false };
    next.item == Item::Name
        && !takes(next)
        && (fact.item == Item::Position || next.role == Role::SignOff)
        && fact.force < Force::Label
        && next.line == fact.line
        && next.clause <= fact.clause + 1
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
