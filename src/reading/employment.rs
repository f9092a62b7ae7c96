//! Employer and post in a sentence.

use std::ops::Range;

use super::fact::{Force, Role};
use super::people_words;
use super::places;
use super::prose::{Clause, Said};
use super::text::{Text, cut, from, until};
use super::vocabulary::Item;
use super::words::words;

words! {
    OWN_PEOPLE = "\
        本校 本公司 本单位 我校 我公司 我单位 我厂 我社 职工 员工 我店 本厂 本店 我院 本院 我村 \
        本村 我局";
}

/// Reads employer and post in a clause.
pub(super) fn read(
    text: &Text,
    clause: &Clause,
    order: usize,
    names: &[Said],
    said: &mut Vec<Said>,
) {
    let addressed = said.iter().any(|said| said.clause == order && said.item == Item::Address);
    if clause.former || addressed {
        return;
    }
    let inside = names.iter().find(|name| name.clause == order && name.role != Role::Related);
    let start = clause.range.start;
    let mut end = inside.map_or(clause.range.end, |name| name.range.start);
    // A number's word and digits behind the employer are none of it.
    let number = said.iter().find(|said| {
        said.clause == order
            && matches!(said.item, Item::Phone | Item::IdNumber)
            && said.range.start > start
    });
    if let Some(number) = number {
        end = end.min(number.range.start);
    }
    let start = recommended(text, start..end, order, said);
    let lead = places::lead_off(&text.part(start..end));
    let trimmed = lead.folded.trim_end_matches(['的', '是', ' ']);
    let stripped = people_words::strip_own(trimmed);
    let base = end - lead.folded.len() + (trimmed.len() - stripped.len());
    let mut keep = |item, range: Range<usize>| {
        let range = base + range.start..base + range.end;
        push(said, item, cut(&text.shown, range.clone()), range, order);
    };
    if let Some((name_end, post)) = workplace(stripped) {
        keep(Item::Organization, 0..name_end);
        if let Some((start, end)) = post {
            keep(Item::Position, start..end);
        }
    } else if let Some((start, end)) = post_alone(stripped, inside.is_some()) {
        keep(Item::Position, start..end);
    }
}

/// `本校推荐…`: who recommends its own people is their employer. Gives where the recommended begins.
fn recommended(text: &Text, range: Range<usize>, order: usize, said: &mut Vec<Said>) -> usize {
    let body = cut(&text.folded, range.clone());
    // Hardly any clause recommends: one look for all of the verbs before one for each.
    if !people_words::RECOMMENDS.found_in(body) {
        return range.start;
    }
    let Some((at, cue)) =
        people_words::RECOMMENDS.iter().find_map(|cue| body.rfind(cue).map(|at| (at, cue)))
    else {
        return range.start;
    };
    let lead = places::lead_off(&text.part(range.start..range.start + at));
    if OWN_PEOPLE.found_in(from(body, at)) && places::is_organization(&lead.folded) {
        let place = range.start + at - lead.folded.len()..range.start + at;
        push(said, Item::Organization, &lead.shown, place, order);
    }
    range.start + at + cue.len()
}

fn push(said: &mut Vec<Said>, item: Item, value: &str, range: Range<usize>, clause: usize) {
    let value = places::tidy(value);
    if !value.is_empty() {
        said.push(Said {
            joined: false,
            item,
            value,
            wrong: false,
            force: Force::Prose,
            role: Role::Listed,
            range,
            clause,
        });
    }
}

type Span = (usize, usize);

/// `ORG`, `ORG的POST`, `ORG当POST`, `ORG上班`: the employer's end, and the post's range.
fn workplace(folded: &str) -> Option<(usize, Option<Span>)> {
    if folded.chars().count() < 4 {
        return None;
    }
    let spans: Vec<_> = people_words::WORKS_AS.spans(folded).collect();
    for verb in people_words::WORKS_AS.iter().filter(|_| !spans.is_empty()) {
        let here = |span: &&Span| cut(folded, span.0..span.1) == verb;
        if let Some((at, _)) = spans.iter().find(here).copied() {
            let name = until(folded, at);
            let bare = name.trim_end_matches(['里', '内', '的']);
            if places::organization_end(bare) == Some(bare.len()) && bare.chars().count() >= 3 {
                let start = at + verb.len();
                let rest = from(folded, start);
                let end = rest.find(['，', '。']).unwrap_or(rest.len());
                let post = until(rest, end)
                    .trim_start_matches(['着', '了'])
                    .trim_start_matches("一名")
                    .trim_start_matches("一个")
                    .trim_start_matches("一位");
                let begin = start + (until(rest, end).len() - post.len());
                let post = places::is_post(post).then_some((begin, begin + post.len()));
                if !places::is_organization(bare) || verb == "的" && post.is_none() {
                    continue;
                }
                return Some((bare.len(), post));
            }
        }
    }
    let (end, post) = places::split(folded)?;
    let name = until(folded, end);
    let fits = places::is_organization(name);
    fits.then_some((end, post.map(|start| (start, folded.len()))))
}

/// `是负责人`, `现任主任`; before a name also `部长`.
fn post_alone(folded: &str, before_name: bool) -> Option<Span> {
    let bare = ["现任", "担任", "职务是", "职务为", "是一名", "是个", "任", "当", "做", "是"]
        .iter()
        .find_map(|cue| folded.strip_prefix(cue))
        .unwrap_or(folded);
    let fits = places::is_post(bare) && bare.chars().count() <= 12;
    let plain = before_name || bare.len() < folded.len() || bare.chars().count() >= 2;
    (fits && plain).then_some((folded.len() - bare.len(), folded.len()))
}
