//! Lines that go on from the lines before: numbers broken over two lines, several people's values
//! under one label, lists whose labels are posts or ordinals.

use std::rc::Rc;

use crate::reading::Evidence;
use crate::reading::fact::{Fact, Force};
use crate::reading::forms::grid_lists;
use crate::reading::forms::label_words::HEADINGS;
use crate::reading::language::text::{Text, cut, from, is_han, squeeze, until};
use crate::reading::language::words::words;
use crate::reading::scan::Scanner;
use crate::reading::values::behind_label;
use crate::reading::values::digits::{self};
use crate::reading::values::id_number;
use crate::reading::values::names;
use crate::reading::values::places;
use crate::reading::vocabulary::Item;

words! {
    /// What heads a list of people.
    HEADS = "如下 名单 名 位 人";
}

impl Scanner<'_> {
    /// The second half of an identity number that was broken over two lines.
    pub(super) fn continues_number(&mut self, text: &Text) -> bool {
        let Some(last) = self
            .stream
            .last_mut()
            .filter(|last| last.wrong && last.item == Item::IdNumber && last.line + 1 == self.line)
        else {
            return false;
        };
        let second = squeeze(&text.folded);
        if !second.chars().all(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X')) {
            return false;
        }
        let first: String = last.evidence.quote.chars().filter(char::is_ascii_digit).collect();
        let Ok(number) = id_number::check(&format!("{first}{second}")) else { return false };
        last.value = number;
        last.wrong = false;
        true
    }

    /// The second half of an employer's name that goes on in the next line.
    pub(super) fn continues_name(&mut self, text: &Text) -> bool {
        let Some(last) = self.stream.last_mut().filter(|last| {
            last.item == Item::Organization
                && last.force == Force::Label
                && last.line + 1 == self.line
                && !last.wrong
        }) else {
            return false;
        };
        let rest = squeeze(&text.shown);
        let whole = [last.value.as_str(), &rest].concat();
        let goes_on = places::organization_end(&Text::fold(&last.value)).is_none()
            && rest.chars().all(is_han)
            && rest.chars().count() <= 20
            && places::is_organization(&Text::fold(&whole));
        if goes_on {
            last.value = whole;
        }
        goes_on
    }

    /// `姓名：侯建、侯康`, then `电话：…、…`: as many values as names, each for its own.
    pub(super) fn abreast(
        &mut self,
        items: &[Item],
        value: &Text,
        evidence: &Rc<Evidence>,
    ) -> bool {
        let [item] = items else { return false };
        if self.names_abreast < 2 || matches!(item, Item::Name | Item::Address | Item::Ignored) {
            return false;
        }
        let marks = ['、', '；', ';', '，', ',', '/', ' ', '和'];
        let shown = value.shown.trim();
        let parts: Vec<&str> =
            shown.split(marks).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() != self.names_abreast {
            return false;
        }
        let read: Vec<Vec<behind_label::Said>> = parts
            .iter()
            .map(|part| behind_label::read(items, &Text::new(part), self.vocabulary))
            .collect();
        if read.iter().any(|said| said.len() != 1) {
            return false;
        }
        for said in read.into_iter().flatten() {
            let fact = self.fact(said, Rc::clone(evidence));
            self.stream.push(fact);
        }
        true
    }

    /// `单位：同上`: the value that the person before has under this label.
    pub(crate) fn ditto(&mut self, items: &[Item], value: &Text, evidence: &Rc<Evidence>) -> bool {
        let [item] = items else { return false };
        if !grid_lists::is_ditto(&value.folded) {
            return false;
        }
        let above = self.stream.iter().rev().find(|fact| fact.item == *item && !fact.wrong);
        if let Some(value) = above.map(|fact| fact.value.clone()) {
            let same = self.fact(behind_label::Said::Value(*item, value), Rc::clone(evidence));
            self.stream.push(same);
        }
        true
    }

    /// `李梅梅的住址上次也没写：…`: whose value it is, of those who were named.
    pub(super) fn of_named(&mut self, label: &str, evidence: &Rc<Evidence>) {
        let owns = |fact: &&Fact| {
            let name = Text::fold(&fact.value);
            let behind = label.split_once(name.as_str()).map(|(_, rest)| rest);
            fact.item == Item::Name
                && !fact.wrong
                && behind.is_some_and(|rest| rest.starts_with('的'))
        };
        let Some(named) = self.stream.iter().find(owns).cloned() else { return };
        self.clause += 1;
        self.stream.push(Fact {
            joined: false,
            clause: self.clause,
            line: self.line,
            block: self.block,
            evidence: Rc::clone(evidence),
            ..named
        });
    }

    /// Remembers whether a list of people begins.
    pub(super) fn heads_list(&mut self, text: &Text) {
        let line = text.folded.trim_end();
        // The rows may stand behind the heading's colon.
        let colon = line.char_indices().find(|(_, c)| matches!(c, '：' | ':'));
        let line = colon.map_or(line, |(at, c)| until(line, at + c.len_utf8()));
        if line.ends_with(['：', ':'])
            && (HEADINGS.found_in(line) || line.contains('报'))
            && HEADS.found_in(line)
        {
            self.list_from = Some(self.line);
        }
    }
}

/// `手机：16695821310 企业代表`, `姓名：农秀英 女`: where the value stops although no mark says so.
pub(super) fn value_end(items: &[Item], value: &Text) -> Option<usize> {
    let text = &value.folded;
    match items {
        [Item::Phone | Item::IdNumber] => {
            let end = digits::find(&value.shown).last()?.range.end;
            let rest = from(text, end);
            let told = rest.trim_start_matches([')', '）', ' ', '\t']);
            (told.len() < rest.len() && told.starts_with(is_han)).then_some(end)
        }
        [Item::Name] => {
            let start = text.len() - text.trim_start().len();
            let end = start + from(text, start).find([' ', '\t'])?;
            let rest = from(text, end).trim();
            let more = rest.contains(|c: char| c.is_ascii_digit() || "男女族".contains(c))
                || ["代表", "监督员"].iter().any(|word| rest.contains(word));
            (more && names::plausible(cut(text, start..end))).then_some(end)
        }
        // `单位：康达药店  1. 张海`: rows behind it.
        [Item::Organization | Item::Category | Item::Position] => {
            let mut at = 0;
            while let Some(gap) = from(text, at).find("  ").map(|gap| at + gap) {
                let rest = from(text, gap).trim_start();
                let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                if (1..=2).contains(&(rest.len() - number.len()))
                    && number.starts_with(['.', '、', '．'])
                {
                    return Some(gap);
                }
                at = gap + 2;
            }
            None
        }
        _ => None,
    }
}

/// `报名类别（1.监督员 2.群众代表）：2`: the option that a number or letter stands for.
pub(super) fn option(items: &[Item], before: &str, value: &Text) -> Option<Text> {
    let mut marks = value.folded.trim().chars().filter(|c| !c.is_ascii_punctuation());
    let (mark, rest) = (marks.next()?, marks.next());
    if items != [Item::Category] || rest.is_some() {
        return None;
    }
    let figure =
        CIRCLED.iter().zip('1'..).find(|(circled, figure)| mark == **circled || mark == *figure);
    let circled = figure.map_or(mark, |(circled, _)| *circled);
    let start = if let Some(at) = before.find(circled).filter(|_| CIRCLED.contains(&circled)) {
        at + circled.len_utf8()
    } else {
        let mark = figure.map_or(mark, |(_, figure)| figure);
        let stops =
            |at: usize| from(before, at).starts_with(['.', '、', '．', ':', '：', ')', '）', ' ']);
        let mut places = before.match_indices(mark).map(|(at, _)| at + mark.len_utf8());
        places.find(|at| mark.is_ascii_alphanumeric() && stops(*at))?
    };
    let option = from(before, start);
    let ends = |c: char| {
        c.is_ascii_alphanumeric() || CIRCLED.contains(&c) || matches!(c, '；' | ';' | '/')
    };
    let end = option.char_indices().skip(1).find(|(_, c)| ends(*c));
    Some(Text::new(until(option, end.map_or(option.len(), |(at, _)| at))))
}

/// Figures in a circle, from one.
const CIRCLED: [char; 9] = ['①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨'];
