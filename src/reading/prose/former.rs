//! Former times: what somebody did, and where they worked, that is over.

use crate::reading::language::text::until;
use crate::reading::language::words::words;

words! {
    /// Words of former times.
    PAST = "以前 之前 原来在 原先 曾经 曾在 曾任 退休 离职 毕业 过去在 从前 早年 原在 当过 干过 \
        起先在 最早在 先是在 一开始在 转业到 分配到 担任过 任过 做过 先后担任 先后任 先后在 历任 参军 辞职 退下来 退伍 下岗 内退 离休 原是 原系 当年 年轻时";
}

words! {
    /// That somebody left where they worked.
    LEFT = "就辞了 辞了 辞掉 辞工 不干了 没干了 不做了 干不下去 倒闭 黄了 散伙 跳槽 被裁 裁员 离开了 回来了 就回来 就走了";
}

/// `嫌远就辞了`: what was told just before is over.
#[must_use]
pub(super) fn has_left(clause: &str) -> bool {
    LEFT.spans(clause).any(|(at, _)| !until(clause, at).ends_with(['没', '未', '不', '要', '想']))
}

/// `在震湖中学教了三十三年化学`, of somebody who has retired since.
#[must_use]
pub(crate) fn served(clause: &str) -> bool {
    // 工作三十九年, 教语文三十二年
    let years = clause.match_indices('年').any(|(at, _)| {
        let before = until(clause, at).trim_end_matches(['多', '余', '来']);
        let verb = before
            .trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
        verb.len() < before.len()
            && ["工作", "教书", "任教", "从教", "教", "干", "服务", "当了"]
                .iter()
                .any(|word| verb.contains(word))
    });
    years
        || ["教了", "干了", "工作了", "待了", "呆了", "帮过"]
            .iter()
            .any(|verb| clause.contains(verb))
}

/// Clauses about former times: what they say of an employer no longer holds.
#[must_use]
pub(crate) fn is_past(clause: &str) -> bool {
    let own =
        ["我是", "本人是", "本人系", "我系"].iter().find_map(|lead| clause.strip_prefix(lead));
    let of_old =
        own.unwrap_or(clause).strip_prefix('原').is_some_and(|rest| rest.chars().count() >= 4);
    of_old || PAST.found_in(clause) || until_a_year(clause)
}

/// `2010年至2018年在某某公司任施工员`: over in that year.
fn until_a_year(clause: &str) -> bool {
    let year = |text: &str| text.chars().take(4).filter(char::is_ascii_digit).count() == 4;
    let ends = ["年至", "年到", "年-", "年—"];
    ends.iter().any(|end| clause.split(end).skip(1).any(year))
}
