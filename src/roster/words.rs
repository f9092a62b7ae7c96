//! What the rules say to the staff and, as advice, to citizens: plain Chinese sentences.

use super::identity::Clash;
use super::{Category, Outcome, Status};
use crate::reading::field;

/// A category was named that the event does not have.
pub(super) const NO_SUCH_CATEGORY: &str = "所报类别不在本次活动的类别之内";

/// A field as people call it; of those that an event defines, [`super::Event::label`] knows the name.
#[must_use]
pub fn label(name: &str) -> &str {
    match name {
        field::NAME => "姓名",
        field::PHONE => "联系电话",
        field::ID_NUMBER => "身份证号码",
        field::ORGANIZATION => "工作单位",
        field::POSITION => "职务",
        field::CATEGORY => "报名类别",
        field::GENDER => "性别",
        field::ETHNICITY => "民族",
        field::ADDRESS => "住址",
        other => other,
    }
}

/// A status as people call it.
#[must_use]
pub fn status_word(status: Status) -> &'static str {
    match status {
        Status::Confirmed => "已确认",
        Status::Waitlisted => "候补",
        Status::Incomplete => "待补充",
        Status::Review => "待核实",
        Status::Cancelled => "已取消",
        Status::Refused => "未予登记",
    }
}

/// The categories to choose from, with the ids that commands take.
pub(super) fn choices(categories: &[Category]) -> String {
    let choice = |category: &Category| format!("{}（{}）", category.id, category.name);
    categories.iter().map(choice).collect::<Vec<_>>().join("、")
}

/// Why somebody may be a registered person, and which.
pub(super) fn clash(clash: Clash, number: &str) -> String {
    match clash {
        Clash::Name => format!("身份证号与 {number} 相同，但姓名不同"),
        Clash::IdNumber => format!("姓名和电话与 {number} 相同，但身份证号不同"),
        Clash::Phone => format!("同一邮箱已为同名的人登记（{number}），但电话不同"),
    }
}

/// What somebody is told on the telephone; `None` where there is nothing to tell.
pub(super) fn news(outcome: &Outcome) -> Option<String> {
    Some(match outcome {
        Outcome::Confirmed => "报名成功，名额已经确认".to_owned(),
        Outcome::Promoted => "递补成功，已有名额".to_owned(),
        Outcome::Waitlisted { position } => format!("名额已满，列入候补第{position}位"),
        Outcome::LastInLine { position, reason } => {
            format!("{reason}，列入候补第{position}位，报名截止后有空余名额再递补")
        }
        Outcome::UnderReview { .. } => "报名需要核实，核实后再告知结果".to_owned(),
        Outcome::Rejected { reason } => format!("未予登记，原因：{reason}"),
        Outcome::NotEligible { reason } => format!("未能登记，{reason}"),
        _ => return None,
    })
}
