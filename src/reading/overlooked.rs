//! What stands in a mail and was passed over: somebody's identity number beside words of the event or a form that was
//! filled in, where nobody was read; the name of an employer, where nobody has one. A person looks before it counts for
//! nothing.

use super::case::{Case, FileCase};
use super::digits::{self, Number};
use super::fact::{Group, Role};
use super::id_number;
use super::names;
use super::people_words;
use super::places;
use super::text::{Text, from, is_han, until};
use super::vocabulary::Item;
use super::words::words;
use super::{Kind, Reading, field};
use crate::message::{Block, Message, Voice};

words! {
    /// Words of the event, in the mail, in a file or in its name.
    EVENT = "报名 参加 开放日 群众代表 企业代表 监督员 名额 回执";
    /// What else a form or an identity number is sent for.
    OTHERWISE = "不参加 不报名 没报过 没报名 不占 社保 医保 养老保险 房产 过户 诈骗 骗子";
    /// What may stand between the beginning of a clause and the name of an employer.
    LEADS = "我们是 我们的 我们 我是 我在 我 咱们 咱 俺 在 是 的 来自 本人 单位 现在 一直 就 都 均 三个 两个 两人 三人 他 她";
    /// Whoever is spoken of there does not work there.
    ELSEWHERE = "去 到 给 跟 向 听 让 找 问 从 路过 旁边 隔壁 对面 附近 后面 前面 住 上学 读书 念书 报告 反映 建议 希望 投诉 感谢 业务 办理 办证 办事 买 卖给 送到 接送 儿子 女儿 孩子 孙 \
        老师 班主任 家长 学生 毕业 书记 支部 业委会 公开 摊 县城";
    /// Whose parents come, and to whose school they do not belong.
    OF_PUPILS = "家长 班主任 妈妈 爸爸";
    /// Offices that are written to and not worked in.
    OFFICES = "党和政府 审批 政务 大厅 贵局 贵单位 你局 公安局 派出所 社保 医保 人民政府 新闻 服务中心 服务站 村委会 居委会 民委员会";
    /// What an answer begins with.
    YES = "行 好 可以 能 去 愿意 参加 我去 我能 我愿意 我参加 没问题 同意 要 我要 来 我来 不 去不了 算了";
    /// What a letter asks that offers a place.
    OFFERS = "请回复 请于 是否参加 是否愿意 能否参加 逾期";
    /// Words of taking back a name that was put down.
    BACK = "取消 作废 撤回 撤销 划掉 销掉 去掉 退掉 去不了 来不了 不去了 不来了 不参加了";
    /// Where they take back none.
    NOT_BACK = "不取消 没取消 别取消 如果 要是 万一 手续 许可 执照 补贴 政策 我就不 建议 希望 为什么 已取消 取消了 活动取消";
}

/// So many Han characters only point to a file.
const FEW_WORDS: usize = 15;

/// What makes the mail look like a registration.
pub(super) fn reason(kind: Kind, case: &Case, message: &Message) -> Option<String> {
    let wish = &case.wish;
    let silent = kind == Kind::Inquiry
        && !wish.papers
        && !wish.elsewhere
        && !wish.missed
        && !wish.passes_down
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

/// What was passed over in a mail that registers somebody.
pub(super) fn doubts(case: &Case, message: &Message, reading: &Reading) -> Vec<String> {
    let mut reasons = only_named(reading);
    reasons.extend(employer(case, message, reading));
    reasons.extend(pieces(case, reading));
    reasons.extend(lone_name(case, reading));
    if reasons.is_empty() {
        reasons.extend(called(case, reading));
    }
    reasons
}

/// The name of an employer that stands in the mail, where nobody who is registered has one.
fn employer(case: &Case, message: &Message, reading: &Reading) -> Option<String> {
    let none = reading.applicants.iter().all(|one| !one.fields.contains_key(field::ORGANIZATION));
    let open = reading.kind == Kind::Registration
        && none
        && !reading.review()
        && !case.letter.ours
        && !super::supply::NO_EMPLOYER.found_in(&case.own)
        && !OF_PUPILS.found_in(&case.own);
    if !open {
        return None;
    }
    let relevant = |name: &str| case.files.iter().any(|file| file.relevant && file.name == name);
    let documents = message.documents.iter().enumerate();
    let read = documents.filter(|(place, document)| *place == 0 || relevant(&document.name));
    let mut named = read.flat_map(|(_, document)| &document.blocks).find_map(|block| match block {
        Block::Line(line) if line.voice == Voice::Own => workplace(&line.text),
        Block::Table(table) if table.voice == Voice::Own => {
            let cells = table.cells.iter().map(|cell| cell.text.as_str());
            std::iter::once(table.title.as_str()).chain(cells).find_map(workplace)
        }
        _ => None,
    });
    named.take().map(|name| format!("“{name}”没有读懂是不是工作单位"))
}

/// The name of an employer in a line, said of no one else and of no former time.
fn workplace(line: &str) -> Option<String> {
    let folded = Text::fold(line);
    let marks =
        ['，', '。', '；', '！', '？', ',', ';', '、', '（', '）', '(', ')', ' ', '：', ':'];
    folded.split(marks).find_map(|clause| {
        let end = places::organization_end(clause)?;
        let mut name = until(clause, end);
        while let Some(word) = LEADS.start(name) {
            name = from(name, word.len());
        }
        let told = (4..=20).contains(&name.chars().count())
            && name.chars().all(is_han)
            && places::has_ending(name)
            && places::is_organization(name)
            && !ELSEWHERE.found_in(clause)
            && !OFFICES.found_in(name)
            && !people_words::is_past(clause);
        told.then(|| name.to_owned())
    })
}

/// Somebody of whom a name is said and nothing that all others have: `报名：葛文娟…`, and a name in a file.
fn only_named(reading: &Reading) -> Vec<String> {
    let keys =
        [field::PHONE, field::ID_NUMBER, field::CATEGORY, field::ORGANIZATION, field::POSITION];
    let told = |key: &str| reading.applicants.iter().any(|one| one.fields.contains_key(key));
    let several = reading.kind == Kind::Registration && reading.applicants.len() > 1;
    if !several
        || reading.review()
        || !told(field::CATEGORY)
        || !(told(field::PHONE) || told(field::ID_NUMBER))
    {
        return Vec::new();
    }
    let bare = reading
        .applicants
        .iter()
        .filter(|one| keys.iter().all(|key| !one.fields.contains_key(*key)));
    let names = bare.filter_map(|one| one.get(field::NAME));
    names.map(|name| format!("只写了“{name}”的名字，不确定是否也要报名")).collect()
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
    let asked = case.wish.undecided || case.wish.next_time || case.wish.asks && !several;
    !asked
        && !["建议", "不报"].iter().any(|word| case.own.contains(word))
        && said(Item::Name)
        && said(Item::Phone)
        && said(Item::Category)
}

/// A name that stands alone in the mail, where somebody who is registered has none: `问：您叫什么？答：杜鹏程。`
fn lone_name(case: &Case, reading: &Reading) -> Option<String> {
    let nameless = reading.applicants.iter().any(|one| !one.fields.contains_key(field::NAME));
    if reading.kind != Kind::Registration || !nameless || reading.review() || case.letter.ours {
        return None;
    }
    let own = Text::fold(&case.own_lines);
    let mut words = own.split(|c: char| !is_han(c) && c != '·');
    let lone = words.find(|word| {
        let length = word.chars().count();
        (2..=3).contains(&length)
            && names::plausible(word)
            && !reading
                .applicants
                .iter()
                .any(|one| one.fields.values().any(|value| value.value.contains(word)))
    });
    lone.map(|name| format!("“{name}”没有读懂是不是报名人"))
}

/// `他叫摆占财，我叫马秀莲`: whoever is called by a name is meant, though they were not read.
fn called(case: &Case, reading: &Reading) -> Option<String> {
    let own = Text::fold(&case.own_lines);
    let with = ["跟我", "和我", "与我", "我俩"].iter().any(|word| own.contains(word));
    if reading.kind != Kind::Registration || reading.review() || case.letter.ours || !with {
        return None;
    }
    own.match_indices("我叫").find_map(|(at, lead)| {
        let rest = from(&own, at + lead.len());
        let word = rest.split(|c: char| !is_han(c) && c != '·').next()?;
        let length = word.chars().count();
        let known = reading.applicants.iter().any(|one| {
            one.get(field::NAME).is_some_and(|name| rest.starts_with(Text::fold(name).as_str()))
        });
        let name = (2..=3).contains(&length) && names::plausible(word) && !known;
        let only = reading.applicants.len() == 1 && at > 0;
        (name && only).then(|| format!("“{word}”没有读懂是不是报名人"))
    })
}

/// `证件号前头是642223，中间是我生日19800417，后头四位是2065`: a number told in pieces.
fn pieces(case: &Case, reading: &Reading) -> Option<String> {
    let lacking = reading.applicants.iter().any(|one| one.get(field::ID_NUMBER).is_none());
    if reading.kind != Kind::Registration || !lacking || reading.review() {
        return None;
    }
    let figure = |c: char| c.is_ascii_digit() || c == 'x';
    let runs: Vec<&str> =
        case.own_lines.split(|c| !figure(c)).filter(|run| !run.is_empty()).collect();
    let whole = runs.windows(3).any(|run| {
        let lengths = run.iter().map(|piece| piece.len());
        lengths.eq([6, 8, 4]) && id_number::check(&run.concat()).is_ok()
    });
    whole.then(|| "身份证号分开写了，没有读懂".to_owned())
}

/// A few words that point to a file, and a file in which nobody was read.
fn unread(case: &Case, message: &Message) -> Option<String> {
    let brief = case.own_lines.chars().filter(|c| is_han(*c)).nth(FEW_WORDS).is_none();
    if !brief || case.letter.ours || case.handed {
        return None;
    }
    let filled = case.files.iter().find(|file| !file.blank).map(|file| file.name.clone());
    filled.or_else(|| message.unread.first().map(|unread| unread.name.clone()))
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
    use crate::reading::{Kind, Reader};

    fn read(body: &str) -> crate::reading::Reading {
        let head =
            "From: <a@example.cn>\r\nSubject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
        Reader::default().read(format!("{head}{body}\r\n").as_bytes()).reading
    }

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

    #[test]
    fn an_employer_and_a_number_in_pieces_are_asked_about() {
        let body = "我叫巩彩红，报群众代表，17795551408。";
        assert!(!read(body).review());
        let pieces = "证件号前头是642223，中间是我生日19800417，后头四位是2065";
        assert!(read(&format!("{body}{pieces}")).review());
        let named = read(&format!("{body}\r\n红星砖厂人员"));
        assert!(named.review() || named.applicants[0].get("organization").is_some(), "{named:?}");
    }

    #[test]
    fn rows_of_one_shape_are_rows_to_the_last() {
        let rows = "都是群众代表\r\n关雪梅 15226551608 大班教师\r\n尚小娟 18295551617 保健医\r\n\
                    马秀芬 13895551626 木工";
        assert_eq!(read(rows).applicants.len(), 3);
    }
}
