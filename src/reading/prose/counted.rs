//! Names that stand in a list of which the text says how many it holds: `本校三名同志：耿直、薄云霞、原野`,
//! `刘旺 刘财 刘贵 三个人`. The count says that each is one, whatever else the word means.

use super::clauses::Clause;
use crate::reading::fact::{Force, Role};
use crate::reading::language::text::{Text, cut, from, until};
use crate::reading::prose::Said;
use crate::reading::values::names;
use crate::reading::vocabulary::Item;

/// The names of such lists.
pub(super) fn find(text: &Text, clauses: &[Clause]) -> Vec<Said> {
    let mut found = Vec::new();
    for (order, clause) in clauses.iter().enumerate() {
        let body = cut(&text.folded, clause.range.clone());
        let Some((count, begins)) = counted(body) else { continue };
        let row = if begins {
            order.checked_sub(count).map(|first| first..order)
        } else {
            Some(order + 1..order + 1 + count)
        };
        let Some(row) = row.and_then(|row| clauses.get(row.clone()).map(|clauses| (row, clauses)))
        else {
            continue;
        };
        let named = |clause: &Clause| is_name(cut(&text.folded, clause.range.clone()));
        let listed = |pair: &[Clause]| match pair {
            [one, next] => matches!(
                cut(&text.folded, one.range.end..next.range.start).trim(),
                "" | "、" | "，" | ","
            ),
            _ => true,
        };
        let certain = |clause: &&Clause| names::plausible(cut(&text.folded, clause.range.clone()));
        let whole = row.1.len() == count && row.1.iter().all(named) && row.1.windows(2).all(listed);
        if !whole || !row.1.iter().any(|clause| certain(&clause)) {
            continue;
        }
        found.extend(row.0.zip(row.1).map(|(order, clause)| Said {
            joined: in_row(text, clause.range.start, order),
            item: Item::Name,
            value: cut(&text.shown, clause.range.clone()).to_owned(),
            wrong: false,
            force: Force::Prose,
            role: Role::Listed,
            range: clause.range.clone(),
            clause: order,
        }));
    }
    found.extend(
        clauses
            .windows(2)
            .enumerate()
            .filter_map(|(order, pair)| pair_of(text, order, pair))
            .flatten(),
    );
    found
}

/// Whether a name of a row goes on from what stands before it; the first of a row is joined to nothing.
fn in_row(text: &Text, start: usize, order: usize) -> bool {
    let before = until(&text.folded, start).trim_end();
    before.ends_with(COMMAS) || order > 0 && !before.is_empty() && !before.ends_with(['：', ':'])
}

/// What stands between the names of a row.
const COMMAS: [char; 3] = ['、', '，', ','];

/// `为冯雪、王晓晖二人报名`: two names, and the count behind the second.
fn pair_of(text: &Text, order: usize, pair: &[Clause]) -> Option<[Said; 2]> {
    let [one, next] = pair else { return None };
    if cut(&text.folded, one.range.end..next.range.start).trim() != "、" {
        return None;
    }
    let (before, behind) =
        (cut(&text.folded, one.range.clone()), cut(&text.folded, next.range.clone()));
    let at = ["二人", "两人", "2人", "两位", "二位"].iter().find_map(|count| behind.find(count))?;
    let second = until(behind, at);
    let start = before.char_indices().rev().map(|(at, _)| at).take(3).filter(|at| {
        let lead = until(before, *at);
        let leads = lead.is_empty() || LEADS.iter().any(|word| lead.ends_with(word));
        leads && is_name(from(before, *at)) && names::plausible(from(before, *at))
    });
    let start = start.min()?;
    if !(is_name(second) && names::plausible(second)) {
        return None;
    }
    let said = |range: std::ops::Range<usize>, clause: usize| Said {
        joined: until(&text.folded, range.start).trim_end().ends_with(COMMAS),
        item: Item::Name,
        value: cut(&text.shown, range.clone()).to_owned(),
        wrong: false,
        force: Force::Prose,
        role: Role::Listed,
        range,
        clause,
    };
    Some([
        said(one.range.start + start..one.range.end, order),
        said(next.range.start..next.range.start + at, order + 1),
    ])
}

/// What leads to the first of two names.
const LEADS: [&str; 10] = ["为", "给", "替", "帮", "有", "派", "由", "把", "是", "推荐"];

/// Two or three characters that begin with a family name.
fn is_name(word: &str) -> bool {
    (2..=3).contains(&word.chars().count()) && names::possible(word)
}

/// How many people a clause counts, and whether it begins with the count.
fn counted(body: &str) -> Option<(usize, bool)> {
    let mut found = None;
    for (at, c) in body.char_indices() {
        let count = match c {
            '两' | '二' | '2' => 2,
            '三' | '3' => 3,
            '四' | '4' => 4,
            '五' | '5' => 5,
            '六' | '6' => 6,
            _ => continue,
        };
        let rest = from(body, at + c.len_utf8());
        let people = ["个人", "名同志", "位同志", "人", "位", "名"]
            .iter()
            .find_map(|unit| rest.strip_prefix(unit));
        let Some(rest) = people else { continue };
        let figures = until(body, at).ends_with(|c: char| c.is_ascii_digit());
        if !figures && rest.chars().count() <= MOST {
            found = Some((count, at == 0));
        }
    }
    found
}

/// Characters behind the count: 三名同事, 四位村民代表.
const MOST: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::prose::clauses::clauses;

    fn names(told: &str) -> Vec<String> {
        let text = Text::new(told);
        find(&text, &clauses(&text.folded)).into_iter().map(|said| said.value).collect()
    }

    #[test]
    fn a_list_that_is_counted_holds_names() {
        assert_eq!(
            names("集中上报了本校三名同志：耿直、薄云霞、原野。"),
            ["耿直", "薄云霞", "原野"]
        );
        assert_eq!(names("刘旺 刘财 刘贵 三个人，麻烦看名单里有没有"), ["刘旺", "刘财", "刘贵"]);
        assert!(names("来两个人，单位有车，时间方便").is_empty());
    }
}
