//! What stands in the writer's own words and no value was made of: a word for a category, a row of
//! digits, a place of work. A clerk would ask rather than pass over it.

use crate::reading::context::case::Case;
use crate::reading::fact::{Group, Role};
use crate::reading::language::kin;
use crate::reading::language::text::{Text, from, is_han, until};
use crate::reading::language::words::words;
use crate::reading::people::unemployed;
use crate::reading::prose::employer;
use crate::reading::prose::former;
use crate::reading::values::places;
use crate::reading::vocabulary::Item;
use crate::reading::{Kind, Reading, field};

words! {
    /// Words that hold 代表 or 监督 and mean no category.
    OTHERWISE = "\
        法定代表 法人代表 人大代表 党代表 政协 代表团 代表性 代表作 代表队 市场监督 监督管理 监督局 监督所 监督站 监督检验 监督电话 \
        监督举报 质量监督 卫生监督 监督检查 课代表 监督窗口 互相监督 接受监督 舆论监督 代表大会 社会各界代表 各界代表 代表参加“ \
        代表参加政府 代表对 代表我校向 代表全家 代表大家 代表个人 代表本人 代表我们感谢 代表人";
    /// Verbs of being employed somewhere in particular.
    WORKS = "上班 任教 就职 供职 任职 兼职 从教 工作";
    /// Where somebody works that is no name.
    SOMEWHERE = "外地 外面 县城 城里 家里 家 老家 本地 这里 那里 单位 公司 学校 村里 乡上 镇上 县上 县里 外省 内地 工地 银川 固原 兰州 西安 北京 上海 广州 深圳 中卫 吴忠 平凉 天水 新疆 内蒙 \
        部队 街上 机关 企业 里 上 外 方 岗位 窗口 一线 基层 农村 打工 附近 市里 城区 前 后 时间 期间 大厅 务工";
    /// What leads to a post without naming an employer.
    LEADS = "我是 本人是 本人系 我系 我 本人 是 任 现任 担任 一名 一个 一位 当 做 现 的 个 在 家里 自己 职务 职业 女 男 兼 名 他是 她是 他 她 我叫 叫 我们 我单位 \
        本单位 我公司 本公司 我校 我店 我厂 我院 我社 我村 原 前 退休 同志 是个 是名 位 推荐 派 由 请 和 与 及 岁 汉族 回族 \
        拟 决定 为 报 委派 选派 还有 还 另外 另有";
}

/// What was passed over in a registration.
#[must_use]
pub(crate) fn doubts(
    case: &Case,
    reading: &Reading,
    groups: &[Group],
    others: bool,
) -> Vec<String> {
    let mut reasons = Vec::new();
    let mut facts = groups.iter().flat_map(Group::facts);
    let numbered = facts.any(|fact| matches!(fact.item, Item::Phone | Item::IdNumber));
    if reading.kind != Kind::Registration || reading.review() || reading.applicants.is_empty() {
        return reasons;
    }
    let lacks = |key: &str| reading.applicants.iter().any(|one| !one.fields.contains_key(key));
    let none = |key: &str| reading.applicants.iter().all(|one| !one.fields.contains_key(key));
    if lacks(field::CATEGORY) && !case.letter.ours && names_category(&case.own) {
        reasons.push("信中提到代表或监督员，没有读懂报名类别".to_owned());
    }
    let in_file =
        || case.files.iter().any(|file| file.relevant && file.people && file.names_category);
    if lacks(field::CATEGORY) && reasons.is_empty() && in_file() {
        reasons.push("附件中提到代表或监督员，没有读懂报名类别".to_owned());
    }
    if !numbered && none(field::PHONE) && none(field::ID_NUMBER) && long_number(&case.own_lines) {
        reasons.push("信中有一串数字，没有读懂是什么号码".to_owned());
    }
    let without = unemployed::NO_EMPLOYER.found_in(&case.own);
    if none(field::ORGANIZATION) && !case.letter.ours && !without {
        let place = works_at(&case.own, others)
            .or_else(|| unclaimed(&case.own_lines).filter(|_| !others))
            .filter(|place| !of_somebody_else(groups, place));
        reasons.extend(place.map(|place| format!("“{place}”没有读懂是不是工作单位")));
        for one in &reading.applicants {
            let post = one.fields.get(field::POSITION).map(|field| Text::fold(&field.value));
            let name = one.fields.get(field::NAME).map(|field| Text::fold(&field.value));
            let place = post.and_then(|post| before_post(&case.own, &post, name.as_deref()));
            let reason = place.map(|place| format!("“{place}”没有读懂是不是工作单位"));
            reasons.extend(reason.filter(|reason| !reasons.contains(reason)));
        }
    }
    reasons
}

/// A category is spoken of, or one of its words.
fn names_category(own: &str) -> bool {
    ["代表", "监督"].iter().any(|word| {
        own.match_indices(word).any(|(at, _)| {
            let near = own.get(at.saturating_sub(12)..).unwrap_or_else(|| from(own, at));
            let near = near.char_indices().nth(10).map_or(near, |(end, _)| until(near, end));
            let clause =
                until(own, at).rsplit(['，', '。', '\n', '！', '？', '；']).next().unwrap_or("");
            let asks = from(own, at).split(['，', '。', '\n', '！']).next().unwrap_or("");
            let asks = if asks.contains("名额") { "" } else { asks };
            !OTHERWISE.found_in(near)
                && !clause.contains(['不', '没', '非', '未', '各'])
                && !asks.contains(['？', '?', '吗'])
        })
    })
}

/// Ten digits or numerals in a row, whatever joins them.
fn long_number(own: &str) -> bool {
    let mut run = 0;
    for c in own.chars() {
        if c.is_ascii_digit() || "零一二三四五六七八九幺〇壹贰叁肆伍陆柒捌玖".contains(c)
        {
            run += 1;
            if run >= 10 {
                return true;
            }
        } else if !(c == ' ' || "-，、,.。—".contains(c)) {
            run = 0;
        }
    }
    false
}

/// `在…上班`: a place of work that no employer was made of.
fn works_at(own: &str, for_others: bool) -> Option<String> {
    own.split(['，', '。', '；', '！', '？', '\n', ',', ';']).find_map(|clause| {
        let (who, rest) = clause.split_once('在')?;
        // 我在深圳上班，替我母亲报名: the writer's work is asked by nobody.
        if for_others && who.ends_with('我') {
            return None;
        }
        let (at, _) = WORKS.spans(rest).min()?;
        let place = until(rest, at);
        let length = place.chars().count();
        let told = (2..=20).contains(&length)
            && !over(own, clause)
            && kin::told_of(clause).is_none()
            && SOMEWHERE.end(place).is_none()
            && ![
                "他", "她", "表弟", "表哥", "亲戚", "朋友", "儿子", "女儿", "弟", "哥", "姐", "妹",
                "爸", "妈",
            ]
            .iter()
            .any(|word| until(clause, clause.find('在').unwrap_or(0)).contains(word))
            && !place.ends_with(['县', '镇', '乡', '村', '市', '省', '区', '街', '路'])
            && !["贵局", "你们", "您", "政务", "审批"].iter().any(|word| place.contains(word));
        told.then(|| place.to_owned())
    })
}

/// What a clause tells of former times, or of a work that somebody has retired from.
fn over(own: &str, clause: &str) -> bool {
    former::is_past(clause) || own.contains("退休") && former::served(clause)
}

/// `注册了西吉县绿丰饲料经销部`: the full name of a firm that nobody was given.
fn unclaimed(own: &str) -> Option<String> {
    own.split(['，', '。', '；', '！', '？', '\n', ',', ';', '、', '（', '）', ' ', '：']).find_map(
        |clause| {
            let at = ["西吉", "宁夏", "固原"].iter().filter_map(|lead| clause.find(lead)).min()?;
            let name = from(clause, at);
            let end = places::organization_end(name)?;
            let name = until(name, end);
            let firm = [
                "公司",
                "门市",
                "商店",
                "商行",
                "合作社",
                "部",
                "厂",
                "店",
                "农场",
                "中心",
                "学校",
                "小学",
                "中学",
                "幼儿园",
                "卫生院",
                "医院",
                "站",
                "行",
                "社",
                "馆",
                "超市",
                "园",
            ]
            .iter()
            .any(|end| name.ends_with(end));
            let named = firm
                && name.chars().count() >= 6
                && !former::is_past(clause)
                && !["去", "到", "给", "跟", "向", "听", "让", "找"]
                    .iter()
                    .any(|verb| until(clause, at).ends_with(verb))
                && !["政务", "审批", "服务大厅", "服务中心"].iter().any(|word| name.contains(word));
            named.then(|| name.to_owned())
        },
    )
}

/// `我自己的已经发了（苏文学，某某中学教师）`: where somebody works of whom is only told.
pub(crate) fn of_somebody_else(groups: &[Group], words: &str) -> bool {
    groups.iter().flat_map(Group::facts).any(|fact| {
        fact.item == Item::Organization
            && fact.role == Role::Related
            && words.contains(&Text::fold(&fact.value))
    })
}

/// `阿娟造型（…）店主`: words directly before a post.
fn before_post(own: &str, post: &str, name: Option<&str>) -> Option<String> {
    let at = own.find(post)?;
    let line = until(own, at)
        .rsplit(['，', '。', '；', '！', '？', '\n', ',', ';', '、', '：', ':', ' '])
        .next()?;
    let mut rest = line;
    // What stands in brackets between the two.
    if rest.ends_with(['）', ')']) {
        rest = until(rest, rest.find(['（', '('])?);
    }
    while let Some(word) = LEADS.end(rest) {
        rest = until(rest, rest.len() - word.len());
    }
    while let Some(word) = LEADS.start(rest) {
        rest = from(rest, word.len());
    }
    let fits = (2..=14).contains(&rest.chars().count()) && rest.chars().all(is_han);
    let person = matches!(rest, "前者" | "后者")
        || employer::is_anywhere(rest)
        || name.is_some_and(|name| name.contains(rest) || rest.contains(name));
    (fits && !person && !places::says(rest)).then(|| rest.to_owned())
}
