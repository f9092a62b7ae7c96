//! Whose a value is, and which of two holds, where people tell it in their own words.

mod reading_support;

use reading_support::{expect, expect_of};

#[test]
fn what_was_sent_some_days_ago_is_asked_after() {
    expect(&[
        (
            "主题：没有回音\n上礼拜四我给这个信箱写过信要参加开放日，到今天没人理我。麻烦翻一翻，\
             名单上有没有韩玉宝，电话17795041138。",
            "status | 韩玉宝 17795041138",
        ),
        (
            "主题：没有回音\n三天前我寄了一封信想参加开放日，一直没动静。麻烦看看名单上有没有何德福，13909540011",
            "status | 何德福 13909540011",
        ),
        (
            "我前天看了你们的公告，写了一封信，想参加开放日，何德福，13909540011，群众代表",
            "registration | 何德福 13909540011 representative",
        ),
        (
            "我叫何德福，13909540011，我把申请写好发了过来，想参加开放日，群众代表",
            "registration | 何德福 13909540011 representative",
        ),
    ]);
}

#[test]
fn a_number_written_twice_is_asked_about_where_its_digits_differ() {
    let form = "报名群众代表\n姓名：王成\n手机号：13895441206\n";
    for (words, told) in [
        (
            "有变动请打我手机13895441260（就是上面那个号，天天带在身上）。",
            "registration? | 王成 representative",
        ),
        ("有变动打我手机13895441206", "registration | 王成 13895441206 representative"),
        ("打不通就打我爱人的13709540299", "registration | 王成 13895441206 representative"),
    ] {
        expect(&[(&format!("{form}{words}"), told)]);
    }
}

#[test]
fn the_number_of_an_office_is_nobodys() {
    let firm = "\n\n西吉县振兴砖瓦厂\n2021年9月26日";
    let gone = "因环保检查组28日到厂，我厂此前报名的三名职工胡宝山、杨彩莲、摆万库（均为企业代表）都不能前往，\
                特此撤回。如需另补材料，请与办公室小段联系：18709547620。";
    let keys = ["name", "phone", "organization", "position"];
    expect_of(
        &keys,
        &[
            (
                &format!("{gone}{firm}"),
                "cancellation | 胡宝山 西吉县振兴砖瓦厂 | 杨彩莲 西吉县振兴砖瓦厂 | 摆万库 西吉县振兴砖瓦厂",
            ),
            (
                "报名：胡宝山，企业代表，西吉县振兴砖瓦厂。有事请与办公室王主任联系，电话18709547620。",
                "registration | 胡宝山 西吉县振兴砖瓦厂",
            ),
            (
                "报名：段志强，群众代表。请与小段联系：18709547620",
                "registration | 段志强 18709547620",
            ),
            (
                "我是段志强，报群众代表，请跟我联系：18709547620",
                "registration | 段志强 18709547620",
            ),
        ],
    );
}

#[test]
fn an_employer_put_right_needs_no_known_ending() {
    let keys = ["name", "phone", "organization"];
    for (words, told) in [
        ("我的单位写错了，应该是西吉县广播电视台。", "change | 梁志国 西吉县广播电视台"),
        ("公司名字打错了，应为宁夏半个月传媒", "change | 梁志国 宁夏半个月传媒"),
        ("表里单位填错了，正确的是硝河道班，电话不变", "change | 梁志国 硝河道班"),
        ("单位写错了，是马晓燕弄错的", "change | 梁志国"),
        ("单位电话写错了，应该是0954-3018887", "change | 梁志国 0954-3018887"),
    ] {
        expect_of(&keys, &[(&format!("主题：更正\n我叫梁志国，{words}"), told)]);
    }
}

#[test]
fn a_post_is_told_behind_an_employer_and_by_who_presents() {
    let keys = ["name", "organization", "position"];
    expect_of(
        &keys,
        &[
            (
                "姓名 剡小龙 电话 17395440592 工作单位 西吉县龙飞电商服务部 职务 负责人 现住址 西吉县田坪乡高同村三组",
                "registration | 剡小龙 西吉县龙飞电商服务部 负责人",
            ),
            (
                "姓名：蒲秀英 电话：18709544503\n单位：西吉县秀英家政服务部，负责人",
                "registration | 蒲秀英 西吉县秀英家政服务部 负责人",
            ),
            (
                "姓名：蒲秀英 电话：18709544503 单位：秀英家政 负责人：马军 13709540862",
                "registration | 蒲秀英 秀英家政",
            ),
            (
                "西吉县马莲乡中心卫生院\n介绍信\n兹介绍我院内科护士长苏文娟同志（女，手机15296540933）参加开放日，\
                 任政务公开义务监督员",
                "registration | 苏文娟 西吉县马莲乡中心卫生院 内科护士长",
            ),
        ],
    );
}

#[test]
fn an_answer_that_is_put_off_is_none() {
    let keys = ["name", "address", "organization"];
    expect_of(
        &keys,
        &[
            ("姓名：马丽\n电话：13709540862\n住址：暂不填\n单位：不方便填", "registration | 马丽"),
            ("姓名：马丽\n电话：13709540862\n住址：不写可以吗？", "registration | 马丽"),
            (
                "马丽 13709540862，群众代表，我跟公婆一起住在新营乡陈阳川村",
                "registration | 马丽 新营乡陈阳川村",
            ),
            (
                "我叫马丽，13709540862，群众代表，我在大连念完大学，今年回老家了。",
                "registration | 马丽",
            ),
        ],
    );
}

#[test]
fn an_offer_below_the_mail_is_no_part_of_it() {
    let told =
        "报名参加开放日：\n苗晓芳，女，手机15109544827，单位：西吉县瑞丰旅行社，企业代表\n\n";
    let read = "registration | 苗晓芳 15109544827 西吉县瑞丰旅行社 representative";
    for offer in [
        "--\n瑞丰旅行社国庆特惠：沙坡头一日游168元，报名热线400-018-6620\n咨询：小马18009546611\n如不想再收到此类信息，请回复TD退订",
        "———————\n顺达驾校常年招生，报名电话0954-3016688\n拨打13709540001享优惠",
    ] {
        expect(&[(&format!("{told}{offer}"), read)]);
    }
}

#[test]
fn a_card_that_holds_the_data_may_be_spread() {
    for card in [
        "何 俊　|　物流部经理\nMobile：17309540286\nTel：0954-3659021-8006　Fax：0954-3659022",
        "何俊｜物流部经理\n手机：17309540286",
    ] {
        let mail = format!("我本人报名企业代表，个人信息见下面签名。\n\n——————————\n{card}");
        expect(&[(&mail, "registration | 何俊 17309540286 representative")]);
    }
}
