//! Names that stand alone between two marks, with nothing around them that says whose they are.

use std::ops::Range;
use std::rc::Rc;

use super::clauses::Clause;
use crate::reading::fact::{Fact, Force, Group, LETTER, Role};
use crate::reading::language::text::{Text, cut, from, one_apart, until};
use crate::reading::person::{People, Person};
use crate::reading::prose::Said;
use crate::reading::values::names;
use crate::reading::vocabulary::Item;
use crate::reading::{Doubt, Kind};

/// Whether a clause is nothing but what must be a full name.
#[must_use]
pub(super) fn is_name(clause: &str) -> bool {
    let length = clause.chars().take(5).count();
    (length == 3 || length == 4 && names::surname(clause) == 2) && names::plausible(clause)
}

/// A clause that is nothing but a name.
#[must_use]
pub(super) fn said(text: &Text, clause: &Clause, order: usize) -> Said {
    Said {
        joined: false,
        item: Item::Ignored,
        value: cut(&text.shown, clause.range.clone()).to_owned(),
        wrong: false,
        force: Force::Guess,
        role: Role::Alone,
        range: clause.range.clone(),
        clause: order,
    }
}

/// The names that stand alone in the text, each once.
fn found(groups: &[Group]) -> Vec<&Fact> {
    let mut found: Vec<&Fact> = Vec::new();
    for fact in groups.iter().flat_map(Group::facts).filter(|fact| fact.role == Role::Alone) {
        if !found.iter().any(|other| other.value == fact.value) {
            found.push(fact);
        }
    }
    found
}

/// `我是“馨”不是“欣”，刘馨怡`, in answer to a letter to 刘欣怡: the name that the writer gives holds.
fn mend(people: &mut People, alone: &[&Fact]) {
    let ([one], [person]) = (alone, people.list.as_mut_slice()) else { return };
    for fact in person.facts.iter_mut().filter(|fact| fact.item == Item::Name) {
        if fact.evidence.place == LETTER && one_apart(&fact.value, &one.value) {
            fact.value.clone_from(&one.value);
            fact.evidence = Rc::clone(&one.evidence);
        }
    }
}

/// Where nobody is named, the only name that stands alone is the one that is meant. Where somebody
/// is, another must not be passed over in silence.
pub(crate) fn look(people: &mut People, groups: &[Group], kind: Kind) -> Vec<Doubt> {
    let mut alone = found(groups);
    if kind == Kind::Change {
        mend(people, &alone);
    }
    if alone.is_empty() {
        return Vec::new();
    }
    let listed = people.list.iter().flat_map(|person| &person.facts);
    let known: Vec<String> = listed
        .chain(&people.others)
        .filter(|fact| fact.item == Item::Name)
        .map(|fact| Text::fold(&fact.value))
        .collect();
    alone.retain(|fact| {
        let value = Text::fold(&fact.value);
        // 田老六，大名田秉义.
        let nickname = value.chars().nth(1).is_some_and(|c| matches!(c, '老' | '小'));
        let same = |name: &String| {
            name.contains(&value) || nickname && name.chars().next() == value.chars().next()
        };
        let ahead = fact.evidence.quote.split(&fact.value).next().unwrap_or("");
        // 打成了“郝艳红”，其实是“郝雁红”: one person, whose name is put right.
        let mended = |name: &String| kind == Kind::Change && one_apart(name, &value);
        !known.iter().any(|name| same(name) || mended(name)) && !byname(ahead)
    });
    let named = people.list.iter().any(|person| person.has(Item::Name));
    match alone.as_slice() {
        [] => Vec::new(),
        [only] if !named => {
            let mut name = (*only).clone();
            (name.item, name.role, name.force) = (Item::Name, Role::Listed, Force::Prose);
            match people.list.as_mut_slice() {
                [] => {
                    let mut facts = vec![name];
                    facts.append(&mut people.shared);
                    people.list.push(Person { facts });
                }
                [person, ..] => person.facts.push(name),
            }
            Vec::new()
        }
        _ if matches!(kind, Kind::Registration | Kind::Change) => {
            let open: Vec<&str> = alone.iter().map(|fact| fact.value.as_str()).collect();
            vec![Doubt {
                reason: format!("信中提到“{}”，没有读懂是不是报名人", open.join("、")),
                advice: None,
                concerns: None,
            }]
        }
        _ => Vec::new(),
    }
}

/// `写的是小名“杨毛毛”`: another name of somebody.
#[must_use]
pub(super) fn byname(before: &str) -> bool {
    let before = before.trim_end_matches(['“', '"', '「', '‘', '：', ':', '是', '叫', '的', ' ']);
    ["小名", "乳名", "奶名", "外号", "绰号", "曾用名", "原名", "旧名", "网名", "笔名"]
        .iter()
        .any(|word| before.ends_with(word))
}

/// Where a name ends, and what spells it out: the last `…是…的X` before other words.
#[must_use]
pub(super) fn behind(text: &str, name: Range<usize>) -> usize {
    let mut end = name.end;
    let called = cut(text, name);
    if !spelled(called, from(text, end)) {
        return end;
    }
    while let Some(length) = by_word(called, from(text, end)) {
        end += length;
    }
    while let Some(at) = from(text, end).find('的') {
        let told = until(from(text, end), at);
        let Some(last) = from(text, end + at + '的'.len_utf8()).chars().next() else { break };
        if !told.contains('是') || told.chars().count() > 7 || !told.starts_with(last) {
            break;
        }
        end += at + '的'.len_utf8() + last.len_utf8();
    }
    end
}

/// `马玉忠马是骏马的马`: behind a name its characters are spelled out.
#[must_use]
pub(super) fn spelled(name: &str, after: &str) -> bool {
    let first = after.chars().next().filter(|c| name.contains(*c));
    let told = first.is_some_and(|first| {
        let rest = from(after, first.len_utf8());
        rest.starts_with('是') || rest.starts_with("就是")
    });
    told || by_word(name, after).is_some()
}

/// `苏州的苏`, `进发财的财`: a word that holds a character of the name. Its length.
fn by_word(name: &str, after: &str) -> Option<usize> {
    let (at, _) = after.char_indices().take(6).find(|(_, c)| *c == '的')?;
    let word = until(after, at);
    let last = from(after, at + '的'.len_utf8()).chars().next()?;
    let holds = name.contains(last) && word.contains(last) && word.chars().nth(1).is_some();
    holds.then_some(at + '的'.len_utf8() + last.len_utf8())
}

/// `社里会计小丁`, `服务部的马会计`: somebody who is called by half a name.
#[must_use]
pub(crate) fn nickname(clause: &str) -> bool {
    let mut chars = clause.chars().rev();
    let (last, lead) = (chars.next(), chars.next());
    let is_surname =
        |c: Option<char>| c.is_some_and(|c| names::surname(c.encode_utf8(&mut [0; 4])) == 1);
    if matches!(lead, Some('小' | '老')) && is_surname(last) {
        return true;
    }
    let (name, title) = names::split_title(clause);
    !title.is_empty()
        && is_surname(name.chars().next_back())
        && name.chars().rev().nth(1).is_none_or(|c| "的是我们社村厂店司部局校院室办科".contains(c))
}

/// `民政办 小安 139…`: the number of somebody who gives no name.
#[must_use]
pub(super) fn by_nickname(last: &str, before: &str) -> bool {
    // 小王电话139…
    let cut = ["的电话是", "电话是", "的电话", "电话", "手机", "号码"];
    let told =
        |text: &str| cut.iter().find_map(|word| text.trim().strip_suffix(word)).map(str::to_owned);
    let (last, before) = match told(last) {
        Some(bare) => (bare, told(before).unwrap_or_default()),
        None => (last.to_owned(), before.to_owned()),
    };
    let (last, before) = (last.trim_end_matches(['（', '(']), before.trim_end_matches(['（', '(']));
    let mut chars = last.trim().chars().rev();
    let (surname, lead) = (chars.next(), chars.next());
    let called = until(last.trim(), last.trim().len().saturating_sub(6));
    let helps = ["志愿者", "社工", "网格员", "干事", "文书", "护工", "办事员"];
    surname.is_some_and(|c| names::surname(c.encode_utf8(&mut [0; 4])) == 1)
        && lead == Some('小')
        && (called.is_empty() || helps.iter().any(|post| called.ends_with(post)))
        && before.trim_end().ends_with(last.trim())
}
