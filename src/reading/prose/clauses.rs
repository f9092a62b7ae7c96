//! Cuts a sentence into clauses.

use std::ops::Range;

use super::earlier;
use super::former;
use crate::reading::language::run_on;
use crate::reading::language::text::{cut, from, is_han, until};
use crate::reading::values::names;
use crate::reading::values::places;

/// A clause: its range, and whether its sentence asks or tells of the past.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    pub(crate) range: Range<usize>,
    pub(crate) former: bool,
}

/// The clauses of a text.
#[must_use]
pub(super) fn clauses(folded: &str) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut start = 0;
    let mut push = |range: Range<usize>| {
        let part = cut(folded, range.clone());
        let lead = part.len() - part.trim_start().len();
        let trimmed = part.trim();
        if trimmed.is_empty() {
            return;
        }
        let begin = range.start + lead;
        for part in run_on::parts(trimmed) {
            // 担任过保管员、会计、副股长: the list goes on.
            let listed = clauses.last().is_some_and(|last: &Clause| {
                last.former && cut(folded, last.range.end..begin) == "、"
            });
            // 先在银川的公司干了半年，嫌远就辞了
            if former::has_left(cut(trimmed, part.clone()))
                && let Some(last) = clauses.last_mut()
            {
                last.former |= cut(folded, last.range.clone()).contains(['在', '干']);
            }
            let said = cut(trimmed, part.clone());
            let since = || earlier::told_apart(said, from(folded, begin + part.end));
            let former = listed || former::is_past(said) || since();
            clauses.push(Clause { range: begin + part.start..begin + part.end, former });
        }
    };
    let mut skip = 0;
    for (at, c) in folded.char_indices().filter(|(_, c)| divides(*c)) {
        // 宁夏秋实（西吉）律师事务所: a bracket inside an employer's name.
        if at < skip {
            continue;
        }
        if let Some(end) = matches!(c, '（' | '(').then(|| bracketed(folded, at)).flatten() {
            skip = end;
            continue;
        }
        let next = from(folded, at + c.len_utf8());
        let inside = until(folded, at).ends_with(|c: char| c.is_ascii_digit())
            && next.starts_with(|c: char| c.is_ascii_digit());
        let group = |text: &str| text.len() <= GROUP && !text.is_empty();
        let grouped = || {
            let before = until(folded, at);
            let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let end = next.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            group(from(before, start)) && group(until(next, next.len() - end))
        };
        let joined = || matches!(c, '-' | '—' | '–' | '_' | '/' | '+') || c == ' ' && grouped();
        if !(inside && joined()) {
            push(start..at);
            start = at + c.len_utf8();
        }
    }
    push(start..folded.len());
    join_single(folded, clauses)
}

/// No group of a number told in groups is longer: `642223 19890203 1234`.
const GROUP: usize = 8;

/// A mark that ends a clause. Every character is asked: a comparison each is sooner done than a search.
fn divides(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '，' | ','
                | '、'
                | '；'
                | ';'
                | '。'
                | '！'
                | '!'
                | '？'
                | '?'
                | '（'
                | '）'
                | '('
                | ')'
                | '【'
                | '】'
                | '['
                | ']'
                | '|'
                | ':'
                | '：'
                | '“'
                | '”'
                | '"'
                | '\''
                | '《'
                | '》'
                | '<'
                | '>'
                | '「'
                | '」'
                | '-'
                | '—'
                | '–'
                | '_'
                | '/'
                | '+'
        )
}

/// Where a bracket ends that holds a place in the middle of an employer's name.
fn bracketed(folded: &str, at: usize) -> Option<usize> {
    let close = at + from(folded, at).find(['）', ')'])?;
    let inner = cut(folded, at..close).trim_start_matches(['（', '(']);
    let end = close + from(folded, close).chars().next().map_or(1, char::len_utf8);
    let rest = from(folded, end);
    let rest = until(rest, rest.find(|c: char| !is_han(c)).unwrap_or(rest.len()));
    // 佳禾生活超市（平峰街道店）: which of several shops.
    let branch =
        ["店", "分店", "分部", "校区", "院区", "分公司"].iter().any(|end| inner.ends_with(end));
    let name = last_word(folded, at);
    if branch && inner.chars().all(is_han) && places::is_organization(name) {
        return Some(end);
    }
    let named = (2..=4).contains(&inner.chars().count())
        && inner.chars().all(is_han)
        && until(folded, at).ends_with(is_han)
        && places::organization_end(rest)
            .is_some_and(|end| end >= 9 && until(rest, end).chars().count() <= 14)
        && !until(folded, at).ends_with(['的', '我', '是', '名']);
    named.then_some(end)
}

/// The Han characters that stand directly before.
fn last_word(folded: &str, at: usize) -> &str {
    let before = until(folded, at);
    let start = before
        .rfind(|c: char| !is_han(c))
        .map_or(0, |mark| mark + from(before, mark).chars().next().map_or(1, char::len_utf8));
    from(before, start)
}

/// `张 三` was cut at the blank: two single characters that make a name are one clause.
fn join_single(folded: &str, clauses: Vec<Clause>) -> Vec<Clause> {
    let mut joined: Vec<Clause> = Vec::new();
    for clause in clauses {
        if let Some(last) = joined.last_mut() {
            let gap = cut(folded, last.range.end..clause.range.start);
            let both =
                || [cut(folded, last.range.clone()), cut(folded, clause.range.clone())].concat();
            let single = |range: &Range<usize>| cut(folded, range.clone()).chars().count() == 1;
            let blanks = !gap.is_empty() && gap.chars().all(char::is_whitespace);
            if blanks && single(&last.range) && single(&clause.range) && names::plausible(&both()) {
                last.range.end = clause.range.end;
                continue;
            }
        }
        joined.push(clause);
    }
    joined
}
