//! Where somebody teaches or studies.

use super::places;

/// `宁夏大学公共管理学院大三学生`: where somebody studies.
pub(crate) fn school(folded: &str) -> Option<usize> {
    // 县一小老师, 西吉二中的教师
    let taught = ["老师", "教师", "校长", "教导主任", "班主任", "教职工", "职工", "员工"]
        .iter()
        .find_map(|word| folded.strip_suffix(word));
    if let Some(name) = taught.map(|name| name.trim_end_matches('的')) {
        let short = name.ends_with(['小', '中', '幼'])
            && name.chars().rev().nth(1).is_some_and(|c| "一二三四五六七八九十".contains(c));
        let length = name.chars().count();
        if short && (3..=6).contains(&length) {
            return Some(name.len());
        }
    }
    let rest = folded.strip_suffix("学生").or_else(|| folded.strip_suffix("研究生"))?;
    let year = [
        "大一",
        "大二",
        "大三",
        "大四",
        "在校",
        "在读",
        "本科",
        "专科",
        "高一",
        "高二",
        "高三",
        "的",
        "硕士",
        "一名",
        "本科生",
    ];
    let mut name = rest;
    while let Some(shorter) = year.iter().find_map(|word| name.strip_suffix(word)) {
        name = shorter;
    }
    let ends =
        ["大学", "学院", "学校", "中学", "高中", "职中"].iter().any(|end| name.ends_with(end));
    (ends && places::is_organization(name)).then_some(name.len())
}
