//! Who writes, and who is put down.

mod reading_support;

use reading_support::expect;

#[test]
fn whoever_tells_whose_they_are_puts_that_one_down() {
    expect(&[
        (
            "我是马强的媳妇兰小花，替他报名，他电话13995461122，群众代表",
            "registration | 马强 13995461122 representative",
        ),
        (
            "我是马强的女儿马小兰，帮他报名群众代表，他的手机是13995461122，我的是13895461133",
            "registration | 马强 13995461122 representative",
        ),
        (
            "我是马强的同事李有才，他让我替他报名，企业代表，电话13995461122，单位西吉县宏源粉条厂",
            "registration | 马强 13995461122 西吉县宏源粉条厂 representative",
        ),
        (
            "我是马强的媳妇兰小花，我报群众代表，13895461133",
            "registration | 兰小花 13895461133 representative",
        ),
        (
            "马强想报监督员，他不会发邮件，我是他同事李有才，他的电话13995461122",
            "registration? | 李有才 13995461122 supervisor",
        ),
    ]);
}

#[test]
fn who_is_registered_already_is_not_put_down_again() {
    expect(&[
        (
            "李有才报过名了，我是他邻居马强，也想报群众代表，13995461122",
            "registration | 马强 13995461122 representative",
        ),
        (
            "我叫马强，13995461122，群众代表。我邻居李有才已经报了名，跟我一块去。",
            "registration | 马强 13995461122 representative",
        ),
        ("主题：取消\n我同事马强已经报了名，现在出差去不了，请取消", "cancellation | 马强"),
    ]);
}
