//! Posts: what people are where they work.

use super::categories;
use crate::reading::language::words::words;

words! {
    /// What a post ends with.
    POSTS = "\
        山长 调度 库管 大夫 牙医 阿訇 
        文书 主席 副主席 委员 专员 监事长 监事 理事 董事 指导员 导游 翻译 演员 裁判 校医 兽医 中医 木匠 铁匠 瓦工 木工 钳工 技工 裁缝 掌柜 干部 公务员 民警 辅警 专干 董事长 总经理 副总经理 总监 经理 副经理 主管 主任 副主任 书记 副书记 支书 村主任 局长 副局长 \
        管家 馆长 副馆长 台长 行长 段长 科长 副科长 科员 股长 副股长 所长 副所长 站长 副站长 校长 副校长 院长 副院长 园长 副园长 \
        厂长 副厂长 店长 副店长 部长 副部长 队长 副队长 组长 副组长 班长 领班 场长 社长 理事长 会长 \
        副会长 秘书长 秘书 干事 会计 出纳 文员 店主 老板 负责人 法人 法人代表 合伙人 创始人 员工 \
        职工 职员 社员 工人 教师 老师 讲师 教授 教员 班主任 医生 医师 护士 护士长 药师 律师 工程师 \
        设计师 技师 厨师 美容师 摄影师 技术员 化验员 质检员 安全员 资料员 调度员 配送员 快递员 \
        售货员 月嫂 育儿嫂 营业员 收银员 经营者 经营人 主播 主厨 帮厨 大厨 面点师 摊主 护工 操作工 承包人 经纪人 带头人 后勤人员 工作人员 管理人员 财务人员 保洁人员 护理人员 技术人员 销售人员 安保人员 行政人员 业务员 销售员 保管员 炊事员 服务员 驾驶员 教练员 记账员 网格员 检验员 \
        法定代表人 审计 采购 统计 质检 品控 法务 文案 前台 网管 内勤 外勤 计调 运营 售后 门卫 门房 仓管 库房管理 策划 美工 剪辑 督导 助教 辅导员 会务 站务 乘务 机务 调音师 司仪 司磅 \
        司机 教练 记者 编辑 主持人 店员 导购 导购员 坊主 场主 厂主 艺人 保安 保洁员 保洁 顾问 村医 副总 老总 客服 助理 电工 焊工 学徒 柜员 幼师 幼教 公益岗 公益岗位 社区工作者 社会工作者 社工 收银 叉车工";
}
/// One-character endings of a post: 农艺师, 采购员.
const POST_TAILS: &[char] = &['员', '师', '长', '工', '匠'];
words! {
    /// Words that only say what somebody is, not a post.
    NO_POSTS = "\
        监督员 党员 团员 成员 人员 代表 家长 会员 村民 居民 市民 群众 学生 农民 退休职工 退休教师 老教师 老干部 老职工 老工人 老员工 老医生 \
        邻居 义务监督员 政务公开义务监督员 一员 官员 复员 动员 全员 零工 打工 杂工 临时工 老师们 \
        成长 特长 增长 员工们 大师 人工 竣工 施工 开工 复工 校友 全体员工";
}

words! {
    /// Words in which a verb that leads to a post leads to none.
    COMPOUNDS = "责任 主任 信任 任课 当班 派件 派送 派单 派工 报刊 报账 报关 报社 报务 报表 挂面 挂号 做饭 做账 做工";
}

/// `责任|护士`, `主任|医师`: at this place stands no verb that leads to the post, but a part of it.
#[must_use]
pub(crate) fn is_part(folded: &str, at: usize) -> bool {
    COMPOUNDS.spans(folded).any(|(start, end)| (start..end).contains(&at))
}

/// `群众`, `村民`: what somebody is, and no post.
#[must_use]
pub(crate) fn is_none(folded: &str) -> bool {
    NO_POSTS.end(folded).is_some()
}

/// Whether a word is a post.
#[must_use]
pub(crate) fn is_post(folded: &str) -> bool {
    let folded = folded.trim();
    let length = folded.chars().count();
    // 我不是主任
    // 正在家备考公务员: what somebody would like to be.
    let wished =
        ["备考", "想考", "在考", "考取", "准备考"].iter().any(|verb| folded.contains(verb));
    if !(2..=16).contains(&length) || folded.contains("不是") || wished {
        return false;
    }
    // 2022年初级会计: an examination, and no post.
    if folded.starts_with(|c: char| c.is_ascii_digit()) && folded.contains('年') {
        return false;
    }
    // 安全员 is one, 全员 is none: the longer word counts.
    // 鲜花店经营者: a trade, and no post.
    if folded.ends_with("经营者") && folded != "经营者" {
        return false;
    }
    if categories::of_another_kind(folded) {
        return true;
    }
    let length_of = |word: Option<&str>| word.map_or(0, str::len);
    if length_of(NO_POSTS.end(folded)) > length_of(POSTS.end(folded)) {
        return false;
    }
    // 木工师傅, 水电师傅.
    let master = length >= 4 && folded.ends_with("师傅");
    master || POSTS.end(folded).is_some() || length >= 3 && folded.ends_with(POST_TAILS)
}
