//! Words of mistakes: which tell of one, which only warn of it or ask for something.

use std::ops::Range;

use super::phrases::EARLIER;
use crate::reading::language::text::{cut, from, until};
use crate::reading::language::words::contains;

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
