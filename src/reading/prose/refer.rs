//! Words that stand for somebody who was named before: 前者, 白总, 她, 我老伴. What follows them is said of that person.

use super::clauses::Clause;
use crate::reading::fact::{Fact, Force, Role};
use crate::reading::language::kin;
use crate::reading::language::text::{Text, cut, from, until};
use crate::reading::language::words::words;
use crate::reading::prose::Said;
use crate::reading::values::names;
use crate::reading::vocabulary::Item;

words! {
    /// What is said of a person begins so.
    DATA = "手机 电话 联系电话 号码 身份证 的手机 的电话 的身份证 的号码 的号 的证 男 女 是男 是女 性别 民族 汉族 回族 是汉族 是回族 ： : 系 单位 的单位 职务 报 也报 住 出生";
    /// Forms of address that are no title elsewhere.
    CALLED = "总 工 姐 哥 叔 姨 嫂";
}

/// Somebody who was named.
#[derive(Clone)]
pub(crate) struct Known {
    name: String,
    role: Role,
    /// The word for what they are to the writer, that stood before the name.
    kin: Option<&'static str>,
    /// Where, in this text; 0 when on a line before.
    at: usize,
}

impl Known {
    /// The first character of the name.
    pub(super) fn family(&self) -> Option<char> {
        self.name.chars().next()
    }
}

fn add(known: &mut Vec<Known>, one: Known) {
    if !matches!(one.role, Role::Contact | Role::Related | Role::SignOff)
        && !known.iter().any(|other| other.name == one.name)
    {
        known.push(one);
    }
}

/// Who was named on the lines before.
#[must_use]
pub(crate) fn known<'f>(facts: impl Iterator<Item = &'f Fact>) -> Vec<Known> {
    let mut known = Vec::new();
    for fact in facts.filter(|fact| fact.item == Item::Name && !fact.wrong) {
        // 父亲柴文秀，…，and on a line below: 父亲的手机是133….
        let quote = Text::fold(&fact.evidence.quote);
        let before = quote.split(&Text::fold(&fact.value)).next().unwrap_or("");
        let kin = kin::last(before.trim_end_matches(['叫', '是', '，', ' ']));
        add(&mut known, Known { name: fact.value.clone(), role: fact.role, kin, at: 0 });
    }
    known
}

/// Adds the people for whom words of this text stand to those whom it names.
pub(super) fn find(text: &Text, clauses: &[Clause], before: &[Known], names: &mut Vec<Said>) {
    let mut known = before.to_vec();
    for one in names.iter().filter(|one| one.item == Item::Name && !one.wrong) {
        let before = until(&text.folded, one.range.start);
        let kin = kin::last(before.trim_end_matches(['叫', '是', '，', ' ']));
        let name = one.value.clone();
        add(&mut known, Known { name, role: one.role, kin, at: one.range.start.max(1) });
    }
    if known.len() < 2 {
        return;
    }
    let mut more = Vec::new();
    for (order, clause) in clauses.iter().enumerate() {
        let Some((who, length)) = referred(text, clause, &known, names) else { continue };
        let start = clause.range.start;
        let said = |(place, one): (usize, &&Known)| Said {
            joined: place > 0,
            item: Item::Name,
            value: one.name.clone(),
            wrong: false,
            force: Force::Prose,
            role: one.role,
            range: start..start + length,
            clause: order,
        };
        more.extend(who.iter().enumerate().map(said));
    }
    if !more.is_empty() {
        names.extend(more);
        names.sort_by_key(|said| said.range.start);
    }
}

/// For whom the first words of a clause stand, and how long they are.
fn referred<'k>(
    text: &Text,
    clause: &Clause,
    known: &'k [Known],
    said: &[Said],
) -> Option<(Vec<&'k Known>, usize)> {
    let at = clause.range.start;
    let body = cut(&text.folded, clause.range.clone());
    if said.iter().any(|one| one.item == Item::Name && one.range.start == at) {
        return None;
    }
    let before: Vec<&Known> = known.iter().filter(|one| one.at == 0 || one.at < at).collect();
    let behind = |length: usize| {
        let rest = from(&text.folded, at + length).trim_start_matches(['，', ',', ' ']);
        DATA.start(rest).is_some()
            || rest.trim_start_matches(['的', '是']).starts_with(|c: char| c.is_ascii_digit())
            || from(body, length).starts_with('是')
    };
    // 前者…，后者…: the two named last.
    for (word, place) in [("前者", 2), ("后者", 1)] {
        if body.starts_with(word) && before.len() >= 2 {
            return Some((vec![before.get(before.len() - place)?], word.len()));
        }
    }
    if let Some((range, length)) = counted(body, before.len()) {
        return Some((before.get(range)?.to_vec(), length));
    }
    // 白总手机139…
    if names::surname(body) == 1 {
        let family = body.chars().next()?;
        let rest = from(body, family.len_utf8());
        let titles = names::TITLES.iter().copied().filter(|title| rest.starts_with(title));
        // 程报监督员，李报群众代表
        let bare = (rest.starts_with('报') || rest.starts_with('当')).then_some("");
        let title = titles.max_by_key(|title| title.len()).or_else(|| CALLED.start(rest)).or(bare);
        let length = family.len_utf8() + title.map_or(0, str::len);
        let mut family = before.iter().filter(|one| one.name.starts_with(family));
        if let (Some(_), Some(one), None) = (title, family.next(), family.next())
            && behind(length)
        {
            return Some((vec![one], length));
        }
    }
    let writer = before.iter().find(|one| one.role == Role::Writer);
    for word in ["我本人", "本人", "我"] {
        if body.starts_with(word) && behind(word.len()) {
            return Some((vec![writer?], word.len()));
        }
    }
    let mut others = before.iter().filter(|one| one.role != Role::Writer);
    for word in ["他", "她"] {
        if body.starts_with(word) && behind(word.len()) {
            return match (others.next(), others.next()) {
                (Some(one), None) if writer.is_some() => Some((vec![one], word.len())),
                _ => None,
            };
        }
    }
    // 我老伴150…: who was named as that.
    let bare = body.trim_start_matches(['我', '他', '她']);
    let word = kin::first(bare)?;
    let length = body.len() - bare.len() + word.len();
    let one = before.iter().find(|one| one.kin == Some(word))?;
    behind(length).then_some((vec![*one], length))
}

/// `前两人`, `后三位`, `第一位`, `其余`: which of so many, and how long the words are.
fn counted(body: &str, all: usize) -> Option<(std::ops::Range<usize>, usize)> {
    let number = |c: char| match c {
        '一' | '1' => Some(1),
        '二' | '两' | '2' => Some(2),
        '三' | '3' => Some(3),
        '四' | '4' => Some(4),
        '五' | '5' => Some(5),
        _ => None,
    };
    let mut chars = body.chars();
    let (first, second, third) = (chars.next()?, chars.next()?, chars.next());
    let unit = third.is_some_and(|c| matches!(c, '人' | '位' | '个' | '名'));
    let length = body.char_indices().nth(3).map_or(body.len(), |(at, _)| at);
    let count = number(second).filter(|count| unit && *count <= all)?;
    match first {
        '前' => Some((0..count, length)),
        '后' => Some((all - count..all, length)),
        '第' => Some((count - 1..count, length)),
        _ => None,
    }
}
