//! What machines and advertisers say, where no header gives them away. One phrase never decides.

use std::sync::LazyLock;

use super::index::Index;

/// Where the writer is.
const AWAY: [&str; 14] = [
    "外地培训",
    "参加培训",
    "外地学习",
    "正在住院",
    "产假",
    "休假",
    "年假",
    "出差",
    "外出",
    "不在办公室",
    "休婚假",
    "休产假",
    "外出公",
    "离开办公室",
];
/// Hardly any mail says it: all are sought in one pass.
static AWAYS: LazyLock<Index<&str>> = LazyLock::new(|| Index::of_firsts(AWAY));
/// The mail lies there.
const LIES: [&str; 14] = [
    "不便查看",
    "不便查收",
    "不能查看",
    "无法查看",
    "不能及时",
    "无法及时",
    "未能及时",
    "来信已收到",
    "邮件已收到",
    "来信我已收到",
    "邮件我已收到",
    "期间无法",
    "暂时无法",
    "不便回复",
];
/// What happens next.
const NEXT: [&str; 9] = [
    "尽快回复",
    "尽快给您回复",
    "结束后回复",
    "回来后",
    "返回后",
    "急事请",
    "紧急事",
    "紧急情况",
    "假期结束",
];
/// Somebody who speaks of the registration writes for themselves.
const PERSONAL: [&str; 9] =
    ["取消", "我报名", "想报名", "我想参加", "参加不了", "不能参加", "去不了", "来不了", "名额"];

/// `本人休假，期间不能及时查看邮件，有急事请联系…`.
#[must_use]
pub(super) fn is_vacation_note(head: &str) -> bool {
    let own = head.char_indices().nth(200).and_then(|(end, _)| head.get(..end)).unwrap_or(head);
    let says = |words: &[&str]| words.iter().any(|word| own.contains(word));
    AWAYS.found(own).next().is_some() && says(&LIES) && says(&NEXT) && !says(&PERSONAL)
}

/// Only advertisers write so.
const LOUD: [&str; 22] = [
    "本邮件群发",
    "不需要请忽略",
    "代开各行业",
    "可网上查验后付款",
    "您尾号",
    "账户余额",
    "各类发票",
    "代开发票",
    "代开各类",
    "火热报名中",
    "火热招生",
    "火爆报名",
    "早鸟价",
    "早鸟票",
    "点数低",
    "先验后付",
    "无抵押贷款",
    "快速放款",
    "日结高薪",
    "恭喜您中奖",
    "刷单",
    "招商加盟",
];
/// Advertisers write so, and others may.
const PRAISING: [&str; 30] = [
    "报满即止",
    "满员即止",
    "先到先得",
    "元/人",
    "培训费",
    "团报",
    "打扰见谅",
    "开班",
    "代理记账",
    "代办工商",
    "报名即送",
    "欢迎来电",
    "打扰之处",
    "微信同号",
    "尊敬的负责人",
    "报名热线",
    "咨询热线",
    "名额有限",
    "主讲",
    "特邀",
    "加微信",
    "诚信合作",
    "两人同行",
    "限时",
    "特价",
    "原价",
    "免费领取",
    "扫码",
    "尊敬的客户",
    "尊敬的企业负责人",
];
/// Hardly any mail holds one of either: all are sought in one pass before each by itself.
static PRAISES: LazyLock<Index<&str>> =
    LazyLock::new(|| Index::of_firsts(LOUD.into_iter().chain(PRAISING)));
/// What somebody writes who means the bureau's day.
const CONCERNED: [&str; 5] = ["开放日", "我想报名", "我报名", "贵局", "审批局"];

/// An advertisement or spam without any list header: several of its phrases, none of a citizen's.
#[must_use]
pub(super) fn is_advertisement(subject: &str, text: &str) -> bool {
    if PRAISES.found(text).chain(PRAISES.found(subject)).next().is_none() {
        return false;
    }
    let says = |word: &&&str| text.contains(**word) || subject.contains(**word);
    let loud = LOUD.iter().filter(says).count();
    let praising = PRAISING.iter().filter(says).count();
    loud * 2 + praising >= 3 && !CONCERNED.iter().any(|word| says(&word))
}

/// `附上我的报名信息：…，群众代表，手机139…`: a person who means the bureau's day.
#[must_use]
pub(super) fn is_of_citizen(own: &str) -> bool {
    let category = ["代表", "监督员"].iter().any(|word| own.contains(word));
    let mut runs = own.split(|c: char| !c.is_ascii_digit());
    let mobile = runs.any(|run| run.len() == 11 && run.starts_with('1'));
    let praised = PRAISES.found(own).next().is_some();
    !praised && (CONCERNED.iter().any(|word| own.contains(word)) || category && mobile)
}

/// Whether somebody's number stands there: what a program answers by itself hardly holds one.
pub(super) fn tells_of_somebody(own: &str) -> bool {
    let mut runs = own.split(|c: char| !c.is_ascii_digit());
    runs.any(|run| run.len() >= 11)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citizen_who_travels_or_asks_for_credit_is_no_machine() {
        assert!(is_vacation_note("本人休假，期间不能及时查看邮件，有急事请联系李红"));
        assert!(!is_vacation_note("我在外地出差，不能参加了，请取消，急事请打电话"));
        assert!(is_advertisement("企业培训火热报名中", "名额有限，报名热线0951-5551234"));
        assert!(!is_advertisement("咨询", "想问创业贷款有什么优惠政策，限时吗，加微信也行"));
    }
}
