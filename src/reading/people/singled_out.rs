//! Who of several gives a place back: `马强、马军、李有才三人里，马军出差，取消马军的`.

use crate::reading::fact::{Fact, Role};
use crate::reading::language::text::Text;
use crate::reading::language::words::words;
use crate::reading::person::{People, Person};
use crate::reading::vocabulary::Item;

words! {
    /// That somebody stays away.
    STAYS_AWAY = "不去了 去不了 去不成 不来了 来不了 来不成 不能去 不能来 不参加 不能参加 参加不了 无法参加 没法参加 没法去 取消 退出 放弃 划掉 去掉 删掉 撤掉 出差 住院 请假 不想去";
    /// Of all of them.
    ALL = "都 均 全 一起取消";
}

/// Keeps of the people of a cancellation those of whom a clause says that they stay away, where it is said of some only.
pub(crate) fn keep(people: &mut People, own: &str) {
    let besides =
        |fact: &&Fact| fact.item == Item::Name && matches!(fact.role, Role::Listed | Role::Beside);
    let listed = people.list.iter().filter_map(Person::name).map(str::to_owned);
    let mut names: Vec<String> = listed.collect();
    names.extend(people.others.iter().filter(besides).map(|fact| fact.value.clone()));
    if names.len() < 2 {
        return;
    }
    let spoken_of = |clause: &str| -> Vec<&String> {
        names.iter().filter(|name| clause.contains(Text::fold(name).as_str())).collect()
    };
    let clauses = || own.split(['，', ',', '。', '；', ';', '！', '\n']);
    let away = || clauses().filter(|clause| STAYS_AWAY.found_in(clause));
    let gone: Vec<&String> = away().flat_map(spoken_of).collect();
    let one_each = away().all(|clause| spoken_of(clause).len() < 2 && !ALL.found_in(clause));
    // Somebody is named without it in a list of them.
    let among = clauses().any(|clause| !STAYS_AWAY.found_in(clause) && spoken_of(clause).len() > 1);
    let some = names.iter().any(|name| !gone.contains(&name));
    if gone.is_empty() || !one_each || !among || !some {
        return;
    }
    let gone: Vec<String> = gone.into_iter().cloned().collect();
    let back: Vec<Fact> = people
        .others
        .extract_if(.., |fact| fact.item == Item::Name && gone.contains(&fact.value))
        .collect();
    people.list.retain(|one| one.name().is_some_and(|name| gone.iter().any(|gone| gone == name)));
    for name in back {
        if people.list.iter().all(|one| one.name() != Some(name.value.as_str())) {
            people.list.push(Person { facts: vec![Fact { role: Role::Listed, ..name }] });
        }
    }
}
