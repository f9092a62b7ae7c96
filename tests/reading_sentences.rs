//! Classes of sentences: each test holds several mails that are built alike, and what a careful clerk
//! reads in them.

#![expect(clippy::unwrap_used, reason = "a test stops where a mail cannot be built")]

use std::fmt::Write as _;

use baoming::reading::Reader;

/// Reads a mail with this body and tells it in a line: the kind, `?` where a person is asked, and of
/// each person name, telephone, employer and category.
fn said(body: &str) -> String {
    let (subject, body) = match body.strip_prefix("主题：") {
        Some(rest) => rest.split_once('\n').unwrap(),
        None => ("报名", body),
    };
    let mail = format!(
        "From: <somebody77@qq.com>\r\nTo: <xjxspj@163.com>\r\nSubject: {subject}\r\n\
         Date: Sat, 18 Sep 2021 10:00:00 +0800\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n",
        body.replace('\n', "\r\n")
    );
    let reading = Reader::default().read(mail.as_bytes()).reading;
    let mut told = serde_json::to_value(reading.kind).unwrap().as_str().unwrap().to_owned();
    if reading.review() {
        told.push('?');
    }
    for one in &reading.applicants {
        told.push_str(" |");
        for key in ["name", "phone", "organization", "category"] {
            if let Some(value) = one.get(key) {
                write!(told, " {value}").unwrap();
            }
        }
    }
    told
}

fn expect(cases: &[(&str, &str)]) {
    for (body, wanted) in cases {
        assert_eq!(said(body), *wanted, "{body}");
    }
}

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
