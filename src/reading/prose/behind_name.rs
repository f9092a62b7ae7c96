//! What stands behind a name: whether the name ends there, and what is said of whom it names.

use super::people_words;
use crate::reading::language::kin;
use crate::reading::language::text::{from, until};
use crate::reading::language::words::words;
use crate::reading::values::names;

words! {
    VERBS = "\
        变更为 更换为 调整为 换成 换为 换 改成 改为 
        以 拟 原 报 没有 没手机 报名 报的名 报个名 报了名 参加 参会 担任 作为 当 来 去 想 要 愿 是 电话 手机 身份证 男 女 说 \
        均 都 皆 代表 到 在 因 由于 不 也 和 与 及 两 等 一人 二人 三人 二位 三位 四位 五位 几位 已 被 同意 出席 登记 能 将 有 你知道 \
        今年 是否 有没有 有无 现年 开着 开了 开个 开的 经营 承包 管着 属于 联系 一起 一块 一同 一道 改 的电话 的手机 的身份证 的名额 的名字 的报名 的登记 \
        的职务 的职位 的住址 的地址 的性别 的民族 的身份 的申请 的类别 的号码 的信息 的单位 敬上 上 申请 临时 代替 顶替 替 为 未 无法 \
        顶上 顶他 顶她 顶班 顶这 顶那 补上 补位 补缺 补他 补她 接上 接他 接她 接替 住院 住进 病了 摔 调走";
    /// When it was: a sentence goes on behind a name with these.
    WHEN = "上回 上次 上周 上礼拜 上月 前天 昨天 昨晚 前几天 前些天 前阵子 前段时间 这两天 这几天 之前 早先 先前 刚刚 已经 今天 今早 原先";
    /// What somebody did, or what became of them, who is registered.
    HAPPENED = "报了名 报过名 报的名 报上名 给报了名 登记过 登记了 住院 住进 病了 摔 跌 做手术 骨折 去世 走了 没了 调走 出差 接走 外出";
}
words! {
    /// As what somebody comes.
    COMES_AS = "群众代表 企业代表 市民代表 村民代表 义务监督员 监督员 政务公开";
    /// What is wanted for whoever is named before it.
    ONE_PLACE = "留个 留一个 占个 占一个 记一个 算一个 添一个 报一个 一个";
    /// What is somebody's in a registration.
    OWNS = "的职务 的职位 的住址 的地址 的性别 的民族 的身份证 的身份 的电话 的手机 的名额 的名字 的报名 的登记 \
        的申请 的类别 的号码 的信息 的单位";
    /// Who is named before these cannot come.
    HINDERED = "因 由于 来不了 去不了 来不成 去不成 参加不了 不能 无法 没法 没办法 不参加 不来了 不去了 照常 仍然 继续 正常参加";
    /// Who is named before these is not put down this time.
    pub(super) DECLINES = "不替他写 不替她写 不替他报 不替她报 不用替他报 不用替她报 不算名额 不占名额 不算人数 这次不报 这回不报 暂不报 先不报 就不报 不参会 只负责联络 只负责联系 仅负责联络 负责联络 只做联络 只是联络";
    /// Whoever puts themselves down is not put down here.
    BY_THEMSELVES = "他自己去报 她自己去报 自己到现场去报 自己到现场报 自己去现场报 自己另报 自己单独报 另行报名 自行报名 自己会给你们发邮件 自己会发邮件 自己发邮件 会另外发邮件 另外发邮件 自己会报 自己会报名 自己已经报";
    /// Who is named before these is no longer there.
    pub(super) GONE = "已离职 离职了 已调走 调走了 已辞职 辞职了 不干了 已经离职 已经调走";
    /// What is wanted of whoever is named before it.
    pub(super) MEANT = "是否 有没有 有无 登记 不能 无法 没法 来不了 去不了 参加不了 因 由于 取消 退出 请删 删去 去掉";
    /// Who is named before these is praised for their work at the counter.
    pub(super) PRAISED = "耐心 热情 态度 服务好 服务特别 服务很 帮了我 帮了大忙 给我办 给我们办 接待 辛苦了 周到 负责任 细致";
    /// Who is named before these comes all the same.
    pub(crate) STAYS = "照去 照来 照旧参加 照旧 照常 照样 仍然参加 仍参加 继续参加 正常参加 按时参加 依旧参加 还是参加 还参加 不受影响 不变";
}
words! {
    /// Who is named before these only writes for others.
    pub(super) WRITES = "代报 代笔 代写 代填 代发 代转 代书 代录 代打 代为 帮打 帮写 帮发 帮忙 转报 经办 整理 上报";
    FORMS = "报名信息 报名表 登记表 个人信息 基本信息 个人资料 报名资料 的报名表 的登记表 的申请表 的表 的回执 的报名材料 的资料 的推荐表";
}

/// What is put right about whoever is named before.
const TURNS: [&str; 6] = ["应为", "应该是", "应是", "改报", "类别应", "应当是"];

/// Verbs of putting one person in another's place.
const SWAPS: [&str; 12] = [
    "改让",
    "换成",
    "换为",
    "更换为",
    "变更为",
    "改成",
    "改为",
    "改由",
    "换",
    "改派",
    "替换为",
    "调整为",
];

/// `吉小东换成`: who follows comes instead of who stands before.
#[must_use]
pub(super) fn swaps(before: &str) -> bool {
    SWAPS.iter().any(|verb| before.ends_with(verb))
}

/// `他说他自己到现场去报`, and nothing of why not: `他自己去报不方便`.
#[must_use]
pub(super) fn alone_puts_down(said: &str) -> bool {
    BY_THEMSELVES.spans(said).any(|(_, end)| {
        let rest = from(said, end);
        let rest = rest.strip_prefix('名').unwrap_or(rest);
        rest.is_empty() || rest.starts_with(['，', ',', '了'])
    })
}

/// `海玉山变更为伏小龙`: two names around such a verb.
fn swapped(after: &str) -> bool {
    SWAPS.iter().filter_map(|verb| after.strip_prefix(verb)).any(|rest| {
        let end = rest.char_indices().nth(3).map_or(rest.len(), |(at, _)| at);
        names::plausible(until(rest, end))
    })
}

/// `给我马文海报一个`: what is wanted for the writer stands behind their name. Elsewhere what follows decides.
#[must_use]
pub(super) fn asked_for(before: &str, after: &str) -> Option<(i32, bool)> {
    let one = people_words::puts_me_down(before) && ONE_PLACE.start(after).is_some();
    (one || owns_number(before, after)).then_some((2, false)).or_else(|| right(after))
}

/// `139…是我李得福的`, `158…才是老伴杨桂兰的`: whose a number is.
fn owns_number(before: &str, after: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
    let whose = kin::last(before).unwrap_or("");
    let told = until(before, before.len() - whose.len()).trim_end_matches('我');
    let told = told
        .strip_suffix('是')
        .map(|told| told.trim_end_matches(['才', '就', '号', '这', '个', ' ']));
    told.is_some_and(|told| told.ends_with(|c: char| c.is_ascii_digit()))
        && after.strip_prefix('的').is_some_and(ends)
}

/// `李万财|报上了没`, `李万财|在里头没有`: whether somebody was put down is asked.
fn asked_after(clause: &str) -> bool {
    let asked = clause.trim_end_matches(['？', '?', '啊', '呀', '呢', ' ']);
    let told = ["没有", "没", "吗"].iter().find_map(|end| asked.strip_suffix(end));
    told.is_some_and(|told| {
        let told = told.trim_end_matches('了');
        let among = told.starts_with('在') && told.ends_with(['里', '头', '面', '上', '中', '内']);
        among || told.chars().count() <= 5 && told.ends_with(['上', '成', '进', '到'])
    })
}

/// Judges what follows a name: how strongly the name ends here, and whether it only names a relation.
#[must_use]
pub(super) fn right(after: &str) -> Option<(i32, bool)> {
    let after = after.trim_start();
    // 我是郝佳佳呀，
    let after = after
        .strip_prefix(['呀', '啊', '哈', '哦', '啦', '吖', '哟', '么', '嘛', '哩', '吧', '呗'])
        .unwrap_or(after);
    if after.is_empty() {
        return Some((2, false));
    }
    if names::TITLES.iter().any(|title| after.starts_with(title)) {
        return Some((3, false));
    }
    if let Some(rest) = after.strip_prefix('的')
        && kin::first(rest).is_some()
    {
        return Some((2, true));
    }
    // 杨六十的182…
    let numbered = |rest: &str| {
        let told = ["电话", "手机", "号码", "手机号", "应该是", "应为", "改成", "改为", "是"];
        let mut rest = rest;
        while let Some(shorter) = told.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = shorter;
        }
        rest.starts_with(|c: char| c.is_ascii_digit())
    };
    if after.strip_prefix('的').is_some_and(numbered) {
        return Some((2, false));
    }
    if FORMS.start(after).is_some() {
        return Some((2, false));
    }
    if after.starts_with(|c: char| c.is_ascii_digit() || !c.is_alphanumeric()) {
        return Some((2, false));
    }
    let clause = until(after, after.find(['，', ',', '。', '；', ';']).unwrap_or(after.len()));
    if HINDERED.start(after).is_some() || clause.chars().count() <= 12 && HINDERED.found_in(clause)
    {
        return Some((3, false));
    }
    // 李秀英在不在名单上
    if ["在不在", "在没在", "是不是在"].iter().any(|asks| after.starts_with(asks)) {
        return Some((2, false));
    }
    if asked_after(clause) {
        return Some((2, false));
    }
    if WHEN.start(after).is_some() && HAPPENED.found_in(clause) {
        return Some((2, false));
    }
    if swapped(after) || TURNS.iter().any(|verb| after.starts_with(verb)) {
        return Some((3, false));
    }
    if let Some(word) = OWNS.start(after) {
        let of_a_person = matches!(word, "的职务" | "的报名" | "的名额" | "的登记" | "的名字");
        return Some((if of_a_person { 3 } else { 2 }, false));
    }
    if COMES_AS.start(after).is_some() {
        return Some((2, false));
    }
    if ["报名", "想报", "申请", "自愿", "愿意", "想参加"].iter().any(|verb| after.starts_with(verb))
    {
        return Some((2, false));
    }
    VERBS.start(after).is_some().then_some((1, false))
}
