//! A value under several labels.

use super::behind_label::{Said, one};
use super::ethnic::ethnicity;
use super::names;
use super::nothing::is_none;
use super::places;
use super::posts;
use crate::reading::language::text::{Text, from, until};
use crate::reading::vocabulary::{Item, Vocabulary};

/// A value under several labels: divided by marks where there are as many pieces as labels, by
/// what the pieces are otherwise.
pub(super) fn several(items: &[Item], value: &Text, vocabulary: &Vocabulary) -> Vec<Said> {
    let pieces: Vec<&str> = value
        .shown
        .split(['/', '、', '，', ',', ' ', '|', '；', ';', '\n', '\t', '—'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    let both = items.contains(&Item::Organization) && items.contains(&Item::Position);
    if both && items.len() == 2 {
        return employer_and_post(value, &pieces);
    }
    if pieces.len() == items.len() {
        return items
            .iter()
            .zip(pieces)
            .flat_map(|(item, piece)| one(*item, &Text::new(piece), vocabulary))
            .collect();
    }
    let mut said: Vec<Said> = Vec::new();
    for item in items {
        let fits = matches!(item, Item::Phone | Item::IdNumber | Item::Gender | Item::Category);
        if fits {
            said.extend(one(*item, value, vocabulary));
        } else if let Some(piece) = pieces.iter().find(|piece| match item {
            Item::Name => names::plausible(&Text::fold(piece)),
            Item::Ethnicity => ethnicity(piece).is_some(),
            _ => false,
        }) {
            said.extend(one(*item, &Text::new(piece), vocabulary));
        }
    }
    said
}

/// `去年把修理铺盘给别人了，现在没有单位`: what was, and that nothing is left of it.
pub(super) fn given_up(folded: &str) -> bool {
    let bare = folded.trim_end_matches(['。', '！', '；', ' ']);
    let Some((_, last)) = bare.rsplit_once(['，', ',', '。', '；']) else { return false };
    let now = ["现在", "目前", "如今", "眼下"];
    let now = now.iter().find_map(|lead| last.trim_start().strip_prefix(lead));
    now.is_some_and(|rest| {
        let rest = rest.trim_start_matches(['已', '经', '就', '也', '都']);
        !rest.is_empty() && places::names_none(rest)
    })
}

fn employer_and_post(value: &Text, pieces: &[&str]) -> Vec<Said> {
    let employer = |name: &str| Said::Value(Item::Organization, places::tidy(name));
    let post = |name: &str| Said::Value(Item::Position, places::tidy(name));
    if places::names_none(&value.folded) || given_up(&value.folded) {
        return Vec::new();
    }
    if let [name, rest @ ..] = pieces
        && !rest.is_empty()
        && rest.len() <= 3
    {
        let rest: String = rest.concat();
        return match (places::names_none(name), is_none(&rest)) {
            (true, true) => Vec::new(),
            (true, false) => vec![post(&rest)],
            (false, true) => vec![employer(name)],
            (false, false) => vec![employer(name), post(&rest)],
        };
    }
    match places::split(value.folded.trim_end()) {
        Some((end, Some(start))) => {
            vec![employer(until(&value.shown, end)), post(from(&value.shown, start))]
        }
        _ if posts::is_post(&value.folded) && !places::is_organization(&value.folded) => {
            vec![post(&value.shown)]
        }
        _ => vec![employer(&value.shown)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_employer_that_was_given_up_is_none() {
        assert!(given_up("去年把修理铺盘给别人了，现在没有单位。"));
        assert!(!given_up("西吉县粮食局，无职务"));
    }
}
