//! Why an order is not carried out, in words for the clerk who gave it.

use super::{Status, words};

/// Why an order is not carried out. Each says what is wrong and what to do; nothing personal is in
/// it beyond registration numbers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no registration with the number.
    #[error("没有编号为 {0} 的登记；用 baoming list 查看全部编号")]
    Unknown(String),
    /// The person is registered already.
    #[error("此人已登记，编号 {number}（{}）；无需再次录入", words::status_word(*.status))]
    Already {
        /// The earlier registration.
        number: String,
        /// How it stands.
        status: Status,
    },
    /// It cannot be told whether the person is registered already.
    #[error("{0}；请核对证件：原登记有误的，先用 baoming approve 更正原登记，再录入")]
    Doubtful(String),
    /// Something required is not stated.
    #[error("还缺{0}；请补充后再录入")]
    Missing(String),
    /// The category is not one of the event's, or in doubt.
    #[error("请写明报名类别（category），可选：{0}")]
    Category(String),
    /// The event does not take registrations yet.
    #[error("报名尚未开始（{0} 开始）；请在开始后录入")]
    NotYetOpen(String),
    /// The registration's status does not allow it.
    #[error("{number} 的状态是“{}”，不能这样办理；{advice}", words::status_word(*.status))]
    Unfit {
        /// The registration.
        number: String,
        /// How it stands.
        status: Status,
        /// What to do instead.
        advice: &'static str,
    },
    /// The corrected values are those that are registered.
    #[error("{0} 登记的就是这些内容，没有需要更正的")]
    Unchanged(String),
    /// A rule of the event speaks against it.
    #[error("不能登记：{0}")]
    Barred(String),
    /// A category is only for those on its list.
    #[error("“{0}”只面向名单内的人员，名单里没有此人，或电话、身份证号不一致；请核对名单")]
    NotListed(String),
    /// Everybody was told the present time and place already.
    #[error("活动的时间和地点没有变动，大家收到的就是这些；请先在活动文件中改好，再办理")]
    AsTold,
    /// The event was called off.
    #[error("活动已经取消，无需再次办理")]
    CalledOff,
    /// There is no reason for the record.
    #[error("请用 --reason 写明原因，以备查考")]
    NoReason,
    /// Registration has not begun, so it cannot be closed.
    #[error("报名尚未开始（{0} 开始），不能截止；请在活动文件中改 opens、closes，再重新载入服务")]
    NothingToClose(String),
    /// The staff have closed registration already.
    #[error("报名已于 {0} 提前截止，无需再次办理；要恢复，用 baoming event reopen")]
    ClosedEarly(String),
    /// Registration has closed on the event's own date.
    #[error("报名已按活动文件于 {0} 截止，无需再次办理")]
    ClosedByDate(String),
    /// Registration was not closed early.
    #[error("报名没有提前截止，无需恢复；要延长报名，请在活动文件中把 closes 改晚，再重新载入服务")]
    NotClosedEarly,
    /// The event's own date has come, too.
    #[error(
        "活动文件中的截止时间（{0}）已到，不能恢复；要继续接受报名，请先在活动文件中把 closes 改晚、重新载入服务，再办理"
    )]
    DatePassed(String),
    /// The event is over.
    #[error("活动已经结束，不能这样办理")]
    Over,
    /// What was known of the event's people is erased.
    #[error("活动已经结束，个人信息已经清除，不能这样办理")]
    Erased,
    /// The event has begun.
    #[error("活动已经开始，不能这样办理")]
    Begun,
    /// Nobody can have come yet.
    #[error("活动在 {0}，当天起才可以签到；不来的，用 baoming cancel 取消")]
    NotTheDay(String),
    /// The event is not over.
    #[error("活动尚未结束，不能清除；某一个人的，可用 baoming erase 编号")]
    NotOver,
    /// Nothing is free.
    #[error("{0}的名额已满；有人取消后，系统会按先后顺序自动递补")]
    Full(String),
    /// Nothing is free, and the line takes nobody more.
    #[error("{0}的名额和候补均已满；有人退出后再办理，或由负责人放宽候补人数（waitlist）")]
    LineFull(String),
    /// A confirmed place would be lost.
    #[error(
        "{number} 已有名额，而{category}的名额已满或有人在候补；确要改类别，请先征得本人同意，用 baoming cancel 取消后重新录入"
    )]
    WouldLose {
        /// The registration.
        number: String,
        /// The name of the category without a free place.
        category: String,
    },
}
