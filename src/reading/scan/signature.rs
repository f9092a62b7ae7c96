//! The line by which a mail is signed: a name with its number, the office before it, after others were named.

use crate::message::{Line, Voice};
use crate::reading::fact::{Fact, Force, Group, Role};
use crate::reading::language::kin;
use crate::reading::language::text::{Text, cut, from, is_han};
use crate::reading::language::words::words;
use crate::reading::values::names;
use crate::reading::values::offices;
use crate::reading::vocabulary::Item;

words! {
    /// What stands on such a line besides the values.
    BESIDE = "\
        办公室 综合办 综合部 行政部 人事部 人力资源部 工会 党政办 综合科 财务部 文书 干事 秘书 会计 联系人 联系电话 联系方式 电话 手机 座机 经办人 经办 \
        文员 主任 党委 党支部 部 科 室 同志 您的 此致 敬上 报送人 填报人 报送 填报 村";
}

/// So many characters without a meaning may stand on it.
const IDLE: usize = 1;

/// Whether a line is nothing but somebody's card: one name, a telephone number, an office and a post at most.
#[must_use]
pub(super) fn is_card(text: &Text, facts: &[Fact]) -> bool {
    let count = |item: Item| facts.iter().filter(|fact| fact.item == item).count();
    let line = facts.first().map_or_else(String::new, |fact| Text::fold(&fact.evidence.quote));
    let of_kin = without_kin(&line).len() < line.len();
    let known = facts.iter().all(|fact| {
        matches!(fact.item, Item::Name | Item::Phone | Item::Organization | Item::Position)
            && (fact.force < Force::Label || fact.item != Item::Name || of_kin)
    });
    let reached =
        [Item::Phone, Item::Organization, Item::Position].into_iter().any(|i| count(i) > 0);
    // 3. 麻秀芬 139… 厨师长: one of a list.
    let behind = text.folded.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered =
        behind.len() < text.folded.trim_start().len() && behind.starts_with(['.', '、', ')', '）']);
    if !known || numbered || count(Item::Name) != 1 || !reached || text.folded.len() > 180 {
        return false;
    }
    let mut rest = if of_kin { without_kin(&line).to_owned() } else { text.folded.clone() };
    for fact in facts {
        rest = rest.replacen(&Text::fold(&fact.value), " ", 1);
    }
    let offices = rest.split_whitespace().filter(|word| !is_office(word));
    let mut rest: String = offices.collect::<Vec<_>>().join(" ");
    for word in BESIDE.iter() {
        rest = rest.replace(word, " ");
    }
    rest.chars().filter(|c| is_han(*c)).count() <= IDLE
}

/// `儿子：田旭 186…`: without what whoever signs is to the one who was named.
fn without_kin(line: &str) -> &str {
    let signs = line.split_once(['：', ':', ' ']).filter(|(who, _)| kin::signs(who.trim()));
    signs.map_or(line, |(_, rest)| rest)
}

/// `镇综治办`, `人事行政部`: whatever office it is.
pub(crate) fn is_office(word: &str) -> bool {
    let ends =
        ["办", "部", "科", "室", "处", "股", "中心", "站", "所", "局", "会", "队", "委", "组"];
    (2..=10).contains(&word.chars().count()) && ends.iter().any(|end| word.ends_with(end))
}

/// `——住在楼上的韩静静`: who signs behind a dash.
pub(super) fn behind_dashes(text: &Text, facts: &mut [Fact]) {
    let dashed = text.folded.trim_start();
    let short = dashed.chars().nth(20).is_none() && !dashed.contains(|c: char| c.is_ascii_digit());
    if !(dashed.starts_with("——") || dashed.starts_with("--")) || !short {
        return;
    }
    for fact in facts {
        if fact.item == Item::Name {
            fact.role = Role::SignOff;
        } else {
            (fact.item, fact.role) = (Item::Ignored, Role::Contact);
        }
    }
}

/// A line behind which nobody signs any more: courtesy, a rule, what a firm's server adds.
#[must_use]
pub(super) fn ends(line: &str) -> bool {
    let text = line.trim();
    let thanks = text.chars().count() <= 16
        && ["谢", "祝", "此致", "敬礼"].iter().any(|word| text.starts_with(word));
    let added =
        ["本邮件", "本电子邮件", "免责声明", "保密声明", "仅供收件人", "this email", "This email"];
    thanks || !text.contains(char::is_alphanumeric) || added.iter().any(|word| text.contains(word))
}

/// Behind how many lines somebody may sign: all of a card below the mail is signing.
#[must_use]
pub(super) fn closing(lines: &[&Line], voices: &[Voice]) -> usize {
    if voices == [Voice::Signature] {
        return 0;
    }
    let thanked = lines.iter().rev().take_while(|line| ends(&line.text)).count();
    lines.len().saturating_sub(4 + thanked)
}

/// `何 俊 ｜ 物流部经理`: on a card a name of two characters is spread, and bars of any width divide.
fn closed_up(line: &str) -> String {
    let line = line.replace(['｜', '│', '丨'], " | ");
    let mut words = line.split_whitespace();
    let one = |word: &&str| word.chars().nth(1).is_none();
    let (first, second) = (words.next().filter(one), words.next().filter(one));
    let name = first.zip(second).map(|(first, second)| [first, second].concat());
    match name.filter(|name| names::plausible(&Text::fold(name))) {
        Some(name) => std::iter::once(name.as_str()).chain(words).collect::<Vec<_>>().join(" "),
        None => line,
    }
}

/// `M: 189…  T: 0954-…`: on a card a letter stands for the kind of telephone.
#[must_use]
pub(super) fn plain(line: &Line) -> Text {
    let text = match line.voice {
        Voice::Signature => Text::new(&closed_up(&line.text)),
        _ => Text::new(&line.text),
    };
    if !text.folded.contains([':', '：']) {
        return text;
    }
    let mut plain = String::new();
    let mut done = 0;
    let mut last = ' ';
    for (at, c) in text.shown.char_indices() {
        let kind = match c {
            _ if last.is_alphanumeric() => None,
            'M' | 'm' | 'P' | 'p' | 'C' | 'c' => Some("手机"),
            'T' | 't' | 'O' | 'o' => Some("电话"),
            _ => None,
        };
        last = c;
        let Some(kind) = kind else { continue };
        let rest = from(&text.shown, at + c.len_utf8());
        let number = rest.trim_start().strip_prefix([':', '：']).map(str::trim_start);
        if number.is_some_and(|number| {
            number.starts_with(|c: char| "+(（".contains(c) || c.is_ascii_digit())
        }) {
            plain.extend([cut(&text.shown, done..at), kind]);
            done = at + c.len_utf8();
        }
    }
    if done == 0 {
        return text;
    }
    plain.push_str(from(&text.shown, done));
    Text::new(&plain)
}

/// Whether a line tells as much of its person as the row above it tells of another.
fn goes_on(stream: &[Fact], line: usize) -> bool {
    let items = |line: usize| {
        stream.iter().filter(move |fact| fact.line == line && fact.item != Item::Organization)
    };
    let above: Vec<Item> = items(line.saturating_sub(1)).map(|fact| fact.item).collect();
    let row = above.contains(&Item::Name)
        && above.contains(&Item::Phone)
        && items(line.saturating_sub(1)).all(|fact| fact.role == Role::Listed);
    row && above.iter().all(|item| items(line).any(|fact| fact.item == *item))
}

/// `群众代表` on the line above, and nothing else, or as the heading of a part: whoever stands below it is put down.
fn headed(stream: &[Fact], line: usize) -> bool {
    let here = |fact: &Fact| fact.line == line && fact.item == Item::Category;
    if stream.iter().any(here) {
        return true;
    }
    let mut above = stream.iter().filter(|fact| fact.line + 1 == line).peekable();
    above.peek().is_some() && above.all(|fact| fact.item == Item::Category)
}

/// Gives the name on a card its part, where others were named before.
pub(super) fn mark(stream: &mut [Fact], before: &[Group], cards: &[usize]) {
    let listed = before.iter().flat_map(Group::facts).any(|fact| {
        fact.item == Item::Name && fact.force > Force::Guess && fact.role == Role::Listed
    });
    for (order, line) in cards.iter().enumerate() {
        let on = |fact: &&Fact| fact.line == *line;
        let Some(name) = stream.iter().filter(on).find(|fact| fact.item == Item::Name) else {
            continue;
        };
        let value = name.value.clone();
        let data_before = stream
            .iter()
            .any(|fact| fact.line < *line && matches!(fact.item, Item::IdNumber | Item::Phone));
        let others = |fact: &Fact| {
            fact.item == Item::Name
                && fact.value != value
                && fact.line < *line
                && matches!(fact.role, Role::Listed | Role::Writer | Role::Beneficiary)
                && (fact.force > Force::Guess || data_before)
        };
        let taken = |fact: &Fact| matches!(fact.role, Role::Listed | Role::Beneficiary);
        let named_before = stream.iter().any(|fact| {
            fact.item == Item::Name && fact.value == value && fact.line < *line && taken(fact)
        });
        // Rows of people look the same: the one who signs stands alone, or says for which office.
        let row = order > 0 && cards.get(order - 1).is_some_and(|last| last + 1 == *line)
            || goes_on(stream, *line)
            || headed(stream, *line);
        let office = |line: usize| {
            stream.iter().filter(|fact| fact.line == line).any(|fact| {
                fact.item == Item::Organization
                    || fact.item == Item::Phone && fact.value.contains('-')
            })
        };
        let office = office(*line) && !office(line.saturating_sub(1));
        // 我叫马强，139… and below it 儿子：马小军 138…: both are put down.
        let writer = |fact: &Fact| {
            fact.item == Item::Name && fact.role == Role::Writer && fact.value != value
        };
        let of_writer = {
            let line = Text::fold(&name.evidence.quote);
            without_kin(&line).len() < line.len() && stream.iter().any(writer)
        };
        if named_before || of_writer || !(listed || stream.iter().any(others)) || row && !office {
            continue;
        }
        for fact in stream.iter_mut().filter(|fact| fact.line == *line) {
            match fact.item {
                Item::Name => fact.role = Role::SignOff,
                Item::Organization => {
                    fact.role = Role::SignOff;
                    fact.value = offices::without_department(&fact.value).to_owned();
                }
                _ => {}
            }
        }
    }
}
