//! Words of mistakes: which tell of one, which only warn of it or ask for something.

use std::ops::Range;

use super::phrases::{EARLIER, REGISTRATION};
use crate::reading::language::text::{cut, from, until};
use crate::reading::language::words::{contains, words};
use crate::reading::values::digits::{self, Number};

/// `别写错`, `千万不要填错`: what is asked not to happen.
#[must_use]
pub(super) fn warns(before: &str) -> bool {
    [
        "别",
        "没",
        "没有",
        "未",
        "不要",
        "勿",
        "莫",
        "不能",
        "别给",
        "别把",
        "不要给",
        "别再",
        "避免",
        "免得",
        "怕",
        "防止",
    ]
    .iter()
    .any(|word| before.ends_with(word))
}

/// `给我报成企业代表`: what somebody shall be put down as, unless it is told that they were.
#[must_use]
pub(super) fn puts_down_as(sentence: &str, word: Range<usize>) -> bool {
    let divides = ['，', ',', '；', ';', '。', '！', '\n'];
    let asked = matches!(cut(sentence, word.clone()), "报成" | "登记成" | "录成" | "留成");
    let before = until(sentence, word.start);
    let asks = ["给我", "给俺", "帮我", "请给他", "请给她", "给我们", "就给我", "请"];
    let behind = from(sentence, word.end).split(divides).next().unwrap_or("");
    let done = behind.trim_end().ends_with('了') || EARLIER.found_in(before);
    asked && asks.iter().any(|lead| before.ends_with(lead)) && !done && !before.contains("你们")
}

/// `电话177…，刚才打错了，177…才对`: what was written a moment ago stands in this very mail.
#[must_use]
pub(super) fn just_slipped(before: &str, word: &str, behind: &str) -> bool {
    let errs = ["打错", "写错", "输错", "说错", "填错", "记错"];
    let line = before.rsplit(['\n', '；']).next().unwrap_or("");
    let digits = line.chars().filter(char::is_ascii_digit).count();
    matches!(word, "刚才" | "刚刚" | "前面" | "上面")
        && digits >= 11
        && errs
            .iter()
            .any(|err| behind.trim_start_matches(['手', '的', '那', '个', '我']).starts_with(err))
}

/// `昨天报名时把电话写成我老婆的了`: what was sent before was wrong.
#[must_use]
pub(super) fn slipped(sentence: &str) -> bool {
    contains(sentence, &["写成", "填成", "报成", "留成", "写错", "填错", "报错", "留错"])
        && EARLIER.found_in(sentence)
}

/// `电话甲，打错了，是乙，前面那个打不通`: the former of two numbers that stand in this very mail, and no earlier one.
#[must_use]
pub(super) fn former_of_two(before: &str, word: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or("");
    let written = |number: &Number| match number {
        Number::Mobile(_) | Number::WrongMobile(_) => Some(true),
        Number::Id(_) | Number::WrongId(..) => Some(false),
        _ => None,
    };
    let found = || digits::find(line).into_iter().filter_map(|found| written(&found.number));
    let two = |mobile: bool| found().filter(|kind| *kind == mobile).nth(1).is_some();
    matches!(word, "前面" | "上面" | "刚才" | "刚刚" | "之前") && (two(true) || two(false))
}

words! {
    /// What is made for somebody elsewhere, with their name on it.
    MADE = "牌子 桌签 桌牌 席卡 座签 座牌 证书 聘书 奖状 请柬 请帖 胸牌 工牌 胸卡 快递 包裹 锦旗 横幅 名片 合影 海报 展板 票";
    /// When it was made.
    ONCE = "上次 上回 去年 前年 以前 之前 头回 往年 老是 总是 每次 回回";
    /// Before it: how something is to be written this time.
    ASKED_FOR = "别写 别打 别弄 别搞 别填 别把 别再 不要写 不要打 不要把 请写 请按 写全 写对 千万 勿";
}

/// `单位请写全称，别写塞北红，上次牌子就做错了`: why something is asked for; what went wrong there is no registration.
#[must_use]
pub(super) fn told_as_reason(before: &str, clause: &str) -> bool {
    ONCE.found_in(clause)
        && !REGISTRATION.found_in(clause)
        && (MADE.found_in(clause) || ASKED_FOR.found_in(before))
}

/// `有的数字写成字了`, `有错字您担待`: in what hand the mail is written; nothing in it is wrong.
#[must_use]
pub(super) fn of_hand(before: &str, word: &str, behind: &str) -> bool {
    // Spoken without a mark: only what stands next to it.
    let near = before.char_indices().rev().nth(7).map_or(before, |(at, _)| from(before, at));
    let hand = ["字", "汉字", "大写", "小写", "数字", "繁体", "这样", "这个样"];
    let in_hand = word == "写成" && hand.iter().any(|how| behind.starts_with(how));
    let slips = ["有错", "写错", "打错", "错了"].contains(&word)
        && (behind.starts_with(['字', '别']) || behind.starts_with("的字"));
    (in_hand || slips) && !near.contains("名字") && !REGISTRATION.found_in(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_shall_be_put_down_as_is_no_slip() {
        let word = |said: &str| said.find("报成").map(|at| at..at + "报成".len()).unwrap();
        for (said, asks) in [
            ("给我报成企业代表", true),
            ("昨天给我报成企业代表了", false),
            ("你们把我报成企业代表", false),
        ] {
            assert_eq!(puts_down_as(said, word(said)), asks, "{said}");
        }
    }
}
