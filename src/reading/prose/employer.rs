//! Employers whose names end in no known way: how the sentence is built tells that they are some.

use std::ops::Range;

use crate::reading::fact::Force;
use crate::reading::language::text::{cut, from, is_han, until};
use crate::reading::language::words::words;
use crate::reading::values::places;
use crate::reading::values::posts;

words! {
    /// What an employer's full name begins with.
    PLACES = "西吉 宁夏 固原";
    /// Verbs of being employed: the employer stands before them.
    EMPLOYED = "上班 工作 任教 教书 任职 就职 供职 从教 执教 兼职 锻炼 跟岗 代课 值班 当差 做事 干活 上岗 打工 务工 打杂 帮工 实习 供职于";
    /// What tells where something is.
    WHERE = "门口 旁边 对面 附近 隔壁 里 街上 路上 楼下 一楼 二楼 小区 广场 市场 街道 街 路 巷 县城 镇上 乡上 东头 西头 边上 跟前 口 村 内";
    /// What somebody does where they are not employed.
    VISITS = "\
        看病 看到 看见 看了 看过 住院 住着 住 排队 办 听 得知 了解 知道 上学 上大学 读 念 学 培训 开会 出差 旅游 陪 照顾 照看 \
        治 接 送娃 送孩子 参加 报 打听 问 咨询 租 买 过年 等 见 门口 附近 旁边 对面 隔壁 后面 前面 楼 里 的 碰 遇 \
        贴 挂 发 公示 举办 搞 举行 组织 开展 召开 内 外 网 官网 公众号 微信 抖音 群里 补 打印 体检 检查 做手术 手术 休养 养病 养伤 输液 躺 打吊针 挂吊瓶 挂水 打针 待产 化疗 透析 复查 康复 抢救";
    /// Places of work that are no names.
    ANYWHERE = "\
        县城 城里 外地 家里 本地 这里 那里 这边 那边 街上 镇上 乡上 村里 单位 公司 学校 工地 外面 外省 老家 县上 县里 附近 \
        银川 固原 宁夏 西吉 市里 城区 农村 老师 政府 机关 私企 国企 企业 工厂 部队 医院 银行 超市 饭馆 餐厅 饭店 商场 \
        合作社 幼儿园 酒店 药店 店里 厂里 外边 南方 内地 新疆 内蒙 内蒙古 浙江 福建 江苏 广东 北京 上海 深圳 西安 兰州";
    /// Areas that somebody runs, where people work.
    UNIT_AREAS = "景区 林区 灌区 牧区 矿区 厂区 保护区 示范区 基地 园地";
    /// Verbs of keeping a shop, with what counts it.
    KEEPS = "\
        开了个 开了家 开了间 开了一个 开了一家 开了一间 开着个 开着家 开着一个 开着一家 开个 开家 开一个 开一家 有个 有家 有一家 \
        办了个 办了家 办了一个 办了一家 经营着一家 经营一家 经营着 经营了一家 承包了 开了 开着 经营 创办了 创办 办起了 注册了一家 注册了个 注册了 成立了 新开了 盘下了 接手了 自己开了家 自己开了间 自己开了个 自己开了";
    /// What such places deal in: a place that tells nothing more has no name of its own.
    TRADES = "\
        五金 文具 理发 服装 小吃 牛羊肉 牛肉面 牛肉 羊肉 羊羔肉 调料 调味 农资 化肥 农药 建材 装修 装饰 家电 手机 维修 修理 汽修 汽车 汽配 大药 药 诊 早餐 早点 烟酒 \
        速递 快运 酒业 商贸 汽贸 药业 影视 传媒 种业 制衣 门业 水暖 日杂 百货 副食 超市 便利 水果 蔬菜 菜 干果 粮油 打印 复印 图文 广告 照相 摄影 窗帘 家具 床上用品 鞋 童装 母婴 美容 美发 美甲 \
        足疗 洗车 轮胎 摩托 电动车 电动 种子 饲料 兽药 养殖 养牛 养羊 养鸡 养猪 养蜂 快递 物流 清真 餐饮 餐 饭 酒 茶 馒头 烤肉 烧烤 拉面 面食 面 炒面 屠宰 幼儿 托管 \
        辅导 培训 网 眼镜 花 茶叶 土特产 特产 粉条 洋芋 马铃薯 淀粉 油 榨油 豆腐 酿皮 凉皮 火锅 干洗 裁缝 缝纫 布 刺绣 剪纸 电脑 数码 通讯 门窗 铝合金 玻璃 \
        钢材 水泥 砂石 石材 木材 家政 保洁 开锁 废品 回收 旅 民 宾 招待 台球 棋牌 健身 培育 育苗 苗木 蘑菇 大棚 中药材 药材 木器 铁器 农机 机械 租赁 \
        电焊 修车 修鞋 修表 配钥匙 彩票 书 玩具 礼品 婚庆 婚纱 殡葬 寿衣 香料 糕点 蛋糕 面包 奶茶 饮料 冷饮 牛奶 肉 鱼 鸡 清汤 羊杂 杂碎 饺子 包子 油饼 小卖 小卖部 代办 加工 小型 家庭 自己 连锁 加盟 家常 农家 私人 个体 小 大 新 老 门面 的";
    /// Where a shop's name ends, besides the endings of employers.
    STALLS = "书咖 铺子 摊子 摊 馆子 面馆 小吃 快餐 快餐店 烧烤 档口 作坊 门市 门店 商铺 农家乐 民宿 工作室 部 厅 吧 坊 行 社 场 厂 店 馆 园 院 所 铺 公司 农场";
    /// What calls a shop by its name.
    CALLED = "名叫 名字叫 店名叫 店叫 取名叫 取名 叫做 叫";
    /// What stands behind a shop's name without a mark between.
    BEHIND = "电话 手机 我叫 我是 名字 联系 报 想 今年 已 有 地址 身份证 位于";
    /// What somebody keeps or works for.
    SHOPS = "铺子 店 店铺 小店 厂 厂子 合作社 馆子 饭馆 公司 单位 门市 门面 农场 养殖场 摊子 企业 工作室 幼儿园 学校";
    /// What calls it by its name.
    VERBS = "名字叫 名叫 名是 的名字叫 的名字是 的名字 叫做 叫 名称是 名称为 全称是 全称为 全称 全名是 全名叫 全名";
    /// Who works there.
    MEMBERS = "的人 的职工 的员工 的工人 的同事 的老师 的教师 的医生 的护士 的店员 的干部 的工作人员";
}

/// `在聚鑫隆上班`, `在县环卫队扫马路`: the employer's range in the clause.
#[must_use]
pub(super) fn employed(clause: &str) -> Option<(Range<usize>, Force)> {
    let at = clause.find('在')?;
    if until(clause, at).ends_with(['正', '自', '实', '存', '所'])
        || until(clause, at).ends_with("住院")
    {
        return None;
    }
    let start = at + '在'.len_utf8();
    let rest = from(clause, start);
    let verb = EMPLOYED.spans(rest).min_by_key(|(at, _)| *at);
    let serves = rest.strip_suffix("服务").map(|name| (name.len(), rest.len()));
    let verb = verb.or(serves);
    if let Some((verb, _)) = verb {
        let name =
            without_floor(until(rest, verb)).trim_end_matches(['里', '内', '边', '这', '那']);
        let end = start + name.len();
        let name = without_place(name);
        return named(name).then(|| (end - name.len()..end, Force::Prose));
    }
    // 在西吉圆通速递送快递: a firm of that trade, told by the place before it.
    if PLACES.start(rest).is_some()
        && let Some((_, end)) = TRADES
            .spans(rest)
            .filter(|(at, end)| end - at >= 6 && until(rest, *end).chars().count() >= 5)
            .min_by_key(|(_, end)| *end)
        && !places::says(until(rest, end))
        && (2..=8).contains(&from(rest, end).chars().count())
        && VISITS.start(from(rest, end)).is_none()
        && places::organization_end(rest).is_none()
    {
        return Some((start..start + end, Force::Guess));
    }
    // An office with its ending, and a verb that nobody listed.
    let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = ends.filter(|end| places::is_organization(until(rest, *end))).max()?;
    let doing = from(rest, end);
    // 在…卖菜的我叫车玉梅
    let doing = ["的我叫", "我叫", "的我是", "的叫"]
        .iter()
        .find_map(|cue| doing.strip_suffix(cue))
        .unwrap_or(doing);
    let end = without_floor(until(rest, end)).len();
    let fits = (1..=8).contains(&doing.chars().count())
        && !places::is_bare_address(until(rest, end))
        && VISITS.start(behind_ward(doing)).is_none()
        && !is_market(until(rest, end));
    // 干了十年
    let doing = doing.replace('了', "");
    (fits && !places::says(&doing)).then(|| (start..start + end, Force::Guess))
}

/// `骨科躺着呢`: what is done in a part of the hospital.
fn behind_ward(doing: &str) -> &str {
    let ward = ["病房", "科"].iter().filter_map(|ward| doing.split_once(ward));
    ward.map(|(_, rest)| rest).min_by_key(|rest| rest.len()).unwrap_or(doing)
}

/// `县城北门市场`, `兴隆镇农贸市场`: where somebody deals, and no employer.
fn is_market(name: &str) -> bool {
    ["市场", "广场", "大厅", "车站", "集市", "街道", "园区"].iter().any(|end| name.ends_with(end))
        && (["农贸", "集贸", "门市", "蔬菜", "牲畜", "早市", "夜市"]
            .iter()
            .any(|kind| name.contains(kind))
            || !name.starts_with("西吉县") && !name.starts_with("宁夏"))
}

/// `门口`, `二楼`, `门房值班`: where in a house or at it, and no part of the name.
pub(super) fn tells_where(tail: &str) -> bool {
    WHERE.end(tail).is_some()
        || EMPLOYED.end(tail).is_some()
        || tail.ends_with(['里', '内', '间', '层'])
}

/// `县城万达小区门口的蜜雪冰城`: what stands before 的 only tells where.
pub(super) fn without_place(name: &str) -> &str {
    let place = name.rfind('的').filter(|at| WHERE.end(until(name, *at)).is_some());
    from(name, place.map_or(0, |at| at + '的'.len_utf8()))
}

/// `县百货楼二楼`: where in the house is no part of the name.
fn without_floor(name: &str) -> &str {
    let bare = name.strip_suffix('楼').map(|bare| {
        (bare, bare.trim_end_matches(|c: char| "一二三四五六七八九十负0123456789".contains(c)))
    });
    match bare {
        Some((whole, bare)) if bare.len() < whole.len() && bare.chars().count() >= 3 => bare,
        _ => name,
    }
}

/// `县城`, `家里`: anywhere, and no name.
#[must_use]
pub(crate) fn is_anywhere(name: &str) -> bool {
    ANYWHERE.end(name) == Some(name)
}

/// Whether something can be the name of an employer where the verb says that it is one.
pub(super) fn named(name: &str) -> bool {
    (3..=25).contains(&name.chars().count())
        && !is_anywhere(name)
        && (UNIT_AREAS.end(name).is_some()
            || !name.ends_with([
                '县', '镇', '乡', '村', '街', '路', '组', '区', '市', '省', '上', '地', '外', '乡',
            ]))
        && !["附近", "一带", "地方", "工地", "外面", "县城", "家里", "老家"]
            .iter()
            .any(|word| name.ends_with(word))
        && !name.contains(|c: char| "我你他她您们这那".contains(c))
        && !places::says(name)
}

/// `开了个老海调料铺子`: the range of a kept shop's own name. A shop of which only the trade is told
/// has none.
#[must_use]
pub(super) fn kept(clause: &str) -> Option<Range<usize>> {
    let (_, end) =
        KEEPS.spans(clause).min_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)))?;
    let lead = from(clause, end);
    let bare = lead.strip_prefix("一家").unwrap_or(lead);
    let skipped = lead.len() - bare.trim_start_matches(['一', '个', '间', '所', '小']).len();
    let rest = from(lead, skipped);
    // 开了个家电维修部叫春来家电: what it is called counts.
    if let Some((at, called)) =
        CALLED.spans(rest).min_by_key(|(at, end)| (*at, std::cmp::Reverse(*end)))
        && at > 0
    {
        let name = from(rest, called);
        let name = up_to_words(name);
        let fits = (3..=20).contains(&name.chars().count()) && !places::says(name);
        let begin = end + skipped + called;
        return fits.then_some(begin..begin + name.len());
    }
    let name = up_to_words(rest);
    let ending = STALLS.end(name).map_or(0, str::len);
    let placed = PLACES.start(name).is_some() && name.chars().count() >= 6;
    let whole = ending > 0 || placed || places::ends_as_organization(name);
    let fits = whole && (3..=20).contains(&name.chars().count()) && !places::says(name);
    (fits && has_own_name(until(name, name.len() - ending)))
        .then(|| end + skipped..end + skipped + name.len())
}

/// A shop's name, up to what goes on behind it without a mark; 有限公司 is none of that.
fn up_to_words(name: &str) -> &str {
    let behind = BEHIND.spans(name).map(|(at, _)| at);
    let behind = behind.filter(|at| !from(name, *at).starts_with("有限"));
    until(name, behind.min().unwrap_or(name.len()))
}

/// `小兰裁缝铺`, `彩霞理发店的李彩霞`: a name of its own before the trade, and an ending behind it.
#[must_use]
pub(super) fn named_shop(rest: &str) -> bool {
    let name = rest.split('的').next().unwrap_or(rest);
    let Some((at, _)) = TRADES.spans(name).filter(|(at, end)| *at > 0 && end - at > 3).min() else {
        return false;
    };
    let own = until(name, at);
    (2..=4).contains(&own.chars().count())
        && own.chars().all(is_han)
        && ANYWHERE.end(own).is_none()
        && !own.ends_with(['型', '色', '的'])
        && !own.starts_with(['一', '个', '家', '间', '了', '着', '两'])
        && STALLS.end(name).is_some()
}

/// Whether anything but trades is told.
fn has_own_name(name: &str) -> bool {
    let mut rest = name;
    while let Some(word) = TRADES.start(rest) {
        rest = from(rest, word.len());
    }
    rest.chars().count() >= 2
}

/// `铺子叫西吉县玉香制衣`, `我们店名叫老海家`: what a shop is called, whatever it ends in.
#[must_use]
pub(super) fn called(clause: &str) -> Option<Range<usize>> {
    let (at, end) =
        SHOPS.spans(clause).find(|(_, end)| VERBS.start(from(clause, *end)).is_some())?;
    let verb = VERBS.start(from(clause, end))?;
    let name = up_to_words(from(clause, end + verb.len()));
    let before = until(clause, at);
    let own = before.chars().count() <= 6 && !before.contains(['他', '她', '你', '您', '贵']);
    let fits = (4..=22).contains(&name.chars().count())
        && !places::says(name)
        && !name.contains(|c: char| "我你他她这那哪什么".contains(c));
    fits.then(|| end + verb.len()..end + verb.len() + name.len()).filter(|_| own)
}

/// `三个都是我们将台堡物流园的人`: whose people somebody is, whatever the name ends in.
#[must_use]
pub(super) fn belongs(clause: &str) -> Option<Range<usize>> {
    let at = ["是我们", "是本", "是咱们", "是我"]
        .iter()
        .find_map(|lead| clause.find(lead).map(|at| at + lead.len()))
        .or_else(|| clause.find('是').map(|at| at + '是'.len_utf8()))?;
    let rest = from(clause, at);
    // 三个人都是我们西滩乡甘草湾村村委会的
    let whose = |rest: &str| rest.ends_with("委会的") && clause.contains("我们");
    let bare = rest.strip_suffix('的').filter(|_| whose(rest));
    let name = MEMBERS.iter().find_map(|word| rest.strip_suffix(word)).or(bare)?;
    let own = clause.contains("我们") || places::is_organization(name);
    let fits = (4..=25).contains(&name.chars().count())
        && !places::is_bare_address(name)
        && !name.ends_with(['村', '社', '区', '乡', '镇', '县', '组'])
        && !places::says(name)
        && !name.contains(['的', '我', '他', '她', '你']);
    (own && fits).then(|| at..at + name.len())
}

/// `西吉县韵达快递兴隆镇代理点`: begins with a place, goes on like no address and no sentence.
#[must_use]
pub(super) fn placed(clause: &str) -> bool {
    let Some(lead) =
        ["西吉县", "西吉", "宁夏", "固原市", "固原"].iter().find(|lead| clause.starts_with(**lead))
    else {
        return false;
    };
    let own = from(clause, lead.len());
    let ends = clause.ends_with(|c: char| {
        "村组号区县镇乡街路室楼巷口里上人的社会日表名民员岁生天月年".contains(c)
    });
    let people =
        ["家长", "学生", "居民", "村民", "代表", "职工", "员工", "会员", "同志", "老师", "人员"];
    (3..=22).contains(&own.chars().count())
        && !ends
        && !people.iter().any(|end| clause.ends_with(end))
        && !posts::is_post(own)
        && own.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric())
        && !own.contains(|c: char| "我你您他她们这那请去来是在有想和与报派原".contains(c))
        && ![
            "群众", "干部", "代表", "情况", "材料", "名单", "活动", "大厅", "家里", "农村", "打工",
            "务农",
        ]
        .iter()
        .any(|word| clause.contains(word))
        && !places::says(clause)
}

/// `宁夏华正工程咨询有限公司`: between a place and the ending of an employer stand no people.
#[must_use]
pub(super) fn covers(folded: &str, at: usize) -> bool {
    let before = until(folded, at);
    let placed = PLACES.spans(before).map(|(start, _)| start).max();
    let Some(start) = placed.filter(|_| !super::people_words::calls(before)) else { return false };
    let lead = from(before, start);
    // 西吉县医院马小明: an employer that is over already.
    places::organization_end(lead).is_none_or(|end| end < lead.len())
        && places::organization_end(from(folded, start)).is_some_and(|end| {
            let name = cut(folded, start..start + end);
            start + end > at && places::is_organization(name) && name.chars().count() <= 22
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_employer_is_told_by_the_verb_behind_it() {
        let at = |clause: &'static str| employed(clause).map(|(range, _)| cut(clause, range));
        assert_eq!(at("我在聚鑫隆上班"), Some("聚鑫隆"));
        assert_eq!(at("在县环卫队扫马路"), Some("县环卫队"));
        assert_eq!(at("在县医院看病"), None);
        assert_eq!(at("在县城开出租"), None);
        assert_eq!(at("在外地工作"), None);
    }

    #[test]
    fn a_shop_with_a_name_is_told_from_a_trade() {
        let at = |clause: &'static str| kept(clause).map(|range| cut(clause, range));
        assert_eq!(at("开了个老海调料铺子"), Some("老海调料铺子"));
        assert_eq!(at("开了个马玉忠牛羊肉店电话是"), Some("马玉忠牛羊肉店"));
        assert_eq!(at("经营一家小文具店"), None);
        assert_eq!(at("开小饭馆"), None);
    }

    #[test]
    fn names_behind_places() {
        assert!(placed("西吉县韵达快递兴隆镇代理点"));
        assert!(!placed("西吉县吉强镇大滩村"));
        assert!(!placed("西吉人"));
    }
}
