//! Employers, posts and addresses: how they end, and where one stops and the next begins.

use std::sync::LazyLock;

use super::dwelling;
use super::nothing::is_blank;
use super::offices;
use super::posts::is_post;
use crate::reading::language::kin;
use crate::reading::language::marks;
use crate::reading::language::text::{cut, from, until};
use crate::reading::language::words::{Words, words};

words! {
    PLACE_PARTS = "\
        省 市 县 区 镇 乡 村 社 街 路 巷 组 号 楼 单元 室 小区 社区 花园 家属院 苑 庄 队 院 湾";
}

words! {
    /// What an employer's name ends with, longer endings first.
    ENDINGS = "\
        有限责任公司 股份有限公司 有限公司 分公司 总公司 子公司 公司 项目部 经销部 服务部 门市部 \
        营业部 经营部 广告部 礼仪部 租赁部 批发部 收购部 加工部 维修部 党支部 新闻部 事业部 合作社 \
        联合社 供销社 报社 旅行社 服务队 飞防队 工程队 施工队 植保队 救援队 宣传队 房产中介 中介所 中介 代办点 石料场 砂石料场 料场 砂场 沙场 采石场 洗砂场 理事会 董事会 监事会 村委会 居委会 村监会 村民委员会 居民委员会 管委会 业委会 工商联 总商会 工会 妇联 委员会 协会 商会 \
        办事处 学会 联合会 基金会 管理局 公安局 林业局 教育局 人民政府 政府 局 派出所 司法所 事务所 卫生所 研究所 诊所 \
        税务所 工商所 供电所 所 幼儿园 托儿所 小学 中学 大学 学院 学校 艺校 技校 职校 驾校 高中 职中 党校 卫生院 \
        医院 法院 检察院 书画院 养老院 敬老院 研究院 设计院 卫生室 客运站 汽车站 加油站 兽医站 \
        林业站 农技站 文化站 水管站 收费站 服务站 工作站 代理点 网点 服务点 收购点 销售点 快递点 经销处 环卫队 建筑队 运输队 演出队 养护队 支队 公路段 管理段 养护段 站 工作室 俱乐部 农场 林场 牧场 养殖场 市场 \
        健身房 度假村 水暖门市 门市 烟酒行 酒行 布行 商贸行 火锅城 海鲜城 量贩 会所 水产店 废品收购站 收购站 液化气站 配送站 回收站 充电站 种子站 采摘园 机电行 五金行 冷库 月子中心 美容院 美发厅 歌厅 舞蹈室 棋牌室 砖厂 厂 养鸡场 养猪场 养牛场 养羊场 砂石场 养蜂场 种鸡场 家庭农场 作坊 山庄 农家乐 民宿 园区 铺子 工坊 坊 超市 百货 商行 商场 酒店 饭店 药店 药房 药铺 影楼 照相馆 影院 苗圃 屠宰场 停车场 粮库 粮站 租赁行 洗车行 典当行 茶馆 书院 家具城 建材城 商城 机电城 五金城 服装城 鞋城 灯饰城 汽贸城 影城 书城 美食城 书店 宾馆 \
        蛋糕房 面包房 文化馆 图书馆 体育馆 博物馆 纪念馆";
}
words! {
    /// Endings of one character or those that only count when something particular stands before.
    SHORT_ENDINGS = "\
        城         店 馆 车行 琴行 米行 拍卖行 分行 粮行 茶行 农商行 社 楼 庄 园 中心 集团 企业 银行 支行 信用社 车队 消防队 大队 社区 村 餐厅 茶楼 食府 \
        矿 基地 部 室 院 处 屋 铺 网吧 酒吧 茶吧";
}
/// Both, sought in one pass.
static ANY_ENDINGS: LazyLock<Words> = LazyLock::new(|| Words::join(&[&ENDINGS, &SHORT_ENDINGS]));
/// Where the last employer's ending in `folded` ends, in bytes.
#[must_use]
pub(crate) fn organization_end(folded: &str) -> Option<usize> {
    let spans = ANY_ENDINGS.spans(folded);
    let whole = spans.filter(|(start, end)| {
        let ending = cut(folded, *start..*end).chars().count();
        until(folded, *end).chars().count() > ending.max(2) && whole_ending(folded, *end)
    });
    whole.map(|(_, end)| end).max()
}

/// Whether the last employer's ending in `folded` ends with it: the same as comparing
/// [`organization_end`] with the length, without a walk over the whole.
#[must_use]
pub(crate) fn ends_as_organization(folded: &str) -> bool {
    if is_town(folded) {
        return false;
    }
    let mut endings = ANY_ENDINGS.ends(folded).map(|ending| ending.chars().count()).peekable();
    endings.peek().is_some() && {
        let length = folded.chars().count();
        endings.any(|ending| length > ending.max(2))
    }
}

/// `西吉县城`: a town, where 窗帘城 is a shop.
fn is_town(folded: &str) -> bool {
    let town =
        |bare: &str| bare.ends_with(|c: char| "县省市京长进全古老新东西南北山州围".contains(c));
    folded.strip_suffix('城').is_some_and(town)
}

/// Short endings must not be inside a longer word: 部 in 部长, 店 in 店主 is, 所 in 所有 is not.
fn whole_ending(folded: &str, end: usize) -> bool {
    let rest = from(folded, end);
    if is_town(until(folded, end)) {
        return false;
    }
    let inside = [
        "长", "门", "分", "队", "以", "在", "谓", "里", "员", "子里", "际", "部", "业", "需", "得",
        "说", "民", "动", "为",
    ];
    // 某某公司企业代表: what somebody is, behind the name.
    if rest.starts_with("代表") && until(folded, end).ends_with("企业") {
        return false;
    }
    // 所有, where 某某公司有两位职工 tells of a firm.
    if rest.starts_with('有') && until(folded, end).ends_with('所') {
        return false;
    }
    if offices::opens_word(folded, end) {
        return false;
    }
    // 局长, 店长, 部长: the ending belongs to the post, unless the post stands alone behind it.
    !inside.iter().any(|word| rest.starts_with(word))
}

/// Splits `西吉县恒远汽车租赁部的司机` into employer and post, in bytes of the employer's end and
/// the post's start. The post may be missing.
#[must_use]
pub(crate) fn split(folded: &str) -> Option<(usize, Option<usize>)> {
    let spans = ANY_ENDINGS.spans(folded);
    let mut ends: Vec<usize> = spans.map(|(_, end)| end).map(|end| closed(folded, end)).collect();
    ends.sort_unstable();
    ends.dedup();
    ends.retain(|end| {
        until(folded, *end).chars().count() >= 3
            && !inside_post(folded, *end)
            && !offices::opens_word(folded, *end)
    });
    let mut whole = None;
    for end in ends.iter().rev() {
        let rest = from(folded, *end);
        let joint =
            rest.trim_start_matches(|c: char| c.is_whitespace() || "的,，/、—-·（(".contains(c));
        let post = joint.trim_end_matches(|c: char| c.is_whitespace() || "。.）)".contains(c));
        if post.is_empty() {
            // 住建局干部 ends like an office, and is one with a post.
            whole = whole.or(Some((*end, None)));
            continue;
        }
        if is_post(post) && offices::is_department(until(folded, *end)) {
            return None;
        }
        // 书|院山长
        let early = post.chars().next().is_some_and(|c| {
            let longer = *end + c.len_utf8();
            matches!(c, '院' | '部' | '室' | '处')
                && is_post(from(post, c.len_utf8()))
                && has_ending(until(folded, longer))
        });
        if is_post(post) && !early && !swallowed(folded, *end) {
            return Some((*end, Some(folded.len() - joint.len())));
        }
    }
    whole
}

/// `佳禾生活超市（平峰街道店）`: the bracket that the name opened is a part of it.
fn closed(folded: &str, end: usize) -> usize {
    let open = until(folded, end).matches(['（', '(']).count()
        > until(folded, end).matches(['）', ')']).count();
    match from(folded, end).chars().next() {
        Some(close @ ('）' | ')')) if open => end + close.len_utf8(),
        _ => end,
    }
}

/// `机电城当店员`: the ending belongs to the post behind the verb.
fn inside_post(folded: &str, end: usize) -> bool {
    let before = until(folded, end);
    let verb = ["当", "任", "做", "为"].iter().any(|verb| {
        let at = before.chars().rev().nth(1).map(String::from);
        at.as_deref() == Some(*verb)
    });
    // 北台卫生室乡村|医生
    if before.ends_with("乡村") && from(folded, end).starts_with(['医', '教']) {
        return true;
    }
    // 康民药店驻店|药师
    let posted = before.chars().rev().nth(1) == Some('驻');
    posted || verb && from(folded, end).starts_with(['员', '长', '主', '工'])
}

/// `西吉县某某公司销售部经理`: the department would be cut off the employer's name and kept from
/// the post, but a post with its department is one: the employer ends earlier.
fn swallowed(folded: &str, end: usize) -> bool {
    let name = until(folded, end);
    let department = [
        "部", "科", "室", "处", "股", "中心", "站", "市场", "仓库", "车间", "妇联", "工会", "团委",
        "残联",
    ]
    .iter()
    .any(|ending| name.ends_with(ending));
    let branch = ["办事处", "分公司", "经营部", "营业部"].iter().any(|end| name.ends_with(end));
    department
        && !branch
        && ENDINGS.iter().any(|ending| {
            name.rfind(ending).is_some_and(|at| {
                let earlier = at + ending.len();
                earlier < end && cut(name, earlier..end).chars().count() <= 6
            })
        })
}

/// Whether it ends like an employer's name.
#[must_use]
pub(crate) fn has_ending(name: &str) -> bool {
    ENDINGS.end(name).is_some()
}

words! {
    /// Words of sentences that no employer's name contains.
    SENTENCE = "\
        进厂 入厂 上周 和本村 和我村 看店 守店 顾店 天天在 每天在 经常在 常在 楼办 轮流 街坊邻居 给街坊 上幼儿园 上小学 上初中 上中学 上高中 兹有 我院 我校 我公司 我单位 我厂 我店 我社 我局 我村 外地 上大学 上学 念书 读书 读大学 
        接送 主要 报名 帮我 给我 名额 看看 想去 参加 活动 我们 他们 你们 谢谢 可以 希望 经过 听说 \
        因为 所以 打算 附近 每天 经常 平时 去年 今年 昨天 请问 不能 没有 了解 这个 那个 什么 怎么 \
        如果 要是 万一 不让 不用 上楼 下楼 去过 来到 路过 代办手续 代办证 办理 帮忙 工作的 一家 某 位于 负责 从事 退休 原来 以前 贵局 贵单位 \
        开放日 大厅 参观 推荐 住院 出院 入院 家里 老人 孩子 生病 有事 辖区 就行 就好 代表 监督员 都行 本人 自己 有关 关于 各 全体 旁边 对面 隔壁 开着 开了 开个 养着 种着 做过 跑过 当过";
}

/// Whether a whole text reads as an employer's name.
#[must_use]
pub(crate) fn is_organization(folded: &str) -> bool {
    let folded = folded.trim();
    let length = folded.chars().count();
    ((4..=40).contains(&length)
        || length == 3 && (folded.starts_with(['县', '市', '乡', '镇']) || folded.ends_with('局')))
        && ends_as_organization(folded.trim_end_matches(['）', ')']))
        && !folded.contains(['，', '。', '？', '?', '：', ':'])
        && !folded.contains('了')
        && ![
            "我", "个", "这", "那", "该", "你", "您", "请", "去", "到", "看", "想", "不", "没",
            "无", "也", "就", "还", "都",
        ]
        .iter()
        .any(|word| folded.starts_with(word))
        && !says_something(folded)
        && !of_kin(folded)
        && !acts_on(folded)
        && !folded.ends_with("干部")
        && !is_room(folded)
}

/// `只图把话说到实处`, `检查组28日到厂`, `大连念完大学`: what is done, with something, on a day, at school.
fn acts_on(folded: &str) -> bool {
    const STUDIES: [&str; 8] =
        ["念完", "读完", "上完", "念大学", "读大学", "上大学", "考上", "考取"];
    if STUDIES.iter().any(|verb| folded.contains(verb)) {
        return true;
    }
    let on_a_day = |(at, _)| until(folded, at).ends_with(|c: char| c.is_ascii_digit());
    folded.match_indices('把').any(|(at, _)| !until(folded, at).ends_with(['一', '第']))
        || folded.match_indices('日').any(on_a_day)
}

/// `二号楼二零一室`: where somebody lives.
fn is_room(folded: &str) -> bool {
    let bare = folded.trim_end_matches(['室', '楼', '号', '层', '院', '户']);
    bare.len() < folded.len()
        && bare.ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十零〇".contains(c))
        && bare.contains(['楼', '号', '元', '-', '街', '路', '巷', '镇', '乡', '村', '区'])
}

/// `婆婆村里`: somebody's place, no name.
fn of_kin(folded: &str) -> bool {
    kin::first(folded).is_some_and(|word| from(folded, word.len()).chars().count() <= 2)
}

/// Words of sentences; 人大代表联络站 is an office all the same.
fn says_something(folded: &str) -> bool {
    SENTENCE.spans(folded).any(|(at, _)| !until(folded, at).ends_with("人大"))
}

/// Whether a text speaks in sentences.
#[must_use]
pub(crate) fn says(folded: &str) -> bool {
    SENTENCE.found_in(folded) || folded.contains(['了', '的', '是', '在'])
}

/// Whether a text names a place where somebody can live.
#[must_use]
pub(crate) fn is_address(folded: &str) -> bool {
    let length = folded.chars().count();
    let parts = &PLACE_PARTS;
    (3..=60).contains(&length) && parts.iter().any(|part| folded.contains(part))
}

/// Whether a text is a village or a house and nothing else: `兴隆镇单南村三组`.
#[must_use]
pub(crate) fn is_bare_address(folded: &str) -> bool {
    (3..=30).contains(&folded.chars().count())
        && dwelling::is_place(folded)
        && !SENTENCE.found_in(folded)
}

/// Removes the closing mark that belongs to the sentence.
#[must_use]
pub(crate) fn tidy(value: &str) -> String {
    let idle = |c: char| c.is_whitespace() || c == '_' || !c.is_ascii() && marks::adorns(c);
    let value = value
        .trim_matches(idle)
        .trim_end_matches(|c: char| idle(c) || "。，,;；、.！!:：/|\\".contains(c));
    let value = value.trim_start_matches(|c: char| idle(c) || "：:，,、/|".contains(c));
    // An unbalanced bracket was opened or closed by the sentence around it.
    let opens = value.matches(['（', '(']).count();
    let closes = value.matches(['）', ')']).count();
    let value = if closes > opens { value.trim_end_matches(['）', ')']) } else { value };
    let value = if opens > closes { value.trim_end_matches(['（', '(']) } else { value };
    value.split('\n').map(str::trim).collect::<String>()
}

/// Words in an organisation's field that name none.
#[must_use]
pub(crate) fn names_none(folded: &str) -> bool {
    let bare: String =
        folded.chars().filter(|c| !c.is_whitespace() && !"。.，,（）()".contains(*c)).collect();
    is_blank(&bare)
        || matches!(
            bare.as_str(),
            "无单位"
                | "没有单位"
                | "暂无单位"
                | "没单位"
                | "无固定单位"
                | "无固定工作"
                | "无工作单位"
                | "没有工作"
                | "无业"
                | "待业"
                | "自由职业"
                | "自由职业者"
                | "务农"
                | "打零工"
                | "无职务"
                | "同上"
                | "未知"
                | "na"
                | "xxx"
                | "×××"
                | "*"
        )
}

words! {
    /// Who works there.
    SUBJECTS = "我 他 她 对象 爱人 爸 妈 哥 弟 姐 妹 儿子 女儿 老公 老婆 媳妇 丈夫 妻子 父亲 母亲 老伴 同事 孩子 现 现在 一直 目前 本人";
    /// Verbs of changing one's employer.
    MOVED_TO = "考到 考到了 考进 考进了 考入 分到 分到了 分在 分配在 应聘到 应聘进 招到 招进 换到 换到了 调到 调到了 转到 转到了 调入 调入了 进了 进到 入职 入职了 调去 调至 换成了 跳槽到";
    /// What leads to an employer's name.
    LEADS = "\
        现任 挂靠在 挂靠 挂在 受雇于 受聘于 服务于 兹有 我院 我校 我厂 我店 我社 我局 我村 一是 二是 三是 四是 一位是 另一位是 单位名称变更为 名称变更为 单位变更为 单位换成 单位改为 单位改成 单位叫 公司名叫 公司叫 店叫 厂叫 合作社叫 店名是 单位名称是 单位名称 公司名称 店名叫 名字叫 名字是 名叫 取名 叫 更换为 换为 换成 改由 现由 改派 现派 现推荐 应为 应该是 更正为 改为 改成 变更为 换到 调到 都是 均为 均是 全是 都在 均在 一直在 今年在 如今在 平时在 常年在 现就职于 就职于 任职于 \
        供职于 工作于 现在在 目前在 现在 目前 工作单位是 工作单位为 工作单位 所在单位 我单位 \
        我公司 我们 我是 本人是 本人系 本人在 我在 本人 单位是 单位为 单位在 单位 来自 是在 在 系 \
        是 为 于 到 由 经 和 即 自己开了家 自己开了间 自己开了个 自己开了 自己开的 自己开 开了家 开了间 开了个 开了一家 开了 开着 经营着 经营 创办了 创办 我 他 \
        她 现 一名 一个 一家 统一为 统一是 其 均系";
}

/// The employer's name, cut free of the words that lead to it.
#[must_use]
pub(crate) fn lead_off(folded: &str) -> &str {
    // 这周换到某某超市: whatever stands before the verb is no part of the name.
    let moved = MOVED_TO.spans(folded).map(|(_, end)| end);
    // 我对象在县公安局: the subject is no part of the name.
    let within =
        folded.char_indices().take(7).find(|(_, c)| *c == '在').map(|(at, c)| at + c.len_utf8());
    let within =
        within.filter(|at| SUBJECTS.end(until(folded, *at).trim_end_matches('在')).is_some());
    let moved = moved.chain(within);
    let mut start =
        moved.filter(|end| until(folded, *end).chars().count() <= 16).max().unwrap_or(0);
    loop {
        let rest = from(folded, start);
        let own = offices::own_unit(rest);
        // 我园讲解员: the office is the writer's own, and what follows is a post there.
        if own.is_some_and(|end| is_post(from(rest, end))) {
            return rest;
        }
        let own =
            own.filter(|end| organization_end(from(rest, *end)).is_some_and(|name| name >= 12));
        let lead = own.or_else(|| Some(LEADS.start(rest)?.len()));
        match lead {
            Some(lead) if rest.len() > lead + 6 => start += lead,
            _ => return rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn halves(text: &str) -> Option<(String, String)> {
        let (end, post) = split(text)?;
        Some((
            until(text, end).to_owned(),
            post.map_or(String::new(), |post| from(text, post).to_owned()),
        ))
    }

    #[test]
    fn employer_and_post_are_told_apart() {
        let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(halves("西吉县恒远汽车租赁部的司机"), pair("西吉县恒远汽车租赁部", "司机"));
        assert_eq!(halves("西吉县第十一中学语文教师"), pair("西吉县第十一中学", "语文教师"));
        assert_eq!(halves("西吉县巧手布艺坊店主"), pair("西吉县巧手布艺坊", "店主"));
        assert_eq!(halves("西吉县某某公司销售部经理"), pair("西吉县某某公司", "销售部经理"));
        assert_eq!(
            halves("西吉县新营乡上岔沟村党支部 副书记"),
            pair("西吉县新营乡上岔沟村党支部", "副书记")
        );
        assert!(is_organization("西吉县沐风书画装裱店"));
        assert!(!is_organization("想去看看"));
    }

    #[test]
    fn supervisors_and_parents_hold_no_post() {
        assert!(is_post("配送员") && is_post("剪纸艺人") && is_post("安全环保部部长"));
        assert!(!is_post("义务监督员") && !is_post("学生家长") && !is_post("群众"));
    }
}
