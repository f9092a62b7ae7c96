//! The whole of reading: from bytes to what a message says.

use serde::{Deserialize, Serialize};

use crate::message::{
    self, Document, Headers, Machine, Message, Origin, Returned, Trust, UnreadKind, Voice,
    is_forward,
};

use super::case::{
    Case, FileCase, body_text, has_voice, is_reply, letter_is_notice, own_words, subject,
};
use super::categories::Categories;
use super::fact::Group;
use super::fact::{Fact, Force, Role};
use super::labels::Labels;
use super::letter::{self, Letter};
use super::papers;
use super::people::{self, Manner, People, Person};
use super::scan::Scanner;
use super::settle;
use super::text::Text;
use super::vocabulary::{Item, Vocabulary};
use super::wish::{self, Wish};
use super::words::{contains, words};
use super::{Applicant, Doubt, Kind, Reading, intent};

words! {
    /// The writer speaks of somebody else.
    THIRD = "他 她 我妈 我爸 爱人 父亲 母亲 丈夫 妻子 老公 媳妇 儿子 女儿 同事 老人家";
    /// An office speaks of itself.
    OWN_FIRM = "我公司 我单位 我厂 我校 我店 我社 我院 我局 本公司 本单位 本校 本厂 本店 我们公司 我们单位 我们厂 我们店 我所 我站 我司 我合作社";
    FOREIGN = "\
        营业执照 统一社会信用代码 许可证 经营范围 发票 合同 简历 聘书 荣誉证书 结婚证 户口";
    FORM_WORDS = "\
        报名表 登记表 报名登记 开放日 回执 报名";
    FORM_LABELS = "\
        姓名 参加人 报名 登记 推荐 参会";
}

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
    /// What the writer wants, for whom, and what is unsure.
    pub reading: Reading,
}

/// Reads messages: the vocabulary, compiled once.
#[derive(Debug)]
pub struct Reader {
    vocabulary: Vocabulary,
    labels: Labels,
    categories: Categories,
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
        Self { vocabulary, labels, categories }
    }

    /// Reads a message. Total: any bytes give a reading.
    #[must_use]
    pub fn read(&self, raw: &[u8]) -> Read {
        let message = message::parse(raw, &self.vocabulary.servers);
        let reading = self.understand(&message);
        Read {
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
            };
        }
        let case = self.case(message, &own, letter);
        let kind = intent::decide(&case);
        let mut reading = self.conclude(kind, &case, message);
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
        let handed = has_voice(body, Voice::Forwarded)
            && !letter_is_notice(&letter, &self.vocabulary)
            || message.documents.iter().any(|document| document.origin == Origin::Mail);
        let mut wish = self.hear(own);
        let own_lines = body_text(body, Voice::Own);
        let mut voices = vec![Voice::Own];
        let brief = own_lines.chars().filter(|c| c.is_alphanumeric()).take(81).count() <= 80;
        let hands_on = handed && (brief || is_forward(&message.headers.subject));
        if hands_on {
            voices.push(Voice::Forwarded);
            let other = self.hear(&letter.text);
            wish = Wish {
                registers: wish.registers || other.registers,
                cancels: wish.cancels || other.cancels,
                changes: wish.changes || other.changes,
                asks_status: wish.asks_status || other.asks_status,
                related: wish.related || other.related,
                earlier: wish.earlier || other.earlier,
                first_person: other.first_person,
                together: other.together,
                asks: other.asks,
                ..wish
            };
        }
        let mut scanner = self.scanner();
        scanner.subject(&subject(message));
        if let Some(body) = body {
            scanner.document(body, &voices);
        }
        let own_groups = scanner.finish();
        let mut files = Vec::new();
        for document in message.documents.iter().skip(1) {
            let file = self.file(document);
            if file.relevant {
                let other = self.hear(&Text::new(&document.text()).folded);
                wish.related |= other.related;
            }
            files.push(file);
        }
        let unread_form = message.unread.iter().any(|unread| unread.kind != UnreadKind::Other);
        Case {
            wish,
            own: own.to_owned(),
            own_lines,
            letter,
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
        let text = Text::new(&format!("{}\n{}", document.name, document.text())).folded;
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
    fn conclude(&self, kind: Kind, case: &Case, message: &Message) -> Reading {
        let mut reading = Reading {
            kind,
            applicants: Vec::new(),
            doubts: Vec::new(),
            numbers: Vec::new(),
            courtesy: false,
        };
        reading.courtesy =
            kind == Kind::Inquiry && wish::is_courtesy(&Text::new(&case.own_lines).folded);
        if !matches!(kind, Kind::Registration | Kind::Change | Kind::Cancellation | Kind::Status) {
            return reading;
        }
        for remark in message.documents.first().into_iter().flat_map(|body| &body.remarks) {
            reading.doubts.push(Doubt {
                reason: format!("正文：{remark}"),
                advice: None,
                concerns: None,
            });
        }
        let mut groups = case.own_groups.clone();
        for file in case.files.iter().filter(|file| file.relevant && file.people) {
            groups.extend(file.groups.iter().cloned());
            for remark in &file.remarks {
                reading.doubts.push(Doubt {
                    reason: format!("{}：{remark}", file.name),
                    advice: None,
                    concerns: None,
                });
            }
        }
        for group in &mut groups {
            self.clean(group);
        }
        if kind == Kind::Change {
            intent::mark_old(&mut groups, &case.own);
        }
        let third = contains(&case.own, &THIRD);
        let first_person = case.wish.first_person || kind != Kind::Registration && !third;
        let own_firm = first_person || contains(&case.own, &OWN_FIRM);
        for group in &mut groups {
            let (Group::Stream(facts) | Group::Record(facts)) = group;
            facts.retain(|fact| {
                own_firm || fact.item != Item::Organization || fact.role != Role::SignOff
            });
        }
        let together = case.wish.together || intent::announced(&case.own) > 1;
        let manner = Manner { together, first_person };
        let mut people = people::gather(&groups, manner);
        if case.letter.ours && case.reply {
            intent::name_from_letter(&mut people, &case.letter);
        }
        add_nameless(&mut people, kind);
        self.sign(&mut people, message);
        for (place, person) in people.list.iter().enumerate() {
            let (applicant, doubts) = settle::settle(person, place, &self.vocabulary);
            reading.applicants.push(applicant);
            reading.doubts.extend(doubts);
        }
        drop_empty(&mut reading);
        intent::count_announced(&case.own, &mut reading);
        papers::doubt(case, message, &mut reading);
        reading
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
                let folded = Text::new(&fact.value).folded;
                !self.vocabulary.bureau_names.iter().any(|name| {
                    folded == *name || folded.ends_with(name.as_str()) && fact.force < Force::Label
                })
            }
            Item::Name => !self.vocabulary.staff.contains(&fact.value),
            _ => true,
        });
    }

    /// The writer's own card fills what the writer's registration lacks.
    fn sign(&self, people: &mut People, message: &Message) {
        let [person] = people.list.as_mut_slice() else { return };
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

/// A registration that names nobody but says something of the writer.
fn add_nameless(people: &mut People, kind: Kind) {
    if people.list.is_empty() {
        let facts: Vec<Fact> = people
            .shared
            .iter()
            .filter(|fact| !matches!(fact.item, Item::Ignored | Item::Contact))
            .cloned()
            .collect();
        let useful = facts.iter().any(|fact| {
            matches!(fact.item, Item::Phone | Item::IdNumber | Item::Category) && !fact.wrong
        });
        if useful || kind == Kind::Change && !facts.is_empty() {
            people.list.push(Person { facts });
        }
    }
}

/// People of whom nothing is known are none; places in doubts follow.
fn drop_empty(reading: &mut Reading) {
    let doubted: Vec<usize> = reading
        .doubts
        .iter()
        .filter_map(|doubt| doubt.concerns.as_ref().map(|(place, _)| *place))
        .collect();
    let keep: Vec<bool> = reading
        .applicants
        .iter()
        .enumerate()
        .map(|(place, applicant)| !applicant.fields.is_empty() || doubted.contains(&place))
        .collect();
    let mut order = 0;
    let moved: Vec<usize> = keep
        .iter()
        .map(|kept| {
            let now = order;
            order += usize::from(*kept);
            now
        })
        .collect();
    for doubt in &mut reading.doubts {
        if let Some((place, _)) = &mut doubt.concerns {
            *place = moved.get(*place).copied().unwrap_or(0);
        }
    }
    let mut kept = keep.iter();
    reading.applicants.retain(|_: &Applicant| kept.next().copied().unwrap_or(true));
}
