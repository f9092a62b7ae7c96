//! People's names in a sentence: what stands around a word decides whether it is one.

use super::fact::{Force, Role};
use super::names;
use super::people_words::{self, Cue};
use super::prose::{Around, Clause, Said};
use super::text::{Text, cut, from, until};
use super::vocabulary::Item;

/// All names of a text.
pub(super) fn find(text: &Text, clauses: &[Clause], said: &[Said], around: Around) -> Vec<Said> {
    let mut found: Vec<Said> = Vec::new();
    for (order, clause) in clauses.iter().enumerate() {
        let folded = cut(&text.folded, clause.range.clone());
        let dotted = folded.contains('·');
        let mut after_name = None;
        let mut skip = 0;
        for (at, _) in folded.char_indices() {
            if at < skip {
                continue;
            }
            // Cheap first: hardly any place begins with what can be a name.
            if !may_begin(from(folded, at), dotted) {
                continue;
            }
            let near = neighbours(said, order) + list_follows(text, clauses, order, at);
            let here = clause.range.start + at;
            let listed = found.last().filter(|last| {
                let gap = cut(&text.folded, last.range.end..here);
                matches!(gap.trim(), "、" | "和" | "与" | "及" | "以及" | "、和")
            });
            let joined = listed.map(|last| (usize::MAX, last.role)).or(after_name);
            let Some((length, role, score)) =
                best_name(until(&text.folded, here), folded, at, joined, near, around)
            else {
                continue;
            };
            let range = clause.range.start + at..clause.range.start + at + length;
            let value: String =
                cut(&text.shown, range.clone()).chars().filter(|c| !c.is_whitespace()).collect();
            let force = if score >= 5 { Force::Prose } else { Force::Guess };
            found.push(Said {
                joined: joined.is_some(),
                item: Item::Name,
                value,
                wrong: false,
                force,
                role,
                range,
                clause: order,
            });
            skip = at + length;
            after_name = Some((skip, role));
        }
    }
    titles(text, &mut found);
    found
}

/// Whether a name can begin here, whatever stands around it.
fn may_begin(rest: &str, dotted: bool) -> bool {
    names::surname(rest) > 0
        && [3usize, 2, 4].iter().any(|count| take(rest, *count).is_some_and(names::plausible))
        || dotted && rest.chars().take(10).any(|c| c == '·')
}

/// `马玉、李强、王霞`: another name stands behind the mark of a list.
fn list_follows(text: &Text, clauses: &[Clause], order: usize, at: usize) -> i32 {
    let (Some(this), Some(next)) = (clauses.get(order), clauses.get(order + 1)) else { return 0 };
    let listed = cut(&text.folded, this.range.end..next.range.start).trim() == "、";
    let word = cut(&text.folded, next.range.clone());
    let name = [2, 3, 4].iter().any(|count| take(word, *count).is_some_and(names::plausible));
    i32::from(at == 0 && listed && name) * 2
}

/// How much data stands in the clauses around.
fn neighbours(said: &[Said], order: usize) -> i32 {
    let near = said.iter().filter(|said| said.clause >= order && said.clause <= order + 3);
    let after = near.filter(|said| said.role == Role::Listed && said.item != Item::Address).count();
    let before = said.iter().any(|said| said.clause + 2 >= order && said.clause < order);
    i32::from(after > 0) * 2 + i32::from(after > 1) + i32::from(before)
}

/// The best reading of a name at `at`: its length in bytes, its part, its score.
fn best_name(
    text_before: &str,
    folded: &str,
    at: usize,
    after_name: Option<(usize, Role)>,
    near: i32,
    around: Around,
) -> Option<(usize, Role, i32)> {
    let rest = from(folded, at);
    let before = until(folded, at);
    let joined = after_name.filter(|(end, _)| {
        *end == usize::MAX
            || matches!(cut(folded, *end..at), "和" | "与" | "及" | "、" | "跟" | "同" | "以及")
    });
    let (left, cue) = match joined {
        Some((_, role)) => (3, Cue::Joined(role)),
        None => people_words::left(before)?,
    };
    let mut best: Option<(usize, Role, i32)> = None;
    for count in [3usize, 2, 4] {
        let Some(word) = take(rest, count) else { continue };
        let dotted = rest.find('·').is_some_and(|dot| dot <= word.len());
        let word = if dotted { whole_dotted(rest) } else { word };
        if !names::plausible(word) || count == 4 && names::surname(word) != 2 && !dotted {
            continue;
        }
        let tail = from(rest, word.len());
        let kin = count == 3 && people_words::is_kin(before);
        let judged = people_words::right(tail).or(kin.then_some((0, false)));
        let Some((right, related)) = judged else { continue };
        let whole = before.is_empty() && tail.is_empty();
        let mut score = left + right + near + i32::from(around.heading) + i32::from(count == 3);
        if whole && near == 0 && !around.heading {
            score = if around.closing { 4 } else { 0 };
        }
        let role = if related || told_before(text_before) {
            Role::Related
        } else if whole && near == 0 && around.closing {
            Role::SignOff
        } else {
            cue.role()
        };
        if score >= 4 && best.is_none_or(|(_, _, other)| score > other) {
            best = Some((word.len(), role, score));
        }
        if dotted {
            break;
        }
    }
    best
}

/// `我已经报过名了（马志刚）`: who is registered already is only named.
fn told_before(before: &str) -> bool {
    let near: String = before.chars().rev().take(9).collect::<Vec<_>>().into_iter().rev().collect();
    ["报过名了", "报过名", "已经报名", "已报名", "报了名", "报名了"]
        .iter()
        .any(|word| near.contains(word))
        && near.ends_with(['(', '（'])
}

fn take(text: &str, count: usize) -> Option<&str> {
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    let word = until(text, end);
    (word.chars().count() == count).then_some(word)
}

fn whole_dotted(rest: &str) -> &str {
    let end = rest.find(|c: char| !(super::text::is_han(c) || c == '·')).unwrap_or(rest.len());
    until(rest, end)
}

/// 女士 and 先生 behind a name state the sex.
fn titles(text: &Text, found: &mut Vec<Said>) {
    let mut more = Vec::new();
    for name in found.iter() {
        let after = from(&text.folded, name.range.end).trim_start();
        let sex = if after.starts_with("女士") || after.starts_with("小姐") {
            "女"
        } else if after.starts_with("先生") {
            "男"
        } else {
            continue;
        };
        let range = name.range.end..name.range.end + 6;
        more.push(Said {
            joined: false,
            item: Item::Gender,
            value: sex.to_owned(),
            wrong: false,
            force: Force::Prose,
            role: Role::Listed,
            range,
            clause: name.clause,
        });
    }
    found.extend(more);
}
