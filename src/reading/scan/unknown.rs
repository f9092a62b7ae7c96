//! What stands behind a label that nobody knows: a person, what the value itself tells, or a number of which a person must
//! say whose it is.

use crate::reading::Evidence;
use crate::reading::fact::{Fact, Force, Role};
use crate::reading::language::kin;
use crate::reading::language::text::{Text, cut, from, is_han, until};
use crate::reading::language::words::words;
use crate::reading::prose::alone;
use crate::reading::prose::{self, Around};
use crate::reading::scan::Scanner;
use crate::reading::values::behind_label;
use crate::reading::values::categories;
use crate::reading::values::digits::{self, Number};
use crate::reading::values::ethnic::ethnicity;
use crate::reading::values::names;
use crate::reading::values::places;
use crate::reading::values::posts;
use crate::reading::vocabulary::Item;
use std::rc::Rc;

/// How many lines below its heading a list may go on.
const LONGEST_LIST: usize = 30;

words! {
    /// Labels that only count: 第一位, 其一.
    ORDINALS = "第一 第二 第三 第四 第五 第六 其一 其二 其三 一是 二是 三是 甲 乙 丙 一号 二号 三号 另一";
}

/// The first mobile or identity number.
fn personal_number(shown: &str) -> Option<String> {
    digits::find(shown).into_iter().find_map(|found| match found.number {
        Number::Mobile(number) | Number::Id(number) => Some(number),
        _ => None,
    })
}

/// `赵姐：麻烦把我报上，群众代表。`, `注：两人单位均为…`: a greeting or a note, and sentences behind it.
fn speaks_freely(label: &str, value: &Text) -> bool {
    let note = matches!(label, "注" | "附注" | "又" | "又及" | "补充" | "ps" | "p.s.");
    let plain = value.shown.chars().filter(char::is_ascii_digit).nth(6).is_none();
    plain && (note || greets(label))
}

/// `赵姐`, `马主任`, `各位领导`: who is spoken to.
fn greets(label: &str) -> bool {
    let one = |rest: &str| {
        matches!(rest, "姐" | "哥" | "总" | "叔" | "姨" | "嫂" | "工" | "局" | "科")
            || names::TITLES.contains(&rest)
            || rest.chars().count() == 2 && posts::is_post(rest)
    };
    let named = names::surname(label) == 1
        && label.chars().next().is_some_and(|c| one(from(label, c.len_utf8())));
    named || ["领导", "老师们", "同志们"].iter().any(|end| label.ends_with(end))
}

impl Scanner<'_> {
    /// A label that nobody knows before a name and a number: in a list a post or an ordinal leads to
    /// a person; elsewhere a person must look whose number it is.
    pub(super) fn unknown_label(
        &mut self,
        label: &str,
        value: &Text,
        evidence: &Rc<Evidence>,
        around: Around,
    ) {
        let named = begins_with_name(&value.folded);
        if !named && speaks_freely(label, value) {
            self.free(value, evidence, around);
            return;
        }
        let number = personal_number(&value.shown);
        let mentions = self.categories.mentions(&value.folded);
        if let [only] = mentions.as_slice()
            && cut(&value.folded, only.start..only.end) == value.folded.trim()
        {
            self.free_in_block(value, evidence, around);
            return;
        }
        // 有事先打我：张蕊 152…: through whom the people are reached.
        if named
            && ["找我", "打我", "联系我", "问我", "给我", "打给我"]
                .iter()
                .any(|end| label.ends_with(end))
        {
            self.contact(value, evidence);
            return;
        }
        let listing = self.list_from.is_some_and(|line| self.line <= line + LONGEST_LIST);
        let post = posts::is_post(label);
        if listing && named && (post || ORDINALS.start(label).is_some()) {
            if post {
                self.leads(Item::Position, label, evidence);
            }
            self.free(value, evidence, around);
        } else if named && post && around.last && self.others_are_whole() {
            self.contact(value, evidence);
        } else if number.is_some()
            && (listing && firm_like(label) || places::is_organization(label))
        {
            // `某某酒业：销售主管 卜小燕 139…`: the employer of the person behind it.
            self.leads(Item::Organization, label, evidence);
            self.free(value, evidence, around);
        } else if named && self.told_in_line(label, value, evidence, around) {
        } else if let Some(number) = said_of_all(label, value) {
            let mut fact = self.fact(number, Rc::clone(evidence));
            fact.all = true;
            self.stream.push(fact);
        } else if !named && value.folded.trim_start().starts_with("在") && !somebody(label) {
            // 干什么的：在葫芦河市场卖菜: told as in a sentence.
            self.free_in_block(value, evidence, around);
        } else if !named && (tells_several(value) || !somebody(label) && tells_own_work(value)) {
            self.free_in_block(value, evidence, around);
        } else if let Some(number) = right_number(label, &value.shown) {
            let fact = self.fact(number, Rc::clone(evidence));
            self.stream.push(fact);
        } else if supplies(label)
            || number.is_some() && (leads_on(label) || says_own(label, &value.folded))
            || named && !somebody(label) && tells_several(value)
        {
            self.free(value, evidence, around);
        } else if let Some(said) = self.told_by_value(label, value) {
            let fact = self.fact(said, Rc::clone(evidence));
            self.stream.push(fact);
        } else if let Some(number) = number {
            self.unassigned(label, &number, named, evidence);
        }
    }

    /// Several were named before, each with numbers of their own: whoever follows under a post signs.
    fn others_are_whole(&self) -> bool {
        let count =
            |item: Item| self.stream.iter().filter(|fact| fact.item == item && !fact.wrong).count();
        count(Item::Name) > 0 && count(Item::IdNumber) >= count(Item::Name)
    }

    /// The label is what the person behind it is, or where they work.
    fn leads(&mut self, item: Item, label: &str, evidence: &Rc<Evidence>) {
        let said = behind_label::Said::Value(item, label.to_owned());
        let mut fact = self.fact(said, Rc::clone(evidence));
        fact.force = Force::Prose;
        fact.clause = self.clause + 1;
        fact.block = 0;
        self.stream.push(fact);
    }

    /// `我：丁秀梅，139…；儿子：马子轩`: people told by what they are to the writer.
    fn told_in_line(
        &mut self,
        label: &str,
        value: &Text,
        evidence: &Rc<Evidence>,
        around: Around,
    ) -> bool {
        let writer = matches!(label, "我" | "本人" | "我自己");
        let before = self.stream.iter().rev().take_while(|fact| fact.line == self.line);
        let goes_on = before
            .into_iter()
            .any(|fact| fact.item == Item::Name && fact.role != Role::Beneficiary);
        if !(writer || kin::before(label) && goes_on) {
            return false;
        }
        let known = self.stream.len();
        self.pair(&[Item::Name], value, true, evidence, around);
        let names = self.stream.iter_mut().skip(known).filter(|fact| fact.item == Item::Name);
        // 女儿：宿小雨, and nothing more at the end: who writes signs as that.
        let bare = value.folded.trim().chars().count() <= 4 && around.last && kin::signs(label);
        for fact in names {
            fact.role = match (writer, bare) {
                (true, _) => Role::Writer,
                (false, true) => Role::Related,
                (false, false) => Role::Beneficiary,
            };
        }
        true
    }

    /// `机：156…`, `在哪儿上班：某某文具店`: in a form of the writer's own making the value tells what its label means.
    fn told_by_value(&self, label: &str, value: &Text) -> Option<behind_label::Said> {
        if !self.form || kin::spoken_of(label) || alone::nickname(label) {
            return None;
        }
        let folded = value.folded.trim().trim_end_matches(['。', '；', '，']);
        let shown = || value.shown.trim().trim_end_matches(['。', '；', '，']).to_owned();
        let whole = |found: &digits::Found| cut(&value.folded, found.range.clone()) == folded;
        match digits::find(&value.shown).as_slice() {
            [only] if whole(only) => match &only.number {
                Number::Mobile(number) => {
                    return Some(behind_label::Said::Value(Item::Phone, number.clone()));
                }
                Number::Id(number) => {
                    return Some(behind_label::Said::Value(Item::IdNumber, number.clone()));
                }
                _ => return None,
            },
            [] => {}
            _ => return None,
        }
        if matches!(folded, "男" | "女") {
            return Some(behind_label::Said::Value(Item::Gender, folded.to_owned()));
        }
        if let Some(group) = folded.ends_with('族').then(|| ethnicity(folded)).flatten() {
            return Some(behind_label::Said::Value(Item::Ethnicity, group));
        }
        let lives = label.contains(['家', '住']);
        let item = if lives && places::is_address(folded) || places::is_bare_address(folded) {
            Item::Address
        } else if places::is_organization(folded) {
            Item::Organization
        } else if posts::is_post(folded) && !label.contains(['找', '问', '跟']) {
            Item::Position
        } else {
            return None;
        };
        Some(behind_label::Said::Value(item, shown()))
    }

    fn unassigned(&mut self, label: &str, number: &str, named: bool, evidence: &Rc<Evidence>) {
        let reason = format!("“{label}”后面的号码{number}没有读懂是谁的");
        let mut fact: Fact =
            self.fact(behind_label::Said::Wrong(Item::Ignored, reason), Rc::clone(evidence));
        // A number alone is only missed where nobody has one.
        fact.force = if named { Force::Prose } else { Force::Guess };
        self.stream.push(fact);
    }
}

/// `正确号码：…`: what kind of number it is tells the number itself.
fn right_number(label: &str, value: &str) -> Option<behind_label::Said> {
    let leads = ["正确", "新", "准确", "更正", "应为", "现在", "改后", "真实"];
    let leads = leads.iter().any(|lead| label.starts_with(lead)) || supplies(label);
    let ends = ["打新的", "新的", "用新的", "换成了", "新号是", "打这个", "用这个", "以后打"];
    let phone = ["电话", "手机", "号码"].iter().any(|word| label.starts_with(word));
    let leads = leads || phone && !somebody(label) && label.chars().count() <= 6;
    let fits = leads && label.chars().count() <= 7 || ends.iter().any(|end| label.ends_with(end));
    let found = digits::find(value).into_iter().next().filter(|_| fits)?;
    // 补上：身份证642…，我住…: more is told than the number.
    if from(value, found.range.end).chars().filter(|c| is_han(*c)).nth(3).is_some() {
        return None;
    }
    match found.number {
        Number::Mobile(number) => Some(behind_label::Said::Value(Item::Phone, number)),
        Number::Id(number) => Some(behind_label::Said::Value(Item::IdNumber, number)),
        _ => None,
    }
}

/// `村文书`, `我表哥`, `某某公司`: what somebody is, where `直接写吧` and `本人应聘` only lead on.
fn somebody(label: &str) -> bool {
    kin::spoken_of(label)
        || posts::is_post(label)
        || places::is_organization(label)
        || alone::nickname(label)
        || label.ends_with(['人', '员', '者'])
}

/// `两个人都用这个号：186…`: one telephone of several.
fn said_of_all(label: &str, value: &Text) -> Option<behind_label::Said> {
    let all = categories::said_of_all(label, label.len(), true);
    let found = digits::find(&value.shown).into_iter().next().filter(|_| all)?;
    match found.number {
        Number::Mobile(number) | Number::Landline(number) => {
            Some(behind_label::Said::Value(Item::Phone, number))
        }
        _ => None,
    }
}

/// `补上`: what was missing follows.
fn supplies(label: &str) -> bool {
    label.starts_with('补') && label.chars().count() <= 7
}

/// `补充标题：女，汉族，642…，139…`: more than one thing, told as in a sentence.
fn tells_several(value: &Text) -> bool {
    let said = prose::read(value, Around::default());
    let mut items: Vec<Item> = said
        .iter()
        .filter(|said| {
            !said.wrong && matches!(said.role, Role::Listed | Role::Writer | Role::Beneficiary)
        })
        .map(|said| said.item)
        .filter(|item| {
            matches!(
                item,
                Item::Phone | Item::IdNumber | Item::Gender | Item::Ethnicity | Item::Name
            )
        })
        .collect();
    items.sort_unstable();
    items.dedup();
    let begins = ["姓名", "我叫", "我是", "本人"]
        .iter()
        .any(|lead| value.folded.trim_start().starts_with(lead));
    items.len() >= 2 || begins && !items.is_empty()
}

/// `接着写：身份证642…，我是游船码头的救生员`: the writer goes on telling where they work.
fn tells_own_work(value: &Text) -> bool {
    let works = |item| matches!(item, Item::Organization | Item::Position);
    prose::read(value, Around::default())
        .iter()
        .any(|said| !said.wrong && said.role == Role::Writer && works(said.item))
}

/// `号码都念汉字：我的手机号是…`: the writer goes on speaking behind the colon.
fn says_own(label: &str, value: &str) -> bool {
    let own = ["我的手机", "我的电话", "我的号", "我的身份证", "我手机", "我电话", "我身份证"];
    !somebody(label) && own.iter().any(|lead| value.trim_start().starts_with(lead))
}

/// `具体信息为`, `这次去两个人`: words that lead to people, not the label of somebody else.
fn leads_on(label: &str) -> bool {
    let ends = [
        "信息为",
        "信息",
        "情况为",
        "如下",
        "下面",
        "资料",
        "个人",
        "两人",
        "三人",
        "分别是",
        "分别为",
        "就是",
        "他是",
        "她是",
    ];
    let asks = ["报", "去", "参加", "派", "选", "来的", "报上", "推荐", "人选", "名单"];
    label.chars().count() >= 3
        && !posts::is_post(label)
        && (ends.iter().any(|end| label.ends_with(end))
            || asks.iter().any(|word| label.contains(word)))
}

/// In a list, a label that names a firm although it does not end like one.
fn firm_like(label: &str) -> bool {
    label.chars().count() >= 5
        && ["西吉", "宁夏", "固原", "县", "镇", "乡"].iter().any(|word| label.contains(word))
}

/// Whether a value begins with a name, and something that is no word follows.
fn begins_with_name(value: &str) -> bool {
    let trimmed = value.trim_start();
    [3, 2, 4].iter().any(|count| {
        let end = trimmed.char_indices().nth(*count).map_or(trimmed.len(), |(at, _)| at);
        let rest = cut(trimmed, end..trimmed.len());
        names::plausible(until(trimmed, end))
            && rest.chars().next().is_none_or(|c| !c.is_alphabetic())
    })
}
