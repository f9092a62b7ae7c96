//! Classes of sentences: who works where, whatever the two are called.

mod reading_support;

use reading_support::expect_of;

const WORK: [&str; 3] = ["name", "organization", "position"];

#[test]
fn where_somebody_takes_up_a_post_the_employer_may_end_in_anything() {
    expect_of(
        &WORK,
        &[
            (
                "何占山先生，642223197102120395，在北街老戏台旁边的一品斋当掌柜，手机18995837051，想当企业代表。",
                "registration | 何占山 一品斋 掌柜",
            ),
            (
                "我叫马成，在将台泵站当泵工，电话13995012345，群众代表。",
                "registration | 马成 将台泵站 泵工",
            ),
            (
                "我爱人李秀梅，在兴隆幸福院灶房当帮厨，电话13995012345，群众代表。",
                "registration | 李秀梅 兴隆幸福院灶房 帮厨",
            ),
            (
                "我叫马成，在秀英刺绣当绣娘，想在活动上当代表，电话13995012345，群众代表。",
                "registration | 马成 秀英刺绣 绣娘",
            ),
            ("我叫马成，在社区当志愿者，电话13995012345，群众代表。", "registration | 马成"),
        ],
    );
}

#[test]
fn whose_post_somebody_holds_is_the_employer() {
    expect_of(
        &WORK,
        &[
            (
                "龚雪艳，13995012345，群众代表，我是党家岔堰塞湖游船码头的救生员。",
                "registration | 龚雪艳 党家岔堰塞湖游船码头 救生员",
            ),
            (
                "火石寨景区的检票员马成，电话13995012345，群众代表。",
                "registration | 马成 火石寨景区 检票员",
            ),
            (
                "我叫马成，是张撇子羊羔肉的厨师，电话13995012345，群众代表。",
                "registration | 马成 张撇子羊羔肉 厨师",
            ),
            (
                "我叫马成，是个教了三十年书的老教师，电话13995012345，群众代表。",
                "registration | 马成",
            ),
            ("我叫马成，是你们局里小李的老师，电话13995012345，群众代表。", "registration | 马成"),
        ],
    );
}

#[test]
fn a_post_in_the_writers_own_office_is_told_without_the_office() {
    expect_of(
        &WORK,
        &[
            ("兹有我园讲解员马成作为群众代表参加，电话13995012345", "registration | 马成 讲解员"),
            ("马成，男，我们馆讲解员，电话13995012345，群众代表。", "registration | 马成 讲解员"),
            (
                "现派我校教务处主任马建成作为群众代表参加，电话13995012345",
                "registration | 马建成 教务处主任",
            ),
        ],
    );
}

#[test]
fn what_somebody_did_years_ago_is_over_where_the_present_is_told() {
    expect_of(
        &WORK,
        &[
            (
                "我叫苏维民。前些年一直在福建晋江安踏当裁断组长，我媳妇现在还在二小门口开文具店。前年娃上学我就回来了，如今在月亮山林场当护林员，电话17395836615，群众代表。",
                "registration | 苏维民 月亮山林场 护林员",
            ),
            (
                "我叫马成，前几年在银川海底捞当领班，如今在震湖泵站当泵工，电话13995012345，群众代表。",
                "registration | 马成 震湖泵站 泵工",
            ),
            (
                "我叫马成，前些年在县城开了个马家粮油店，现在忙不过来，电话13995012345，群众代表。",
                "registration | 马成 马家粮油店",
            ),
            (
                "主题：群众代表报名：龚雪艳，手机18395836204\n主题里写不下了，接着写：我是党家岔堰塞湖游船码头的救生员。",
                "registration | 龚雪艳 党家岔堰塞湖游船码头 救生员",
            ),
        ],
    );
}

#[test]
fn one_of_two_categories_is_refused_wherever_it_is_named() {
    expect_of(
        &["name", "category"],
        &[
            (
                "李生荣，男，汉，13409581177。群众代表就行，监督员咱当不了，腿不好。",
                "registration | 李生荣 representative",
            ),
            (
                "李生荣，男，汉，13409581177。群众代表就可以，监督员太忙了就不报了。",
                "registration | 李生荣 representative",
            ),
            (
                "报两人：李生荣，13409581177，群众代表，监督员当不了；马占彪，15349587712，监督员。",
                "registration | 李生荣 representative | 马占彪 supervisor",
            ),
            (
                "马占彪，男，15349587712。报监督员，群众代表我就不当了。",
                "registration | 马占彪 supervisor",
            ),
            (
                "李生荣，男，汉，13409581177。报群众代表，监督员能不能也报？",
                "registration? | 李生荣",
            ),
        ],
    );
}

#[test]
fn fields_are_divided_by_slashes_and_labels_joined_by_signs() {
    expect_of(
        &["name", "phone", "organization", "position", "gender", "ethnicity"],
        &[
            (
                "参会人＝靳晓红／女／成份＝汉族／联络电话＝15595830917／就职于＝西吉县城区第三换热站／岗位＝收费员",
                "registration | 靳晓红 15595830917 西吉县城区第三换热站 收费员 女 汉族",
            ),
            (
                "姓名：马成/民族：回族/电话：13995012345/单位：震湖刺绣/职务：绣娘",
                "registration | 马成 13995012345 震湖刺绣 绣娘 回族",
            ),
            (
                "报名人：冶成龙\n电话：手机 18609583127，座机 0954-3025511 是门房的\n单位＆职务：西吉县张撇子羊羔肉，跑堂",
                "registration | 冶成龙 18609583127 西吉县张撇子羊羔肉 跑堂",
            ),
            (
                "报名人：冶成龙\n手机：18609583127\n单位+职务：西吉县张撇子羊羔肉、跑堂",
                "registration | 冶成龙 18609583127 西吉县张撇子羊羔肉 跑堂",
            ),
        ],
    );
}

#[test]
fn a_post_ends_a_name_between_marks_and_groups_have_names() {
    expect_of(
        &["name", "organization", "position", "address"],
        &[
            (
                "马占彪，男，企业代表，联系电话15349587712，“马二哥”牛肉拉面总店店主，住吉强镇偏城路口水务小区2号楼。",
                "registration | 马占彪 “马二哥”牛肉拉面总店 店主 吉强镇偏城路口水务小区2号楼",
            ),
            (
                "马占彪，男，企业代表，联系电话15349587712，“马二哥”拉面馆老板。",
                "registration | 马占彪 “马二哥”拉面馆 老板",
            ),
            (
                "主题：开放日报名（群众代表）保万福，男，电话13469580634，兴平乡高岔村马圈组\n见主题",
                "registration | 保万福 兴平乡高岔村马圈组",
            ),
            (
                "白玉花，女，18095412233，群众代表，家在兴平乡高岔村白家湾组，种地",
                "registration | 白玉花 兴平乡高岔村白家湾组",
            ),
        ],
    );
}

#[test]
fn whose_a_telephone_is_and_a_day_are_no_values() {
    expect_of(
        &["name", "phone", "organization"],
        &[(
            "本人 慕生彩，女，汉，群众代表。没手机，公家电话（0954）3668042转3，是马莲乡张堡塬养老驿站的值班电话。\n\n慕生彩口述 孙女代打 2021.9.18",
            "registration | 慕生彩 0954-3668042-3",
        )],
    );
}
