//! Registrations whose words make them look like something else.

mod reading_support;

use reading_support::{expect, expect_of};

#[test]
fn what_was_before_is_told_and_a_whole_person_is_put_down() {
    let person = "马福祥，男，回族，642223197904183419，13995482607，群众代表";
    for lead in [
        "主题：取消之后重新报名\n前几天打电话把名额退了，那时候腿扭了。现在好了，想重新报上：",
        "主题：系统繁忙\n小程序里报了三次，每次都是：“您的报名未成功，已自动取消。”所以改发邮件，我要报名：",
        "主题：退信了，重发\n昨天把你们邮箱写成136.com，结果退信了，今天重新发。我要报名：",
        "主题：跑多了的人\n天天在二楼办变更法人、取消备案、撤回申请。听说28号请人去，我报名：",
        "主题：几点意见\n中午值班的窗口只有一个人，我办社保等了五十分钟。我要求参加你们的开放日：",
    ] {
        expect(&[(&format!("{lead}{person}"), "registration | 马福祥 13995482607 representative")]);
    }
    expect(&[(
        "主题：取消报名\n姓名：霍建宁\n性别：男\n身份证号：642223197611192151\n手机：18795821103\n\
         报名类别：企业代表\n申请事项：因出差取消报名",
        "cancellation | 霍建宁 18795821103 representative",
    )]);
}

#[test]
fn as_what_somebody_asks_for_a_place() {
    expect(&[
        (
            "给我一个义务监督员的名额。王德全，13519546627",
            "registration | 王德全 13519546627 supervisor",
        ),
        (
            "给我留一个群众代表的名额。王德全，13519546627",
            "registration | 王德全 13519546627 representative",
        ),
        (
            "申请一个企业代表的名额。王德全，13519546627",
            "registration | 王德全 13519546627 representative",
        ),
    ]);
    expect_of(&["name", "category"], &[("主题：问一下\n监督员的名额还有没有？", "inquiry")]);
}

#[test]
fn who_comes_themselves_comes_beside_somebody_of_theirs() {
    let both = "registration | 马强 13995461122 representative | 马小军 13895461133 representative";
    for body in [
        "我叫马强，13995461122，报群众代表。我儿子马小军也报，13895461133",
        "我是马强，我报群众代表，13995461122。我儿子马小军也想去，电话13895461133",
        "我叫马强，13995461122，报群众代表。我兄弟马小军也来，给他也报上，他电话13895461133",
    ] {
        expect(&[(body, both)]);
    }
    expect(&[
        (
            "我叫马强，13995461122，给我爸报群众代表。我爸叫马全福，13895461133，我妈也想去",
            "registration | 马全福 13895461133 representative",
        ),
        (
            "我叫马强，在银川上班，电话13995461122，我爸马全福想报群众代表，他电话13895461133",
            "registration | 马全福 13895461133 representative",
        ),
    ]);
}

#[test]
fn whoever_stands_below_a_heading_is_put_down() {
    let three = "registration | 马文强 13995461122 supervisor | 马文军 13895461133 representative \
                 | 兰小花 13995442211 representative";
    for (one, two) in
        [("监督员", "群众代表"), ("一、监督员", "二、群众代表"), ("义务监督员：", "群众代表：")]
    {
        let body =
            format!("{one}\n马文强 13995461122\n{two}\n马文军 13895461133\n兰小花 13995442211");
        expect(&[(&body, three)]);
    }
}

#[test]
fn who_of_several_gives_a_place_back_is_singled_out() {
    expect(&[
        (
            "主题：取消\n我们报了三个人：王一鸣、李有才、兰小花，现在李有才出差去不了，把他取消，其余两人照常。",
            "cancellation | 李有才",
        ),
        ("主题：取消\n前天报的王一鸣、李有才、兰小花，兰小花不去了", "cancellation | 兰小花"),
        (
            "主题：取消\n前天报的王一鸣、李有才、兰小花三人都不去了",
            "cancellation | 王一鸣 | 李有才 | 兰小花",
        ),
    ]);
}

#[test]
fn first_and_second_wish_are_told_apart() {
    for wish in [
        "先报监督员，报不上就报群众代表",
        "首选监督员，不行就群众代表",
        "想当监督员，要是满了就给我换成群众代表",
        "第一志愿监督员，第二志愿群众代表",
        "不是报群众代表，是报监督员",
    ] {
        expect(&[(
            &format!("我叫马强，13995461122。{wish}。"),
            "registration | 马强 13995461122 supervisor",
        )]);
    }
}

#[test]
fn who_registers_elsewhere_is_not_put_down_here() {
    for aside in [
        "我朋友李有才也想来，他自己会给你们发邮件",
        "我邻居李有才也报名了，他是昨天自己去大厅报的",
        "我邻居李有才已经报了名，跟我一块去",
    ] {
        expect(&[(
            &format!("我叫马强，13995461122，群众代表。{aside}。"),
            "registration | 马强 13995461122 representative",
        )]);
    }
    expect(&[(
        "主题：查询\n我叫马强，13995461122，报名后没收到回复，请查一下",
        "status | 马强 13995461122",
    )]);
}
