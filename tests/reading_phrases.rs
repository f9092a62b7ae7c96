//! Classes of phrases: how people name themselves, put themselves right and answer.

mod reading_support;

use reading_support::{expect, expect_of};

#[test]
fn whoever_puts_themselves_down_goes_on_with_their_name() {
    expect(&[
        (
            "主题：28号开放日算上我马国良群众代表17795426618\n题目上说完了 谢谢",
            "registration | 马国良 17795426618 representative",
        ),
        (
            "开放日给我马文海报一个义务监督员13995461120",
            "registration | 马文海 13995461120 supervisor",
        ),
        (
            "主题：28号参观给我马小虎留个群众代表名额15009544813\n如题",
            "registration | 马小虎 15009544813 representative",
        ),
        ("算上我这个群众代表17795426618", "registration | 17795426618 representative"),
        ("主题：名额保留\n我前天说想取消报名，现在能去了，名额请给我保留，不取消了。", "inquiry"),
    ]);
}

#[test]
fn a_name_put_right_by_its_characters_is_the_one_that_stands_last() {
    expect(&[
        (
            "主题：名字写错了\n麻烦给我改个字，我报名的时候手机自己跳出来的是马亚丽，亚洲的亚，不对，应该是雅致的雅，马雅丽。",
            "change | 马雅丽",
        ),
        (
            "主题：名字有误\n报名的名字写的是王建军，军队的军，错了，是钧，王建钧，麻烦改一下",
            "change | 王建钧",
        ),
        (
            "主题：更正名字\n我报名时输入法跳出来的是丁小平，平安的平，不是的，是浮萍的萍，丁小萍，电话没错13995461120",
            "change | 丁小萍 13995461120",
        ),
        (
            "主题：更正\n我名字应该是马雅丽，雅致的雅，报名时打成马亚丽了，亚洲的亚",
            "change | 马雅丽",
        ),
    ]);
}

#[test]
fn who_holds_the_post_that_the_writer_does_not_hold_is_only_named() {
    let letter = "在 2021-09-21 17:05:39，\"西吉县审批服务管理局\" <xjxspj@163.com> 写道：\n\n马占林，您好：\n\
        您的报名已登记。您登记的职务为：主任。如有错误请回复本邮件。\n西吉县审批服务管理局综合办公室";
    let answer = format!(
        "主题：Re:请核对您的登记信息\n看了，有一处不对，我不是主任，是副主任，主任是杨志刚，叫人家看见笑话呢，赶紧改过来。\n\n{letter}"
    );
    expect_of(
        &["name", "phone", "organization", "position"],
        &[
            (&answer, "change | 马占林 副主任"),
            (
                "主题：更正职务\n我是上周报名的马占林，我不是经理，是副经理，经理是我哥马占山，请改过来",
                "change | 马占林 副经理",
            ),
            (
                "我叫马占林，是西吉中学的副校长，校长是李明，报企业代表，电话13995461120",
                "registration | 马占林 13995461120 西吉中学 副校长",
            ),
            (
                "我们合作社负责人是杨志刚，我是会计苏玉梅，电话13995461120，我报群众代表",
                "registration | 苏玉梅 13995461120 会计",
            ),
        ],
    );
}
