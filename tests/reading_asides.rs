//! More classes of sentences: what is told beside a wish, and how a wish is put.

mod reading_support;

use reading_support::{expect, said};

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

#[test]
fn whose_a_number_is_can_be_said_behind_it() {
    expect(&[
        (
            "我苏占海报名28号那个活动 电话15309542817 哎写错了这是我老婆子的 我的是18195426603 按后面这个打 给我记成监督员",
            "registration | 苏占海 18195426603 supervisor",
        ),
        (
            "我叫马文军，群众代表，13995001234，哎呀这是娃的号，我的号是13895001235。",
            "registration | 马文军 13895001235 representative",
        ),
        (
            "我叫杨小兰，和邻居李彩霞都想参加，群众代表。\n15595441836  18709582741\n前头那个号是我的，后头那个是她的，千万别打反了。",
            "registration | 杨小兰 15595441836 representative | 李彩霞 18709582741 representative",
        ),
        (
            "杨小兰、李彩霞报群众代表，电话15595441836和18709582741，前一个是李彩霞的，后一个是杨小兰的",
            "registration | 杨小兰 18709582741 representative | 李彩霞 15595441836 representative",
        ),
        (
            "我叫马文军，群众代表，手机13995001234，这是我的；13895001235是我老婆的，打不通打她的。",
            "registration | 马文军 13995001234 representative",
        ),
    ]);
}

#[test]
fn a_shop_that_is_kept_has_its_own_name_before_its_trade() {
    expect(&[
        (
            "我叫杨小兰，在兴隆镇街道上开小兰裁缝铺，对门开彩霞理发店的李彩霞也想来，我们两个都报群众代表。杨小兰15595441836，李彩霞18709582741",
            "registration | 杨小兰 15595441836 小兰裁缝铺 representative | 李彩霞 18709582741 彩霞理发店 representative",
        ),
        (
            "我叫马小兵，在十字路口开裁缝铺，群众代表，15595441836",
            "registration | 马小兵 15595441836 representative",
        ),
        ("马小兰 回民 女 群众代表 13995001234", "registration | 马小兰 13995001234 representative"),
    ]);
}

#[test]
fn a_category_that_was_only_thought_of_is_not_asked_for() {
    expect(&[
        (
            "我先是想报监督员，又想了想监督员要会说会写，我怕没那个水平，还是不报监督员了，就报群众代表。我叫袁国庆，手机号15595446371。",
            "registration | 袁国庆 15595446371 representative",
        ),
        (
            "本来想报监督员，后来一想还是报群众代表合适。马强，13995001234",
            "registration | 马强 13995001234 representative",
        ),
        (
            "马强，13995001234，监督员我怕干不了，就报群众代表吧。",
            "registration | 马强 13995001234 representative",
        ),
        (
            "马强报监督员，电话13995001234，他弟马刚不当监督员，报群众代表，13995001235",
            "registration | 马强 13995001234 supervisor | 马刚 13995001235 representative",
        ),
        (
            "我叫马强，13995001234。一开始想报群众代表，现在监督员和群众代表都想报。",
            "registration? | 马强 13995001234",
        ),
    ]);
}

#[test]
fn whoever_is_registered_puts_another_down_in_words_of_adding() {
    expect(&[
        (
            "你好我是苏小龙上周三在你们这报上了的还回了我一个邮件说收到了 现在我大也要来 麻烦把他也添上 我大叫苏万仓 也是群众代表 他的号是17795440958",
            "registration | 苏万仓 17795440958 representative",
        ),
        (
            "我是苏小龙，前几天已经报上了，今天想把我媳妇马兰也添上，群众代表，她电话17795440958",
            "registration | 马兰 17795440958 representative",
        ),
        (
            "我是苏小龙，想报名，13995001111，再把我大也添上，我大叫苏万仓，他的号17795440958，都报群众代表",
            "registration | 苏小龙 13995001111 representative | 苏万仓 17795440958 representative",
        ),
    ]);
}

#[test]
fn whom_somebody_serves_and_how_long_is_no_employer_and_no_post() {
    expect(&[
        (
            "主题：老教师郭秉义报名信\n我叫郭秉义，退休前在西吉三中教了三十四年物理，如今闲居在家，愿意给政府当一名义务监督员，只图把话说到实处。手机13469541805",
            "registration | 郭秉义 13469541805 supervisor",
        ),
        (
            "海占福13895427718、马秀琴17795443086报名，两个人都是我们西滩乡甘草湾村村委会的，都算群众代表。",
            "registration | 海占福 13895427718 西滩乡甘草湾村村委会 representative | 马秀琴 17795443086 西滩乡甘草湾村村委会 representative",
        ),
        (
            "我们是西吉县宏达家具厂的，三个人都是厂里的工人，马燕、王芳、杨小军，都按群众代表",
            "registration | 马燕 西吉县宏达家具厂 representative | 王芳 西吉县宏达家具厂 representative | 杨小军 西吉县宏达家具厂 representative",
        ),
        (
            "本人拓跋文远，2015年起在宏泰律师事务所做专职律师至今，报监督员，手机18995443172。",
            "registration | 拓跋文远 18995443172 宏泰律师事务所 supervisor",
        ),
    ]);
}

#[test]
fn a_yes_is_a_yes_whatever_is_asked_behind_it() {
    let letter = |words: &str| {
        format!(
            "主题：Re: 空出一个名额\n{words}\n\n> 在 2021年9月23日，上午10:05，西吉县审批服务管理局 <xjxspj@163.com> 写道：\n> \n> 周永红，您好：\n> “政府开放日”现在空出一个名额，您在候补名单上排第一位。是否参加，请在24日下班前回复本邮件。\n> 西吉县审批服务管理局"
        )
    };
    for (words, wanted) in [
        ("愿意愿意！28号一准到。是不是拿上身份证就行？要不要填啥表？", "registration | 周永红"),
        ("我参加。你们那停车方便吗？", "registration | 周永红"),
        ("要的要的，一定到。用不用交钱？", "registration | 周永红"),
    ] {
        assert_eq!(said(&letter(words)), wanted, "{words}");
    }
}
