//! What stands beside a name, and what it tells of whom it names.

use super::alone;
use super::parts;
use super::people_words::{self, Cue};
use crate::reading::language::kin;
use crate::reading::language::text::{from, until};
use crate::reading::language::words::words;
use crate::reading::prose::Around;
use crate::reading::values::names;

/// `上周报的何永泰查出胆结石`: whoever was put down is named, whatever is told of them.
fn put_down(before: &str) -> bool {
    ["报过名的", "报了名的", "报的", "登记的", "推荐的", "派的", "名单上的", "名单里的"]
        .iter()
        .any(|end| before.ends_with(end))
}

/// The same, and `我是禹建国开大车的`: what leads to a name, and what goes on behind it.
pub(super) fn led_on(before: &str, tail: &str) -> bool {
    put_down(before) || before.ends_with("我是") && tells_trade(tail)
}

/// `妻子古丽娜尔`: to the end of the clause, behind a word that says that it is a name.
pub(super) fn foreign_to_the_end(rest: &str) -> bool {
    (4..=5).contains(&rest.chars().count()) && names::foreign(rest)
}

/// `我叫祁秀兰我想报名`: spoken without any marks.
pub(super) fn spoken_on(word: &str, tail: &str) -> bool {
    tail.starts_with(['我', '他', '她', '家', '住', '今', '现'])
        || tells_trade(tail)
        || word.chars().count() >= 3 && alone::spelled(word, tail)
}

/// `跑出租的`, `种地的电话…`: what whoever is named lives by.
fn tells_trade(tail: &str) -> bool {
    let near = tail.char_indices().nth(6).map_or(tail, |(at, _)| until(tail, at));
    let trade = near.split_once('的').map(|(trade, _)| trade);
    tail.starts_with([
        '跑', '开', '种', '养', '卖', '教', '做', '干', '修', '送', '打', '搞', '弄', '拉', '守',
    ]) && trade.is_some_and(|trade| (2..=4).contains(&trade.chars().count()))
}

/// What joins two names inside a clause.
pub(super) fn joins(gap: &str) -> bool {
    matches!(gap, "和" | "与" | "及" | "、" | "跟" | "同" | "以及")
}

/// `我婆婆想参加，叫咸秀花`: the sentence before tells whose name it is.
pub(super) fn named_by(before: &str, text_before: &str) -> Cue {
    let called = matches!(before, "叫" | "名叫" | "名字叫");
    let ahead = text_before.strip_suffix(before).unwrap_or(text_before);
    if called && people_words::of_another(ahead) { Cue::For } else { Cue::Writer }
}

/// `我和媳妇马秀莲都去`: put down together with the writer.
pub(super) fn with_writer(before: &str, after: &str) -> bool {
    ["我和", "我跟", "我与", "本人和", "本人与"].iter().any(|lead| before.starts_with(lead))
        && ["都", "一起", "一同", "一块", "两", "俩", "想", "报名", "参加"]
            .iter()
            .any(|word| after.starts_with(word))
}

/// `听邻居海有福说`: who told of the day is not put down.
pub(super) fn hearsay(before: &str, tail: &str) -> bool {
    let tells = ["说", "告诉", "介绍", "讲"].iter().any(|verb| tail.starts_with(verb));
    tells && !before.contains(['替', '帮', '给', '代', '为'])
}

/// `已邮件报名（祁小红）`, `登记的“汪晓英”应该是“汪晓瑛”`: a name between marks of its own.
pub(super) fn set_apart(folded: &str, here: usize) -> bool {
    let before = until(folded, here);
    let open = before.trim_end_matches(['（', '(']);
    let quoted = before.ends_with(['“', '「', '"', '‘', '『']);
    let corrects = ["应为", "应该是", "写成", "改为", "改成", "不是"];
    // 我媳妇（禹秀梅）要加班.
    let told = open.ends_with("报名") || open.ends_with(['他', '她']) || kin::before(open);
    open.len() < here && told || quoted && corrects.iter().any(|word| folded.contains(word))
}

/// `我已经报过名了（马志刚）`: who is registered already is only named.
pub(super) fn told_before(before: &str) -> bool {
    // Hardly any name stands in a bracket.
    before.ends_with(['(', '（']) && {
        let near = from(before, before.char_indices().rev().take(9).last().map_or(0, |(at, _)| at));
        [
            "报了我自己",
            "报了自己",
            "报过名了",
            "报过名",
            "报过了",
            "登记过了",
            "已经报名",
            "已报名",
            "报了名",
            "报名了",
        ]
        .iter()
        .any(|word| near.contains(word))
            || sent_before(until(
                before,
                before.len() - before.chars().next_back().map_or(0, char::len_utf8),
            ))
    }
}

/// What leads to a name, and how strongly: the words before it, or those around that single somebody out.
pub(super) fn led_to(before: &str, rest: &str, around: Around) -> Option<(i32, Cue)> {
    people_words::left(before)
        .or_else(|| people_words::open_left(before, rest))
        .or_else(|| around.singled.then_some((2, Cue::Plain)))
}

/// `李文书，麻烦你给说一下`: somebody by their title.
pub(super) fn spoken_to(clause: &str, after: &str) -> bool {
    let (name, title) = names::split_title(clause);
    !title.is_empty() && names::surname(name) == 1 && parts::asked_to_help(after)
}

words! {
    /// What ends a clause that tells of what was handed in.
    HANDED_IN = "已经发了 已发了 发过了 发了 已经交了 已交了 交过了 交了 报上了 报好了 登记了 登记上了 填了 寄了 递了 提交了";
    /// Of whom.
    OWN = "我自己 我本人 我的 本人的 自己的";
    /// When.
    BEFORE = "已 昨 前天 前几天 上周 上星期 上礼拜 上次 早 刚才 之前";
}

/// `昨天我自己的报名已经发了`: the writer's own registration, some time ago.
fn sent_before(told: &str) -> bool {
    let clause = told.rsplit(['，', ',', '。', '；', '！', '\n']).next().unwrap_or("");
    HANDED_IN.end(clause).is_some() && OWN.found_in(clause) && BEFORE.found_in(clause)
}
