//! `姓名冯学智性别男民族汉电话139…`: labels and values written without anything between them.

use super::text::{Text, from, until};

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
        shown.push_str(super::text::cut(&text.shown, from_here..start));
        shown.push('；');
        shown.push_str(super::text::cut(&text.shown, start..end));
        shown.push('：');
        from_here = end;
    }
    shown.push_str(from(&text.shown, from_here));
    Some(Text::new(&shown))
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
