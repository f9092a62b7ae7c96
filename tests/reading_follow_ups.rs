//! What people ask, correct and regret about a registration.

mod reading_support;

use reading_support::{expect, expect_of};

/// An answer above the letter that a mail program quotes with its four lines.
fn answer(words: &str) -> String {
    format!(
        "主题：回复: 报名确认\n{words}\n\n发件人： 西吉县审批服务管理局\n发送时间： 2021-09-21 10:05\n\
         收件人： wangzp_xj\n主题： 报名确认\n王正平同志：\n您的报名已登记，请核对：\n\
         类别：群众代表   手机：139****0417\n联系电话：0954-3018118\n"
    )
}

#[test]
fn what_an_answer_finds_wrong_it_corrects() {
    let keys = ["name", "phone", "organization", "category", "address"];
    for (words, told) in [
        ("这个里面我的手机不对，是15109540417，其他没问题。", "change | 王正平 15109540417"),
        ("手机少了一位，15109540417才对", "change | 王正平 15109540417"),
        ("单位不对，我在西吉县第二中学，别的都对。", "change | 王正平 西吉县第二中学"),
        ("你好，类别不对，我报的是监督员", "change | 王正平 supervisor"),
        ("地址不对，应该是吉强镇团结村三组", "change | 王正平 吉强镇团结村三组"),
        ("你们公告上的电话不对，打不通", "inquiry"),
        ("信息都对，没有不对的", "inquiry"),
        ("手机不对吗？我看着是对的", "inquiry"),
    ] {
        expect_of(&keys, &[(&answer(words), told)]);
    }
}

#[test]
fn whether_somebody_was_put_down_is_asked_in_many_ways() {
    expect(&[
        (
            "主题：问一下名单\n听说名单定下来了，我家老汉李万财在里头没有？他自己去大厅报的名。",
            "status | 李万财",
        ),
        ("主题：问一下\n我家那口子李万财前天在窗口登记的，你们那边有没有他？", "status | 李万财"),
        ("主题：问一下\n李万财报上了没？", "status | 李万财"),
        ("主题：问一下\n我们村李万财的名字在不在里头？", "status | 李万财"),
        ("主题：问一下\n我妈妥秀英的名字在里面吗？", "status | 妥秀英"),
        ("主题：问一下\n我妈在里面吗？我联系不上她", "inquiry"),
        ("主题：问一下\n你好，车停上了没？", "inquiry"),
    ]);
}

#[test]
fn who_comes_too_late_asks_for_nothing_unless_they_say_so() {
    expect(&[
        (
            "主题：开放日\n今天才看到，报名都截止了。我本来很想报名参加的。以后再搞能不能早点通知？\n高原 17795342073",
            "inquiry",
        ),
        ("主题：开放日\n报名已经截止了，可惜。下次早点通知。高原 17795342073", "inquiry"),
        (
            "报名都截止了才看到，能不能通融一下，给我加一个？田宝山13519583274，群众代表",
            "registration | 田宝山 13519583274 representative",
        ),
        (
            "我叫田宝山，报名已经截止了没？没截止就给我报群众代表，13519583274",
            "registration | 田宝山 13519583274 representative",
        ),
    ]);
}

#[test]
fn what_is_renewed_is_no_person() {
    expect(&[(
        "给我报企业代表。我是田宝山，身份证642223197809116154，电话13519583274。每年换证都要跑好几趟。\n\
         上面的电话最后两位打反了，应该是13519583247。",
        "registration | 田宝山 13519583247 representative",
    )]);
}
