//! Places that are given away, handed to somebody, or no longer wanted.

use super::grammar::{HANDS, LISTED, OLDER, PLACE, SEATS, TAKES_OUT, TO_US, UNWANTED};
use super::phrases::CONDITIONS;
use crate::reading::language::kin;
use crate::reading::language::text::{from, until};
use crate::reading::language::words::words;
use crate::reading::values::names;

/// `我那个名额就让给后面排队的人`.
#[must_use]
pub(super) fn gives_away(sentence: &str) -> bool {
    SEATS.spans(sentence).any(|(_, end)| {
        let clause = from(sentence, end).split(['，', ',', '；', ';', '。']).next().unwrap_or("");
        let hands = HANDS.spans(clause).find(|(at, _)| until(clause, *at).chars().count() <= 8);
        hands.is_some_and(|(at, end)| {
            !TO_US.found_in(until(clause, at)) && TO_US.start(from(clause, end)).is_none()
        })
    })
}

words! {
    /// Verbs of leaving a place to others, the place unsaid.
    LEAVES_TO = "留给 让给 转给 递补给 安排给 给 让 叫 换 通知 轮";
    /// Who waits for it.
    NEXT = "后头 后面 后边 下一 下面 别人 别的人 旁人 其他人 其他 排队 需要";
}

/// `给后头的人吧`, `让下一位去吧`, and nothing else in the clause: the place is left to whoever is next.
#[must_use]
pub(super) fn passes_on(sentence: &str) -> bool {
    let hands = |clause: &str| {
        let clause = clause.trim().trim_end_matches(['。', '！', '!', '~', '吧', '啦', '哈', '了']);
        let leads = ["那就", "还是", "你们", "请您", "请", "就", "您", "您们", "麻烦"];
        let bare = leads.iter().fold(clause, |rest, lead| rest.strip_prefix(lead).unwrap_or(rest));
        let rest = LEAVES_TO.start(bare).map_or("", |verb| from(bare, verb.len()));
        let whom = NEXT.start(rest).map(|next| from(rest, next.len()));
        whom.is_some_and(|whom| {
            let end = ["来参加", "去参加", "参加", "来", "去", "报", "递补"];
            let whom = end.iter().find_map(|verb| whom.strip_suffix(verb)).unwrap_or(whom);
            matches!(
                whom,
                "" | "位"
                    | "个"
                    | "的"
                    | "的人"
                    | "人"
                    | "个人"
                    | "的同志"
                    | "那位"
                    | "候补的"
                    | "的群众"
            )
        })
    };
    !CONDITIONS.found_in(sentence) && sentence.split(['，', ',', '；', ';', '。', ' ']).any(hands)
}

words! {
    /// Verbs by which a place goes to whoever is named behind.
    GOES_TO = "由 让 给 换成 换 改成 改由";
    /// What whoever takes it does.
    TAKES = "来 去 坐 顶 替 接 补 参加 吧 用 了";
}

/// `他的名额给他弟马天禄吧`, `那个位子由我们车间的康建军补上`: the place goes to somebody who is named.
#[must_use]
pub(super) fn hands_to(sentence: &str) -> bool {
    SEATS.spans(sentence).any(|(_, end)| {
        let clause = from(sentence, end).split(['，', ',', '；', ';', '。', '：', '（']).next();
        let clause = clause.unwrap_or("");
        GOES_TO.spans(clause).filter(|(at, _)| until(clause, *at).chars().count() <= 4).any(
            |(_, end)| {
                let whom = from(clause, end).trim_start_matches(['我', '他', '她', '的']);
                let kin = kin::first(whom).map_or(0, str::len);
                let whose = whom.rfind('的').map_or(0, |at| at + '的'.len_utf8());
                is_taker(from(whom, kin), kin > 0)
                    || whose > 0 && is_taker(from(whom, whose), false)
            },
        )
    })
}

words! {
    /// Verbs by which somebody is sent.
    SENT = "由 让 叫 派 请 换";
    /// Verbs of stepping in for another.
    STEPS_IN = "顶 来顶 去顶 补上 补他 补她 补这 补那 接替 替他 替她 替上";
}

/// `让王芳顶上`, `由我们厂的伏小梅顶他的名额`, `来顶李明的名额`: somebody who is named stands in for another.
#[must_use]
pub(super) fn steps_in(sentence: &str) -> bool {
    let mut clauses = sentence.split(['，', ',', '；', ';', '。', '：', '（']);
    clauses.any(|clause| {
        let sent = SENT.spans(clause).any(|(_, end)| {
            let whom = from(clause, end);
            let whose = whom.find('的').map_or(0, |at| at + '的'.len_utf8());
            let named = |whom: &str| {
                let ends = whom.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1).take(3);
                ends.into_iter().any(|end| {
                    names::plausible(until(whom, end)) && STEPS_IN.start(from(whom, end)).is_some()
                })
            };
            named(whom) || named(from(whom, whose))
        });
        sent || clause.split_once('顶').is_some_and(|(_, whom)| {
            let name = whom.split('的').next().unwrap_or("");
            names::plausible(name)
                && SEATS.start(from(whom, name.len() + '的'.len_utf8())).is_some()
        })
    })
}

/// `卢文静来坐`: a name, and nothing behind it but what they do with the place; of the writer's people whatever it is.
fn is_taker(whom: &str, kin: bool) -> bool {
    let ends = whom.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1).take(3);
    ends.into_iter().any(|end| {
        let rest = from(whom, end);
        names::plausible(until(whom, end))
            && (kin || rest.trim().is_empty() || TAKES.start(rest).is_some())
    })
}

/// `把我从名单里拿掉`, `把他的名字勾了`: somebody is taken out.
#[must_use]
pub(super) fn takes_out(sentence: &str) -> bool {
    // 她那个名字你们划掉吧
    let mut clauses = sentence.split(['，', ',', '；', '。']);
    let first = clauses.any(|clause| {
        ["名字", "名额", "报名", "登记"]
            .iter()
            .any(|word| clause.split_once(word).is_some_and(|(_, rest)| TAKES_OUT.found_in(rest)))
    });
    if first {
        return true;
    }
    ["把", "将", "给我", "帮我"].iter().any(|lead| {
        sentence.match_indices(lead).any(|(at, _)| {
            let clause = from(sentence, at).split(['，', ',', '；', '。']).next().unwrap_or("");
            TAKES_OUT.found_in(clause) && LISTED.found_in(clause)
        })
    })
}

/// `我这个号作废`, `名额我不要了`: a place, and that it is no longer wanted. An older paper that no longer counts
/// is replaced: `原来那份作废`.
#[must_use]
pub(super) fn voids(sentence: &str) -> bool {
    let clauses = sentence.split(['，', ',', '；', ';', '。']);
    let mut gone = clauses.filter(|clause| UNWANTED.found_in(clause));
    gone.any(|clause| (PLACE.found_in(clause) || SEATS.found_in(clause)) && !OLDER.found_in(clause))
}

/// `旧的作废`, `原来那份不要了`: what was sent before is replaced.
#[must_use]
pub(super) fn voids_older(sentence: &str) -> bool {
    let clauses = sentence.split(['，', ',', '；', ';', '。']);
    let paper =
        ["旧的", "原来", "那份", "那张", "上一份", "前一份", "之前", "先前", "以前", "原表"];
    clauses.filter(|clause| UNWANTED.found_in(clause)).any(|clause| {
        paper.iter().any(|word| clause.contains(word))
            && !["电话", "手机", "号", "证", "执照"].iter().any(|word| clause.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_given_away_and_kept() {
        assert!(gives_away("我那个名额就让给后面排队的人吧"));
        assert!(gives_away("名额请给别人"));
        assert!(!gives_away("麻烦把名额给我留着"));
        assert!(!gives_away("有名额的话给我报一个"));
        assert!(passes_on("给后头的人吧") && passes_on("我在医院守着，请通知后面的人。"));
        assert!(!passes_on("给后头的人也说一声") && !passes_on("满了的话就给别人吧"));
        assert!(hands_to("他的位置由卢文静来坐"));
        assert!(voids_older("一切以附件这份为准，旧的作废") && !voids_older("旧身份证作废了"));
    }
}
