//! The whole of reading: from bytes to what a message says.

use serde::{Deserialize, Serialize};

use crate::message::{self, Headers, Machine, Message, Returned, Trust, Voice};

use super::context::below::{self, Below};
use super::context::case::{Case, body_text, own_words};
use super::context::letter;
use super::doubts::account;
use super::doubts::overlooked;
use super::doubts::papers;
use super::doubts::passed_over;
use super::doubts::pictures;
use super::doubts::unheard;
use super::doubts::unsure;
use super::fact::Group;
use super::fact::{Fact, Force, Role};
use super::forms::labels::Labels;
use super::forms::tidied;
use super::intent;
use super::intent::answer;
use super::language::text::Text;
use super::people;
use super::people::announced;
use super::people::either;
use super::people::excepted;
use super::people::in_turn;
use super::people::manner::{add_nameless, manner};
use super::people::selection;
use super::people::settle;
use super::people::sharing;
use super::people::signed;
use super::people::standing;
use super::people::staying;
use super::people::supply;
use super::people::together;
use super::person::People;
use super::prose::alone;
use super::scan::Scanner;
use super::values::categories::Categories;
use super::values::plausible;
use super::vocabulary::{Item, Vocabulary};
use super::wish::brief::Brief;
use super::wish::polite;
use super::{Doubt, Kind, Reading, field};

/// Characters of the writer's own words in which an event is looked for.
const MOST_WORDS: usize = 2000;

/// Everything that one message says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// What the headers say.
    pub headers: Headers,
    /// How far the receiving server vouches for the sender.
    pub trust: Trust,
    /// SHA-256 of the content (see [`Message::fingerprint`]).
    pub fingerprint: [u8; 32],
    /// The names of all attachments.
    pub attachments: Vec<String>,
    /// What it says of a mail of ours that came back, when it is a bounce.
    pub returned: Option<Returned>,
    /// The beginning of the writer's own words, as they stand: they may name an event.
    pub own: String,
    /// A person must look at a picture, and no recogniser did before.
    pub unseen: bool,
    /// What the writer wants, for whom, and what is unsure.
    pub reading: Reading,
}

/// Reads messages: the vocabulary, compiled once.
#[derive(Debug)]
pub struct Reader {
    pub(super) vocabulary: Vocabulary,
    pub(super) labels: Labels,
    pub(super) categories: Categories,
    pub(super) sight: pictures::Sight,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new(Vocabulary::default())
    }
}

impl Reader {
    /// Compiles a vocabulary.
    #[must_use]
    pub fn new(vocabulary: Vocabulary) -> Self {
        let labels = Labels::new(&vocabulary);
        let categories = Categories::new(&vocabulary);
        Self { vocabulary, labels, categories, sight: None }
    }

    /// Reads a message. Total: any bytes give a reading.
    #[must_use]
    pub fn read(&self, raw: &[u8]) -> Read {
        let message = message::parse(raw, &self.vocabulary.servers);
        let mut reading = self.understand(&message);
        let pictured = pictures::must_be_seen(&message, &reading);
        if pictured {
            self.suggest(raw, &message, &mut reading);
        }
        let own = body_text(message.documents.first(), Voice::Own);
        Read {
            own: own.chars().take(MOST_WORDS).collect(),
            headers: message.headers,
            trust: message.trust,
            fingerprint: message.fingerprint,
            attachments: message.attachments,
            returned: message.returned,
            unseen: pictured && self.sight.is_none(),
            reading,
        }
    }

    /// Understands a message that is already taken apart.
    #[must_use]
    pub fn understand(&self, message: &Message) -> Reading {
        let tidied = tidied::message(message, &self.labels);
        let message = tidied.as_ref().unwrap_or(message);
        let letter = letter::read(message, &self.vocabulary);
        let own = own_words(message);
        let mut numbers = letter::numbers(&own, &self.vocabulary);
        for number in letter::numbers(&letter.text, &self.vocabulary) {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        if let Some(machine) = message.machine {
            let kind = match machine {
                Machine::Bounce => Kind::Bounce,
                Machine::Automatic => Kind::Automatic,
                Machine::Bulk => Kind::Bulk,
            };
            return Reading { numbers, ..Reading::of(kind) };
        }
        let mut case = self.case(message, &own, letter);
        let kind = intent::decide(&case);
        let mut reading = self.conclude(kind, &mut case, message);
        reading.numbers = numbers;
        reading
    }

    pub(super) fn scanner(&self) -> Scanner<'_> {
        Scanner::new(&self.labels, &self.vocabulary, &self.categories)
    }

    /// From kind and candidates to the reading.
    fn conclude(&self, kind: Kind, case: &mut Case, message: &Message) -> Reading {
        let mut reading = Reading {
            courtesy: kind == Kind::Inquiry && polite::is_courtesy(&Text::fold(&case.own_lines)),
            accepts: kind == Kind::Registration && answer::accepts(case),
            brief: case.brief.map(Brief::from),
            instead: kind == Kind::Change && case.wish.replaces,
            together: together::said(&case.own),
            ..Reading::of(kind)
        };
        if !matches!(kind, Kind::Registration | Kind::Change | Kind::Cancellation | Kind::Status) {
            reading.doubts.extend(unsure::half_heard(kind, case));
            let passed_over = overlooked::reason(kind, case, message).map(unsure::plain);
            reading.doubts.extend(passed_over.filter(|_| reading.doubts.is_empty()));
            return reading;
        }
        let mut groups = self.candidates(case, message, &mut reading.doubts);
        if kind == Kind::Registration {
            selection::apply(&mut groups, &case.own);
        }
        let unread = unsure::unassigned(&mut groups);
        standing::weigh(kind, case, &self.categories, &mut groups);
        let manner = manner(kind, case, &mut groups);
        let mut people = people::gather(&groups, manner);
        excepted::apply(&mut people, &case.own);
        in_turn::apply(&mut people, &case.own, &self.categories);
        if kind == Kind::Registration {
            staying::leave_out(&mut people, &case.out);
        } else if kind == Kind::Cancellation {
            staying::keep_concerned(&mut people, &case.own, &case.out);
        }
        if case.letter.ours && case.reply {
            reading.doubts.extend(answer::name_from_letter(&mut people, case));
        }
        if kind == Kind::Change && case.wish.replaces {
            sharing::leaver_first(&mut people, case.wish.in_my_place);
        }
        add_nameless(&mut people, kind);
        reading.doubts.extend(alone::look(&mut people, &groups, kind));
        let (own, plainly) = signed::of_writer(kind, case);
        if plainly {
            self.sign(&mut people, case, message, own);
        }
        reading.doubts.extend(unsure::doubts(kind, case, &people));
        if !plainly {
            self.sign(&mut people, case, message, own);
        }
        if kind == Kind::Registration {
            let (words, categories) = (&self.vocabulary, &self.categories);
            let added = supply::supply(&mut people, message, case, words, categories);
            reading.doubts.extend(added);
        }
        self.settle(&mut people, case, &mut reading);
        reading.doubts.extend(unsure::still_open(unread, &reading));
        settle::unborn(&mut reading, message.headers.date);
        plausible::leave_out(&mut reading);
        settle::drop_empty(&mut reading);
        announced::count(manner.announced.saturating_sub(case.out.len()), &mut reading);
        papers::doubt(case, message, &mut reading);
        let others = people.others.iter().any(|fact| fact.role == Role::Writer);
        let unheard = unheard::doubts(case, &reading, &groups, others);
        reading.doubts.extend(unheard.into_iter().map(unsure::plain));
        let passed_over = passed_over::doubts(case, message, &reading, &self.vocabulary);
        let passed_over =
            passed_over.into_iter().filter(|reason| !unheard::of_somebody_else(&groups, reason));
        reading.doubts.extend(passed_over.map(unsure::plain));
        let open = account::look(case, message, &groups, &people, &reading, &self.vocabulary);
        reading.doubts.extend(open);
        unsure::nobody(&mut reading);
        reading
    }

    /// One value a field for each of them, or a doubt.
    fn settle(&self, people: &mut People, case: &Case, reading: &mut Reading) {
        let registers = reading.kind == Kind::Registration;
        for (place, person) in people.list.iter_mut().enumerate() {
            let second = if registers { either::take(person, &case.own) } else { None };
            let (mut applicant, doubts) = settle::settle(person, place, &self.vocabulary);
            applicant.fields.extend(second.map(|one| (field::OTHER_CATEGORY.to_owned(), one)));
            reading.applicants.push(applicant);
            reading.doubts.extend(doubts);
        }
    }

    /// The candidates of the body and of the files that are about the registration.
    fn candidates(
        &self,
        case: &mut Case,
        message: &Message,
        doubts: &mut Vec<Doubt>,
    ) -> Vec<Group> {
        let plain = unsure::plain;
        let remarks = message.documents.first().into_iter().flat_map(|body| &body.remarks);
        doubts.extend(remarks.map(|remark| plain(format!("正文：{remark}"))));
        let mut groups = std::mem::take(&mut case.own_groups);
        if let Below::Earlier(earlier) = &case.below {
            below::add_earlier(&mut groups, earlier);
        }
        for file in case.files.iter().filter(|file| file.relevant && file.people) {
            groups.extend(file.groups.iter().cloned());
            let remarks = file.remarks.iter();
            doubts.extend(remarks.map(|remark| plain(format!("{}：{remark}", file.name))));
        }
        for group in &mut groups {
            self.clean(group);
        }
        groups
    }

    /// Removes what belongs to the bureau itself.
    fn clean(&self, group: &mut Group) {
        let facts = match group {
            Group::Stream(facts) | Group::Record(facts) => facts,
        };
        facts.retain(|fact| match fact.item {
            Item::Phone => {
                let digits: String = fact.value.chars().filter(char::is_ascii_digit).collect();
                fact.wrong || !self.vocabulary.bureau_phones.contains(&digits)
            }
            Item::Organization => {
                let folded = Text::fold(&fact.value);
                !self.vocabulary.bureau_names.iter().any(|name| {
                    folded == *name || folded.ends_with(name.as_str()) && fact.force < Force::Label
                })
            }
            Item::Name => !self.vocabulary.staff.contains(&fact.value),
            _ => true,
        });
    }

    /// The writer's own card fills what the writer's registration lacks.
    fn sign(&self, people: &mut People, case: &Case, message: &Message, own: bool) {
        let nameless = own && people.others.is_empty();
        let mut scanner = self.scanner();
        if let Some(body) = message.documents.first() {
            scanner.document(body, &[Voice::Signature]);
        }
        let mut groups = scanner.finish();
        let facts: Vec<Fact> = groups
            .iter_mut()
            .flat_map(|group| {
                self.clean(group);
                match group {
                    Group::Stream(facts) | Group::Record(facts) => std::mem::take(facts),
                }
            })
            .collect();
        signed::own_employer(people, &facts, &case.own);
        let [person] = people.list.as_mut_slice() else { return };
        let name = facts.iter().find(|fact| fact.item == Item::Name);
        // 想参加, and no name but that of the signature: the writer's own.
        if let Some(name) = name.filter(|_| nameless && person.name().is_none()) {
            person.facts.push(name.clone());
        }
        let theirs = name.is_some_and(|name| person.name() == Some(name.value.as_str()));
        if !theirs {
            return;
        }
        for item in [Item::Phone, Item::Organization, Item::Position, Item::Address] {
            if !person.has(item) {
                let mut told = facts.iter().filter(|fact| fact.item == item && !fact.wrong);
                let first = told.clone().next();
                // A mobile number beside that of the desk.
                let mobile = told.find(|fact| item == Item::Phone && !fact.value.contains('-'));
                person.facts.extend(mobile.or(first).cloned());
            }
        }
    }
}

/// What the default reader makes of a letter with this body.
#[cfg(test)]
pub(super) fn read_letter(body: &str) -> Reading {
    let head =
        "From: <a@example.cn>\r\nSubject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
    Reader::default().read(format!("{head}{body}\r\n").as_bytes()).reading
}
