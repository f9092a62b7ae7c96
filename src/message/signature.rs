//! What a client or a firm puts under every mail: cards, disclaimers, `发自我的iPhone`.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::document::{Block, Voice};
use super::index::Index;
use super::lower::lower;
use super::machine::UNSUBSCRIBES;
use super::voice::{set, text_of, voice_of};

/// Marks signatures among the own lines.
pub(super) fn sign(blocks: &mut [Block]) {
    let own: Vec<usize> = (0..blocks.len())
        .filter(|place| blocks.get(*place).is_some_and(|b| voice_of(b) == Voice::Own))
        .collect();
    let texts: Vec<Cow<'_, str>> =
        own.iter().map(|place| blocks.get(*place).map(text_of).unwrap_or_default()).collect();
    let mut signed: Vec<usize> = Vec::new();
    for (order, place) in own.iter().enumerate() {
        let text = texts.get(order).map_or("", |text| text.as_ref());
        let rest = texts.get(order + 1..).unwrap_or(&[]);
        if is_client_line(text) {
            signed.push(*place);
        } else if is_rule(text) && could_sign(rest)
            || is_disclaimer(text)
            || advertises(text)
            || order > 0 && unsubscribes(text)
        {
            signed.extend(own.iter().skip(order));
            break;
        }
    }
    for place in signed {
        if let Some(block) = blocks.get_mut(place) {
            set(block, Voice::Signature);
        }
    }
}

/// `发自我的iPhone` and its kin.
fn is_client_line(text: &str) -> bool {
    // Every such line holds Latin letters or begins so: hardly any other needs a closer look.
    let may = text.starts_with(['发', '發', '来', '从', '通', '下', '使']) || text.contains("邮箱");
    if !may && !text.bytes().any(|byte| byte.is_ascii_alphabetic()) || text.chars().count() > 40 {
        return false;
    }
    let text = lower(text);
    let starts = [
        "发自我的",
        "发自",
        "来自我的",
        "来自网易",
        "来自新浪邮箱",
        "来自139邮箱",
        "来自 139邮箱",
        "从我的",
        "通过我的",
        "發自我的",
        "从 windows 版邮件发送",
        "从windows",
        "sent from",
        "get outlook",
        "下载outlook",
        "使用 outlook",
    ];
    starts.iter().any(|start| text.starts_with(start))
        || text.contains("网易邮箱大师")
        || text.contains("来自qq邮箱")
        || text.contains("foxmail for")
}

/// `【139邮箱·中国移动】迎国庆送流量…`: what a provider puts under the mail of its customers.
fn advertises(text: &str) -> bool {
    let named = text.strip_prefix('【').and_then(|rest| rest.split_once('】'));
    named.is_some_and(|(who, what)| who.contains("邮箱") && !what.trim().is_empty())
}

/// `如需取消订阅，请发送“退订”至…`: how one is taken off a firm's list.
fn unsubscribes(text: &str) -> bool {
    LISTS.found(&lower(text)).next().is_some()
}

fn is_rule(text: &str) -> bool {
    let mark =
        |c: &char| matches!(c, '-' | '_' | '—' | '―' | '─' | '━' | '═' | '=' | '*' | '－' | '·');
    if !text.starts_with(|c| mark(&c)) {
        return false;
    }
    let marks = text.chars().filter(mark).count();
    text == "--"
        || text == "—"
        || marks >= 4 && marks == text.chars().filter(|c| !c.is_whitespace()).count()
}

/// What stands below a rule is a signature unless it is a filled-in form or a letter of its own.
fn could_sign(rest: &[Cow<'_, str>]) -> bool {
    let words = ["姓名", "身份证", "身份證", "性别", "民族", "类别", "姓 名", "报名", "参加"];
    let filled: Vec<&Cow<'_, str>> = rest.iter().filter(|line| !line.is_empty()).collect();
    if filled.first().is_some_and(|line| is_disclaimer(line)) {
        return true;
    }
    let short = filled.len() <= 12 && filled.iter().all(|line| line.chars().count() <= 60);
    let form = |line: &str| words.iter().any(|word| line.contains(word)) && !promotes(line);
    short && !filled.iter().any(|line| form(line)) || filled.is_empty()
}

/// `沙坡头一日游168元，报名热线400-018-6620`: a trade's own offer, whatever it may be joined by.
fn promotes(line: &str) -> bool {
    let words = [
        "热线",
        "特惠",
        "优惠",
        "立减",
        "招生",
        "开班",
        "公众号",
        "报名电话",
        "报名咨询",
        "报名即送",
        "促销",
        "团购",
        "折起",
    ];
    let line = line.trim();
    let named = ["姓名", "身份证", "开放日"].iter().any(|word| line.contains(word));
    !named && words.iter().any(|word| line.contains(word))
}

/// One of these stands in every notice that is not English.
static NOTICES: LazyLock<Index<&str>> =
    LazyLock::new(|| Index::of_firsts(["邮件", "保密", "声明", "提示", "病毒"]));

/// A firm tells how to leave its list with one of these.
static LISTS: LazyLock<Index<&str>> = LazyLock::new(|| Index::of_firsts(UNSUBSCRIBES));

/// What a scanner of mail says of viruses.
const SCANNED: [&str; 6] = ["已由", "未发现病毒", "不含病毒", "无病毒", "查杀", "已扫描"];

/// A firm's notice under its mail.
fn is_disclaimer(text: &str) -> bool {
    // Every such notice holds one of these or is English: hardly any line needs a closer look.
    let may = NOTICES.found(text).next().is_some();
    if !may && !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return false;
    }
    let text = lower(text);
    let start: String = text.chars().take(24).collect();
    let named =
        ["保密提示", "保密声明", "免责声明", "保密申明", "重要提示", "声明：本邮件", "保密须知"];
    named.iter().any(|word| start.contains(word))
        || text.contains("本邮件及其附件")
        || text.contains("本邮件（包括")
        || text.contains("本电子邮件及其")
        || text.contains("如果您错收了本邮件")
        || text.contains("病毒") && SCANNED.iter().any(|word| text.contains(word))
        || text.starts_with("this e-mail and its attachments")
        || text.starts_with("this email and any attachments")
        || start.contains("confidentiality notice")
        || start.starts_with("confidentiality")
}
