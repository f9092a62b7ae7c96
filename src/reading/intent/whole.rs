//! Whoever writes down a whole person registers somebody, whatever else the mail tells.

use crate::reading::Kind;
use crate::reading::context::case::Case;
use crate::reading::fact::{Group, Role};
use crate::reading::language::words::words;
use crate::reading::vocabulary::Item;

words! {
    /// What takes something back now.
    TAKES_BACK = "请取消 请予取消 予以取消 申请取消 把我取消 帮我取消 给我取消 请撤 请销 作废 不参加了 不去了 销掉";
    /// Something that was sent and never arrived.
    LOST = "退信 退回 没发出去 没有发出去 发送失败 没发成 未送达 没送到 无法送达 地址写错 邮箱写错 邮箱写成 地址写成";
}

/// Name, telephone, identity number, and what sex or people somebody is of: who gives a place back or asks something
/// hardly writes all that.
#[must_use]
pub(in crate::reading) fn is_told(case: &Case) -> bool {
    let facts = || {
        case.own_groups.iter().flat_map(Group::facts).filter(|fact| {
            !fact.old && !fact.wrong && !matches!(fact.role, Role::Contact | Role::SignOff)
        })
    };
    let told = |items: &[Item]| facts().any(|fact| items.contains(&fact.item));
    told(&[Item::Name])
        && told(&[Item::Phone])
        && told(&[Item::IdNumber])
        && told(&[Item::Gender, Item::Ethnicity])
}

/// `前几天把名额退了，现在想重新报上：…`: what was before is told, and a whole person is put down now.
#[must_use]
pub(super) fn puts_down(case: &Case, kind: Kind) -> bool {
    let wish = &case.wish;
    let history = match kind {
        // Whoever was invited sends another than was thought of.
        Kind::Cancellation => {
            let invited = case.reply && case.letter.names.is_empty() && wish.others_away;
            wish.registers_apart && wish.earlier || invited && wish.registers
        }
        Kind::Change => !wish.replaces && wish.registers && LOST.found_in(&case.own),
        _ => false,
    };
    history && !case.numbered && !TAKES_BACK.found_in(&case.own) && is_told(case)
}
