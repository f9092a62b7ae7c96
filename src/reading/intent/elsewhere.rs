//! Mails about something else: another office's matters, papers of the hall, a post that somebody applies for.

use crate::reading::context::case::Case;
use crate::reading::fact::{Fact, Group};
use crate::reading::language::text::{from, until};
use crate::reading::language::words::contains;
use crate::reading::people::stated::Data;
use crate::reading::vocabulary::Item;

/// `各乡镇、县直各部门：请确定联络员1名`: another office's matter, and nobody is named, or a circular to all
/// of them.
pub(super) fn of_another_office(case: &Case, data: Data) -> bool {
    let circular =
        contains(&case.own, &["各乡镇人民政府", "县直各部门", "县直各单位", "各县直部门"]);
    let to_many = circular || contains(&case.own, &["各乡镇", "各部门：", "县直各", "各单位："]);
    let elsewhere = case.wish.elsewhere && (data.labelled < 2 || to_many);
    (elsewhere || asks_our_people(&case.own)) && data.names == 0 || circular && data.labelled < 3
}

/// `请贵局选派3名窗口工作人员`: whoever asks the bureau for its own people puts nobody down.
fn asks_our_people(own: &str) -> bool {
    let us = ["请贵局", "请贵单位", "请你局", "请你单位", "请贵中心", "请贵大厅"];
    let sends = [
        "选派", "派出", "派员", "派人", "抽调", "委派", "指派", "安排", "确定", "推荐", "推选",
        "组织", "报送",
    ];
    us.iter().any(|us| {
        own.match_indices(us).any(|(at, us)| {
            let rest = from(own, at + us.len());
            let clause = rest.split(['，', '。', '；', '\n']).next().unwrap_or("");
            let verb = clause.char_indices().nth(4).map_or(clause, |(end, _)| until(clause, end));
            contains(verb, &sends)
                && contains(clause, &["人员", "干部", "职工", "同志", "名", "人"])
        })
    })
}

/// Papers that the hall deals with, and nothing of a registration: `不动产证办下来没有，28号窗口还办业务吗`.
pub(super) fn other_business(case: &Case, letter: bool) -> bool {
    let wish = &case.wish;
    wish.papers
        && !letter
        && !case.numbered
        && case.files.is_empty()
        && !case.own_groups.iter().flat_map(Group::facts).any(|fact| fact.item == Item::Category)
        && !contains(
            &case.own,
            &[
                "报名",
                "报上",
                "报个",
                "报一个",
                "名额",
                "名单",
                "登记表",
                "监督员",
                "代表",
                "参加",
                "我想去",
                "想去",
            ],
        )
}

/// `我报名应聘综合窗口导办员岗位，什么时候面试？`: a post is sought, not a place at the event.
pub(crate) fn seeks_employment(case: &Case) -> bool {
    let category = |fact: &Fact| fact.item == Item::Category;
    contains(&case.own, &["应聘", "求职", "求聘"])
        && contains(&case.own, &["岗位", "面试", "简历", "招聘"])
        && !case.own_groups.iter().flat_map(Group::facts).any(category)
}
