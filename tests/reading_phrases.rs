//! More classes of sentences: what is told beside a wish, and how a wish is put.

mod reading_support;

use reading_support::expect;

#[test]
fn what_went_wrong_elsewhere_or_how_it_is_written_changes_no_registration() {
    expect(&[
        (
            "昨天电话里说的那件事，我们领导定了，去两位：总经理王建军（男，13895446610），还有出纳陈国英（女，18795448823），都是企业代表。单位名称请写全称西吉县塞北红农业发展有限公司，别写塞北红，上次牌子就做错了。",
            "registration | 王建军 13895446610 西吉县塞北红农业发展有限公司 representative | 陈国英 18795448823 西吉县塞北红农业发展有限公司 representative",
        ),
        (
            "王建军，13895446610，群众代表。我的名字别写成建君，上次会上桌签就打错了。",
            "registration | 王建军 13895446610 representative",
        ),
        (
            "虎占江 男 报义务监督员 手机138 78 五四二 二幺九 我手指头粗 数字有的写成字了你们将就着看",
            "registration | 虎占江 13878542219 supervisor",
        ),
        (
            "马生财 群众代表 电话13995012345 眼睛不好 有错字你们担待",
            "registration | 马生财 13995012345 representative",
        ),
        (
            "上次报名单位写错了，应该是西吉县兴达建材有限公司。王建军 13895446610",
            "change | 王建军 13895446610 西吉县兴达建材有限公司",
        ),
    ]);
}

#[test]
fn whoever_does_without_where_there_is_no_place_left_still_asks() {
    expect(&[
        (
            "要是还有富余的位子就把我添上，没有就算了，下次我早些。\n冯建业，建业五金建材店的，群众代表，电话 18609546218",
            "registration | 冯建业 18609546218 建业五金建材店 representative",
        ),
        (
            "如果还来得及，麻烦给我排一个，来不及就等下回。我叫李秀梅，群众代表，电话15709560011",
            "registration | 李秀梅 15709560011 representative",
        ),
        (
            "名额满了就等下次吧，没满就添上我：苏海燕，女，18195001234，群众代表",
            "registration | 苏海燕 18195001234 representative",
        ),
        (
            "主题：问一下\n现在报名还赶得上不？我还没想好，赶不上就下次再说。冯建业 18609546218",
            "inquiry",
        ),
    ]);
}

#[test]
fn where_one_of_the_writers_people_cannot_come_the_writer_does_and_their_work_is_not_the_writers() {
    expect(&[
        (
            "我叫安若溪，女，汉族，在家帮着我爸喂牛。我爸是农惠养殖专业合作社的理事长，他那天要去拉饲料去不成，我就自己来报，跟合作社没关系，算群众代表。电话18309549015。",
            "registration | 安若溪 18309549015 representative",
        ),
        (
            "我爱人在县医院当护士，她要上班来不了，我来。我叫杨春，没单位，群众代表，13995001188",
            "registration | 杨春 13995001188 representative",
        ),
        (
            "马晓红，群众代表，电话18309549015。我儿子是县一中的老师，孩子鼓励我来的。",
            "registration | 马晓红 18309549015 representative",
        ),
        (
            "我叫马晓红，企业代表，电话18309549015。老板那天要去银川来不了，派我来，我是宏达养殖场的会计。",
            "registration | 马晓红 18309549015 宏达养殖场 representative",
        ),
        (
            "给我爸报个名，他叫马强，我爸是农惠养殖专业合作社的理事长，群众代表，电话18309549015。",
            "registration | 马强 18309549015 农惠养殖专业合作社 representative",
        ),
        ("我爸那天去不成了，帮他取消吧。我爸叫马志强。", "cancellation | 马志强"),
    ]);
}
