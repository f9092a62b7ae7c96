//! What a shop that somebody keeps is called.

use super::employer;
use super::employment::{Here, push};
use crate::reading::language::text::{cut, from, is_han, until};
use crate::reading::language::words::words;
use crate::reading::prose::Said;
use crate::reading::values::bounds;
use crate::reading::values::places;
use crate::reading::vocabulary::Item;

words! {
    /// Verbs of keeping a shop.
    KEEPS = "开着 开了 开个 开家 开有 开 经营着 经营 承包了 承包 办了 办着 办起 经管";
    /// What stands before such a verb: a place or a time.
    KEPT_AT = "\
        个 县 镇 乡 村 街 街上 路 口 上 里 边 旁 对门 隔壁 对面 楼下 跟前 城 区 社区 门口 附近 集上 县城 西吉 这儿 这里 市场 巷 \
        自己 家里 一直 现在 平时";
    /// Names that only begin like the verb.
    NO_KEEPING = "开元 开源 开发 开拓 开心 开放 开泰 开明 开阳 开创 开达 开鑫 开城 开运 开盛";
    /// Where a shop's own name begins.
    NAMED = "西吉 宁夏 固原 名叫 叫做 叫";
    /// What calls by its name what was spoken of before.
    NAMES_IT = "叫 名叫 叫做 店名 店名叫 名字叫 取名 全称 全名 全称是 全名是 字号";
    /// Behind a firm's name: the writer runs it.
    MINE = "是我办 是我开 是我创办 是我经营 是我注册 是我们办 是我们开 由我经营 由我负责";
}

words! {
    /// What somebody means to do.
    PLANS = "想 打算 准备 计划 考虑 正筹备 筹备 将来 以后";
    /// To begin a business.
    BEGINS = "开 办个 办一 办家 搞个 建个 建一 弄个 承包 创办 注册";
}

/// `想在老家开个粉条作坊`: a business that is not there yet.
#[must_use]
pub(crate) fn only_planned(clause: &str) -> bool {
    let Some((_, end)) = PLANS.spans(clause).min() else { return false };
    let rest = from(clause, end);
    BEGINS.spans(rest).any(|(at, _)| NO_KEEPING.start(from(rest, at)).is_none())
}

/// `在兴隆街上开小饭馆`: where the name of the shop that somebody keeps begins; the end of the text
/// when only its trade is told. `None`: nothing of a shop that is kept.
#[must_use]
pub(super) fn kept_shop(folded: &str) -> Option<usize> {
    let (_, end) = KEEPS
        .spans(folded)
        .filter(|(start, _)| {
            NO_KEEPING.start(from(folded, *start)).is_none()
                && (*start == 0 || KEPT_AT.end(until(folded, *start)).is_some())
        })
        .max_by_key(|(start, end)| (std::cmp::Reverse(*start), *end))?;
    let rest = from(folded, end);
    let named = NAMED.spans(rest).min_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)));
    // 在街道上开小兰裁缝铺: its own name, before the trade.
    if named.is_none() && employer::named_shop(rest) {
        return Some(end);
    }
    Some(named.map_or(folded.len(), |(start, stop)| {
        let called = cut(rest, start..stop).ends_with(['叫', '做']);
        end + if called { stop } else { start }
    }))
}

/// `我是丽人发艺的店主`: whatever its name ends in.
pub(super) fn of_keeper(body: &str) -> Option<std::ops::Range<usize>> {
    let start = "我是".len();
    let rest = body.strip_prefix("我是")?;
    let end = ["的店主", "的老板娘", "的老板", "的掌柜", "的经营者"]
        .iter()
        .find_map(|post| rest.find(post))?;
    let name = until(rest, end);
    let fits = (3..=14).contains(&name.chars().count())
        && name.chars().all(is_han)
        && !places::says(name)
        && !places::is_bare_address(name);
    fits.then_some(start..start + end)
}

/// `在农贸市场的“秀兰布鞋店”`: the market only tells where the shop is.
pub(super) fn stands_at(here: Here<'_>, said: &mut Vec<Said>) {
    let Here { text, clause, clauses, order, .. } = here;
    let Some(before) = order.checked_sub(1).and_then(|order| clauses.get(order)) else { return };
    let gap = cut(&text.folded, before.range.end..clause.range.start);
    let body = cut(&text.folded, clause.range.clone());
    let place = cut(&text.folded, before.range.clone()).ends_with('的')
        && matches!(gap.trim(), "“" | "\"" | "「" | "《" | "‘")
        && places::organization_end(body) == Some(body.len());
    if place {
        said.retain(|one| !(one.item == Item::Organization && one.clause + 1 == order));
    }
}

/// `开一家烤馕店，叫西吉县古丽馕店`, `顺通驾校（全称西吉县顺通驾驶培训有限公司）`: what it is called counts, not what the
/// clause before said of it.
pub(super) fn called(here: Here<'_>, said: &mut Vec<Said>) -> bool {
    let Here { text, clause, clauses, order, .. } = here;
    let body = cut(&text.folded, clause.range.clone());
    let Some(before) = order.checked_sub(1).and_then(|order| clauses.get(order)) else {
        return false;
    };
    let Some(word) = NAMES_IT.start(body) else { return false };
    let name = from(body, word.len()).trim_start_matches(['是', '为', '叫']);
    let kept = cut(&text.folded, before.range.clone());
    let shop = kept_shop(kept).is_some()
        || places::organization_end(kept) == Some(kept.len())
        || employer::kept(kept).is_some();
    let end = match places::split(name) {
        Some((end, Some(_))) => end,
        _ => name.len(),
    };
    let fits = shop && (3..=25).contains(&until(name, end).chars().count()) && !places::says(name);
    if !fits || places::organization_end(until(name, end)).is_none() && word == "叫" {
        return false;
    }
    said.retain(|one| !(one.item == Item::Organization && one.clause + 1 == order));
    let start = clause.range.end - name.len();
    push(said, Item::Organization, cut(&text.shown, start..start + end), start..start + end, order);
    true
}

/// The range of a shop's or a firm's own name, however the clause tells whose it is.
#[must_use]
pub(super) fn own_name(clause: &str) -> Option<std::ops::Range<usize>> {
    let kept = employer::called(clause).or_else(|| employer::kept(clause));
    kept.or_else(|| run_by_writer(clause))
}

/// `我们村上的某某合作社是我办的`: the range of a firm that the writer runs.
#[must_use]
fn run_by_writer(clause: &str) -> Option<std::ops::Range<usize>> {
    let (at, _) = MINE.spans(clause).min()?;
    let name = bounds::employer(until(clause, at));
    places::is_organization(name).then(|| at - name.len()..at)
}
