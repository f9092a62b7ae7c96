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
