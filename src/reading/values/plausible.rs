//! Whether a value has the form of what it stands for: a clause, a date or a verb in a name shows that its borders were
//! missed, and a person is asked rather than the wrong words entered.

use super::bounds;
use super::names;
use super::places;
use super::posts;
use crate::reading::language::kin;
use crate::reading::language::text::{Text, from, until};
use crate::reading::language::words::words;
use crate::reading::{Applicant, Doubt, Kind, Reading, field};

words! {
    /// No name of an employer begins with these.
    NO_BEGINNING = "\
        个家 个小 一家 间 所以 有 是 在 把 被 跟 给 对 从 由 及 我 你 他 她 您 咱 该 其 均 都 也 就 原来 以前 叫 名叫 及其 和 与 并 因 为 \
        一律 统一 全部 全 写 填 报 现 曾 于 到 去 来自 做 任 过 且 属 系 请 让 派 经 按 名 各 每 另 还 又 再 只 仅 已 后 前 当";
    /// What begins like one of them and begins names of employers all the same.
    BEGINNINGS = "现代 全聚 全友 全民 全球 全屋 全兴 全顺 全盛 全福 报社 后勤 前进 前程 前沿 当代 当归 派出所 经济 经开 经贸 经典 名人 名城 名典 名品 名流 名车 名门 名烟 \
        到家 为民 为农 与时 有机 有间 有家 有为 有道 有味 有才 有福 有信 在水 在线 在家 对外 任家 任记 做客 填海 过桥 于氏 于记 于家 从容 从心 系统 请客 都市 都汇 让利 再生 再来 又见 还乡 各界 另类 每日 每天 \
        和平 和谐 和顺 和润 和美 和兴 和盛 和信 我家 我爱 你好";
    /// No person's name begins with these.
    NO_PERSON = "那会 那个 那天 那时 那次 那边 那里 这个 这次 这里";
    /// Rooms and departments, behind a verb that is a surname as well: 任前厅经理.
    ROOMS = "前厅 总台 前台 后厨 客房 车间 办公 财务 人事 销售 市场 行政 后勤";
    /// What is told in a clause and stands in no name.
    TOLD = "的是 牌子是 店是 就是 给 叫 我 他们 她 了 没 不是 挂靠 参加 报名 转业 退休 调到 分到 分配 上班 打工 干活 住在 住的 户口 身份证 电话 手机 联系 年起 年到 写的 填的 报的 一起 单独 这次 昨天 今天";
    /// Shops that hold one of these words.
    SHOPS = "手机维修 手机店 手机城 手机卖场 手机专卖 手机配件 手机行 手机大 手机超 手机数码 手机通讯 手机连锁 手机服务 手机营业 电话亭";
    /// The same in an address.
    NO_ADDRESS = "的 叫 我 电话 手机 身份证 上班 打工 报名 参加 一个人";
}

/// Who gives a place back or asks after it has no employer entered: what is none is left out.
pub(crate) fn leave_out(reading: &mut Reading) {
    if !matches!(reading.kind, Kind::Cancellation | Kind::Status) {
        return;
    }
    for one in &mut reading.applicants {
        let none = |key: &str, wrong: fn(&str) -> bool| {
            one.get(key).is_some_and(|value| wrong(&Text::fold(value)))
        };
        let keys = [
            (field::ORGANIZATION, none(field::ORGANIZATION, no_employer)),
            (field::ADDRESS, none(field::ADDRESS, no_address)),
        ];
        for (key, _) in keys.into_iter().filter(|(_, wrong)| *wrong) {
            one.fields.remove(key);
        }
    }
}

/// Values that cannot be what they stand for.
pub(crate) fn doubts(reading: &Reading) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for (place, one) in reading.applicants.iter().enumerate() {
        let keys = [field::ORGANIZATION, field::NAME, field::ADDRESS, field::POSITION];
        for (key, what) in keys.into_iter().zip(["单位名称", "姓名", "住址", "职务"]) {
            let Some(found) = one.fields.get(key) else { continue };
            let folded = Text::fold(&found.value);
            let wrong = match key {
                field::ORGANIZATION => {
                    no_employer(&folded) || is_word(&found.value) || lived_in(&folded, one)
                }
                field::NAME => no_name(&folded),
                // A whole row in one cell.
                field::POSITION => folded.chars().filter(char::is_ascii_digit).nth(5).is_some(),
                _ => no_address(&folded),
            };
            if wrong {
                let at = &found.evidence;
                let reason =
                    format!("“{}”不像是{what}（{}{}）", found.value, at.document, at.place);
                doubts.push(Doubt {
                    reason,
                    advice: None,
                    concerns: Some((place, key.to_owned())),
                });
            }
        }
    }
    doubts
}

/// A clause, a date or somebody's name, not a name of an employer.
fn no_employer(name: &str) -> bool {
    // 安家果蔬批发部（北市场12号）: where it is.
    let name = match name.find(['（', '(']) {
        Some(at) if at > 0 && name.ends_with(['）', ')']) => until(name, at),
        _ => name,
    };
    let person = (2..=3).contains(&name.chars().count())
        && names::plausible(name)
        && !places::has_ending(name);
    let begins = NO_BEGINNING.start(name).is_some() && BEGINNINGS.start(name).is_none();
    let marks = ['，', '。', '；', '/', '｜', '|', '？', '：'];
    // ⑤西吉县占福汽车修理铺
    let symbol = name.starts_with(|c: char| ('①'..='⓿').contains(&c));
    begins
        || symbol
        || person
        || tells(name)
        || name.contains('在') && !name.contains("在线")
        || name.starts_with(marks)
        || name.ends_with(marks)
        || name.contains(['，', '。', '；'])
        || has_time(name)
        || name.ends_with("村村")
        || bounds::post_behind(name).is_some_and(|post| post.chars().count() >= 2)
}

/// Whether a name holds what only a clause tells; a shop for telephones holds the word, too.
fn tells(name: &str) -> bool {
    if !SHOPS.found_in(name) {
        return TOLD.found_in(name);
    }
    TOLD.found_in(&SHOPS.iter().fold(name.to_owned(), |name, word| name.replace(word, "")))
}

/// `this week`: English of no name, which would have a capital.
fn is_word(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_lowercase() || c == ' ')
}

/// `什字乡玉丰村`, where somebody has no post there: a home, not an employer.
fn lived_in(name: &str, one: &Applicant) -> bool {
    name.ends_with('村') && one.get(field::POSITION).is_none()
}

/// `1979年转业到…`, `今年`, `28号把店`: a time, which no name of an employer tells.
fn has_time(name: &str) -> bool {
    let mut before = ' ';
    name.chars().any(|c| {
        let counted = before.is_ascii_digit() && "年月日号点岁名个".contains(c);
        let told = c == '年' && "今去前那".contains(before);
        before = c;
        counted || told
    })
}

/// `琴琴`, `查查`: a pet name or a verb.
fn is_doubled(name: &str) -> bool {
    let mut chars = name.chars();
    matches!((chars.next(), chars.next(), chars.next()), (Some(one), Some(two), None) if one == two)
}

/// A word or a clause, not a name.
fn no_name(name: &str) -> bool {
    let first = name.chars().next().map_or(0, char::len_utf8);
    let given = from(name, first);
    is_doubled(name)
        || NO_PERSON.start(name).is_some()
        || ROOMS.start(given).is_some()
        || kin::first(given) == Some(given)
        || names::no_name(name)
        || kin::is_one(name)
        || posts::is_post(given) && given.chars().count() == 2 && given != "文书"
}

/// A clause, not a place.
fn no_address(place: &str) -> bool {
    NO_ADDRESS.found_in(place) || place.starts_with(['住', '寓', '，', '｜', '/', '：'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_and_dates_are_no_employers() {
        for clause in [
            "1979年转业到西吉县粮食局",
            "一律写西吉县巧娘子刺绣专业合作社",
            "就写西吉县什字乡沙坝梁村村民委员会",
            "在西吉县第三中学",
            "宁夏通达信息网络有限公司西吉分公司/",
            "｜西吉县丹霞地质公园游客中心",
            "马小龙",
            "28号把店",
        ] {
            assert!(no_employer(clause), "{clause}");
        }
        assert!(is_word("this week") && !is_word("Lily"));
        for name in [
            "西吉县粮食局",
            "现代农业示范园",
            "西吉县住建局",
            "前进砖厂",
            "Lily美甲",
            "和平小学",
            "春来家电",
        ] {
            assert!(!no_employer(name), "{name}");
        }
    }

    #[test]
    fn clauses_are_no_addresses() {
        assert!(no_address("楼下的安世荣") && no_address("寓居吉强镇文萃巷5号"));
        assert!(!no_address("西吉县吉强镇团结社区怡和苑4-2-601"));
    }
}
