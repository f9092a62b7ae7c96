//! What is said out of politeness and asks for nothing: thanks, an acknowledgement, praise for the counter.

use super::ends_sentence;
use super::phrases::{COURTESY, THANKS};
use crate::reading::language::text::{cut, from, until};
use crate::reading::language::words::contains;

/// Nothing but thanks or an acknowledgement.
#[must_use]
pub(crate) fn is_courtesy(text: &str) -> bool {
    let mut rest: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    if rest.chars().count() > 60 || !contains(&rest, &THANKS) {
        return false;
    }
    for word in COURTESY.iter() {
        rest = rest.replace(word, "");
    }
    rest.chars().count() <= 4
}

/// `上个月去大厅办过一次医保，窗口的同志态度很好`: told of another day, and nothing is wanted.
pub(super) fn told_with_praise(text: &str, at: usize) -> bool {
    let start = until(text, at).rfind(ends_sentence).unwrap_or(0);
    let rest = from(text, at);
    let end = at + rest.find(ends_sentence).unwrap_or(rest.len());
    let sentence = cut(text, start..end);
    let before = [
        "办过",
        "去办",
        "办了",
        "上次",
        "上个月",
        "上月",
        "去年",
        "前年",
        "以前",
        "前阵子",
        "前些天",
    ];
    let praise = [
        "态度",
        "热情",
        "方便",
        "很快",
        "满意",
        "辛苦",
        "耐心",
        "周到",
        "效率",
        "就好了",
        "办好",
        "顺利",
    ];
    contains(sentence, &before)
        && contains(sentence, &praise)
        && !contains(
            sentence,
            &["请", "麻烦", "？", "吗", "没有办", "怎么", "不好", "太差", "投诉"],
        )
        && !from(text, end).starts_with(['？', '?'])
}
