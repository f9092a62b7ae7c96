//! Headings that put everybody below them into one category: `一、政务公开义务监督员（1名）`, a sheet's name.

use std::rc::Rc;

use crate::reading::Evidence;
use crate::reading::fact::{Fact, Force, Role};
use crate::reading::language::text::{squeeze, until};
use crate::reading::values::categories::Categories;
use crate::reading::vocabulary::Item;

/// A part of a list whose people have one category.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    category: String,
    evidence: Rc<Evidence>,
}

impl Section {
    /// A line that is nothing but an ordinal or a count and a category.
    #[must_use]
    pub(crate) fn of_line(
        folded: &str,
        categories: &Categories,
        evidence: &Rc<Evidence>,
    ) -> Option<Self> {
        // Hardly any line is that short and begins or ends like that.
        let line = squeeze(folded);
        if line.chars().nth(30).is_some() {
            return None;
        }
        let unnumbered = without_ordinal(&line);
        let bare = without_count(unnumbered);
        (bare.len() < line.len()).then(|| Self::of_title(bare, categories, evidence)).flatten()
    }

    /// A title that names one category and nothing else.
    #[must_use]
    pub(crate) fn of_title(
        folded: &str,
        categories: &Categories,
        evidence: &Rc<Evidence>,
    ) -> Option<Self> {
        let bare = folded.trim().trim_end_matches("名单").trim_end_matches("人选");
        let mentions = categories.mentions(bare);
        let [only] = mentions.as_slice() else { return None };
        (only.start == 0 && only.end == bare.len())
            .then(|| Self { category: only.id.to_owned(), evidence: Rc::clone(evidence) })
    }

    /// Everybody named in these facts who has no category of their own gets this one.
    pub(crate) fn fill(&self, facts: &mut Vec<Fact>, start: usize) {
        let added = facts.get(start..).unwrap_or(&[]);
        if added.iter().any(|fact| fact.item == Item::Category) {
            return;
        }
        let named = |fact: &Fact| fact.item == Item::Name && fact.role == Role::Listed;
        let mut at = start;
        while let Some(fact) = facts.get(at) {
            if named(fact) {
                let category = Fact {
                    item: Item::Category,
                    value: self.category.clone(),
                    wrong: false,
                    force: Force::Label,
                    old: false,
                    joined: false,
                    all: false,
                    evidence: Rc::clone(&self.evidence),
                    ..fact.clone()
                };
                facts.insert(at + 1, category);
                at += 1;
            }
            at += 1;
        }
    }
}

/// A heading without its ordinal and its count.
#[must_use]
pub(super) fn bare(line: &str) -> &str {
    without_count(without_ordinal(line.trim()))
}

/// `一、`, `（二）`, `3.`: nothing before it.
fn without_ordinal(line: &str) -> &str {
    let number = |c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit();
    let open = line.trim_start_matches(['（', '(']);
    let rest = open.trim_start_matches(number);
    let marked = rest.len() < open.len() && rest.starts_with(['、', '.', '．', '）', ')']);
    if marked { rest.trim_start_matches(['、', '.', '．', '）', ')']) } else { line }
}

/// `（1名）`, `2人`, `：` behind it.
fn without_count(line: &str) -> &str {
    let line = line.trim_end_matches(['：', ':']);
    let inner = line.trim_end_matches(['）', ')']);
    let Some(bare) = inner.strip_suffix(['名', '人', '位', '个']) else { return line };
    let digits = bare
        .trim_end_matches(|c: char| "一二两三四五六七八九十共".contains(c) || c.is_ascii_digit());
    if digits.len() == bare.len() {
        return line;
    }
    let end = digits.trim_end_matches(['（', '(', '，', '共']).len();
    until(digits, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_and_counts_are_cut_off() {
        for line in ["一、群众代表（2名）", "（二）群众代表：", "群众代表2人", "1.群众代表共3名"]
        {
            assert_eq!(without_count(without_ordinal(line)), "群众代表", "{line}");
        }
        assert_eq!(without_count(without_ordinal("群众代表")), "群众代表");
    }
}
