//! Mails in which no word asks for a place, and what stands there does.

use super::answer::accepts;
use crate::reading::context::case::Case;
use crate::reading::language::text::is_han;
use crate::reading::language::words::{contains, words};
use crate::reading::people::stated::Data;

words! {
    POINTS = "\
        登记表 报名表 申请表 表填好 表已填 填好的表 表在附件 见附件 看附件 附件是 盖章的 表手写 手写填好 填好拍 拍下来 拍照发 拍了照 照片里 拍了个照 拍个照 手写的 表是照片 照片发";
}

/// No word asks for a place, but what stands there does: a form, data, a yes.
pub(super) fn asks_between_the_lines(
    case: &Case,
    data: Data,
    letter: bool,
    forms: bool,
    related: bool,
) -> bool {
    let wish = &case.wish;
    let structured = data.labelled >= 2 || data.names > 0 && data.numbers > 0;
    let points = contains(&case.own, &POINTS);
    let opinion = contains(&case.own, &["建议", "投诉", "反映"]) && !wish.registers;
    // 我叫司马兰，愿做企业代表，电话139…。当天几点到合适？
    let comes = !wish.asks_else
        && !wish.papers
        && !wish.elsewhere
        && data.category
        && data.names > 0
        && data.numbers > 0;
    let plain = (!wish.asks || comes || (forms || case.unread_form) && asks_of_form(case))
        && !wish.missed
        && !wish.passes_down
        && !opinion;
    letter && (accepts(case) || case.letter.asks_for_more && (data.any() || data.category) && !wish.asks)
        // Nothing but somebody's data: what else would it be? A person is asked (unsure).
        || data.labelled >= 3
            && data.names > 0
            && data.numbers > 0
            && plain
            && !wish.elsewhere
            && case.own.chars().count() <= SHORT
        || data.names > 0
            && data.numbers >= data.names
            && plain
            && !wish.elsewhere
            && case.own_lines.chars().filter(|c| is_han(*c)).count() <= 5 * data.names
        || related && structured && plain && !wish.elsewhere
        || forms && plain
        || case.unread_form && points && plain && !wish.elsewhere
        || wish.registers && data.category && !wish.asks
}

/// `老师帮我弄的表，看能打开不`: what is asked is whether the form will do.
pub(super) fn asks_of_form(case: &Case) -> bool {
    let short = case.own_lines.chars().filter(|c| is_han(*c)).nth(40).is_none();
    let form = ["表", "附件", "文件", "填", "发了", "打开", "拍"];
    let will_do = [
        "打开",
        "打得开",
        "行不行",
        "行吗",
        "行不",
        "可以吗",
        "可以不",
        "对不对",
        "对吗",
        "能用",
        "填得",
        "格式",
        "合适",
        "符合",
        "收到",
        "清楚",
        "看得清",
        "看不清",
    ];
    short && contains(&case.own_lines, &form) && contains(&case.own_lines, &will_do)
}

/// A mail that holds nothing but one person's data is not longer, in characters.
const SHORT: usize = 120;
