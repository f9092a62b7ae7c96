//! What surrounds the data: footers, replacements and stories, tables of old and new, forms of every layout.

mod reading_support;

use reading_support::expect;

#[test]
fn how_to_leave_a_firms_list_stands_under_the_mail_of_its_people_too() {
    expect(&[
        (
            "您好，我是安若溪，女，群众代表，电话18309549015，在西吉县星火书店当店员。\n--\n本店每周新书快讯，退订请回复TD\n客服：王小丽 0954-3013311",
            "registration | 安若溪 18309549015 西吉县星火书店 representative",
        ),
        (
            "报名：马志强，群众代表，13995441188。\n马志强\n\n【温馨提示】您收到此邮件因为您是我店会员，取消订阅请点击 http://x.cn/u\n店长 李娜 13709540001",
            "registration | 马志强 13995441188 representative",
        ),
        (
            "我报名参加开放日，李国栋，监督员，13995441189\n邮件已经杀毒软件查杀，未发现病毒\n技术支持：张三 13800138000",
            "registration | 李国栋 13995441189 supervisor",
        ),
        ("主题：大促\n本周优惠：五一大促，全场八折，电话13995441188\n点此退订 http://x.cn", "bulk"),
        ("我不想再收你们的通知，怎么退订？", "bulk"),
    ]);
}
