//! Whether somebody is among those who were put down: 有没有马希玲, 我家老汉在里头没有.

use crate::reading::language::kin;
use crate::reading::language::text::{from, until};
use crate::reading::language::words::words;
use crate::reading::values::names;

/// `有没有马希玲`: whether somebody is on a list.
#[must_use]
pub(super) fn asks_for_name(sentence: &str) -> bool {
    // Hardly any sentence goes further than to the first character of all three.
    sentence.contains('有')
        && ["有没有", "有无", "有我"].iter().any(|lead| {
            sentence.find(lead).is_some_and(|at| {
                let rest = from(sentence, at + lead.len());
                let end = rest.char_indices().nth(3).map_or(rest.len(), |(at, _)| at);
                let registered = ["登记", "报名", "名单", "报的"];
                let told = registered.iter().any(|word| until(sentence, at).contains(word));
                names::plausible(until(rest, end).trim_end_matches(['？', '?', '的', '吗']))
                    || told
                        && is_somebody(
                            rest.trim_end_matches(['？', '?', '的', '名', '字', '这', '个', '人']),
                        )
            })
        })
}

/// 他, 她 or the writer.
fn is_somebody(word: &str) -> bool {
    matches!(word, "我" | "他" | "她")
}

/// `我家老汉李万财`: somebody's name, whoever it is to the writer.
fn is_named(who: &str) -> bool {
    let before = |count: usize| who.char_indices().rev().nth(count - 1).map(|(at, _)| at);
    names::plausible(who)
        || [3, 2, 4]
            .into_iter()
            .filter_map(before)
            .any(|at| names::plausible(from(who, at)) && kin::before(until(who, at)))
}

words! {
    /// Those who were put down, of whom somebody may be one.
    CHOSEN = "名单 个人 的人 人里 人当中 人员 那批 这批 这一批 代表 名额 名册 监督员 册子 入选 选上";
    /// Among them.
    AMONG = "里头 里面 里边 当中 之中 之内 中间 里 上 内 中";
}

/// `我媳妇的名字在不在那25个人里头`, `25个代表里头有马玉兰没有`: whether somebody is among those who were put down.
#[must_use]
pub(super) fn asks_among(sentence: &str) -> bool {
    let among = |place: &str| AMONG.end(place).is_some() && CHOSEN.found_in(place);
    sentence.split(['，', ',', '；', ';']).any(|clause| {
        let clause = clause.trim_end_matches(['？', '?', '。', '啊', '呀', '呢', '了']);
        let is_in = ["在不在", "在没在", "是不是在", "是否在", "有没有在"];
        let stands = is_in.iter().any(|verb| {
            clause.split_once(verb).is_some_and(|(who, place)| {
                let listed = who.ends_with("名字") || is_named(who);
                !who.is_empty() && among(place) || listed && AMONG.end(place) == Some(place)
            })
        });
        let held = ["没有", "没", "吗"].iter().find_map(|end| clause.strip_suffix(end));
        let named = held.and_then(|held| held.rsplit_once('有')).is_some_and(|(place, whom)| {
            among(place) && (names::plausible(whom) || is_somebody(whom))
        });
        // 我家老汉李万财在里头没有
        let inside = held.and_then(|held| held.rsplit_once('在')).is_some_and(|(who, place)| {
            AMONG.end(place) == Some(place) && (is_named(who) || who.ends_with("名字"))
        });
        stands || named || inside
    })
}
