//! The line by which a mail is signed: a name with its number, the office before it, after others were named.

use super::Kind;
use super::case::Case;
use super::fact::{Fact, Force, Group, Role};
use super::kin;
use super::manner::own_firm;
use super::offices;
use super::people::People;
use super::supply::NO_EMPLOYER;
use super::text::{Text, is_han};
use super::vocabulary::Item;
use super::words::words;

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
    let known = facts.iter().all(|fact| {
        matches!(fact.item, Item::Name | Item::Phone | Item::Organization | Item::Position)
            && (fact.force < Force::Label || fact.item != Item::Name)
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
    let mut rest = text.folded.clone();
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

/// `镇综治办`, `人事行政部`: whatever office it is.
fn is_office(word: &str) -> bool {
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

words! {
    /// Whoever says so speaks of nobody else.
    MYSELF = "本人 我自己 我想 我要 我报名 我叫 我是 自愿";
    /// Somebody else is spoken for.
    OTHERS = "替 代 帮他 帮她 推荐 他 她 我们 我单位 我公司 我村 我社区 以下人员 名单";
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

/// Whether the card below can be that of whoever registers, and whether it plainly is: the mail speaks of the writer alone.
#[must_use]
pub(super) fn of_writer(kind: Kind, case: &Case) -> (bool, bool) {
    let registers = kind == Kind::Registration && !case.letter.ours;
    let kin = kin::spoken_of(&case.own);
    let own = registers && (case.wish.first_person || !kin);
    let bare = case.own.replace("代表", "").replace("其他", "");
    let plainly = own && !kin && MYSELF.found_in(&case.own) && !OTHERS.found_in(&bare);
    (own, plainly)
}

/// `我公司派…参加`, and the card below names the firm: it is the employer of those who were sent.
pub(super) fn own_employer(people: &mut People, card: &[Fact], own: &str) {
    let firms = card.iter().filter(|fact| fact.item == Item::Organization && !fact.wrong);
    // A department stands beside its firm.
    let employer = firms.max_by_key(|fact| fact.value.chars().count());
    let Some(employer) = employer.filter(|fact| !offices::governs(&fact.value)) else { return };
    let named = people.list.iter().any(|person| person.has(Item::Organization));
    if named || !own_firm(own) {
        return;
    }
    for person in &mut people.list {
        if !person.name().is_some_and(|name| outside(own, name)) {
            person.facts.push(employer.clone());
        }
    }
}

/// What is said of all is none of theirs whom an office puts down beside its own people.
pub(super) fn leave_outsiders(people: &mut People, own: &str) {
    for person in &mut people.list {
        if !person.name().is_some_and(|name| outside(own, name)) {
            continue;
        }
        let names = person.facts.iter().filter(|fact| fact.item == Item::Name);
        let lines: Vec<usize> = names.map(|fact| fact.line).collect();
        person.facts.retain(|fact| {
            fact.item != Item::Organization
                || fact.force == Force::Label
                || lines.contains(&fact.line)
        });
    }
}

/// `家长 刘学仓（…）…，在家务农`: whom an office puts down beside its own people.
fn outside(own: &str, name: &str) -> bool {
    let name = Text::fold(name);
    let mut lines = own.lines().filter(|line| line.contains(&name));
    let told = |line: &str| {
        let before = line.split(&name).next().unwrap_or("").trim_end();
        ["家长", "学生", "村民", "居民", "群众", "客户"].iter().any(|word| before.ends_with(word))
    };
    lines.any(|line| told(line) || NO_EMPLOYER.found_in(line))
}

/// `商会秘书处 小靳 139…`: who only asks, mends or gives back for others signs with an office that is not said of them.
pub(super) fn not_theirs(groups: &mut [Group], own_lines: &str) {
    let last = own_lines.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("");
    let last = last.rsplit(['。', '？', '！', '?']).next().unwrap_or(last);
    for facts in groups.iter_mut().map(Group::facts_mut) {
        let named = facts.iter().any(|fact| fact.item == Item::Name && last.contains(&fact.value));
        let titled = last
            .split(|c: char| !is_han(c))
            .any(|word| word.starts_with(['小', '老']) && word.chars().count() == 2);
        // 利民市场管理办 0954-3017730: an office and its number, and nothing more.
        let office = last
            .split(|c: char| c.is_whitespace() || c == '：')
            .filter(|word| word.contains(is_han))
            .all(|word| is_office(word) || word == "电话")
            && last.contains(is_han)
            && last.contains(|c: char| c.is_ascii_digit());
        if !named && (titled || office) {
            facts.retain(|fact| {
                !matches!(fact.item, Item::Organization | Item::Position | Item::Phone)
                    || fact.force == Force::Label
                    || !last.contains(&fact.value)
            });
        }
    }
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
            || goes_on(stream, *line);
        let office = |line: usize| {
            stream.iter().filter(|fact| fact.line == line).any(|fact| {
                fact.item == Item::Organization
                    || fact.item == Item::Phone && fact.value.contains('-')
            })
        };
        let office = office(*line) && !office(line.saturating_sub(1));
        if named_before || !(listed || stream.iter().any(others)) || row && !office {
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
