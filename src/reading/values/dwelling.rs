//! What a place name is made of: parts that each end in the kind of place they name, from the province down to the room.

use std::sync::LazyLock;

use crate::message::{Index, begins};
use crate::reading::language::text::{from, is_han, until};

/// How near a part of a place name comes to the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// 省, 市, 县, 区.
    County,
    /// 镇, 乡, 街道.
    Town,
    /// 村, 社区.
    Village,
    /// 组, 路, 巷.
    Street,
    /// 小区, 家属院.
    Estate,
    /// 号楼, 单元, 室.
    Door,
}

/// Kinds of places, longer words first where one ends another; `true`: only behind a number.
const KINDS: [(&str, Level, bool); 53] = [
    ("自治区", Level::County, false),
    ("自治州", Level::County, false),
    ("自治县", Level::County, false),
    ("街道办事处", Level::Town, false),
    ("街道", Level::Town, false),
    ("社区", Level::Village, false),
    ("行政村", Level::Village, false),
    ("自然村", Level::Village, false),
    ("新村", Level::Estate, false),
    ("小区", Level::Estate, false),
    ("花园", Level::Estate, false),
    ("家园", Level::Estate, false),
    ("嘉园", Level::Estate, false),
    ("佳苑", Level::Estate, false),
    ("苑", Level::Estate, false),
    ("公寓", Level::Estate, false),
    ("家属院", Level::Estate, false),
    ("家属楼", Level::Estate, false),
    ("家属区", Level::Estate, false),
    ("安置区", Level::Estate, false),
    ("安置点", Level::Estate, false),
    ("廉租房", Level::Estate, false),
    ("公租房", Level::Estate, false),
    ("保障房", Level::Estate, false),
    ("宿舍", Level::Estate, false),
    ("幸福院", Level::Estate, false),
    ("互助院", Level::Estate, false),
    ("敬老院", Level::Estate, false),
    ("养老院", Level::Estate, false),
    ("大院", Level::Estate, false),
    ("号楼", Level::Door, true),
    ("号院", Level::Door, true),
    ("单元", Level::Door, true),
    ("省", Level::County, false),
    ("市", Level::County, false),
    ("州", Level::County, false),
    ("县", Level::County, false),
    ("旗", Level::County, false),
    ("区", Level::County, false),
    ("镇", Level::Town, false),
    ("乡", Level::Town, false),
    ("村", Level::Village, false),
    ("大道", Level::Street, false),
    ("路", Level::Street, false),
    ("街", Level::Street, false),
    ("巷", Level::Street, false),
    ("胡同", Level::Street, false),
    ("组", Level::Street, true),
    ("队", Level::Street, true),
    ("栋", Level::Door, true),
    ("楼", Level::Door, true),
    ("号", Level::Door, true),
    ("室", Level::Door, true),
];

/// The same by their first characters.
static BY_FIRST: LazyLock<Index<(&str, Level, bool)>> = LazyLock::new(|| {
    Index::new(KINDS.iter().filter_map(|kind| Some((kind.0.chars().next()?, *kind))))
});

/// No part of a place name is longer, in characters.
const LONGEST: usize = 9;

/// The parts of a place name at the beginning of a text: how far they go, and their levels.
#[must_use]
pub(crate) fn parts(folded: &str) -> (usize, Vec<Level>) {
    let mut end = 0;
    let mut levels = Vec::new();
    while let Some((length, level)) = part(from(folded, end), levels.last().copied()) {
        // 西吉县 behind 单家集村: a new place begins.
        if levels.last().is_some_and(|last| level < *last && level <= Level::Town) {
            break;
        }
        end += length;
        levels.push(level);
    }
    (end, levels)
}

/// The next part: its length in bytes, and its level.
fn part(rest: &str, last: Option<Level>) -> Option<(usize, Level)> {
    let first = last.is_none();
    for (name, (at, c)) in rest.char_indices().take(LONGEST).enumerate() {
        let here = from(rest, at);
        let kind = BY_FIRST
            .under(c)
            .iter()
            .filter(|(kind, _, numbered)| {
                let named = *kind == "组" && last == Some(Level::Village);
                let number = || is_number(until(rest, at));
                begins(here, kind) && (!numbered || number() || named && is_hamlet(until(rest, at)))
            })
            .max_by_key(|(kind, _, _)| kind.len());
        if let Some((kind, level, _)) = kind
            && (name > 0 || !first)
        {
            return Some((at + kind.len(), *level));
        }
        // 601: the room's number, and nothing behind it.
        if !(is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '-' | '#')) || ends_name(c) {
            return None;
        }
    }
    let digits = rest.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '#'));
    (!first && digits.is_empty() && !rest.is_empty()).then_some((rest.len(), Level::Door))
}

/// No name of a place goes on behind such a character.
fn ends_name(c: char) -> bool {
    matches!(
        c,
        '的' | '是'
            | '在'
            | '我'
            | '你'
            | '他'
            | '她'
            | '了'
            | '去'
            | '来'
            | '有'
            | '与'
            | '想'
            | '要'
            | '到'
            | '给'
            | '叫'
            | '开'
            | '卖'
            | '做'
            | '当'
            | '均'
            | '系'
            | '以'
    )
}

fn is_number(text: &str) -> bool {
    let numeral = |c: char| {
        c.is_ascii_alphanumeric() || "一二三四五六七八九十零〇东西南北上下中前后-".contains(c)
    };
    !text.is_empty() && text.chars().all(numeral)
}

/// `马圈组`, `白家湾组` behind their village; 工作组 is an office.
fn is_hamlet(name: &str) -> bool {
    let offices =
        ["工作", "领导", "小", "监督", "调解", "互助", "宣传", "巡逻", "评议", "帮扶", "党"];
    (1..=4).contains(&name.chars().count()) && !offices.iter().any(|word| name.ends_with(word))
}

/// Whether a text is a village, a street or a house, and nothing else: `兴隆镇单南村三组`, `新堡村五组`.
#[must_use]
pub(super) fn is_place(folded: &str) -> bool {
    let (end, levels) = parts(folded);
    let near = levels.last().is_some_and(|last| *last >= Level::Village);
    let last = levels.last().is_some_and(|last| *last >= Level::Street);
    end == folded.len()
        && near
        && levels.len() >= 2
        // 北大街社区 is an office as well.
        && (last && levels.contains(&Level::Village) || levels.contains(&Level::Town))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_by_the_kinds_they_end_in() {
        for place in [
            "兴隆镇单南村三组",
            "新堡村五组",
            "兴平乡高岔村马圈组",
            "西吉县吉强镇北关社区廉租房6号楼2单元",
            "吉强镇东环路小区9号楼",
            "震湖乡政府家属院",
            "西吉县什字乡玉桥村",
            "吉强镇团结社区怡和苑4-2-601",
            "震湖乡毛坪村幸福院",
        ] {
            assert!(is_place(place), "{place}");
        }
        for no in [
            "西吉县",
            "单家集村",
            "吉强镇",
            "兴隆镇农技站",
            "吉强镇政府办公室",
            "我家在兴隆镇单南村",
            "将台堡镇卫生院",
            "兴平乡高岔村工作组",
        ] {
            assert!(!is_place(no), "{no}");
        }
    }
}
