//! Understands sentences: clause by clause, what is said of whom.

pub(super) mod alone;
mod among;
pub(super) mod behind_name;
mod beside;
mod between_marks;
mod by_label;
mod clauses;
mod counted;
mod earlier;
pub(super) mod former;
pub(super) mod employer;
mod employment;
mod holding;
mod mention;
pub(super) mod owners;
mod parts;
pub(super) mod people_words;
mod post;
mod recommending;
pub(super) mod refer;
mod residence;
pub(super) mod shops;
mod spelling;
mod stories;
mod through;
mod workplace;

use std::ops::Range;

use crate::reading::fact::{Force, Role};
use crate::reading::language::text::{Text, cut, from, until, without_start};
use crate::reading::language::words::words;
use crate::reading::values::ethnic::ethnicity;
use crate::reading::values::offices;
use crate::reading::vocabulary::Item;
use clauses::{Clause, clauses};
use refer::Known;

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
#[expect(clippy::struct_excessive_bools, reason = "each is an independent observation")]
pub(super) struct Around {
    /// It is the subject, or a heading that speaks of the registration.
    pub heading: bool,
    /// It stands alone on one of the last lines.
    pub closing: bool,
    /// It ends one of the last lines.
    pub last: bool,
    /// What follows says that it is a name.
    pub named: bool,
    /// What stands around says that one of several is singled out.
    pub singled: bool,
}

/// Reads a piece of running text.
#[must_use]
pub(super) fn read(text: &Text, around: Around) -> Vec<Said> {
    read_after(text, around, &[])
}

/// The same, where others were named before.
#[must_use]
pub(super) fn read_after(text: &Text, around: Around, known: &[Known]) -> Vec<Said> {
    let clauses = clauses(&text.folded);
    let mut said = owners::numbers(text, &clauses);
    for (order, clause) in clauses.iter().enumerate() {
        traits(text, clause, order, &mut said);
        residence::read(text, clause, order, &mut said);
    }
    let mut names = mention::find(text, &clauses, &said, around);
    refer::find(text, &clauses, known, &mut names);
    owners::go_on(text, &names, &mut said);
    through::office(text, &names, known, &mut said);
    let corrected = by_label::corrected(text, &clauses, &mut names);
    for (order, clause) in clauses.iter().enumerate() {
        let heading = around.heading;
        let here =
            employment::Here { text, clause, clauses: &clauses, order, heading, names: &names };
        if !by_label::put(here, &corrected, &mut said) {
            employment::read(here, &mut said);
        }
    }
    if let Some(range) =
        between_marks::quoted(&text.folded).or_else(|| between_marks::in_brackets(&text.folded))
    {
        employment::quoted(text, &clauses, range, &mut said);
    }
    licensed(text, &mut said);
    // 我们公司资料室的虎燕燕
    said.retain(|one| one.item != Item::Organization || !offices::is_part_of_firm(&one.value));
    // 店名叫红姐改衣店: the name is the shop's.
    names.retain(|name| {
        !said.iter().any(|one| {
            one.item == Item::Organization
                && one.range.start <= name.range.start
                && name.range.end < one.range.end
        })
    });
    told_aside(text, &names, &mut said);
    said.extend(names);
    said.extend(spelling::broken(text, &clauses));
    // 马桂英，拼音Ma Guiying: one person.
    if known.is_empty() && !said.iter().any(|one| one.item == Item::Name) {
        said.extend(spelling::in_letters(text, &clauses));
    }
    said.sort_by_key(|said| (said.range.start, said.item == Item::Name));
    called(text, &clauses, &mut said);
    said
}

/// `我的报名表昨天已经交了（马志强，139…，某某小学教师）`: what stands in the bracket is told of whoever is only named
/// there; `我（马志强，…）已经报过名了`: of the writer.
fn told_aside(text: &Text, names: &[Said], said: &mut [Said]) {
    for name in names.iter().filter(|name| matches!(name.role, Role::Related | Role::Writer)) {
        let before = until(&text.folded, name.range.start);
        let Some(ahead) = before.strip_suffix(['（', '(']) else { continue };
        let end = from(&text.folded, name.range.end).find(['）', ')']);
        let end = end.map_or(name.range.end, |at| name.range.end + at);
        if name.role == Role::Writer && !ahead.ends_with(['我', '人']) {
            continue;
        }
        let inside = |one: &&mut Said| {
            name.range.end <= one.range.start
                && one.range.end <= end
                && !matches!(one.role, Role::Contact | Role::SignOff)
        };
        let behind = from(&text.folded, end).split(['，', ',', '。']).next().unwrap_or("");
        let before = ["报过", "报了名", "已报", "已经报", "登记过"];
        let role =
            if before.iter().any(|word| behind.contains(word)) { Role::Related } else { name.role };
        for one in said.iter_mut().filter(inside) {
            one.role = role;
        }
    }
}

/// `西吉县吉强镇小樊五金建材经营店（个体工商户）`: the form of a firm is part of its name, as the licence has it.
fn licensed(text: &Text, said: &mut [Said]) {
    let forms = ["个体工商户", "有限合伙", "普通合伙", "特殊普通合伙", "个人独资"];
    for one in said.iter_mut().filter(|one| one.item == Item::Organization && !one.wrong) {
        let Some(rest) = from(&text.folded, one.range.end).strip_prefix(['（', '(']) else {
            continue;
        };
        let form = forms.iter().find(|form| {
            rest.strip_prefix(**form).is_some_and(|rest| rest.starts_with(['）', ')']))
        });
        if let Some(form) = form {
            one.value = format!("{}（{form}）", one.value);
            one.range.end += '（'.len_utf8() * 2 + form.len();
        }
    }
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

words! {
    /// By these something is said of several.
    OF_SEVERAL = "该同志 该人 其 他 她 我们 咱们 我俩 他们 两人 二人 三人 四人 几人 大家 一家 全家 一家人 两口子 弟兄 都 均 全 是 为 系 也";
}

/// `我们一家都是回族`: without the words that say of whom.
fn collective(clause: &str) -> &str {
    let mut rest = clause;
    while let Some(word) = OF_SEVERAL.start(rest) {
        rest = from(rest, word.len());
    }
    if rest.is_empty() { clause } else { rest }
}

/// `马秀兰女回族1380…`: the group directly behind a sex.
fn run_on(bare: &str) -> Option<(&'static str, String)> {
    // Hardly any clause speaks of a group.
    if !bare.contains('族') {
        return None;
    }
    ["男", "女"].into_iter().find_map(|sex| {
        let rest = from(bare, bare.find(sex)? + sex.len());
        let group: String = rest.chars().take_while(|c| *c != '族').take(6).collect();
        let whole = from(rest, group.len()).starts_with('族');
        ethnicity(&group).filter(|_| whole).map(|group| (sex, group))
    })
}

/// `回族人`, `回民`: who belongs to a group.
fn members(clause: &str) -> Option<String> {
    ["族人", "民"].iter().find_map(|end| clause.strip_suffix(end)).and_then(ethnicity)
}

/// `1983年3月19日出生`, `生于1983年3月`: a date of birth, and nothing else in the clause.
fn born(clause: &str) -> Option<&str> {
    let leads = ["本人", "我是", "我", "是", "于", "生于", "出生于", "出生", "生日"];
    let told = leads.iter().find_map(|lead| clause.strip_prefix(lead)).unwrap_or(clause);
    let ends = ["出生的", "出生", "生人", "生的", "生"];
    let date = ends.iter().find_map(|end| told.strip_suffix(end)).unwrap_or(told);
    let year = date.starts_with("19") || date.starts_with("20");
    let whole = date.chars().all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日'));
    let says = clause.contains('生') && date.find('年') == Some("1983".len());
    (year && whole && says).then_some(date)
}

/// Sex and ethnic group, each a clause of its own or both in one.
fn traits(text: &Text, clause: &Clause, order: usize, said: &mut Vec<Said>) {
    let folded = cut(&text.folded, clause.range.clone());
    let bare = without_start(folded, "我是").trim_start_matches('是');
    let bare = collective(bare);
    // 汉族男的
    let bare = bare.strip_suffix('的').filter(|bare| bare.ends_with(['男', '女'])).unwrap_or(bare);
    // 回族男生
    let bare = bare.strip_suffix('生').filter(|bare| bare.ends_with(['男', '女'])).unwrap_or(bare);
    let mut push = |item, value: String| {
        said.push(Said {
            joined: false,
            item,
            value,
            wrong: false,
            force: Force::Prose,
            role: Role::Listed,
            // 我是男，她是女: behind the word that says of whom.
            range: if folded.starts_with(['我', '他', '她', '前', '后']) {
                clause.range.end - '男'.len_utf8()..clause.range.end
            } else {
                clause.range.clone()
            },
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
    } else if let Some(group) = members(bare) {
        push(Item::Ethnicity, group);
    } else if let Some(group) = ["系", "是", "为"]
        .iter()
        .filter(|_| bare.ends_with('族'))
        .filter_map(|verb| bare.rsplit_once(verb))
        .find_map(|(_, told)| told.ends_with('族').then(|| ethnicity(told)).flatten())
    {
        push(Item::Ethnicity, group);
    } else if matches!(bare, "回" | "汉")
        // 回　执
        && !from(&text.folded, clause.range.end).trim_start().starts_with('执')
    {
        push(Item::Ethnicity, format!("{bare}族"));
    } else if let Some(date) = born(folded) {
        push(Item::Birth, date.to_owned());
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
        if let Some((sex, group)) = run_on(bare) {
            push(Item::Gender, sex.to_owned());
            push(Item::Ethnicity, group);
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
        expect(
            "李梅梅是西吉县方舟物业的客服管家",
            &[(Name, "李梅梅"), (Organization, "西吉县方舟物业"), (Position, "客服管家")],
        );
        expect("分管领导为副总经理石岩", &[(Name, "石岩")]);
        expect("我上周替单位里的苏婉婷、周建业报的名", &[(Name, "苏婉婷"), (Name, "周建业")]);
    }
}
