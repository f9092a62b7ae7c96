//! What the writer's words hold and nobody took: an employer to which no known phrase led, a number without an owner.
//! Only what a person lacks is supplied, and only when there is one such thing; what stays open is asked about.

use std::collections::BTreeMap;

use super::others_work::others_work;
use super::unemployed::{self, NO_EMPLOYER};
use crate::message::{Block, Message, Voice};
use crate::reading::context::case::{self, Case};
use crate::reading::fact::{Fact, Force, Role};
use crate::reading::language::text::{Text, cut, from, quote, until};
use crate::reading::language::words::words;
use crate::reading::person::{People, Person};
use crate::reading::prose::former;
use crate::reading::prose::shops;
use crate::reading::values::bounds;
use crate::reading::values::categories::{self, Categories};
use crate::reading::values::digits::{self, Number};
use crate::reading::values::offices;
use crate::reading::values::places;
use crate::reading::values::posts;
use crate::reading::vocabulary::{Item, Vocabulary};
use crate::reading::{Doubt, Evidence};

words! {
    /// Before an employer's name: what leads to it.
    LEADS_TO = "\
        在 是 任 叫 为 从 有 开了个 开了家 开了 开个 开 写 系 由 我们 我 现任 现在 就职于 供职于 来自 属于 名字叫 单位 店名 名叫 于 \
        经营 承包 管 职工 企业 是个 代表 担任 本人 全称 名称 名字 法人 老板 员工 派 和 与 及 今 兼";
    /// Before it in the same breath: it is somebody else's, or no longer.
    NOT_THEIRS = "\
        不是 原 前任 曾 以前 退休 离开 离职 辞 隔壁 对面 旁边 附近 住 家在 挂靠 路过 去过 听 看到 看见 投诉 欠 找 来 到 跟 给 \
        贵 你们 人家 儿子 女儿 老公 丈夫 妻子 媳妇 爱人 孩子 孙 爸 妈 父 母 朋友 同学 邻居 亲戚 租 买 卖 送 接 问 推荐 同意 别人 办 \
        扫 转发 公众号 微信 网站 报社 贴";
    /// Behind it: it is only where something is.
    A_PLACE = "附近 旁边 对面 隔壁 家属 门口 门前 后面 前面 宿舍 楼 里看 看到 看见 听 办 转 发 推荐 那边 斜 门卫处 路口 十字 公众号 网站 贴 没关系 没有关系 无关 不相干 群 的活动 举办 通知 院内";
    /// Where people go on errands: such a name is an employer only where nothing else is said.
    VISITED = "市场 广场 局 所 站 院 队 办 中心 银行 大厅 学校 小学 中学 政府 信用社 委会 党支部 社区 厅 会";
}

words! {
    /// A number of somebody else, through whom the applicant can be reached.
    THROUGH = "\
        我的 我电话 我手机 打我 找我 联系我 给我 儿子 女儿 爱人 老公 老伴 媳妇 丈夫 妻子 邻居 书记 主任 村上 代报 转告 转达 \
        没有手机 没手机 不会用 不用手机 他人 家属 经办 联系人 店长 门头 店里 单位电话 办公室 前台 总机 传真 贷款 骗子 举报";
}

/// Where a line of the writer stands.
struct Line {
    text: Text,
    document: &'static str,
    place: String,
}

/// Gives what nobody took to those who lack it.
pub(crate) fn supply(
    people: &mut People,
    message: &Message,
    case: &Case,
    words: &Vocabulary,
    categories: &Categories,
) -> Vec<Doubt> {
    if people.list.is_empty() {
        return Vec::new();
    }
    employers_in_posts(people);
    colleagues(people);
    // Most registrations lack nothing: their lines are not gone through again.
    let lent = case.own.contains('挂');
    if !lacks(people) && !lent {
        return Vec::new();
    }
    let mut lines = lines(message, Voice::Own);
    let subject = (!case::is_reply(message)).then(|| Line {
        text: Text::new(&case::subject(message)),
        document: "主题",
        place: String::new(),
    });
    lines.splice(0..0, subject);
    lent_name(people, &lines);
    category(people, &lines, categories);
    if case.handed {
        category(people, &self::lines(message, Voice::Forwarded), categories);
    }
    // Who hands a mail on works elsewhere.
    if !case.handed || offices::own_firm(&case.own_lines) {
        employer(people, message, &lines, words);
    }
    numbers(people, &lines, words)
}

/// Whether there is anything that the lines could supply.
fn lacks(people: &People) -> bool {
    let nobody = |item| !people.list.iter().any(|person| person.has(item));
    let alone = people.list.len() == 1;
    nobody(Item::Category)
        || nobody(Item::Organization)
        || alone && (nobody(Item::Phone) || nobody(Item::IdNumber))
}

/// The body's lines of one voice.
fn lines(message: &Message, voice: Voice) -> Vec<Line> {
    let body = message.documents.first().into_iter().flat_map(|body| &body.blocks);
    let own = body.filter_map(|block| match block {
        Block::Line(line) if line.voice == voice => Some(Line {
            text: Text::new(&line.text),
            document: "正文",
            place: format!("第{}行", line.number),
        }),
        _ => None,
    });
    own.collect()
}

/// `货车挂靠在某某公司，单位空着`: who only runs under a firm's name, and says so, has no employer.
fn lent_name(people: &mut People, lines: &[Line]) {
    let [person] = people.list.as_mut_slice() else { return };
    if !lines.iter().any(|line| NO_EMPLOYER.found_in(&line.text.folded)) {
        return;
    }
    let lent = |value: &str| {
        let value = Text::fold(value);
        lines.iter().any(|line| {
            line.text.folded.find(&value).is_some_and(|at| {
                let before = until(&line.text.folded, at).trim_end_matches(['在', '到', '于']);
                before.ends_with("挂靠") || before.ends_with('挂')
            })
        })
    };
    person.facts.retain(|fact| {
        fact.item != Item::Organization || fact.force == Force::Label || !lent(&fact.value)
    });
}

/// The only category in the writer's words, where nobody has one: it is everybody's.
fn category(people: &mut People, lines: &[Line], categories: &Categories) {
    if people.list.iter().any(|person| person.has(Item::Category)) {
        return;
    }
    let mut found: BTreeMap<&str, &Line> = BTreeMap::new();
    for line in lines {
        let folded = &line.text.folded;
        for mention in categories.mentions(folded) {
            if asked(folded, mention.start) || categories::denied(until(folded, mention.start)) {
                return;
            }
            found.insert(mention.id, line);
        }
    }
    let mut found = found.into_iter();
    let (Some((id, line)), None) = (found.next(), found.next()) else { return };
    let fact = fact(Item::Category, id.to_owned(), line);
    for person in &mut people.list {
        person.facts.push(fact.clone());
    }
}

/// `监督员要干什么？`: the sentence asks; `群众代表的名额满了没有？如果还有请给我登记` wants one of its places.
fn asked(folded: &str, at: usize) -> bool {
    let rest = from(folded, at);
    let end =
        rest.find(['。', '！', '？', '?', '；']).map_or(rest.len(), |end| end + '？'.len_utf8());
    let sentence = rest.get(..end).unwrap_or(rest);
    let places =
        ["名额", "满了", "空位", "还能报", "还有位"].iter().any(|word| sentence.contains(word));
    sentence.contains(['?', '？', '吗']) && !places
}

/// A post that begins with an employer's name: `西吉县惠农农机服务队队长`.
fn employers_in_posts(people: &mut People) {
    for person in people.list.iter_mut().filter(|person| !person.has(Item::Organization)) {
        let whole = |fact: &&mut Fact| fact.item == Item::Position && !fact.wrong;
        let Some(post) = person.facts.iter_mut().find(whole) else { continue };
        let folded = Text::fold(&post.value);
        let split = places::split(&folded).and_then(|(end, start)| Some((end, start?)));
        let split = split.filter(|(end, _)| places::is_organization(until(&folded, *end)));
        let Some((end, start)) = split.or_else(|| placed(&folded)) else { continue };
        if folded.len() != post.value.len() {
            continue;
        }
        let mut employer = post.clone();
        employer.item = Item::Organization;
        employer.value.truncate(end);
        post.value.drain(..start);
        person.facts.push(employer);
    }
}

/// `西吉县永清湖景区讲解员`: a firm that only its place tells, before a post in one word.
fn placed(post: &str) -> Option<(usize, usize)> {
    let told = ["西吉", "宁夏", "固原"].iter().any(|place| post.starts_with(place));
    let starts = post.char_indices().rev().map(|(at, _)| at).take(4).skip(1);
    let start = starts.filter(|at| posts::is_post(from(post, *at))).max()?;
    let firm = until(post, start);
    (told && firm.chars().count() >= 5 && !places::says(firm)).then_some((start, start))
}

/// Who has a post has an employer: that of the others, where they all have the same.
fn colleagues(people: &mut People) {
    let facts = people.list.iter().flat_map(|person| &person.facts);
    let mut employers = facts.filter(|fact| fact.item == Item::Organization && !fact.wrong);
    let Some(first) = employers.next().cloned() else { return };
    // A village puts others down than its own.
    if employers.any(|other| other.value != first.value) || offices::governs(&first.value) {
        return;
    }
    // Rows that each tell their own: 马天宝 139… 出租车司机.
    let row = |person: &Person, item: Item| {
        person.facts.iter().find(|fact| fact.item == item && fact.line > 0).map(|fact| fact.line)
    };
    let own_row = first.line > 0
        && people.list.iter().any(|person| {
            person.has(Item::Organization) && row(person, Item::Name) == Some(first.line)
        });
    let without: Vec<bool> =
        people.list.iter().map(|person| unemployed::says_so(person, &people.list)).collect();
    for (person, without) in people.list.iter_mut().zip(without) {
        let other = own_row
            && row(person, Item::Name).is_some_and(|line| line < first.line)
            && row(person, Item::Name) == row(person, Item::Position);
        if !person.has(Item::Organization) && person.has(Item::Position) && !other && !without {
            person.facts.push(first.clone());
        }
    }
}

/// The only employer's name in the writer's words, where nobody has an employer.
fn employer(people: &mut People, message: &Message, lines: &[Line], words: &Vocabulary) {
    let employed = |person: &Person| person.has(Item::Organization);
    if people.list.iter().any(employed)
        || lines.iter().any(|line| NO_EMPLOYER.found_in(&line.text.folded))
        || unemployed::in_form(message)
    {
        return;
    }
    let mut found: BTreeMap<String, (String, &Line)> = BTreeMap::new();
    for line in lines {
        for segment in line.text.folded.split(is_mark) {
            let Some(name) = named(segment).filter(|_| !shops::only_planned(segment)) else {
                continue;
            };
            let bureau = words
                .bureau_names
                .iter()
                .any(|bureau| name.ends_with(bureau.as_str()) || bureau.contains(name));
            let lived = people.list.iter().flat_map(|person| &person.facts).any(|fact| {
                matches!(fact.item, Item::Address | Item::MailAddress)
                    && Text::fold(&fact.value).contains(name)
            });
            // A public body is where people go; beside a person's name it is where they work.
            let named = people.list.iter().any(|person| stands_in(person, line));
            let visited = VISITED.end(name).is_some() && !named;
            if bureau || lived || visited || others_work(people, &line.text, name) {
                continue;
            }
            let at = line.text.folded.find(name).unwrap_or(0);
            let shown = cut(&line.text.shown, at..at + name.len());
            found.entry(name.to_owned()).or_insert_with(|| (places::tidy(shown), line));
        }
    }
    // 王记面馆 beside 西吉县王记面馆 is the same.
    let names: Vec<String> = found.keys().cloned().collect();
    found.retain(|name, _| {
        !names.iter().any(|other| other.len() > name.len() && other.contains(name.as_str()))
    });
    let mut found = found.into_values();
    let (Some((name, line)), None) = (found.next(), found.next()) else { return };
    let fact = fact(Item::Organization, name, line);
    let beside: Vec<usize> = (0..)
        .zip(&people.list)
        .filter(|(_, person)| stands_in(person, line))
        .map(|(place, _)| place)
        .collect();
    for (place, person) in people.list.iter_mut().enumerate() {
        if beside.is_empty() || beside.contains(&place) {
            person.facts.push(fact.clone());
        }
    }
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || "，。；、,;:：！？!?()（）/|｜—“”\"「」《》…~～-+【】[]@#*".contains(c)
}

/// An employer's name at the end of a segment, or before a post or a verb in it.
fn named(segment: &str) -> Option<&str> {
    let end = places::organization_end(segment)?;
    let rest = from(segment, end);
    if A_PLACE.start(rest).is_some() {
        return None;
    }
    let whole = until(segment, end);
    // 在 may stand inside a name; the longest rest that reads as one counts.
    let leads = LEADS_TO.spans(whole).map(|(_, stop)| stop);
    // 我公司西吉县某某有限公司: the first words are no part of the name.
    let own = offices::own_unit(whole);
    let leads = leads.filter(|stop| own.is_none_or(|end| *stop >= end)).chain(own);
    let mut starts: Vec<usize> = leads.filter(|stop| whole.len() - stop >= 9).chain([0]).collect();
    starts.sort_unstable();
    let start = starts.into_iter().find(|start| {
        !from(whole, *start).starts_with('们')
            && places::is_organization(from(whole, *start))
            && LEADS_TO.start(from(whole, *start)).is_none()
    })?;
    let name = from(whole, start);
    let before = until(whole, start);
    let lived_in = name.starts_with(['住', '家'])
        || ["花园", "家园", "小区", "公寓", "嘉园"].iter().any(|end| name.ends_with(end));
    if NOT_THEIRS.found_in(before) || places::is_bare_address(name) || lived_in {
        return None;
    }
    if name.contains(|c: char| "在开她他我们的了是你这那".contains(c)) {
        return None;
    }
    let name = bounds::employer(name);
    if name.starts_with(['原', '前']) || former::is_past(segment) {
        return None;
    }
    let bare = start == 0 && (rest.is_empty() || posts::is_post(rest.trim_start_matches('的')));
    let own_name = places::has_ending(name) && VISITED.end(name).is_none();
    (bare || own_name).then_some(name)
}

fn stands_in(person: &Person, line: &Line) -> bool {
    person.name().is_some_and(|name| line.text.folded.contains(&Text::fold(name)))
}

/// Telephone and identity numbers that nobody has, where the only person lacks one.
fn numbers(people: &mut People, lines: &[Line], words: &Vocabulary) -> Vec<Doubt> {
    let People { list, others, shared, .. } = people;
    let [person] = list.as_mut_slice() else { return Vec::new() };
    let mut doubts = Vec::new();
    for item in [Item::Phone, Item::IdNumber] {
        if person.has(item) {
            continue;
        }
        let mut open: BTreeMap<String, &Line> = BTreeMap::new();
        for line in lines {
            for found in digits::find(&line.text.shown) {
                let ((Item::Phone, Number::Mobile(value) | Number::Landline(value))
                | (Item::IdNumber, Number::Id(value))) = (item, found.number)
                else {
                    continue;
                };
                let plain: String = value.chars().filter(char::is_ascii_digit).collect();
                let known = shared
                    .iter()
                    .chain(&person.facts)
                    .any(|fact| fact.value.contains(&value) && (fact.old || fact.wrong))
                    || others.iter().any(|fact| fact.role == Role::SignOff && fact.value == value);
                if THROUGH.found_in(&line.text.folded) && !stands_alone(person, line) {
                    continue;
                }
                if !known && !words.bureau_phones.contains(&plain) {
                    open.insert(value, line);
                }
            }
        }
        let named = person.name().map(Text::fold);
        let somebody_else =
            others.iter().any(|fact| named.as_deref() != Some(Text::fold(&fact.value).as_str()));
        let mut left = open.into_iter();
        match (left.next(), left.next()) {
            (None, _) => {}
            (Some((value, line)), None) if !somebody_else || stands_in(person, line) => {
                person.facts.push(fact(item, value, line));
            }
            (Some((value, _)), _) => doubts.push(Doubt {
                reason: format!("信里的号码{value}没有读懂是不是报名人的"),
                advice: None,
                concerns: None,
            }),
        }
    }
    doubts
}

/// The line is a row of the person's own data: `联系人：单志远 13995467005`.
fn stands_alone(person: &Person, line: &Line) -> bool {
    stands_in(person, line)
        && line.text.folded.chars().count() <= 40
        && !line.text.folded.contains(['，', ',', '。'])
}

fn fact(item: Item, value: String, line: &Line) -> Fact {
    let quote = quote(&line.text.shown);
    let evidence =
        Evidence { document: line.document.to_owned(), place: line.place.clone(), quote };
    Fact::apart(item, value, Force::Guess, evidence)
}
