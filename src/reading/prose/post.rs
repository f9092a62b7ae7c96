//! Posts in a clause: where one begins, and what is none.

use std::ops::Range;

use crate::reading::language::text::{cut, from, is_han, until};
use crate::reading::language::words::words;
use crate::reading::values::names;
use crate::reading::values::offices;
use crate::reading::values::places;
use crate::reading::values::posts;

words! {
    /// What leads to a post.
    CUES = "实际是 实际为 应该是 应为 其实是 我是 本人是 我任 我担任 现任 担任 职务是 职务为 是一名 是个 任 当 做 是";
}

words! {
    /// What somebody can be for a while, and is no post.
    NO_POST = "志愿者 义工 兵 家 家人 听众 观众 嘉宾 评委 媳妇 女婿 爷爷 奶奶 爸 妈 真 回事 面 时 地 初 年 天 次 回 日 事 晚 然 下 红娘 牛 马 代表们 见证人";
}

/// Where something stands, in bytes.
pub(super) type Span = (usize, usize);

/// `专职律师至今`, `护士已经十年`, `会计工作`: the post without how long it is held.
pub(super) fn held(post: &str) -> &str {
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十几多来余半".contains(c);
    let years = post.strip_suffix('了').unwrap_or(post);
    let years = years.strip_suffix('年').map(|rest| rest.trim_end_matches(numeral));
    let bare = years.unwrap_or(post);
    let tails = [
        "一直到现在",
        "直到现在",
        "到现在",
        "到如今",
        "至今",
        "工作",
        "已经",
        "已有",
        "已",
        "有",
        "快",
        "了",
    ];
    let bare = tails.iter().fold(bare, |bare, tail| bare.strip_suffix(tail).unwrap_or(bare));
    if posts::is_post(bare) { bare } else { post }
}

/// `一名护士`: the post alone.
pub(super) fn one(post: &str) -> &str {
    ["一名", "一个", "一位", "个", "名"]
        .iter()
        .find_map(|count| post.strip_prefix(count))
        .unwrap_or(post)
}

/// `三名职工`, `两位老师`: several people, and no post of one.
pub(super) fn counts(post: &str) -> bool {
    let numeral = |c: char| "两二三四五六七八九十几多".contains(c) || c.is_ascii_digit();
    let rest = post.trim_start_matches(numeral);
    rest.len() < post.len() && rest.starts_with(['名', '位', '个'])
}

/// `泵工`, `绣娘`, `跑堂`: what somebody is behind 当, though no list knows it.
pub(super) fn taken_up(post: &str) -> bool {
    posts::is_post(post)
        || (2..=4).contains(&post.chars().count())
            && post.chars().all(is_han)
            && !posts::is_none(post)
            && NO_POST.end(post).is_none()
            && !places::says(post)
}

/// `我公司品控主管`, `我园讲解员`, `公司出纳`: where somebody holds a post is no part of it.
pub(super) fn of_firm(post: &str) -> &str {
    let own = offices::own_unit(post).filter(|end| !until(post, *end).ends_with('村'));
    let firm =
        || ["公司", "单位"].iter().find(|firm| post.starts_with(**firm)).map(|firm| firm.len());
    let bare = own.or_else(firm).map(|end| from(post, end));
    bare.filter(|bare| posts::is_post(bare)).unwrap_or(post)
}

/// `马主任`, `村马主任`: a person addressed by a title, not a post.
fn addresses(folded: &str) -> bool {
    let bare = folded.trim_start_matches(['我', '村', '社', '厂', '店']);
    let (name, title) = names::split_title(bare);
    !title.is_empty() && name.chars().count() == 1 && names::surname(name) == 1
}

/// `门房值班当保安`, `和医生`: the post itself.
pub(super) fn range(folded: &str, range: Range<usize>) -> Range<usize> {
    let post = cut(folded, range.clone());
    let verb = ["当", "担任", "做", "任"].iter().filter_map(|verb| {
        post.rfind(verb).filter(|at| !posts::is_part(post, *at)).map(|at| at + verb.len())
    });
    let joint =
        ["和", "与", "及"].iter().find_map(|joint| post.starts_with(joint).then_some(joint.len()));
    let start = verb.max().or(joint).filter(|start| posts::is_post(from(post, *start)));
    range.start + start.unwrap_or(0)..range.end
}

/// `是负责人`, `现任主任`; before a name also `部长`.
pub(super) fn alone(folded: &str, before_name: bool) -> Option<Span> {
    let cue = CUES.start(folded).filter(|_| !posts::is_part(folded, 0));
    let bare = from(folded, cue.map_or(0, str::len));
    let fits = posts::is_post(bare)
        && bare.chars().count() <= 12
        && !addresses(bare)
        && !["谢", "请", "各位", "尊敬", "敬爱", "亲爱", "感谢", "你们", "您", "辛苦"]
            .iter()
            .any(|word| bare.starts_with(word));
    let plain = before_name || bare.len() < folded.len() || bare.chars().count() >= 2;
    (fits && plain).then_some((folded.len() - bare.len(), folded.len()))
}
