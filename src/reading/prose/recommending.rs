//! Offices that put people down: whose people they are.

use std::ops::Range;

use super::employer;
use super::employment::push;
use super::people_words;
use crate::reading::language::text::{Text, cut, from, until};
use crate::reading::language::words::words;
use crate::reading::prose::Said;
use crate::reading::values::offices;
use crate::reading::values::places;
use crate::reading::vocabulary::Item;

words! {
    OWN_PEOPLE = "\
        本校 本公司 本单位 我校 我公司 我单位 我厂 我社 职工 员工 我店 本厂 本店 我院 本院 我村 \
        本村 我局";
    /// An office begins to speak of itself.
    OFFICE_SPEAKS = "我们是 我们单位是 我们公司是 我们 我单位是 我公司是 这里是 此处是 我方";
    /// Who works there.
    ITS_PEOPLE = "职工 员工 教职工 干部职工 会员 工作人员 人员 医护人员 教师";
    /// What they are put down for.
    TOPIC = "开放日 政府开放日 政务开放日 开放日活动 政府开放日活动 活动 关于 参观 关于开放日";
    /// It puts people down.
    PUTS_DOWN = "来一 来两 来二 来三 来四 来五 来几 去一 去两 去二 去三 去四 去五 报名 报 派 选派 推荐 推选 有 决定 申请 参加 安排";
}

/// `本校推荐…`: who recommends its own people is their employer. Gives where the recommended begins.
pub(super) fn recommended(
    text: &Text,
    range: Range<usize>,
    order: usize,
    heading: bool,
    said: &mut Vec<Said>,
) -> usize {
    let body = cut(&text.folded, range.clone());
    if let Some(office) = own_office(text, range.clone(), heading) {
        push(said, Item::Organization, cut(&text.shown, office.clone()), office, order);
        return range.end;
    }
    // Hardly any clause recommends: one look for all of the verbs before one for each.
    if !people_words::RECOMMENDS.found_in(body) {
        return range.start;
    }
    let Some((at, cue)) =
        people_words::RECOMMENDS.iter().find_map(|cue| body.rfind(cue).map(|at| (at, cue)))
    else {
        return range.start;
    };
    let lead = places::lead_off(until(body, at));
    let lead = lead.trim_end_matches(['现', '特', '拟', '决', '定', '兹', '共']);
    if OWN_PEOPLE.found_in(from(body, at)) && places::is_organization(lead) {
        let start = range.start + body.find(lead).unwrap_or(0);
        let place = start..start + lead.len();
        push(said, Item::Organization, cut(&text.shown, place.clone()), place, order);
    }
    range.start + at + cue.len()
}

fn is_number(c: char) -> bool {
    "一二两三四五六七八九十".contains(c) || c.is_ascii_digit()
}

/// `两人…`
fn counts(text: &str) -> bool {
    let unit = text.trim_start_matches(is_number);
    unit.len() < text.len() && unit.starts_with(['人', '名', '位', '个'])
}

/// `某某民宿三个人`: without the number of people behind it.
fn without_count(text: &str) -> Option<&str> {
    let bare = text.trim_end_matches(['想', '要', '都', '来', '共']);
    let bare = ["个人", "人", "名", "位"].iter().find_map(|unit| bare.strip_suffix(unit))?;
    let name = bare.trim_end_matches(is_number);
    (name.len() < bare.len()).then(|| name.trim_end_matches(['共', '有', '的', '，', ' ']))
}

/// `我们某某合作社报三个人`: an office names itself and puts its people down.
fn own_office(text: &Text, range: Range<usize>, heading: bool) -> Option<Range<usize>> {
    let body = cut(&text.folded, range.clone());
    if !PUTS_DOWN.found_in(body) {
        return None;
    }
    // A subject names its office without any lead: 某某合作社报名.
    let lead = OFFICE_SPEAKS.start(body);
    let rest = from(body, lead.map_or(0, str::len));
    // 某某合作社报名两人, 某某花店报两个人: a number of its people, and no lead either.
    let counted = || {
        let behind = rest.split_once('报').map_or("", |(_, behind)| behind);
        let behind = behind.trim_start_matches(['名', '送', '上', '了']);
        // 某某中心报名企业代表1名
        let whom = ["代表", "监督员"].iter().filter_map(|word| behind.split_once(word));
        whom.into_iter().any(|(_, behind)| counts(behind))
            || counts(behind)
            || without_count(until(rest, rest.find('报').unwrap_or(0))).is_some()
    };
    // 某某厂报的杨振东和于小丽: whose people they are.
    // 某某协会参加人员: whose list it is.
    let list_of = || {
        ["参加人员", "报名人员", "人员名单", "参会人员", "报名名单"]
            .iter()
            .any(|word| rest.find(word).is_some_and(|at| !offices::governs(until(rest, at))))
    };
    let of_theirs = || {
        list_of()
            || [
                "报的",
                "推荐的",
                "选派的",
                "派的",
                "派我",
                "推荐我",
                "安排我",
                "让我参加",
                "让我去",
            ]
            .iter()
            .any(|word| rest.contains(word))
    };
    let asking = rest.strip_prefix("请问").unwrap_or("");
    let (lead, rest) = if lead.is_none() && !asking.is_empty() && of_theirs() {
        (Some("请问"), asking)
    } else {
        (lead, rest)
    };
    let lead = lead.or((heading || counted() || of_theirs()).then_some(""))?;
    let name = PUTS_DOWN
        .spans(rest)
        .map(|(at, _)| until(rest, at).trim_end_matches(['想', '要', '拟', '共']))
        // 某某公司开放日报名
        .map(|name| TOPIC.end(name).and_then(|word| name.strip_suffix(word)).unwrap_or(name))
        // 某某医院职工报名名单
        .map(|name| ITS_PEOPLE.end(name).and_then(|word| name.strip_suffix(word)).unwrap_or(name))
        // 某某民宿三个人报名
        .map(|name| without_count(name).unwrap_or(name))
        .find(|name| places::is_organization(name))
        .or_else(|| {
            // 西吉县鸿运商贸城报名群众代表: in a heading the place before it tells the name.
            let verbs = PUTS_DOWN.spans(rest).map(|(at, _)| at);
            let at = verbs.filter(|at| !from(rest, *at).starts_with('有')).min()?;
            Some(until(rest, at)).filter(|name| heading && employer::placed(name))
        })?;
    let name = offices::without_department(name);
    let start = range.start + lead.len();
    Some(start..start + name.len())
}

/// `某某公司|有两位职工要对换`: whose people are spoken of; the length of the words that count them.
pub(super) fn has_people(rest: &str) -> Option<usize> {
    let count = |c: char| c.is_ascii_digit() || "一二两三四五六几".contains(c);
    let counted = rest.strip_prefix('有')?.trim_start_matches(count);
    let people = counted.strip_prefix(['名', '位', '个'])?;
    let kinds =
        ["职工", "员工", "同事", "同志", "工人", "教师", "老师", "干部", "人要", "人想", "人报"];
    let told = kinds.iter().any(|kind| people.starts_with(kind));
    told.then_some(rest.len() - people.len())
}
