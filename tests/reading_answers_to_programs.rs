//! What people answer to the words of a program is read like any other mail of theirs.

mod reading_support;

use reading_support::expect;

#[test]
fn whoever_answers_an_automatic_reply_is_heard() {
    let quoted = "\n\n------------------ 原始邮件 ------------------\n\
        发件人: \"西吉县审批服务管理局\" <xjxspj@163.com>;\n\
        发送时间: 2021年9月15日(星期三) 下午9:02\n收件人: \"阿东\"<791152038@qq.com>;\n\n\
        主题: 自动回复：报名\n\n您好，这是自动回复，您的邮件我们已收到。请勿直接回复本邮件。";
    for (words, told) in [
        (
            "按你们说的补齐：姓名：苏国强，手机：13639542287，类别：企业代表。我要报名。",
            "registration | 苏国强 13639542287 representative",
        ),
        (
            "我是14号报名的马晓东，手机17395548126，报的群众代表。十天了没信，到底有没有我？",
            "status | 马晓东 17395548126 representative",
        ),
    ] {
        expect(&[(&format!("主题：回复：自动回复：报名\n{words}{quoted}"), told)]);
    }
    expect(&[
        ("主题：自动回复：报名\n您好，我正在休假，回来后给您回复。", "automatic"),
        ("主题：回复：自动回复：报名\n您好，这是自动回复，您的邮件我已收到。", "automatic"),
    ]);
}
