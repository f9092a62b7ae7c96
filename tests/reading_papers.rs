//! Classes of what stands in forms, letters and papers that come along, and in what is told around them.

mod reading_support;

use reading_support::{expect, expect_of};

#[test]
fn the_character_that_begins_a_post_ends_no_office() {
    expect_of(
        &["name", "organization", "position"],
        &[
            (
                "愿意当监督员。樊淑珍，女，西吉县田坪乡民生服务中心社保经办员，电话13995012345",
                "registration | 樊淑珍 西吉县田坪乡民生服务中心 社保经办员",
            ),
            (
                "报监督员。马小兰，女，西吉县民生服务中心社保专干，电话13995012345",
                "registration | 马小兰 西吉县民生服务中心 社保专干",
            ),
            (
                "报监督员。马小兰，女，西吉县火石寨供销社主任，电话13995012345",
                "registration | 马小兰 西吉县火石寨供销社 主任",
            ),
            (
                "报监督员。马小兰，女，西吉县绿源合作社社长，电话13995012345",
                "registration | 马小兰 西吉县绿源合作社 社长",
            ),
        ],
    );
}

#[test]
fn values_in_the_order_of_the_names_are_dealt() {
    let told = "registration | 马俊义 18095140622 representative 男 回族 | 李燕 17795140911 representative 女 汉族";
    expect_of(
        &["name", "phone", "category", "gender", "ethnicity"],
        &[
            (
                "姓名：马俊义、李燕\n性别依次为：男、女\n民族依次为：回、汉\n手机依次为：18095140622、17795140911\n两人都是企业代表",
                told,
            ),
            (
                "姓名依次为：马俊义、李燕\n性别分别是：男、女\n民族分别为：回、汉\n手机号分别为：18095140622、17795140911\n两人都是企业代表",
                told,
            ),
            (
                "姓名：马俊义、李燕\n性别按顺序为：男、女\n民族：回、汉\n手机：18095140622、17795140911\n都是企业代表",
                told,
            ),
        ],
    );
}

#[test]
fn whether_somebody_was_taken_is_asked_by_whatever_verb() {
    expect(&[
        (
            "主题：问一下\n我前头用15309541679这个号报的参观，轮上了没有？地里挖洋芋忙，去不去得成要早点定。老安",
            "status | 15309541679",
        ),
        ("主题：问一下\n我前两天拿13995012345报的，抽上没有？老马", "status | 13995012345"),
        (
            "主题：问一下\n上礼拜报的代表，挑上我没？马生财 13995012345",
            "status | 马生财 13995012345",
        ),
    ]);
}

#[test]
fn whose_data_are_to_follow_a_yes_is_not_put_down_yet() {
    expect(&[
        (
            "主题：问个问题再报名\n我想给我父亲拜生福报这个开放日，他今年74了，腿脚还行。有没有年龄限制？要是可以，我再把他的身份证和电话发给你们。\n拜小梅 13995149922",
            "inquiry",
        ),
        (
            "我想给我妈报名，她七十了，有没有年龄限制？可以的话我再发她的信息。马小兰 13995012345",
            "inquiry",
        ),
        (
            "我想给我父亲拜生福报这个开放日，他今年74了，有没有年龄限制？没有的话就给他报上，电话13995149922，群众代表。",
            "registration | 拜生福 13995149922 representative",
        ),
    ]);
}

#[test]
fn what_was_sent_before_for_the_writer_is_told_aside() {
    expect(&[
        (
            "主题：再加一个人\n昨天我自己的报名已经发了（苏文学，15809543312，西吉县第四中学教师），今天想把我父亲也加进去：\n苏进海，男，回族，电话13469547790，报群众代表。",
            "registration | 苏进海 13469547790 representative",
        ),
        (
            "主题：再加一个人\n我的报名表昨天已经交了（马志强 13995012345 西吉县第二小学教师）。现在想给我媳妇也报上：王秀英，女，电话13469547790，群众代表。",
            "registration | 王秀英 13469547790 representative",
        ),
        (
            "我（马志强，13995012345，西吉县第二小学教师）已经报过名了，现在再给我爱人报一个：王秀英，女，电话13469547790，群众代表。",
            "registration | 王秀英 13469547790 representative",
        ),
        (
            "我报名（苏文学，15809543312，西吉县第四中学教师，群众代表），还想把我父亲也加进去：苏进海，男，电话13469547790，群众代表。",
            "registration | 苏文学 15809543312 西吉县第四中学 representative | 苏进海 13469547790 representative",
        ),
    ]);
}

#[test]
fn the_word_that_counts_letters_is_no_name() {
    expect(&[
        (
            "主题：马中函〔2021〕9号\n西吉县马建中学\n马中函〔2021〕9号\n\n西吉县审批服务管理局：\n经校务会研究，现推荐我校教务处副主任兰巧云（女，汉族，手机：13619548820）为政务公开义务监督员人选。\n抄送：县教育局办公室。",
            "registration | 兰巧云 13619548820 西吉县马建中学 supervisor",
        ),
        (
            "主题：推荐函\n方正字[2021]第12号\n西吉县审批服务管理局：\n现推荐我公司会计马兰（女，手机13619548821）为企业代表。\n西吉县方正建材有限公司",
            "registration | 马兰 13619548821 西吉县方正建材有限公司 representative",
        ),
    ]);
}

#[test]
fn who_is_singled_out_of_several_gives_the_place_back() {
    expect(&[
        (
            "主题：少来一个人\n我上周一块儿给三个邻居报的群众代表，这里头马玉虎下架子车把脚扭了，走不成路，他就不来了，也不换别人。另外两个苏小军、禹秀芳照旧，28号准时到。\n王振华",
            "cancellation | 马玉虎 representative",
        ),
        (
            "主题：少来一个人\n上周我替我们店四个人报的名，里面周彩霞要生娃了，她就不去了，其余三个照常。\n李店长",
            "cancellation | 周彩霞",
        ),
        (
            "主题：取消一个\n我们厂报的五个人里，刘建国住院了，来不了，剩下的四个照旧来。\n赵德明",
            "cancellation | 刘建国",
        ),
    ]);
}

#[test]
fn who_stands_in_for_one_of_theirs_comes_behind_them() {
    expect(&[
        (
            "主题：换个人\n我丈夫李文军上周报了名，刚接到活，28号要去固原拉货，让我替他去，行的话就不用回信了。\n我的：何雪琴，汉族，15109549926。",
            "change | 李文军 | 何雪琴 15109549926",
        ),
        (
            "我儿子王涛报上了，厂里不准假，我替他去。我的信息：王建国，男，13995012345。",
            "change | 王涛 | 王建国 13995012345",
        ),
        (
            "我们店长刘芳上周报了名，那天要盘点，派我代她去，可以吗？我是周小兰，电话13995012345。",
            "change | 刘芳 | 周小兰 13995012345",
        ),
    ]);
}

#[test]
fn who_is_asked_to_help_is_not_put_down() {
    expect(&[
        (
            "李文书，麻烦你给审批局报一下，我想当群众代表。我穆生贵，电话13469541182。",
            "registration | 穆生贵 13469541182 representative",
        ),
        (
            "海军，你帮我把名报上，我叫穆生贵，电话13469541182，群众代表。",
            "registration | 穆生贵 13469541182 representative",
        ),
        (
            "王海军，麻烦给登记一下，电话13469541182，群众代表。",
            "registration | 王海军 13469541182 representative",
        ),
    ]);
}

#[test]
fn pairs_side_by_side_and_the_choice_for_a_label_are_read() {
    expect_of(
        &["name", "gender", "phone", "organization"],
        &[
            (
                "姓名\t黑玉兰\t性别\t女\t民族\t回\n单位\t西吉县兴坪砖厂\t职务\t出纳\t手机\t15109549035\n推荐人\t兰建军\t推荐人单位\t西滩乡人民政府\t推荐人电话\t13895147001\n报名类别\t企业代表",
                "registration | 黑玉兰 女 15109549035 西吉县兴坪砖厂",
            ),
            (
                "姓名：黑玉兰，性别：女，手机：15109549035，企业代表，推荐人：兰建军，推荐人单位：西滩乡人民政府",
                "registration | 黑玉兰 女 15109549035",
            ),
            (
                "本人姓名 谢巧云 ｜ 男/女 女 ｜ 族属 汉 ｜ 手机 15595043817 ｜ 供职于 西吉县云裳洗衣店 ｜ 群众代表",
                "registration | 谢巧云 女 15595043817 西吉县云裳洗衣店",
            ),
        ],
    );
}

#[test]
fn an_older_paper_is_voided_and_the_new_one_counts() {
    expect(&[
        (
            "主题：更正\n礼拜一交的登记表里，职务填得不对，我重新做了一份，一切以这份为准，旧的作废。\n姓名：剡秉文\n手机：13995047736\n单位：西吉县硝河供销社\n类别：监督员",
            "change | 剡秉文 13995047736 西吉县硝河供销社 supervisor",
        ),
        (
            "主题：更正苏志鹏的手机号：应为17609542231\n如题。原来发的表里把中间几位写颠倒了，其它的不用动。",
            "change | 苏志鹏 17609542231",
        ),
    ]);
}
