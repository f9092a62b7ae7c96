//! Where somebody works who is named beside those who are put down.

use crate::reading::fact::{Fact, Role};
use crate::reading::language::text::{Text, until};
use crate::reading::language::words::words;
use crate::reading::person::People;
use crate::reading::vocabulary::Item;

words! {
    /// Who is named on a form beside whoever fills it in.
    BESIDE = "推荐人 介绍人 紧急联系人 联系人 证明人 监护人 配偶 家长 推荐";
}

/// `推荐人单位：某某乡人民政府`; and what was told of somebody who is not put down.
pub(super) fn others_work(people: &People, line: &Text, name: &str) -> bool {
    let told = |fact: &Fact| {
        fact.item == Item::Organization
            && fact.role == Role::Related
            && Text::fold(&fact.value).contains(name)
    };
    let at = line.folded.find(name).unwrap_or(0);
    let label = until(&line.folded, at).trim_end_matches([':', '：', ' ', '\t']);
    let whose = label.strip_suffix("工作单位").or_else(|| label.strip_suffix("单位"));
    people.theirs.iter().any(told) || whose.is_some_and(|whose| BESIDE.end(whose).is_some())
}
