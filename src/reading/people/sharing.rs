//! What is told once and is that of several people.

use std::collections::BTreeSet;

use crate::reading::fact::{Fact, Force, Group, Role};
use crate::reading::language::text::{Text, from, until};
use crate::reading::language::words::words;
use crate::reading::person::{Manner, People, Person};
use crate::reading::values::categories::IN_ORDER;
use crate::reading::vocabulary::Item;

/// A category told once, behind the last of several people, is that of all.
pub(super) fn last_category(people: &mut [Person]) {
    let Some((last, others)) = people.split_last_mut() else { return };
    let said = last.facts.iter().find(|fact| {
        let row = last_name_line(last);
        let below =
            || listed(last, row, fact.line) && others.iter().all(|one| listed(one, row, fact.line));
        fact.item == Item::Category
            && (fact.force < Force::Label || fact.line > row && below())
            && !fact.old
            && !fact.wrong
    });
    let of_all = others.iter().all(|person| {
        !person.has(Item::Category) && person.facts.iter().all(|fact| fact.block == 0)
    });
    if let Some(said) = said.filter(|_| of_all) {
        for person in others {
            person.facts.push(said.clone());
        }
    }
}

/// Where the last person is named.
fn last_name_line(person: &Person) -> usize {
    let names = person.facts.iter().filter(|fact| fact.item == Item::Name);
    names.map(|fact| fact.line).max().unwrap_or(0)
}

/// Named in a sentence or in the row of the last one, not in a form of their own.
fn listed(person: &Person, row: usize, told: usize) -> bool {
    let mut names = person.facts.iter().filter(|fact| fact.item == Item::Name);
    names.all(|fact| {
        fact.line == row && fact.line <= told || fact.force < Force::Label && fact.line + 8 >= told
    })
}

/// `1、王强（139…）2、赵敏（138…）。单位：某某公司`: an employer behind a label, after people told in a sentence, is that of all.
pub(super) fn last_employer(people: &mut [Person]) {
    let Some((last, others)) = people.split_last_mut() else { return };
    let mut said = last.facts.iter().filter(|fact| fact.item == Item::Organization);
    let (Some(employer), None) = (said.next(), said.next()) else { return };
    let labelled = employer.force == Force::Label && !employer.old && !employer.wrong;
    let in_row = |person: &Person| listed(person, last_name_line(last), employer.line);
    let others_lack = others.iter().all(|one| !one.has(Item::Organization) && in_row(one));
    if labelled && in_row(last) && others_lack {
        let employer = employer.clone();
        for person in others {
            person.facts.push(employer.clone());
        }
    }
}

/// `电话分别是甲和乙`: as many values as people, each for its own.
pub(super) fn respectively(people: &mut [Person], shared: &mut Vec<Fact>) {
    for item in [Item::Phone, Item::IdNumber, Item::Organization, Item::Position, Item::Category] {
        let told: Vec<Fact> = shared
            .iter()
            .filter(|fact| fact.item == item && fact.all && !fact.wrong)
            .cloned()
            .collect();
        let apart = told
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if a.value != b.value && a.line == b.line));
        // Two numbers in a row are nobody's together.
        let number = matches!(item, Item::Phone | Item::IdNumber);
        let evidence =
            number || told.first().is_some_and(|fact| IN_ORDER.found_in(&fact.evidence.quote));
        if told.len() == people.len()
            && apart
            && evidence
            && people.iter().all(|person| !person.has(item))
        {
            shared.retain(|fact| !(fact.item == item && fact.all));
            for (person, fact) in people.iter_mut().zip(told) {
                person.facts.push(fact);
            }
        }
    }
}

/// Two rows of one list with the same name and different identity numbers are two people.
#[must_use]
pub(super) fn namesakes(one: &Person, other: &Person) -> bool {
    let numbers = |person: &Person| {
        let mut facts = person.facts.iter();
        let number = facts.find(|fact| fact.item == Item::IdNumber && !fact.wrong)?;
        Some((number.value.clone(), number.evidence.document.clone()))
    };
    let (Some(one), Some(other)) = (numbers(one), numbers(other)) else { return false };
    one.0 != other.0 && one.1 == other.1
}

/// `我是会计小丁，139…`: the number of a writer without a name is the applicant's where there is one applicant
/// without a number, and nobody is spoken for.
pub(super) fn unnamed_numbers(people: &mut People, manner: Manner) {
    let unnamed = |fact: &Fact| fact.role == Role::Unnamed;
    // 有事打我电话159…，我叫马婷: the writer has a name, and is another.
    let named = people.others.iter().any(|fact| fact.role == Role::Writer);
    let alone = people.list.len() == 1 && manner.first_person && !named;
    if let [person] = people.list.as_mut_slice()
        && !named
    {
        own_number_again(person);
    }
    let open = alone || people.list.is_empty();
    let known = people.list.iter().flat_map(|person| &person.facts).chain(&people.shared);
    let other = known.into_iter().any(|fact| fact.item == Item::Phone && !unnamed(fact));
    people.shared.retain(|fact| !unnamed(fact) || open && !other);
    let writes = |person: &Person| {
        person.facts.iter().any(|fact| fact.item == Item::Name && fact.role == Role::Writer)
    };
    let number =
        people.list.iter().flat_map(|person| &person.facts).find(|fact| unnamed(fact)).cloned();
    if let Some(number) = number
        && let Some(writer) = people.list.iter_mut().find(|person| writes(person))
        && !writer.has(Item::Phone)
    {
        writer.facts.push(Fact { role: Role::Writer, ..number });
    }
    // 打我手机: another number than the form's, and of the same person.
    for person in people.list.iter_mut().filter(|person| writes(person)) {
        let phones = person.facts.iter().filter(|fact| fact.item == Item::Phone);
        let documents: BTreeSet<&str> =
            phones.map(|fact| fact.evidence.document.as_str()).collect();
        if documents.len() > 1 {
            for fact in person.facts.iter_mut().filter(|fact| unnamed(fact)) {
                fact.role = Role::Writer;
            }
        }
    }
    for person in &mut people.list {
        let other = |fact: &Fact| fact.item == Item::Phone && !unnamed(fact);
        let spare = !alone || person.facts.iter().any(other);
        person.facts.retain(|fact| !(spare && unnamed(fact)));
    }
}

words! {
    /// Said of a number that is written for the second time.
    SAME_NUMBER = "就是上面 就是上边 就是前面 就是表里 就是表上 就是刚才 和上面一样 跟上面一样 同上面 和上面是一个 跟上面是一个 就这个号";
}

/// `手机号：13895441206`, `有变动打我手机13895441260`: one number, and one of its writings is wrong.
fn own_number_again(person: &mut Person) {
    let phones = person.facts.iter().filter(|fact| fact.item == Item::Phone && !fact.wrong);
    let known: Vec<String> =
        phones.filter(|fact| fact.role != Role::Unnamed).map(|fact| fact.value.clone()).collect();
    let again = |fact: &Fact| {
        let same = SAME_NUMBER.found_in(&Text::fold(&fact.evidence.quote));
        known.iter().any(|number| *number != fact.value && (same || mistyped(number, &fact.value)))
    };
    for fact in &mut person.facts {
        if fact.item == Item::Phone && fact.role == Role::Unnamed && again(fact) {
            fact.role = Role::Listed;
        }
    }
}

/// Two digits interchanged, or one that is another: `13895441206`, `13895441260`.
fn mistyped(one: &str, other: &str) -> bool {
    let apart: Vec<(char, char)> =
        one.chars().zip(other.chars()).filter(|(one, other)| one != other).collect();
    let swapped = matches!(apart.as_slice(), [(a, b), (c, d)] if a == d && b == c);
    one.len() == other.len() && (apart.len() == 1 || swapped)
}

/// `名单见附件，其中尤雪的手机号还没问到`: who is named ahead of the list has the place that the list tells.
pub(super) fn in_order_of_list(people: &mut People, groups: &[Group]) {
    let rows: Vec<&Fact> = groups
        .iter()
        .filter(|group| matches!(group, Group::Record(_)))
        .filter_map(|group| {
            group.facts().iter().find(|fact| fact.item == Item::Name && !fact.wrong)
        })
        .collect();
    let place =
        |person: &Person| rows.iter().position(|name| person.name() == Some(name.value.as_str()));
    if rows.len() > 1 && people.list.iter().all(|person| place(person).is_some()) {
        people.list.sort_by_key(|person| place(person));
    }
}

/// `推荐三个人…`, three people with their data, and a name alone on the last line: who writes signs.
pub(super) fn signer_beside(people: &mut People, announced: usize) {
    if announced < 2 || people.list.len() != announced + 1 {
        return;
    }
    let told = |person: &Person| person.has(Item::Phone) || person.has(Item::IdNumber);
    let line = |person: &Person| person.facts.iter().map(|fact| fact.line).max().unwrap_or(0);
    let Some((last, others)) = people.list.split_last() else { return };
    let below = others.iter().all(|one| told(one) && line(one) < last_name_line(last));
    // 马莲乡张家湾村 王占川: from where they write, at most.
    let said = [Item::Name, Item::Category, Item::Address, Item::Organization];
    let bare = last.facts.iter().all(|fact| said.contains(&fact.item) && fact.force < Force::Label);
    if !(below && bare) {
        return;
    }
    if let Some(last) = people.list.pop() {
        let names = last.facts.into_iter().filter(|fact| fact.item == Item::Name);
        people.others.extend(names.map(|fact| Fact { role: Role::SignOff, ..fact }));
    }
}

words! {
    /// Behind one of these stands who leaves.
    STEPS_IN_FOR = "顶替 代替 接替 替换 替下 换下 替掉 换掉 替 顶 接";
    /// What may stand between: 顶替原先报的海明.
    REGISTERED = "原先 原来 原本 之前 先前 上次 前面 原定 原 我们 我 单位 公司 村 那个 那位 同事 登记 报名 报 推荐 定 要去 去不了 来不了 生病 请假 出差 参加 因病 因事 了 过 名 的";
}

/// `来顶李明的名额`, `改由马小军去，顶替原先报的海明`: whose place somebody else takes.
fn stepped_in_for(quote: &str, name: &str) -> bool {
    quote.match_indices(name).any(|(at, _)| {
        let clause = until(quote, at).rsplit(['，', ',', '。', '；', '：']).next().unwrap_or("");
        STEPS_IN_FOR.spans(clause).any(|(_, end)| {
            let mut rest = from(clause, end);
            while let Some(word) = REGISTERED.start(rest) {
                rest = from(rest, word.len());
            }
            rest.is_empty()
        })
    })
}

/// `原定由我参加，改由某某参加。石彩云`: who leaves stands before who comes.
pub(crate) fn leaver_first(people: &mut People, writer_leaves: bool) {
    let signs = |person: &Person| {
        let mut names = person.facts.iter().filter(|fact| fact.item == Item::Name);
        names.all(|fact| fact.role == Role::SignOff)
    };
    let has = |person: &Person, role: Role| {
        person.facts.iter().any(|fact| fact.item == Item::Name && fact.role == role)
    };
    let gives_way = |person: &Person| {
        let mut names = person.facts.iter().filter(|fact| fact.item == Item::Name);
        names
            .any(|fact| stepped_in_for(&Text::fold(&fact.evidence.quote), &Text::fold(&fact.value)))
    };
    if let [first, last] = people.list.as_mut_slice()
        && (signs(last) && !signs(first)
            || gives_way(last)
            || writer_leaves
                && has(last, Role::Writer)
                && has(first, Role::Beneficiary)
                && !has(first, Role::Writer))
    {
        std::mem::swap(first, last);
    }
}
