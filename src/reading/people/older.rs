//! Which of two values no longer holds.

use crate::reading::fact::{Fact, Group, Role};
use crate::reading::language::number_words::OUT_OF_USE;
use crate::reading::language::text::{Text, cut, one_apart, until};
use crate::reading::language::words::{contains, words};
use crate::reading::values::digits::{self, Number};
use crate::reading::vocabulary::Item;

words! {
    REPLACED = "\
        变更为 更换为 调整为 换成 换我 换他 换她 改由 改派 顶替 代替 替换 替我 让给 转给 换人 换为 接替";
    FORMER = "\
        不是 写成 原来 原先 之前 以前 旧 错写成 误写 写成了 原为 原是 而非 错成";
    /// Said of the number that holds.
    HOLDS = "以这个为准 以此号为准 以这个号为准 现在用的是 现在用的号是 现用号 以我说的为准 以我写的为准 改用";
    /// Said by somebody who corrects what they have just written.
    pub(super) SLIPS = "哦不对 哦不 不对不对 不对，写错 啊写错 呀写错 写错了，是 写错了是 打错了，是 说错了 口误 应该是这个 更正一下，电话 更正： 写错了，电话 写错了，手机 写错了，身份证 打错了 打反了 写反了 发错了 记错了 弄反了 重新来 写错啦 按错了 看错了 看串了 ——不对 —不对 …不对";
}

words! {
    /// One does not come, and another does.
    SUBSTITUTES = "顶替 代替 替他 替她 不来了 去不了 来不了 不能参加 不能来 参加不了 离职 有事来 有事去 出差 生病 病了 名额给 名额让 名额转 他弟 他哥 她妹 她姐 我弟 我哥 我妹 我姐 弟弟 哥哥 妹妹 姐姐";
    /// Between two numbers of a kind: the first one was wrong.
    ERRS = "写错 打错 输错 填错 说错 记错 按错 搞错 弄错 留错 错了 不对 应该是 应为 更正 不是这个 划掉 颠倒 敲反";
}

/// So near, in characters, a number is put right.
const NEAR: usize = 24;

/// Whether what stands between two numbers takes the first one back.
fn takes_back(between: &str) -> bool {
    let near = between.chars().nth(NEAR).is_none() && !between.contains(['；', ';', '\n']);
    // 手机号写错了，那个是以前的号，现在用的是…: said of this very number, however far behind it.
    let said_so = || {
        between.split(['，', ',', '。', '；', '\n']).any(|clause| {
            let of_number = ["手机号", "电话", "号码", "身份证", "手机"]
                .iter()
                .any(|word| clause.contains(word));
            of_number && ERRS.found_in(clause) && clause.chars().nth(24).is_none()
        })
    };
    SLIPS.found_in(between) || near && ERRS.found_in(between) || said_so()
}

/// Whether somebody takes back what they have just written: in so many words, or a number and behind it the right one.
pub(crate) fn slips(own: &str) -> bool {
    if SLIPS.found_in(own) {
        return true;
    }
    if !ERRS.found_in(own) {
        return false;
    }
    let found = digits::find(own);
    let long = |number: &Number| matches!(number, Number::Id(_) | Number::WrongId(..));
    found.windows(2).any(|pair| {
        let [first, second] = pair else { return false };
        let kind = long(&first.number) == long(&second.number);
        kind && takes_back(cut(own, first.range.end..second.range.start))
    })
}

/// Of which kind a number that cannot be right is taken back, and the right one stands behind it.
fn retracted(own: &str) -> Vec<Item> {
    if !ERRS.found_in(own) && !SLIPS.found_in(own) {
        return Vec::new();
    }
    let found = digits::find(own);
    let pairs = found.windows(2).filter_map(|pair| match pair {
        [first, second] if takes_back(cut(own, first.range.end..second.range.start)) => {
            match (&first.number, &second.number) {
                (Number::WrongId(..), Number::Id(_)) => Some(Item::IdNumber),
                (Number::WrongMobile(_), Number::Mobile(_)) => Some(Item::Phone),
                _ => None,
            }
        }
        _ => None,
    });
    pairs.collect()
}

/// In a correction the earlier of two values in a sentence is the one that no longer holds, unless
/// the sentence says otherwise.
pub(super) fn mark_old(groups: &mut [Group], own: &str) {
    let replaced = contains(own, &REPLACED);
    let another = SUBSTITUTES.found_in(own);
    for group in groups.iter_mut() {
        let Group::Stream(facts) = group else { continue };
        for item in [
            Item::Name,
            Item::Phone,
            Item::IdNumber,
            Item::Organization,
            Item::Position,
            Item::Address,
            Item::Category,
        ] {
            let places: Vec<usize> = facts
                .iter()
                .enumerate()
                .filter(|(_, fact)| {
                    fact.item == item && !matches!(fact.role, Role::Contact | Role::SignOff)
                })
                .map(|(place, _)| place)
                .collect();
            for pair in places.windows(2) {
                let [first, second] = pair else { continue };
                let (Some(a), Some(b)) = (facts.get(*first), facts.get(*second)) else { continue };
                let settled = a.old || b.old;
                let apart = b.line.abs_diff(a.line) > 1 || a.value == b.value || settled;
                // 原报王军参加，现改由刘军参加: people with the same given name.
                let slip = one_apart(&a.value, &b.value)
                    && a.value.chars().next() == b.value.chars().next();
                let names = item == Item::Name && replaced && !slip;
                // 甲（139…）换成乙（138…）: each number is somebody's own.
                let own_each = item != Item::Name
                    && facts.get(*first..*second).unwrap_or(&[]).iter().any(|fact| {
                        fact.item == Item::Name && !fact.old && fact.role != Role::Contact
                    });
                // 我是马进才，和我一起报名的还有苏有福: two people, nobody mended.
                let two = item == Item::Name && !slip && !mended(own, a, b);
                // 马天福不来了，名额给他弟马天禄: brothers, and no slip.
                let brothers = item == Item::Name && another;
                if apart || names || two || brothers || own_each {
                    continue;
                }
                let old = if later_is_old(a, b, own) { *second } else { *first };
                if let Some(fact) = facts.get_mut(old) {
                    fact.old = true;
                }
            }
        }
        let old_names: Vec<String> = facts
            .iter()
            .filter(|fact| fact.item == Item::Name && fact.old)
            .map(|fact| fact.value.clone())
            .collect();
        facts.retain(|fact| !(fact.item == Item::Name && old_names.contains(&fact.value)));
    }
}

/// `跳出来的是马亚丽，亚洲的亚，不对，是雅致的雅，马雅丽`: what stands alone is the name before it, spelt otherwise.
pub(super) fn respelt(groups: &mut [Group]) {
    for group in groups {
        let Group::Stream(facts) = group else { continue };
        let names = facts.iter().filter(|fact| fact.item == Item::Name && !fact.wrong);
        let names: Vec<(String, Role)> =
            names.map(|fact| (fact.value.clone(), fact.role)).collect();
        for fact in facts.iter_mut().filter(|fact| fact.role == Role::Alone) {
            let same = |name: &&(String, Role)| {
                name.0.chars().next() == fact.value.chars().next()
                    && one_apart(&name.0, &fact.value)
            };
            if let Some((_, role)) = names.iter().find(same) {
                (fact.item, fact.role) = (Item::Name, *role);
            }
        }
    }
}

/// `请改成马晓燕`, and 马小燕 in the subject of the letter that is answered: the name that is put right holds.
pub(super) fn name_put_right(groups: &mut [Group], own: &str) {
    let cues = ["改成", "改为", "应为", "应该是", "应是", "更正为", "正确的是"];
    let facts = groups.iter().flat_map(Group::facts).filter(|fact| fact.item == Item::Name);
    let right = facts.filter(|fact| {
        let at = find_value(own, fact);
        at.is_some_and(|at| cues.iter().any(|cue| until(own, at).trim_end().ends_with(cue)))
    });
    let right: Vec<String> = right.map(|fact| fact.value.clone()).collect();
    for group in groups {
        let (Group::Stream(facts) | Group::Record(facts)) = group;
        facts.retain(|fact| {
            fact.item != Item::Name
                || fact.evidence.document != "主题"
                || !right.iter().any(|right| one_apart(right, &fact.value))
        });
    }
}

/// Words between two names that put the one for the other.
fn mended(own: &str, a: &Fact, b: &Fact) -> bool {
    let places = find_value(own, a).zip(find_value(own, b));
    let between = places.and_then(|(a, b)| own.get(a.min(b)..a.max(b))).unwrap_or("");
    // 甲应为监督员；乙应为企业代表: each is spoken of apart.
    !between.contains(['；', ';', '\n'])
        && contains(
            between,
            &["应为", "应该是", "改为", "改成", "更正", "写成", "不是", "错", "正确"],
        )
}

/// `电话甲，哦不对，是乙`: in a registration, too, the number before such words no longer holds. And
/// what seemed to be an older category is the one asked for where no other is named.
pub(super) fn mark_slips(groups: &mut [Group], own: &str) {
    let retracted = retracted(own);
    for facts in groups.iter_mut().map(Group::facts_mut) {
        for fact in facts.iter_mut().filter(|fact| fact.wrong && retracted.contains(&fact.item)) {
            fact.old = true;
        }
        for item in [Item::Phone, Item::IdNumber] {
            let places =
                (0..facts.len()).filter(|at| facts.get(*at).is_some_and(|fact| fact.item == item));
            let mut places: Vec<usize> = places.collect();
            if places.len() > 1 && !slips(own) {
                places.clear();
            }
            for pair in places.windows(2) {
                let [first, second] = pair else { continue };
                let (Some(a), Some(b)) = (facts.get(*first), facts.get(*second)) else { continue };
                let between = find_value(own, a).zip(find_value(own, b));
                let between = between.and_then(|(a, b)| own.get(a..b)).unwrap_or("");
                if takes_back(between)
                    && let Some(fact) = facts.get_mut(*first)
                {
                    fact.old = true;
                }
            }
        }
    }
    keep_only_category(groups);
}

/// `信里那个手机号停用了，现在用的是甲，以这个为准`: of one person's numbers the one that is said to hold.
pub(super) fn mark_superseded(groups: &mut [Group]) {
    let facts = || groups.iter().flat_map(Group::facts);
    let mut names: Vec<&str> = facts()
        .filter(|fact| fact.item == Item::Name && fact.role != Role::Contact && !fact.wrong)
        .map(|fact| fact.value.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    if names.len() != 1 {
        return;
    }
    for item in [Item::Phone, Item::IdNumber] {
        let said = || groups.iter().flat_map(Group::facts).filter(|fact| fact.item == item);
        let holding = said().find(|fact| HOLDS.found_in(&fact.evidence.quote));
        let Some(value) = holding.map(|fact| fact.value.clone()) else { continue };
        if said().any(|fact| HOLDS.found_in(&fact.evidence.quote) && fact.value != value) {
            continue;
        }
        for fact in groups.iter_mut().flat_map(Group::facts_mut) {
            fact.old |= fact.item == item && fact.value != value;
        }
    }
}

/// What seemed to be an older category is the one that holds where no other is named: `之前报了群众代表的，现在换号`.
pub(super) fn keep_only_category(groups: &mut [Group]) {
    let facts = groups.iter().flat_map(Group::facts);
    let mut said = facts.filter(|fact| fact.item == Item::Category);
    let mut same = said.clone().map(|fact| fact.value.as_str());
    let first = same.next();
    // 原报名的企业代表甲换成乙，仍为企业代表: nothing changed.
    let one = same.all(|value| Some(value) == first);
    if one || said.all(|fact| fact.old) {
        for fact in groups.iter_mut().flat_map(Group::facts_mut) {
            fact.old &= fact.item != Item::Category;
        }
    }
}

words! {
    /// What a form is called beside it.
    PAPER = "表里 表上 表中 表格里 表格上 报名表 登记表 附件 那张表 回执";
}

/// `表里写的186那个手机号我已经停机了`: a number is named by its beginning or its end.
pub(super) fn mark_dead(groups: &mut [Group], own: &str) {
    for sentence in own.split(['。', '；', '\n', '！']) {
        if !OUT_OF_USE.found_in(sentence) {
            continue;
        }
        // 手机是152 9658 4731，打不通就…: the groups of a whole number name no other.
        let mut rest = sentence.to_owned();
        for whole in digits::find(sentence) {
            rest = rest.replace(cut(sentence, whole.range), " ");
        }
        let pieces: Vec<&str> = rest
            .split(|c: char| !c.is_ascii_digit())
            .filter(|digits| (3..=6).contains(&digits.len()))
            .collect();
        // 表里打印的那个手机号早停机了，请按我现在的号 153… 登记
        let in_paper =
            pieces.is_empty() && PAPER.found_in(&rest) && rest.contains(['号', '话', '机']);
        let phone = |fact: &Fact, body: bool| {
            fact.item == Item::Phone && (fact.evidence.document == "正文") == body
        };
        if in_paper && groups.iter().flat_map(Group::facts).any(|fact| phone(fact, true)) {
            let printed = groups.iter_mut().flat_map(Group::facts_mut);
            printed.filter(|fact| phone(fact, false)).for_each(|fact| fact.old = true);
        }
        for fact in groups.iter_mut().flat_map(Group::facts_mut) {
            let named =
                |digits: &&str| fact.value.starts_with(*digits) || fact.value.ends_with(*digits);
            if fact.item == Item::Phone && fact.value.len() == 11 && pieces.iter().any(named) {
                fact.old = true;
            }
        }
    }
}

/// `我是按监督员登记的还是按群众代表登记的`: who asks which it is states none. In a list's rows each has their own.
pub(super) fn drop_open_categories(groups: &mut [Group], asked: bool) {
    let told = |group: &&Group| matches!(group, Group::Stream(_));
    let facts = groups.iter().filter(told).flat_map(Group::facts);
    let mut said = facts.filter(|fact| fact.item == Item::Category).map(|fact| fact.value.as_str());
    let first = said.next();
    if asked || said.any(|value| Some(value) != first) {
        for group in groups {
            if let Group::Stream(facts) = group {
                facts.retain(|fact| fact.item != Item::Category);
            }
        }
    }
}

/// `是甲，不是乙`; `现在的号码是甲（原来的是乙）`.
fn later_is_old(a: &Fact, b: &Fact, own: &str) -> bool {
    let Some(at) = find_value(own, b) else { return false };
    let from = find_value(own, a).unwrap_or(0);
    // 不是的，是浮萍的萍: what was said is denied, not what follows.
    let between =
        own.get(from.min(at)..at).unwrap_or("").replace("不是的，", "").replace("不是，", "");
    let near: String =
        between.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
    contains(&near, &FORMER) && !contains(&near, &["改成", "改为", "应为", "应该"])
}

fn find_value(own: &str, fact: &Fact) -> Option<usize> {
    own.find(&Text::fold(&fact.value)).or_else(|| {
        // 一五七零九五四三三八六
        let found = digits::find(own);
        let same = |number: &Number| {
            matches!(number, Number::Mobile(value) | Number::Id(value) if *value == fact.value)
        };
        found.iter().find(|found| same(&found.number)).map(|found| found.range.start)
    })
}
