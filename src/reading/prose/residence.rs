//! Where somebody lives, in a sentence.

use std::ops::Range;

use super::clauses::Clause;
use crate::reading::fact::{Force, Role};
use crate::reading::language::kin;
use crate::reading::language::text::{Text, cut, from, is_han, until};
use crate::reading::language::words::words;
use crate::reading::prose::Said;
use crate::reading::values::dwelling;
use crate::reading::values::names;
use crate::reading::values::places;
use crate::reading::vocabulary::Item;

words! {
    /// Who lives, since when, and in what: what may stand before, between and behind the words for living.
    AROUND = "\
        我 我们 咱 本人 俺 他 她 他们 一家 全家 一家人 老两口 老人 一个人 独自 家里 家 人 家庭 的 \
        以上 两 三 四 两人 四人 五人 系 几位 现在 目前 现今 现 今 如今 一直 常年 平时 都 均 也 就 全 仍 还 长期 已经 已 刚 今年 去年 统一 最近 三人 俩 二人 两个人 三个人 四个人 五个人 六个人 几个人 大家 我们俩 我们几个 两口子 三位 两位 四位 一起 一块 一块儿 一道 一同 挤 还是 \
        在 于 到 进 了 至 是 为 写 填";
    /// The words for living.
    LIVES = "常住 长住 长期居住 同住 居于 寓居 暂住 租住 客居 现居 定居 借住 居住 住址 地址 住 搬到 搬至 搬 家在 家住";
    /// 住 as a part of other words.
    NO_LIVES = "住院 住宿 住建 住房 住户 住持 住口";
    /// What leads to a better address, behind a word for the wrong one.
    FIXES = "应为 应该是 正确的是 更正为 改为 改成 变更为";
    /// Where somebody comes from.
    ORIGINS = "老家 户口 户籍 籍贯 祖籍 原籍 娘家 婆家";
}

/// Reads an address in a clause: behind 住 and its kin, or a village standing alone among the data.
pub(super) fn read(text: &Text, clause: &Clause, order: usize, said: &mut Vec<Said>) {
    let folded = cut(&text.folded, clause.range.clone());
    let own =
        ["我是", "我住", "我家", "本人是", "本人住"].iter().any(|lead| folded.starts_with(lead));
    let (lead, lives) = lead(folded);
    let rest = from(folded, lead);
    let offset = clause.range.start;
    // 地址写错了，应为…; 登记上的地址请改成…
    let labelled = |before: &str| ["住址", "地址"].iter().any(|word| before.contains(word));
    let verbs = FIXES.spans(folded).filter(|(at, _)| {
        labelled(until(folded, *at)) || *at == 0 && labelled(until(&text.folded, offset))
    });
    let fixed = verbs.map(|(_, end)| end).max();
    if ORIGINS.found_in(folded) && !lives {
        return;
    }
    // 我是吉强镇套子湾村的种菜户季有才.
    if !lives
        && fixed.is_none()
        && let Some(at) = rest.find("村的")
        && places::is_bare_address(until(rest, at + '村'.len_utf8()))
    {
        let start = offset + lead;
        let end = start + at + '村'.len_utf8();
        push(said, cut(&text.shown, start..end), start..end, order, own);
        return;
    }
    // 我是硝河乡马昌村人, 田坪乡燕李村的: where somebody is from.
    let home = ["村民", "居民", "的", "人"].iter().find_map(|end| rest.strip_suffix(end));
    // 油坊院村1人: how many come is no house.
    let counted = |home: &str| home.ends_with(|c: char| c.is_ascii_digit());
    let home = home
        .map(|home| home.trim_end_matches('的'))
        // 我是永清湖社区的居民: even without the town.
        .filter(|home| {
            let lives_there = ["村民", "居民"].iter().any(|end| rest.ends_with(end));
            let alone = home.chars().count() <= 8 && home.chars().all(is_han);
            let bare = lives_there && alone && home.ends_with(['村', '区']);
            (places::is_bare_address(home) || bare) && !counted(home)
        });
    if let Some(home) = home.filter(|_| !lives && fixed.is_none()) {
        let start = offset + lead;
        let range = start..start + home.len();
        push(said, cut(&text.shown, range.clone()), range, order, own);
        return;
    }
    // 阿娟造型（西吉县吉强镇政府街）: where what stands before the bracket is.
    let of_shop = until(&text.folded, offset).ends_with(['（', '(']);
    let beside = text.folded.trim().len() > folded.len() && !of_shop;
    let start = match fixed {
        Some(fixed) => fixed,
        None if lives => lead,
        None if beside && places::is_bare_address(rest) => lead,
        None => return,
    };
    let rest = from(folded, start);
    // 我家在什字街道开着粉坊: what somebody does there is no address.
    if ["开着", "开了", "开个", "上班", "打工", "种", "养", "做生意"]
        .iter()
        .any(|verb| behind_place(rest).contains(verb))
        || !places::is_address(rest)
        || of_neighbour(rest)
        || is_ward(rest)
    {
        return;
    }
    let range = offset + start..clause.range.end;
    push(said, cut(&text.shown, range.clone()), range, order, own);
}

/// `住我楼下的安世荣`: where the writer lives, and who lives near.
fn of_neighbour(rest: &str) -> bool {
    let Some((place, who)) = rest.rsplit_once('的') else { return false };
    let near = ["楼下", "楼上", "隔壁", "对门", "对面", "后面", "前面", "旁边", "附近", "一个院"];
    names::plausible(who) && near.iter().any(|word| place.contains(word))
}

/// `住进县中医院`, `住在县医院骨科`: where somebody is ill.
fn is_ward(rest: &str) -> bool {
    let place = rest.trim_end_matches(['了', '呢', '着', '里']);
    ["医院", "卫生院", "病房", "科", "监护室"].iter().any(|end| place.ends_with(end))
}

/// What follows a place name.
fn behind_place(rest: &str) -> &str {
    from(rest, dwelling::parts(rest).0)
}

/// `我们一家都住在`: how far the words go that lead to an address, and whether they speak of living.
fn lead(folded: &str) -> (usize, bool) {
    let (mut at, mut lives) = (0, false);
    loop {
        let rest = from(folded, at);
        if let Some(word) = LIVES.start(rest).filter(|_| NO_LIVES.start(rest).is_none()) {
            (at, lives) = (at + word.len(), true);
        } else if let Some(length) = with_kin(rest) {
            at += length;
        } else if let Some(word) = AROUND.start(rest).or_else(|| kin::first(rest)) {
            at += word.len();
        } else {
            break;
        }
    }
    (at, lives)
}

/// `随小儿`, `跟着女儿`: with whom somebody lives.
fn with_kin(rest: &str) -> Option<usize> {
    let leads = ["跟随", "随着", "跟着", "随", "跟", "和", "与", "同"];
    let lead = leads.iter().find(|lead| rest.starts_with(**lead))?;
    let behind = from(rest, lead.len());
    let mine = behind.trim_start_matches(['我', '的', '小', '大', '二']);
    let whom = kin::first(mine).or_else(|| kin::first(behind)).map(|word| {
        let from_mine = kin::first(mine).is_some();
        if from_mine { behind.len() - mine.len() + word.len() } else { word.len() }
    });
    // 小儿, 犬子, 小女
    let humble =
        ["小儿", "小女", "犬子", "儿", "女"].iter().find(|word| behind.starts_with(**word));
    // 跟公婆一起住在…: whoever they are.
    let beside = ["一起", "一块", "一道", "同住"].iter().filter_map(|word| behind.find(word)).min();
    let beside = beside.filter(|at| until(behind, *at).chars().count() <= 4);
    whom.or(humble.map(|word| word.len())).or(beside).map(|length| lead.len() + length)
}

fn push(said: &mut Vec<Said>, value: &str, range: Range<usize>, clause: usize, own: bool) {
    let tidy = places::tidy(value);
    let value = tidy.trim_end_matches('了');
    // 红太村二组我不会打标点: without any marks the place ends where somebody goes on.
    let (end, levels) = dwelling::parts(value);
    let behind = from(value, end);
    let goes_on = levels.len() > 1
        && (behind.starts_with(['我', '你', '他', '她', '电', '手', '给', '就', '谢'])
            || ["监督员", "企业代表", "群众代表", "代表", "报名", "身份证"]
                .iter()
                .any(|word| behind.starts_with(word)));
    let value = if goes_on { until(value, end) } else { value }.to_owned();
    said.push(Said {
        joined: false,
        item: Item::Address,
        value,
        wrong: false,
        force: Force::Prose,
        role: if own { Role::Writer } else { Role::Listed },
        range,
        clause,
    });
}
