//! Places that are given away, handed to somebody, or no longer wanted.

use super::grammar::{HANDS, LISTED, OLDER, PLACE, SEATS, TAKES_OUT, TO_US, UNWANTED};
use crate::reading::language::kin;
use crate::reading::language::text::{from, until};
use crate::reading::values::names;

/// `我那个名额就让给后面排队的人`.
#[must_use]
pub(super) fn gives_away(sentence: &str) -> bool {
    SEATS.spans(sentence).any(|(_, end)| {
        let clause = from(sentence, end).split(['，', ',', '；', ';', '。']).next().unwrap_or("");
        let hands = HANDS.spans(clause).find(|(at, _)| until(clause, *at).chars().count() <= 8);
        hands.is_some_and(|(at, end)| {
            !TO_US.found_in(until(clause, at)) && TO_US.start(from(clause, end)).is_none()
        })
    })
}

/// `他的名额给他弟马天禄吧`: the place goes to somebody who is named.
#[must_use]
pub(super) fn hands_to(sentence: &str) -> bool {
    SEATS.spans(sentence).any(|(_, end)| {
        let clause = from(sentence, end).split(['，', ',', '；', ';', '。']).next().unwrap_or("");
        // 他的位置由卢文静来坐
        let taken = clause.strip_prefix('由').is_some_and(|whom| {
            let ends = whom.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1).take(3);
            ends.into_iter().any(|end| {
                names::plausible(until(whom, end))
                    && from(whom, end).starts_with(['来', '去', '坐', '顶', '替', '接', '补'])
            })
        });
        taken
            || clause.split_once('给').is_some_and(|(_, whom)| {
                let whom = whom.trim_start_matches(['我', '他', '她', '的']);
                let kin = kin::first(whom).map_or(0, str::len);
                let whom = from(whom, kin);
                let end = whom.char_indices().nth(3).map_or(whom.len(), |(at, _)| at);
                kin > 0 && names::plausible(until(whom, end))
            })
    })
}

/// `把我从名单里拿掉`, `把他的名字勾了`: somebody is taken out.
#[must_use]
pub(super) fn takes_out(sentence: &str) -> bool {
    // 她那个名字你们划掉吧
    let mut clauses = sentence.split(['，', ',', '；', '。']);
    let first = clauses.any(|clause| {
        ["名字", "名额", "报名", "登记"]
            .iter()
            .any(|word| clause.split_once(word).is_some_and(|(_, rest)| TAKES_OUT.found_in(rest)))
    });
    if first {
        return true;
    }
    ["把", "将", "给我", "帮我"].iter().any(|lead| {
        sentence.match_indices(lead).any(|(at, _)| {
            let clause = from(sentence, at).split(['，', ',', '；', '。']).next().unwrap_or("");
            TAKES_OUT.found_in(clause) && LISTED.found_in(clause)
        })
    })
}

/// `我这个号作废`, `名额我不要了`: a place, and that it is no longer wanted. An older paper that no longer counts
/// is replaced: `原来那份作废`.
#[must_use]
pub(super) fn voids(sentence: &str) -> bool {
    let clauses = sentence.split(['，', ',', '；', ';', '。']);
    let mut gone = clauses.filter(|clause| UNWANTED.found_in(clause));
    gone.any(|clause| (PLACE.found_in(clause) || SEATS.found_in(clause)) && !OLDER.found_in(clause))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_given_away_and_kept() {
        assert!(gives_away("我那个名额就让给后面排队的人吧"));
        assert!(gives_away("名额请给别人"));
        assert!(!gives_away("麻烦把名额给我留着"));
        assert!(!gives_away("有名额的话给我报一个"));
        assert!(hands_to("他的位置由卢文静来坐"));
    }
}
