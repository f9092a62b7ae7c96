//! Collects candidates out of running text.

use std::rc::Rc;

use crate::reading::Evidence;
use crate::reading::fact::{Fact, Force, Group, Role};
use crate::reading::language::text::{Text, cut, from, squeeze, until};
use crate::reading::prose::refer;
use crate::reading::prose::{self, Around, Said};
use crate::reading::scan::Scanner;
use crate::reading::values::categories::{Mention, denied, former, is_seat, is_topic, said_of_all};
use crate::reading::values::offices;
use crate::reading::values::refused::refused;
use crate::reading::vocabulary::Item;

impl Scanner<'_> {
    /// Reads running text outside any block of labelled lines.
    pub(crate) fn free(&mut self, text: &Text, evidence: &Rc<Evidence>, around: Around) {
        let block = std::mem::take(&mut self.block);
        self.free_in_block(text, evidence, around);
        for fact in self
            .stream
            .iter_mut()
            .rev()
            .take_while(|fact| fact.line == self.line && fact.force < Force::Label)
        {
            fact.block = 0;
        }
        self.block = block;
    }

    /// Reads running text that goes on with a block of labelled lines.
    pub(super) fn free_in_block(&mut self, text: &Text, evidence: &Rc<Evidence>, around: Around) {
        let named = self.groups.iter().flat_map(Group::facts).chain(&self.stream);
        let mut said = prose::read_after(text, around, &refer::known(named));
        posts_lead(text, &mut said);
        let base = self.clause + 1;
        let last = said.iter().map(|said| said.clause).max().unwrap_or(0);
        let starts = said.iter().filter(|said| said.item == Item::Name);
        let called: Vec<usize> = starts.map(|said| said.range.start).collect();
        let mut facts: Vec<(usize, Fact)> = said
            .into_iter()
            .map(|said| {
                let number = matches!(said.item, Item::Phone | Item::IdNumber);
                let ours = |clause: &str| {
                    ["我们在", "我俩在", "两人在", "我们是", "我俩是"]
                        .iter()
                        .any(|lead| clause.trim_start().starts_with(lead))
                };
                // 都是回族: the clause itself says of whom.
                let told = matches!(said.item, Item::Ethnicity | Item::Gender);
                let told = if told { said.range.end } else { said.range.start };
                let all = said_of_all(&text.folded, told, number)
                    || !number && carried(&text.folded, said.range.start, &called)
                    || said.item == Item::Organization
                        && until(&text.folded, said.range.start)
                            .rsplit(['，', '。', ',', '；'])
                            .next()
                            .is_some_and(ours);
                let fact = Fact {
                    item: said.item,
                    value: said.value,
                    wrong: said.wrong,
                    force: said.force,
                    role: said.role,
                    joined: said.joined,
                    old: false,
                    all,
                    clause: base + said.clause,
                    line: self.line,
                    block: self.block,
                    evidence: Rc::clone(evidence),
                };
                (said.range.start, fact)
            })
            .collect();
        letterheads(text, around, &mut facts);
        if around.last {
            signs_behind(text, &mut facts);
        }
        self.categories(text, base, evidence, &mut facts);
        facts.sort_by_key(|(start, _)| *start);
        self.stream.extend(facts.into_iter().map(|(_, fact)| fact));
        self.clause = base + last;
    }

    /// The categories that a text names, the longest words first.
    fn categories(
        &self,
        text: &Text,
        base: usize,
        evidence: &Rc<Evidence>,
        facts: &mut Vec<(usize, Fact)>,
    ) {
        let mentions = self.categories.mentions(&text.folded);
        for one in &mentions {
            let Mention { start, end, id } = *one;
            let other =
                |other: &&Mention<'_>| other.id != id && !refused(&text.folded, other, &mentions);
            let refused =
                refused(&text.folded, one, &mentions) && mentions.iter().any(|one| other(&one));
            let before = until(&text.folded, start);
            let after = from(&text.folded, end);
            if denied(before)
                || option(before, after)
                || !is_seat(before, after) && (is_topic(after) || after.starts_with("名额"))
                || after.starts_with(|c: char| c.is_ascii_digit()) && after.contains('人')
            {
                continue;
            }
            let clause = base
                + facts
                    .iter()
                    .filter(|(at, _)| *at <= start)
                    .map(|(_, fact)| fact.clause - base)
                    .max()
                    .unwrap_or(0);
            facts.push((
                start,
                Fact {
                    item: Item::Category,
                    value: id.to_owned(),
                    wrong: false,
                    force: Force::Prose,
                    role: Role::Listed,
                    joined: false,
                    old: refused || former(before, after),
                    all: said_of_all(&text.folded, start, false),
                    clause,
                    line: self.line,
                    block: self.block,
                    evidence: Rc::clone(evidence),
                },
            ));
        }
    }
}

/// An office's name alone on one of the last lines is its letterhead.
fn letterheads(text: &Text, around: Around, facts: &mut [(usize, Fact)]) {
    let end = text.folded.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    for (start, fact) in facts {
        if fact.item != Item::Organization || !(around.last || around.closing) {
            continue;
        }
        // 西吉县工商联（总商会）
        let office = text.folded.find(['（', '(']).unwrap_or(text.folded.len());
        let whole = || {
            let value = Text::fold(&fact.value);
            offices::same(&squeeze(&text.folded), &value)
                || value == squeeze(until(&text.folded, office))
        };
        let last = around.last
            && offices::same(cut(&text.folded, *start..end), &Text::fold(&fact.value))
            && until(&text.folded, *start).trim_end().ends_with(['。', '！', '；', '：']);
        if last || around.closing && whole() {
            fact.role = Role::SignOff;
            let office = offices::without_department(&fact.value).len();
            fact.value.truncate(office);
        }
    }
}

/// `…都报群众代表。村主任 马建国 139…`: behind the last sentence somebody signs with post and number.
fn signs_behind(text: &Text, facts: &mut [(usize, Fact)]) {
    let end = text.folded.trim_end_matches(['。', ' ', '！']);
    let Some(stop) = end.rfind(['。', '！']) else { return };
    let name = |fact: &Fact| fact.item == Item::Name;
    let named_before = facts.iter().any(|(at, fact)| *at < stop && name(fact));
    let behind = || facts.iter().filter(|(at, _)| *at > stop).map(|(_, fact)| fact);
    let card = behind().filter(|fact| name(fact)).count() == 1
        && behind().any(|fact| fact.item == Item::Position)
        && behind().any(|fact| fact.item == Item::Phone)
        && behind().all(|fact| {
            matches!(fact.item, Item::Name | Item::Phone | Item::Position | Item::Organization)
                && fact.role == Role::Listed
        });
    if named_before && card {
        for (_, fact) in facts.iter_mut().filter(|(at, _)| *at > stop) {
            fact.role = if name(fact) { Role::SignOff } else { Role::Contact };
        }
    }
}

/// `我们都没有单位，摆摊卖菜，住…`: the clause before was said of all, and nobody else was spoken of since.
fn carried(folded: &str, at: usize, names: &[usize]) -> bool {
    let start = until(folded, at).rfind(['。', '；', ';', '\n', '！']).unwrap_or(0);
    let sentence = cut(folded, start..at);
    let subject = ["我们都", "我俩", "我们两", "我们俩", "我们一家", "两人都", "三人都", "全家都"];
    let Some(said) = subject.iter().filter_map(|word| sentence.rfind(word)).max() else {
        return false;
    };
    let since = from(sentence, said + "我们".len());
    !names.iter().any(|name| (start + said..at).contains(name))
        && !["，我", "，他", "，她", "，本人"].iter().any(|word| since.contains(word))
}

/// `__监督员__（监督员/企业代表/群众代表）`: one of the options that a form prints in brackets.
fn option(before: &str, after: &str) -> bool {
    let open = before.rfind(['（', '(']).filter(|at| !from(before, *at).contains(['）', ')']));
    let close = after.find(['）', ')']);
    let (Some(open), Some(close)) = (open, close) else { return false };
    let inside = from(before, open).matches('/').count() + until(after, close).matches('/').count();
    inside >= 2 && until(after, close).chars().count() <= 30
}

/// `：销售主管 卜小燕`: a post that begins its part of the sentence leads to the name behind the blank.
fn posts_lead(text: &Text, said: &mut [Said]) {
    for at in 1..said.len() {
        let Some([post, name]) = said.get_mut(at - 1..=at) else { continue };
        let gap = cut(&text.folded, post.range.end..name.range.start);
        let before = until(&text.folded, post.range.start).trim_end();
        let begins = before.is_empty() || before.ends_with([':', '：', '；', ';', '。', '、']);
        if post.item == Item::Position
            && name.item == Item::Name
            && !gap.is_empty()
            && gap.trim().is_empty()
            && begins
        {
            post.clause = name.clause;
        }
    }
}
