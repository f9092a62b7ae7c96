//! A mail that is handed on: who hands it on is no applicant, who speaks in it is. Handed on again, it lies in several
//! covers.

use crate::message::{Block, Document, Voice, is_header_line};

use crate::reading::fact::{Fact, Force, Group, Role};
use crate::reading::language::text::{Text, is_han, one_apart};
use crate::reading::language::words::contains;
use crate::reading::scan::Scanner;
use crate::reading::values::digits::{self, Number};
use crate::reading::values::offices::own_firm;
use crate::reading::vocabulary::Item;
use crate::reading::wish::Wish;

/// `是你们发的吗？`: asked about what stands below, which is not handed on to be dealt with.
pub(crate) fn asked_about(own: &Wish, words: &str) -> bool {
    let asked = contains(words, &["请", "麻烦", "帮", "劳驾"]) && !words.contains("请问");
    own.asks && !asked && !own.registers && !own.asks_status && !own.cancels && !own.changes
}

/// `他这个报上了没有？`: how the registration below stands is asked, and it is not handed on to be dealt with.
pub(crate) fn looked_up(own: &Wish, words: &str) -> bool {
    let handed = ["转给", "转来", "转交", "转报", "转呈", "转贵", "转你", "请登", "报名表", "收到"];
    own.asks_status && !own.registers && !own.cancels && !own.changes && !contains(words, &handed)
}

/// The writer registers, whatever stands below: `我来参加，企业代表，马慧，…` and the notice that came by
/// way of others, or somebody more beside those of their own earlier mail.
#[must_use]
pub(crate) fn speaks_for_self(own: &Wish, lines: &str) -> bool {
    let folded = Text::fold(lines);
    let mut sentences = folded.split(['\n', '。', '！']).map(str::trim_start);
    let comes = sentences.any(|me| {
        ["我来", "我要", "我想", "我报", "我也", "本人"].iter().any(|lead| me.starts_with(lead))
    });
    // 我昨天报过名了（原信在下面），请把我父亲也加上
    let adds = own.again && own.earlier && !own.cancels;
    (comes && own.registers || adds)
        && digits::find(&folded).iter().any(|found| matches!(found.number, Number::Mobile(_)))
}

/// Characters besides the data on a card: a title, `电话`.
const ON_A_CARD: usize = 6;

/// The card of whoever hands a mail on says nothing of who speaks in it, but for the firm of both (我公司).
fn take_cards(facts: &mut [Fact], own_words: &str) {
    let mut lines: Vec<usize> = facts.iter().map(|fact| fact.line).collect();
    lines.dedup();
    for line in lines {
        let on = |fact: &&Fact| fact.line == line && fact.item != Item::Ignored;
        let Some(quote) = facts.iter().find(on).map(|fact| fact.evidence.quote.clone()) else {
            continue;
        };
        let mut rest = Text::fold(&quote);
        for fact in facts.iter().filter(on) {
            rest = rest.replacen(&Text::fold(&fact.value), " ", 1);
        }
        let idle = rest.chars().filter(|c| is_han(*c)).count();
        if idle > ON_A_CARD || rest.contains(['他', '她', '其']) {
            continue;
        }
        for fact in facts.iter_mut().filter(|fact| fact.line == line) {
            let firm = fact.item == Item::Organization && own_firm(own_words);
            let data = matches!(
                fact.item,
                Item::Phone | Item::Organization | Item::Position | Item::Address
            );
            if data && !firm {
                (fact.item, fact.role) = (Item::Ignored, Role::Contact);
            }
        }
    }
}

/// Reads the writer's own words, those of the subject among them, and the mail that they hand on.
pub(crate) fn read<'a>(
    subject: Vec<Group>,
    body: &Document,
    own: &Wish,
    own_words: &str,
    scanner: &dyn Fn() -> Scanner<'a>,
) -> Vec<Group> {
    let scan = |body: &Document, voice| {
        let mut scanner = scanner();
        scanner.document(body, &[voice]);
        scanner.finish()
    };
    let mut handed: Vec<Group> = Vec::new();
    for layer in layers(body).iter().rev() {
        let mut cover = scan(layer, Voice::Forwarded);
        if !registers_somebody(&cover) {
            step_back(&mut cover, &mut handed, &Text::fold(&layer.text()));
        }
        cover.append(&mut handed);
        handed = cover;
    }
    let mut cover = subject;
    cover.extend(scan(body, Voice::Own));
    if !own.together {
        step_back(&mut cover, &mut handed, own_words);
    }
    cover.append(&mut handed);
    cover
}

/// The mails that were handed on, the last one first: each begins with the head that names its sender.
fn layers(body: &Document) -> Vec<Document> {
    let mut layers: Vec<Document> = Vec::new();
    let mut in_head = false;
    for block in &body.blocks {
        let voice = match block {
            Block::Line(line) => line.voice,
            Block::Table(table) => table.voice,
        };
        if voice != Voice::Forwarded {
            continue;
        }
        let head = matches!(block, Block::Line(line) if is_header_line(&line.text));
        let blank = matches!(block, Block::Line(line) if line.text.trim().is_empty());
        if layers.is_empty() || head && !in_head {
            layers.push(Document { blocks: Vec::new(), remarks: Vec::new(), ..body.clone() });
        }
        in_head = head || blank && in_head;
        if let Some(layer) = layers.last_mut() {
            layer.blocks.push(block.clone());
        }
    }
    layers
}

/// Whoever is put down here is told with more than a name and a telephone.
fn registers_somebody(groups: &[Group]) -> bool {
    groups.iter().flat_map(Group::facts).any(|fact| {
        fact.item == Item::IdNumber || fact.item == Item::Name && fact.force == Force::Label
    })
}

/// Who is named on a cover hands on what lies in it, if that puts somebody down.
pub(crate) fn step_back(cover: &mut [Group], handed: &mut [Group], own_words: &str) {
    misspelt(cover, handed);
    let known: Vec<&Fact> = handed.iter().flat_map(Group::facts).collect();
    let named = |fact: &&&Fact| {
        fact.item == Item::Name
            && !fact.wrong
            && fact.force > Force::Guess
            && !matches!(fact.role, Role::Contact | Role::Related)
    };
    let data = known.iter().any(|fact| {
        matches!(fact.item, Item::Phone | Item::IdNumber | Item::Category) && !fact.wrong
    });
    if !data || !known.iter().any(|fact| named(&fact)) {
        return;
    }
    for facts in cover.iter_mut().map(Group::facts_mut) {
        for fact in facts.iter_mut() {
            let hands_on = fact.item == Item::Name
                && matches!(fact.role, Role::Listed | Role::Writer | Role::SignOff)
                && !known.iter().any(|other| named(&other) && other.value == fact.value);
            if hands_on {
                fact.role = Role::Contact;
            }
        }
        take_cards(facts, own_words);
    }
    if of_another(own_words, &speakers(handed)) {
        take_own_numbers(cover, handed);
    }
    of_theirs(cover, handed);
}

/// `发件人: 丁淑红` above `我叫兰小梅`, `隔壁娃发来的`: who speaks on the cover is not who speaks below it.
fn of_another(words: &str, speakers: &[String]) -> bool {
    let head = words.lines().map(str::trim).find(|line| line.starts_with("发件人"));
    let sent = head.is_some_and(|head| !speakers.iter().any(|name| head.contains(name.as_str())));
    let told = ["发来的", "转给", "转交", "转你", "替他", "替她", "帮他", "帮她", "托我", "让我转"];
    !speakers.is_empty() && (sent || told.iter().any(|word| words.contains(word)))
}

/// `我手机换号了，189…`, said on a cover: no number of theirs who give their own below.
fn take_own_numbers(cover: &mut [Group], handed: &[Group]) {
    let number = |fact: &Fact| fact.item == Item::Phone && !fact.wrong;
    if !handed.iter().flat_map(Group::facts).any(number) {
        return;
    }
    let own =
        ["我手机", "我电话", "我的手机", "我的电话", "我的号", "打我", "联系我", "找我", "我换号"];
    for fact in cover.iter_mut().flat_map(Group::facts_mut).filter(|fact| number(fact)) {
        let quote = &fact.evidence.quote;
        if contains(quote, &own) && !quote.contains(['他', '她']) {
            (fact.item, fact.role) = (Item::Ignored, Role::Contact);
        }
    }
}

/// The full names of those who speak below the cover.
fn speakers(handed: &[Group]) -> Vec<String> {
    let facts = handed.iter().flat_map(Group::facts);
    let speaks = facts.filter(|fact| {
        fact.item == Item::Name
            && !fact.wrong
            && fact.force > Force::Guess
            && !matches!(fact.role, Role::Contact | Role::Related | Role::SignOff)
    });
    let mut names: Vec<String> = speaks.map(|fact| fact.value.clone()).collect();
    names.sort();
    names.dedup();
    names
}

/// `请给王丽登记`, and below `我是王莉`: one person, and which of the names is right only they know.
fn misspelt(cover: &mut [Group], handed: &mut [Group]) {
    let names = speakers(handed);
    let [name] = names.as_slice() else { return };
    let other = |fact: &Fact| fact.item == Item::Name && one_apart(&fact.value, name);
    let Some(said) = cover.iter().flat_map(Group::facts).find(|fact| other(fact)) else { return };
    let reason = format!("姓名前后不一致：“{}”和“{name}”", said.value);
    for facts in cover.iter_mut().map(Group::facts_mut) {
        facts.retain(|fact| !other(fact));
    }
    for fact in handed.iter_mut().flat_map(Group::facts_mut) {
        if fact.item == Item::Name && fact.value == *name {
            (fact.value, fact.wrong) = (reason.clone(), true);
        }
    }
}

/// `他信里那个号停用了，现在用的是199…`: what a cover says of the one who speaks below is theirs.
fn of_theirs(cover: &mut [Group], handed: &mut [Group]) {
    if speakers(handed).len() != 1 {
        return;
    }
    let spoken_of = |fact: &Fact| {
        matches!(fact.item, Item::Phone | Item::IdNumber)
            && fact.role != Role::Contact
            && fact.evidence.quote.contains(['他', '她'])
    };
    let mut told: Vec<Fact> = Vec::new();
    for facts in cover.iter_mut().map(Group::facts_mut) {
        told.extend(facts.iter().filter(|fact| spoken_of(fact)).cloned());
        facts.retain(|fact| !spoken_of(fact));
    }
    if let Some(facts) = handed.last_mut().map(Group::facts_mut) {
        facts.extend(told);
    }
}
