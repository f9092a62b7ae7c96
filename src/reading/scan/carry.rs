//! What a line has to do with those before and below it: a sentence that goes on, something said of all, a card that
//! signs, a contact.

use std::borrow::Cow;
use std::rc::Rc;

use super::signature;
use crate::reading::Evidence;
use crate::reading::fact::{Fact, Force, Role};
use crate::reading::forms::{examples, heads};
use crate::reading::language::kin;
use crate::reading::language::text::{Text, from, is_han, squeeze, until};
use crate::reading::language::words::words;
use crate::reading::scan::Scanner;
use crate::reading::values::behind_label;
use crate::reading::vocabulary::Item;

words! {
    /// What begins a line that is said of all.
    COMMON = "共同 两人 二人 三人 四人 五人 六人 以上人员 以上 大家 全体 人员均 他们 我们 均为 单位均 统一";
}

words! {
    /// What heads the columns of such a list.
    COLUMNS = "起止时间 起止年月 起止日期 与本人关系 何时何地";
}

/// `女儿：李佳怡，学生`, and nothing of a place that is asked for.
fn of_relative(line: &str) -> bool {
    (kin::first(line).is_some() || line.starts_with("配偶"))
        && !["报名", "参加", "代表", "监督员"].iter().any(|word| line.contains(word))
}

/// `2005.09—2009.06 武汉大学法学院 本科生`, `1998年9月至2002年7月 在…`: two times, and what was in between.
fn past_years(line: &str, listed: bool) -> bool {
    let year = |text: &str| {
        let digits = text.chars().take_while(char::is_ascii_digit).count();
        digits == 4 && (text.starts_with("19") || text.starts_with("20"))
    };
    let long = line.chars().nth(45).is_some() || line.contains(['。', '我', '现']);
    if !year(line) || !listed && long {
        return false;
    }
    let (at, mark) = match line.char_indices().find(|(_, c)| "—―–－-~～至到".contains(*c))
    {
        Some(found) if found.0 <= 12 => found,
        _ => return false,
    };
    let behind = from(line, at + mark.len_utf8());
    let behind = behind.trim_start_matches(|c: char| "—―–－-~～至到 ".contains(c));
    let until_now = ["今", "现在"].iter().any(|word| behind.starts_with(word));
    let bare = |c: char| c.is_ascii_digit() || ".年月/ ".contains(c);
    let alone = behind.trim_end_matches(bare).is_empty();
    let times = year(behind) || listed && until_now;
    times && (alone || behind.chars().any(is_han))
}

/// `2016.03至今　某某律师事务所　副主任`: what holds since then, behind the times.
fn until_now(text: &Text) -> Option<Text> {
    let line = text.folded.trim_start();
    let dates = |c: char| c.is_ascii_digit() || ".年月起/—―–－-~～ ".contains(c);
    let behind = line.trim_start_matches(dates);
    let times = until(line, line.len() - behind.len());
    let rest = ["至今", "到今", "至现在", "到现在", "今", "现在"]
        .iter()
        .find_map(|now| behind.strip_prefix(now))?;
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "：:，,".contains(c));
    let year = times.starts_with("19") || times.starts_with("20");
    let told = year && rest.chars().filter(|c| is_han(*c)).nth(3).is_some();
    told.then(|| text.part(text.folded.len() - rest.len()..text.folded.len()))
}

/// What a line tells, and whether that is what holds since a time: samples and times are left out.
#[must_use]
pub(super) fn told(text: &Text) -> (Cow<'_, Text>, bool) {
    let told = examples::told(text);
    match until_now(&told) {
        Some(now) => (Cow::Owned(now), true),
        None => (told, false),
    }
}

/// `说明：以上4人单位均为…，前两人报监督员`: a remark that tells something of those who were named.
#[must_use]
pub(super) fn remarks(label: &str, value: &str) -> bool {
    let remark =
        ["说明", "备注", "注", "补充", "另", "附注"].iter().any(|word| label.starts_with(word));
    let told = ["均", "都", "以上", "上述", "前两", "后两", "前三", "后三", "两人", "三人", "四人"];
    remark && told.iter().any(|word| value.contains(word))
}

impl Scanner<'_> {
    /// `…，身份证号642…，` and below it `联系电话139…`: a line that ends with a comma goes on.
    pub(crate) fn goes_on(&mut self, text: &Text, from: usize) {
        let named = self.stream.iter().skip(from).any(|fact| fact.item == Item::Name);
        let before = self.line.saturating_sub(1);
        if self.open == before && before > 0 && !named {
            for fact in self.stream.iter_mut().skip(from) {
                fact.line = before;
            }
        }
        let ends = text.folded.trim_end();
        if ends.ends_with(['，', ',', '、']) {
            self.open = self.line;
        }
    }

    /// `共同信息：单位…；类别…`, `三人住址：…`: a line of labels that is said of all who were named, and those that go on.
    pub(crate) fn of_all(&mut self, text: &Text, from: usize) {
        let named = self.stream.iter().skip(from).any(|fact| fact.item == Item::Name);
        // 类别：两人都是群众代表.
        let value = text.folded.split_once(['：', ':']).map_or("", |(_, value)| value.trim_start());
        let heads =
            COMMON.start(text.folded.trim_start()).is_some() || COMMON.start(value).is_some();
        self.common = !named && (heads || self.common);
        if !self.common
            || self.stream.iter().take(from).filter(|fact| fact.item == Item::Name).count() < 2
        {
            return;
        }
        for fact in self.stream.iter_mut().skip(from).filter(|fact| fact.force == Force::Label) {
            fact.all = true;
        }
    }

    /// `有问题跟我联系：139…`: a number under which the writer, whoever that is, is reached.
    pub(crate) fn of_writer(&mut self, label: &str, from: usize) {
        if ["联系我", "跟我联系", "和我联系", "打我", "找我"]
            .iter()
            .any(|word| label.contains(word))
        {
            for fact in self.stream.iter_mut().skip(from).filter(|fact| fact.item == Item::Phone) {
                fact.role = Role::Unnamed;
            }
        }
    }

    /// `家庭成员：` and below it `女儿：李佳怡，学生`; `个人简历：` and below it years and schools: of nobody who is put down.
    pub(crate) fn of_family(&mut self, text: &Text, now: bool) -> bool {
        let line = text.folded.trim();
        // Hardly any line heads such columns.
        let columns = || line.contains(['起', '与', '何']) && COLUMNS.found_in(&squeeze(line));
        let heads = heads::tells_of_others(line) || columns();
        let goes_on = self.family.is_some_and(|last| last + 1 == self.line)
            && (of_relative(line) || past_years(line, true));
        let theirs = heads || goes_on || past_years(line, false);
        if theirs || now {
            self.family = Some(self.line);
        }
        if theirs {
            self.pending = None;
        }
        theirs
    }

    /// `替我母亲报名，她叫…` and below it `我：妥建军，…`: the writer tells who they are, and is not put down.
    fn writes_for_others(&mut self, from: usize) {
        let before = self.stream.iter().take(from);
        let others = before
            .into_iter()
            .any(|fact| fact.item == Item::Name && fact.role == Role::Beneficiary);
        if self.writer_line && others {
            for fact in self.stream.iter_mut().skip(from).filter(|fact| fact.item == Item::Name) {
                fact.role = Role::Writer;
            }
        }
    }

    /// `工作单位同上，类别同上`: the category of the person on the line before.
    fn same_category(&mut self, text: &Text, from: usize) {
        let same = ["类别同上", "身份同上", "类别一样", "类别相同"];
        let said = same.iter().any(|word| text.folded.contains(word));
        let (above, added) = self.stream.split_at(from.min(self.stream.len()));
        let is_category = |fact: &&Fact| fact.item == Item::Category && !fact.wrong;
        let Some(above) = above.iter().rfind(is_category).filter(|_| said) else { return };
        let Some(last) = added.last().filter(|_| !added.iter().any(|fact| is_category(&fact)))
        else {
            return;
        };
        let same =
            Fact { line: last.line, block: last.block, clause: last.clause, ..above.clone() };
        self.stream.push(same);
    }

    /// What a line's candidates, from this one on, have to do with those around them.
    pub(crate) fn after(&mut self, text: &Text, from: usize, ends: bool) {
        if ends {
            self.signed(text, from);
        }
        if let Some(section) = &self.section {
            section.fill(&mut self.stream, from);
        }
        self.same_category(text, from);
        self.writes_for_others(from);
        self.of_all(text, from);
        self.goes_on(text, from);
    }

    /// Remembers whether the line is somebody's card.
    pub(crate) fn signed(&mut self, text: &Text, from: usize) {
        signature::behind_dashes(text, self.stream.get_mut(from..).unwrap_or(&mut []));
        if signature::is_card(text, self.stream.get(from..).unwrap_or(&[])) {
            self.cards.push(self.line);
        }
    }

    /// Somebody who is no applicant: the name is kept so that what follows is not taken for theirs.
    pub(crate) fn contact(&mut self, value: &Text, evidence: &Rc<Evidence>) {
        self.clause += 1;
        let name: String =
            value.shown.trim().chars().take_while(|c| is_han(*c) || *c == '·').collect();
        let mut fact = self.fact(behind_label::Said::Value(Item::Name, name), Rc::clone(evidence));
        fact.role = Role::Contact;
        self.stream.push(fact);
    }
}
