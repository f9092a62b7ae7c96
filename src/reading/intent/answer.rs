//! A short answer to a letter of ours: whether it says yes, and whom it speaks of.

use crate::reading::Doubt;
use crate::reading::context::case::{Case, spoken};
use crate::reading::fact::{Fact, Role, from_letter};
use crate::reading::language::kin;
use crate::reading::language::text::{Text, from, until};
use crate::reading::language::words::{contains, words};
use crate::reading::person::{People, Person};
use crate::reading::vocabulary::Item;
use crate::reading::wish::asking;
use crate::reading::wish::grammar::cannot_come;

words! {
    /// A clause that says yes.
    YES = "\
        参加 可以 同意 接受 愿意 确认 能来 能去 没问题 好的 给我留 给他留 给她留 留着 留给我 我要 要的 赶上 能到 会到 一定到 准到";
    /// A clause that says no, whatever else it holds.
    NO = "\
        没法 无法 放弃 取消 来不 去不 参加不 不去 不来 不参加 不想 不能 不要 不接受 不愿 不同意 不行 不了 不方便 不用留 让给 算了 没空 没时间";
    /// These only seem to say no.
    NO_NO = "不能来回 不来回 不能错过 不能不 不用回 去不去 来不来 能不能 不知道行不行 不会错 不见不散";
    ALL_OF_THEM = "\
        都 我们 两人 二人 三人 四人 五人 全部 均 俩 几人 几个人 大家 两个人 三个人";
}

/// A yes is no longer, in characters.
const SHORT: usize = 120;

/// A short yes to a letter that offers a place.
pub(crate) fn accepts(case: &Case) -> bool {
    let own = &Text::fold(spoken(&case.own_lines, &case.own));
    let short = own.chars().nth(SHORT).is_none();
    if !case.letter.offers || case.wish.cancels || !short {
        return false;
    }
    // 行呢，我去。啥时候到？: what is asked beside it leaves the yes as it is.
    let (mut told, mut asked) = (String::new(), false);
    for sentence in own.split_inclusive(['。', '！', '!', '？', '?', '；', '\n']) {
        // 愿意！28号一准到。要不要交钱？
        let said_yes = YES.found_in(&told) && asking::leaves_yes(sentence);
        let when = asking::of_the_day(sentence) || said_yes;
        let question = sentence.trim_end().ends_with(['？', '?', '吗', '呢']) && when;
        if question {
            asked = true;
        } else {
            told.push_str(sentence);
        }
    }
    if case.wish.asks && !asked || told.contains(['？', '?', '吗']) {
        return false;
    }
    let own = &told;
    let marks = |c: char| "，,。！!；;~～、\n ".contains(c);
    let mut yes = false;
    for clause in own.split(marks) {
        if NO.found_in(clause) && !NO_NO.found_in(clause) || cannot_come(clause) {
            return false;
        }
        yes |= (YES.found_in(clause) || comes(clause)) && !clause.contains(['没', '未'])
            || clause.contains("没问题");
    }
    yes
}

/// `我去`, `28号来看看`: but who is `在去新疆的路上` goes elsewhere.
fn comes(clause: &str) -> bool {
    ["去", "来", "行"].iter().any(|verb| {
        clause.match_indices(verb).any(|(at, _)| {
            let rest = from(clause, at + verb.len());
            let bare =
                rest.trim_end_matches(['吧', '呢', '的', '呀', '哈', '啊', '哩', '嘛', '哦']);
            let there = ["看", "听", "学", "大厅", "政务", "现场", "你们", "咱们", "一趟", "开放"];
            (bare.is_empty() || there.iter().any(|word| rest.starts_with(word)))
                && !until(clause, at).ends_with(ELSEWHERE)
        })
    })
}

/// Before 去, 来 and 行 these make another word of them.
const ELSEWHERE: [char; 16] = [
    '在', '本', '原', '起', '银', '进', '出', '下', '后', '将', '从', '历', '近', '以', '回', '过',
];

/// The letter's name counts where the answer gives none, or only that of whoever writes it for a relative. Of a letter
/// about several it can be unsure whom the answer means.
pub(crate) fn name_from_letter(people: &mut People, case: &Case) -> Option<Doubt> {
    let names = &case.letter.names;
    if names.is_empty() {
        return None;
    }
    writes_for(people, case);
    if people.list.iter().any(|person| person.has(Item::Name)) {
        return None;
    }
    let mut facts: Vec<Fact> = people.list.drain(..).flat_map(|person| person.facts).collect();
    facts.append(&mut people.shared);
    let several = names.len() > 1 && !contains(&case.own, &ALL_OF_THEM);
    for (order, name) in names.iter().enumerate() {
        let mut person = Person { facts: vec![from_letter(Item::Name, name)] };
        if order == 0 && !several {
            person.facts.append(&mut facts);
        }
        people.list.push(person);
    }
    several.then(|| Doubt {
        reason: format!("来信涉及{}，回信没有写明说的是哪一位", names.join("、")),
        advice: Some("请写明是哪一位的信息。".to_owned()),
        concerns: None,
    })
}

/// `我爸说去呢。伏晓月 152…`: the letter was to the father, and the daughter who answers signs with her own number.
fn writes_for(people: &mut People, case: &Case) {
    let ([person], [named]) = (people.list.as_slice(), case.letter.names.as_slice()) else {
        return;
    };
    let lines = || case.own_lines.lines().filter(|line| !line.trim().is_empty());
    let last = lines().next_back().unwrap_or("");
    let signs = person.name().is_some_and(|name| name != named && last.contains(name));
    let card = last.chars().nth(SIGNED).is_none() && lines().nth(1).is_some();
    let of_another = case.own.contains(['他', '她']) || kin::spoken_of(&case.own);
    if signs && card && of_another && !case.wish.replaces && !case.wish.changes {
        let facts = people.list.drain(..).flat_map(|person| person.facts);
        people.others.extend(facts.map(|fact| Fact { role: Role::SignOff, ..fact }));
    }
}

/// A line that only signs is no longer, in characters.
const SIGNED: usize = 24;
