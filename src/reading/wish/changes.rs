//! What corrects something that a registration holds.

use std::ops::Range;

use super::Wish;
use super::mistakes::{of_hand, puts_down_as, slipped, told_as_reason, warns};
use super::phrases::{CHANGES, CONDITIONS, HELD, MOVED, NOT_CHANGES, ON_THE_LIST, PAPERS, POLITE};
use crate::reading::language::text::{cut, from, until};
use crate::reading::language::words::{Heard, words};
use crate::reading::values::categories::falls_back;

words! {
    /// What is said of something that is wrong.
    WRONG = "不对 错了 有误 有错 不准 不正确 少了一位 少一位 多了一位 多一位 缺了一位 缺一位 漏了一位 少了个 多了个 错了一位 错一位 反了 倒了 写反 打反 颠倒";
    /// Whose number may be wrong, too.
    OF_OTHERS = "公告 通知 网上 网站 你们 贵局 公众号 窗口 大厅 办公室";
}

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
        && !falls_back(sentence)
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

/// `每年换证都要跑好几趟`: what is renewed is no person.
pub(super) fn of_things(rest: &str) -> bool {
    let things = [
        "证", "照", "季", "届", "药", "车", "房", "乘", "牌", "班", "灯", "水", "机油", "轮胎",
        "零件", "气",
    ];
    rest.strip_prefix('换').is_some_and(|what| things.iter().any(|thing| what.starts_with(thing)))
}

/// A thing that a registration holds, and behind it that it is wrong: `手机不对，是151…`, `身份证号少了一位`.
pub(super) fn found_wrong(sentence: &str) -> bool {
    let mut clauses = sentence.split(['，', ',', '。', '；', '、', ' ', '\n']);
    clauses.any(|clause| {
        let Some((_, end)) = HELD.spans(clause).max_by_key(|(_, end)| *end) else { return false };
        let behind = from(clause, end).trim_start_matches([
            '号', '码', '那', '里', '一', '项', '栏', '处', '的', '都', '也', '还', '是',
        ]);
        let wrong = WRONG.start(behind).is_some_and(|word| {
            let rest = from(behind, word.len());
            !rest.starts_with(['吗', '么', '的', '怎'])
                && !rest.starts_with("对")
                && !rest.starts_with("就")
        });
        wrong
            && !OF_OTHERS.found_in(clause)
            && !["如", "若", "要是", "有没有", "是不是", "没有", "哪里"]
                .iter()
                .any(|word| clause.contains(word))
    })
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
