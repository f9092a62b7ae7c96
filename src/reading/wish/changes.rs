//! What corrects something that a registration holds.

use std::ops::Range;

use super::Wish;
use super::mistakes::{of_hand, puts_down_as, slipped, told_as_reason, warns};
use super::phrases::{CHANGES, CONDITIONS, HELD, MOVED, NOT_CHANGES, ON_THE_LIST, PAPERS, POLITE};
use crate::reading::language::text::{cut, from, until};
use crate::reading::language::words::Heard;

/// Something that a registration holds is corrected.
pub(super) fn change(sentence: &str, heard: Heard<'_>, asks: bool, wish: &mut Wish) {
    let (polite, condition) = (heard.has(&POLITE), heard.has(&CONDITIONS));
    let moved = heard.has(&MOVED);
    // 办执照变更: the paper is changed, not the registration.
    let clauses = || sentence.split(['，', ',']).filter(|clause| CHANGES.found_in(clause));
    let of_paper = |clause: &str| PAPERS.found_in(clause) && !HELD.found_in(clause);
    let paper = PAPERS.found_in(sentence)
        && (!HELD.found_in(sentence)
            || clauses().next().is_some()
                && clauses().all(|clause| of_paper(clause) || warned(clause)));
    if heard.has(&CHANGES)
        && CHANGES.spans(sentence).any(|(at, end)| {
            let clause = clause_at(sentence, at);
            let else_fine = !NOT_CHANGES.found_in(cut(sentence, clause.clone()));
            else_fine
                && !asks_whether(cut(sentence, clause.clone()))
                && !warns(until(sentence, at))
                && !of_hand(until(sentence, at), cut(sentence, at..end), from(sentence, end))
                && !told_as_reason(until(sentence, clause.start), cut(sentence, clause))
                && !put_off(cut(sentence, at..end), from(sentence, end))
                && !puts_down_as(sentence, at..end)
        })
        && !paper
        && !(asks && heard.has(&NOT_CHANGES))
        && (moved || !condition)
        // 昨天报名时把电话写成我老婆的了，要紧吗: the slip is told, whatever is asked about it.
        && (moved || polite || !asks || slipped(sentence))
    {
        wish.changes = true;
        wish.mends |= HELD.found_in(sentence);
        // 请把某某的电话改成…: the office has it from a registration.
        let named = sentence.contains(['把', '将']) || ON_THE_LIST.found_in(sentence);
        wish.related |= moved && named && HELD.found_in(sentence);
    }
}

/// The clause in which this place stands.
pub(super) fn clause_at(text: &str, at: usize) -> Range<usize> {
    let marks = ['，', ',', '。', '\n'];
    let start = until(text, at).rsplit(marks).next().map_or(at, |clause| at - clause.len());
    start..at + from(text, at).find(marks).unwrap_or(text.len() - at)
}

/// `手机改成158…改了没`: whether it was done.
fn asks_whether(clause: &str) -> bool {
    let bare = clause.trim_end_matches(|c: char| !c.is_alphanumeric());
    let bare = bare.trim_end_matches(['呀', '啊', '呢']);
    let ends = [
        "改了没",
        "改了没有",
        "改了吗",
        "改过来没",
        "改过来了没",
        "改过来没有",
        "改过来吗",
        "改好没",
        "改好了没",
        "改没改",
        "换了没",
        "换了没有",
        "换过来没",
        "更正了没",
        "更正了吗",
        "更正没有",
    ];
    ends.iter().any(|end| bare.ends_with(end))
}

/// `改到27号我倒有空了`: the day of the event is another.
fn put_off(word: &str, rest: &str) -> bool {
    let day = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '月');
    word == "改到" && day.len() < rest.len() && day.starts_with(['号', '日'])
}

/// `别写成“俊”啦`: what is asked not to happen.
fn warned(clause: &str) -> bool {
    CHANGES.spans(clause).all(|(at, _)| warns(until(clause, at)))
}
