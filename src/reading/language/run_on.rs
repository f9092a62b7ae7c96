//! Clauses of those who write no marks: where they begin anew.

use std::ops::Range;

use super::text::{cut, is_han, until};
use super::words::words;

words! {
    /// What begins anew: 你好我是…的我想报名我叫…我现在是….
    BEGINS_ANEW = "我是 我叫 我想 我现在 我在 我家 我就 我把 我也 我不 我能 我今年 家住 住在 现住 麻烦 谢谢 请问 报那个 报个 我报 想报 \
        当天 那天 到时 到时候 电话 手机 身份证 公司是 单位就写 单位写 单位填 单位就是 单位是 公司叫 单位叫 店名 职务 职业 性别 民族 联系";
}

/// So many characters without a mark were spoken, not written.
const SPOKEN: usize = 36;

/// No part is as short, in characters.
const NEAR: usize = 2;

/// The parts of a clause: all of it, unless it is too long to be one.
#[must_use]
pub(crate) fn parts(clause: &str) -> Vec<Range<usize>> {
    if clause.is_empty() {
        return Vec::new();
    }
    let mut starts = vec![0];
    if clause.chars().nth(SPOKEN).is_some() {
        starts.extend(
            BEGINS_ANEW
                .spans(clause)
                .map(|(at, _)| at)
                .filter(|at| *at > 0 && !until(clause, *at).ends_with('的')),
        );
        starts.extend(behind_numbers(clause));
        starts.sort_unstable();
        // 我想报个名: inside of what begins nothing begins.
        starts
            .dedup_by(|next, last| cut(clause, *last..*next).chars().count() <= NEAR && *last > 0);
    }
    let ends = starts.iter().skip(1).copied().chain([clause.len()]);
    starts.iter().zip(ends).map(|(start, end)| *start..end).collect()
}

/// `…64222319950817304X在某某大药房上班`: a whole number ends what was said before it.
fn behind_numbers(clause: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut run = 0;
    for (at, c) in clause.char_indices() {
        let figure = c.is_ascii_digit() || run == 17 && matches!(c, 'x' | 'X');
        if !figure && (run == 11 || run == 18) && is_han(c) {
            ends.push(at);
        }
        run = if figure { run + 1 } else { 0 };
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::language::text::cut;

    #[test]
    fn only_what_was_spoken_without_a_pause_is_divided() {
        let told =
            "你好我是火石寨乡人我想报名参加你们28号那个政府开放日我叫冶万军男回族我现在是队长";
        let parts: Vec<&str> = parts(told).into_iter().map(|part| cut(told, part)).collect();
        let wanted = [
            "你好",
            "我是火石寨乡人",
            "我想报名参加你们28号那个政府开放日",
            "我叫冶万军男回族",
            "我现在是队长",
        ];
        assert_eq!(parts, wanted);
        assert_eq!(super::parts("我叫冶万军").len(), 1);
    }
}
