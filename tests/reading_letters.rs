//! Answers to the bureau's letters, and what people ask, correct and give back without one.

mod reading_support;

use reading_support::{expect, expect_of};

/// An answer above a letter that ends its greeting with this title.
fn answer(words: &str, title: &str, letter: &str) -> String {
    format!(
        "主题：回复：关于您的报名\n{words}\n\n------------------ 原始邮件 ------------------\n\
         发件人: \"西吉县审批服务管理局\" <xjxspj@163.com>;\n发送时间: 2021年9月16日(星期四) 上午10:05\n\
         收件人: \"文斌\"<1976630528@qq.com>;\n主题: 关于您的报名\n\n何文斌{title}：\n{letter}\n\
         西吉县审批服务管理局  0954-3018118"
    )
}

#[test]
fn what_a_letter_asks_for_is_supplied_and_what_was_wrong_is_corrected() {
    let missing = "您的报名邮件已收到，其中没有写明报名类别，请回复本邮件补充。";
    let check =
        "您报名时填写的身份证号码（642223********1358）未通过校验，请核对后回复正确的号码。";
    for title in ["同志", "老师", "先生", "经理", ""] {
        expect(&[
            (
                &answer("漏写了，不好意思。我报群众代表，别的都没变。", title, missing),
                "registration | 何文斌 representative",
            ),
            (&answer("我报监督员，其他不变。", title, missing), "registration | 何文斌 supervisor"),
        ]);
    }
    let right = "身份证应该是64222319890208135X";
    expect_of(
        &["name", "id_number"],
        &[
            (
                &answer(&format!("最后一位打错了，{right}，又看了两遍，没错了。"), "同志", check),
                "change | 何文斌 64222319890208135X",
            ),
            (
                &answer("核对过了，是64222319890208135X", "同志", check),
                "registration | 何文斌 64222319890208135X",
            ),
            (&answer("我那天去不了了，取消吧", "同志", check), "cancellation | 何文斌"),
        ],
    );
}

#[test]
fn what_others_gave_back_is_no_cancellation_of_whoever_heard_of_it() {
    expect(&[
        (
            "主题：候补\n我排候补第二，听说前面有人不来了，我能不能补上？康玉梅 15109540918",
            "status | 康玉梅 15109540918",
        ),
        (
            "主题：取消\n我听说名额很紧，我28号要去银川，去不了了，名额让给旁人吧。康玉梅 15109540918",
            "cancellation | 康玉梅 15109540918",
        ),
    ]);
}

#[test]
fn of_those_who_were_put_down_only_the_one_who_stays_away_is_concerned() {
    expect(&[
        (
            "主题：变动\n20号我报了三个人（申宝平、石小兰、卯建成）。石小兰昨天住院，来不了，她的名额退给你们。我和建成照常参加。\n申宝平",
            "cancellation | 石小兰",
        ),
        ("主题：取消\n马成、李军都不能参加了，请取消。", "cancellation | 马成 | 李军"),
        ("主题：取消\n我是报上名的苏万仓，那天就不去了，下次我第一个来。", "cancellation | 苏万仓"),
    ]);
}

#[test]
fn whoever_is_asked_after_stands_in_a_list_and_who_asks_is_none_of_it() {
    expect(&[
        (
            "主题：咨询登记情况\n请问冯志刚、马小兰、李旭三位的报名登记上了吗？\n\n王丽",
            "status | 冯志刚 | 马小兰 | 李旭",
        ),
        (
            "主题：问一下\n我马德胜 报名报上没？上回说的手机改成15825340917改了没？",
            "status | 马德胜 15825340917",
        ),
        (
            "主题：催问\n本人田守业，九日晚已发函报名义务监督员，至今未见回复。请告知本人是否已列入名单？电话13709546281。",
            "status | 田守业 13709546281 supervisor",
        ),
        (
            "主题：请问学生可以参加吗\n我是在外地读大三的学生，不知道学生算不算群众。如果可以的话我再把信息发过来。\n杨小荷",
            "inquiry",
        ),
        (
            "主题：提意见\n你们叫群众来当监督员，我没时间去，就在这里提个建议：停车位全被锁着，办事的车只能停到马路对面。 一个老百姓 13259546001",
            "inquiry",
        ),
    ]);
}

#[test]
fn whoever_leaves_is_named_whatever_is_told_of_them() {
    expect(&[
        (
            "主题：更换\n之前名单里的李旭被抽到固原工地，28号来不了，换成周婷参加，请帮忙改一下。",
            "change | 李旭 | 周婷",
        ),
        (
            "主题：更换\n我们报的李旭临时出差，换周婷去，周婷19809547013",
            "change | 李旭 | 周婷 19809547013",
        ),
    ]);
}
