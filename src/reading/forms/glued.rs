//! `姓名冯学智性别男民族汉电话139…`: labels and values written without anything between them.

use super::heads;
use crate::reading::language::choice;
use crate::reading::language::text::{Text, cut, from, is_han, until};
use crate::reading::values::names;

/// Labels that no sentence runs into by chance, longer ones first.
const LABELS: [&str; 27] = [
    "公民身份号码",
    "身份证号码",
    "身份证号",
    "身份证",
    "手机号码",
    "联系电话",
    "联系方式",
    "家庭住址",
    "现住址",
    "工作单位",
    "报名类别",
    "参加类别",
    "申报类别",
    "参会类别",
    "人员类别",
    "出生年月",
    "政治面貌",
    "文化程度",
    "姓名",
    "性别",
    "民族",
    "电话",
    "手机",
    "单位",
    "职务",
    "住址",
    "类别",
];
/// So many of them make a form.
const ENOUGH: usize = 4;

/// A line in plain form: labels and values apart, names closed up, persons behind a label, choices made; `None` when
/// it is that already.
#[must_use]
pub(crate) fn plain(text: &Text) -> Option<Text> {
    let divided = divided(text).or_else(|| closed_up(text)).or_else(|| heads::named(text));
    choice::line(divided.as_ref().unwrap_or(text)).or(divided)
}

/// The same with marks between labels and values; `None` when it is written like any other line.
#[must_use]
pub(super) fn divided(text: &Text) -> Option<Text> {
    let folded = &text.folded;
    let start = folded.find("姓名")?;
    if folded.contains([':', '：', '=', '\t', '|', '—'])
        || !folded.contains("性别") && !folded.contains("电话")
    {
        return None;
    }
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut at = start;
    while let Some(c) = from(folded, at).chars().next() {
        let label = LABELS.iter().find(|label| from(folded, at).starts_with(**label));
        match label {
            // A label takes its value with it: 单位 directly behind 工作 is inside 工作单位.
            Some(label) => {
                places.push((at, at + label.len()));
                at += label.len();
            }
            None => at += c.len_utf8(),
        }
    }
    let glued = |(index, place): (usize, &(usize, usize))| {
        let next = places.get(index + 1).map_or(folded.len(), |next| next.0);
        let value = from(until(folded, next), place.1);
        value.starts_with(char::is_alphanumeric)
    };
    if places.len() < ENOUGH || !places.iter().enumerate().all(glued) {
        return None;
    }
    let mut shown = String::with_capacity(text.shown.len() + places.len() * 6);
    let mut from_here = 0;
    for (start, end) in places {
        shown.push_str(cut(&text.shown, from_here..start));
        shown.push('；');
        shown.push_str(cut(&text.shown, start..end));
        shown.push('：');
        from_here = end;
    }
    shown.push_str(from(&text.shown, from_here));
    Some(Text::new(&shown))
}

/// `田 芳 / 女`, `马 晓 军，男`: a name spelled out with blanks before its sex, closed up; `None` where there is none.
#[must_use]
pub(super) fn closed_up(text: &Text) -> Option<Text> {
    let folded = text.folded.trim_start();
    let start = text.folded.len() - folded.len();
    // Hardly any line begins with a single character and a blank.
    if !folded.chars().nth(1).is_some_and(char::is_whitespace) {
        return None;
    }
    let mut name = String::new();
    let mut end = start;
    for (at, c) in folded.char_indices().take(10) {
        if is_han(c) && !matches!(c, '男' | '女') {
            // Two characters without a blank between are words.
            if !name.is_empty() && !until(folded, at).ends_with(char::is_whitespace) {
                return None;
            }
            name.push(c);
            end = start + at + c.len_utf8();
        } else if !c.is_whitespace() {
            break;
        }
    }
    let behind = from(&text.folded, end)
        .trim_start_matches(|c: char| c.is_whitespace() || "/／,，、|;；".contains(c));
    let sex = behind
        .strip_prefix(['男', '女'])
        .is_some_and(|rest| !rest.starts_with(is_han) || rest.starts_with(['汉', '回', '性']));
    (name.chars().nth(1).is_some() && sex && names::plausible(&name)).then(|| {
        let shown: String =
            cut(&text.shown, start..end).chars().filter(|c| !c.is_whitespace()).collect();
        Text::new(&format!("{shown}{}", from(&text.shown, end)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_without_any_mark_is_divided_and_a_sentence_is_not() {
        let text = Text::new("姓名冯学智性别男电话13995010222单位西吉县农机中心");
        assert_eq!(
            divided(&text).unwrap().shown,
            "；姓名：冯学智；性别：男；电话：13995010222；单位：西吉县农机中心"
        );
        assert!(divided(&Text::new("姓名和电话写在下面，单位、职务不写行吗")).is_none());
    }
}
