//! Whether the writer of a mail is one of those who are put down.

use crate::reading::fact::{Fact, Group, Role};
use crate::reading::language::kin;
use crate::reading::language::text::one_apart;
use crate::reading::language::words::words;
use crate::reading::person::People;
use crate::reading::vocabulary::Item;

/// `我叫赛小军，…报监督员。我妻子…`: who names a category for themselves is put down, too, where another has one or
/// comes as well (`too`).
#[must_use]
pub(super) fn writer_has_category(groups: &[Group], too: bool) -> bool {
    groups.iter().map(Group::facts).any(|facts| {
        let writer =
            facts.iter().position(|fact| fact.role == Role::Writer && fact.item == Item::Name);
        let behind = writer.and_then(|at| facts.get(at + 1..)).unwrap_or(&[]);
        let name = writer.and_then(|at| facts.get(at)).map(|fact| fact.value.as_str());
        let of_writer = |fact: &&Fact| fact.item != Item::Name || name == Some(fact.value.as_str());
        let own: Vec<&Fact> = behind.iter().take_while(of_writer).collect();
        let says = |item: Item| own.iter().any(|fact| fact.item == item && !fact.all);
        let others = behind.iter().any(|fact| {
            fact.item == Item::Category && own.iter().all(|one| !std::ptr::eq(*one, fact))
        });
        // Nobody states an identity number who is not put down.
        says(Item::IdNumber) || says(Item::Phone) && says(Item::Category) && (others || too)
    })
}

/// `我叫赛小军，139…，再把我爸添上，他叫赛有福，都报群众代表`: what is said of both is said of the writer and the other one.
#[must_use]
pub(super) fn writer_is_one_of_both(groups: &[Group]) -> bool {
    groups.iter().map(Group::facts).any(|facts| {
        let name = |fact: &&Fact| fact.item == Item::Name && fact.role != Role::Contact;
        let mut names: Vec<&Fact> = facts.iter().filter(name).collect();
        names.dedup_by(|next, last| next.value == last.value);
        let [writer, others @ ..] = names.as_slice() else { return false };
        let spoken_for = others.iter().filter(|other| other.role == Role::Beneficiary).count();
        let roles = writer.role == Role::Writer && spoken_for > 0 && spoken_for == others.len();
        let behind = facts.iter().skip_while(|fact| !std::ptr::eq(*fact, *writer)).skip(1);
        let mut own = behind.clone().take_while(|fact| fact.item != Item::Name);
        let numbered = own.any(|fact| fact.item == Item::Phone && fact.role != Role::Contact);
        let mut common = behind.skip_while(|fact| fact.item != Item::Name);
        roles && numbered && common.any(|fact| fact.item == Item::Category && fact.all)
    })
}

/// The writer's name and another listed name differ: the writer speaks for others.
#[must_use]
pub(super) fn writer_is_apart(groups: &[Group]) -> bool {
    let names: Vec<&Fact> =
        groups.iter().flat_map(Group::facts).filter(|fact| fact.item == Item::Name).collect();
    let writers: Vec<&str> = names
        .iter()
        .filter(|fact| fact.role == Role::Writer)
        .map(|fact| fact.value.as_str())
        .collect();
    let same = |name: &str| writers.iter().any(|writer| *writer == name || one_apart(writer, name));
    !names.iter().any(|fact| fact.role == Role::Listed && same(&fact.value))
}

words! {
    /// What somebody asks for who comes.
    COMES = "报 代表 监督员 参加 想去 想来 算我 要去 要来";
    /// Whoever it is asked for is somebody else.
    FOR_ANOTHER = "给 替 帮 代我 为我 让 不报 不参加 不去";
    /// What is wanted for one more.
    TOO = "也报 也想 也要 也去 也来 也参加 也给 也一起 也算 也把 也一块 也登";
}

/// `报群众代表。我儿子马小军也报`: who comes themselves, and somebody of theirs too.
#[must_use]
pub(super) fn comes_with_theirs(own: &str) -> bool {
    let mut comes = false;
    for clause in own.split(['，', ',', '。', '；', ';', '！', '\n']) {
        let another = kin::spoken_of(clause) || clause.contains(['他', '她']);
        if another {
            let too = TOO.found_in(clause) || clause.starts_with("还有");
            return comes && (too || tells_too(own, clause));
        }
        // 主任说让我报
        comes |=
            COMES.found_in(clause) && !FOR_ANOTHER.found_in(clause) && !clause.contains("报名表");
    }
    false
}

/// `我媳妇兰小花，138…，也报群众代表`: said a clause or two later.
fn tells_too(own: &str, clause: &str) -> bool {
    let behind = own.split_once(clause).map_or("", |(_, behind)| behind);
    let sentence = behind.split(['。', '；', '！', '\n']).next().unwrap_or("");
    TOO.found_in(sentence) && !sentence.contains('我')
}

impl People {
    /// `我儿子也报`: as what the writer does.
    pub(super) fn share_category(&mut self) {
        let category = |fact: &&Fact| fact.item == Item::Category && !fact.old;
        let said = self.list.iter().flat_map(|one| &one.facts).filter(category);
        let mut said: Vec<Fact> = said.cloned().collect();
        said.dedup_by(|one, other| one.value == other.value);
        let [only] = said.as_slice() else { return };
        let lacking = self.list.iter_mut().filter(|one| !one.has(Item::Category));
        lacking.for_each(|one| one.facts.push(only.clone()));
    }
}
