//! What somebody did some years ago, where the text goes on with what they do now.

use crate::reading::language::kin;
use crate::reading::language::text::{from, until};
use crate::reading::language::words::words;

words! {
    /// Some years ago.
    EARLIER = "前些年 前几年 前两年 前年 早些年 早几年 头几年 头些年 头两年 那几年 那些年 往年 年轻的时候 年轻那会 刚毕业那会 起初 当初 最初 一开始 开头几年 刚开始 大前年 去年以前 几年前";
    /// Since when something else holds.
    NOW = "如今 现在 现今 现 目前 眼下 今年 去年 后来 这几年 这两年 回来后 回来以后 回乡后";
    /// Working somewhere.
    WORKS = "在 到 进 给 当 做 是 跟";
    /// What is only wished or given to know now.
    WISHES = "报名 参加 活动 代表 监督员 大厅";
}

/// `前些年一直在某某鞋厂当组长` before `如今在某某林场当护林员`: over since.
#[must_use]
pub(super) fn told_apart(clause: &str, after: &str) -> bool {
    let worked = EARLIER.spans(clause).any(|(at, end)| {
        let own = kin::first(until(clause, at)).is_none();
        own && from(clause, end).contains(['在', '给', '当']) && !from(clause, end).contains("开始")
    });
    worked && NOW.spans(clause).next().is_none() && clauses(after).any(works_now)
}

/// The clauses behind.
fn clauses(after: &str) -> impl Iterator<Item = &str> {
    after.split(['，', ',', '。', '；', ';', '！', '\n'])
}

/// `如今在某某林场当护林员`, where `我媳妇现在还在开文具店` is told of another.
fn works_now(clause: &str) -> bool {
    let own = clause.trim_start_matches(['我', '本', '人', ' ']);
    !kin::spoken_of(clause)
        && !WISHES.found_in(clause)
        && NOW.start(own).is_some_and(|now| {
            let rest = from(own, now.len());
            WORKS.spans(rest).any(|(at, _)| until(rest, at).chars().count() <= NEAR)
        })
}

/// Between the time and the verb stands no more, in characters: `现在又回来在`.
const NEAR: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_is_told_apart_from_what_is() {
        let now = "，如今在月亮山林场当护林员";
        assert!(told_apart("前些年一直在晋江安踏当裁断组长", now));
        assert!(!told_apart("前些年一直在晋江安踏当裁断组长", "，如今娃都大了"));
        assert!(!told_apart("前些年一直在晋江安踏当裁断组长", "，我媳妇现在还在开文具店"));
        assert!(!told_apart("前几年开始在福源超市当店长", now));
        assert!(!told_apart("前些年在福源超市当店长", "，现在想当群众代表"));
    }
}
