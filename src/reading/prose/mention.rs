//! People's names in a sentence: what stands around a word decides whether it is one.

use super::alone;
use super::among;
use super::behind_name;
use super::beside;
use super::clauses::Clause;
use super::counted;
use super::employer;
use super::holding;
use super::parts::{self, Place};
use super::people_words::{self, Cue};
use super::spelling;
use crate::reading::fact::{Force, Role};
use crate::reading::language::kin;
use crate::reading::language::text::{Text, cut, from, is_han, take, until};
use crate::reading::language::words::words;
use crate::reading::prose::{Around, Said};
use crate::reading::values::names;
use crate::reading::values::places;
use crate::reading::values::posts;
use crate::reading::vocabulary::Item;

/// What joins a clause that begins with a name to the names before it.
const AND: [&str; 7] = ["和", "与", "及", "以及", "还有", "另有", "另外还有"];

words! {
    /// Words that begin where a name seems to end.
    SEAMS = "临时 突然 忽然 出差 住院 请假 因为 现在 昨天 今天 前天 推荐 介绍 告诉 通知 转告 陪同 帮忙 带我 让我 叫我 请我 代我 替我 报名 联系 负责 作为 一起 一同 一块 一道 一行 一家 本来 原来 正好 刚好 刚才 一直 已经 同意 代表 参加 全部 平时 \
        都去 都来 都想 都不 都报 都参 都要 都能 都是 都有 都没 也去 也来 也想 也要 也报 顶上 顶替 顶他 顶她 补上 接替";
}

/// Behind a name: they only come along.
const ACCOMPANIES: [&str; 7] = ["陪同", "陪我", "陪他", "陪她", "陪着", "接送", "开车送"];

/// All names of a text.
pub(super) fn find(text: &Text, clauses: &[Clause], said: &[Said], around: Around) -> Vec<Said> {
    let mut found: Vec<Said> = spelling::apart(text, clauses);
    found.extend(counted::find(text, clauses));
    for (order, clause) in clauses.iter().enumerate() {
        let folded = cut(&text.folded, clause.range.clone());
        let signs = around.last && signs(text, clauses, order, &found);
        let around = Around { closing: around.closing || signs, ..around };
        let dotted = names::has_dot(folded);
        let mut after_name = None;
        let mut skip = 0;
        for (at, _) in folded.char_indices() {
            if at < skip {
                continue;
            }
            // Cheap first: hardly any place begins with what can be a name.
            if passed_over(text, clause, said, at) || no_beginning(folded, at, dotted) {
                continue;
            }
            let here = clause.range.start + at;
            let before = if at == 0 { word_before(text, clauses, order) } else { "" };
            // Who was spoken for stands before, and behind the last sentence a name: whoever writes signs.
            let for_another = found.iter().any(|said| said.role == Role::Beneficiary);
            let near = if signs && for_another && at == 0 {
                0
            } else {
                nearness(text, clauses, said, (order, at), before)
            };
            let listed = listed_with(&text.folded, here, until(folded, at), &found);
            let joined = listed.map(|role| (usize::MAX, role)).or(after_name);
            let around = noticed(around, text, clauses, (order, at));
            let Some((length, role, score)) =
                best_name(until(&text.folded, here), folded, at, joined, near, around)
            else {
                let told = beside::told_before(until(&text.folded, here));
                if at == 0 && !told && alone::is_name(folded) {
                    found.push(alone::said(text, clause, order));
                }
                continue;
            };
            let (end, heading) = (at + length, around.heading);
            let place = Place { text, clauses, order, at, end, heading };
            if place.no_name(&found) {
                continue;
            }
            let role = place.part(role, before);
            let range = here..here + length;
            let value: String =
                cut(&text.shown, range.clone()).chars().filter(|c| !c.is_whitespace()).collect();
            if parts::is_again(&found, &value) {
                continue;
            }
            // 甲换成乙: the second comes instead of the first, not with them.
            found.push(Said {
                joined: joined.is_some() && !behind_name::swaps(until(folded, at))
                    || beside::with_writer(until(folded, at), from(folded, at + length)),
                item: Item::Name,
                value,
                wrong: false,
                force: if score >= 5 { Force::Prose } else { Force::Guess },
                role,
                range,
                clause: order,
            });
            skip = alone::behind(folded, at..at + length);
            after_name = Some((skip, role));
        }
    }
    parts::settle(text, clauses, &mut found);
    found
}

/// `住北关社区廉租房6号楼`: inside an address stands no name; nor is one put down who is spoken to.
fn passed_over(text: &Text, clause: &Clause, said: &[Said], at: usize) -> bool {
    let here = clause.range.start + at;
    let folded = cut(&text.folded, clause.range.clone());
    said.iter().any(|said| said.item == Item::Address && said.range.contains(&here))
        || at == 0 && beside::spoken_to(folded, from(&text.folded, clause.range.end))
}

/// The same, with what stands around this place of a clause.
fn noticed(around: Around, text: &Text, clauses: &[Clause], (order, at): (usize, usize)) -> Around {
    let named = at == 0 && sex_follows(text, clauses, order);
    Around { named, singled: among::singled(text, clauses, order, at), ..around }
}

/// `张三、李四`, `，还有李四`: the part of the name that this one is joined to.
fn listed_with(folded: &str, here: usize, before: &str, found: &[Said]) -> Option<Role> {
    let last = found.iter().rfind(|last| last.item == Item::Name)?;
    let gap = cut(folded, last.range.end..here).trim();
    let listed = matches!(gap, "、" | "和" | "与" | "及" | "以及" | "、和");
    (listed || AND.contains(&before)).then_some(last.role)
}

/// The last words of a text stand behind its end, or are a name and nothing else.
fn signs(text: &Text, clauses: &[Clause], order: usize, found: &[Said]) -> bool {
    let clause = clauses.get(order).map_or("", |clause| cut(&text.folded, clause.range.clone()));
    order + 1 == clauses.len()
        && (behind_the_end(text, clauses)
            || order > 0 && found.is_empty() && clause.chars().count() == 3)
}

/// How much of what stands around a place in a clause says that a name begins there.
fn nearness(
    text: &Text,
    clauses: &[Clause],
    said: &[Said],
    (order, at): (usize, usize),
    before: &str,
) -> i32 {
    neighbours(said, order)
        + list_follows(text, clauses, order, at)
        + i32::from(posts::is_post(before) || is_category(before)) * 2
        + if at == 0 { whole_clause(text, clauses, order) } else { 0 }
}

/// How much the marks and clauses around a clause say that it is a name.
fn whole_clause(text: &Text, clauses: &[Clause], order: usize) -> i32 {
    let here = clauses.get(order).map_or(0, |clause| clause.range.start);
    i32::from(category_follows(text, clauses, order)) * 2
        + i32::from(beside::set_apart(&text.folded, here)) * 2
        + i32::from(told_by_marks(text, clauses, order)) * 3
}

/// `麻小军 群众代表`: the next clause is nothing but a category.
fn category_follows(text: &Text, clauses: &[Clause], order: usize) -> bool {
    let next = clauses.get(order + 1).map_or("", |next| cut(&text.folded, next.range.clone()));
    is_category(next)
}

/// `周转兄，女`: the next clause is nothing but a sex.
fn sex_follows(text: &Text, clauses: &[Clause], order: usize) -> bool {
    let next = clauses.get(order + 1).map_or("", |next| cut(&text.folded, next.range.clone()));
    matches!(next, "男" | "女" | "男性" | "女性")
}

/// `我的名字是，闫晓梅`, `薛丽娟（某某公司主管）`: the marks around a whole clause say that it is a name.
fn told_by_marks(text: &Text, clauses: &[Clause], order: usize) -> bool {
    let Some(this) = clauses.get(order) else { return false };
    let before = order.checked_sub(1).and_then(|order| clauses.get(order));
    let called = before.is_some_and(|before| {
        let gap = cut(&text.folded, before.range.end..this.range.start).trim();
        !gap.contains(['。', '；', ';', '\n'])
            && people_words::calls(cut(&text.folded, before.range.clone()))
    });
    let behind = from(&text.folded, this.range.end).trim_start();
    // 我（柳文斌）和同事
    let me = before.is_some_and(|before| {
        matches!(cut(&text.folded, before.range.clone()), "我" | "本人")
            && cut(&text.folded, before.range.end..this.range.start).starts_with(['（', '('])
    });
    called
        || me
        || behind.starts_with(['（', '(']) && alone::is_name(cut(&text.folded, this.range.clone()))
}

/// `群众代表`, `义务监督员`, and nothing else.
fn is_category(clause: &str) -> bool {
    clause.ends_with("代表") && clause.chars().count() <= 6 || clause.ends_with("监督员")
}

/// The clause before, if nothing but a blank divides it from this one: 总经理 甘玉发.
fn word_before<'t>(text: &'t Text, clauses: &[Clause], order: usize) -> &'t str {
    let before = order.checked_sub(1).and_then(|order| clauses.get(order));
    let (Some(before), Some(this)) = (before, clauses.get(order)) else { return "" };
    let gap = cut(&text.folded, before.range.end..this.range.start);
    if gap.trim().is_empty() { cut(&text.folded, before.range.clone()) } else { "" }
}

/// No name can begin here: inside an employer's, at the word that calls it, before other characters.
fn no_beginning(folded: &str, at: usize, dotted: bool) -> bool {
    dotted && at == 0 && folded.starts_with('叫')
        // 烘焙师傅郝强
        || from(folded, at).starts_with('傅') && until(folded, at).ends_with('师')
        // 我是他邻居马强
        || from(folded, at).starts_with('居') && until(folded, at).ends_with('邻')
        // 有空来坐: the time that somebody has.
        || from(folded, at).starts_with('空') && until(folded, at).ends_with(['有', '没', '抽', '得'])
        || holds_post(folded, at)
        || !may_begin(from(folded, at), dotted) && !people_words::calls(until(folded, at))
        || employer::covers(folded, at)
        || holding::covers(folded, at)
}

/// `原在西吉县供销宾馆任前厅经理`: the verb, not the family name.
fn holds_post(folded: &str, at: usize) -> bool {
    let post = from(folded, at).strip_prefix('任').unwrap_or("");
    post.chars().nth(2).is_some()
        && posts::is_post(post)
        && places::ends_as_organization(until(folded, at))
}

/// Whether a name can begin here, whatever stands around it.
fn may_begin(rest: &str, dotted: bool) -> bool {
    names::surname(rest) > 0
        && [3usize, 2, 4].iter().any(|count| take(rest, *count).is_some_and(names::possible))
        || dotted && rest.chars().take(10).any(|c| c == '·')
}

/// `请取消我的报名，谢谢。李海军`: the last words stand behind the end of the last sentence.
fn behind_the_end(text: &Text, clauses: &[Clause]) -> bool {
    let [.., before, last] = clauses else { return false };
    let word = cut(&text.folded, last.range.clone());
    let number = cut(&text.folded, before.range.clone()).ends_with(|c: char| c.is_ascii_digit());
    if number && word.chars().count() == 3 && names::plausible(word) {
        return true;
    }
    let gap = cut(&text.folded, before.range.end..last.range.start);
    let thanks = ["谢谢", "抱歉", "对不起", "不好意思", "感谢", "请见谅", "见谅", "打扰了"];
    gap.contains(['。', '！', '!', '？', '?', '~', '～', '…', ' '])
        || thanks.iter().any(|word| cut(&text.folded, before.range.clone()).ends_with(word))
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
    let joined =
        after_name.filter(|(end, _)| *end == usize::MAX || beside::joins(cut(folded, *end..at)));
    if people_words::cue_goes_on(folded, at) {
        return None;
    }
    let (left, cue) = match joined {
        Some((_, role)) => (3, Cue::Joined(role)),
        None => beside::led_to(before, rest, around)?,
    };
    let cue = if cue == Cue::Writer { beside::named_by(before, text_before) } else { cue };
    let told = people_words::calls(before);
    let mut best: Option<(usize, Role, i32)> = None;
    for count in [3usize, 2, 4] {
        let Some(word) = take(rest, count) else { continue };
        let three = count == 3;
        let whole_rest = three && (told || kin::before(before)) && beside::foreign_to_the_end(rest);
        let word = if whole_rest { rest } else { word };
        let dotted = rest.chars().take(count + 1).any(|c| c == '·');
        let word = if dotted { whole_dotted(rest) } else { word };
        // 周转兄，女: whatever the word means elsewhere.
        let fits = can_be_name(word, rest, before)
            || around.named && word.len() == folded.len() && names::possible(word);
        let tail = from(rest, word.len());
        let verb = three && tail.is_empty() && comes_behind(before, word);
        if !(fits || whole_rest) || !dotted && !long_enough(rest, word, count) || verb {
            continue;
        }
        let kin = three && kin::before(before);
        let told_of = around.singled || beside::led_on(before, tail);
        let on = told && beside::spoken_on(word, tail) || three && told_of;
        let judged = behind_name::asked_for(before, tail)
            .or(kin.then_some((0, false)))
            .or(on.then_some((1, false)));
        let Some((right, related)) = judged else { continue };
        let whole = before.is_empty() && tail.is_empty();
        let mut score = left + right + near + framed(around, before, tail, three);
        if whole && near == 0 && !around.heading && joined.is_none() {
            score = if around.closing { 4 } else { 0 };
        }
        let kin_signs = around.last && tail.is_empty() && kin::signs(before);
        let told_of = beside::told_before(text_before) || beside::hearsay(before, tail);
        let role = if related || kin_signs || told_of {
            Role::Related
        } else if ACCOMPANIES.iter().any(|verb| tail.starts_with(verb)) {
            Role::Contact
        } else if whole && near == 0 && around.closing && joined.is_none() {
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

/// Four characters are a name of two surnames or of a long given name (马伊斯麻), and no fewer of such a one.
fn long_enough(rest: &str, word: &str, count: usize) -> bool {
    let long = take(rest, 4).is_some_and(names::long_given);
    if count == 4 { long || names::surname(word) == 2 } else { !long }
}

/// How much its length, where it stands and the words on both sides together say that it is a name.
fn framed(around: Around, before: &str, tail: &str, three: bool) -> i32 {
    let place = i32::from(around.heading) + i32::from(three) + i32::from(around.singled);
    place + sent_off(before, tail) + holds_office(before, tail)
}

/// `大家都说让马秀兰去合适`: who is sent stands between two verbs.
fn sent_off(before: &str, tail: &str) -> i32 {
    let verb = ["让", "派", "请", "叫", "选"].iter().any(|verb| before.ends_with(verb));
    i32::from(verb && tail.starts_with(['去', '来']))
}

/// `李梅梅是某某公司的客服管家`: behind the name what its bearer is, and where.
fn holds_office(before: &str, tail: &str) -> i32 {
    let told = tail.strip_prefix(['是', '系', '任']).unwrap_or("");
    let (place, post) = told.rsplit_once('的').unwrap_or((told, ""));
    let place = places::lead_off(place);
    let employed = places::is_organization(place) && (post.is_empty() || posts::is_post(post));
    i32::from(before.is_empty() && (employed || posts::is_post(told))) * 2
}

/// `想让会计程浩来，`: the verb behind a name of two characters.
fn comes_behind(before: &str, word: &str) -> bool {
    let name = word.strip_suffix(['来', '去']).unwrap_or("");
    names::plausible(name)
        && ["让", "派", "请", "由", "喊"].iter().any(|verb| before.contains(verb))
}

/// Whether a word is a name by itself, or by the words before it that say so.
fn can_be_name(word: &str, rest: &str, before: &str) -> bool {
    // 巫梅|本来: the last character belongs to the next word.
    let next = from(rest, word.len()).chars().next();
    let seam: String = word.chars().next_back().into_iter().chain(next).collect();
    // 社区独居老人应得水大爷
    let tail = from(rest, word.len());
    let titled = word.chars().count() == 3
        && names::called(word)
        && names::TITLES.iter().any(|title| tail.starts_with(title));
    let fits = if titled && !names::plausible(word) {
        people_words::of_people(before)
    } else if people_words::calls(before) {
        names::possible(word)
            // 我叫沈从容，
            || word.len() == rest.len() && names::called(word)
            || before.ends_with('叫') && word.len() == rest.len() && names::any_han(word)
    } else {
        names::plausible(word)
    };
    fits && SEAMS.start(&seam).is_none()
}

fn whole_dotted(rest: &str) -> &str {
    let end = rest.find(|c: char| !(is_han(c) || c == '·')).unwrap_or(rest.len());
    until(rest, end)
}
