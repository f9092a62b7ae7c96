//! What the mail's own card says of those who are put down: theirs, the writer's, or nobody's.

use super::unemployed::NO_EMPLOYER;
use crate::reading::Kind;
use crate::reading::context::case::Case;
use crate::reading::fact::{Fact, Force, Group, Role};
use crate::reading::language::kin;
use crate::reading::language::text::{Text, is_han};
use crate::reading::language::words::words;
use crate::reading::person::People;
use crate::reading::scan::signature::is_office;
use crate::reading::values::offices::{self, own_firm};
use crate::reading::vocabulary::Item;

words! {
    /// Whoever says so speaks of nobody else.
    MYSELF = "本人 我自己 我想 我要 我报名 我叫 我是 自愿";
    /// Somebody else is spoken for.
    OTHERS = "替 代 帮他 帮她 推荐 他 她 我们 我单位 我公司 我村 我社区 以下人员 名单";
}

/// Whether the card below can be that of whoever registers, and whether it plainly is: the mail speaks of the writer alone.
#[must_use]
pub(crate) fn of_writer(kind: Kind, case: &Case) -> (bool, bool) {
    let registers = kind == Kind::Registration && !case.letter.ours;
    let kin = kin::spoken_of(&case.own);
    let own = registers && (case.wish.first_person || !kin);
    let bare = case.own.replace("代表", "").replace("其他", "");
    let plainly = own && !kin && MYSELF.found_in(&case.own) && !OTHERS.found_in(&bare);
    (own, plainly)
}

/// `我公司派…参加`, and the card below names the firm: it is the employer of those who were sent.
pub(crate) fn own_employer(people: &mut People, card: &[Fact], own: &str) {
    let firms = card.iter().filter(|fact| fact.item == Item::Organization && !fact.wrong);
    // A department stands beside its firm.
    let employer = firms.max_by_key(|fact| fact.value.chars().count());
    let Some(employer) = employer.filter(|fact| !offices::governs(&fact.value)) else { return };
    let named = people.list.iter().any(|person| person.has(Item::Organization));
    if named || !own_firm(own) {
        return;
    }
    for person in &mut people.list {
        if !person.name().is_some_and(|name| outside(own, name)) {
            person.facts.push(employer.clone());
        }
    }
}

/// What is said of all is none of theirs whom an office puts down beside its own people.
pub(super) fn leave_outsiders(people: &mut People, own: &str) {
    for person in &mut people.list {
        if !person.name().is_some_and(|name| outside(own, name)) {
            continue;
        }
        let names = person.facts.iter().filter(|fact| fact.item == Item::Name);
        let lines: Vec<usize> = names.map(|fact| fact.line).collect();
        person.facts.retain(|fact| {
            fact.item != Item::Organization
                || fact.force == Force::Label
                || lines.contains(&fact.line)
        });
    }
}

/// `家长 刘学仓（…）…，在家务农`: whom an office puts down beside its own people.
fn outside(own: &str, name: &str) -> bool {
    let name = Text::fold(name);
    let mut lines = own.lines().filter(|line| line.contains(&name));
    let told = |line: &str| {
        let before = line.split(&name).next().unwrap_or("").trim_end();
        ["家长", "学生", "村民", "居民", "群众", "客户"].iter().any(|word| before.ends_with(word))
    };
    lines.any(|line| told(line) || NO_EMPLOYER.found_in(line))
}

/// `商会秘书处 小靳 139…`: who only asks, mends or gives back for others signs with an office that is not said of them.
pub(super) fn not_theirs(groups: &mut [Group], own_lines: &str) {
    let dated = |line: &str| line.chars().all(|c| c.is_numeric() || " 年月日.-/〇".contains(c));
    let last = own_lines.lines().rfind(|line| !dated(line.trim())).unwrap_or("");
    let last = last.rsplit(['。', '？', '！', '?']).next().unwrap_or(last);
    for facts in groups.iter_mut().map(Group::facts_mut) {
        nameless_speaker(facts);
        let named = facts.iter().any(|fact| fact.item == Item::Name && last.contains(&fact.value));
        let titled = last
            .split(|c: char| !is_han(c))
            .any(|word| word.starts_with(['小', '老']) && word.chars().count() == 2);
        // 利民市场管理办 0954-3017730: an office and its number, and nothing more.
        let office = last
            .split(|c: char| c.is_whitespace() || c == '：')
            .filter(|word| word.contains(is_han))
            .all(|word| is_office(word) || word == "电话")
            && last.contains(is_han)
            && last.contains(|c: char| c.is_ascii_digit());
        if !named && (titled || office) {
            facts.retain(|fact| {
                !matches!(fact.item, Item::Organization | Item::Position | Item::Phone)
                    || fact.force == Force::Label
                    || !last.contains(&fact.value)
            });
        }
    }
}

/// `我是单家集村的文书。村民马有才前天住院了`: what somebody tells of themselves before they name who is concerned.
fn nameless_speaker(facts: &mut Vec<Fact>) {
    let name = facts.iter().position(|fact| fact.item == Item::Name && fact.force > Force::Guess);
    let own = facts.iter().any(|fact| fact.item == Item::Name && fact.role == Role::Writer);
    let place = name.filter(|_| !own);
    let mut at = 0;
    facts.retain(|fact| {
        at += 1;
        let told = matches!(fact.item, Item::Organization | Item::Position);
        !(told && fact.role == Role::Writer && place.is_some_and(|place| at <= place))
    });
}

/// `名单见附件。人力资源部 孟瑶 0954-…`: beside a list that comes along, the card below the covering words is that of whoever sends it.
pub(super) fn covering_card(groups: &mut [Group], case: &Case) {
    let files = case.files.iter().filter(|file| file.relevant && file.people);
    let listed: Vec<&str> = files
        .flat_map(|file| &file.groups)
        .flat_map(Group::facts)
        .filter(|fact| fact.item == Item::Name && !fact.wrong)
        .map(|fact| fact.value.as_str())
        .collect();
    if listed.is_empty() || case.wish.first_person || case.wish.together {
        return;
    }
    let mut covering: Vec<&mut Fact> = groups
        .iter_mut()
        .flat_map(Group::facts_mut)
        .filter(|fact| fact.evidence.document == "正文")
        .collect();
    let mut names = covering.iter().filter(|fact| fact.item == Item::Name);
    let (Some(name), None) = (names.next(), names.next()) else { return };
    let (line, value) = (name.line, name.value.clone());
    let others = covering.iter().any(|fact| fact.line > line || fact.item == Item::IdNumber);
    let on_card = |item: Item| covering.iter().any(|fact| fact.line == line && fact.item == item);
    let text = Text::fold(&name.evidence.quote);
    let card = text.chars().nth(CARD).is_none() && !text.contains(['，', '。', '、', '代', '报']);
    if others || !card || !on_card(Item::Phone) || listed.contains(&value.as_str()) {
        return;
    }
    for fact in covering.iter_mut().filter(|fact| fact.line == line) {
        fact.role = if fact.item == Item::Name { Role::SignOff } else { Role::Contact };
    }
}

/// A card in one line is no longer, in characters.
const CARD: usize = 40;
