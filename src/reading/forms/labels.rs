//! Finds `label：value` pairs in a line, however many stand in it and however they are divided.

use std::collections::HashMap;
use std::ops::Range;

use super::label_sense;
use super::label_words::{HEADINGS, LEADS_ON};
use crate::reading::language::marks::{self, Divider, greets, is_boundary, run, sentence};
use crate::reading::language::text::{CharSet, Text, cut, from, is_han, squeeze, until};
use crate::reading::values::posts;
use crate::reading::vocabulary::{IGNORED, Item, LABELS, Vocabulary};

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A label and the bytes of its value. Several items: the label names several (`单位及职务`).
    Pair {
        /// What the label names.
        items: Vec<Item>,
        /// The label itself.
        label: String,
        /// Where the value stands; empty when it stands elsewhere.
        value: Range<usize>,
        /// Divided by a colon or dash, not only by blanks.
        firm: bool,
    },
    /// Text without a label.
    Free(Range<usize>),
}

/// The labels, compiled.
#[derive(Debug)]
pub(crate) struct Labels {
    pub(crate) known: HashMap<String, Item>,
    /// What a known label begins with.
    pub(super) firsts: CharSet,
    /// What its second character can be.
    pub(super) seconds: CharSet,
    /// What it ends with.
    pub(super) lasts: CharSet,
    /// The words for categories: values, never labels.
    pub(crate) categories: Vec<String>,
    pub(super) longest: usize,
}

impl Labels {
    /// Compiles the labels of the program and of the event.
    #[must_use]
    pub(crate) fn new(vocabulary: &Vocabulary) -> Self {
        let mut known = HashMap::new();
        for label in IGNORED.split(' ') {
            known.insert(label.to_owned(), Item::Ignored);
        }
        for (item, labels) in LABELS {
            for label in labels.split(' ') {
                known.insert(label.to_owned(), item);
            }
        }
        for (item, label) in &vocabulary.labels {
            known.insert(squeeze(&Text::fold(label)), *item);
        }
        for (place, field) in vocabulary.fields.iter().enumerate() {
            for label in &field.labels {
                known.insert(squeeze(&Text::fold(label)), Item::Custom(place));
            }
        }
        let longest = known.keys().map(|label| label.chars().count()).max().unwrap_or(0);
        let categories =
            vocabulary.categories.iter().flat_map(|category| category.words.clone()).collect();
        let firsts = known.keys().filter_map(|label| label.chars().next()).collect();
        let seconds = known.keys().filter_map(|label| label.chars().nth(1)).collect();
        let lasts = known.keys().filter_map(|label| label.chars().next_back()).collect();
        Self { known, firsts, seconds, lasts, categories, longest }
    }

    /// Cuts a line into labelled pairs and free text.
    #[must_use]
    pub(crate) fn split(&self, line: &Text) -> Vec<Piece> {
        let folded = line.folded.as_str();
        let mut marks: Vec<(usize, Mark)> = Vec::new();
        let mut boundary = true;
        let mut skip_to = 0;
        for (at, c) in folded.char_indices() {
            if at < skip_to {
                continue;
            }
            let runs_on = boundary
                && marks.last().is_some_and(|(_, last)| last.firm && last.value_start == at)
                && self.runs_into_label(from(folded, at));
            boundary &= !runs_on;
            if boundary
                && (is_han(c) || c.is_ascii_alphabetic())
                && let Some(mark) = self.label_at(folded, at)
                && !self.is_post_value(marks.last(), folded, at, &mark)
            {
                skip_to = mark.value_start;
                marks.push((at, mark));
                continue;
            }
            if !boundary
                && marks.last().is_some_and(|(_, last)| last.firm && last.value_start < at)
                && let Some(mark) = self.glued_at(folded, at)
            {
                skip_to = mark.value_start;
                marks.push((at, mark));
                continue;
            }
            boundary =
                is_boundary(c) || (boundary && (c.is_ascii_digit() || matches!(c, '.' | '、')));
        }
        Self::pieces(folded, &marks)
    }

    fn pieces(folded: &str, marks: &[(usize, Mark)]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut free = 0;
        for (order, (start, mark)) in marks.iter().enumerate() {
            if *start > free {
                pieces.push(Piece::Free(free..*start));
            }
            let next = marks.get(order + 1).map_or(folded.len(), |(start, _)| *start);
            let range = mark.value_start.min(next)..next;
            if mark.items.is_empty() {
                pieces.push(Piece::Free(*start..next));
            } else {
                // What somebody puts before a colon of their own ends with the sentence.
                let stops: &[char] = if mark.known {
                    &['；', ';', '\n']
                } else {
                    &['；', ';', '\n', '。', '！']
                };
                let label = cut(folded, mark.label.clone());
                let stops = if label_sense::is_story(label) { &['\n'] } else { stops };
                let ends = cut(folded, range.clone()).find(stops);
                let end = ends.map_or(next, |at| range.start + at);
                let value = cut(folded, range.start..end);
                let last = order + 1 == marks.len();
                let bare = marks::without_slash(marks::without_number(value));
                let end = if last { end } else { range.start + bare.len() };
                pieces.push(Piece::Pair {
                    items: mark.items.clone(),
                    label: squeeze(cut(folded, mark.label.clone())),
                    value: range.start..end,
                    firm: mark.firm,
                });
                if end < next {
                    pieces.push(Piece::Free(end..next));
                }
            }
            free = next;
        }
        if free < folded.len() {
            pieces.push(Piece::Free(free..folded.len()));
        }
        pieces.retain(|piece| match piece {
            Piece::Free(range) => cut(folded, range.clone()).chars().any(char::is_alphanumeric),
            Piece::Pair { .. } => true,
        });
        pieces
    }

    /// A label that starts at `at`, with what divides it from its value.
    fn label_at(&self, folded: &str, at: usize) -> Option<Mark> {
        let (end, blanks) = run(from(folded, at), self.longest.max(16));
        if end == 0 {
            return None;
        }
        let after = from(folded, at + end);
        let (remark, after_remark) = marks::remark(after);
        let divider = marks::divider(after_remark);
        let value_start = at + end + remark + divider.length;
        if divider.colon
            && let Some(run) = self.before_colon(folded, at..at + end, value_start, blanks)
        {
            let items = self.whole(&run);
            let known = items.is_some();
            // 姓名=靳晓红/女/民族=汉族: values before the slash, and the label behind it.
            if !known && run.rsplit_once('/').is_some_and(|(_, last)| self.follows(folded, last)) {
                return None;
            }
            let items = match items {
                Some(items) => items,
                None if HEADINGS.found_in(&run) || LEADS_ON.start(&run) == Some(run.as_str()) => {
                    Vec::new()
                }
                None if from(folded, value_start).trim().is_empty() || greets(&run) => Vec::new(),
                None if run.chars().count() <= 10 && !sentence(&run) => vec![Item::Ignored],
                None => Vec::new(),
            };
            return Some(Mark { items, label: at..at + end, value_start, firm: true, known });
        }
        // Without a colon only a known label counts, followed by dashes, a blank or the line's end.
        let (items, length) = self.known_prefix(from(folded, at))?;
        let after = from(folded, at + length);
        let (remark, after_remark) = marks::remark(after);
        let enclosed = until(folded, at).ends_with(['【', '[', '［', '〔', '<', '《', '「']);
        let divider = match after_remark.chars().next() {
            // 【姓名】张三
            Some(close @ ('】' | ']' | '］' | '〕' | '>' | '》' | '」')) if enclosed => {
                let rest = from(after_remark, close.len_utf8());
                Divider {
                    length: close.len_utf8() + marks::divider(rest).length,
                    colon: false,
                    weak: false,
                }
            }
            _ => marks::divider(after_remark),
        };
        let at_end = after_remark.trim().is_empty();
        if !(divider.length > 0 || at_end)
            || divider.weak
                && until(folded, at).trim_end().ends_with(['，', ','])
                && !self.lists_labels(folded)
        {
            return None;
        }
        let value_start = at + length + remark + divider.length;
        Some(Mark {
            items,
            label: at..at + length,
            value_start,
            firm: divider.length > 0 && !divider.weak,
            known: true,
        })
    }

    /// What stands before a colon, without blanks, if it can be a label.
    fn before_colon(
        &self,
        folded: &str,
        range: Range<usize>,
        value: usize,
        blanks: bool,
    ) -> Option<String> {
        let run = squeeze(cut(folded, range));
        // `白玉琴 性别：` is a value and a label; `姓 名：` is one label.
        let one = !blanks
            || self.known.contains_key(&run)
            || self.composite(&run).is_some()
            || marks::latin_tail(&run).is_some_and(|han| self.known.contains_key(han));
        // 8:30 is a time.
        let time = run.ends_with(|c: char| c.is_ascii_digit())
            && from(folded, value).starts_with(|c: char| c.is_ascii_digit());
        (one && !time && run.chars().count() <= 24).then_some(run)
    }

    /// `姓名：冯学智性别：男`: what stands behind the first colon is a value and a label.
    fn runs_into_label(&self, folded: &str) -> bool {
        let (end, _) = run(folded, self.longest.max(16));
        if !marks::divider(marks::remark(from(folded, end)).1).colon {
            return false;
        }
        let run = squeeze(until(folded, end));
        self.whole(&run).is_none()
            && run.char_indices().skip(1).any(|(at, _)| {
                let rest = from(&run, at);
                rest.len() >= 6 && (self.known.contains_key(rest) || self.composite(rest).is_some())
            })
    }

    /// `姓名：冯学智性别：男`: a label with its colon, glued to the value before.
    fn glued_at(&self, folded: &str, at: usize) -> Option<Mark> {
        let (items, length) = self.known_prefix(from(folded, at))?;
        let divider = marks::divider(from(folded, at + length));
        let certain = length >= 6 && divider.colon;
        certain.then(|| Mark {
            items,
            label: at..at + length,
            value_start: at + length + divider.length,
            firm: true,
            known: true,
        })
    }

    /// The longest known label at the start, blanks inside it allowed; composites too.
    pub(super) fn known_prefix(&self, folded: &str) -> Option<(Vec<Item>, usize)> {
        // 男/女 女: the choice for a label, and what was chosen.
        if let Some(rest) = ["男/女", "女/男"].iter().find_map(|word| folded.strip_prefix(word))
            && matches!(rest.trim_start().chars().next(), Some('男' | '女'))
        {
            return Some((vec![Item::Gender], folded.len() - rest.len()));
        }
        let mut items: Vec<Item> = Vec::new();
        let mut used = 0;
        loop {
            let (item, length) = self.one_prefix(from(folded, used))?;
            items.push(item);
            used += length;
            let rest = from(folded, used);
            let joint = rest
                .chars()
                .next()
                .filter(|c| matches!(c, '/' | '、' | '及' | '和' | '与' | '&' | '+'));
            match joint {
                Some(c)
                    if items.len() < 4 && self.one_prefix(from(rest, c.len_utf8())).is_some() =>
                {
                    used += c.len_utf8();
                }
                Some(c) if label_sense::is_broken(&items, rest) => {
                    return Some((vec![Item::Organization, Item::Position], used + c.len_utf8()));
                }
                _ => return Some((items, used)),
            }
        }
    }

    /// `职务：负责人`, `单位：某某家政服务部，负责人`: directly behind 职务, and behind an employer to the end, a post
    /// is the value, though others write it as a label of somebody else.
    fn is_post_value(
        &self,
        last: Option<&(usize, Mark)>,
        folded: &str,
        at: usize,
        mark: &Mark,
    ) -> bool {
        let Some((_, last)) = last else { return false };
        let between = cut(folded, last.value_start..at);
        let behind = from(folded, mark.label.end);
        let rest = behind.trim_start_matches([' ', '，', ',', '；', ';', '。']);
        let alone =
            rest.is_empty() || rest.len() < behind.len() && self.known_prefix(rest).is_some();
        let under_post =
            last.items == [Item::Position] && between.trim().is_empty() && (last.firm || alone);
        let behind_employer =
            last.items.contains(&Item::Organization) && between.chars().any(is_han) && alone;
        let colon = cut(folded, mark.label.end..mark.value_start).contains([':', '：']);
        (under_post || behind_employer) && !colon && posts::is_post(cut(folded, mark.label.clone()))
    }
}

#[derive(Clone, Debug)]
struct Mark {
    items: Vec<Item>,
    label: Range<usize>,
    value_start: usize,
    firm: bool,
    /// It means something, if only that it is of no use.
    known: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(line: &str) -> Vec<(Vec<Item>, String)> {
        let text = Text::new(line);
        let labels = Labels::new(&Vocabulary::default());
        let pieces = labels.split(&text).into_iter();
        pieces
            .filter_map(|piece| match piece {
                Piece::Pair { items, value, .. } => {
                    Some((items, cut(&text.shown, value).trim().to_owned()))
                }
                Piece::Free(_) => None,
            })
            .collect()
    }

    #[test]
    fn labels_are_found_however_they_are_divided() {
        use Item::{Ethnicity, Gender, Name, Phone};
        let one = |item, value: &str| (vec![item], value.to_owned());
        assert_eq!(pairs("姓  名：张三"), [one(Name, "张三")]);
        assert_eq!(pairs("姓名——叶尔兰·哈力"), [one(Name, "叶尔兰·哈力")]);
        assert_eq!(
            pairs("姓名：白玉琴 性别：女 民族：回"),
            [one(Name, "白玉琴"), one(Gender, "女"), one(Ethnicity, "回")]
        );
        assert_eq!(
            pairs("参加人：杨晓梅；手机号码：15109581428；"),
            [one(Name, "杨晓梅"), one(Phone, "15109581428")]
        );
        assert_eq!(pairs("手机 19995830417"), [one(Phone, "19995830417")]);
        assert_eq!(pairs("性别/民族 : 女/回"), [(vec![Gender, Ethnicity], "女/回".to_owned())]);
        assert_eq!(pairs("2、联系电话（手机）：138"), [one(Phone, "138")]);
        assert_eq!(pairs("住址：吉强镇 民族路5号").len(), 1);
    }

    #[test]
    fn other_peoples_labels_and_headings_are_told_apart() {
        assert_eq!(pairs("紧急联系人电话：138"), [(vec![Item::Contact], "138".to_owned())]);
        assert_eq!(pairs("原参保单位：超市"), [(vec![Item::Ignored], "超市".to_owned())]);
        assert_eq!(pairs("报名当监督员：咸秀珍，女"), []);
        assert_eq!(pairs("西吉县审批服务管理局："), []);
    }
}
