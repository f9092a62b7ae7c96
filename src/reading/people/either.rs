//! Two wishes of one person: 两类都可以, 监督员报不上就当群众代表. What is named first is wished for first.

use crate::reading::fact::Fact;
use crate::reading::language::words::words;
use crate::reading::person::Person;
use crate::reading::vocabulary::Item;
use crate::reading::{Evidence, Field};

words! {
    /// Said of two categories that are named.
    BOTH_WILL_DO = "\
        都可以 都行 都成 均可 也行 也可以 也成 二选一 任选 不限 都能接受 \
        报不上 不行就 不行的话 满了就 满了的话 满额就 没名额就 没有名额 选不上 名额满了 名额不够 轮不上 报满了 不成就 排不上 没报上 当不上 第二志愿 其次 备选 \
        不然就 否则就 要不就";
    /// Said without naming any.
    ANY_WILL_DO = "\
        两类都可以 两类都行 两类均可 两种都可以 两种都行 哪类都可以 哪类都行 哪一类都可以 哪一类都行 哪种都可以 哪种都行 任意一类 任一类别 \
        任何一类 哪个类别都 报哪类都 类别不限 类别都行 类别都可以 两个类别都 两种身份都 哪种身份都 什么身份都行";
}

/// Takes the second wish out of the candidates, so that it does not contradict the first.
pub(crate) fn take(person: &mut Person, own: &str) -> Option<Field> {
    let current = |fact: &&Fact| fact.item == Item::Category && !fact.old && !fact.wrong;
    let mut named: Vec<&Fact> = Vec::new();
    for fact in person.facts.iter().filter(current) {
        if named.iter().all(|known| known.value != fact.value) {
            named.push(fact);
        }
    }
    let field = |value: &str, evidence: Evidence| Field { value: value.to_owned(), evidence };
    match named.as_slice() {
        [_, second] if BOTH_WILL_DO.found_in(own) => {
            let wish = field(&second.value, Evidence::clone(&second.evidence));
            person.facts.retain(|fact| fact.item != Item::Category || fact.value != wish.value);
            Some(wish)
        }
        [] | [_] if ANY_WILL_DO.found_in(own) => {
            let quote = own.chars().take(60).collect();
            let evidence = Evidence { quote, ..Evidence::default() };
            Some(field("any", evidence))
        }
        _ => None,
    }
}
