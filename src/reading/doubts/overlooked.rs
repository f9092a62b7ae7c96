//! Mail in which nobody was read although it holds what hardly any other mail holds: somebody's identity number beside
//! words of the event, a form that was filled in, a withdrawal. A person looks before it counts for a mere question.

use crate::message::{Message, UnreadKind};
use crate::reading::Kind;
use crate::reading::context::case::{Case, FileCase};
use crate::reading::fact::{Group, Role};
use crate::reading::intent::elsewhere;
use crate::reading::language::text::Text;
use crate::reading::language::words::words;
use crate::reading::values::digits::{self, Number};
use crate::reading::vocabulary::Item;

words! {
    /// Words of the event, in the mail, in a file or in its name.
    EVENT = "报名 参加 开放日 群众代表 企业代表 监督员 名额 回执";
    /// What else a form or an identity number is sent for.
    OTHERWISE = "不参加 不报名 没报过 没报名 不占 社保 医保 养老保险 房产 过户 诈骗 骗子";
    /// What an answer begins with.
    YES = "行 好 可以 能 去 愿意 参加 我去 我能 我愿意 我参加 没问题 同意 要 我要 来 我来 不 去不了 算了";
    /// What a letter asks that offers a place.
    OFFERS = "请回复 请于 是否参加 是否愿意 能否参加 逾期";
    /// Words of taking back a name that was put down.
    BACK = "取消 作废 撤回 撤销 划掉 销掉 去掉 退掉 去不了 来不了 不去了 不来了 不参加了";
    /// Where they take back none.
    NOT_BACK = "不取消 没取消 别取消 如果 要是 万一 手续 许可 执照 补贴 政策 我就不 建议 希望 为什么 已取消 取消了 活动取消";
}

/// So many characters only point to a file.
const FEW_WORDS: usize = 15;
/// What mail programs add.
const ADDED: [&str; 5] = [".p7s", ".p7m", ".asc", ".ics", ".dat"];

/// What makes the mail look like a registration.
pub(crate) fn reason(kind: Kind, case: &Case, message: &Message) -> Option<String> {
    let wish = &case.wish;
    let asks_first = wish.undecided && wish.asks;
    let silent = kind == Kind::Inquiry
        && !wish.papers
        && !wish.elsewhere
        && !wish.missed
        && !wish.passes_down
        && !asks_first
        && !elsewhere::seeks_employment(case)
        && !OTHERWISE.found_in(&case.own);
    if !silent {
        return None;
    }
    if case.reply
        && YES.start(case.own_lines.trim_start()).is_some()
        && OFFERS.found_in(&case.letter.text)
    {
        return Some("像是对通知的答复，没有读懂是否参加".to_owned());
    }
    if person(case) {
        return Some("写了姓名、号码和类别，没有读懂是不是报名".to_owned());
    }
    let filled = |file: &&FileCase| {
        let facts = || file.groups.iter().flat_map(Group::facts).filter(|fact| !fact.wrong);
        let numbered = facts().any(|fact| matches!(fact.item, Item::Phone | Item::IdNumber));
        let named = facts().any(|fact| fact.item == Item::Name);
        let spoken = || {
            EVENT.found_in(&Text::fold(&file.name)) || file.relevant && EVENT.found_in(&case.own)
        };
        !file.blank && numbered && named && spoken()
    };
    if let Some(file) = case.files.iter().find(filled) {
        return Some(format!("附件“{}”里填了个人信息，没有读懂是不是报名", file.name));
    }
    if let Some(file) = unread(case, message) {
        return Some(format!("附件“{file}”没有读懂"));
    }
    if let Some(clause) = taken_back(case) {
        return Some(format!("“{clause}”没有读懂是不是取消报名"));
    }
    let figures = || case.own_lines.chars().filter(char::is_ascii_digit).nth(16).is_some();
    let numbered = EVENT.found_in(&case.own)
        && figures()
        && digits::find(&case.own_lines).iter().any(|found| matches!(found.number, Number::Id(_)));
    numbered.then(|| "写了身份证号，没有读懂是不是报名".to_owned())
}

/// Somebody is named with number and category in the writer's own words.
fn person(case: &Case) -> bool {
    let said = |item: Item| {
        case.own_groups
            .iter()
            .flat_map(Group::facts)
            .any(|fact| fact.item == item && !fact.wrong && fact.role != Role::Contact)
    };
    let count = |item: Item| {
        let facts = case.own_groups.iter().flat_map(Group::facts);
        facts.filter(|fact| fact.item == item && fact.role != Role::Contact).count()
    };
    let several = count(Item::Name) > 1 && count(Item::Phone) > 1;
    let wanted = ["就给", "就帮", "留上", "报上", "登上", "算上", "写上"];
    let wanted = wanted.iter().any(|word| case.own.contains(word));
    let asked =
        case.wish.undecided || case.wish.next_time || case.wish.asks_else && !several && !wanted;
    !asked
        && !["建议", "不报"].iter().any(|word| case.own.contains(word))
        && said(Item::Name)
        && said(Item::Phone)
        && said(Item::Category)
}

/// A few words that point to a file, and a file in which nobody was read.
fn unread(case: &Case, message: &Message) -> Option<String> {
    let brief = case.own_lines.chars().filter(|c| c.is_alphanumeric()).nth(FEW_WORDS).is_none();
    if !brief || case.letter.ours || case.handed {
        return None;
    }
    let filled = case.files.iter().find(|file| !file.blank).map(|file| file.name.clone());
    let unread = message.unread.iter().find(|unread| {
        let name = unread.name.to_ascii_lowercase();
        let picture = matches!(unread.kind, UnreadKind::Image | UnreadKind::Inline);
        !picture && !ADDED.iter().any(|end| name.ends_with(end))
    });
    filled.or_else(|| unread.map(|unread| unread.name.clone()))
}

/// `帮我们店里的取消两个人`: something is taken back, and no question asked.
fn taken_back(case: &Case) -> Option<String> {
    let other = case.wish.asks || case.wish.keeps || case.letter.ours;
    if other || case.own.contains("建议") {
        return None;
    }
    let mut clauses = case.own_lines.split(['。', '；', '！', '\n', '？', ';', '，', ',']);
    let said = clauses.find(|clause| BACK.found_in(clause) && !NOT_BACK.found_in(clause));
    said.map(|clause| clause.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use crate::reading::Kind;
    use crate::reading::reader::read_letter as read;

    #[test]
    fn what_looks_like_a_registration_or_a_withdrawal_is_not_passed_over() {
        for body in [
            "帮我们店里的取消两个人 杭小丽13519455506 和 舒燕15226455517 剩下的照旧去",
            "娃他妈那个名作废吧，她娘家有事回去了。她叫辛彩莲",
            "群众代表的事，男，回族，642223197209172718，福祥五金店的",
        ] {
            let reading = read(body);
            assert!(reading.review() || reading.kind != Kind::Inquiry, "{body}: {reading:?}");
        }
        for body in [
            "28号那天窗口还办业务吗？我叫马燕",
            "请不要取消我的名额",
            "社保怎么转，642223198607102074",
        ] {
            assert!(!read(body).review(), "{body}");
        }
    }
}
