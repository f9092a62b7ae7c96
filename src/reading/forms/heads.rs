//! `媳妇：董海霞，…`, `景文博：身份证号…`: a colon that puts a person before what is said of them, where forms put a label.

use crate::reading::language::kin;
use crate::reading::language::text::{Text, from, squeeze, until};
use crate::reading::language::words::words;
use crate::reading::values::names;

/// Words that stand before a colon for the writer.
const WRITER: [&str; 5] = ["我本人", "本人", "我自己", "我", "俺"];
/// Relatives in one character, which elsewhere are parts of words.
const NEAREST: [&str; 8] = ["夫", "妻", "父", "母", "子", "兄", "弟", "妹"];
/// What is said of a person, at its beginning.
const DATA: [&str; 11] =
    ["身份证", "公民身份", "电话", "手机", "联系电话", "男", "女", "性别", "民族", "汉族", "回族"];

/// `我：妥建军，…`: the writer puts themselves before the colon.
#[must_use]
pub(crate) fn of_writer(folded: &str) -> bool {
    let head = folded.split_once(['：', ':']).map_or("", |(head, _)| head.trim());
    WRITER.contains(&head)
}

/// The same with `姓名：` before those names; `None` when there is no such colon.
#[must_use]
pub(super) fn named(text: &Text) -> Option<Text> {
    // Hardly any line of prose has a colon.
    let folded = &text.folded;
    if !folded.contains(['：', ':']) {
        return None;
    }
    let mut shown = String::new();
    let mut done = 0;
    for (at, c) in folded.char_indices().filter(|(_, c)| matches!(c, '：' | ':')) {
        let before = until(folded, at);
        let start = before.rfind(is_boundary).map_or(0, |mark| {
            mark + before.get(mark..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
        if start < done {
            continue;
        }
        let head = from(before, start);
        let bare = head.trim();
        let behind = from(folded, at + c.len_utf8()).trim_start();
        let word_end = behind.find(|c| is_boundary(c) || matches!(c, '：' | ':'));
        let word = until(behind, word_end.unwrap_or(behind.len()));
        // 儿子：谢磊, and nothing more: who writes signs as that.
        let more = behind.len() > word.len() + 6;
        let kin = (WRITER.contains(&bare) || NEAREST.contains(&bare) || kin::is_one(bare))
            && names::plausible(word.trim())
            && more;
        let name = names::plausible(bare) && begins_with_data(behind);
        if kin {
            shown.push_str(from(until(&text.shown, start), done));
            shown.push_str("姓名：");
            done = at + c.len_utf8();
        } else if name {
            shown.push_str(from(until(&text.shown, start), done));
            shown.push_str("姓名：");
            shown.push_str(from(until(&text.shown, at), start));
            shown.push('，');
            done = at + c.len_utf8();
        }
    }
    (done > 0).then(|| {
        shown.push_str(from(&text.shown, done));
        Text::new(&shown)
    })
}

fn is_boundary(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '，' | '。' | '；' | '、' | ',' | ';' | '！' | '？' | '（' | '(' | '）' | ')'
        )
}

fn begins_with_data(behind: &str) -> bool {
    let digits = behind.chars().take_while(char::is_ascii_digit).count();
    matches!(digits, 11 | 17 | 18) || DATA.iter().any(|data| behind.starts_with(data))
}

words! {
    /// What heads lines about relatives, schools and former posts.
    ABOUT = "家庭成员 社会关系 家庭情况 家庭主要成员 直系亲属 个人简历 学习及工作简历 工作简历 学习简历 主要简历 简历 工作经历 学习经历 主要经历 个人经历 教育经历";
}

/// `家庭成员`, `学习及工作简历：…`: what stands there is said of nobody who is put down, or of times that are over.
#[must_use]
pub(crate) fn tells_of_others(folded: &str) -> bool {
    // Hardly any line heads a story.
    if !ABOUT.found_in(folded) {
        return false;
    }
    let head = folded.split_once(['：', ':']).map_or(folded, |(head, _)| head.trim());
    ABOUT.end(&squeeze(head)).is_some() && head.chars().nth(12).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_before_or_behind_a_colon_is_told_as_one() {
        let shown = |text: &str| named(&Text::new(text)).map(|text| text.shown);
        assert_eq!(
            shown("我：包正义，13909541276；媳妇：董海霞，15009540377").as_deref(),
            Some("姓名：包正义，13909541276；姓名：董海霞，15009540377")
        );
        assert_eq!(
            shown("景文博：身份证号642223").as_deref(),
            Some("姓名：景文博，身份证号642223")
        );
        assert_eq!(shown("单位：西吉县某某公司"), None);
        assert_eq!(shown("我：就是想问问"), None);
    }
}
