//! The words around numbers: whose they are, and which are none.

use super::words::words;

words! {
    /// Words before a number that make it no telephone and no identity number.
    pub(crate) NO_PHONES = "\
        传真 邮编 qq 微信 车牌 登记号 编号 邮政编码 信用代码 账号 帐号 卡号 护照 工号 学号 文号";
}

words! {
    /// Words behind a number that is no longer in use.
    pub(crate) OUT_OF_USE = "\
        不用了 不再用 不使用 停机 停用 作废 注销 打不通 丢了 换了 不要了 没用了 弃用";
}
words! {
    /// Where a number is not answered.
    pub(crate) UNHEARD = "打不通 打不通的话 打不通时 打不通就 联系不上 联系不到 没人接 没人接听 无人接听 不接 关机 关机的话 找不到我 听不见 不在服务区 不方便接";
    /// Behind a number: it is somebody else's.
    pub(crate) THEIRS = "那是 那个是 好像是她 好像是他 是她电话 是他电话 是她的电话 是他的电话 是店长的 是老板的 是我同事 是单位的 是公司的";
    /// Behind a number: it is the writer's.
    pub(crate) FIND_ME = "有问题找我 有事找我 有问题联系我 有事联系我 找我 打给我 打我 联系我 问我";
    /// Verbs of reaching somebody else: 打我媳妇139….
    pub(crate) REACH = "打 找 联系 通知 转告 拨 请 问 备用";
    /// Words before a number by which the writer calls it their own.
    pub(crate) MY_PHONE = "我的身份证 我身份证 我的 我的号码是 我的号码 我电话 我手机 我的电话 我的手机 我的手机号 我号码";
    /// Words before a number under which the writer is reached, whoever that is.
    pub(crate) REACH_ME = "抄告我 抄送我 告诉我 通知我 告知我 转告我 打我手机 打我电话 打我的手机 打我的电话 打我的 打我这个 跟我联系 和我联系 与我联系 联系我 找我 打给我 打我 给我打";
    /// Words before a number by which it is that of the other person spoken of.
    pub(crate) HIS = "他的 她的 他的电话 她的电话 他的手机 她的手机 他的手机号 她的手机号 他的身份证 她的身份证 他的号码 她的号码 他电话 她电话 他手机 她手机 他身份证 她身份证";
    /// Words before a number that make it somebody else's.
    pub(crate) OTHERS_PHONES = "联系人 经办人 填表人 推荐人 紧急 咨询";
}
