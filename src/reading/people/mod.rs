//! From candidates to people: which value belongs to whom.

pub(super) mod announced;
mod deal;
mod declined;
pub(super) mod either;
pub(super) mod excepted;
pub(super) mod in_turn;
pub(super) mod manner;
pub(super) mod older;
mod on_behalf;
mod one_number;
mod others_work;
pub(super) mod selection;
pub(super) mod settle;
pub(super) mod sharing;
mod shop_names;
mod singled_out;
pub(super) mod signed;
mod spread;
pub(super) mod standing;
pub(super) mod stated;
pub(super) mod staying;
pub(super) mod supply;
pub(super) mod together;
pub(super) mod unemployed;
mod whose;
mod writers;

use crate::reading::fact::{Fact, Force, Group, Role};
use crate::reading::forms::examples;
use crate::reading::language::text::one_apart;
use crate::reading::person::{Manner, People, Person};
use crate::reading::vocabulary::Item;
use writers::{writer_has_category, writer_is_apart, writer_is_one_of_both};

/// Distributes candidates to people.
#[must_use]
pub(super) fn gather(groups: &[Group], manner: Manner) -> People {
    let names = groups.iter().flat_map(Group::facts).filter(|fact| fact.item == Item::Name);
    let roles: Vec<Role> = names.map(|fact| fact.role).collect();
    let has = |role: Role| roles.contains(&role);
    let listed = groups.iter().flat_map(Group::facts).any(|fact| {
        fact.item == Item::Name && fact.role == Role::Listed && fact.force >= Force::Prose
    });
    let spoken_for = has(Role::Beneficiary)
        || listed && has(Role::Writer) && (manner.writer_in || writer_is_apart(groups));
    let both = !manner.writer_in && writer_is_one_of_both(groups);
    let together = manner.together || both || writer_has_category(groups, manner.too);
    // 代村民马成万报名, and below his own words: 我是马成万.
    let names = || groups.iter().flat_map(Group::facts).filter(|fact| fact.item == Item::Name);
    let own_words = names().any(|writer| {
        writer.role == Role::Writer
            && names().any(|one| one.role == Role::Beneficiary && one.value == writer.value)
    });
    let is_writer = |name: &str| {
        let mut names = groups.iter().flat_map(Group::facts);
        names.any(|fact| fact.role == Role::Writer && fact.value == name)
    };
    // A contact who is one of the people: what is said there is theirs.
    let among = |contact: &Fact| {
        groups.iter().flat_map(Group::facts).any(|fact| {
            fact.item == Item::Name
                && fact.value == contact.value
                && matches!(fact.role, Role::Listed | Role::Beneficiary)
        })
    };
    let takes = |fact: &Fact| match fact.role {
        Role::Beneficiary => true,
        // Who writes for others signs below.
        Role::Listed => !has(Role::Beneficiary) || together || !is_writer(&fact.value),
        Role::Writer => !manner.writer_out && (!spoken_for || together),
        Role::SignOff => {
            together || manner.first_person && !spoken_for && !listed && !has(Role::Writer)
        }
        Role::Related => !spoken_for && !listed && !has(Role::Writer),
        Role::Contact => among(fact),
        // Who is put down together is put down; of a place given back only the one singled out is concerned.
        Role::Beside => manner.registers,
        Role::Alone | Role::Third | Role::Unnamed => false,
    };
    let mut people = People::default();
    let dealing = deal::Rules {
        takes: &takes,
        writer: !spoken_for || together || own_words,
        alone: !spoken_for && !manner.together && !has(Role::Related),
        named: has(Role::Writer),
        own_firm: manner.own_firm,
        my_people: manner.my_people,
    };
    for group in groups {
        match group {
            Group::Record(facts) => people.add(Person { facts: facts.clone() }),
            Group::Stream(facts) => deal::stream(facts, dealing, &mut people),
        }
    }
    people.drop_samples();
    sharing::unnamed_numbers(&mut people, manner);
    sharing::in_order_of_list(&mut people, groups);
    people.misspelt_signature();
    if manner.too {
        people.share_category();
    }
    people.settle(manner);
    shop_names::leave_out(&mut people);
    people
}

impl People {
    /// The place of the person with this name.
    pub(super) fn find_or_add(&mut self, name: &Fact) -> usize {
        // 姓名：禹国庆, and later 叫国庆: by the given name.
        let given = |full: &Fact| {
            full.force == Force::Label
                && name.force < Force::Label
                && full.value.chars().count() == 3
                && full.value.ends_with(&name.value)
        };
        let known = self.list.iter().position(|person| {
            person
                .facts
                .iter()
                .any(|fact| fact.item == Item::Name && (fact.value == name.value || given(fact)))
        });
        if let Some(place) = known.filter(|place| {
            self.list.get(*place).is_some_and(|person| person.facts.iter().any(given))
        }) {
            return place;
        }
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
        if let [place] = people {
            for fact in facts {
                self.attach(*place, fact);
            }
            return;
        }
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
                    && !sharing::namesakes(other, &person)
            })
        });
        match known.and_then(|place| self.list.get_mut(place)) {
            Some(other) => other.facts.extend(person.facts),
            None => self.list.push(person),
        }
    }

    /// `张三 13800138000`: whom a form makes up to show how it is filled in, beside those who fill it in.
    fn drop_samples(&mut self) {
        let made_up = |person: &Person| {
            let mut facts = person.facts.iter();
            facts.any(|fact| fact.item == Item::Phone && examples::is_made_up(&fact.value))
        };
        if self.list.iter().any(|person| !made_up(person) && person.has(Item::Name)) {
            self.list.retain(|person| !made_up(person));
        }
    }

    /// `本人罕建平…`, signed 罕建萍: one of the two is mistyped.
    fn misspelt_signature(&mut self) {
        let [person] = self.list.as_mut_slice() else { return };
        let writer = person.facts.iter().find(|fact| fact.role == Role::Writer).cloned();
        let signed = self.others.iter().find(|other| {
            other.role == Role::SignOff
                && writer.as_ref().is_some_and(|writer| one_apart(&writer.value, &other.value))
        });
        person.facts.extend(signed.cloned());
    }

    /// Joins what belongs together and spreads what is said once for all.
    fn settle(&mut self, manner: Manner) {
        let announced = manner.announced;
        // As many named as announced: none of them is a mere mention.
        if !manner.mends && (self.list.len() != announced || announced < 2) {
            self.drop_weak_names();
        }
        sharing::signer_beside(self, announced);
        self.join_misspelt();
        one_number::join(&mut self.list);
        self.join_nameless();
        self.share_nameless();
        if self.list.len() != announced && !(manner.together && self.list.len() == 2) {
            self.bare = bare(&self.list);
        }
        // Of two who change places, each has what is said of them.
        if manner.registers || manner.together && !manner.mends {
            sharing::last_category(&mut self.list);
        }
        if manner.registers || manner.together {
            sharing::last_employer(&mut self.list);
        }
        let single = self.list.len() == 1;
        if !single {
            sharing::respectively(&mut self.list, &mut self.shared);
        }
        let shared = std::mem::take(&mut self.shared);
        if single {
            if let Some(person) = self.list.first_mut() {
                person.facts.extend(shared);
            }
            return;
        }
        spread::spread(&mut self.list, &shared, manner);
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

    /// `报名：马俊杰` in the subject, `姓名：马军杰` in the body: one person, one of the names mistyped.
    fn join_misspelt(&mut self) {
        let bare = |person: &Person| !person.has(Item::Phone) && !person.has(Item::IdNumber);
        let Some(place) = self.list.iter().position(bare) else { return };
        let Some(person) = self.list.get(place) else { return };
        // 报名：马晓燕 in the subject, 马小艳 behind the label.
        let headed = person.documents().all(|document| document == "主题");
        let apart = |other: &Person| {
            let names = person.name().zip(other.name());
            let sounds = |one: &str, other: &str| {
                headed
                    && one.chars().next() == other.chars().next()
                    && one.chars().count() == other.chars().count()
                    && self.list.len() == 2
            };
            // 我叫马小梅，…, and below it 申请人：马晓梅: the same person signs.
            let writes = |fact: &Fact| fact.item == Item::Name && fact.role == Role::Writer;
            let signed = self.list.len() == 2
                && person
                    .facts
                    .iter()
                    .all(|fact| fact.item == Item::Name || fact.item == Item::Category)
                && other.facts.iter().any(writes)
                && names.is_some_and(|(name, other)| one_apart(name, other));
            if signed {
                return true;
            }
            names.is_some_and(|(name, other)| one_apart(name, other) || sounds(name, other))
                && !person.documents().any(|document| other.documents().any(|one| one == document))
        };
        let Some(twin) = self.list.iter().position(apart) else { return };
        let facts = self.list.get(place).map(|person| person.facts.clone()).unwrap_or_default();
        if let Some(twin) = self.list.get_mut(twin) {
            twin.facts.extend(facts);
        }
        self.list.remove(place);
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

/// People of whom nothing but a name is said, beside others with a number of their own.
fn bare(list: &[Person]) -> Vec<String> {
    let numbered = |person: &Person| person.has(Item::Phone) || person.has(Item::IdNumber);
    if list.len() < 2 || !list.iter().any(numbered) {
        return Vec::new();
    }
    let joined = |person: &Person| person.facts.iter().any(|fact| fact.joined);
    let only_name = |person: &Person| {
        person
            .facts
            .iter()
            .all(|fact| fact.item == Item::Name && fact.force < Force::Label && !fact.joined)
    };
    let mut names = Vec::new();
    for (place, person) in list.iter().enumerate() {
        let in_row = list.get(place + 1).is_some_and(joined);
        if only_name(person)
            && !in_row
            && let Some(name) = person.name()
        {
            names.push(name.to_owned());
        }
    }
    names
}
