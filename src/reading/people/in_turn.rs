//! Categories that are told by the order of the people: `前两位报义务监督员，最后一位报群众代表`.

use std::ops::Range;

use crate::reading::Evidence;
use crate::reading::fact::{Fact, Force};
use crate::reading::language::text::{from, quote, until};
use crate::reading::language::words::words;
use crate::reading::person::People;
use crate::reading::values::categories::Categories;
use crate::reading::vocabulary::Item;

words! {
    /// The first ones.
    FIRST = "前面的 前面 前头 前边 前 头";
    /// The last ones.
    LAST = "最后面 最后的 最后 最末 后面的 后面 后头 后边 后 末尾 末";
    /// Whoever is left.
    REST = "其余 其他 剩下 余下 另外 另";
    /// What leads to them.
    LEADS = "其中 这里面 名单里 名单上 的";
    /// What counts them.
    COUNTS = "位 个 名 人";
}

/// Gives everybody the category that is told of their place, where it is told of all of them.
pub(crate) fn apply(people: &mut People, own: &str, categories: &Categories) {
    let count = people.list.len();
    if count < 2 {
        return;
    }
    let mut told: Vec<Option<&str>> = vec![None; count];
    let mut said = "";
    let mentions = categories.mentions(own);
    for mention in &mentions {
        let before = until(own, mention.start);
        let sentence = before.rsplit(['。', '！', '\n']).next().unwrap_or("");
        let clause =
            sentence.rsplit(['，', ',', '；', ';', '：', ':', '（', '(']).next().unwrap_or("");
        let Some(places) = places(clause.trim(), &told) else { continue };
        let free = places.iter().all(|place| told.get(*place).is_some_and(Option::is_none));
        if !free {
            return;
        }
        told.iter_mut()
            .enumerate()
            .filter(|(place, _)| places.contains(place))
            .for_each(|(_, one)| *one = Some(mention.id));
        said = sentence;
    }
    let given: Option<Vec<&str>> = told.into_iter().collect();
    let Some(given) = given else { return };
    let evidence =
        Evidence { document: "正文".to_owned(), place: String::new(), quote: quote(said) };
    let loose = |fact: &Fact| fact.item == Item::Category && fact.force < Force::Label;
    people.shared.retain(|fact| !loose(fact));
    for (person, id) in people.list.iter_mut().zip(given) {
        person.facts.retain(|fact| !loose(fact));
        if person.has(Item::Category) {
            continue;
        }
        person.facts.push(Fact::apart(
            Item::Category,
            id.to_owned(),
            Force::Prose,
            evidence.clone(),
        ));
    }
}

/// Which of the people a clause begins with: `前两位报`, `最后一位`, `第二个`, `其余的`.
fn places(clause: &str, told: &[Option<&str>]) -> Option<Vec<usize>> {
    let clause = LEADS.start(clause).map_or(clause, |word| from(clause, word.len()));
    let all = told.len();
    let counted = |rest: &str| {
        let (number, rest) = number(rest)?;
        (COUNTS.start(rest).is_some() && (1..=all).contains(&number)).then_some(number)
    };
    let range = |places: Range<usize>| Some(places.collect());
    if let Some(rest) = clause.strip_prefix('第') {
        let place = counted(rest)?;
        return range(place - 1..place);
    }
    if let Some(word) = FIRST.start(clause) {
        return range(0..counted(from(clause, word.len()))?);
    }
    if let Some(word) = LAST.start(clause) {
        return range(all - counted(from(clause, word.len()))?..all);
    }
    REST.start(clause)?;
    let open = (0..all).filter(|place| told.get(*place).is_some_and(Option::is_none));
    let open: Vec<usize> = open.collect();
    (!open.is_empty() && open.len() < all).then_some(open)
}

/// A number up to ten, and what stands behind it.
fn number(text: &str) -> Option<(usize, &str)> {
    let first = text.chars().next()?;
    let rest = from(text, first.len_utf8());
    let number = match first {
        '两' | '俩' => 2,
        _ => "零一二三四五六七八九十"
            .chars()
            .position(|digit| digit == first)
            .or_else(|| first.to_digit(10).and_then(|digit| usize::try_from(digit).ok()))?,
    };
    Some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_by_their_order() {
        let none = [None; 4];
        assert_eq!(places("前两位报", &none), Some(vec![0, 1]));
        assert_eq!(places("最后一位", &none), Some(vec![3]));
        assert_eq!(places("其中第2个是", &none), Some(vec![1]));
        assert_eq!(places("其余的都报", &[Some("a"), None, None]), Some(vec![1, 2]));
        assert!(places("前天报的", &none).is_none() && places("第一次报", &none).is_none());
    }
}
