//! `某某公司的司机`, `某某公司当会计`: an employer by its ending, and the post behind it.

use super::employer;
use super::people_words;
use super::post::{self, Span};
use super::recommending;
use crate::reading::language::text::{cut, from, is_han, until};
use crate::reading::language::words::words;
use crate::reading::values::offices;
use crate::reading::values::places;
use crate::reading::values::posts;

words! {
    /// By these an office sends somebody.
    SENDS = "拟由 现由 将由 决定由 由 拟派 决定派 现派 特派 派出 派 委派 选派 拟 决定 现 特";
}

/// `ORG`, `ORG的POST`, `ORG当POST`, `ORG上班`: the employer's end, and the post's range.
pub(super) fn workplace(folded: &str, own: bool) -> Option<(usize, Option<Span>)> {
    if folded.chars().count() < 3 {
        return None;
    }
    let verbs = people_words::WORKS_AS.spans(folded);
    let spans: Vec<_> = verbs.filter(|(start, _)| !posts::is_part(folded, *start)).collect();
    for verb in people_words::WORKS_AS.iter().filter(|_| !spans.is_empty()) {
        let here = |span: &&Span| cut(folded, span.0..span.1) == verb;
        if let Some((at, _)) = spans.iter().find(here).copied() {
            let name = until(folded, at);
            let bare = name.trim_end_matches(['里', '内', '的']);
            if said_of_several(bare) || serves(bare) {
                continue;
            }
            if places::ends_as_organization(bare) && bare.chars().count() >= 3 {
                let start = at + verb.len();
                let rest = from(folded, start);
                // 县工业园区的某某淀粉厂: where it stands.
                if verb == "的" && places::organization_end(rest).is_some_and(|end| end >= 15) {
                    continue;
                }
                let end = rest.find(['，', '。']).unwrap_or(rest.len());
                let whole = post::held(until(rest, end));
                let post = post::one(whole.trim_start_matches(['着', '了']));
                let begin = start + (whole.len() - post.len());
                let takes_up = matches!(verb, "当" | "担任" | "任") && post::taken_up(post);
                let post =
                    (takes_up || posts::is_post(post)).then_some((begin, begin + post.len()));
                if !places::is_organization(bare) || verb == "的" && post.is_none() && !own {
                    continue;
                }
                return Some((bare.len(), post));
            }
        }
    }
    if let Some((end, post)) = places::split(folded).filter(|(end, _)| !goes_on(folded, *end)) {
        let name = until(folded, end);
        let fits = places::is_organization(name) && !said_of_several(name);
        // 某某公司拟由质量监督员…
        let sent = |start: usize| start + SENDS.start(from(folded, start)).map_or(0, str::len);
        return fits.then_some((end, post.map(|start| (sent(start), folded.len()))));
    }
    // 某某公司拟由质量监督员…: who sends somebody.
    let end = places::organization_end(folded)?;
    let rest = from(folded, end);
    // 西吉县众康大药房参加“政府开放日”的两名员工
    let comes = ["参加", "报名参加", "拟参加", "参会", "参与"].contains(&rest);
    let verb = SENDS.start(rest).map(str::len).or_else(|| recommending::has_people(rest));
    let verb = verb.or(comes.then_some(rest.len()))?;
    let post = posts::is_post(from(rest, verb)).then_some((end + verb, folded.len()));
    places::is_organization(until(folded, end)).then_some((end, post))
}

/// `兴隆幸福院|灶房当帮厨`: the name is not over where an ending stands in it.
fn goes_on(folded: &str, end: usize) -> bool {
    let rest = from(folded, end);
    let verb = ["当", "担任"].iter().find_map(|verb| Some((rest.find(verb)?, verb.len())));
    verb.is_some_and(|(at, verb)| {
        let tail = until(rest, at);
        (2..=4).contains(&tail.chars().count())
            && tail.chars().all(is_han)
            && !tail.starts_with('的')
            && !offices::is_department(tail)
            && employer::named(until(folded, end + tail.len()))
            && !employer::tells_where(tail)
            && posts::is_post(from(rest, at + verb))
    })
}

/// `四个人都是超市里的员工`: at which of the firms named before, and no name.
fn said_of_several(bare: &str) -> bool {
    let place = ["都是", "均是", "全是"].iter().find_map(|are| bare.rsplit_once(are));
    place.is_some_and(|(_, place)| place.chars().nth(2).is_none())
}

/// `愿意给政府当一名监督员`: for whom something is done.
fn serves(bare: &str) -> bool {
    let willing = ["愿", "想", "要", "能", "可以"];
    bare.split_once('给')
        .is_some_and(|(before, _)| willing.iter().any(|word| before.contains(word)))
}
