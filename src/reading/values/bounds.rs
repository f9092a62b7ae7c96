//! Where the name of an employer and of a post begin and end in what a sentence, or a field filled in with one, says.

use super::offices;
use super::places;
use super::posts;
use crate::reading::language::text::{from, until};
use crate::reading::language::words::words;

words! {
    /// Between what a registration held and what shall hold.
    pub(crate) FIXED = "改成 改为 更正为 更改为 更换为 变更为 调整为 换成 换为 应为 应该是 应是";
    /// What calls a firm by its name: everything before it only says what it is.
    CALLED = "名字叫 名叫 店叫 店名叫 店名 公司叫 厂叫 社叫 取名 全称是 全称为 全称叫 全称 全名是 全名叫 全名 叫做 名称是 名称为 名称 名为 字号";
    /// What leads to the name and is no part of it.
    NAMING = "\
        注册的是 登记的是 牌子是 招牌是 就写 就填 就是 写的是 填的是 填写 填 \
        两个都是 两人都是 三个都是 三人都是 我们都是 俩都是 两个都在 两人都在 单位都写 单位均写 单位填 单位写 都写 均写 单位均为 单位都是 单位统一为 单位是 单位为 单位 均为 均在 都是 都在 均是 统一为 统一是 三人均为 两人均为 现供职于 供职于 现就职于 就职于 现任职于 任职于 受聘于 \
        挂靠在 挂靠 挂在 现在在 目前在 现在 目前 现在是 目前是 写 任 在 家住 家在";
    /// How it is told of several.
    SHARED = "一律 统一 全部 全都 全 都 均 一概 仍 还是 也";
    /// That it is to be put down.
    WRITTEN = "写成 填成 写 填写 填 是 为 按 报 用 登记为";
    /// What stands before the verb that names it.
    IS_CALLED = "单位 工作单位 我单位 公司 我公司 我们公司 店 我的店 我店 厂 合作社 学校 企业 铺子 工作的单位 上班的地方 店名 单位全称";
    /// What leads to a post.
    POSTING = "报 由 个 就是个 推荐 选派 派 拟派 现派 我们 我们的 咱们 我 还有 以及 另有 另外 还有个 职务是 职务 自己是 我是 本人是 是 当 挂 任 担任 做 一名 一个 的 兼";
    /// What was true before.
    PAST = "原来 以前 之前 曾 原先 过去 早先 先前";
}

/// The name of an employer, free of the words around it.
#[must_use]
pub(crate) fn employer(value: &str) -> &str {
    let named = value.strip_prefix('是').filter(|name| places::is_organization(name));
    let value = named.unwrap_or(value);
    // 西吉县城关第七小学      2021年9月17日
    let value = match value.split_once("  ") {
        Some((name, rest)) if rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) => name,
        _ => value,
    };
    let value = without_grade(without_remark(value));
    let value = present(value.trim_start_matches(['/', '、', '，', '-', '—', ' ']));
    let value = put_right(value);
    let value = called(value);
    let value = behind_lead(value);
    // 某某公司驾驶员: the post is none of the name.
    let name = match places::split(value) {
        Some((end, Some(_))) if places::is_organization(until(value, end)) => until(value, end),
        _ => value,
    };
    offices::of_company(name)
}

/// `宁夏大学大三`, `西吉中学上高二`: how far somebody is at school.
fn without_grade(value: &str) -> &str {
    let Some(bare) = value.strip_suffix(['一', '二', '三', '四']) else { return value };
    let Some(bare) = bare.strip_suffix(['大', '研', '高', '初']) else { return value };
    let bare = bare.trim_end_matches(['上', '读', '念']);
    let school = ["大学", "学院", "中学", "学校", "一中", "二中", "三中", "四中", "五中", "高中"];
    if school.iter().any(|end| bare.ends_with(end)) { bare } else { value }
}

/// `某某公司（所列人员均为企业代表）`: what a form remarks behind the name.
fn without_remark(value: &str) -> &str {
    let remarks = ["均为", "人员", "代表", "盖章", "公章", "全称", "以下", "同上", "人数"];
    let open =
        value.rfind(['（', '(']).filter(|at| *at > 0 && value.trim_end().ends_with(['）', ')']));
    match open {
        Some(at) if remarks.iter().any(|word| from(value, at).contains(word)) => {
            until(value, at).trim_end()
        }
        _ => value,
    }
}

/// The post behind an employer's name in one value: `某某公司 驾驶员`.
#[must_use]
pub(super) fn post_behind(value: &str) -> Option<&str> {
    let (end, post) = places::split(value)?;
    let post = post.map(|start| from(value, start))?;
    places::is_organization(until(value, end)).then_some(without_lead(post))
}

/// `职务会长`, `我是店主`: without the word that only says that a post follows.
pub(super) fn without_lead(post: &str) -> &str {
    let leads = ["职务是", "职务为", "职务", "我是", "本人是", "担任"];
    let rest = leads.iter().find_map(|lead| post.strip_prefix(lead));
    rest.filter(|rest| rest.chars().nth(1).is_some()).unwrap_or(post)
}

/// A post, free of what leads to it.
#[must_use]
pub(crate) fn post(value: &str) -> &str {
    let value = clause(value.trim_start_matches(['/', '、', '，', '-', '—', ' ']));
    let value = put_right(value);
    let value = without_lead(value);
    // 会计报企业代表
    let wish = ["报企业", "报群众", "报监督", "报政务", "报义务", "报名"]
        .iter()
        .find_map(|wish| value.find(wish));
    let value =
        wish.map(|at| until(value, at)).filter(|post| posts::is_post(post)).unwrap_or(value);
    // 上月刚提了财务主管
    let new = value.rfind('了').map(|at| from(value, at + '了'.len_utf8()));
    let value = new.filter(|post| posts::is_post(post)).unwrap_or(value);
    let leads = POSTING.spans(value).filter(|(start, _)| !posts::is_part(value, *start));
    let ends = leads.map(|(_, end)| end);
    let last = ends.filter(|end| posts::is_post(from(value, *end))).max();
    from(value, last.unwrap_or(0))
}

/// `登记上的单位请改成佳乐购物中心`: what shall hold from now on.
fn put_right(value: &str) -> &str {
    let ends = FIXED.spans(value).map(|(_, end)| from(value, end));
    ends.min_by_key(|rest| rest.len()).filter(|rest| rest.chars().nth(1).is_some()).unwrap_or(value)
}

/// `合作社名字叫火石寨崖蜜养殖专业合作社`: what calls it by its name.
fn called(value: &str) -> &str {
    let ends = CALLED.spans(value).map(|(_, end)| end);
    let named = ends.filter(|end| places::organization_end(from(value, *end)).is_some()).max();
    let Some(start) = named else { return value };
    from(value, start).trim_start_matches(['：', ':', '“', '"', ' '])
}

/// `货车挂靠在某某公司`, `街道的某某加工坊`, `均为某某幼儿园`: no name of an employer goes on from 在 or 的.
fn behind_lead(value: &str) -> &str {
    for mark in ['在', '的'] {
        let inside = value.rfind(mark).map(|at| from(value, at + mark.len_utf8()));
        if let Some(name) = inside.filter(|name| places::is_organization(name)) {
            // 当时写的是某某公司
            return name.strip_prefix('是').unwrap_or(name);
        }
    }
    // 单位是某某幼儿园, 公司是某某制品有限公司.
    for verb in ['是', '为', '叫'] {
        if let Some((label, name)) = value.split_once(verb)
            && (label.is_empty() || IS_CALLED.start(label) == Some(label))
            && places::is_organization(name)
        {
            return name;
        }
    }
    // 以上4人单位均为…: the last of the words that lead to the name.
    let said = NAMING.spans(value).filter(|(start, end)| end - start > '在'.len_utf8());
    let said = said.map(|(_, end)| from(value, end)).filter(|name| places::is_organization(name));
    if let Some(name) = said.min_by_key(|name| name.len()) {
        return name;
    }
    // 单位一律写某某合作社.
    let bare = SHARED.iter().find_map(|word| value.strip_prefix(word)).unwrap_or(value);
    let verb = WRITTEN.start(bare).filter(|_| bare.len() < value.len());
    if let Some(name) = verb.map(|verb| from(bare, verb.len())) {
        return name;
    }
    let lead = NAMING.start(value).unwrap_or_default();
    let bare = from(value, lead.len()).trim_start_matches(['：', ':', ' ']);
    let long = bare.chars().count() >= 4 && !lead.is_empty();
    if long && !bare.starts_with(['职', '在', '务']) { bare } else { value }
}

/// `原来在某某快运，今年5月起在某某公司`: the last clause tells of today.
fn present(value: &str) -> &str {
    let first = clause(value);
    let last = value.rsplit(['，', ',']).next().unwrap_or(value);
    match last.rfind('在') {
        Some(at) if PAST.start(first).is_some() && last.len() < value.len() => from(last, at),
        _ => first,
    }
}

/// Up to the mark that ends a clause or closes a bracket that the value did not open.
fn clause(value: &str) -> &str {
    let mut open = 0_usize;
    for (at, c) in value.char_indices() {
        match c {
            '（' | '(' => open += 1,
            '）' | ')' if open == 0 => return until(value, at),
            '）' | ')' => open -= 1,
            '，' | '。' | '；' | '！' | '？' | ',' | ';' | '!' | '|' | '｜'
                if open == 0 && at > 0 =>
            {
                return until(value, at);
            }
            _ => {}
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_an_employer_is_cut_free_of_the_words_around_it() {
        for (said, name) in [
            ("均为西吉县菁华幼儿园", "西吉县菁华幼儿园"),
            ("当时写的是西吉县盛达商贸有限公司", "西吉县盛达商贸有限公司"),
            ("合作社名字叫火石寨崖蜜养殖专业合作社", "火石寨崖蜜养殖专业合作社"),
            ("货车挂靠在固原广运物流有限公司", "固原广运物流有限公司"),
            ("原来在西吉县中通快运，今年5月起在宁夏鑫盛电子有限公司", "宁夏鑫盛电子有限公司"),
            ("西吉县公共交通有限公司 驾驶员", "西吉县公共交通有限公司"),
            ("/西吉县乐高少儿美术培训中心", "西吉县乐高少儿美术培训中心"),
            ("登记上的单位请改成佳乐购物中心", "佳乐购物中心"),
            ("西吉县沐风书画装裱店", "西吉县沐风书画装裱店"),
            ("白崖乡街道的西吉县占福粮油加工坊", "西吉县占福粮油加工坊"),
            ("宁夏清水牧业有限公司行政部的行政专员", "宁夏清水牧业有限公司"),
            ("西吉县宏达五金机电城当店员", "西吉县宏达五金机电城"),
        ] {
            assert_eq!(employer(said), name);
        }
        assert_eq!(post_behind("西吉县公共交通有限公司 驾驶员"), Some("驾驶员"));
        assert_eq!(post("自己是店主"), "店主");
    }
}
