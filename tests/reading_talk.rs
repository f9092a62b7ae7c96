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
