//! Collects what the intent and the people are decided on: the writer's words, what they hand on, the files.

use crate::message::{Document, Message, Origin, UnreadKind, Voice, is_forward, is_word};

use super::context::below::{self, Below};
use super::context::case::{
    Case, FileCase, body_text, has_voice, is_reply, letter_is_notice, spoken, subject,
};
use super::context::disowned;
use super::context::handed;
use super::context::letter::{self, Letter};
use super::doubts::versions;
use super::fact::{Fact, Force, Group, Role};
use super::language::text::Text;
use super::language::words::{contains, words};
use super::people::staying;
use super::reader::Reader;
use super::vocabulary::Item;
use super::wish::brief;
use super::wish::{self, Wish};

words! {
    FOREIGN = "\
        营业执照 统一社会信用代码 许可证 经营范围 发票 合同 简历 聘书 荣誉证书 结婚证 户口 候选人 选举公告 变更登记申请 设立登记 注销登记 \
        工资表 值班表 通讯录 会议纪要 成绩单 处方 病历 收据 欠条 租赁协议";
    FORM_WORDS = "推荐表 自荐表 申请表 报名表 登记表 报名登记 开放日 回执 报名";
    PATTERN = "照他 照她 照这 照着 这样写 这样填 也这么写";
    FORM_LABELS = "姓名 参加人 报名 登记 推荐 参会 开放日 监督员";
}

/// So many characters only point to a file.
const POINTS: usize = 40;

/// A few words in which nobody is named and nothing but a registration is wanted.
fn points_to_file(wish: &Wish, groups: &[Group], own_lines: &str) -> bool {
    let brief = own_lines.chars().filter(|c| is_word(*c)).nth(POINTS).is_none();
    let other = wish.cancels || wish.changes || wish.asks_status || wish.elsewhere || wish.papers;
    let told = groups.iter().flat_map(Group::facts).any(|fact| {
        matches!(fact.item, Item::Phone | Item::IdNumber)
            || fact.item == Item::Name && fact.force > Force::Guess && fact.role != Role::SignOff
    });
    brief && !other && !told
}

impl Reader {
    /// Collects what the intent and the people are decided on.
    pub(super) fn case(&self, message: &Message, own: &str, letter: Letter) -> Case {
        let body = message.documents.first();
        let forwarded = has_voice(body, Voice::Forwarded);
        let handed = forwarded && !letter_is_notice(&letter, &self.vocabulary)
            || message.documents.iter().any(|document| document.origin == Origin::Mail);
        let mut wish = self.hear(own);
        let own_lines = body_text(body, Voice::Own);
        let brief = own_lines.chars().filter(|c| is_word(*c)).take(81).count() <= 80;
        let alone = wish;
        // The subject of a mail that is handed on is that of the other's.
        let said = is_forward(&message.headers.subject).then(|| self.hear(&Text::fold(&own_lines)));
        let said = said.unwrap_or(alone);
        // 我照他这样写一封行不行: what was sent is only a pattern.
        let pattern = said.undecided || contains(&own_lines, &PATTERN);
        let asked = if pattern { &said } else { &alone };
        let hands_on = handed
            && (brief || is_forward(&message.headers.subject))
            && !handed::asked_about(asked, own)
            && !handed::speaks_for_self(&alone, &own_lines);
        if hands_on {
            wish = wish.handing_on(self.hear(&letter.text));
            if handed::looked_up(&said, &Text::fold(&own_lines)) {
                (wish.registers, wish.earlier) = (false, true);
            }
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
        // 下面是我9月15日发给贵局的报名内容: one's own letter may stand below without being answered.
        if is_reply(message) || !hands_on && alone.of_earlier() {
            let words = (&self.labels, &self.vocabulary, &self.categories);
            below = below::read(body, own, &letter, words);
        }
        if let Below::Filled(groups) = &mut below {
            own_groups.append(groups);
        }
        if matches!(below, Below::Earlier(_)) {
            (wish.related, wish.earlier) = (true, true);
        }
        let files = self.files(message, &mut wish, &mut own_groups, (&alone, &own_lines), hands_on);
        let no_form = [UnreadKind::Other, UnreadKind::Inline];
        let unread_form = message.unread.iter().any(|unread| !no_form.contains(&unread.kind));
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

    /// Reads the attached documents; who passes a mail on that came as a file is no applicant.
    fn files(
        &self,
        message: &Message,
        wish: &mut Wish,
        own_groups: &mut [Group],
        (alone, own_lines): (&Wish, &str),
        hands_on: bool,
    ) -> Vec<FileCase> {
        let mut files: Vec<FileCase> = Vec::new();
        for document in message.documents.iter().skip(1) {
            let text = Text::fold(&format!("{}\n{}", document.name, document.text()));
            let mut file = self.file(document, &text);
            if file.people
                && !file.groups.is_empty()
                && versions::papers_only(own_groups, &file.groups, contains(&text, &FORM_WORDS))
            {
                (file.relevant, file.people) = (false, false);
            }
            if file.relevant {
                let other = self.hear(&text);
                wish.related |= other.related;
                // The mail that is handed on came as a file.
                if document.origin == Origin::Mail && hands_on && other.registers {
                    wish.registers = true;
                    wish.elsewhere &= other.elsewhere;
                }
            } else if document.origin != Origin::Mail && !contains(&text, &FOREIGN) {
                // 写在文本里了: the letter itself came as a file.
                let letter = self.hear(&text);
                let written = letter.registers && !letter.papers && !letter.elsewhere;
                if written && file.people && points_to_file(wish, own_groups, own_lines) {
                    file.relevant = true;
                    *wish = wish.handing_on(letter);
                }
            }
            files.push(file);
        }
        versions::settle(&mut files, own_lines);
        disowned::settle(&mut files, own_lines);
        let mails = message.documents.iter().skip(1).zip(&mut files);
        for (document, file) in mails {
            if document.origin == Origin::Mail && !alone.together {
                handed::step_back(own_groups, &mut file.groups, own_lines);
            }
        }
        files
    }

    /// Reads an attached document, of which this is the folded text, and decides whether it is about the registration.
    fn file(&self, document: &Document, text: &str) -> FileCase {
        let mut scanner = self.scanner();
        scanner.document(document, &[Voice::Own, Voice::Forwarded]);
        let groups = scanner.finish();
        let foreign = contains(text, &FOREIGN) && !contains(text, &FORM_WORDS);
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
        let whole = |facts: &[Fact]| {
            let has = |item: Item| facts.iter().any(|fact| fact.item == item && !fact.wrong);
            has(Item::Name) && (has(Item::Phone) || has(Item::IdNumber))
        };
        let listed = groups.iter().any(|group| match group {
            Group::Record(facts) => whole(facts),
            Group::Stream(_) => false,
        });
        let labelled = groups.iter().any(|group| {
            let mut facts = group.facts().iter();
            whole(group.facts())
                && facts.any(|fact| fact.item == Item::Name && fact.force == Force::Label)
        });
        let mut named: Vec<&str> =
            self.categories.mentions(text).iter().map(|mention| mention.id).collect();
        let applies = labelled && !named.is_empty();
        named.sort_unstable();
        named.dedup();
        let taken = groups.iter().flat_map(Group::facts).any(|fact| fact.item == Item::Category);
        let names_category = named.len() == 1 && !taken;
        let form = contains(text, &FORM_LABELS) || listed || applies;
        FileCase {
            name: document.name.clone(),
            relevant: !foreign && form,
            people: people && !foreign,
            groups,
            remarks: document.remarks.clone(),
            blank: document.is_blank(),
            names_category,
        }
    }

    fn hear(&self, folded: &str) -> Wish {
        wish::hear(folded, &self.vocabulary, &self.categories)
    }
}
