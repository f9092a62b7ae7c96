//! Employer and post in a sentence.

use std::ops::Range;

use super::by_label;
use super::clauses::Clause;
use super::employer;
use super::former;
use super::holding;
use super::people_words;
use super::post;
use super::recommending;
use super::shops;
use super::workplace::workplace;
use crate::reading::fact::{Force, Role};
use crate::reading::language::kin;
use crate::reading::language::text::{Text, cut, from, is_han, until};
use crate::reading::language::words::words;
use crate::reading::prose::Said;
use crate::reading::values::bounds;
use crate::reading::values::offices;
use crate::reading::values::places;
use crate::reading::values::posts;
use crate::reading::values::schools;
use crate::reading::vocabulary::Item;

words! {
    /// What leads from a name to an employer.
    TELLS = "是 在 系 为 现在 现是 现任 现为 任 来自 就职于 供职于";
    /// What begins after former times.
    SINCE = "回来进了 后来进了 后被 后在 后到 后来在 后来到 后又到 现在在 现在是 如今在 如今是 现为 现任 现在 如今 目前在";
    /// What ends a time of work.
    ENDED = "到退休 至退休 直到退休 退的休 退了休 干到退休 退休 离职 离休 退下来";
    /// With whom somebody comes.
    WITH = "跟 和 与 同 约了 约上 约 叫上 叫了 喊上 拉上 带上 还有 以及 连同 跟我们 和我们 我们 跟我 和我 一个是 另一个是 另一位是 一位是";
    /// Where a neighbour is.
    NEXT_DOOR = "隔壁 紧隔壁 对门 对面 斜对面 斜对门 旁边 楼下 楼上 左邻 右邻 前面 后面 同街 同一条街 一条街上 街对面 马路对面 店对面 店隔壁 店旁边 家隔壁 家对面 家旁边";
    /// That somebody works no more.
    LEFT = "退休 退下来 不干了 退了 卸任 卸了任 离任 交了班 交班 不当了 让贤";
    /// Where people go on errands.
    VISITED = "局 所 站 院 队 办 中心 银行 大厅 学校 小学 中学 政府 信用社";
}

/// A clause with what is known of it.
#[derive(Clone, Copy)]
pub(crate) struct Here<'a> {
    pub text: &'a Text,
    pub clause: &'a Clause,
    /// All of them.
    pub clauses: &'a [Clause],
    /// Which clause of the text.
    pub order: usize,
    /// The text is a heading.
    pub heading: bool,
    /// The names of the whole text.
    pub names: &'a [Said],
}

impl Here<'_> {
    /// The next clause is a post and nothing else.
    fn post_follows(&self) -> bool {
        let next = self.clauses.get(self.order + 1);
        next.is_some_and(|next| posts::is_post(cut(&self.text.folded, next.range.clone())))
    }
}

/// Reads employer and post in a clause.
pub(super) fn read(here: Here<'_>, said: &mut Vec<Said>) {
    let known = said.len();
    in_clause(here, said);
    if kin::told_of(cut(&here.text.folded, here.clause.range.clone())).is_some() {
        said.iter_mut().skip(known).for_each(|one| one.role = Role::Third);
    }
}

fn in_clause(here: Here<'_>, said: &mut Vec<Said>) {
    let Here { text, clause, order, heading, names, .. } = here;
    let addressed = said.iter().any(|said| said.clause == order && said.item == Item::Address);
    let body = cut(&text.folded, clause.range.clone());
    let since = SINCE.spans(body).map(|(_, end)| end).max().unwrap_or(0);
    // 在震湖中学教了三十三年化学, and retired: over.
    let retired = LEFT.found_in(&text.folded);
    if (former::served(body) || in_a_year(body)) && retired {
        return;
    }
    // 退伍后在县公安局当过辅警: over, too.
    let since = if former::is_past(from(body, since)) { 0 } else { since };
    // 转业后在县粮食局工作到退休: over, too.
    let since = if ENDED.end(body).is_some() { 0 } else { since };
    // 跟合作社没关系
    let denied = ["没关系", "没有关系", "无关", "不相干"].iter().any(|word| body.ends_with(word));
    let nothing = shops::only_planned(body) || people_words::of_telephone(body);
    if nothing || clause.former && since == 0 || addressed || denied {
        return;
    }
    // 退休后被某某学校返聘为教研主任: what comes after the old times.
    if clause.former {
        let start = clause.range.start + since;
        part(here, start..clause.range.end, false, said);
        return;
    }
    if shops::called(here, said) {
        return;
    }
    shops::stands_at(here, said);
    let inside = names
        .iter()
        .find(|name| name.clause == order && name.role != Role::Related && name.item == Item::Name);
    if inside.is_some_and(|name| name.role == Role::Contact) {
        return;
    }
    let start = clause.range.start;
    let end = inside.map_or(clause.range.end, |name| name.range.start);
    let end = before_number(said, order, start..end);
    let start = recommending::recommended(text, start..end, order, heading, said);
    let start = start + ahead(cut(&text.folded, start..end), inside.is_some());
    let presented = inside.is_some() && presented(here, start..end, said);
    if start < end && !presented && !labelled_post(here, start..end, said) {
        part(here, start..end, inside.is_some(), said);
    }
    // 我妻子拜玉梅是西吉县妇幼保健院护士: what is told behind the name.
    if let Some(name) = inside {
        let rest = cut(&text.folded, name.range.end..clause.range.end);
        if let Some(verb) = TELLS.start(rest) {
            let start = name.range.end + verb.len();
            let end = before_number(said, order, start..clause.range.end);
            part(here, start..end, false, said);
        } else if let Some(found) =
            employer::kept(rest).or_else(|| employer::employed(rest).map(|found| found.0))
        {
            let place = name.range.end + found.start..name.range.end + found.end;
            push(said, Item::Organization, cut(&text.shown, place.clone()), place, order);
        }
    }
}

/// How much of what stands ahead of a name tells nothing of where its bearer works: `我爸是`, `跟隔壁`, `我掌柜的`.
fn ahead(body: &str, before_name: bool) -> usize {
    // 我掌柜的丁耀祖: who somebody is to the writer is no post.
    if before_name && kin::is_one(body) {
        return body.len();
    }
    let told = kin::told_of(body).unwrap_or(0);
    told + if before_name { beside(from(body, told)) } else { 0 }
}

/// `跟隔壁美美窗帘城的店主陈美玲`: how long the words are by which a neighbour is told, ahead of where they work.
fn beside(body: &str) -> usize {
    let with = WITH.start(body).map_or(0, str::len);
    let place = NEXT_DOOR.start(from(body, with)).map(|place| with + place.len());
    place.map_or(0, |end| end + from(body, end).strip_prefix('的').map_or(0, |_| '的'.len_utf8()))
}

/// `1971年在硝河中学登上讲台`: told of a year, and of no present post.
fn in_a_year(body: &str) -> bool {
    let year = ["年在", "年到", "年进", "年从", "年起在"].iter().any(|word| body.contains(word));
    year && !["现", "至今", "返聘", "今年"].iter().any(|word| body.contains(word))
}

/// A number's word and digits behind the employer are none of it.
fn before_number(said: &[Said], order: usize, range: Range<usize>) -> usize {
    let number = said.iter().find(|said| {
        said.clause == order
            && matches!(said.item, Item::Phone | Item::IdNumber)
            && said.range.start > range.start
    });
    number.map_or(range.end, |number| range.end.min(number.range.start))
}

/// Reads employer and post in a part of a clause.
fn part(here: Here<'_>, range: Range<usize>, before_name: bool, said: &mut Vec<Said>) {
    let Here { text, clause, order, heading, names, .. } = here;
    let Range { start, end } = range;
    let body = cut(&text.folded, range);
    if let Some(own) = shops::own_name(body) {
        employer_at(here, start + own.start..start + own.end, Force::Prose, said);
        return;
    }
    let lead = places::lead_off(body);
    let trimmed = lead.trim_end_matches(['的', '是', ' ']);
    let stripped = people_words::strip_own(trimmed);
    let base = end - lead.len() + (trimmed.len() - stripped.len());
    let kept = shops::kept_shop(stripped).unwrap_or(0);
    let (base, stripped) = (base + kept, from(stripped, kept));
    let near = |said: &Said| said.clause.abs_diff(order) <= 3;
    let beside_data = || {
        heading
            || here.post_follows()
            || text.folded.trim().len() == clause.range.len()
            || names.iter().any(near)
            || said.iter().any(|said| near(said) && said.item != Item::Organization)
    };
    let alone = stripped.len() == end - start;
    // Offices that a story visits: 跑了运管所、县税务局、县医院.
    let visited = || VISITED.end(stripped).is_some();
    let own = speaks_of_self(cut(&text.folded, clause.range.clone()));
    let workplace = workplace(stripped, own).filter(|(name_end, post)| {
        (!alone || post.is_some() || *name_end < stripped.len() || !visited() || beside_data())
            && (post.is_some() || !places::is_bare_address(until(stripped, *name_end)))
    });
    // 某某协会会员: a member works elsewhere.
    let workplace = workplace.filter(|_| !stripped.ends_with("会员"));
    let placed = employer::placed(body) && beside_data();
    let mut keep = |item, range: Range<usize>| {
        let range = base + range.start..base + range.end;
        let range = if item == Item::Position { post::range(&text.folded, range) } else { range };
        push(said, item, cut(&text.shown, range.clone()), range, order);
        if let Some(last) = said.last_mut() {
            last.role = if own { Role::Writer } else { Role::Listed };
        }
    };
    if let Some((name_end, post)) = workplace {
        keep(Item::Organization, 0..name_end);
        if let Some((start, end)) = post {
            keep(Item::Position, start..end);
        }
    } else if let Some(name) = by_label::employer(body) {
        let at = start + body.rfind(name).unwrap_or(0);
        let written = body.contains('写') || body.contains('填');
        let force = if written { Force::Label } else { Force::Prose };
        employer_at(here, at..at + name.len(), force, said);
    } else if let Some(end) = schools::school(stripped) {
        keep(Item::Organization, 0..end);
        if let Some(last) = said.last_mut() {
            last.force = Force::Guess;
        }
    } else if let Some(found) = holding::held(body, || whose(here, start, before_name)) {
        serving(here, start, found, said);
    } else if let Some((start, end)) = post::alone(stripped, before_name).filter(|_| {
        !(clause.range.start == 0 && matches!(stripped, "老师" | "师傅" | "同志" | "书记" | "主任"))
    }) {
        keep(Item::Position, start..end);
    } else {
        let found = told(body).or_else(|| placed.then_some((0..body.len(), Force::Guess)));
        if let Some((found, force)) = found {
            employer_at(here, start + found.start..start + found.end, force, said);
        }
    }
}

/// `某某是`: what follows is where somebody works.
fn whose(here: Here<'_>, start: usize, before_name: bool) -> bool {
    let named = here.names.iter().any(|name| name.clause + 1 == here.order);
    let whole = start == here.clause.range.start;
    before_name || whole && named || until(&here.text.folded, start).ends_with(['是', '系', '为'])
}

/// Employer and post, which stand so far behind `start`.
fn serving(here: Here<'_>, start: usize, found: holding::Held, said: &mut Vec<Said>) {
    let (name, post) = found;
    employer_at(here, start + name.start..start + name.end, Force::Prose, said);
    let post = start + post.start..start + post.end;
    push(said, Item::Position, cut(&here.text.shown, post.clone()), post, here.order);
}

/// `兹介绍我院内科护士长`, before a name: the post of whom the writer's office presents.
fn presented(here: Here<'_>, range: Range<usize>, said: &mut Vec<Said>) -> bool {
    let body = cut(&here.text.folded, range.clone()).trim_end();
    let post = offices::own_post(body).map(|at| range.start + at..range.start + body.len());
    if let Some(post) = post.clone() {
        push(said, Item::Position, cut(&here.text.shown, post.clone()), post, here.order);
    }
    post.is_some()
}

/// `职务村监会主任`: a post, whatever office its name holds.
fn labelled_post(here: Here<'_>, range: Range<usize>, said: &mut Vec<Said>) -> bool {
    let body = cut(&here.text.folded, range.clone());
    let mut labels = ["职务是", "职务为", "职务", "岗位"].into_iter();
    let post =
        labels.find_map(|label| body.strip_prefix(label)).filter(|post| posts::is_post(post));
    if let Some(post) = post {
        let place = range.end - post.len()..range.end;
        push(said, Item::Position, cut(&here.text.shown, place.clone()), place, here.order);
    }
    post.is_some()
}

/// An employer that the sentence tells, whatever its name ends in.
fn told(body: &str) -> Option<(Range<usize>, Force)> {
    let people = employer::belongs(body).map(|found| (found, Force::Prose));
    // 我是西吉县诚信房产中介的闫淑贞
    let own = body.strip_prefix("我是").and_then(|rest| rest.strip_suffix('的'));
    let own = own
        .filter(|name| employer::placed(name))
        .map(|name| "我是".len().."我是".len() + name.len());
    let people = people.or_else(|| own.map(|found| (found, Force::Guess)));
    let people = people.or_else(|| shops::of_keeper(body).map(|found| (found, Force::Guess)));
    people.or_else(|| employer::employed(body))
}

/// An employer in this range of the text.
pub(super) fn employer_at(here: Here<'_>, range: Range<usize>, force: Force, said: &mut Vec<Said>) {
    let known = said.len();
    push(said, Item::Organization, cut(&here.text.shown, range.clone()), range, here.order);
    let own = speaks_of_self(cut(&here.text.folded, here.clause.range.clone()));
    for one in said.iter_mut().skip(known) {
        one.force = force;
        one.role = if own { Role::Writer } else { Role::Listed };
    }
}

/// Adds a value, free of the words around it.
pub(super) fn push(
    said: &mut Vec<Said>,
    item: Item,
    raw: &str,
    range: Range<usize>,
    clause: usize,
) {
    let value = match item {
        Item::Organization => places::tidy(bounds::employer(raw)),
        Item::Position => places::tidy(post::of_firm(bounds::post(raw))),
        _ => places::tidy(raw),
    };
    // 三名职工胡宝山、…: how many of them there are is nobody's post.
    let counted = item == Item::Position && post::counts(&value);
    let department = item == Item::Organization && offices::is_common_department(&value);
    // leaving the company: no name of an employer here is without a character.
    let foreign = item == Item::Organization && !value.contains(is_han);
    // 两人都在某某公司: what leads to the name stands before it.
    let skipped = raw.find(&value).filter(|at| until(raw, *at).contains(['都', '均'])).unwrap_or(0);
    if !value.is_empty() && !department && !foreign && !counted {
        said.push(Said {
            joined: false,
            item,
            value,
            wrong: false,
            force: Force::Prose,
            role: Role::Listed,
            range: range.start + skipped..range.end,
            clause,
        });
    }
}

/// An employer's name between marks, which divide clauses elsewhere.
pub(super) fn quoted(text: &Text, clauses: &[Clause], range: Range<usize>, said: &mut Vec<Said>) {
    let clause = clauses.iter().position(|clause| clause.range.end >= range.start).unwrap_or(0);
    if clauses.get(clause).is_some_and(|clause| clause.former) {
        return;
    }
    said.retain(|said| {
        // 在农贸市场的“秀兰布鞋店”: where it is.
        let place = said.item == Item::Organization
            && said.range.end <= range.start
            && cut(&text.folded, said.range.end..range.start).trim_matches(['“', '"', ' ']) == "的";
        if place {
            return false;
        }
        said.item != Item::Organization
            || said.range.end <= range.start
            || said.range.start >= range.end
    });
    let behind = from(&text.folded, range.end);
    let post = until(behind, behind.find(|c: char| !is_han(c)).unwrap_or(behind.len()));
    if posts::is_post(post) {
        let place = range.end..range.end + post.len();
        said.retain(|said| said.item != Item::Position || said.range.end != place.end);
        push(said, Item::Position, cut(&text.shown, place.clone()), place, clause);
    }
    push(said, Item::Organization, cut(&text.shown, range.clone()), range, clause);
}

/// `我是店长`, `我在县医院上班`: said of the writer, whoever else is put down.
fn speaks_of_self(clause: &str) -> bool {
    ["我是", "我在", "我系", "本人是", "本人在", "本人系", "我本人"]
        .iter()
        .any(|lead| clause.starts_with(lead))
}
