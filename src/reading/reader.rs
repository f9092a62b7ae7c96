//! The whole of reading: from bytes to what a message says.

use serde::{Deserialize, Serialize};

use crate::message::{
    self, Document, Headers, Machine, Message, Origin, Returned, Trust, UnreadKind, Voice,
    is_forward, is_word,
};

use super::below::{self, Below};
use super::brief::{self, Brief};
use super::case::{
    Case, FileCase, body_text, has_voice, is_reply, letter_is_notice, own_words, spoken, subject,
};
use super::categories::Categories;
use super::fact::{Fact, Force, Group, Role};
use super::labels::Labels;
use super::letter::{self, Letter};
use super::manner::{add_nameless, manner};
use super::people::{self, People};
use super::scan::Scanner;
use super::text::Text;
use super::vocabulary::{Item, Vocabulary};
use super::wish::{self, Wish};
use super::words::{contains, words};
use super::{
    Doubt, Kind, Reading, account, alone, answer, either, field, handed, intent, papers, settle,
    sharing, signature, standing, staying, supply, together, unheard, unsure,
};

words! {
    FOREIGN = "\
        营业执照 统一社会信用代码 许可证 经营范围 发票 合同 简历 聘书 荣誉证书 结婚证 户口";
    FORM_WORDS = "报名表 登记表 报名登记 开放日 回执 报名";
    FORM_LABELS = "姓名 参加人 报名 登记 推荐 参会 开放日 监督员";
}

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
    /// What the writer wants, for whom, and what is unsure.
    pub reading: Reading,
}

/// Reads messages: the vocabulary, compiled once.
#[derive(Debug)]
pub struct Reader {
    vocabulary: Vocabulary,
    labels: Labels,
    categories: Categories,
    pub(super) sight: super::pictures::Sight,
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
        let reading = self.suggest(raw, &message, self.understand(&message));
        let own = body_text(message.documents.first(), Voice::Own);
        Read {
            own: own.chars().take(MOST_WORDS).collect(),
            headers: message.headers,
            trust: message.trust,
            fingerprint: message.fingerprint,
            attachments: message.attachments,
            returned: message.returned,
            reading,
        }
    }

    /// Understands a message that is already taken apart.
    #[must_use]
    pub fn understand(&self, message: &Message) -> Reading {
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
            return Reading {
                kind,
                applicants: Vec::new(),
                doubts: Vec::new(),
                numbers,
                courtesy: false,
                accepts: false,
                brief: None,
                instead: false,
                together: None,
            };
        }
        let mut case = self.case(message, &own, letter);
        let kind = intent::decide(&case);
        let mut reading = self.conclude(kind, &mut case, message);
        reading.numbers = numbers;
        reading
    }

    fn hear(&self, folded: &str) -> Wish {
        wish::hear(folded, &self.vocabulary, &self.categories)
    }

    fn scanner(&self) -> Scanner<'_> {
        Scanner::new(&self.labels, &self.vocabulary, &self.categories)
    }

    /// Collects what the intent and the people are decided on.
    fn case(&self, message: &Message, own: &str, letter: Letter) -> Case {
        let body = message.documents.first();
        let forwarded = has_voice(body, Voice::Forwarded);
        let handed = forwarded && !letter_is_notice(&letter, &self.vocabulary)
            || message.documents.iter().any(|document| document.origin == Origin::Mail);
        let mut wish = self.hear(own);
        let own_lines = body_text(body, Voice::Own);
        let brief = own_lines.chars().filter(|c| is_word(*c)).take(81).count() <= 80;
        let alone = wish;
        let hands_on = handed
            && (brief || is_forward(&message.headers.subject))
            && !handed::asked_about(&alone, own);
        if hands_on {
            wish = handed::both(wish, self.hear(&letter.text));
        }
        let mut scanner = self.scanner();
        scanner.subject(&subject(message));
        if let Some(body) = body.filter(|_| !hands_on) {
            scanner.document(body, &[Voice::Own]);
        }
        let mut own_groups = scanner.finish();
        if let Some(body) = body.filter(|_| hands_on) {
            own_groups = handed::read(own_groups, body, &alone, &own_lines, &|| self.scanner());
        }
        let out = staying::left_out(own, &own_groups);
        if staying::only_leaves_out(&out, &wish, &own_groups) {
            (wish.cancels, wish.gives_back) = (false, false);
        }
        let mut below = Below::Nothing;
        if is_reply(message) {
            let words = (&self.labels, &self.vocabulary, &self.categories);
            below = below::read(body, own, &letter, words);
        }
        if let Below::Filled(groups) = &mut below {
            own_groups.append(groups);
        }
        if matches!(below, Below::Earlier(_)) {
            (wish.related, wish.earlier) = (true, true);
        }
        let mut files = Vec::new();
        for document in message.documents.iter().skip(1) {
            let file = self.file(document);
            if file.relevant {
                let other = self.hear(&Text::fold(&document.text()));
                wish.related |= other.related;
            }
            files.push(file);
        }
        let unread_form = message.unread.iter().any(|unread| unread.kind != UnreadKind::Other);
        let brief = brief::said(spoken(&own_lines, own), &letter.names);
        Case {
            wish,
            brief: brief.filter(|_| !hands_on && files.is_empty()),
            own: own.to_owned(),
            out,
            handed: hands_on,
            own_lines,
            letter,
            below,
            own_groups,
            files,
            reply: is_reply(message),
            unread_form,
            numbered: !letter::numbers(own, &self.vocabulary).is_empty(),
        }
    }

    /// Reads an attached document and decides whether it is about the registration.
    fn file(&self, document: &Document) -> FileCase {
        let mut scanner = self.scanner();
        scanner.document(document, &[Voice::Own, Voice::Forwarded]);
        let groups = scanner.finish();
        let text = Text::fold(&format!("{}\n{}", document.name, document.text()));
        let foreign = contains(&text, &FOREIGN) && !contains(&text, &FORM_WORDS);
        let people = groups.iter().any(|group| {
            let facts = match group {
                Group::Stream(facts) | Group::Record(facts) => facts,
            };
            facts.iter().any(|fact| {
                fact.item == Item::Name
                    && !fact.wrong
                    && fact.role != Role::Contact
                    && fact.force > Force::Guess
            })
        });
        let form = contains(&text, &FORM_LABELS);
        FileCase {
            name: document.name.clone(),
            relevant: !foreign && form,
            people: people && !foreign,
            groups,
            remarks: document.remarks.clone(),
            blank: document.is_blank(),
        }
    }

    /// From kind and candidates to the reading.
    fn conclude(&self, kind: Kind, case: &mut Case, message: &Message) -> Reading {
        let mut reading = Reading {
            kind,
            applicants: Vec::new(),
            doubts: Vec::new(),
            numbers: Vec::new(),
            courtesy: false,
            accepts: kind == Kind::Registration && answer::accepts(case),
            brief: case.brief.map(Brief::from),
            instead: kind == Kind::Change && case.wish.replaces,
            together: together::said(&case.own),
        };
        reading.courtesy = kind == Kind::Inquiry && wish::is_courtesy(&Text::fold(&case.own_lines));
        if !matches!(kind, Kind::Registration | Kind::Change | Kind::Cancellation | Kind::Status) {
            reading.doubts.extend(unsure::half_heard(kind, case));
            return reading;
        }
        let mut groups = self.candidates(case, message, &mut reading.doubts);
        let unread = unsure::unassigned(&mut groups);
        standing::weigh(kind, case, &mut groups);
        let manner = manner(kind, case, &mut groups);
        let mut people = people::gather(&groups, manner);
        if kind == Kind::Registration {
            staying::leave_out(&mut people, &case.out);
        }
        if case.letter.ours && case.reply {
            reading.doubts.extend(answer::name_from_letter(&mut people, case));
        }
        if kind == Kind::Change && case.wish.replaces {
            sharing::leaver_first(&mut people);
        }
        add_nameless(&mut people, kind);
        reading.doubts.extend(alone::look(&mut people, &groups, kind));
        reading.doubts.extend(unsure::doubts(kind, case, &people));
        self.sign(&mut people, case, message);
        if kind == Kind::Registration {
            reading.doubts.extend(supply::supply(
                &mut people,
                message,
                case,
                &self.vocabulary,
                &self.categories,
            ));
        }
        for (place, person) in people.list.iter_mut().enumerate() {
            let registers = kind == Kind::Registration;
            let second = if registers { either::take(person, &case.own) } else { None };
            let (mut applicant, doubts) = settle::settle(person, place, &self.vocabulary);
            let second = second.map(|second| (field::OTHER_CATEGORY.to_owned(), second));
            applicant.fields.extend(second);
            reading.applicants.push(applicant);
            reading.doubts.extend(doubts);
        }
        reading.doubts.extend(unread);
        settle::unborn(&mut reading, message.headers.date);
        settle::drop_empty(&mut reading);
        intent::count_announced(manner.announced.saturating_sub(case.out.len()), &mut reading);
        papers::doubt(case, message, &mut reading);
        let others = people.others.iter().any(|fact| fact.role == Role::Writer);
        let unheard = unheard::doubts(case, &reading, &groups, others);
        reading.doubts.extend(unheard.into_iter().map(unsure::plain));
        let open = account::look(case, message, &groups, &people, &reading, &self.vocabulary);
        reading.doubts.extend(open);
        unsure::nobody(&mut reading);
        reading
    }

    /// The candidates of the body and of the files that are about the registration.
    fn candidates(
        &self,
        case: &mut Case,
        message: &Message,
        doubts: &mut Vec<Doubt>,
    ) -> Vec<Group> {
        let plain = |reason: String| Doubt { reason, advice: None, concerns: None };
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
    fn sign(&self, people: &mut People, case: &Case, message: &Message) {
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
        signature::own_employer(people, &facts, &case.own);
        let [person] = people.list.as_mut_slice() else { return };
        let name = facts.iter().find(|fact| fact.item == Item::Name);
        let theirs = name.is_some_and(|name| person.name() == Some(name.value.as_str()));
        if !theirs {
            return;
        }
        for item in [Item::Phone, Item::Organization, Item::Position, Item::Address] {
            if !person.has(item) {
                person.facts.extend(
                    facts.iter().filter(|fact| fact.item == item && !fact.wrong).take(1).cloned(),
                );
            }
        }
    }
}
