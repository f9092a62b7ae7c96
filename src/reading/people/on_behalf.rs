//! Whose registration it is, where the writer tells who they are to somebody: `我是马强的媳妇兰小花，替他报名`,
//! `李有才报过名了，我是他邻居马强，也想报`.

use crate::reading::fact::{Fact, Group, Role};
use crate::reading::language::text::{Text, from};
use crate::reading::language::words::words;
use crate::reading::vocabulary::Item;

words! {
    /// Whoever was spoken of is put down by the writer.
    FOR_THEM = "替他报 替她报 帮他报 帮她报 代他报 代她报 给他报 给她报 为他报 为她报 替他登 替她登 帮他登 帮她登 给他登 给她登 替他填 帮他填 替她填 帮她填 替他发 帮他发 替她发 帮她发";
    /// Behind a name: who is registered already.
    REGISTERED = "报过名了 报了名了 已经报了名 已经报名 已经报过 已报名 已报过 也报名了 也报了名 也报过名 前天报的 昨天报的 上周报的";
}

/// Gives the people of a registration their parts.
pub(super) fn settle(groups: &mut [Group], own: &str) {
    let names = || groups.iter().flat_map(Group::facts).filter(|fact| fact.item == Item::Name);
    let writes = names().any(|fact| fact.role == Role::Writer);
    let beneficiary = names().any(|fact| fact.role == Role::Beneficiary);
    if !writes {
        return;
    }
    let puts_down = !beneficiary && FOR_THEM.found_in(own);
    for group in groups {
        let (Group::Stream(facts) | Group::Record(facts)) = group;
        if puts_down {
            spoken_of_last(facts, own);
        }
        for fact in facts.iter_mut().filter(|fact| fact.item == Item::Name) {
            if fact.role == Role::Related && puts_down && of_writer(fact, own) {
                fact.role = Role::Beneficiary;
            } else if matches!(fact.role, Role::Listed | Role::Beneficiary) && registered(fact, own)
            {
                fact.role = Role::Third;
            }
        }
    }
}

/// `…兰小花，替他报名，他电话139…`: what is told behind the two names is told of the one who is put down.
fn spoken_of_last(facts: &mut [Fact], own: &str) {
    let name = |fact: &Fact| fact.item == Item::Name;
    let theirs = facts.windows(2).position(|pair| {
        let [one, next] = pair else { return false };
        name(one)
            && one.role == Role::Related
            && name(next)
            && next.role == Role::Writer
            && of_writer(one, own)
    });
    let Some(at) = theirs else { return };
    facts.swap(at, at + 1);
    let numbers = facts.iter_mut().filter(|fact| fact.role == Role::Unnamed);
    numbers.for_each(|fact| fact.role = Role::Listed);
}

/// `我是马强的`: the writer is somebody of theirs.
fn of_writer(fact: &Fact, own: &str) -> bool {
    let name = Text::fold(&fact.value);
    ["我是", "我系", "本人是"].iter().any(|is| own.contains(&format!("{is}{name}的")))
}

/// `李有才报过名了`, wherever it is said of them.
fn registered(fact: &Fact, own: &str) -> bool {
    let name = Text::fold(&fact.value);
    own.match_indices(name.as_str())
        .any(|(at, name)| REGISTERED.start(from(own, at + name.len())).is_some())
}
