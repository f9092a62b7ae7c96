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

#[test]
fn what_shall_hold_from_now_on_stands_behind_the_verb() {
    expect_of(
        &["name", "phone", "organization", "position", "address"],
        &[
            (
                "主题：单位变了说一声\n您好，我是武文静18709545316，报名的时候单位写的恒泰超市，这个月头上我跳到佳乐购物中心了，还是收银主管，登记上的单位请改成佳乐购物中心，免得到时候对不上。",
                "change | 武文静 18709545316 佳乐购物中心 收银主管",
            ),
            (
                "主题：更正单位\n苏玉梅，13995461120。我报的单位请改为兴隆镇卫生院，原来写的是县医院。",
                "change | 苏玉梅 13995461120 兴隆镇卫生院",
            ),
            (
                "主题：更正\n我叫海小燕，报名登记的工作单位现在应该是福满楼饭庄，不是一品香了",
                "change | 海小燕 福满楼饭庄",
            ),
            (
                "主题：改职务\n我是杨桂芳，登记的职务请改成副店长，单位没变",
                "change | 杨桂芳 副店长",
            ),
            (
                "主题：改住址\n我是上周报名的杨桂芳，登记上的地址请改成吉强镇泉湾社区",
                "change | 杨桂芳 吉强镇泉湾社区",
            ),
        ],
    );
}

#[test]
fn a_place_is_left_to_whoever_is_next() {
    let letter = "> 在 2021年9月24日，上午11:30，西吉县审批服务管理局 <xjxspj@163.com> 写道：\n> \n> 王学文，您好：\n\
        > 有人退出，您可递补参加28日的“政府开放日”。是否参加，请今天回复。\n> 西吉县审批服务管理局 0954-3018118";
    let answer = |words: &str| format!("主题：Re: 候补通知\n{words}\n\n{letter}");
    for declined in [
        "谢谢领导惦记，可惜我已经在去新疆摘棉花的火车上了，前天等不住消息就走了。给后头的人吧。",
        "等了几天没信，我已经跟工程队去内蒙了，让下一个去吧，谢谢",
        "感谢！可惜那天孩子手术，我得在医院守着，请通知后面的人。",
        "谢谢，来晚了，我都答应给人家拉货了，你们叫别人吧",
    ] {
        expect(&[(&answer(declined), "cancellation | 王学文")]);
    }
    for accepted in [
        "谢谢领导惦记，我去。给后头的人也说一声早点到。",
        "太好了，我去，本来在去新疆的路上，现在马上往回赶",
    ] {
        expect(&[(&answer(accepted), "registration | 王学文")]);
    }
}

#[test]
fn who_asks_as_what_somebody_was_put_down_states_no_category() {
    expect(&[
        (
            "主题：我爸的报名登记成哪一类了\n您好，我爸何秉乾的名是村上统一给报的，说不清自己到底登记成监督员了还是群众代表。我在兰州上班，麻烦您查一下告诉我。谢谢！何佳",
            "status | 何秉乾",
        ),
        (
            "主题：登记的哪一类\n我叫苏玉梅，单位上给我报的，填成企业代表还是群众代表我不清楚，麻烦查查。",
            "status | 苏玉梅",
        ),
        (
            "主题：更正\n我爸何秉乾登记成监督员了，应该是群众代表，麻烦改一下",
            "change | 何秉乾 representative",
        ),
    ]);
}

#[test]
fn somebody_else_stays_away_and_sends_whoever_writes() {
    expect(&[
        (
            "你好我马彩霞 女 回族 642223199005264820 17695443018 报群众代表\n本来还说要把我妹子马彩琴也报上的，昨晚上她又说地里荞麦还没割完不来了，你们就光记我一个就对了",
            "registration | 马彩霞 17695443018 representative",
        ),
        (
            "你好，厂长说他走不开让我去，我就代表我们企业参加吧。武秀英，女，汉族，单家集清雅豆制品厂的化验员，18995447025。",
            "registration | 武秀英 18995447025 单家集清雅豆制品厂 representative",
        ),
        (
            "老板有事走不开，叫我代表店里去。马小军，13995461120，西吉县马记牛肉面馆店员",
            "registration | 马小军 13995461120 西吉县马记牛肉面馆 representative",
        ),
        (
            "主题：取消\n我上周报的名，厂长说那天走不开人，我就不参加了。武秀英 18995447025",
            "cancellation | 武秀英 18995447025",
        ),
        ("我和我妹马彩琴上周都报了，她不来了，我还来。马彩霞", "cancellation | 马彩琴"),
    ]);
}

#[test]
fn family_name_and_given_name_stand_apart_with_how_they_are_written_between_them() {
    expect(&[
        (
            "你好。我姓妥，妥当的妥，名字是彦芳，彦字是谚语的谚去掉言字旁，芳就是芳草的芳，上次社保把我写成燕芳改了半年。电话15009544873，报群众代表。",
            "registration | 妥彦芳 15009544873 representative",
        ),
        (
            "本人姓苏，苏州的苏，名叫建国，13995461120，企业代表",
            "registration | 苏建国 13995461120 representative",
        ),
        (
            "您好，免贵姓丁，名字小萍，小草的小，浮萍的萍，13995461120，报群众代表",
            "registration | 丁小萍 13995461120 representative",
        ),
        (
            "我姓牛，牛羊的牛，单名一个犇字，三个牛的犇，13995461120，群众代表",
            "registration | 牛犇 13995461120 representative",
        ),
        (
            "我姓马，大家都叫我老马，名字是马建国，13995461120，群众代表",
            "registration | 马建国 13995461120 representative",
        ),
    ]);
}

#[test]
fn an_identity_number_is_dictated_in_pieces() {
    expect_of(
        &["name", "id_number"],
        &[
            (
                "我报一个群众代表，慕小萍，电话18295447706。身份证分开说啊：前头六位642223，中间生日19820417，末尾四位3548。",
                "registration | 慕小萍 642223198204173548",
            ),
            (
                "我报群众代表，慕小萍，电话18295447706，身份证前六位642223，中间八位19820417，后四位3548",
                "registration | 慕小萍 642223198204173548",
            ),
            (
                "慕小萍，18295447706，群众代表。身份证642223打头，生日19820417，尾号3548",
                "registration | 慕小萍 642223198204173548",
            ),
            (
                "慕小萍，18295447706，群众代表。身份证前头六位642223，中间生日19820417，末尾四位3549",
                "registration? | 慕小萍",
            ),
        ],
    );
}

#[test]
fn a_name_in_letters_is_kept_and_asked_about() {
    expect(&[
        (
            "主题：bao ming\n你好，打名字的那个字打不出来，先写拼音Ma Guiying，你们见了人再写。女，回族，群众代表，电话15595440267。",
            "registration? | Ma Guiying 15595440267 representative",
        ),
        (
            "我的名字手机上打不出，拼音是Tuo Yanfang，女，东乡族，报群众代表，15009544873",
            "registration? | Tuo Yanfang 15009544873 representative",
        ),
        (
            "我叫马桂英，拼音Ma Guiying，15595440267，群众代表",
            "registration | 马桂英 15595440267 representative",
        ),
        (
            "姓名：马桂英\n拼音：Ma Guiying\n电话：15595440267\n类别：群众代表",
            "registration | 马桂英 15595440267 representative",
        ),
    ]);
}

#[test]
fn what_is_said_of_one_and_of_the_others_is_told_apart() {
    expect_of(
        &["name", "ethnicity"],
        &[
            (
                "我们西吉县鑫旺砖厂去三个人，丁生贵、马全福、冶进才，电话依次是18609542231、15909547740、13309547652，冶进才是东乡族，另外两个都是回族。三个都是企业代表。",
                "registration | 丁生贵 回族 | 马全福 回族 | 冶进才 东乡族",
            ),
            (
                "报名：丁生贵、马全福、冶进才，电话18609542231、15909547740、13309547652，冶进才东乡族，其他两人回族，都是群众代表",
                "registration | 丁生贵 回族 | 马全福 回族 | 冶进才 东乡族",
            ),
            (
                "丁生贵、马全福、冶进才，电话依次是18609542231、15909547740、13309547652，都是回族，群众代表",
                "registration | 丁生贵 回族 | 马全福 回族 | 冶进才 回族",
            ),
        ],
    );
}
