//! How the names of a mail are to be taken: whether the writer is put down, too, and whose firm is theirs.

use std::collections::BTreeSet;

use super::announced;
use super::staying;
use super::writers;
use crate::reading::Kind;
use crate::reading::context::case::Case;
use crate::reading::fact::{Fact, Group, Role};
use crate::reading::language::kin;
use crate::reading::language::text::until;
use crate::reading::language::words::{contains, words};
use crate::reading::person::{Manner, People, Person};
use crate::reading::values::offices;
use crate::reading::vocabulary::Item;
use crate::reading::wish::Wish;

words! {
    /// The writer's firm puts its people down.
    /// Who works for the writer.
    MY_PEOPLE = "我的司机 我的助理 我的秘书 我的会计 我的员工 我的徒弟 我的店员 我的工人 我公司的 我店里的 我厂里的 我单位的";
    SENDS = "\
        我公司 我单位 我厂 我校 我店 我社 本公司 本单位 公司决定 公司派 公司研究 公司推荐 单位决定 单位派 \
        单位推荐 厂里派 店里派 社里派 我们公司 我们单位 我们厂 我们店 同事 我们老板 我们经理 我们厂长 我们店长 我们主任 我们校长 我们院长 我们社长 我们理事长 我们领导 我们院 我们校 我们站 我们中心 我们所 老板让 领导让 经理让 \
        替老板 替经理 代老板 帮老板 店员 员工 职工 我院 我所 我站 我中心 我司 给店里 给厂里 给公司 店里两 店里三 店里几 店里的 厂里两 厂里三 厂里几 厂里的";
    /// Somebody else's registration is only passed on.
    PASSES_ON = "转给 转交 代转 转发 转报 转呈 转贵局 转你局 转你们 发来的 报来的 送来的 交来的 代为转 把表传 把表转 表传过来 表发过来 替他传 替她传 帮他传 帮她传 帮他转 帮她转";
    WRITER_OUT = "我自己就不 我自己不 我就不去 我就不参加 我就不来 我本人不 我本人就不";
}

/// How names are to be taken; letterheads of others are removed.
pub(crate) fn manner(kind: Kind, case: &Case, groups: &mut [Group]) -> Manner {
    let third = || case.own.contains(['他', '她']) || kin::spoken_of(&case.own);
    let first_person = case.wish.first_person || kind != Kind::Registration && !third();
    let theirs = first_person || offices::own_firm(&case.own) || offices::employs(&case.own);
    let passes_on = kind == Kind::Registration
        && case.files.iter().any(|file| file.relevant && file.people)
        && (PASSES_ON.found_in(&case.own) || hands_in_for_kin(case));
    for group in groups.iter_mut() {
        let (Group::Stream(facts) | Group::Record(facts)) = group;
        if passes_on {
            whoever_passes_on(facts);
        }
        facts.retain(|fact| {
            theirs && (kind == Kind::Registration || !fact.value.contains('会'))
                || fact.item != Item::Organization
                || fact.role != Role::SignOff
                || !offices::governs(&fact.value)
        });
    }
    let announced = announced::announced(&case.own);
    let together = case.wish.together
        || announced > 1 && !counts_others(groups, announced)
        || kind == Kind::Change && writer_leaves(groups, &case.wish);
    // 只取消她的，我照常参加: the writer keeps their place.
    let out = kind == Kind::Registration
        && (contains(&case.own, &WRITER_OUT)
            || others(groups) > 0 && staying::writer_out(&case.own));
    let stays = out || kind == Kind::Cancellation && staying::writer_stays(&case.own);
    let registers = kind == Kind::Registration;
    let writer_in = registers && case.wish.already && case.wish.again;
    // 13号就报过名了，我爸也要去，跟我一起走: the writer is put down already.
    let kept = contains(&case.own, &["照旧", "不变", "不用改", "不用动", "已登记", "已经登记"]);
    let together = together && !(writer_in && (announced < 2 || kept));
    let (together, first_person) = (together && !stays, first_person && !stays);
    let my_people = contains(&case.own, &MY_PEOPLE);
    Manner {
        together,
        too: registers && !case.wish.already && writers::comes_with_theirs(&case.own_lines),
        writer_out: out && others(groups) > 0,
        first_person,
        registers,
        mends: kind == Kind::Change,
        own_firm: my_people || offices::speaks(&SENDS, &case.own),
        my_people,
        writer_in,
        announced,
    }
}

/// `附件是我妈写的申请书`, and a name below it: a child hands in, and signs.
fn hands_in_for_kin(case: &Case) -> bool {
    let brief = case.own_lines.chars().filter(char::is_ascii_digit).count() <= 12;
    let written = ["写的", "填的", "的申请", "的表", "的报名表", "的登记表", "的信"];
    brief
        && !case.wish.together
        && written.iter().any(|word| {
            case.own.match_indices(word).any(|(at, _)| kin::relative_before(until(&case.own, at)))
        })
}

/// The name in the covering words is that of whoever passes the file on.
fn whoever_passes_on(facts: &mut Vec<Fact>) {
    let covering = |fact: &Fact| fact.evidence.document == "正文";
    facts.retain(|fact| !(covering(fact) && fact.item == Item::Organization));
    for fact in facts.iter_mut().filter(|fact| covering(fact)) {
        match fact.item {
            Item::Name => fact.role = Role::SignOff,
            Item::Phone => fact.role = Role::Contact,
            _ => {}
        }
    }
}

/// `两位家长想参加`, and two are named besides the writer: the writer is none of them.
fn counts_others(groups: &[Group], announced: usize) -> bool {
    others(groups) == announced
}

/// How many are named besides the writer.
fn others(groups: &[Group]) -> usize {
    let names = groups.iter().flat_map(Group::facts).filter(|fact| fact.item == Item::Name);
    let others = names.filter(|fact| matches!(fact.role, Role::Listed | Role::Beneficiary));
    others.map(|fact| fact.value.as_str()).collect::<BTreeSet<_>>().len()
}

/// A registration that names nobody but says something of the writer.
pub(crate) fn add_nameless(people: &mut People, kind: Kind) {
    if people.list.is_empty() {
        let facts: Vec<Fact> = people
            .shared
            .iter()
            .filter(|fact| !matches!(fact.item, Item::Ignored | Item::Contact))
            .cloned()
            .collect();
        let useful = facts.iter().any(|fact| {
            matches!(fact.item, Item::Phone | Item::IdNumber | Item::Category) && !fact.wrong
        });
        if useful || kind == Kind::Change && !facts.is_empty() {
            people.list.push(Person { facts });
        }
    }
}

/// `我是石志刚，去不了，换我爱人马兰英去`: the writer and the one who comes instead, nobody else.
fn writer_leaves(groups: &[Group], wish: &Wish) -> bool {
    let named = groups.iter().flat_map(Group::facts).any(|fact| {
        fact.item == Item::Name && fact.role == Role::Writer && fact.value.chars().count() > 2
    });
    let instead = wish.cancels || wish.in_my_place || named;
    wish.replaces && instead && others(groups) == 1
}
