//! Words in and around labels.

use crate::reading::language::words::words;

words! {
    /// Words around a label that do not change it: `您的手机号`, `参加人联系电话`.
    pub(super) BEFORE = "\
        以上人员 以上同志 以上各位 上述人员 以上几人 以上三人 以上两人 以上四人 以上 上述 再留个 再留 留个 再写个 再给个         本人 报名人员 报名人 参加人员 参加人 参会人员 参会人 申请人 申报人 代表 您的 我的 个人 现在 目前 现 报名 参加 \
        参会 被推荐人 人员 该同志 常用 您 我 的 监督员 有效 请填写 主要 真实 详细 拟 具体 正确的 正确 新的 新 更正后的 更正后 变更后的 变更后 修改后的 修改后 改后 本单位 所在的";
    pub(super) AFTER = "依次为 依次是 依次 分别为 分别是 分别 按顺序为 按顺序是 按顺序 均为 都为 都是 均是 统一为 一律为 是谁 是 为 没变 不变 还是 仍是 仍为 未变 没换 照旧 现在是 改为 应为 更正为 变更为 换成 号码 信息 必填 选填 名称 全称 情况";
}
words! {
    /// Words that make a label somebody else's.
    pub(super) OTHERS = "\
        联系人 代笔 代书 代写 见证 经手 打字 执笔 转交 送件 录入 经办 推荐人 紧急 填表人 填报人 填写人 制表 法定 法人 经营者 介绍人 监护 家长 领队 配偶 \
        证明人 审核 承办 代办 代报 联络员 联络人 发件人 收件人 负责人 局长 咨询 监督电话";
}
words! {
    /// Words before a colon that only lead on.
    pub(super) LEADS_ON = "附 附后 另 另外 其中 即 还有 以及 现 今 附名单 附人员";
    /// Words that say that what follows is about the registration itself, not a field.
    pub(crate) HEADINGS = "\
        报名 参加 推荐 监督员 代表 如下 名单 人员 情况 登记 回执 参会 开放日 更正 报个 报上 报一 报两 \
        报三 补报 加报 代报 算上 加上 增加 选派 派出 资料 内容 人选";
}
