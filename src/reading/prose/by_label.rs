//! An employer that a word for it names in the middle of a sentence.

use std::ops::Range;

use super::clauses::Clause;
use super::employment::{Here, employer_at};
use crate::reading::fact::Force;
use crate::reading::language::text::{Text, cut, from, is_han};
use crate::reading::language::words::words;
use crate::reading::prose::Said;
use crate::reading::values::bounds;
use crate::reading::values::places;

words! {
    /// What an employer is called that stands wrong.
    EMPLOYERS = "单位 公司 店名 厂名 企业名";
    /// That it stands wrong.
    STANDS_WRONG = "写错 填错 打错 输错 报错 弄错 搞错 登错 错了 不对 有误 写成";
    /// Something else that stands wrong, or nothing does.
    OF_ELSE = "电话 手机 号码 地址 住址 职务 职位 姓名 没写错 没填错 没错 别 吗 不是写错";
    /// Before the right one, in a clause of its own.
    RIGHTLY = "应该是 应该为 应该叫 应当是 应是 应为 应改为 正确的是 正确名称是 全称是 其实是 实际是 改成 改为 是";
}

/// `单位西吉县志刚门业`: glued to its label, an employer needs no known ending.
#[must_use]
pub(super) fn employer(clause: &str) -> Option<&str> {
    if let Some(name) = put_right(clause) {
        return Some(name);
    }
    let labels = ["工作单位是", "工作单位", "所在单位", "单位是", "单位", "店名"];
    let clause = clause.trim_start_matches(|c: char| c.is_ascii_digit() || ".、)）".contains(c));
    let name = labels.iter().find_map(|label| clause.strip_prefix(label))?;
    // 单位就写建设轮胎修理铺吧
    let written =
        ["就写", "就填", "就是", "写", "填"].iter().find_map(|verb| name.strip_prefix(verb));
    let name = written.unwrap_or(name).trim_end_matches(['吧', '呗', '啊', '哈']);
    let placed = written.is_some() && places::ends_as_organization(name)
        || name.starts_with("西吉")
        || name.chars().take(5).any(|c| matches!(c, '县' | '镇' | '乡' | '市'));
    (placed && (5..=25).contains(&name.chars().count()) && !places::says(name)).then_some(name)
}

/// `登记上的单位请改成佳乐购物`: behind what says that it shall hold from now on.
fn put_right(clause: &str) -> Option<&str> {
    let (_, rest) = ["单位", "公司", "店名"].iter().find_map(|label| clause.split_once(label))?;
    let (start, end) = bounds::FIXED.spans(rest).next()?;
    let name = from(rest, end).trim_end_matches(['吧', '啦', '哈']);
    let led = rest.chars().count() - from(rest, start).chars().count() <= LEAD;
    let fits = (3..=25).contains(&name.chars().count()) && name.chars().all(is_han);
    (led && fits && !places::says(name)).then_some(name)
}

/// `单位写错了，应该是西吉县广播电视台`: what the next clause puts in the place of an employer that stands wrong,
/// by clauses.
pub(super) fn corrected(
    text: &Text,
    clauses: &[Clause],
    names: &mut Vec<Said>,
) -> Vec<(usize, Range<usize>)> {
    if !STANDS_WRONG.found_in(&text.folded) {
        return Vec::new();
    }
    let pairs = clauses.windows(2).enumerate();
    let found = pairs.filter_map(|(order, pair)| {
        let [told, next] = pair else { return None };
        let told = cut(&text.folded, told.range.clone());
        let wrong = EMPLOYERS.found_in(told) && STANDS_WRONG.found_in(told);
        let clause = cut(&text.folded, next.range.clone());
        let name = from(clause, RIGHTLY.start(clause)?.len());
        let bare = name.trim_end_matches(['吧', '啦', '哈', '呢']);
        let start = next.range.start + clause.len() - name.len();
        (wrong && !OF_ELSE.found_in(told) && names_employer(bare))
            .then(|| (order + 1, start..start + bare.len()))
    });
    let found: Vec<_> = found.collect();
    names.retain(|name| !found.iter().any(|(order, _)| *order == name.clause));
    found
}

/// Tells the employer that the clause puts right.
pub(super) fn put(
    here: Here<'_>,
    corrected: &[(usize, Range<usize>)],
    said: &mut Vec<Said>,
) -> bool {
    let right = corrected.iter().find(|(order, _)| *order == here.order);
    if let Some((_, right)) = right {
        employer_at(here, right.clone(), Force::Label, said);
    }
    right.is_some()
}

/// Whether what is said to be right can be a name, whatever it ends in.
fn names_employer(name: &str) -> bool {
    (3..=25).contains(&name.chars().count())
        && name.chars().all(is_han)
        && !places::says(name)
        && !name.starts_with(['我', '你', '他', '她', '这', '那', '没', '不'])
}

/// Between the label and the verb stands no more, in characters: `单位请您帮我改成`.
const LEAD: usize = 8;
