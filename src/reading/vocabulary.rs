//! The words by which people name fields and categories: configuration, with the notice's event as
//! the default.

use serde::{Deserialize, Serialize};

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// Full name.
    Name,
    /// Telephone.
    Phone,
    /// Identity number.
    IdNumber,
    /// Employer.
    Organization,
    /// Post.
    Position,
    /// Category asked for.
    Category,
    /// Sex.
    Gender,
    /// Ethnic group.
    Ethnicity,
    /// Home address.
    Address,
    /// An address that counts where no home address is stated (通讯地址).
    MailAddress,
    /// Date of birth: only checked against the identity number.
    Birth,
    /// Somebody who is no applicant (联系人).
    Contact,
    /// A field of the event's own, by its place in the vocabulary.
    Custom(usize),
    /// Known and of no use (备注).
    Ignored,
}

/// A field of the event's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnField {
    /// Its key in `parse --json`.
    pub id: String,
    /// The labels that people write before it.
    pub labels: Vec<String>,
}

/// A category and the words for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryWords {
    /// Its id (`supervisor`).
    pub id: String,
    /// The words, in simplified characters.
    pub words: Vec<String>,
    /// Words that mean it only behind a label or in a choice (群众).
    pub loose: Vec<String>,
}

/// Everything that reading must know of the event and the bureau.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vocabulary {
    /// Further labels for the known fields.
    pub labels: Vec<(Item, String)>,
    /// Fields of the event's own.
    pub fields: Vec<OwnField>,
    /// The categories.
    pub categories: Vec<CategoryWords>,
    /// Words by which a mail means the event (开放日).
    pub keywords: Vec<String>,
    /// Names of the bureau and its places: never an applicant's employer.
    pub bureau_names: Vec<String>,
    /// The bureau's addresses, lower case.
    pub bureau_emails: Vec<String>,
    /// The bureau's telephone numbers, digits only.
    pub bureau_phones: Vec<String>,
    /// Names of the bureau's staff: never applicants.
    pub staff: Vec<String>,
    /// What registration numbers start with (`XJ21`).
    pub prefixes: Vec<String>,
    /// Servers whose Authentication-Results are believed; `mx*` matches by its start.
    pub servers: Vec<String>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        let words = |list: &str| list.split(' ').map(str::to_owned).collect::<Vec<_>>();
        Self {
            labels: Vec::new(),
            fields: Vec::new(),
            categories: vec![
                CategoryWords {
                    id: "supervisor".to_owned(),
                    words: words(
                        "政务公开义务监督员 政务公开监督员 义务监督员 政务监督员 社会监督员 监督员代表 监督员",
                    ),
                    loose: words("监督"),
                },
                CategoryWords {
                    id: "representative".to_owned(),
                    words: words(
                        "企业及群众代表 企业和群众代表 企业群众代表 企业代表 群众代表 市民代表 村民代表 居民代表 商户代表 农民代表 个体户代表 个体工商户代表 公司代表 百姓代表 老百姓代表 群众身份 群众的身份 市民身份 市民的身份 村民身份 村民的身份 居民的身份 企业的身份 公众代表 办事群众代表",
                    ),
                    loose: words("群众 市民 村民 居民 企业 代表 商户 个体 公众 百姓"),
                },
            ],
            keywords: words("政府开放日 开放日"),
            bureau_names: words(
                "西吉县审批服务管理局 审批服务管理局 审批服务局 审批局 西吉县政务服务中心 西吉县政务服务大厅 政务服务中心 政务服务大厅 政务大厅 办事大厅 综合办公室",
            ),
            bureau_emails: words("xjxspj@163.com"),
            bureau_phones: words("09543018118 3018118"),
            staff: Vec::new(),
            prefixes: words("XJ21"),
            servers: words("mx*"),
        }
    }
}

/// The labels that are known without configuration, by field.
pub(super) const LABELS: [(Item, &str); 12] = [
    (
        Item::Name,
        "姓名 名字 来宾 嘉宾姓名 叫什么 怎么称呼 称呼 贵姓 尊姓大名 大名 谁参加 谁去 参加人 参会人 参加人员 参会人员 参会人员姓名 报名人 报名人员 申请人 推荐人选 被推荐人 候选人 人员姓名 真实姓名 参加者 报名者 申报人 参与人 与会人 与会人员 自荐人 自荐者 自荐人姓名 报名者姓名 参加人姓名 代表姓名 参加代表 参会代表 出席代表 派出代表 出席人 出席人员 出席代表 参观人 参与者 参观人员 拟报人员 被推荐人姓名 推荐对象 推荐人员 监督员姓名 姓 name xingming mingzi",
    ),
    (
        Item::Phone,
        "电话 手机 手机号 怎么联系 咋联系 如何联系 手机号码 联系电话 联络电话 联络方式 联系方式 移动电话 行动电话 电话号码 联系手机 手机电话 联系号码 本人电话 常用电话 固定电话 座机 固话 住宅电话 家庭电话 家里电话 办公电话 单位座机 公司座机 办公座机 办公室座机 电话手机 手机或电话 联系 联系我 联系方法 联系电话号码 移动手机 tel mobile mob cell phone cellphone telephone mobileno phoneno dianhua shouji shoujihao lianxidianhua",
    ),
    (
        Item::IdNumber,
        "身份证 证件 身份证号 身份证号码 公民身份号码 公民身份证号码 公民身份证号 身份证编号 居民身份证编号 公民身份证编号 居民身份证号 居民身份号码 居民身份号 居民身份证号码 居民身份证 证件号 证件号码 身份号码 有效证件号 有效证件号码 身份证件号码 身份证件号 二代身份证号 二代证 二代证号 二代证号码 身份证编号 id id号 idno id号码 idnumber idcardno idcardnumber idcard shenfenzheng shenfenzhenghao",
    ),
    (
        Item::Organization,
        "门市 门店 商号 单位 名称 工作单位 从业单位 经营店铺 店铺 就职 目前就职 所在单位 现工作单位 单位名称 企业名称 公司名称 公司 企业 所属单位 就职单位 任职单位 工作单位名称 单位全称 所在企业 所在公司 服务单位 现单位 现在单位 现任职单位 店名 商户名称 店铺名称 厂名 全名 全称 店全名 店的全名 店名全称 公司全名 公司全称 企业全称 厂名全称 合作社全称 合作社名称 校名 学校 所在学校 就读学校 工作地点 供职单位 所在村 所在社区 村居 用人单位 填报单位 报送单位 申报单位 上报单位 经营场所 就职于 供职于 任职于 现就职于 工作于 上班地点 上班单位 工作的地方 所在机构 organization company employer danwei gongzuodanwei gongsi",
    ),
    (
        Item::Position,
        "职务 职位 现任 干什么的 干啥的 做什么的 担任 担任职务 岗位 现任职务 工作岗位 职业 从事职业 从事工作 现任职位 行政职务 任职 工种 职业身份 担任职位 职务名称 所任职务 现任岗位 position title jobtitle job post zhiwu zhiye",
    ),
    (
        Item::Category,
        "报名类别 类别 本人自愿作为 自愿作为 当什么代表 什么代表 什么身份 以什么身份来 想以什么身份来 想当 想当啥 想当什么 想报 报什么 报的是 报的什么 报哪类 申报类别 参加类别 参加身份 报名项目 拟报类别 代表类别 人员类别 报名类型 类型 代表类型 参会身份 报名身份 申请类别 身份类别 推荐类别 报名种类 参与身份 参与类别 参会类别 申报类型 申请类型 参加类型 报名类 拟报名类别 代表身份 邀请对象类别 身份 报名方向 申报项目 申报身份 拟任类别 报名组别 组别 人员类型 意向 报名意向 参与意向 意愿 category attendingas capacity attendas leibie baomingleibie",
    ),
    (Item::Gender, "性别 男的女的 男女 是男是女 男/女 称谓 gender sex xingbie"),
    (
        Item::Ethnicity,
        "民族 族 族别 族属 所属民族 民族成份 民族成分 成份 成分 ethnicity ethnicgroup nationality minzu",
    ),
    (
        Item::Address,
        "住址 家庭住址 现住址 家庭地址 地址 居住地址 居住地 现居住地 常住地址 住处 寓所 居所 详细地址 家庭详细住址 家庭详细地址 住所 现住地址 现居地 现居住地址 现居地址 常住地 居住地点 居住住址 家住 住 家庭居住地 address dizhi zhuzhi jiatingzhuzhi",
    ),
    (Item::MailAddress, "通讯地址 联系地址 邮寄地址 通信地址 联系住址 通讯住址"),
    (Item::Birth, "出生年月 出生日期 出生年月日 生日 出生 出生时间"),
    (
        Item::Contact,
        "联系人 经办人 推荐人 填表人 填报人 紧急联系人 介绍人 审核人 法定代表人 法人 法人代表 经营者 负责人 代办人 监护人 证明人 领队 单位负责人 承办人 报送人 制表人 单位联系人 代报人 代填人 代理人 联络人 承诺人 发件人 落款 带队人 陪同人 审批人 主管领导 分管领导 乡分管领导 镇分管领导 局分管领导 分管负责人 分管负责同志 带队领导 企业负责人 秘书 助理 签发人 收件人 抄送",
    ),
];

/// Labels that are known and of no use to the roster.
pub(super) const IGNORED: &str = "年龄 年纪 政治面貌 文化程度 学历 备注 籍贯 邮箱 电子邮箱 电子邮件 邮件 邮编 邮政编码 微信 微信号 qq qq号 序号 编号 部门 科室 所在部门 推荐单位 推荐部门 主办单位 承办单位 照片 个人简历 简历 健康状况 婚姻状况 特长 日期 填表日期 填报日期 车牌 车牌号 车牌号码 原单位 原工作单位 活动时间 时间 地点 活动地点 主题 附件 传真 网址 建议 意见 单位意见 推荐单位意见 推荐意见 推荐理由 报名理由 申请理由 说明 参加时间 报名时间 户籍 户籍地 户口所在地 户籍所在地 户籍地址 户口 出生地 职称 技术职称 专业 毕业院校 毕业学校 入党时间 参加工作时间 工作年限 单位地址 公司地址 企业地址 经营地址 单位性质 企业性质 所属行业 行业 统一社会信用代码 信用代码 注册资本 经营范围 成立日期 登记机关 交通方式 是否用餐 人数 参加人数 报名人数 同行人数 关系 与申请人关系 健康码 行程 e-mail email 诚信承诺 承诺 签名 盖章 希望了解 关注事项 想了解的内容 建言 问题 意见建议 意见和建议 截止时间 报名截止 报名方式 报名邮箱 报名电话 咨询电话 联系单位 发送时间 发送日期 兴趣 爱好 曾任职务 原职务 曾用名 家庭成员 工作经历 主要事迹 银行卡号 卡号 护照号 社保号";

/// The ethnic groups of China, without 族.
pub(super) const ETHNIC: &str = "汉 回 满 壮 苗 维吾尔 土家 彝 蒙古 藏 布依 侗 瑶 朝鲜 白 哈尼 哈萨克 黎 傣 畲 傈僳 仡佬 东乡 高山 拉祜 水 佤 纳西 羌 土 仫佬 锡伯 柯尔克孜 达斡尔 景颇 毛南 撒拉 布朗 塔吉克 阿昌 普米 鄂温克 怒 京 基诺 德昂 保安 俄罗斯 裕固 乌孜别克 门巴 鄂伦春 独龙 塔塔尔 赫哲 珞巴";
