//! A word or two as an answer: 要, 好的我来, 不要了, 去不成了. What was asked decides what it means, so
//! here it is only heard; every word must be understood, or nothing is.

use serde::{Deserialize, Serialize};

use crate::reading::language::text::Text;
use crate::reading::language::words::{Words, words};

/// What an answer of a word or two says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Brief {
    /// 要, 好的我来
    Yes,
    /// 不要了, 去不成了
    No,
}

/// What was said, and whether it was about coming.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Yes,
    /// 不要了: of what, the question before must tell.
    No,
    /// 去不成了: the writer does not come.
    StaysAway,
}

words! {
    /// Agrees, or only acknowledges: beside a no it counts for nothing.
    GRANTS = "好 可以 行 OK okay 成 中";
    COMES = "\
        要 来 去 参加 愿意 同意 接受 确认 确认参加 没问题 是 yes 要去 要来 要参加 会去 会来 会参加 想去 想来 想参加 \
        能去 能来 能参加 能到 可以去 可以来 可以参加 愿意去 愿意来 愿意参加 愿意接受 同意参加 确认去 确认来 确认要 确定 确定参加 \
        确定去 确定来 准时参加 准时到 准时去 准时来 按时参加 按时到 按时去 一定到 一定去 一定来 一定参加 参加活动 报名参加 \
        不见不散 名额要 要名额 要这个名额 接受名额 保留 请保留 给我保留 都来 都去 都参加 都要";
    STAYS_AWAY = "\
        不去 不来 不参加 不报 不报名 去不成 来不成 去不 来不 去不了 来不了 参加不 参加不了 参加不成 去不上 来不上 不能去 不能来 不能参加 不想去 \
        不想来 不想参加 不打算去 不打算参加 没法去 没法来 没法参加 有事去不了 有事来不了 有事不去 有事去不成 临时有事去不了 家里有事去不了 无法参加 没办法去 没办法参加 没空去 没时间去 取消 \
        取消报名 取消参加 请取消 给我取消 帮我取消 放弃 放弃参加 放弃名额 放弃报名 退出 退出报名 都不去 都不来 都不参加 不考虑参加";
    DECLINES = "\
        不 不要 不用 不需要 不必 不接受 不同意 不愿意 不行 不可以 不了 不要名额 名额不要 算 算了 no 否 没空 没时间 让给别人 给别人 让给下一位 给下一位 \
        让给其他人 让给其他 名额让给别人 名额给别人 给其他人 让给有需要的人 有事";
    /// Says neither.
    FILLS = "\
        您好 你好 老师好 领导好 各位好 尊敬的领导 谢谢 谢谢您 谢谢你 谢谢你们 多谢 感谢 非常感谢 谢谢老师 谢谢领导 收到 已收到 邮件收到 知道 \
        明白 抱歉 很抱歉 十分抱歉 对不起 不好意思 实在不好意思 真不好意思 麻烦 麻烦你们 麻烦您 辛苦 打扰 太好 此致 敬礼 祝好 嗯 恩 嗯嗯 哦 \
        回复 本人 老师 领导 同志 最近忙 太忙 家里有事 临时有事 有急事 单位有事";
    /// What begins and ends a word without changing it.
    LEADS = "我们两个 我们俩 我们都 我们 我 俺 咱 本人 那我 那就 那 就 嗯 恩 还是 当然 肯定 好的 行 可以 也 会 都 这次 我会 还 很";
    TAILS = "的 了 吧 啦 啊 哦 呢 呀 嘛 哈 噢 哟 喽 哒 滴 谢谢 谢谢您 谢谢你 一下 的话";
    /// Here the writer's own words end.
    SIGNED = "发自 来自 sent from 从我的 获取 -- —— ---";
}

/// So many characters are no word or two any more, those of a signature aside.
const MOST: usize = 40;

/// What the writer's own lines say, when it is no more than that. `names` may stand beside it.
#[must_use]
pub(crate) fn said(own_lines: &str, names: &[String]) -> Option<Said> {
    let folded = Text::fold(own_lines);
    let mut heard: Option<Said> = None;
    let mut grants = false;
    let mut count = 0;
    let signed = |line: &&str| SIGNED.start(&line.to_ascii_lowercase()).is_some();
    for line in folded.lines().map(str::trim).take_while(|line| !signed(line)) {
        for part in line.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
            if names.iter().any(|name| Text::fold(name) == part) {
                continue;
            }
            count += part.chars().count();
            match meaning(part)? {
                Meaning::Nothing => {}
                Meaning::Grants => grants = true,
                Meaning::Says(said) => heard = Some(both(heard, said)?),
            }
        }
    }
    if count > MOST {
        return None;
    }
    heard.or(grants.then_some(Said::Yes))
}

enum Meaning {
    Nothing,
    Grants,
    Says(Said),
}

/// Both, when one does not say the opposite of the other.
fn both(before: Option<Said>, now: Said) -> Option<Said> {
    match (before, now) {
        (None, now) => Some(now),
        (Some(before), now) if before == now => Some(now),
        (Some(Said::No), Said::StaysAway) | (Some(Said::StaysAway), Said::No) => {
            Some(Said::StaysAway)
        }
        _ => None,
    }
}

/// What one part means; `None` when it is not understood.
fn meaning(part: &str) -> Option<Meaning> {
    plain(part).or_else(|| {
        let rest = LEADS.start(part).and_then(|lead| part.strip_prefix(lead));
        rest.filter(|rest| !rest.is_empty()).and_then(meaning)
    })
}

/// The same for a part whose beginning is its own.
fn plain(part: &str) -> Option<Meaning> {
    let is = |list: &Words| list.iter().any(|word| word.eq_ignore_ascii_case(part));
    if is(&STAYS_AWAY) {
        Some(Meaning::Says(Said::StaysAway))
    } else if is(&DECLINES) {
        Some(Meaning::Says(Said::No))
    } else if is(&COMES) {
        Some(Meaning::Says(Said::Yes))
    } else if is(&GRANTS) {
        Some(Meaning::Grants)
    } else if is(&FILLS) {
        Some(Meaning::Nothing)
    } else {
        let rest = TAILS.ends(part).find_map(|tail| part.strip_suffix(tail));
        rest.filter(|rest| !rest.is_empty()).and_then(plain)
    }
}

impl From<Said> for Brief {
    fn from(said: Said) -> Self {
        match said {
            Said::Yes => Self::Yes,
            Said::No | Said::StaysAway => Self::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hears(text: &str) -> Option<Said> {
        said(text, &["马建国".to_owned()])
    }

    #[test]
    fn a_word_or_two_is_understood_and_nothing_else_is() {
        let yes = [
            "要",
            "好的,我来",
            "去",
            "我去",
            "OK",
            "ok！",
            "好",
            "行，我参加",
            "您好！我要参加，谢谢。",
            "没问题的",
            "我们都参加",
            "收到，会准时参加",
            "嗯，来的",
            "马建国\n确认参加\n",
            "可以\n\n发自我的iPhone",
        ];
        let no = [
            "不要了",
            "不用了，谢谢",
            "算了吧",
            "不",
            "让给别人吧",
            "不好意思，不需要了",
            "没空，不要了",
        ];
        let away = [
            "去不成了",
            "不去了",
            "来不了了",
            "不来了",
            "好的，不去了",
            "取消吧",
            "放弃",
            "抱歉，有事去不了",
            "不要了，去不成",
            "我们都不去了",
        ];
        let open = [
            "",
            "收到",
            "谢谢",
            "看情况吧",
            "可能去不了",
            "再说吧",
            "能带孩子吗？",
            "我考虑一下",
            "要，不要",
            "去吗",
            "去哪里",
            "不是不去",
            "我爱人去",
            "要两个名额",
            "电话13995000002",
            "好的 13995000002",
        ];
        for (texts, expected) in [
            (&yes[..], Some(Said::Yes)),
            (&no[..], Some(Said::No)),
            (&away[..], Some(Said::StaysAway)),
            (&open[..], None),
        ] {
            for text in texts {
                assert_eq!(hears(text), expected, "{text}");
            }
        }
    }
}
