//! Departments, and offices that put down people who are not their own.

use super::places;
use super::posts;
use crate::reading::language::text::{from, is_han, until};
use crate::reading::language::words::{Words, words};

words! {
    /// By these somebody speaks of what they belong to.
    OURS = "我 我们 我们的 咱 咱们 本 俺们";
    /// What people belong to.
    UNITS = "公司 单位 厂 校 店 社 院 局 所 站 司 合作社 中心 队 段 园 乡 镇 村 街道 社区 协会 商会 学校 医院 集团 部 馆 办 党委 支部 大队";
    /// What departments deal with.
    COMMON = "综合 办公 行政 人事 人力资源 财务 销售 生产 技术 市场 工程 业务 后勤 采购 质检 安保 客服 信贷 党政 信息 教务 总务 品控 研发 运营 企划 宣传 保卫 档案 设备 安全 内科 外科 护理";
    /// What such a word and the next character say instead.
    NO_UNITS = "所在 所有 所说 所知 所以 所报 办的 办了 办理 办完 办过 办事 办证 部分 社保 社会 本来 本人 校友 村里 村上";
}

/// `我乡`, `我们合作社`, `本公司`: the length of the words at the start by which somebody speaks of their own office.
#[must_use]
pub(crate) fn own_unit(folded: &str) -> Option<usize> {
    let ours = OURS.start(folded)?;
    let rest = from(folded, ours.len());
    let unit = UNITS.start(rest).filter(|_| NO_UNITS.start(rest).is_none())?;
    Some(ours.len() + unit.len())
}

/// `我乡党政办主任`: somebody who holds a post in the writer's own office.
#[must_use]
pub(crate) fn employs(text: &str) -> bool {
    own_offices(text).any(|behind| {
        let ends = behind.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.take(9).any(|stop| {
            let post = until(behind, stop);
            post.chars().all(is_han) && posts::is_post(post)
        })
    })
}

words! {
    /// How a letter puts somebody forward.
    PRESENTS = "介绍 委派 指派 选派 派 派出 派遣 推荐 推举 推选 安排 兹有 现有 证明 系 委托";
}

/// `兹介绍我院内科护士长`: where the post begins that ends a clause behind the office that puts somebody forward.
#[must_use]
pub(crate) fn own_post(clause: &str) -> Option<usize> {
    let post = |post: &&str| {
        let own = until(clause, clause.len() - post.len());
        let verb = own.rfind(['我', '本', '咱', '俺']).map(|at| until(own, at));
        verb.is_some_and(|before| PRESENTS.end(before).is_some())
            && (2..=12).contains(&post.chars().count())
            && post.chars().all(is_han)
            && posts::is_post(post)
    };
    own_offices(clause).find(post).map(|post| clause.len() - post.len())
}

/// What stands behind each mention of the writer's own office.
fn own_offices(text: &str) -> impl Iterator<Item = &str> {
    let ours = text.char_indices().filter(|(_, c)| matches!(c, '我' | '本' | '咱' | '俺'));
    ours.filter_map(|(at, _)| {
        let rest = from(text, at);
        own_unit(rest).map(|end| from(rest, end))
    })
}

/// `安全环保部`: part of an employer, not one.
#[must_use]
pub(crate) fn is_department(name: &str) -> bool {
    let ends = ["部", "科", "室", "处", "股", "办", "中心", "组"]
        .iter()
        .any(|ending| name.ends_with(ending));
    let placed =
        ["县", "市", "镇", "乡", "村", "区", "宁夏", "西吉"].iter().any(|word| name.contains(word));
    ends && !placed && name.chars().count() <= 8 && !places::has_ending(name)
}

/// `公司资料室`: a part of a firm that is told elsewhere.
#[must_use]
pub(crate) fn is_part_of_firm(name: &str) -> bool {
    let part = name.strip_prefix("公司").or_else(|| name.strip_prefix("单位"));
    part.is_some_and(|part| part.chars().nth(6).is_none())
}

/// `综合部`, `确定信贷科`: a department by a name that every office has.
#[must_use]
pub(crate) fn is_common_department(name: &str) -> bool {
    let stem =
        ["部", "科", "室", "处", "股", "办", "组"].iter().find_map(|end| name.strip_suffix(end));
    stem.is_some_and(|stem| {
        COMMON.end(stem).is_some_and(|word| stem.chars().count() <= word.chars().count() + 2)
    })
}

/// `亨通塑业综合部`: without the department, whatever the firm's name ends in.
#[must_use]
pub(crate) fn stem(name: &str) -> &str {
    let ends = ["部", "科", "室", "处", "股", "办", "组"];
    let bare = ends.iter().find_map(|end| name.strip_suffix(end)).and_then(|bare| {
        let word = COMMON.end(bare)?;
        Some(until(bare, bare.len() - word.len()))
    });
    bare.filter(|bare| bare.chars().count() >= 3).unwrap_or(name)
}

/// `某某医院办公室` writes, and the hospital employs.
#[must_use]
pub(crate) fn without_department(name: &str) -> &str {
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
pub(crate) fn same(words: &str, name: &str) -> bool {
    words == name || without_department(words) == name || of_company(words) == name
}

/// An office that puts down people who are not its own: a township, a village, a chamber.
#[must_use]
pub(crate) fn governs(name: &str) -> bool {
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
        "联谊会",
        "秘书处",
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

/// `民生服务中心社|保经办员`, `政务服务中心社区|干事`: the character begins the word behind the name, where 供销社 ends one.
#[must_use]
pub(super) fn opens_word(folded: &str, end: usize) -> bool {
    let (name, rest) = (until(folded, end), from(folded, end));
    let house = ["中心", "公司", "局", "所", "站", "医院", "银行", "大厅", "政府", "办公室"];
    let behind = |word: &str| {
        name.strip_suffix(word).is_some_and(|name| house.iter().any(|end| name.ends_with(end)))
    };
    behind("社") && rest.starts_with(['保', '会', '区', '工', '矫', '群'])
        || name.ends_with("服务中心社区") && !rest.is_empty()
}

words! {
    /// An office speaks of itself.
    pub(crate) OWN_FIRM = "我公司 我单位 我厂 我校 我店 我社 我院 我局 本公司 本单位 本校 本厂 本店 我们公司 我们单位 我们厂 我们店 我所 我站 我司 我合作社 我中心 本中心 我队 我段 我园 我行 本行 本所 本站 本社 本院 本园 我们中心 我们医院 我们学校 我们合作社 我们队";
}

/// An office speaks of itself.
#[must_use]
pub(crate) fn own_firm(own: &str) -> bool {
    speaks(&OWN_FIRM, own)
}

/// One of the words occurs; 我社区 is no 我社.
#[must_use]
pub(crate) fn speaks(words: &Words, own: &str) -> bool {
    words.spans(own).any(|(_, end)| !from(own, end).starts_with('区'))
}
