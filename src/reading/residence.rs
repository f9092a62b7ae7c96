//! Where somebody lives, in a sentence.

use super::fact::{Force, Role};
use super::places;
use super::prose::{Clause, Said};
use super::text::{Text, cut, until, without_start};
use super::vocabulary::Item;
use super::words::words;

words! {
    /// What leads to an address.
    CUES = "\
        现在居住在 现在住 现在家住 目前住在 目前住 现在搬到 搬到了 搬到 搬至 现居住在 现居住于 居住在 居住于 家庭住址 \
        家住在 家住 住址是 住址为 住址 现住在 现住 住在 我家在 家在 家庭地址 地址是 人住 住";
    /// What leads to a better address, behind a word for the wrong one.
    FIXES = "应为 应该是 正确的是 更正为 改为 改成 变更为";
}

/// Reads an address in a clause: behind 住 and its kin, or a village standing alone among the data.
pub(super) fn read(text: &Text, clause: &Clause, order: usize, said: &mut Vec<Said>) {
    let folded = cut(&text.folded, clause.range.clone());
    let subject = without_start(without_start(folded, "我"), "本人");
    let subject = subject.trim_start_matches('他').trim_start_matches('她');
    let offset = folded.len() - subject.len();
    let corrected = || {
        ["住址", "地址"].iter().any(|word| until(&text.folded, clause.range.start).contains(word))
    };
    let cue = CUES.start(subject).or_else(|| FIXES.start(subject).filter(|_| corrected()));
    let beside = text.folded.trim().len() > folded.len();
    let Some(cue) = cue.or((beside && places::is_bare_address(subject)).then_some("")) else {
        return;
    };
    let start = clause.range.start + offset + cue.len();
    let rest = cut(&text.folded, start..clause.range.end);
    if !places::is_address(rest) || rest.starts_with(['院', '宿', '户']) && !rest.contains('村')
    {
        return;
    }
    let value = places::tidy(cut(&text.shown, start..clause.range.end));
    let value = value.trim_end_matches('了').to_owned();
    said.push(Said {
        joined: false,
        item: Item::Address,
        value,
        wrong: false,
        force: Force::Prose,
        role: Role::Listed,
        range: start..clause.range.end,
        clause: order,
    });
}
