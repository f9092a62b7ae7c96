//! In whose company the writer comes, or for whom they write.

use crate::reading::language::kin;
use crate::reading::language::text::{from, until};
use crate::reading::language::words::{contains, words};

/// `帮我妈报`, `给我二叔也报上`: somebody is put down by a relative.
#[must_use]
pub(super) fn for_relative(sentence: &str) -> bool {
    sentence.match_indices('报').any(|(at, report)| {
        let clause = until(sentence, at).rsplit(['，', ',', '；']).next().unwrap_or("");
        let clause = clause.trim_end_matches(['也', '都', '来']);
        let rest = from(sentence, at + report.len());
        (kin::before(clause) || clause.ends_with(['他', '她']))
            && ["帮", "替", "给", "为", "代"].iter().any(|word| clause.contains(word))
            && !rest.starts_with(['销', '告', '仇', '道', '过', '的', '修', '废', '案'])
    })
}

/// `让我兄弟替大家去`, `给我妹报个群众代表`: one of the writer's people shall go.
#[must_use]
pub(crate) fn kin_go(own: &str) -> bool {
    own.split(['，', ',', '。', '；', '！', '：', ':', '\n', ' ']).any(|clause| {
        SENDS.spans(clause).any(|(_, end)| {
            let whom = from(clause, end);
            let whom = whom
                .trim_start_matches(['我', '俺', '他', '她', '的', '家', '们', '大', '小', '二']);
            let rest = kin::first(whom).map_or("", |kin| from(whom, kin.len()));
            GOES.found_in(rest)
        })
    })
}

words! {
    /// Verbs by which one of the writer's people is sent or put down.
    SENDS = "让 叫 派 由 换 给 帮 替 为 代";
    /// What they do.
    GOES = "去 来 报 参加 说 登记 当";
}

/// `我马占虎跟老婆锁玉花想一起去`: the writer and one of theirs.
#[must_use]
pub(super) fn with_kin(sentence: &str) -> bool {
    // 娃他爸跟我都去
    let me =
        ["跟我都", "和我都", "与我都", "跟我一", "和我一", "跟我两", "和我两", "跟我想", "和我想"];
    if me.iter().any(|joint| {
        sentence.find(joint).is_some_and(|at| kin::relative_before(until(sentence, at)))
    }) {
        return true;
    }
    ["跟", "和", "与", "带"].iter().any(|joint| {
        sentence.match_indices(joint).any(|(at, _)| {
            let rest = from(sentence, at + joint.len());
            let rest = rest.strip_prefix('我').unwrap_or(rest);
            let clause = until(sentence, at).rsplit(['，', ',', '；']).next().unwrap_or("");
            let writer = clause.strip_prefix('我').is_some_and(|rest| {
                !rest.starts_with([
                    '妈', '爸', '哥', '弟', '姐', '妹', '家', '们', '爱', '老', '公', '婆', '爷',
                    '奶', '叔', '姑', '儿', '女', '岳', '同', '邻', '的', '村', '店', '厂',
                ])
            });
            writer && kin::first(rest).is_some()
        })
    })
}

/// `和爱人王秀英、儿子马小龙一起报名`: the writer and those that they name.
#[must_use]
pub(super) fn with_others(sentence: &str) -> bool {
    let mut rest = sentence;
    while let Some(at) = rest.find(['，', ',']) {
        rest = from(rest, at).trim_start_matches(['，', ',', ' ']);
        if ["和", "跟", "与", "同", "带上", "带着", "连同", "想和", "想跟", "想带"]
            .iter()
            .any(|lead| rest.starts_with(lead))
            && contains(rest, &["一起", "一同", "一块", "同去", "同行", "都参加", "都想"])
        {
            return true;
        }
    }
    false
}

words! {
    /// Behind 我: somebody or something of theirs, or whom they speak for.
    THEIRS = "们 单位 公司 厂 店 校 社 村 院 局 家 县 镇 乡 所 站 司 区 中心 队 行 园 会 处 办 部 俩 和 跟 与 同 自己就不 的 班 是替 是帮 是代 替 帮 代 给";
}

/// `我排候补第几位`, `就把我添上`: of the writer, and not of somebody or something of theirs (我爸, 我单位).
#[must_use]
pub(super) fn of_oneself(text: &str) -> bool {
    text.split(['。', '！', '？', '；', '\n', '!', '?', '，', ',']).any(|clause| {
        let put_down = clause.split_once("把我").map(|(_, rest)| rest);
        clause.trim_start().strip_prefix('我').or(put_down).is_some_and(|rest| {
            !rest.is_empty() && THEIRS.start(rest).is_none() && kin::first(rest).is_none()
        })
    })
}
