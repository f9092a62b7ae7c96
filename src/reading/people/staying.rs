//! Who is named and said not to come: `第2位柳燕不参加了，其余两位请登记`, `姚建平留下，他的不报了`.

use super::singled_out;
use crate::reading::fact::{Fact, Group, Role};
use crate::reading::language::kin;
use crate::reading::language::text::{Text, from, take, until};
use crate::reading::language::words::words;
use crate::reading::person::{People, Person};
use crate::reading::prose::behind_name::STAYS;
use crate::reading::values::names;
use crate::reading::values::posts;
use crate::reading::vocabulary::Item;
use crate::reading::wish::{Wish, postponed};

words! {
    /// Who is spoken of does not come, or stays where they are.
    OUT = "不参加 不参会 不出席 不到场 不去 不来 不报名 不报 不用报 不用登记 不用给他报 不用给她报 参加不了 去不了 来不了 去不成 来不成 留下 留守 看店 看家";
    /// Nobody comes but who was named last.
    ONLY_ONE = "就报他一个 就报她一个 只报他一个 只报她一个 就他一个人 就她一个人 就报他一人 就报她一人 只报他一人 只报她一人";
    /// What may follow without another meaning.
    ENDS = "了 就 本次 这次 这回 活动 开放日 28 我 只 吧 啦 （ ( 因 的";
    /// Nothing is settled.
    OPEN = "如果 如有 如能 如不 如因 如需 如遇 若是 若有 若能 若不 若因 若无 若需 要是 万一 假如 怕 担心 吗 能不能 是否 是不是 会不会 不是 去不去 来不来 不一定 可能 也许";
    /// Somebody else is spoken of than who was named.
    OTHERS = "我 俺 额 咱 其他 其余 别人 别的 大家 孩子 他们 她们 剩下 以外";
}

/// The people who are named in the mail and said not to come.
pub(crate) fn left_out(own: &str, groups: &[Group]) -> Vec<String> {
    let facts = groups.iter().flat_map(Group::facts);
    let told = facts.filter(|fact| fact.item == Item::Name && !fact.wrong);
    let names: Vec<(String, String)> =
        told.map(|fact| (Text::fold(&fact.value), fact.value.clone())).collect();
    let mut out: Vec<String> = Vec::new();
    let says = OUT.found_in(own) || ONLY_ONE.found_in(own) || postponed::spares_other(own);
    if names.len() < 2 || !says {
        return out;
    }
    if let Some(at) = ONLY_ONE.first(own)
        && let Some((_, only)) = last_named(until(own, at), &names)
    {
        let others = names.iter().map(|(_, name)| name).filter(|name| *name != only);
        return others.cloned().collect();
    }
    let mut last_of_all = None;
    for sentence in own.split(['。', '！', '？', '；', ';', '\n', '!', '?']) {
        // 我媳妇何淑芬能不能也去？先不用给她报: of whoever was named last.
        let mut spoken_of = last_of_all.filter(|_| postponed::spares_other(sentence));
        for clause in sentence.split(['，', ',']) {
            let last = last_named(clause, &names);
            let not_yet = postponed::spares_other(clause).then_some((0, 0));
            let away = OUT.spans(clause).find(|(_, end)| ends(from(clause, *end))).or(not_yet);
            if let Some((at, _)) = away.filter(|_| !OPEN.found_in(clause)) {
                let before = until(clause, at);
                let who = match last_named(before, &names) {
                    Some((end, name)) => (!OTHERS.found_in(from(before, end))).then_some(name),
                    None => spoken_of.filter(|_| !OTHERS.found_in(before)),
                };
                out.extend(
                    who.filter(|who: &&str| !out.iter().any(|known| known == who))
                        .map(str::to_owned),
                );
            }
            spoken_of = last.map(|(_, name)| name).or(spoken_of);
            last_of_all = spoken_of.or(last_of_all);
        }
    }
    out
}

/// `我要上班就不去了`: the writer does not come.
#[must_use]
pub(crate) fn writer_out(own: &str) -> bool {
    own.split(['。', '！', '？', '；', ';', '\n', '!', '?']).any(|sentence| {
        let mut mine = false;
        sentence.split(['，', ',']).map(str::trim).any(|clause| {
            let told =
                LEADS.iter().fold(clause, |rest, lead| rest.strip_prefix(lead).unwrap_or(rest));
            let writer = ["我", "本人", "俺"].iter().any(|lead| told.starts_with(lead));
            // 我在厦门打工呢，一时回不来，就不报了: without a subject, a clause goes on with that of the one before.
            let goes_on = mine && OUT.start(told.trim_start_matches(['也', '就'])).is_some();
            let alone = !kin::spoken_of(clause) && !clause.contains(['他', '她', '们']);
            mine = alone && (writer || mine && !names_subject(told));
            (writer || goes_on) && says_out(clause)
        })
    })
}

words! {
    /// Behind 我, before what is said of the writer's own place.
    OWN_PLACE = "自己 本人 个人 一个人 一人 这边 这里 那个 这个 的 名额 名字 报名 位子 位置 登记 还是 还 仍然 仍 依然 依旧 倒 就 会 可以 能 一定 肯定 到时候 到时 那天 28号 也 要 没有 都 是";
    /// The writer's place stays as it is.
    KEPT = "照旧 照常 照样 照来 照去 照原 照参加 照 不变 没变 不动 不取消 不用取消 不用动 别取消 别动 不要动 不要取消 保留 留着 按时 准时 正常 继续 不受影响 没问题";
    /// The writer comes, and no more is said.
    COMES = "来的 去的 参加的 来 去 参加";
}

/// `我自己的照旧`, `我还是去的`, `我的别动`: the writer keeps their place.
#[must_use]
pub(super) fn writer_stays(own: &str) -> bool {
    own.split(['，', ',', '。', '；', ';', '！', '!', '\n', '：', '（', '）']).any(|clause| {
        let clause =
            LEADS.iter().fold(clause.trim(), |rest, lead| rest.strip_prefix(lead).unwrap_or(rest));
        let Some(told) = ["我", "本人", "俺"].iter().find_map(|lead| clause.strip_prefix(lead))
        else {
            return false;
        };
        let mut rest = told;
        while let Some(word) = OWN_PLACE.start(rest).filter(|_| KEPT.start(rest).is_none()) {
            rest = from(rest, word.len());
        }
        let comes = COMES.start(rest).map(|word| from(rest, word.len()));
        let end =
            comes.is_some_and(|end| end.trim_matches(['吧', '呢', '啊', '哈', '~']).is_empty());
        KEPT.start(rest).is_some() || end && rest.len() < told.len()
    })
}

/// What leads a clause to its subject.
const LEADS: [&str; 12] =
    ["所以", "可是", "但是", "不过", "因为", "由于", "只是", "可惜", "可", "但", "因", "而"];

/// `李明在家`: a clause that may have a subject of its own, who is named.
fn names_subject(clause: &str) -> bool {
    [2, 3].into_iter().any(|length| take(clause, length).is_some_and(names::plausible))
}

/// A clause that says that somebody does not come.
fn says_out(clause: &str) -> bool {
    let out = OUT.spans(clause).find(|(_, end)| ends(from(clause, *end)));
    out.is_some_and(|(at, _)| {
        !kin::spoken_of(until(clause, at)) && !until(clause, at).contains(['他', '她', '们'])
    }) && !OPEN.found_in(clause)
}

/// Of those whom a cancellation names, keeps the ones who stay away.
pub(crate) fn keep_concerned(people: &mut People, own: &str, out: &[String]) {
    singled_out::keep(people, own);
    let mut come = who_come(own, people);
    come.extend(only_mentioned(own, out, people));
    if people.list.iter().filter_map(Person::name).all(|name| come.iter().any(|one| one == name)) {
        return;
    }
    if come.is_empty() {
        come.extend(other_comes(own, people));
    }
    people
        .list
        .retain(|person| !person.name().is_some_and(|name| come.iter().any(|one| one == name)));
}

/// `她照常去，取消我的`: of the writer and one other, the other comes all the same.
fn other_comes(own: &str, people: &People) -> Option<String> {
    let [first, second] = people.list.as_slice() else { return None };
    let writes = |person: &Person| {
        let mut facts = person.facts.iter().filter(|fact| fact.item == Item::Name);
        facts.any(|fact| matches!(fact.role, Role::SignOff | Role::Writer))
    };
    let other = match (writes(first), writes(second)) {
        (true, false) => second,
        (false, true) => first,
        _ => return None,
    };
    let mut clauses = own.split(['，', ',', '。', '；', ';', '！', '\n']);
    let comes = clauses.any(|clause| {
        let told = clause
            .trim()
            .trim_start_matches("现在")
            .trim_start_matches(['但', '不', '过', '我', '的']);
        let of_other =
            told.starts_with(['他', '她']) && !told.contains('们') || kin::first(told).is_some();
        of_other && STAYS.found_in(told) && !OUT.found_in(told)
    });
    other.name().filter(|_| comes).map(str::to_owned)
}

/// Of these names, those of whom a cancellation says that they come all the same: `段丽同志照常参加`, `靳园长照常参加`.
fn who_come(own: &str, people: &People) -> Vec<String> {
    let names = people.list.iter().filter_map(Person::name);
    let comes = |name: &&str| {
        let folded = Text::fold(name);
        let surname: String = folded.chars().take(names::surname(&folded).max(1)).collect();
        let only =
            people.list.iter().filter_map(Person::name).filter(|other| other.starts_with(&surname));
        let titled = only.count() == 1;
        STAYS.spans(own).any(|(at, _)| {
            let clause = until(own, at)
                .rsplit(['，', '。', '；', '\n', '！', ',', '、'])
                .next()
                .unwrap_or("");
            let title = clause.strip_prefix(folded.as_str()).or_else(|| {
                let rest = clause.strip_prefix(surname.as_str())?;
                (titled && posts::is_post(rest)).then_some("")
            });
            title.is_some_and(|title| title.chars().count() <= 3)
        })
    };
    // 另外两个人照常参加: who is said not to come, and nobody else.
    let clauses = || own.split(['。', '；', '\n', '，', ';', '！', ','].as_slice());
    let rest = clauses().any(|clause| {
        ["另外", "其余", "其他", "剩下", "别的", "另两"]
            .iter()
            .any(|lead| clause.trim_start().starts_with(lead))
            && STAYS.found_in(clause)
    });
    if rest {
        let gone = |name: &&str| clauses().any(|it| begins(it, name)) && !signs(people, name);
        let known = || people.list.iter().filter_map(Person::name);
        let singled: Vec<&str> = known().filter(gone).collect();
        if let [one] = singled.as_slice() {
            return known().filter(|name| name != one).map(str::to_owned).collect();
        }
    }
    // 三个人报了名，其中蒋文娟不能到会: only who is singled out.
    let among = own.split("其中").nth(1).unwrap_or("");
    let among = among.split(['，', '。', '；', '\n', ',']).next().unwrap_or("");
    let singled = |name: &&str| {
        let name = Text::fold(name);
        among.starts_with(&name)
            || among.contains(&format!("、{name}")) && names_first(among, people)
    };
    let mut known = people.list.iter().filter_map(Person::name);
    if known.any(|name| singled(&name)) {
        let others = people.list.iter().filter_map(Person::name).filter(|name| !singled(name));
        return others.map(str::to_owned).collect();
    }
    // 尚永红、焦建平仍按时参加
    let listed = |name: &str| {
        own.split(['。', '；', '\n', '，', ';', '！']).any(|part| {
            let stays = STAYS.first(part);
            let at = part.find(&Text::fold(name));
            at.zip(stays).is_some_and(|(at, stays)| at < stays) && !OUT.found_in(part)
        })
    };
    let come: Vec<String> =
        names.filter(|name| comes(name) || listed(name)).map(str::to_owned).collect();
    if come.len() < people.list.len() { come } else { Vec::new() }
}

/// `这里头马玉虎脚扭了`: a clause about nobody else, where `其中甲、乙两人` tells of more than one.
fn begins(clause: &str, name: &str) -> bool {
    let among = ["这里头", "那里头", "里头", "里面", "其中"].iter();
    let clause = clause.trim_start();
    let bare = among.into_iter().find_map(|word| clause.strip_prefix(word));
    let rest = bare.unwrap_or(clause).strip_prefix(&Text::fold(name));
    rest.is_some_and(|rest| bare.is_none() || !rest.starts_with(['、', '和', '与', '跟']))
}

/// Who is only named below.
fn signs(people: &People, name: &str) -> bool {
    let mut facts = people.list.iter().flat_map(|person| &person.facts);
    let mut named = facts.by_ref().filter(|fact| fact.item == Item::Name && fact.value == name);
    named.all(|fact| fact.role == Role::SignOff)
}

/// `20号报了三个人（申宝平、石小兰、卯建成）。石小兰来不了`: of those whom a cancellation names, the ones who
/// stand in no sentence that says who stays away.
fn only_mentioned(own: &str, out: &[String], people: &People) -> Vec<String> {
    let names = || people.list.iter().filter_map(Person::name);
    let others: Vec<&str> = names().filter(|name| !out.iter().any(|one| one == name)).collect();
    let says = |sentence: &str, name: &str| sentence.contains(&Text::fold(name));
    let mut sentences = own
        .split(['。', '！', '？', '；', ';', '\n', '!', '?'])
        .filter(|sentence| OUT.found_in(sentence) && out.iter().any(|name| says(sentence, name)))
        .peekable();
    let apart = sentences.peek().is_some()
        && sentences.all(|sentence| !others.iter().any(|name| says(sentence, name)));
    if apart && others.len() < names().count() {
        others.into_iter().map(str::to_owned).collect()
    } else {
        Vec::new()
    }
}

/// What stands behind 其中 begins with one of them.
fn names_first(among: &str, people: &People) -> bool {
    people.list.iter().filter_map(Person::name).any(|name| among.starts_with(&Text::fold(name)))
}

fn ends(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty()
        || ENDS.start(rest).is_some()
        || rest.starts_with(|c: char| !c.is_alphanumeric())
}

/// The last of the names in a clause: where it ends, and how it is written.
fn last_named<'n>(clause: &str, names: &'n [(String, String)]) -> Option<(usize, &'n str)> {
    let ends = names.iter().filter_map(|(folded, name)| {
        clause.rfind(folded.as_str()).map(|at| (at + folded.len(), name.as_str()))
    });
    let (end, name) = ends.max_by_key(|(end, _)| *end)?;
    // 王军|临时出差: a name that is known is not longer elsewhere.
    let known = names.iter().map(|(_, name)| name.as_str());
    let shorter = known.filter(|known| name.starts_with(known)).min_by_key(|known| known.len());
    Some((end, shorter.unwrap_or(name)))
}

/// Others are put down in the same mail, and nothing is said of an earlier one: no place is given back.
pub(crate) fn only_leaves_out(out: &[String], wish: &Wish, groups: &[Group]) -> bool {
    let facts = || groups.iter().flat_map(Group::facts);
    let stays = facts().any(|fact| {
        fact.item == Item::Name
            && !fact.wrong
            && !matches!(fact.role, Role::Contact | Role::SignOff)
            && !out.contains(&fact.value)
    });
    let numbers = facts().any(|fact| {
        matches!(fact.item, Item::Phone | Item::IdNumber) && fact.role != Role::Contact
    });
    !out.is_empty() && wish.registers && !wish.earlier && !wish.replaces && stays && numbers
}

/// Where nothing but the name of who does not come is told, it is nobody's data: `我媳妇罗海燕说她不去`.
pub(super) fn only_named(groups: &mut [Group], out: &[String]) {
    for group in groups {
        let Group::Stream(facts) = group else { continue };
        // 柳燕已调往隆德分公司: where they went is nobody's employer who comes.
        facts.retain(|fact| {
            fact.item != Item::Organization || !out.iter().any(|name| fact.value.contains(name))
        });
        for place in 0..facts.len() {
            let told = |fact: &&Fact| fact.item != Item::Name;
            let line = facts.get(place).map_or(0, |fact| fact.line);
            let behind = facts.iter().skip(place + 1).take_while(told);
            let has = behind
                .into_iter()
                .any(|fact| fact.line == line && matches!(fact.item, Item::Phone | Item::IdNumber));
            if let Some(fact) = facts.get_mut(place)
                && fact.item == Item::Name
                && !has
                && out.contains(&fact.value)
            {
                fact.role = Role::Contact;
            }
        }
    }
}

/// Takes them out of the people who were read, unless nobody would be left.
pub(crate) fn leave_out(people: &mut People, out: &[String]) {
    let gone =
        |name: Option<&str>| name.is_some_and(|name| out.iter().any(|one| name.starts_with(one)));
    if people.list.iter().all(|person| gone(person.name())) {
        return;
    }
    people.list.retain(|person| !gone(person.name()));
    people.bare.retain(|name| !gone(Some(name)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_without_a_subject_goes_on_with_the_writer() {
        assert!(writer_out("群众代表就报她一个，我这边要盯着修路，不去了。"));
        assert!(writer_out("我要上班就不去了"));
        assert!(!writer_out("我爱人要上班，不去了"));
        assert!(!writer_out("我替他说一声，他要上班，不去了"));
    }
}
