//! Several files that come along: which of two versions of one form holds, and which papers are nobody's registration.

use crate::reading::context::case::FileCase;
use crate::reading::fact::{Fact, Group, Role};
use crate::reading::language::text::Text;
use crate::reading::language::words::words;
use crate::reading::vocabulary::Item;

words! {
    /// One of several is said to hold, or to hold no longer.
    HOLDS = "为准 按第二 按后 按新 按改 是对的 作废 不要了 不用看 别看 不算 看第二 看后 看新 忽略 请以 用新 用第二";
    /// What tells a newer version by its name.
    NEWER = "新 改 更正 修改 修订 最终 终稿 正确 重填";
    /// The second one holds.
    SECOND = "第二个 第二份 第2个 第2份 后一个 后一份 后面那 后面这 最后一 第一个作废 第一份作废 前一个作废 前面那个作废 前面的作废 第一个不";
    /// The first one holds.
    FIRST = "以第一 第一个为准 第一份为准 前一个为准 第二个作废 第二份作废 后一个作废";
}

/// Leaves out the older one of two versions of a form, where the writer says which one holds.
pub(crate) fn settle(files: &mut [FileCase], own: &str) {
    if !HOLDS.found_in(own) {
        return;
    }
    let forms: Vec<usize> = (0..files.len())
        .filter(|at| files.get(*at).is_some_and(|file| file.relevant && file.people))
        .collect();
    let [first, second] = forms.as_slice() else { return };
    let (Some(a), Some(b)) = (files.get(*first), files.get(*second)) else { return };
    if !names(&a.groups).iter().any(|name| names(&b.groups).contains(name)) {
        return;
    }
    let told = NEWER.iter().filter(|word| own.contains(word)).find_map(|word| {
        let has = |file: &FileCase| Text::fold(&file.name).contains(word);
        match (has(a), has(b)) {
            (true, false) => Some(*second),
            (false, true) => Some(*first),
            _ => None,
        }
    });
    let ordinal = match (FIRST.found_in(own), SECOND.found_in(own)) {
        (true, _) => Some(*second),
        (false, true) => Some(*first),
        _ => None,
    };
    if let Some(older) = told.or(ordinal).and_then(|at| files.get_mut(at)) {
        (older.relevant, older.people) = (false, false);
    }
}

/// Whether a file only brings along papers of somebody (a health certificate), where the writer's words put people down
/// in full and the file says nothing of a registration.
pub(crate) fn papers_only(own: &[Group], groups: &[Group], form: bool) -> bool {
    let own_names = names(own);
    let whole = |groups: &[Group]| {
        let has = |item: Item| {
            groups.iter().flat_map(Group::facts).any(|fact| fact.item == item && !fact.wrong)
        };
        has(Item::Name) && has(Item::Phone) && (has(Item::Category) || has(Item::IdNumber))
    };
    let others = names(groups).iter().all(|name| !own_names.contains(name));
    !form && !own_names.is_empty() && whole(own) && others && !whole(groups)
}

/// Who is put down.
fn names(groups: &[Group]) -> Vec<String> {
    let put_down = |fact: &&Fact| {
        fact.item == Item::Name
            && !fact.wrong
            && matches!(fact.role, Role::Listed | Role::Writer | Role::Beneficiary)
    };
    groups.iter().flat_map(Group::facts).filter(put_down).map(|fact| fact.value.clone()).collect()
}
