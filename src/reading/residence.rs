//! Where somebody lives, in a sentence.

use std::ops::Range;

use super::clauses::Clause;
use super::fact::{Force, Role};
use super::places;
use super::prose::Said;
use super::text::{Text, cut, until, without_start};
use super::vocabulary::Item;
use super::words::words;

words! {
    /// What leads to an address.
    CUES = "\
        现在居住在 现在住在 现在住 现在家住 目前住在 目前住 现今住在 现在搬到 搬到了 搬到 搬至 现居住在 现居住于 居住在 居住于 家庭住址 \
        家住在 家住 住址是 住址为 住址 现住在 现住 住在 我家在 家在 家庭地址 地址是 人住 住";
    /// What leads to a better address, behind a word for the wrong one.
    FIXES = "应为 应该是 正确的是 更正为 改为 改成 变更为";
}

/// Reads an address in a clause: behind 住 and its kin, or a village standing alone among the data.
pub(super) fn read(text: &Text, clause: &Clause, order: usize, said: &mut Vec<Said>) {
    let folded = cut(&text.folded, clause.range.clone());
    let subject = without_start(without_start(folded, "我"), "本人");
    let subject = subject.trim_start_matches('他').trim_start_matches('她');
    let own =
        ["我是", "我住", "我家", "本人是", "本人住"].iter().any(|lead| folded.starts_with(lead));
    let offset = folded.len() - subject.len();
    let corrected = || {
        ["住址", "地址"].iter().any(|word| until(&text.folded, clause.range.start).contains(word))
    };
    let cue = CUES.start(subject).or_else(|| FIXES.start(subject).filter(|_| corrected()));
    let beside = text.folded.trim().len() > folded.len();
    // 我是吉强镇套子湾村的种菜户季有才.
    if cue.is_none()
        && let Some(at) = subject.find("村的")
        && places::is_bare_address(without_start(until(subject, at + '村'.len_utf8()), "是"))
    {
        let end = start_of(clause, folded, subject) + at + '村'.len_utf8();
        let start =
            start_of(clause, folded, subject) + subject.len() - without_start(subject, "是").len();
        push(said, cut(&text.shown, start..end), start..end, order, own);
        return;
    }
    // 我是硝河乡马昌村人, 田坪乡燕李村的: where somebody is from.
    let told = without_start(subject, "是");
    let home = ["村民", "居民", "的", "人"].iter().find_map(|end| told.strip_suffix(end));
    let home =
        home.map(|home| home.trim_end_matches('的')).filter(|home| places::is_bare_address(home));
    if let Some(home) = home.filter(|_| cue.is_none()) {
        let start = clause.range.end - told.len();
        let range = start..start + home.len();
        push(said, cut(&text.shown, range.clone()), range, order, own);
        return;
    }
    let Some(cue) = cue.or((beside && places::is_bare_address(subject)).then_some("")) else {
        return;
    };
    let start = clause.range.start + offset + cue.len();
    let rest = cut(&text.folded, start..clause.range.end);
    // 我家在什字街道开着粉坊: what somebody does there is no address.
    if ["开着", "开了", "开个", "上班", "打工", "种", "养", "做生意"]
        .iter()
        .any(|verb| rest.contains(verb))
    {
        return;
    }
    if !places::is_address(rest) || rest.starts_with(['院', '宿', '户']) && !rest.contains('村')
    {
        return;
    }
    push(said, cut(&text.shown, start..clause.range.end), start..clause.range.end, order, own);
}

/// Where the clause goes on behind its subject.
fn start_of(clause: &Clause, folded: &str, subject: &str) -> usize {
    clause.range.start + folded.len() - subject.len()
}

fn push(said: &mut Vec<Said>, value: &str, range: Range<usize>, clause: usize, own: bool) {
    let value = places::tidy(value).trim_end_matches('了').to_owned();
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
