//! What a sentence asks: a question, how things stand, or a place.

use super::company::for_relative;
use super::grammar::{
    DONE, HANDS_DOWN, WANTED, asks_inside, asks_leave, asks_which, asks_with_ne, came_to_nothing,
    only_looks, passes_down, supposed, told_when, without_particles,
};
use super::phrases::{ALSO, ASKS, MAY_I, MISSED, NOT_REGISTERS, PERFORMS, REGISTERS, STATUS};
use super::postponed::decides_later;
use crate::reading::language::text::{from, until};
use crate::reading::language::words::{Heard, contains, words};
use crate::reading::values::categories::{self, Categories};

/// What counts a category behind its verb: 当一回监督员.
const COUNTS: [&str; 12] =
    ["一回", "一名", "一个", "一位", "一次", "个", "名", "上", "回", "了", "一下", "位"];

words! {
    /// As what somebody was put down.
    PUT_DOWN_AS = "登记成 登记的是 登记的 登记到 报成 报的是 报的 填成 写成 录成 算 归到 分到";
    /// That it is asked.
    OPEN = "哪一类 哪类 哪个类 哪一种 哪种 什么类 啥类 什么身份 啥身份";
}

/// For which of two categories somebody is registered, `登记成哪一类了`.
pub(super) fn which(sentence: &str, categories: &Categories) -> bool {
    if PUT_DOWN_AS.spans(sentence).any(|(_, end)| OPEN.start(from(sentence, end)).is_some()) {
        return true;
    }
    if !sentence.contains("还是") {
        return false;
    }
    let mut named: Vec<_> =
        categories.mentions(sentence).iter().map(|said| (said.start, said.end)).collect();
    named.sort_unstable();
    asks_which(sentence, &named)
}

/// A question: its words, or how a clause ends.
pub(super) fn puts_question(sentence: &str, heard: Heard<'_>) -> bool {
    let said = without_particles(sentence);
    // 姓名：??: characters that were lost, not a question.
    let lost = || contains(sentence, &["：?", ":?", "：？？"]);
    // 哪个民族 → 汉族: the label of a form asks, the writer answers.
    let answers = sentence.find('→').is_some_and(|at| at > 0 && at < 45);
    let asks = (heard.has(&ASKS) && !all_the_same(sentence)
        || sentence.contains('呢') && asks_with_ne(sentence))
        && !lost()
        && !answers
        && !only_looks(sentence)
        || said.ends_with("没有")
        || said.ends_with(['没', '不'])
        || asks_inside(sentence);
    // 让我弟弟替我去行吗: a wish, put as a question.
    asks && !asks_leave(sentence)
}

/// `找我们哪个都成`, `几点都行`: what does not matter is no question.
fn all_the_same(sentence: &str) -> bool {
    let whatever = [
        "哪个都",
        "哪天都",
        "哪里都",
        "哪儿都",
        "几点都",
        "什么时候都",
        "多少都",
        "哪个也",
        "怎么都",
    ];
    let Some(word) = whatever.iter().find(|word| sentence.contains(**word)) else { return false };
    !ASKS.found_in(&sentence.replace(word, ""))
}

/// Asks for a place, and does not only ask whether somebody may at all.
pub(super) fn registers(
    sentence: &str,
    heard: Heard<'_>,
    asks: bool,
    categories: &Categories,
) -> bool {
    let sentence = without_closed(without_otherwise(sentence));
    let not = heard.has(&NOT_REGISTERS) && NOT_REGISTERS.found_in(sentence);
    if CALLED_UPON.found_in(sentence) && !heard.has(&PERFORMS) {
        return false;
    }
    // 15号发的邮件报监督员: done already.
    let done = heard.has(&DONE) && !heard.has(&PERFORMS) && told_when(sentence);
    let came_to_nothing = heard.has(&WANTED) && came_to_nothing(sentence);
    let passes_down = heard.has(&HANDS_DOWN) && passes_down(sentence);
    let over = not || done || came_to_nothing || passes_down;
    let plainly = !over
        && !decides_later(sentence)
        && (!asks || heard.has(&PERFORMS) && !heard.has(&MAY_I))
        && !heard.has(&MISSED);
    // 我已经报名了，再加上我父亲: the new wish beside the old one.
    let also = not && heard.has(&ALSO) && !asks;
    (plainly || also)
        && (heard.has(&REGISTERS) && asked_outright(sentence)
            || for_relative(sentence)
            || reports_category(sentence, categories))
}

/// `要是还有位子就把我添上，没有就算了，下次我早些`: without what shall be done where there is none.
fn without_otherwise(sentence: &str) -> &str {
    let otherwise = |&(at, comma): &(usize, &str)| {
        OTHERWISE.start(from(sentence, at + comma.len()).trim_start()).is_some()
    };
    let end = sentence.match_indices(['，', ',', '；', ' ']).find(otherwise);
    end.map_or(sentence, |(at, _)| until(sentence, at))
}

/// `报名都截止了才看到，能不能给我加一个？`: what is asked although it is late.
fn without_closed(sentence: &str) -> &str {
    let (late, asked) = sentence.split_once(['，', ',']).unwrap_or(("", sentence));
    let closed = late.contains("截止") && !late.contains(['没', '吗', '不']);
    if closed && ["给我", "帮我", "把我", "能给", "能帮"].iter().any(|word| asked.contains(word))
    {
        asked
    } else {
        sentence
    }
}

/// What is asked is how things stand: `我已报名并收到确认，请问能不能带孩子？` asks something else.
pub(super) fn asked_after(sentence: &str) -> bool {
    let mut clauses = sentence.split(['，', ',', '；', ';', '、']).peekable();
    let mut asked = false;
    while let Some(clause) = clauses.next() {
        let last = clauses.peek().is_none();
        let open =
            ASKS.found_in(clause) || clause.ends_with(['没', '不']) || clause.ends_with("没有");
        let leads = contains(clause, &["请问", "想问", "咨询", "打听", "查", "核实"]);
        if (STATUS.found_in(clause) || asks_if_chosen(clause))
            && (open || asked || leads || !contains(clause, &["收到", "成功", "已经报", "已报"]))
        {
            return true;
        }
        asked |= leads && !last;
    }
    false
}

/// `轮上了没有`, `抽上没`, `挑上我没有`: whether somebody was taken, by whatever verb.
pub(super) fn asks_if_chosen(sentence: &str) -> bool {
    sentence.match_indices('上').any(|(at, up)| {
        let verb = until(sentence, at).ends_with(['轮', '抽', '挑', '评', '摊', '占', '排', '选']);
        let rest = from(sentence, at + up.len()).trim_start_matches(['了', '我', '他', '她', '们']);
        verb && rest.starts_with(['没', '吗', '不'])
    })
}

/// A word that asks for a place, outside of a mere supposition: `如果我报名，需要…` asks for none,
/// `如果还有名额，我报名` and `如果有名额就给我报名` do.
fn asked_outright(sentence: &str) -> bool {
    REGISTERS.spans(sentence).any(|(at, end)| {
        let word = end - at;
        let before = until(sentence, at);
        let clause = before.rsplit(['，', ',', '；', ';', '、']).next().unwrap_or(before);
        // 想当面问一问, 想来办个证.
        let here = from(sentence, at);
        let errand = here.strip_prefix("想来").is_some_and(|rest| {
            rest.starts_with(['想', '问', '办', '咨', '了', '打', '查', '是', '你', '您'])
        });
        // 28号的我去不成了
        let cannot = ["我去不", "我要去不", "想去不"].iter().any(|words| here.starts_with(words));
        // 是不是登记上了: one word, and not 记上.
        let inside = before.ends_with('登') && here.starts_with("记上");
        if errand || cannot || inside || here.starts_with("想当面") {
            return false;
        }
        // 不想去了
        if before.ends_with('不') && here.starts_with(['想', '要', '愿', '能']) {
            return false;
        }
        // 有没有登上, 报上没有 ask how things stand.
        let mine = before.trim_end_matches("把我").trim_end_matches("给我");
        // 是不是都登记上了
        let mine = mine.trim_end_matches(['都', '全', '也']).trim_end_matches("已经");
        if ["有没有", "有无", "是否", "是不是", "报没"].iter().any(|asks| mine.ends_with(asks))
        {
            return false;
        }
        // 去年推荐过三位: that is over.
        if from(sentence, at + word).starts_with('过') {
            return false;
        }
        // 报上没有, 算上我了没 ask how things stand.
        let rest = from(sentence, at + word);
        let rest = rest.strip_prefix('名').unwrap_or(rest);
        let asked = rest.split(['，', ',', '；', ';', '、']).next().unwrap_or("");
        let asked = without_particles(asked.trim_end_matches(['？', '?']));
        if ["没", "了没", "了吗", "了不"].iter().any(|end| rest.starts_with(end))
            || ["了没", "了没有", "上没", "上没有"].iter().any(|end| asked.ends_with(end))
        {
            return false;
        }
        !supposed(clause)
    })
}

words! {
    /// `你们叫群众来当监督员`: what the office asks of the people.
    CALLED_UPON = "你们叫 叫群众 让群众 请群众 叫老百姓 让老百姓 请老百姓 邀请群众 你们请 你们招 你们要 贵局邀请 贵局招";
}

/// `报` directly before a category: 报群众代表, 想当监督员.
fn reports_category(sentence: &str, categories: &Categories) -> bool {
    categories.mentions(sentence).iter().any(|mention| {
        let before = until(sentence, mention.start);
        let clause = before.rsplit(['，', ',', '；', ';']).next().unwrap_or(before);
        if supposed(clause) {
            return false;
        }
        if categories::is_seat(before, from(sentence, mention.end)) {
            return true;
        }
        let before = COUNTS.iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
        before.ends_with(['报', '当', '做', '为', '作', '任'])
            || before.ends_with("申请")
            || before.ends_with("参加")
    })
}

words! {
    /// What begins what shall be done where a wish cannot be granted.
    OTHERWISE = "没有就 没有也 没有的话 没有了就 没了就 没位子就 没名额就 满了就 满了也 满了的话 不行就 不行也 不行的话 不成就 来不及就 来不及了就 赶不上就 报不上就 排不上就 晚了就 够了就 否则 要不就 要是没有 要是满了 如果没有 如果满了 实在没有";
    /// What is asked by whoever comes.
    WHEN = "几点 啥时候 什么时候 啥时间 哪里 哪个门 哪儿 怎么走 咋走 带啥 带什么 停车 几点到 几点开始 几点结束 穿什么 要不要带 需要带 带证件 带身份证 拿身份证 拿上身份证 带上身份证 拿啥 拿什么 填啥 填什么 填表 啥手续 什么手续 准备啥 准备什么 什么证件 管饭 管不管饭 有没有车";
    /// What a yes is about.
    SUBJECT = "参加 名额 取消 别人 替 候补 报名 是不是真 还是 我去 去吗 来吗";
    /// What a yes may depend on.
    DEPENDS = "能不能 能否 可不可以 可以 行吗 行不 换 改 推 晚 别的";
}

/// `要不要交钱？`: asked by whoever has said yes, and nothing that the yes depends on.
#[must_use]
pub(crate) fn leaves_yes(sentence: &str) -> bool {
    !DEPENDS.found_in(sentence) && !SUBJECT.found_in(sentence)
}

/// `当天几点到合适？`: what only somebody asks who comes.
#[must_use]
pub(crate) fn of_the_day(sentence: &str) -> bool {
    WHEN.found_in(sentence) && !DEPENDS.found_in(sentence)
}
