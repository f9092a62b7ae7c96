//! What the quotation below an answer adds: an older mail of the writer's own, or the bureau's form
//! filled in where it stands.

use crate::message::{Document, Voice};

use super::case::has_voice;
use super::letter::{self, Letter};
use crate::reading::fact::{Fact, Force, Group, Role};
use crate::reading::forms::labels::Labels;
use crate::reading::language::words::{contains, words};
use crate::reading::scan::Scanner;
use crate::reading::values::categories::Categories;
use crate::reading::vocabulary::{Item, Vocabulary};
use crate::reading::wish;

words! {
    /// The writer says that the answers stand below.
    FILLED_BELOW = "\
        填在 填好 填写在 下面 下方 如下 原文 原信 原邮件 红字 红色 蓝色 蓝字 标红 已填 填上 表里 表格里 \
        表中 见下 往下看 看下面 空格里 空白处 空里 逐项 逐条 对应 原处";
}

/// The candidates of the quotation.
#[derive(Clone, Debug, Default)]
pub(crate) enum Below {
    /// Nothing that adds to the answer.
    #[default]
    Nothing,
    /// A registration that the writer sent earlier.
    Earlier(Vec<Group>),
    /// The bureau's own form, filled in.
    Filled(Vec<Group>),
}

/// Reads the quotation below an answer.
#[must_use]
pub(crate) fn read(
    body: Option<&Document>,
    own: &str,
    letter: &Letter,
    words: (&Labels, &Vocabulary, &Categories),
) -> Below {
    let (labels, vocabulary, categories) = words;
    let Some(body) = body.filter(|body| has_voice(Some(body), Voice::Quoted)) else {
        return Below::Nothing;
    };
    let scan = || {
        let mut scanner = Scanner::new(labels, vocabulary, categories);
        scanner.document(body, &[Voice::Quoted]);
        scanner.finish()
    };
    if letter.ours {
        let answers =
            letter::numbers(&letter.text, vocabulary).is_empty() && contains(own, &FILLED_BELOW);
        if !answers {
            return Below::Nothing;
        }
        let groups = scan();
        let labelled = |item: Item| named(&groups, |fact| fact.item == item && !fact.wrong);
        let filled = labelled(Item::Name) && (labelled(Item::Phone) || labelled(Item::Category));
        return if filled { Below::Filled(groups) } else { Below::Nothing };
    }
    let told = wish::hear(&letter.text, vocabulary, categories);
    if !(told.registers || told.related) {
        return Below::Nothing;
    }
    let groups = scan();
    let somebody = named(&groups, |fact| {
        fact.item == Item::Name && fact.role != Role::Contact && fact.force > Force::Guess
    });
    if somebody { Below::Earlier(groups) } else { Below::Nothing }
}

fn named(groups: &[Group], fits: impl Fn(&Fact) -> bool) -> bool {
    groups.iter().flat_map(Group::facts).any(fits)
}

/// Adds an earlier mail of the writer's to what the answer says: who is concerned, and what holds
/// unless the answer says otherwise.
pub(crate) fn add_earlier(groups: &mut Vec<Group>, earlier: &[Group]) {
    let named = |groups: &[Group]| {
        let mut names: Vec<String> = groups
            .iter()
            .flat_map(Group::facts)
            .filter(|fact| fact.item == Item::Name && fact.role != Role::Contact && !fact.wrong)
            .map(|fact| fact.value.clone())
            .collect();
        names.sort();
        names.dedup();
        names
    };
    if !named(groups).is_empty() {
        return;
    }
    let said: Vec<Item> = groups.iter().flat_map(Group::facts).map(|fact| fact.item).collect();
    if named(earlier).len() > 1 && !said.is_empty() {
        return;
    }
    let mut older = earlier.to_vec();
    for fact in older.iter_mut().flat_map(|group| match group {
        Group::Stream(facts) | Group::Record(facts) => facts.iter_mut(),
    }) {
        fact.old |= said.contains(&fact.item);
    }
    older.append(groups);
    *groups = older;
}
