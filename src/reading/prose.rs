//! Understands sentences: clause by clause, what is said of whom.

use std::ops::Range;

use super::alone;
use super::digits::{self, Number};
use super::employer;
use super::employment;
use super::ethnic::ethnicity;
use super::fact::{Force, Role};
use super::kin;
use super::mention;
use super::names;
use super::people_words;
use super::residence;
use super::text::{Text, cut, from, until, without_start};
use super::vocabulary::Item;

/// Something said in a piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// What it is.
    pub item: Item,
    /// The value, or why it cannot be right.
    pub value: String,
    /// It cannot be right.
    pub wrong: bool,
    /// How plainly.
    pub force: Force,
    /// For names.
    pub role: Role,
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// Which clause of the text, from 0.
    pub clause: usize,
    /// A name joined to the one before (张三、李四).
    pub joined: bool,
}

/// What surrounds a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// It is the subject, or a heading that speaks of the registration.
    pub heading: bool,
    /// It stands alone on one of the last lines.
    pub closing: bool,
    /// It ends one of the last lines.
    pub last: bool,
}

/// A clause: its range, and whether its sentence asks or tells of the past.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub(super) range: Range<usize>,
    pub(super) former: bool,
}

/// Reads a piece of running text.
#[must_use]
pub(super) fn read(text: &Text, around: Around) -> Vec<Said> {
    let clauses = clauses(&text.folded);
    let mut said = numbers(text, &clauses);
    for (order, clause) in clauses.iter().enumerate() {
        traits(text, clause, order, &mut said);
        residence::read(text, clause, order, &mut said);
    }
    let names = mention::find(text, &clauses, &said, around);
    go_on(text, &names, &mut said);
    for (order, clause) in clauses.iter().enumerate() {
        let heading = around.heading;
        let here =
            employment::Here { text, clause, clauses: &clauses, order, heading, names: &names };
        employment::read(here, &mut said);
    }
    if let Some(range) = employer::quoted(&text.folded) {
        employment::quoted(text, &clauses, range, &mut said);
    }
    said.extend(names);
    said.sort_by_key(|said| (said.range.start, said.item == Item::Name));
    called(text, &clauses, &mut said);
    said
}

/// `我在县医院当护士，叫拜晓娟`: what the sentence tells before it calls the name is that person's.
fn called(text: &Text, clauses: &[Clause], said: &mut [Said]) {
    for at in 0..said.len() {
        let Some(name) = said.get(at).filter(|name| name.item == Item::Name) else { continue };
        let start = clauses.get(name.clause).map_or(0, |clause| clause.range.start);
        let cue = cut(&text.folded, start..name.range.start);
        if !matches!(cue, "叫" | "名叫" | "名字叫" | "我叫" | "姓名" | "名字是") {
            continue;
        }
        let (clause, begin) = (name.clause, name.range.start);
        for earlier in said.iter_mut().take(at).rev() {
            let between = cut(&text.folded, earlier.range.end..begin);
            if earlier.item == Item::Name || between.contains(['。', '；', ';', '！', '\n']) {
                break;
            }
            if matches!(earlier.item, Item::Organization | Item::Position)
                && earlier.clause + 2 >= clause
            {
                earlier.clause = clause;
            }
        }
    }
}

fn clauses(folded: &str) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut start = 0;
    let mut push = |range: Range<usize>| {
        let part = cut(folded, range.clone());
        let lead = part.len() - part.trim_start().len();
        let trimmed = part.trim();
        if !trimmed.is_empty() {
            let begin = range.start + lead;
            let former = people_words::is_past(trimmed);
            clauses.push(Clause { range: begin..begin + trimmed.len(), former });
        }
    };
    let divides = |c: char| {
        matches!(
            c,
            '，' | ','
                | '、'
                | '；'
                | ';'
                | '。'
                | '！'
                | '!'
                | '？'
                | '?'
                | '（'
                | '）'
                | '('
                | ')'
                | '【'
                | '】'
                | '['
                | ']'
                | '|'
                | ':'
                | '：'
                | '“'
                | '”'
                | '"'
                | '\''
                | '《'
                | '》'
                | '<'
                | '>'
                | '「'
                | '」'
                | '-'
                | '—'
                | '–'
                | '_'
                | '/'
                | '+'
        ) || c.is_whitespace()
    };
    let mut skip = 0;
    for (at, c) in folded.char_indices().filter(|(_, c)| divides(*c)) {
        // 宁夏秋实（西吉）律师事务所: a bracket inside an employer's name.
        if at < skip {
            continue;
        }
        if let Some(end) = matches!(c, '（' | '(').then(|| bracketed(folded, at)).flatten() {
            skip = end;
            continue;
        }
        let next = from(folded, at + c.len_utf8());
        let inside = until(folded, at).ends_with(|c: char| c.is_ascii_digit())
            && next.starts_with(|c: char| c.is_ascii_digit());
        if !(inside && matches!(c, '-' | '—' | '–' | '_' | '/' | '+')) {
            push(start..at);
            start = at + c.len_utf8();
        }
    }
    push(start..folded.len());
    join_single(folded, clauses)
}

/// Where a bracket ends that holds a place in the middle of an employer's name.
fn bracketed(folded: &str, at: usize) -> Option<usize> {
    let close = at + from(folded, at).find(['）', ')'])?;
    let inner = cut(folded, at..close).trim_start_matches(['（', '(']);
    let end = close + from(folded, close).chars().next().map_or(1, char::len_utf8);
    let rest = from(folded, end);
    let rest = until(rest, rest.find(|c: char| !super::text::is_han(c)).unwrap_or(rest.len()));
    let named = (2..=4).contains(&inner.chars().count())
        && inner.chars().all(super::text::is_han)
        && until(folded, at).ends_with(super::text::is_han)
        && super::places::organization_end(rest)
            .is_some_and(|end| end >= 9 && until(rest, end).chars().count() <= 14)
        && !until(folded, at).ends_with(['的', '我', '是', '名']);
    named.then_some(end)
}

/// `张 三` was cut at the blank: two single characters that make a name are one clause.
fn join_single(folded: &str, clauses: Vec<Clause>) -> Vec<Clause> {
    let mut joined: Vec<Clause> = Vec::new();
    for clause in clauses {
        if let Some(last) = joined.last_mut() {
            let gap = cut(folded, last.range.end..clause.range.start);
            let both =
                || [cut(folded, last.range.clone()), cut(folded, clause.range.clone())].concat();
            let single = |range: &Range<usize>| cut(folded, range.clone()).chars().count() == 1;
            let blanks = !gap.is_empty() && gap.chars().all(char::is_whitespace);
            if blanks && single(&last.range) && single(&clause.range) && names::plausible(&both()) {
                last.range.end = clause.range.end;
                continue;
            }
        }
        joined.push(clause);
    }
    joined
}

/// Numbers cross blanks and hyphens, so they are sought in the whole text at once.
fn numbers(text: &Text, clauses: &[Clause]) -> Vec<Said> {
    let mut said = Vec::new();
    for found in digits::find(&text.shown) {
        let before: String =
            until(&text.folded, found.range.start).chars().rev().take(10).collect();
        let before: String = before.chars().rev().collect();
        let last = before
            .rsplit(['，', ',', '。', '；', ';', ' ', '、'])
            .find(|part| !part.trim().is_empty())
            .unwrap_or("");
        let after =
            from(&text.folded, found.range.end).trim_start_matches(['的', '已', '经', '号']);
        // 不是门头上那个186…，那是店长的; 139…好像是她电话.
        let theirs = people_words::THEIRS.start(after.trim_start_matches(['，', ',', ' ']));
        let denied = people_words::NO_PHONES.found_in(last)
            || last.trim_start().starts_with("不是")
                && !last.contains(['?', '？', '没'])
                && last.chars().nth(16).is_none();
        if denied || theirs.is_some() || people_words::OUT_OF_USE.start(after).is_some() {
            continue;
        }
        let (item, value, wrong) = match found.number {
            Number::Mobile(number) | Number::Landline(number) => (Item::Phone, number, false),
            Number::Id(number) => (Item::IdNumber, number, false),
            Number::WrongId(_, fault) => (Item::IdNumber, fault.describe(), true),
            Number::WrongMobile(number) => {
                let named =
                    ["电话", "手机", "号码", "联系"].iter().any(|word| before.contains(word));
                if !named {
                    continue;
                }
                (Item::Phone, format!("电话“{number}”有{}位，不是有效号码", number.len()), true)
            }
            Number::Masked => continue,
        };
        let other = people_words::OTHERS_PHONES.found_in(&before)
            || alone::by_nickname(last, &before)
            || through_another(&text.folded, found.range.start);
        let bare = last.trim_end_matches([':', '：', '是', '号', ' ']);
        let role = if other {
            Role::Contact
        } else if unnamed_writer(&text.folded, found.range.start) {
            Role::Unnamed
        } else if people_words::HIS.end(bare).is_some() {
            Role::Third
        } else if people_words::MY_PHONE.end(bare).is_some()
            || people_words::FIND_ME.start(after.trim_start_matches(['，', ',', ' '])).is_some()
        {
            Role::Writer
        } else {
            Role::Listed
        };
        let end = found.range.end;
        said.push(Said {
            joined: false,
            item,
            value,
            wrong,
            force: Force::Prose,
            role,
            range: found.range,
            clause: clauses.iter().position(|clause| clause.range.end >= end).unwrap_or(0),
        });
    }
    said
}

/// `他的电话139…，身份证642…`: the second number is of whom the first is.
fn go_on(text: &Text, names: &[Said], said: &mut [Said]) {
    let numbers: Vec<usize> = (0..said.len())
        .filter(|at| {
            said.get(*at).is_some_and(|one| matches!(one.item, Item::Phone | Item::IdNumber))
        })
        .collect();
    for pair in numbers.windows(2) {
        let [first, second] = pair else { continue };
        let (Some(a), Some(b)) = (said.get(*first), said.get(*second)) else { continue };
        let between = cut(&text.folded, a.range.end..b.range.start);
        let goes_on = matches!(a.role, Role::Third | Role::Writer)
            && b.role == Role::Listed
            && b.item != a.item
            && !between.contains(['。', '；', ';', '！', '\n', '的', '他', '她', '我'])
            && !names
                .iter()
                .any(|name| a.range.end <= name.range.start && name.range.end <= b.range.start);
        let role = a.role;
        if let Some(second) = said.get_mut(*second).filter(|_| goes_on) {
            second.role = role;
        }
    }
}

/// `我是社里会计小丁，182…`, `我是某某服务部的马会计，受托代他报名`: the number of a writer who gives no name.
fn unnamed_writer(folded: &str, at: usize) -> bool {
    let sentence = until(folded, at).rsplit(['。', '；', ';', '！', '？']).next().unwrap_or("");
    let Some(start) = sentence.rfind("我是").or_else(|| sentence.rfind("我系")) else {
        return false;
    };
    let told = from(sentence, start + "我是".len());
    let clause = told.split(['，', ',', '、', ' ', '（', '(', ':', '：']).next().unwrap_or("");
    alone::nickname(clause) && from(told, clause.len()).chars().count() <= 12
}

/// `听不见的话打我媳妇139…`, `打不通请联系我妻子马娟，139…`: a number by which another is reached.
fn through_another(folded: &str, at: usize) -> bool {
    let before = until(folded, at);
    let sentence = before.rsplit(['。', '；', ';', '！', '？', '（', '(']).next().unwrap_or("");
    let bare = sentence.trim_end_matches(['，', ',', '：', ':', ' ']);
    let bare = ["的电话是", "的手机是", "电话是", "的电话", "的手机", "电话", "手机"]
        .iter()
        .find_map(|word| bare.strip_suffix(word))
        .unwrap_or(bare);
    people_words::REACH.spans(bare).any(|(_, end)| {
        let whom = from(bare, end).trim_start_matches(['给', '我', '他', '她', '的']);
        // A relative, and at most their name.
        kin::first(whom).is_some_and(|word| from(whom, word.len()).chars().count() <= 4)
    })
}

/// Sex and ethnic group, each a clause of its own or both in one.
fn traits(text: &Text, clause: &Clause, order: usize, said: &mut Vec<Said>) {
    let folded = cut(&text.folded, clause.range.clone());
    let bare = without_start(folded, "我是").trim_start_matches('是');
    let mut push = |item, value: String| {
        said.push(Said {
            joined: false,
            item,
            value,
            wrong: false,
            force: Force::Prose,
            role: Role::Listed,
            range: clause.range.clone(),
            clause: order,
        });
    };
    let sex = |word: &str| match word {
        "男" | "男的" | "男性" | "性别男" | "男士" | "男同志" => Some("男"),
        "女" | "女的" | "女性" | "性别女" | "女士" | "女同志" => Some("女"),
        _ => None,
    };
    if let Some(sex) = sex(bare) {
        push(Item::Gender, sex.to_owned());
    } else if let Some(group) =
        bare.ends_with('族').then(|| ethnicity(without_start(bare, "民族"))).flatten()
    {
        push(Item::Ethnicity, group);
    } else if let Some(group) = bare.strip_suffix("族人").and_then(ethnicity) {
        push(Item::Ethnicity, group);
    } else if matches!(bare, "回" | "汉") {
        push(Item::Ethnicity, format!("{bare}族"));
    } else {
        for (first, value) in [("男", "男"), ("女", "女")] {
            let rest = bare.strip_prefix(first).or_else(|| bare.strip_suffix(first));
            if let Some(group) = rest
                .filter(|rest| rest.ends_with('族') || rest.chars().count() == 1)
                .and_then(ethnicity)
            {
                push(Item::Gender, value.to_owned());
                push(Item::Ethnicity, group);
                return;
            }
        }
        // `马秀兰女回族1380…`: the group directly behind a sex.
        for (sex, value) in [('男', "男"), ('女', "女")] {
            if let Some(at) = bare.find(sex) {
                let rest = from(bare, at + value.len());
                let group: String = rest.chars().take_while(|c| *c != '族').take(6).collect();
                if rest.get(group.len()..).is_some_and(|tail| tail.starts_with('族'))
                    && let Some(group) = ethnicity(&group)
                {
                    push(Item::Gender, value.to_owned());
                    push(Item::Ethnicity, group);
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(Item, String)> {
        let mut said: Vec<_> = read(&Text::new(text), Around::default())
            .into_iter()
            .map(|said| (said.item, said.value))
            .collect();
        said.sort();
        said
    }

    fn expect(text: &str, facts: &[(Item, &str)]) {
        let mut facts: Vec<_> =
            facts.iter().map(|(item, value)| (*item, (*value).to_owned())).collect();
        facts.sort();
        assert_eq!(said(text), facts, "{text}");
    }

    #[test]
    fn sentences_are_understood() {
        use Item::{Address, Ethnicity, Gender, IdNumber, Name, Organization, Phone, Position};
        expect(
            "米建平，男，回族，手机18295836715，西吉县恒远汽车租赁部的司机，家在吉强镇泉湾社区",
            &[
                (Name, "米建平"),
                (Gender, "男"),
                (Ethnicity, "回族"),
                (Phone, "18295836715"),
                (Organization, "西吉县恒远汽车租赁部"),
                (Position, "司机"),
                (Address, "吉强镇泉湾社区"),
            ],
        );
        expect(
            "我叫纳福海你知道，回族，男，今年四十九",
            &[(Name, "纳福海"), (Gender, "男"), (Ethnicity, "回族")],
        );
        expect(
            "推荐安全环保部部长罗成虎同志（男，身份证号码642223198104099950）",
            &[
                (Name, "罗成虎"),
                (Position, "安全环保部部长"),
                (Gender, "男"),
                (IdNumber, "642223198104099950"),
            ],
        );
        expect(
            "我是西吉县远航机动车驾驶培训学校的铁生贵，电话15296583172",
            &[
                (Name, "铁生贵"),
                (Organization, "西吉县远航机动车驾驶培训学校"),
                (Phone, "15296583172"),
            ],
        );
        expect(
            "以前在平凉一家幼儿园当老师，现在自己开了西吉县小禾课后托管中心，是负责人",
            &[(Organization, "西吉县小禾课后托管中心"), (Position, "负责人")],
        );
        expect(
            "我替我爱人冯国梁说一声，他的号码是13895838052",
            &[(Name, "冯国梁"), (Phone, "13895838052")],
        );
        expect(
            "在西吉县将台堡镇客运站当调度员",
            &[(Organization, "西吉县将台堡镇客运站"), (Position, "调度员")],
        );
        expect("2013年从县林业站退休，愿意给你们当义务监督员", &[]);
        expect(
            "西吉县第十一中学语文教师",
            &[(Organization, "西吉县第十一中学"), (Position, "语文教师")],
        );
        expect("我上周替单位里的苏婉婷、周建业报的名", &[(Name, "苏婉婷"), (Name, "周建业")]);
    }
}
