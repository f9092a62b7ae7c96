//! Which people of a list are meant: `只报编号1和3`, `第3位马海龙不能参加，请不要登记`.

use crate::reading::fact::{Fact, Group};
use crate::reading::language::text::{Text, from, until};
use crate::reading::language::words::words;
use crate::reading::vocabulary::Item;

words! {
    /// Only those are put down.
    ONLY = "只报 只登记 仅报 仅登记 只算 只要 只有 只给 仅推荐 只推荐 我们报 我村报 本村报";
    /// Those are left out.
    WITHOUT = "不要登记 不用登记 别登记 不登记 不要录 别录 不报了 不用报 除外 不算 划掉 去掉 剔除 删掉 不要算 不参加了 退出 不能参加 来不了 去不了 参加不了";
    /// What counts the rows of a list.
    ORDINALS = "编号 序号 第 表中第 名单第 名单中第";
}

/// Leaves out of the lists those whom the writer's words leave out.
pub(crate) fn apply(groups: &mut Vec<Group>, own: &str) {
    let rows = groups.iter().filter(|group| matches!(group, Group::Record(_))).count();
    if rows < 2 {
        return;
    }
    let mut only: Vec<usize> = Vec::new();
    let mut without: Vec<usize> = Vec::new();
    let mut away: Vec<String> = Vec::new();
    for sentence in own.split(['。', '！', '；', ';', '\n', '!']) {
        let ordinals = ordinals(sentence, rows);
        if ONLY.found_in(sentence) && !ordinals.is_empty() {
            only.extend(ordinals);
        } else if WITHOUT.found_in(sentence) {
            without.extend(ordinals);
            away.extend(names_in(groups, sentence));
        }
    }
    // Whoever is named as left out, and is not all of them.
    let everybody = away.len() >= rows || without.len() >= rows || only.len() >= rows;
    if everybody || only.is_empty() && without.is_empty() && away.is_empty() {
        return;
    }
    let mut row = 0;
    groups.retain(|group| {
        let Group::Record(facts) = group else { return true };
        if !facts.iter().any(|fact| fact.item == Item::Name) {
            return true;
        }
        row += 1;
        let named = facts.iter().any(|fact| fact.item == Item::Name && away.contains(&fact.value));
        (only.is_empty() || only.contains(&row)) && !without.contains(&row) && !named
    });
}

/// The names of the list's people that a sentence speaks of.
fn names_in(groups: &[Group], sentence: &str) -> Vec<String> {
    let records = groups.iter().filter(|group| matches!(group, Group::Record(_)));
    let names = records.flat_map(Group::facts).filter(|fact: &&Fact| fact.item == Item::Name);
    names
        .filter(|fact| sentence.contains(&Text::fold(&fact.value)))
        .map(|fact| fact.value.clone())
        .collect()
}

/// `编号1和3`, `第2、4位`: rows by their numbers.
fn ordinals(sentence: &str, rows: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for (_, end) in ORDINALS.spans(sentence) {
        let rest = from(sentence, end);
        let stop = rest.find(|c: char| !(number(c).is_some() || "、和,，及与 号-".contains(c)));
        let list = until(rest, stop.unwrap_or(rest.len()));
        let parts = list.split(|c: char| "、和,，及与 号".contains(c));
        found.extend(parts.filter_map(value).filter(|place| (1..=rows).contains(place)));
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn value(text: &str) -> Option<usize> {
    text.parse().ok().or_else(|| {
        let mut chars = text.chars();
        chars.next().and_then(number).filter(|_| chars.next().is_none())
    })
}

fn number(c: char) -> Option<usize> {
    "零一二三四五六七八九"
        .chars()
        .position(|digit| digit == c)
        .or_else(|| c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_told_by_their_numbers() {
        assert_eq!(ordinals("我们只报自己村的两位（编号1和3）", 4), [1, 3]);
        assert_eq!(ordinals("名单中第3位马海龙不能参加", 4), [3]);
        assert_eq!(ordinals("第二、四位不报了", 4), [2, 4]);
        assert!(ordinals("9月28日第一次参加", 0).is_empty());
    }
}
