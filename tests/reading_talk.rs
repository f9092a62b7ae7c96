//! Classes of talk: who comes and who does not, what is put right while it is written, whose place another takes.

mod reading_support;

use reading_support::{expect, expect_of};

#[test]
fn the_former_of_two_numbers_in_one_mail_is_no_earlier_registration() {
    expect(&[
        (
            "我叫田玉凤，报群众代表，电话13995412087——哎打错了，后两位按反了，应该是13995412078，写前面那个找不到我。",
            "registration | 田玉凤 13995412078 representative",
        ),
        (
            "我叫马小云，报群众代表，电话13995412087，看错了，是13995412078，前面那个别打",
            "registration | 马小云 13995412078 representative",
        ),
        (
            "我叫马小云，报群众代表，前面报名留的电话13995412087不对，应该是13995412078",
            "change | 马小云 13995412078 representative",
        ),
    ]);
}

#[test]
fn whoever_never_was_put_down_and_sends_one_of_theirs_gives_nothing_back() {
    expect(&[
        (
            "公告我看到了，村上让我去，可我在厦门打工呢，一时回不来，就不报了。让我兄弟替大家去说：洪涛，汉族，电话15809546139。给他报监督员。",
            "registration | 洪涛 15809546139 supervisor",
        ),
        (
            "我在银川上班走不开，参加不了，给我妹报个群众代表吧：马芳，女，15809546139。",
            "registration | 马芳 15809546139 representative",
        ),
        (
            "上次我报了名，可我在厦门打工呢，回不来，就不报了。让我兄弟替我去：洪涛，汉族，电话15809546139。",
            "change | 洪涛 15809546139",
        ),
        ("我之前报过名，我叫洪亮，现在我去不了，请取消。", "cancellation | 洪亮"),
    ]);
}

#[test]
fn whose_wish_waits_is_not_put_down_beside_the_one_who_asks() {
    expect(&[
        (
            "给我报一个群众代表：\n郭勇，男，汉，17695418204，西吉县顺捷快递服务部快递员\n\n顺便问问：我媳妇何淑芬，户口还在甘肃静宁，她能不能也去？先不用给她报，问清楚再说。",
            "registration | 郭勇 17695418204 西吉县顺捷快递服务部 representative",
        ),
        (
            "我叫郭勇，报监督员，电话17695418204。我同事李军也有兴趣，他还没定，先别报他。",
            "registration | 郭勇 17695418204 supervisor",
        ),
        (
            "昨天我报过了。我再给她报一个：李梅，15009547261，群众代表。",
            "registration | 李梅 15009547261 representative",
        ),
    ]);
}

#[test]
fn of_two_the_one_who_keeps_the_place_is_not_concerned() {
    expect(&[
        (
            "主题：我妹妹去不了\n上周我用这个邮箱给我和我妹妹柯秀红都报了名。我妹妹要去银川，28号来不了，请把她的取消。我自己的照旧，到时按时来。\n柯秀琴",
            "cancellation | 柯秀红",
        ),
        (
            "我和爱人张军前几天报了名，他要出车，去不成，麻烦把他的名字划了。我这边没问题，一定到。\n李秀兰",
            "cancellation | 张军",
        ),
        (
            "我和我妹妹柯秀红都报了名，我妹妹照常去，我的取消吧，家里走不开。\n柯秀琴",
            "cancellation | 柯秀琴",
        ),
        (
            "我和我妹妹柯秀红都报了名，现在我们两个都去不了了，都取消吧。柯秀琴",
            "cancellation | 柯秀红 | 柯秀琴",
        ),
    ]);
}

#[test]
fn whose_place_another_takes_stands_first() {
    expect(&[
        (
            "主题：人员调整\n您好，28日的活动改由马小军去，顶替原先报的海明。海明被抽去参加防汛值班，走不开。\n马小军，男，电话15909546728。\n周建宁",
            "change | 海明 | 马小军 15909546728",
        ),
        ("原来报的王强去不了，换成李芳，电话15909546728。", "change | 王强 | 李芳 15909546728"),
    ]);
}

#[test]
fn a_neighbour_has_an_employer_of_their_own() {
    expect_of(
        &["name", "organization", "position"],
        &[
            (
                "我是西吉县忠义五金建材店的店主苏忠义（男，电话13519541127），跟隔壁西吉县美美窗帘城的店主陈美玲（女，电话18795416602）说好了，28号上午到你们大厅看看。我们两个都是企业代表。",
                "registration | 苏忠义 西吉县忠义五金建材店 店主 | 陈美玲 西吉县美美窗帘城 店主",
            ),
            (
                "我是忠义五金建材店的店主苏忠义（男，电话13519541127），和对门美美窗帘城的老板陈美玲（女，电话18795416602）一起参加，都是企业代表。",
                "registration | 苏忠义 忠义五金建材店 店主 | 陈美玲 美美窗帘城 老板",
            ),
            (
                "我是忠义五金建材店的苏忠义，电话13519541127，和旁边百味面馆的陈美玲（电话18795416602）一起报名，企业代表。",
                "registration | 苏忠义 忠义五金建材店 | 陈美玲 百味面馆",
            ),
            (
                "我叫陈美玲，西吉县益民药房的店员，电话18795416602，我家隔壁益众超市的马强前年办证跑了三趟，报企业代表",
                "registration | 陈美玲 西吉县益民药房 店员",
            ),
        ],
    );
}

#[test]
fn everybody_of_the_writers_people_who_is_told_in_a_sentence_is_put_down() {
    expect(&[
        (
            "我、我嫂子还有她妹子三个人商量好了一起来看看大厅，我叫柳红霞，电话13709543610，我嫂子叫安玉玲，电话15296954721，她妹子安玉琴，15009545832，都报群众代表。",
            "registration | 柳红霞 13709543610 representative | 安玉玲 15296954721 representative | 安玉琴 15009545832 representative",
        ),
        (
            "我叫柳红霞，电话13709543610，我嫂子叫安玉玲，电话15296954721，她女儿马兰，15009545832，都报群众代表。",
            "registration | 柳红霞 13709543610 representative | 安玉玲 15296954721 representative | 马兰 15009545832 representative",
        ),
        (
            "两个人报名：柳红霞，13709543610；她妹子柳红梅，15009545832，群众代表。",
            "registration | 柳红霞 13709543610 representative | 柳红梅 15009545832 representative",
        ),
    ]);
}

#[test]
fn a_younger_relative_who_writes_signs_below_with_their_number() {
    expect_of(
        &["name", "phone", "position"],
        &[
            (
                "我替我母亲报个名。她叫拜秀英，回族，手机15379546943。她当了二十年村里的妇女主任，前年卸任了，我想让她当群众代表去听听。\n我在西安上班，28号回不去。\n\n儿子：田旭 18609517054",
                "registration | 拜秀英 15379546943",
            ),
            (
                "给我爸报名，群众代表，田福贵，15379546943。\n\n女儿：田雪 18609517054",
                "registration | 田福贵 15379546943",
            ),
            (
                "报名两人：\n父亲：马万山 13895417730\n儿子：马小军 18609517054\n都报群众代表",
                "registration | 马万山 13895417730 | 马小军 18609517054",
            ),
            (
                "我叫田福贵，15379546943，报群众代表。当了十二年的村会计，大前年交了班。",
                "registration | 田福贵 15379546943",
            ),
        ],
    );
}

#[test]
fn a_category_may_be_told_by_the_order_of_the_people() {
    expect_of(
        &["name", "category"],
        &[
            (
                "我园推荐以下三名同志参加28日的活动，前两位报义务监督员，最后一位报群众代表。\n马丽萍  园长  女  13995418872\n王  欢  教师  女  15378943166\n苏桂芳  保健医生  女  18709540315\n西吉县小星星幼儿园",
                "registration | 马丽萍 supervisor | 王欢 supervisor | 苏桂芳 representative",
            ),
            (
                "推荐三人，第一位报监督员，其余两位报群众代表：\n马丽萍 13995418872\n王欢 15378943166\n苏桂芳 18709540315",
                "registration | 马丽萍 supervisor | 王欢 representative | 苏桂芳 representative",
            ),
            (
                "我店报三个人：马丽萍13995418872、王欢15378943166、苏桂芳18709540315，头一个当监督员，后面两个当企业代表。",
                "registration | 马丽萍 supervisor | 王欢 representative | 苏桂芳 representative",
            ),
        ],
    );
}

#[test]
fn names_spoken_without_a_mark_or_set_apart_by_blanks_are_names() {
    expect(&[
        (
            "你好我叫禹建国跑出租的电话13895417730想报名参加二十八号那个开放日群众代表谢谢了语音打的字有错别见怪",
            "registration | 禹建国 13895417730 representative",
        ),
        (
            "我叫李大山种地的电话是13895417730想当监督员给我报上谢谢",
            "registration | 李大山 13895417730 supervisor",
        ),
        ("我叫王  欢，群众代表，13739540226", "registration | 王欢 13739540226 representative"),
        (
            "我叫马小梅，女，联系电话15009547261，自愿以群众代表身份参加开放日活动，请批准。\n\n申请人：马晓梅\n2021.9.18",
            "registration? | 15009547261 representative",
        ),
        (
            "主题：更正一下手机号码\n昨晚我发的报名信，手机号写的是我以前那个13309546612，这个号去年就停了，写顺手了没改过来。现在用的是19195409938，请以这个为准。别的没变。\n窦卫国\n9月18日早",
            "change | 窦卫国 19195409938",
        ),
    ]);
}

#[test]
fn who_somebody_is_to_the_writer_or_would_like_to_be_is_no_post() {
    expect_of(
        &["name", "position", "address"],
        &[
            (
                "我掌柜的丁耀祖15号托人报了那个开放日的名，他手机是17309545183，是不是没报上？",
                "status | 丁耀祖",
            ),
            (
                "我今年刚毕业，正在家备考公务员，还没有工作单位。\n杨蕊，女，群众代表，手机19909545527",
                "registration | 杨蕊",
            ),
            (
                "申请人岳明远，男，监督员，移动电话18995409172，常住西吉县吉强镇怡和苑3-2-1102。",
                "registration | 岳明远 西吉县吉强镇怡和苑3-2-1102",
            ),
        ],
    );
}

#[test]
fn a_mail_in_letters_is_read_and_asked_about() {
    expect(&[
        (
            "主题：kaifangri baoming\nni hao, wo de dian nao mei you zhong wen shu ru fa, bao qian.\nxing ming: Ma Guofu\ndian hua: 13995416634\nlei bie: qun zhong dai biao (群众代表)\nxie xie!",
            "registration? | Ma Guofu 13995416634 representative",
        ),
        (
            "主题：baoming\nNin hao! Wo xiang baoming kaifangri.\nXingming: Li Xiulan\nShouji: 13995416634\nLeibie: jian du yuan",
            "registration? | Li Xiulan 13995416634 supervisor",
        ),
        (
            "主题：bao ming\nwo yao bao ming can jia kai fang ri, wo jiao Wang Qiang, dian hua 13995416634",
            "registration? | 13995416634",
        ),
        ("主题：wen yi xia\nqing wen kaifangri ji dian kai shi? xie xie", "inquiry"),
    ]);
}

#[test]
fn what_would_be_is_no_employer() {
    expect(&[(
        "我叫夏玉荷，开着一个西吉县玉荷剪纸工作室。电话18095412267。报群众代表。如果一个人不让上楼，我让他推我。",
        "registration | 夏玉荷 18095412267 西吉县玉荷剪纸工作室 representative",
    )]);
}
