//! Lines that go on from the lines before: numbers broken over two lines, several people's values
//! under one label, lists whose labels are posts or ordinals.

use std::rc::Rc;

use super::Evidence;
use super::digits::{self, Number};
use super::fact::{Fact, Force, Role};
use super::grid_lists;
use super::id_number;
use super::label_words::HEADINGS;
use super::names;
use super::places;
use super::prose::Around;
use super::scan::Scanner;
use super::text::{Text, cut, from, is_han, squeeze, until};
use super::values;
use super::vocabulary::Item;
use super::words::words;

/// How many lines below its heading a list may go on.
const LONGEST_LIST: usize = 30;

words! {
    /// What heads a list of people.
    HEADS = "如下 名单 名 位 人";
    /// Labels that only count: 第一位, 其一.
    ORDINALS = "第一 第二 第三 第四 第五 第六 其一 其二 其三 一是 二是 三是 甲 乙 丙 一号 二号 三号 另一";
}

impl Scanner<'_> {
    /// The second half of an identity number that was broken over two lines.
    pub(super) fn continues_number(&mut self, text: &Text) -> bool {
        let Some(last) = self
            .stream
            .last_mut()
            .filter(|last| last.wrong && last.item == Item::IdNumber && last.line + 1 == self.line)
        else {
            return false;
        };
        let second = squeeze(&text.folded);
        if !second.chars().all(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X')) {
            return false;
        }
        let first: String = last.evidence.quote.chars().filter(char::is_ascii_digit).collect();
        let Ok(number) = id_number::check(&format!("{first}{second}")) else { return false };
        last.value = number;
        last.wrong = false;
        true
    }

    /// The second half of an employer's name that goes on in the next line.
    pub(super) fn continues_name(&mut self, text: &Text) -> bool {
        let Some(last) = self.stream.last_mut().filter(|last| {
            last.item == Item::Organization
                && last.force == Force::Label
                && last.line + 1 == self.line
                && !last.wrong
        }) else {
            return false;
        };
        let rest = squeeze(&text.shown);
        let whole = [last.value.as_str(), &rest].concat();
        let goes_on = places::organization_end(&Text::fold(&last.value)).is_none()
            && rest.chars().all(is_han)
            && rest.chars().count() <= 20
            && places::is_organization(&Text::fold(&whole));
        if goes_on {
            last.value = whole;
        }
        goes_on
    }

    /// `姓名：侯建、侯康`, then `电话：…、…`: as many values as names, each for its own.
    pub(super) fn abreast(
        &mut self,
        items: &[Item],
        value: &Text,
        evidence: &Rc<Evidence>,
    ) -> bool {
        let [item] = items else { return false };
        if self.names_abreast < 2 || matches!(item, Item::Name | Item::Address | Item::Ignored) {
            return false;
        }
        let marks = ['、', '；', ';', '，', ',', '/', ' ', '和'];
        let shown = value.shown.trim();
        let parts: Vec<&str> =
            shown.split(marks).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() != self.names_abreast {
            return false;
        }
        let read: Vec<Vec<values::Said>> = parts
            .iter()
            .map(|part| values::read(items, &Text::new(part), self.vocabulary))
            .collect();
        if read.iter().any(|said| said.len() != 1) {
            return false;
        }
        for said in read.into_iter().flatten() {
            let fact = self.fact(said, Rc::clone(evidence));
            self.stream.push(fact);
        }
        true
    }

    /// `单位：同上`: the value that the person before has under this label.
    pub(super) fn ditto(&mut self, items: &[Item], value: &Text, evidence: &Rc<Evidence>) -> bool {
        let [item] = items else { return false };
        if !grid_lists::is_ditto(&value.folded) {
            return false;
        }
        let above = self.stream.iter().rev().find(|fact| fact.item == *item && !fact.wrong);
        if let Some(value) = above.map(|fact| fact.value.clone()) {
            let same = self.fact(values::Said::Value(*item, value), Rc::clone(evidence));
            self.stream.push(same);
        }
        true
    }

    /// Remembers whether a list of people begins.
    pub(super) fn heads_list(&mut self, text: &Text) {
        let line = text.folded.trim_end();
        // The rows may stand behind the heading's colon.
        let colon = line.char_indices().find(|(_, c)| matches!(c, '：' | ':'));
        let line = colon.map_or(line, |(at, c)| until(line, at + c.len_utf8()));
        if line.ends_with(['：', ':'])
            && (HEADINGS.found_in(line) || line.contains('报'))
            && HEADS.found_in(line)
        {
            self.list_from = Some(self.line);
        }
    }

    /// A label that nobody knows before a name and a number: in a list a post or an ordinal leads to
    /// a person; elsewhere a person must look whose number it is.
    pub(super) fn unknown_label(
        &mut self,
        label: &str,
        value: &Text,
        evidence: &Rc<Evidence>,
        around: Around,
    ) {
        let trimmed = value.folded.trim_start();
        let named = [3, 2, 4].iter().any(|count| {
            let end = trimmed.char_indices().nth(*count).map_or(trimmed.len(), |(at, _)| at);
            let rest = cut(trimmed, end..trimmed.len());
            names::plausible(until(trimmed, end))
                && rest.chars().next().is_none_or(|c| !c.is_alphabetic())
        });
        let number = digits::find(&value.shown).into_iter().find_map(|found| match found.number {
            Number::Mobile(number) | Number::Id(number) => Some(number),
            _ => None,
        });
        let mentions = self.categories.mentions(&value.folded);
        if let [only] = mentions.as_slice()
            && cut(&value.folded, only.start..only.end) == value.folded.trim()
        {
            self.free_in_block(value, evidence, around);
            return;
        }
        let listing = self.list_from.is_some_and(|line| self.line <= line + LONGEST_LIST);
        let post = places::is_post(label);
        if listing && named && (post || ORDINALS.start(label).is_some()) {
            if post {
                let said = values::Said::Value(Item::Position, label.to_owned());
                let mut fact = self.fact(said, Rc::clone(evidence));
                fact.force = Force::Prose;
                fact.clause = self.clause + 1;
                fact.block = 0;
                self.stream.push(fact);
            }
            self.free(value, evidence, around);
        } else if number.is_some()
            && (listing && firm_like(label) || places::is_organization(label))
        {
            // `某某酒业：销售主管 卜小燕 139…`: the employer of the person behind it.
            let said = values::Said::Value(Item::Organization, label.to_owned());
            let mut fact = self.fact(said, evidence.clone());
            fact.force = Force::Prose;
            fact.clause = self.clause + 1;
            fact.block = 0;
            self.stream.push(fact);
            self.free(value, evidence, around);
        } else if named && self.told_in_line(label, value, evidence, around) {
        } else if let Some(number) = right_number(label, &value.shown) {
            let fact = self.fact(number, Rc::clone(evidence));
            self.stream.push(fact);
        } else if number.is_some() && leads_on(label) {
            self.free(value, evidence, around);
        } else if let Some(number) = number {
            self.unassigned(label, &number, named, evidence);
        }
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
        if !(writer || super::kin::before(label) && goes_on) {
            return false;
        }
        let known = self.stream.len();
        self.pair(&[Item::Name], value, true, evidence, around);
        let names = self.stream.iter_mut().skip(known).filter(|fact| fact.item == Item::Name);
        for fact in names {
            fact.role = if writer { Role::Writer } else { Role::Beneficiary };
        }
        true
    }

    fn unassigned(&mut self, label: &str, number: &str, named: bool, evidence: &Rc<Evidence>) {
        let reason = format!("“{label}”后面的号码{number}没有读懂是谁的");
        let mut fact: Fact =
            self.fact(values::Said::Wrong(Item::Ignored, reason), Rc::clone(evidence));
        // A number alone is only missed where nobody has one.
        fact.force = if named { Force::Prose } else { Force::Guess };
        self.stream.push(fact);
    }
}

/// `正确号码：…`: what kind of number it is tells the number itself.
fn right_number(label: &str, value: &str) -> Option<values::Said> {
    let leads = [
        "正确", "新", "准确", "更正", "应为", "现在", "改后", "真实", "补上", "补充", "补报",
        "补填",
    ];
    let ends = ["打新的", "新的", "用新的", "换成了", "新号是", "打这个", "用这个", "以后打"];
    let fits = leads.iter().any(|lead| label.starts_with(lead)) && label.chars().count() <= 7
        || ends.iter().any(|end| label.ends_with(end));
    let found = digits::find(value).into_iter().next().filter(|_| fits)?;
    match found.number {
        Number::Mobile(number) => Some(values::Said::Value(Item::Phone, number)),
        Number::Id(number) => Some(values::Said::Value(Item::IdNumber, number)),
        _ => None,
    }
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
        && !places::is_post(label)
        && (ends.iter().any(|end| label.ends_with(end))
            || asks.iter().any(|word| label.contains(word)))
}

/// In a list, a label that names a firm although it does not end like one.
fn firm_like(label: &str) -> bool {
    label.chars().count() >= 5
        && ["西吉", "宁夏", "固原", "县", "镇", "乡"].iter().any(|word| label.contains(word))
}

/// `手机：16695821310 企业代表`, `姓名：农秀英 女`: where the value stops although no mark says so.
pub(super) fn value_end(items: &[Item], value: &Text) -> Option<usize> {
    let text = &value.folded;
    match items {
        [Item::Phone | Item::IdNumber] => {
            let end = digits::find(&value.shown).last()?.range.end;
            let rest = from(text, end);
            let told = rest.trim_start_matches([')', '）', ' ', '\t']);
            (told.len() < rest.len() && told.starts_with(is_han)).then_some(end)
        }
        [Item::Name] => {
            let start = text.len() - text.trim_start().len();
            let end = start + from(text, start).find([' ', '\t'])?;
            let rest = from(text, end).trim();
            let more = rest.contains(|c: char| c.is_ascii_digit() || "男女族".contains(c))
                || ["代表", "监督员"].iter().any(|word| rest.contains(word));
            (more && names::plausible(cut(text, start..end))).then_some(end)
        }
        // `单位：康达药店  1. 张海`: rows behind it.
        [Item::Organization | Item::Category | Item::Position] => {
            let mut at = 0;
            while let Some(gap) = from(text, at).find("  ").map(|gap| at + gap) {
                let rest = from(text, gap).trim_start();
                let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                if (1..=2).contains(&(rest.len() - number.len()))
                    && number.starts_with(['.', '、', '．'])
                {
                    return Some(gap);
                }
                at = gap + 2;
            }
            None
        }
        _ => None,
    }
}

/// `报名类别（1.监督员 2.群众代表）：2`: the option that a number or letter stands for.
pub(super) fn option(items: &[Item], before: &str, value: &Text) -> Option<Text> {
    let mut marks = value.folded.trim().chars().filter(|c| !c.is_ascii_punctuation());
    let (mark, rest) = (marks.next()?, marks.next());
    if items != [Item::Category] || rest.is_some() || !mark.is_ascii_alphanumeric() {
        return None;
    }
    let (at, _) = before.match_indices(mark).find(|(at, _)| {
        from(before, at + 1).starts_with(['.', '、', '．', ':', '：', ')', '）', ' '])
    })?;
    let option = from(before, at + 1);
    let end = option
        .char_indices()
        .skip(1)
        .find(|(_, c)| c.is_ascii_alphanumeric() || matches!(c, '；' | ';' | '/'))
        .map_or(option.len(), |(at, _)| at);
    Some(Text::new(until(option, end)))
}
