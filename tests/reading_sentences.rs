//! Classes of sentences: each test holds several mails that are built alike, and what a careful clerk
//! reads in them.

mod reading_support;

use reading_support::{expect, said};

#[test]
fn marks_of_any_kind_divide_labels_from_values() {
    expect(&[
        (
            "▶姓名▷马阿依莎\n▶性别▷女\n▶电话▷18295881437\n▶单位▷西吉县阿依莎刺绣扶贫车间\n▶类别▷群众代表",
            "registration | 马阿依莎 18295881437 西吉县阿依莎刺绣扶贫车间 representative",
        ),
        (
            "姓名 ➡ 邸建鹏 ｜ 电话 ➡ 13995861743 ｜ 职务 ➡ 讲解员 ｜ 类别 ➡ 监督员",
            "registration | 邸建鹏 13995861743 supervisor",
        ),
        (
            "〔姓名〕海小芳\n〔手机〕139-9586-7120\n〔岗位〕前台主管\n〔身份〕企业代表",
            "registration | 海小芳 13995867120 representative",
        ),
        (
            "〖姓 名〗海 小 芳\n〖手 机〗139-9586-7120\n〖单 位〗西吉县月亮山\n    驿站民宿\n〖身 份〗企业代表",
            "registration | 海小芳 13995867120 西吉县月亮山驿站民宿 representative",
        ),
        (
            "🙋姓名👉马阿依莎\n📱电话👉18295881437（微信同号）\n✅类别👉群众代表",
            "registration | 马阿依莎 18295881437 representative",
        ),
        (
            "姓名 刘德胜, 性别 男, 手机 13309588146, 单位 西吉县顺达物流有限公司, 类别 企业代表",
            "registration | 刘德胜 13309588146 西吉县顺达物流有限公司 representative",
        ),
    ]);
}

#[test]
fn a_number_put_right_in_the_same_breath_is_no_change_of_an_earlier_registration() {
    expect(&[
        (
            "报名：秦雨菲，女，手机 13895840127 写错了不好意思，是 13895840172，以这个为准。报企业代表",
            "registration | 秦雨菲 13895840172 representative",
        ),
        (
            "我叫马得福，想报群众代表。身份证642223198809213179不对，应该是642223198809213178。电话17395841206。",
            "registration | 马得福 17395841206 representative",
        ),
        (
            "报名 王雪芹 女 电话17795841360，刚才打错了，17795841361才对 群众代表",
            "registration | 王雪芹 17795841361 representative",
        ),
    ]);
}

#[test]
fn who_vouches_for_the_writer_or_sends_them_is_not_put_down() {
    expect(&[
        (
            "我叫杨䶮，电话19195842603，报群众代表。去年带我实习的刘慧老师也推荐我来看看。",
            "registration | 杨䶮 19195842603 representative",
        ),
        (
            "本人杜占奎，男，手机18795862035，想当义务监督员。我们村主任马生海（13995341187）了解我的情况。",
            "registration | 杜占奎 18795862035 supervisor",
        ),
        (
            "我想报名当群众代表，我叫石桂花，电话13895001947，是同事李娟推荐我报的。",
            "registration | 石桂花 13895001947 representative",
        ),
        (
            "我同学李娟也想报名，她让我一起报：我叫石桂花，13895001947，李娟，13895001948，都报群众代表。",
            "registration | 李娟 13895001948 representative | 石桂花 13895001947 representative",
        ),
    ]);
}

#[test]
fn another_number_to_be_reached_at_need_takes_nothing_from_the_first() {
    expect(&[
        (
            "穆小兵，男，手机13895851204，打不通就打我媳妇的13995851420，群众代表",
            "registration | 穆小兵 13895851204 representative",
        ),
        (
            "穆小兵，男，手机13895851204，打不通打13995851420，群众代表",
            "registration | 穆小兵 13895851204 representative",
        ),
        (
            "穆小兵，男，手机13895851204（打不通就联系我儿子13995851420），群众代表",
            "registration | 穆小兵 13895851204 representative",
        ),
    ]);
}

#[test]
fn husband_and_wife_share_out_their_values_by_pronouns_and_by_order() {
    expect(&[
        (
            "我叫穆占军，是西吉县兰花牛肉面馆的老板，我媳妇兰晓花在店里当收银员，我们两个都想参加，都报企业代表。电话依次是15709584913、15709584931。",
            "registration | 穆占军 15709584913 西吉县兰花牛肉面馆 representative | 兰晓花 15709584931 西吉县兰花牛肉面馆 representative",
        ),
        (
            "我们老两口想去看看，我叫王建忠，老伴叫李桂兰，电话先后是13995001111、13995002222，都报群众代表，没有单位。",
            "registration | 王建忠 13995001111 representative | 李桂兰 13995002222 representative",
        ),
    ]);
}

#[test]
fn in_a_mail_box_of_the_event_a_wish_with_name_and_number_needs_no_other_word() {
    expect(&[
        (
            "主题：\n28号那个活动算我一个哈 妥小军 13369586247 西吉县小军电动车专卖店的 去给你们提提意见",
            "registration | 妥小军 13369586247 西吉县小军电动车专卖店",
        ),
        ("主题：无主题\n给我报个名，冶万军，15009540377", "registration | 冶万军 15009540377"),
    ]);
}

#[test]
fn who_wants_to_talk_it_over_first_asks_for_nothing_yet() {
    expect(&[
        (
            "主题：咨询\n请问坐轮椅的能不能参加28号的开放日？我父亲何文德，72岁，手机是13995874410。如果可以的话我和他商量以后再给你们报名。",
            "inquiry",
        ),
        (
            "主题：咨询\n我母亲冯桂英七十了，请问有没有年龄限制？她电话13995874410，能行的话我回头再给您报。",
            "inquiry",
        ),
    ]);
}

#[test]
fn remarks_beside_a_name_tell_its_sex_only_where_they_say_so() {
    let reader =
        |value: &str| said(&format!("参加人：{value}\n联系电话：13629588403\n类别：企业代表"));
    for name in ["何建忠先生（女儿何静陪同到门口，不进场）", "何建忠（男同志）"]
    {
        assert_eq!(reader(name), "registration | 何建忠 13629588403 representative");
    }
}

#[test]
fn years_and_schools_of_a_life_are_no_post_and_relatives_nobody_who_registers() {
    expect(&[
        (
            "姓 名\t欧阳晓雯\t性 别\t女\n联系电话\t13907190000\n工作单位及\t湖北省某某市人民政府办公室 四级主任科员\n职务\n\
             报名类别\t群众代表\n个人简历\t（自大学填起）\n起止时间\t单位/院校\t职务\n2005.09—2009.06\t武汉大学法学院\t本科生\n\
             诚信承诺\t本人郑重承诺：以上所填内容真实、准确。",
            "registration | 欧阳晓雯 13907190000 湖北省某某市人民政府办公室 representative",
        ),
        (
            "姓名：王小梅\n手机：13907190001\n单位：西吉县第三中学\n类别：群众代表\n学习及工作简历：\n\
             1998.09-2002.07 宁夏大学 学生\n2002.08-2010.06 西吉县第五小学 教师\n2010.07至今 西吉县第三中学 教务主任",
            "registration | 王小梅 13907190001 西吉县第三中学 representative",
        ),
        (
            "姓名：王雪芹\n电话：17795841360\n类别：群众代表\n主要家庭成员：\n配偶：李建军，务工\n女儿：李佳怡，学生",
            "registration | 王雪芹 17795841360 representative",
        ),
    ]);
}

#[test]
fn who_signs_under_a_list_is_none_of_it() {
    let rows = "我公司（西吉县丰泽淀粉有限公司）参加人员如下，请查收。\n序号\t姓名\t性别\t电话\t类别\n\
                1\t马成俊\t男\t13909543817\t群众代表\n2\t蒋文静\t女\t17795843092\t企业代表\n";
    let wanted = "registration | 马成俊 13909543817 西吉县丰泽淀粉有限公司 representative \
                  | 蒋文静 17795843092 西吉县丰泽淀粉有限公司 representative";
    for card in ["人事行政部 柴莉  0954-3067755", "综合办 柴莉 13995001122", "柴莉 13995001122"]
    {
        assert_eq!(said(&format!("{rows}{card}")), wanted, "{card}");
    }
}

#[test]
fn choices_on_lines_without_labels_are_told_by_their_marks() {
    expect(&[
        (
            "姓名：锁玉霞\n男（  ）女（ √ ）\n企业代表（  ）群众代表（  ）政务公开义务监督员（ √ ）\n手机号码：18152540618",
            "registration | 锁玉霞 18152540618 supervisor",
        ),
        (
            "姓名：锁玉霞\n☑企业代表 □群众代表 □监督员\n手机号码：18152540618",
            "registration | 锁玉霞 18152540618 representative",
        ),
    ]);
}

#[test]
fn names_are_read_with_blanks_and_before_what_is_put_right() {
    expect(&[
        (
            "田 芳 / 女 / 汉族\n电话13995441203，报群众代表",
            "registration | 田芳 13995441203 representative",
        ),
        ("马 晓 军，男，13995441203，群众代表", "registration | 马晓军 13995441203 representative"),
        (
            "主题：两人类别互换\n我昨天替两位同事报的名，类别填反了，请对调：\n崔海亮应为政务公开义务监督员；\n耿丽应为企业代表。",
            "change | 崔海亮 supervisor | 耿丽 representative",
        ),
        (
            "主题：更正\n之前给你们报的表里有个错：姓名那栏打成了“郝艳红”，我其实是“郝雁红”。电话18295549155没错。",
            "change | 郝雁红 18295549155",
        ),
    ]);
}

#[test]
fn an_employer_is_told_of_several_in_many_ways() {
    let rows = "马小红 13895540317\n金花 15729540284\n都报企业代表，";
    for told in [
        "单位一律写西吉县巧娘子刺绣专业合作社",
        "单位统一填西吉县巧娘子刺绣专业合作社",
        "两人都在西吉县巧娘子刺绣专业合作社上班",
        "都是西吉县巧娘子刺绣专业合作社的",
    ] {
        let wanted = "registration | 马小红 13895540317 西吉县巧娘子刺绣专业合作社 representative \
                      | 金花 15729540284 西吉县巧娘子刺绣专业合作社 representative";
        assert_eq!(said(&format!("{rows}{told}")), wanted, "{told}");
    }
    let wanted = "registration | 拓建军 13895421106 将台堡物流园 representative \
                  | 何小虎 18195420997 将台堡物流园 representative";
    let mail = "拓建军 13895421106 调度\n何小虎 18195420997 装卸队长\n两个都是我们将台堡物流园的人，企业代表。";
    assert_eq!(said(mail), wanted);
}

#[test]
fn what_was_before_retirement_is_no_employer() {
    expect(&[
        (
            "我叫冯守诚，想当义务监督员，手机13709541744。1974年参军；1979年转业到西吉县粮食局，先后担任过保管员、会计；2015年退休。",
            "registration | 冯守诚 13709541744 supervisor",
        ),
        (
            "我叫冯守诚，手机13709541744，报群众代表。1985年分配到西吉县第二中学，当过教研组长，2018年退休后在家带孙子。",
            "registration | 冯守诚 13709541744 representative",
        ),
    ]);
}

#[test]
fn a_place_is_given_back_without_the_word_for_it() {
    expect(&[
        (
            "主题：帮我妈说一下\n我妈娄桂花不去参观了，腿疼，她那个名字你们划掉吧。之前是我妹帮她报的。我爸阮建业照去，不变。",
            "cancellation | 娄桂花",
        ),
        ("主题：说一声\n我是上周报的马小军，28号不来参观了，谢谢", "cancellation | 马小军"),
    ]);
}

#[test]
fn advice_and_stories_of_former_times_ask_for_nothing() {
    expect(&[(
        "主题：建议\n提一点建议：希望常请几位义务监督员。我们业委会去年推荐过三位监督员。今年我们先不报，等下一批。\n业委会主任 边志祥 13995550408",
        "inquiry",
    )]);
}

#[test]
fn brothers_whose_names_differ_in_one_character_are_two_people() {
    for mail in [
        "主题：换人\n我们报的马天福病了，名额给我弟马天禄，电话13995040019",
        "主题：换人\n马天福不来了，由马天禄（13995040019）顶替。",
        "主题：取消\n马天福不来了，他的名额给他弟马天禄（13995040019）吧。",
    ] {
        assert_eq!(said(mail), "change | 马天福 | 马天禄 13995040019", "{mail}");
    }
}

#[test]
fn what_stands_once_below_a_list_is_that_of_all_and_a_row_keeps_its_own() {
    expect(&[
        (
            "报名人员：1、王强（法人代表，13995030015）2、赵敏（财务，13995030016）。单位：西吉县锦绣商贸有限公司。均报企业代表。",
            "registration | 王强 13995030015 西吉县锦绣商贸有限公司 representative \
             | 赵敏 13995030016 西吉县锦绣商贸有限公司 representative",
        ),
        (
            "王强，13995030015；赵敏，13995030016\n单位：西吉县锦绣商贸有限公司\n类别：企业代表",
            "registration | 王强 13995030015 西吉县锦绣商贸有限公司 representative \
             | 赵敏 13995030016 西吉县锦绣商贸有限公司 representative",
        ),
        (
            "请为以下人员登记：\n马天宝 13995040014 群众代表 出租车司机\n王彩霞 13995040016 企业代表 西吉县彩霞服装店老板",
            "registration | 马天宝 13995040014 representative | 王彩霞 13995040016 西吉县彩霞服装店 representative",
        ),
    ]);
}

#[test]
fn who_is_only_asked_about_is_not_put_down_in_silence() {
    let mail = "我是西吉中学高二学生的家长，姓名海玉兰，电话13995040013。孩子马浩想参观学习，能不能让他也来？我自己报群众代表。";
    let told = said(mail);
    assert!(told.starts_with("registration?") || !told.contains("马浩"), "{told}");
}

#[test]
fn an_employer_is_told_by_the_post_in_it_whatever_it_ends_in() {
    expect(&[
        (
            "我是苏万仓，15352219876，在西吉县鑫源电力安装队当电工，报群众代表",
            "registration | 苏万仓 15352219876 西吉县鑫源电力安装队 representative",
        ),
        (
            "我叫马天福，15352219876，在宁夏华西移民搬迁指挥部做资料员，报群众代表",
            "registration | 马天福 15352219876 宁夏华西移民搬迁指挥部 representative",
        ),
        (
            "我是苏万仓，15352219876，在县城当保安，报群众代表",
            "registration | 苏万仓 15352219876 representative",
        ),
        (
            "我是苏万仓，15352219876，今年刚考进西吉县震湖乡人民政府，当办事员，报群众代表",
            "registration | 苏万仓 15352219876 西吉县震湖乡人民政府 representative",
        ),
        (
            "我叫兰秀英，在吉强镇开了西吉县恒丰商贸有限公司，电话15009581208，报企业代表。",
            "registration | 兰秀英 15009581208 西吉县恒丰商贸有限公司 representative",
        ),
    ]);
}

#[test]
fn who_left_an_employer_works_where_they_went_and_who_only_plans_one_has_none() {
    expect(&[
        (
            "我是苏万仓，15352219876，先在银川顺通物流公司干了半年客服，嫌远就辞了。现在分在西吉县震湖乡人民政府当办事员，报群众代表",
            "registration | 苏万仓 15352219876 西吉县震湖乡人民政府 representative",
        ),
        (
            "我是苏万仓，15352219876，在银川顺通物流公司跑了三年车，不干了，回家开了个苏家小吃店，报群众代表",
            "registration | 苏万仓 15352219876 苏家小吃店 representative",
        ),
        (
            "想在老家开个粉条作坊，正要跑手续。妥建军，15295813306，报群众代表",
            "registration | 妥建军 15295813306 representative",
        ),
        (
            "准备办个养殖场，妥建军，15295813306，报群众代表",
            "registration | 妥建军 15295813306 representative",
        ),
    ]);
}

#[test]
fn in_somebodys_years_the_line_that_goes_on_until_now_holds() {
    for years in [
        "2001.07―2008.09　西吉县司法局马建司法所　干部\n2016.03至今　宁夏秉正（西吉）律师事务所　副主任",
        "2001年7月至2008年9月在西吉县司法局马建司法所任干部\n2016年3月至今在宁夏秉正（西吉）律师事务所任副主任",
        "简历：\n2001-2008 西吉县司法局 干部\n2016-今 宁夏秉正（西吉）律师事务所 副主任",
    ] {
        let mail = format!(
            "推荐郝志宏同志为政务公开义务监督员人选。\n郝志宏，男，汉族，联系电话17395412806。\n{years}"
        );
        assert_eq!(
            said(&mail),
            "registration | 郝志宏 17395412806 宁夏秉正（西吉）律师事务所 supervisor",
            "{years}"
        );
    }
}

#[test]
fn a_card_tells_by_letters_which_number_is_the_mobile_one() {
    for card in [
        "T：0954-3011508\nM：18195412637",
        "Tel：0954-3011508   Mobile：18195412637",
        "电话：0954-3011508   手机：18195412637",
    ] {
        let mail = format!(
            "本人报名参加（企业代表），男。\n我的单位和手机见下面签名。\n\n――――――――\n牛立民\n客户经理\n西吉县惠农村镇银行股份有限公司\n{card}"
        );
        assert_eq!(
            said(&mail),
            "registration | 牛立民 18195412637 西吉县惠农村镇银行股份有限公司 representative",
            "{card}"
        );
    }
}

#[test]
fn nobody_signs_in_a_subject_and_whoever_is_looked_after_comes_not_along() {
    let form = "姓名：杨树琳\n手机：17709541275\n类别：企业代表";
    let told = |subject: &str| said(&format!("主题：{subject}\n{form}"));
    assert_eq!(told("企业代表报名——杨树琳"), "registration | 杨树琳 17709541275 representative");
    assert!(told("企业代表报名——杨树林").starts_with("registration?"));
    let mail = "主题：替奶奶报名\n我是替我奶奶写的。\n奶奶叫谢桂英，女，她的号码是13469542817。\n她就在家带我和妹妹。她说她要当群众代表。\n谢谢叔叔阿姨\n高宇";
    assert_eq!(said(mail), "registration | 谢桂英 13469542817 representative");
}

#[test]
fn what_is_said_of_all_of_a_number_of_people_is_said_of_each() {
    let mail = "我村推荐祁满仓等2名同志作为群众代表。\n祁满仓，17795834430\n马秀英，15296583390";
    assert_eq!(
        said(mail),
        "registration | 祁满仓 17795834430 representative | 马秀英 15296583390 representative"
    );
    let mail = "我叫保军武，家里五口人，15352219876，报群众代表。";
    assert_eq!(said(mail), "registration | 保军武 15352219876 representative");
}
