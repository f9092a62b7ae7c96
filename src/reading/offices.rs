//! Departments, and offices that put down people who are not their own.

use super::places;

/// `安全环保部`: part of an employer, not one.
#[must_use]
pub(super) fn is_department(name: &str) -> bool {
    let ends = ["部", "科", "室", "处", "股", "办", "中心", "组"]
        .iter()
        .any(|ending| name.ends_with(ending));
    let placed =
        ["县", "市", "镇", "乡", "村", "区", "宁夏", "西吉"].iter().any(|word| name.contains(word));
    ends && !placed && name.chars().count() <= 8 && !places::has_ending(name)
}

/// `某某医院办公室` writes, and the hospital employs.
#[must_use]
pub(super) fn without_department(name: &str) -> &str {
    let departments =
        ["办公室", "综合办", "工会", "人事科", "综合科", "综合部", "行政部", "人力资源部", "团委"];
    let bare = departments.iter().find_map(|department| name.strip_suffix(department));
    let bare = bare.filter(|bare| places::is_organization(bare) && !bare.ends_with("政府"));
    bare.unwrap_or(name)
}

/// `某某公司行政部`: a company's department is no part of its name.
#[must_use]
pub(super) fn of_company(name: &str) -> &str {
    let departments = [
        "办公室",
        "行政部",
        "人事部",
        "人力资源部",
        "财务部",
        "综合部",
        "综合办",
        "市场部",
        "销售部",
        "技术部",
        "生产部",
        "工程部",
        "客服部",
        "质检部",
        "后勤部",
        "采购部",
        "安保部",
        "运营部",
        "业务部",
        "生产科",
        "财务科",
        "人事科",
        "综合科",
        "行政科",
        "党政办",
    ];
    let bare = departments.iter().find_map(|department| name.strip_suffix(department));
    bare.filter(|bare| {
        ["公司", "集团", "厂", "医院", "合作社"].iter().any(|end| bare.ends_with(end))
    })
    .unwrap_or(name)
}

/// Whether the words are an employer's name, a department of it at most behind it.
#[must_use]
pub(super) fn same(words: &str, name: &str) -> bool {
    words == name || without_department(words) == name || of_company(words) == name
}

/// An office that puts down people who are not its own: a township, a village, a chamber.
#[must_use]
pub(super) fn governs(name: &str) -> bool {
    let ends = [
        "政府",
        "村",
        "村委会",
        "居委会",
        "业委会",
        "委员会",
        "党支部",
        "社区",
        "办事处",
        "商会",
        "工商联",
        "联合会",
        "协会",
        "管委会",
        "妇联",
        "团委",
        "残联",
        "总工会",
        "办公室",
        "党委",
        "服务中心",
        "县委",
        "局",
        "街道",
    ];
    ends.iter().any(|end| name.ends_with(end))
}
