//! What can be a person's name.

use super::text::{CharSet, is_han, squeeze};

/// Single surnames, the common ones and those of Ningxia's Hui families.
const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴鬱胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温庄晏柴瞿阎充慕连茹习宦艾鱼容古易慎戈廖庾终暨居衡步耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠丰巢关蒯查荆红游竺权逯盖益桓公岳帅亢况郈琴归海晋楚闫法汝鄢涂钦商牟佘佴伯赏墨哈谯笪阳佟肖苟付覃岩仝妥拓剡虎撒摆锁买冶纳者铁黑喜丑回底脱朵鲜杲敏勉舍闪赛洒拜麦木速苦仁战火罕仓么蹇呼雒母丛展迟鹿矫芦仉宾院扎旦尼斯腊普多";

/// Compound surnames.
const COMPOUND: &[&str] = &[
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛",
    "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容",
    "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘", "子车", "亓官", "司寇", "巫马",
    "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正", "宰父", "谷梁", "拓跋", "夹谷", "轩辕", "令狐",
    "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生", "左丘", "东门", "西门", "纳兰", "第五",
];

/// Words that begin like a name and are none.
const WORDS: &str = "高兴 谢谢 马上 方便 安全 时间 温馨 祝好 平时 全家 成功 于是 应该 金额 周一 周二 周三 周四 周五 周六 周日 周末 上周 下周 万分 任何 何时 时候 有关 关于 单位 安排 方式 高度 司机 温暖 童年 康复 季度 施工 经理 支持 计划 成员 项目 明天 房子 花钱 白天 平凉 西吉 宁夏 固原 海原 银川 党员 党支部 群众 华夏 方向 平台 和谐 全程 全体 全部 全县 全市 全天 常年 常住 安心 安静 乐意 乐于 成年 计算 经营 经常 经过 经办 经商 经费 广大 文化 文明 公开 公告 公司 公民 公共 公安 通过 通知 通讯 通话 都是 都报 国家 国际 居民 居住 居委会 家里 家长 家庭 家住 家属 家中 老师 相关 相信 相片 查收 查看 查询 查阅 原来 原因 原件 原籍 有人 有效 有空 有幸 有事 年龄 年纪 年月 年级 那个 那边 那种 那天 来信 来自 来电 来访 来不 达成 多谢 多年 多次 多少 格式 普通 保证 保险 保密 把握 补充 补报 展示 初中 初步 原单位 能否 能够 和我 和他 和她 别人 别的 利用 越来 向您 向贵 向你 向往 习惯 连同 易于 广泛 充分 充满 终于 步行 欧元 东西 空闲 须知 养殖 相应 红色 权利 益处 归还 海报 法人 法律 法定 钦佩 商户 商店 商贸 商会 伯父 伯母 爱人 爱好 阳光 阳台 黑色 喜欢 回族 回复 回执 回信 回来 底下 汉族 满族 壮族 苗族 白族 蒙古族 彝族 藏族 水族 男性 女性 本人 联系人 联系 手机 电话 姓名 性别 民族 职务 地址 住址 类别 身份 身份证 备注 签名 附件 报名 报名表 申请 申请人 登记 登记表 代表 监督员 监督 企业 企业代表 群众代表 市民 市民代表 村民 农民 工人 学生 教师 医生 护士 店主 负责人 法人代表 主任 书记 副书记 局长 科长 科员 股长 站长 校长 院长 园长 厂长 店长 总经理 副经理 部长 队长 组长 会计 出纳 文员 职员 职工 员工 个体 个体户 自由职业 务农 退休 大专 本科 高中 初中 小学 中专 硕士 博士 研究生 团员 无 没有 暂无 已婚 未婚 健康 良好 先生 女士 同志 您好 你好 领导 各位 大家 我们 他们 你们 自己 现在 今天 昨天 后天 下午 上午 中午 晚上 早上 石油 水平 水费 水电 云南 江苏 江西 山东 山西 河南 河北 甘肃 陕西 青海 西藏 新疆 北京 上海 天津 重庆 广东 广西 贵州 四川 湖南 湖北 福建 浙江 安徽 海南 吉林 辽宁 黑龙江 内蒙古 台湾 香港 澳门 章程 席位 席卷 毛病 史上 唐突 费用 雷同 汤圆 毕业 常委 乐器 时常 时机 皮革 齐全 余额 元旦 平安 平均 平面 穆斯林 项链 祝福 祝您 祝你 祝贵 祝愿 祝工作 祝大家 祝活动 董事 董事长 梁家 蓝色 强烈 路上 路过 路费 江山 高级 高校 高速 田地 胡同 林业 万一 支书 支行 支部 管理 管理员 房屋 解决 解释 应当 应聘 应届 宗旨 宣传 单独 单身 包括 包含 左右 石头 程序 程度 荣幸 荣誉 曲折 封面 富裕 谷物 车间 车辆 车牌 车站 全国 全民 班主任 班长 班级 宁可 武装 符合 景区 龙头 叶子 司法 印象 印章 宿舍 白色 怀着 从事 从业 从来 从未 索取 籍贯 池塘 双方 闻讯 党委 党组 党组织 谭某 贡献 劳动 劳务 劳驾 申报 扶贫 桂花 牛羊 寿命 通信 边上 尚未 农业 农场 农户 农村 温度 别忘 庄稼 柴油 连续 容易 古城 简介 简历 简单 简要 曾经 曾任 沙发 关心 关注 关闭 相关人员 后勤 后来 游客 盖章 况且 晋级 商量 年度 游览 武术 安装 安保 安检 安置 和平 和睦 强化 贾某 计生 计生专干 明确 明白 成立 成绩 成为 成都 成人 戴口罩 房产 应急 单子 诸位 储备 松散 段落 富有 山区 车主 侯车 全面 全力 秋季 仲夏 伊斯兰 宫殿 甘愿 厉害 祖国 武汉 束缚 幸福 幸运 司仪 黎明 印刷 薄弱 从小 从此 咸阳 卓越 蒙古 能力 苍天 双休 党建 党费 贡品 劳模 堵车 桑叶 边缘 燕麦 浦东 尚可 别墅 晏会 充足 慕名 习总 艾滋 鱼塘 容纳 向上 易懂 慎重 终身 居家 步骤 都要 都有 都能 都可 都会 都去 满意 满足 国庆 国企 文件 文艺 文字 广场 广播 广告 利益 师傅 师生 融合 冷库 辛苦 那么 简直 空调 空白 曾用名 沙漠 养老 养老院 须要 关系 关怀 相当 查验 红包 游戏 权限 盖楼 公务员 公益 有限 有意 有兴趣 琴行 归来 海鲜 楚河 法院 商品 哈密 年底 年初 年后 爱国 阳历 麦收 木材 来西吉 来到 速度 仁义 火灾 火车 补贴 占用 初一 初二 初三 迟到 衣服 原价 多位 多名 次日 小李 小王 小张 老李 老王";

/// Characters that belong to sentences, not to given names.
const NOT_GIVEN: &str = "的了是在我你他她您们这那不没请吗呢吧啊就也还又再很会能要想去说把被让给对向与及但而则所其以个号电话机身份证报参监督族县镇乡村街楼室日点分局厂店部处院校站社两位名和岁住叫办帮替为等此者些什么怎已曾将需用做当任第各每并或如若因到从由于至跟咱哪谁呀哦嗯哈无非";

/// Titles that follow a name and are no part of it.
pub(super) const TITLES: &[&str] = &[
    "先生",
    "女士",
    "同志",
    "老师",
    "师傅",
    "小姐",
    "同学",
    "教授",
    "大夫",
    "医生",
    "阿姨",
    "大叔",
    "叔叔",
    "大爷",
    "大妈",
    "经理",
    "总经理",
    "主任",
    "书记",
    "局长",
    "科长",
    "处长",
    "站长",
    "校长",
    "院长",
    "厂长",
    "部长",
    "队长",
    "会计",
    "董事长",
    "店长",
    "老板",
    "律师",
    "工程师",
    "园长",
    "副主任",
    "副书记",
    "村长",
    "支书",
    "助理",
];

struct Tables {
    compound: CharSet,
    single: CharSet,
    words: std::collections::HashSet<&'static str>,
    not_given: CharSet,
}

static TABLES: std::sync::LazyLock<Tables> = std::sync::LazyLock::new(|| Tables {
    compound: COMPOUND.iter().filter_map(|name| name.chars().next()).collect(),
    single: SURNAMES.chars().collect(),
    words: WORDS.split(' ').collect(),
    not_given: NOT_GIVEN.chars().collect(),
});

/// How many characters the surname at the start has; 0 when there is none.
#[must_use]
pub(super) fn surname(folded: &str) -> usize {
    let Some(first) = folded.chars().next() else { return 0 };
    if TABLES.compound.has(first) && COMPOUND.iter().any(|name| folded.starts_with(name)) {
        return 2;
    }
    usize::from(TABLES.single.has(first))
}

/// Whether a word looks like a Han name without anything around it saying so.
#[must_use]
pub(super) fn plausible(folded: &str) -> bool {
    if folded.contains('·') {
        return dotted(folded);
    }
    let length = folded.chars().count();
    let surname = surname(folded);
    let given = length.saturating_sub(surname);
    surname > 0
        && (1..=2).contains(&given)
        && folded.chars().all(is_han)
        && !TABLES.words.contains(folded)
        && !folded.chars().skip(surname).any(|c| TABLES.not_given.has(c))
        && !(length == 3
            && surname == 1
            && folded.char_indices().nth(2).is_some_and(|(at, _)| {
                folded.get(..at).is_some_and(|two| TABLES.words.contains(two))
            }))
}

/// A name with a middle dot: `叶尔兰·哈力`.
fn dotted(name: &str) -> bool {
    let parts: Vec<&str> = name.split('·').collect();
    parts.len() >= 2
        && parts
            .iter()
            .all(|part| (1..=8).contains(&part.chars().count()) && part.chars().all(is_han))
}

/// What a name field's value says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// The name as written.
    pub name: String,
    /// The sex that a title states.
    pub gender: Option<&'static str>,
    /// Only Latin letters: a person must ask for the characters.
    pub latin: bool,
    /// Characters that cannot be read.
    pub unreadable: bool,
}

/// Reads the value of a name field, where the label already says that it is one.
#[must_use]
pub(super) fn labelled(value: &str) -> Option<Named> {
    let value = value.trim().trim_matches(|c: char| " .。，,;；:：*_\"“”'".contains(c));
    let value =
        value.trim_start_matches(|c: char| c.is_ascii_digit() || " .、)）:：①②③④⑤⑥⑦⑧⑨".contains(c));
    let (bare, remark) = split_remark(value);
    let mut named = Named { gender: gender_of(&remark), ..Named::default() };
    let bare = bare.trim();
    if bare.contains('\u{fffd}') || !bare.is_empty() && bare.chars().all(|c| "?？□■*＊".contains(c))
    {
        named.unreadable = true;
        return Some(named);
    }
    let letters = bare.chars().filter(char::is_ascii_alphabetic).count();
    let han = bare.chars().filter(|c| is_han(*c)).count();
    if han == 0 {
        let fits =
            letters >= 3 && bare.chars().all(|c| c.is_ascii_alphabetic() || " .-'·".contains(c));
        named.latin = true;
        named.name = bare.split_whitespace().collect::<Vec<_>>().join(" ");
        return (fits && named.name.len() <= 40).then_some(named);
    }
    let squeezed = squeeze(bare);
    // A person's characters with the letters of the same name behind them: keep the characters.
    let squeezed: String = squeezed.chars().take_while(|c| is_han(*c) || *c == '·').collect();
    let (name, title) = untitled(&squeezed);
    named.gender = named.gender.or_else(|| gender_of(title));
    let length = name.chars().count();
    let fits = if name.contains('·') { dotted(&name) } else { (2..=5).contains(&length) };
    if !fits
        || TABLES.words.contains(name.as_str())
        || length == 5 && surname(&name) != 2 && !name.contains('·') && !title.is_empty()
    {
        return None;
    }
    if name.chars().any(|c| "的了吗呢请您们".contains(c)) {
        return None;
    }
    named.name = name;
    Some(named)
}

/// Splits `王芳（女）` into name and remark.
fn split_remark(value: &str) -> (String, String) {
    match value.find(['(', '（', '[', '【', '/', '，', ',']) {
        Some(at) if at > 0 => {
            (super::text::until(value, at).to_owned(), super::text::from(value, at).to_owned())
        }
        _ => (value.to_owned(), String::new()),
    }
}

/// Cuts a title off the end, if enough of a name is left.
#[must_use]
pub(super) fn untitled(name: &str) -> (String, &'static str) {
    let fits = TITLES
        .iter()
        .filter(|title| name.strip_suffix(**title).is_some_and(|bare| bare.chars().count() >= 2));
    match fits.max_by_key(|title| title.len()) {
        Some(title) => (name.strip_suffix(title).unwrap_or(name).to_owned(), title),
        None => (name.to_owned(), ""),
    }
}

/// The sex that a form of address states; kinship and pronouns do not.
#[must_use]
pub(super) fn gender_of(words: &str) -> Option<&'static str> {
    let words = words.trim_matches(|c: char| "()（）[]【】,，/ ".contains(c));
    if words.starts_with("女士") || words.starts_with("小姐") || words.starts_with('女') {
        Some("女")
    } else if words.starts_with("先生") || words.starts_with('男') {
        Some("男")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_kinds_are_plausible_and_common_words_are_not() {
        for name in
            ["马希文", "欧阳晓雯", "妥万里", "虎雪莲", "剡国栋", "叶尔兰·哈力", "史佳", "党旭升"]
        {
            assert!(plausible(name), "{name}");
        }
        for word in ["单位", "关于", "谢谢", "周一", "时间", "西吉", "方便", "高兴的", "安全员"]
        {
            assert!(!plausible(word), "{word}");
        }
    }

    #[test]
    fn a_labelled_name_loses_blanks_titles_and_remarks() {
        assert_eq!(labelled("张 三").unwrap().name, "张三");
        let named = labelled("宋巧玲女士").unwrap();
        assert_eq!((named.name.as_str(), named.gender), ("宋巧玲", Some("女")));
        assert_eq!(labelled("王芳（女）").unwrap().gender, Some("女"));
        assert!(labelled("Ma Xiwen").unwrap().latin);
        assert!(labelled("张\u{fffd}").unwrap().unreadable);
        assert_eq!(labelled("无"), None);
    }
}
