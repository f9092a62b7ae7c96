//! A mail that is handed on: who hands it on is no applicant, who speaks in it is. Handed on again, it lies in several
//! covers.

use crate::message::{Block, Document, Voice, is_header_line};

use super::fact::{Fact, Force, Group, Role};
use super::scan::Scanner;
use super::vocabulary::Item;
use super::wish::Wish;

/// Reads the writer's own words and the mail that they hand on.
pub(super) fn read<'a>(
    body: &Document,
    own: &Wish,
    scanner: &dyn Fn() -> Scanner<'a>,
) -> Vec<Group> {
    let scan = |body: &Document, voice| {
        let mut scanner = scanner();
        scanner.document(body, &[voice]);
        scanner.finish()
    };
    let mut handed: Vec<Group> = Vec::new();
    for layer in layers(body).iter().rev() {
        let mut cover = scan(layer, Voice::Forwarded);
        if !registers_somebody(&cover) {
            step_back(&mut cover, &handed);
        }
        cover.append(&mut handed);
        handed = cover;
    }
    let mut cover = scan(body, Voice::Own);
    if !own.together {
        step_back(&mut cover, &handed);
    }
    cover.append(&mut handed);
    cover
}

/// The mails that were handed on, the last one first: each begins with the head that names its sender.
fn layers(body: &Document) -> Vec<Document> {
    let mut layers: Vec<Document> = Vec::new();
    let mut in_head = false;
    for block in &body.blocks {
        let voice = match block {
            Block::Line(line) => line.voice,
            Block::Table(table) => table.voice,
        };
        if voice != Voice::Forwarded {
            continue;
        }
        let head = matches!(block, Block::Line(line) if is_header_line(&line.text));
        let blank = matches!(block, Block::Line(line) if line.text.trim().is_empty());
        if layers.is_empty() || head && !in_head {
            layers.push(Document { blocks: Vec::new(), remarks: Vec::new(), ..body.clone() });
        }
        in_head = head || blank && in_head;
        if let Some(layer) = layers.last_mut() {
            layer.blocks.push(block.clone());
        }
    }
    layers
}

/// Whoever is put down here is told with more than a name and a telephone.
fn registers_somebody(groups: &[Group]) -> bool {
    groups.iter().flat_map(Group::facts).any(|fact| {
        fact.item == Item::IdNumber || fact.item == Item::Name && fact.force == Force::Label
    })
}

/// Who is named on a cover hands on what lies in it, if that puts somebody down.
fn step_back(cover: &mut [Group], handed: &[Group]) {
    let known: Vec<&Fact> = handed.iter().flat_map(Group::facts).collect();
    let named = |fact: &&&Fact| {
        fact.item == Item::Name
            && !fact.wrong
            && fact.force > Force::Guess
            && !matches!(fact.role, Role::Contact | Role::Related)
    };
    let data = known.iter().any(|fact| {
        matches!(fact.item, Item::Phone | Item::IdNumber | Item::Category) && !fact.wrong
    });
    if !data || !known.iter().any(|fact| named(&fact)) {
        return;
    }
    for facts in cover.iter_mut().map(Group::facts_mut) {
        let mut lines: Vec<usize> = Vec::new();
        for fact in facts.iter_mut() {
            let hands_on = fact.item == Item::Name
                && matches!(fact.role, Role::Listed | Role::Writer | Role::SignOff)
                && !known.iter().any(|other| other.value == fact.value);
            if hands_on {
                fact.role = Role::Contact;
                lines.push(fact.line);
            }
        }
        // 半子沟村党支部书记 王进宝 139…: what stands beside their name is theirs.
        facts.retain(|fact| {
            let theirs = matches!(fact.item, Item::Organization | Item::Position | Item::Phone);
            !(theirs && lines.contains(&fact.line))
        });
    }
}
