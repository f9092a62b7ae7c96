//! Which of several telephones is whose, where that is said behind them.

use crate::reading::fact::{Fact, Role};
use crate::reading::language::kin;
use crate::reading::language::text::{Text, from, is_han, until};
use crate::reading::language::words::words;
use crate::reading::person::{People, Person};
use crate::reading::values::digits::{self, Found, Number};
use crate::reading::vocabulary::Item;

words! {
    /// The first of two numbers.
    FIRST = "前头 前面 前边 前一个 前者 第一个 头一个 头个 上面 上头 先头";
    /// The second one.
    SECOND = "后头 后面 后边 后一个 后者 第二个 二一个 下面 下头 末了";
    /// The writer and another.
    TOGETHER = "我和 我跟 我与 我俩 我同 我们俩 我们两";
    /// What may stand between such a word, or a number, and whose it is.
    BETWEEN = "那个 这个 那 这 个 的 手机号 电话号 号码 号 手机 电话 一个 就 才 都 ， ： 空";
}

/// Gives each their number: `两个号前头那个是我的，后头那个是她的`, `甲是我的，乙是儿子的`.
pub(crate) fn apply(people: &mut People, own: &str) {
    let found = digits::find(own);
    let of_kin: Vec<&str> = found.iter().filter_map(|found| of_kin(own, found)).collect();
    leave_to_kin(people, &of_kin);
    let mobiles: Vec<(&str, usize)> = found
        .iter()
        .filter_map(|found| match &found.number {
            Number::Mobile(value) => Some((value.as_str(), found.range.end)),
            _ => None,
        })
        .collect();
    let [(one, one_end), (two, two_end)] = mobiles.as_slice() else { return };
    let told = by_order(own, *two_end).or_else(|| {
        let behind = |end: usize| owner(from(own, end));
        Some((behind(*one_end)?, behind(*two_end)?))
    });
    let Some((first, second)) = told else { return };
    let listed = (place(people, first), place(people, second));
    if matches!(listed, (Some(_), None) | (None, Some(_))) && TOGETHER.found_in(own) {
        take_writer(people, &[first, second]);
    }
    let places = (place(people, first), place(people, second));
    let given = match places {
        // Each is somebody's who is put down.
        (Some(first), Some(second)) if first != second => vec![(*one, first), (*two, second)],
        // The other is the writer's, who is not.
        (Some(place), None) if people.list.len() == 1 => vec![(*one, place)],
        (None, Some(place)) if people.list.len() == 1 => vec![(*two, place)],
        _ => return,
    };
    let phones: Vec<Fact> = take_phones(people, &[one, two]);
    for (value, place) in given {
        let fact = phones.iter().find(|fact| fact.value == value).cloned();
        if let Some((person, fact)) = people.list.get_mut(place).zip(fact) {
            person.facts.push(Fact { role: Role::Listed, all: false, old: false, ..fact });
        }
    }
}

/// `我和老伴的电话写反了，甲是我李得福的，乙是老伴杨桂兰的`: the writer is one of the two.
fn take_writer(people: &mut People, owners: &[&str]) {
    let named = |fact: &Fact| {
        let name = Text::fold(&fact.value);
        let told = |owner: &&str| owner.strip_prefix('我').is_some_and(|rest| rest == name);
        fact.item == Item::Name && owners.iter().any(told)
    };
    let Some(at) = people.others.iter().position(named) else { return };
    let name = people.others.remove(at);
    people.list.insert(0, Person { facts: vec![Fact { role: Role::Listed, ..name }] });
}

/// `甲是我妈的号`: the number that is one of the writer's people's.
fn of_kin<'f>(own: &str, found: &'f Found) -> Option<&'f str> {
    let Number::Mobile(value) = &found.number else { return None };
    owner(from(own, found.range.end)).filter(|whose| kin::is_one(whose)).map(|_| value.as_str())
}

/// `电话甲。…甲是我妈的号，我自己的是乙`: whoever writes for themselves keeps what is not said to be another's.
fn leave_to_kin(people: &mut People, of_kin: &[&str]) {
    let [person] = people.list.as_mut_slice() else { return };
    let theirs = |fact: &Fact| fact.item == Item::Phone && of_kin.contains(&fact.value.as_str());
    let own = person.facts.iter().any(|fact| fact.item == Item::Phone && !theirs(fact));
    let writes = |fact: &Fact| fact.item == Item::Name && fact.role == Role::Writer;
    if own && person.facts.iter().any(writes) {
        person.facts.retain(|fact| !theirs(fact));
    }
}

/// Who is said to have the first of two numbers, and who the second.
fn by_order(own: &str, after: usize) -> Option<(&str, &str)> {
    let rest = from(own, after);
    let (_, first) = FIRST.spans(rest).min_by_key(|(at, end)| (*at, std::cmp::Reverse(*end)))?;
    let second = from(rest, first);
    let (_, end) = SECOND.spans(second).min_by_key(|(at, end)| (*at, std::cmp::Reverse(*end)))?;
    Some((owner(second)?, owner(from(second, end))?))
}

/// `那个号是我的`: whose it is, by the word.
fn owner(behind: &str) -> Option<&str> {
    let mut rest = behind.trim_start();
    while let Some(word) = BETWEEN.start(rest) {
        rest = from(rest, word.len()).trim_start();
    }
    let rest = rest.strip_prefix('是')?;
    let end = rest.find(|c: char| !is_han(c)).unwrap_or(rest.len());
    let clause = until(rest, end);
    let whose = clause.split_once('的').map_or(clause, |(whose, _)| whose);
    (1..=6).contains(&whose.chars().count()).then_some(whose)
}

/// Which of the people a word means: 我, 她, 我媳妇, 李彩霞.
fn place(people: &People, whose: &str) -> Option<usize> {
    let named = |person: &Person| {
        person.name().is_some_and(|name| {
            let name = Text::fold(name);
            let lead = whose.strip_suffix(name.as_str());
            // 我李得福, 老伴杨桂兰
            lead.is_some_and(|lead| lead.is_empty() || lead == "我" || kin::is_one(lead))
                || whose.chars().nth(1).is_some() && name.ends_with(whose)
        })
    };
    let writes = |person: &Person| {
        person.facts.iter().any(|fact| fact.item == Item::Name && fact.role == Role::Writer)
    };
    if let Some(place) = people.list.iter().position(named) {
        return Some(place);
    }
    let named_writer = people.list.iter().any(writes)
        || people.others.iter().any(|fact| fact.role == Role::Writer);
    if matches!(whose, "我" | "我自己" | "本人" | "我本人" | "俺") {
        return people.list.iter().position(writes);
    }
    let other = matches!(whose, "他" | "她") || kin::is_one(whose);
    let mut others = (0..).zip(&people.list).filter(|(_, person)| !writes(person));
    let (first, second) = (others.next(), others.next());
    first.filter(|_| other && named_writer && second.is_none()).map(|(place, _)| place)
}

/// Takes these numbers from wherever they are.
fn take_phones(people: &mut People, values: &[&str]) -> Vec<Fact> {
    let theirs =
        |fact: &mut Fact| fact.item == Item::Phone && values.contains(&fact.value.as_str());
    let mut taken: Vec<Fact> = people.shared.extract_if(.., theirs).collect();
    taken.extend(people.theirs.extract_if(.., theirs));
    taken.extend(people.list.iter_mut().flat_map(|one| one.facts.extract_if(.., theirs)));
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_a_number_is_stands_behind_it() {
        assert_eq!(owner("那个号是我的，后头"), Some("我"));
        assert_eq!(owner("，这个是我媳妇的"), Some("我媳妇"));
        assert_eq!(owner("，报群众代表"), None);
        let told = "15595441836 18709582741 前头那个号是我的，后头那个是她的";
        assert_eq!(by_order(told, 23), Some(("我", "她")));
    }
}
