//! What a label means, with the words around it that do not matter.

use std::sync::LazyLock;

use super::label_words::{AFTER, BEFORE, OTHERS};
use super::labels::Labels;
use super::misspelt;
use crate::reading::language::kin;
use crate::reading::language::text::{CharSet, from, squeeze, until};
use crate::reading::vocabulary::Item;

/// Characters of labels that say nothing of their own.
static IDLE: LazyLock<CharSet> = LazyLock::new(|| {
    "您你我的这那个能打找到可以平时一般现在用常请怎么啥什干哪里儿来贵多少是填写要想几号咋"
        .chars()
        .collect()
});

/// So many labels between commas are no sentence.
const LISTED: usize = 3;

/// What heads a story about somebody.
const STORIES: [&str; 8] = ["理由", "意见", "事迹", "经历", "简介", "简历", "感想", "原因"];

/// `工作单位及 ⇥ 某某局 科员`, and 职务 on the line below: half of a label that was broken.
#[must_use]
pub(super) fn is_broken(items: &[Item], joint: &str) -> bool {
    let behind = joint.strip_prefix(['及', '和', '与']).unwrap_or("");
    items == [Item::Organization] && behind.starts_with(['\t', ' '])
}

/// Whether a label heads a story.
#[must_use]
pub(super) fn is_story(label: &str) -> bool {
    STORIES.iter().any(|end| label.ends_with(end))
}

fn idle(c: char) -> bool {
    IDLE.has(c)
}

impl Labels {
    /// `性别 男, 民族 汉, 手机 139…`: a label, a blank and a value between commas, again and again.
    pub(super) fn lists_labels(&self, folded: &str) -> bool {
        let parts = folded.split(['，', ',']).map(str::trim_start);
        let labelled = parts.filter(|part| {
            self.known_prefix(part).is_some_and(|(_, length)| from(part, length).starts_with(' '))
        });
        labelled.count() >= LISTED
    }

    /// What a whole text names, if it is nothing but a label: a table's cell, a line of its own.
    #[must_use]
    pub(crate) fn whole(&self, folded: &str) -> Option<Vec<Item>> {
        let mut bare = squeeze(folded);
        for (open, close) in [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】')] {
            while let (Some(start), Some(end)) = (bare.find(open), bare.rfind(close)) {
                if start >= end {
                    break;
                }
                bare = format!("{}{}", until(&bare, start), from(&bare, end + close.len_utf8()));
            }
        }
        let bare = bare.trim_start_matches(|c: char| c.is_ascii_digit() || ".、*·-".contains(c));
        let bare = without_ordinal(bare.trim_end_matches([':', '：', '*', '?', '？']));
        // 姓名 Name.
        let han = bare.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let bare = if han.is_empty() { bare } else { han };
        if bare.is_empty()
            || bare.chars().count() > 24
            // Boxes to tick: the choices, whatever words their names hold (食品经营者代表).
            || bare.chars().filter(|c| matches!(c, '□' | '☐' | '☑' | '☒')).nth(1).is_some()
            || self.categories.iter().any(|word| word == bare)
        {
            return None;
        }
        if let Some(item) = self.resolve(bare) {
            return Some(vec![item]);
        }
        // 干啥工作, 在哪上班: an employer, a post, or both.
        let work = bare.trim_matches(idle);
        if matches!(work, "工作" | "上班") {
            return Some(vec![Item::Organization, Item::Position]);
        }
        self.composite(bare)
    }

    /// Whether a label means something, if only that it is of no use.
    #[must_use]
    pub(crate) fn knows(&self, label: &str) -> bool {
        let label = without_ordinal(label);
        self.resolve(label).is_some() || self.composite(label).is_some()
    }

    /// `单位及职务`, `性别/民族`: several labels in one.
    pub(super) fn composite(&self, bare: &str) -> Option<Vec<Item>> {
        let parts: Vec<&str> = bare
            .split(['/', '、', '及', '和', '与', '&', '+', '|', '，', ',', '或', '-', '\\'])
            .collect();
        if let [whole] = parts.as_slice() {
            return self.run_together(whole);
        }
        if parts.len() > 4 {
            return None;
        }
        let items: Option<Vec<Item>> = parts.iter().map(|part| self.resolve(part)).collect();
        let mut items = items?;
        items.dedup();
        Some(items)
    }

    /// `单位职务`, its blank squeezed out: the employer and the post in one column.
    fn run_together(&self, label: &str) -> Option<Vec<Item>> {
        let known = |word: &str| self.known.get(word).copied();
        if known(label).is_some() {
            return None;
        }
        let mut seams = label.char_indices().skip(1);
        seams.find_map(|(at, _)| {
            let pair = [known(until(label, at))?, known(from(label, at))?];
            (pair == [Item::Organization, Item::Position]).then(|| pair.to_vec())
        })
    }

    /// What a label means, with the words around it that do not matter.
    pub(super) fn resolve(&self, label: &str) -> Option<Item> {
        if let Some(item) = self.known.get(label) {
            return Some(*item);
        }
        // 本单位地址: where the house stands, not where anybody lives.
        if ["单位地址", "公司地址", "企业地址", "办公地址", "经营地址"]
            .iter()
            .any(|end| label.ends_with(end))
        {
            return Some(Item::Ignored);
        }
        if of_signer(label) {
            return Some(Item::Contact);
        }
        if let Some(rest) = of_recommended(label) {
            return self.resolve(rest);
        }
        if OTHERS.found_in(label) && !label.contains(['想', '要', '去']) {
            return Some(Item::Contact);
        }
        // 父亲姓名, 我妈的电话: of whoever is put down.
        if let Some(word) = kin::first(label.trim_start_matches('我'))
            && let Some(item) = self
                .known
                .get(from(label.trim_start_matches('我'), word.len()).trim_start_matches('的'))
        {
            return Some(*item);
        }
        let mut bare = label;
        while BEFORE.start(bare).is_some() || AFTER.end(bare).is_some() {
            let before = bare;
            for (word, behind) in
                AFTER.iter().map(|word| (word, true)).chain(BEFORE.iter().map(|word| (word, false)))
            {
                let shorter =
                    if behind { bare.strip_suffix(word) } else { bare.strip_prefix(word) };
                if let Some(shorter) = shorter.filter(|rest| !rest.is_empty()) {
                    bare = shorter;
                    if let Some(item) = self.known.get(bare) {
                        return Some(*item);
                    }
                }
            }
            if bare == before {
                break;
            }
        }
        // 爷爷的电话: of whoever is put down.
        if let Some((whose, what)) = label.split_once('的')
            && (kin::before(whose) || matches!(whose, "他" | "她" | "本人" | "老人"))
            && let Some(item) = self.known.get(what)
        {
            return Some(*item);
        }
        if let Some(item) = self.by_its_end(label) {
            return Some(item);
        }
        if self.of_no_use(label) {
            return Some(Item::Ignored);
        }
        let meant = misspelt::meant(label);
        meant
            .iter()
            .find_map(|label| self.known.get(label.as_str()).copied())
            .or_else(|| self.gist(label))
    }

    /// `原工作单位`, `推荐单位意见`, `司机电话`: what is over, and what is told of others.
    fn of_no_use(&self, label: &str) -> bool {
        // 原工作单位; 原小霞 is somebody's name.
        let former = ["退休前", "毕业", "原", "曾", "前"]
            .iter()
            .filter_map(|word| label.strip_prefix(word))
            .any(|rest| {
                rest.chars().count() > 2 || self.known.contains_key(rest.trim_start_matches('任'))
            });
        let related = [
            "推荐",
            "主办",
            "主管",
            "接收",
            "发证",
            "颁发",
            "同行",
            "随行",
            "家属",
            "孩子",
            "子女",
            "司机",
            "驾驶员",
            "陪同人",
            "陪同人员",
        ];
        let beside = related.iter().filter_map(|word| label.strip_prefix(word)).any(|rest| {
            self.known.contains_key(rest) || ["意见", "理由", "机关", "部门"].contains(&rest)
        });
        former || beside
    }

    /// What a label's end tells, whatever stands before it.
    fn by_its_end(&self, label: &str) -> Option<Item> {
        // 村内职务: where somebody holds it does not matter.
        let post = ["职务", "职位"].iter().any(|end| label.ends_with(end));
        if post
            && !label.contains(['单', '及', '和', '与', '/', '、', '司', '店'])
            && label.chars().count() <= 6
            && !label.starts_with(['原', '曾', '前'])
        {
            return Some(Item::Position);
        }
        // 报名人一, 姓名2: one of several.
        let counted = label.trim_end_matches(|c: char| {
            c.is_ascii_digit() || "一二三四五六①②③④⑤⑥甲乙丙".contains(c)
        });
        if counted.len() < label.len()
            && let Some(item) = self.known.get(counted)
        {
            return Some(*item);
        }
        // 推荐身份: what somebody is recommended as.
        let recommended = label.strip_prefix("推荐").and_then(|rest| self.known.get(rest));
        if recommended == Some(&Item::Category) {
            return Some(Item::Category);
        }
        if employs(label) {
            return Some(Item::Organization);
        }
        // 居民身份编号, 身份证明号码: whatever stands between.
        let identity = label.contains("身份") && label.chars().count() <= 10;
        if identity && ["号", "号码", "编号"].iter().any(|end| label.ends_with(end)) {
            return Some(Item::IdNumber);
        }
        // 与户主关系: of nobody who is registered.
        if label.ends_with("关系") && label.chars().count() <= 7 {
            return Some(Item::Ignored);
        }
        // 家庭成员: people, and none of those who are put down.
        let theirs = [
            "家庭成员",
            "社会关系",
            "家庭情况",
            "直系亲属",
            "亲属情况",
            "家属情况",
            "家庭主要成员",
        ];
        if theirs.iter().any(|end| label.ends_with(end)) {
            return Some(Item::Ignored);
        }
        // 自荐理由：…: a story.
        if is_story(label) {
            return Some(Item::Ignored);
        }
        None
    }

    /// `打这个电话能找到我`: a label among words that say nothing of their own.
    fn gist(&self, label: &str) -> Option<Item> {
        let idle_only = |part: &str| part.chars().all(idle);
        if label.chars().count() > 10 || !label.contains(idle) {
            return None;
        }
        let starts = label.char_indices().map(|(at, _)| at);
        starts.filter(|at| idle_only(until(label, *at))).find_map(|start| {
            let rest = from(label, start);
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
            let ends = ends.filter(|end| idle_only(from(rest, *end)));
            ends.filter_map(|end| self.known.get(until(rest, end))).next_back().copied()
        })
    }
}

/// Who fills in a form or grants it.
fn of_signer(label: &str) -> bool {
    let signs = ["填表", "制表", "填报", "审核", "审批", "复核", "制单"];
    signs.contains(&label) || label.ends_with("审批")
}

/// `所属公司`, `任职企业`: where somebody works, in two words.
fn employs(label: &str) -> bool {
    let works = ["所属", "所在", "任职", "就职", "供职", "服务", "现属", "现任职"];
    let houses = [
        "公司",
        "单位",
        "企业",
        "机构",
        "店铺",
        "商户",
        "门店",
        "集团",
        "合作社",
        "店",
        "厂",
        "村",
        "学校",
        "医院",
        "机关",
    ];
    works.iter().filter_map(|word| label.strip_prefix(word)).any(|rest| houses.contains(&rest))
}

/// `被推荐人电话`: of whoever is put down.
fn of_recommended(label: &str) -> Option<&str> {
    let who = ["被推荐人", "被荐人", "受荐人", "被举荐人"];
    let rest = who.iter().find_map(|who| label.strip_prefix(who))?;
    (!rest.is_empty()).then(|| rest.trim_start_matches('的'))
}

/// `四、身份证`: without the place in the list.
fn without_ordinal(label: &str) -> &str {
    let rest = label.trim_start_matches(|c: char| "（(一二三四五六七八九十".contains(c));
    let bare = rest.trim_start_matches(['、', '.', '）', ')']);
    if rest.len() < label.len() && bare.len() < rest.len() { bare } else { label }
}
