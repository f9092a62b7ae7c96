//! An employer that a word for it names in the middle of a sentence.

use crate::reading::language::text::{from, is_han};
use crate::reading::values::bounds;
use crate::reading::values::places;

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

/// Between the label and the verb stands no more, in characters: `单位请您帮我改成`.
const LEAD: usize = 8;
