//! The call for registrations says what the event file says.
use std::sync::LazyLock;
use std::time::Duration;

use baoming::announce::{Call, call, check_templates};
use baoming::reply::Stationery;
use baoming::roster::{Allow, Beyond, Event, Groups, Mode, Offer, Spill, Substitution};
use baoming::settings::Settings;
use jiff::civil::time;

use crate::desk::at;

fn event() -> Event {
    Settings::compiled_in().unwrap().event
}

#[test]
fn the_call_names_times_place_places_and_every_way_to_register_in_all_its_forms() {
    let call = call(&Stationery::load(None).unwrap(), &event()).unwrap();
    for text in [&call.text, &call.html, &call.wechat] {
        for said in [
            "2021年9月28日（星期二）9:00—12:00",
            "西吉县政务服务大厅",
            "深入推进审批服务便民化",
            "2021年9月13日（星期一）8:30",
            "2021年9月24日（星期五）17:30",
            "xjxspj@163.com",
            "0954-3018118",
            "综合办公室",
            "姓名、联系电话",
            "90天",
        ] {
            assert!(text.contains(said), "{said} is missing in\n{text}");
        }
    }
    for said in [
        "共25人，其中：政务公开义务监督员8人，企业及群众代表17人。",
        "愿承担相应责任",
        "2021年9月8日",
    ] {
        assert!(call.text.contains(said), "{said}");
    }
}

#[test]
fn what_an_event_does_not_have_the_call_does_not_mention() {
    let stationery = Stationery::load(None).unwrap();
    let mut event = event();
    event.theme.clear();
    event.life.email = None;
    event.life.erase_after = None;
    let call = call(&stationery, &event).unwrap();
    for word in ["主题", "邮件", "附件", "删除"] {
        assert!(!call.text.contains(word), "{word}\n{}", call.text);
    }
    assert!(call.text.contains("三、征集对象和名额"), "{}", call.text);
}

/// The call of the notice's event under other rules.
fn under(change: impl Fn(&mut Event)) -> Call {
    static BUILT_IN: LazyLock<Stationery> = LazyLock::new(|| Stationery::load(None).unwrap());
    let mut event = event();
    change(&mut event);
    call(&BUILT_IN, &event).unwrap()
}

/// All forms say each of these; the page and the text say the longer ones too.
fn says(call: &Call, everywhere: &[&str], at_length: &[&str]) {
    for said in everywhere {
        assert!(call.wechat.contains(said), "{said} is missing in\n{}", call.wechat);
    }
    for said in everywhere.iter().chain(at_length) {
        assert!(call.text.contains(said), "{said} is missing in\n{}", call.text);
        assert!(call.html.contains(said), "{said} is missing in\n{}", call.html);
    }
}

/// No form says any of these.
fn silent(call: &Call, words: &[&str]) {
    for text in [&call.text, &call.html, &call.wechat] {
        for word in words {
            assert!(!text.contains(word), "{word} in\n{text}");
        }
    }
}

fn offers(event: &mut Event) {
    let quiet = Some((time(22, 0, 0, 0), time(7, 0, 0, 0)));
    let promotion = &mut event.rules.promotion;
    promotion.offer = Some(Offer { lasts: Duration::from_hours(24), quiet });
    (promotion.last, promotion.late) = (Duration::from_hours(12), false);
}

fn selects(event: &mut Event) {
    event.rules.mode = Mode::Selection { until: at("2021-09-26T17:00:00+08:00") };
}

#[test]
fn whoever_comes_first_gets_a_place_and_the_others_stand_in_line() {
    let plain = under(|_| ());
    let order = "（一）按报名先后顺序核定名额，报满为止；报满后的报名依次列入候补，有人退出时按先后顺序递补。";
    says(&plain, &["按先后顺序递补"], &[order, "要求一起参加的", "愿意参加任一类别的", "48小时"]);
    silent(&plain, &["统筹核定", "征询", "名单", "周岁", "不超过"]);
    let limited = under(|event| event.rules.waitlist = Some(20));
    says(&limited, &[], &["依次列入候补（每类最多20人）"]);
    let none = under(|event| event.rules.waitlist = Some(0));
    says(&none, &["报满为止"], &["报满为止，不设候补。"]);
    silent(&none, &["依次"]);
}

#[test]
fn where_the_staff_choose_nobody_is_promised_an_order() {
    let chosen = under(selects);
    let told = "2021年9月26日（星期日）17:00以后告知每一位报名人";
    says(&chosen, &["从全部报名人中统筹核定", told], &["不以报名先后为序", "另作安排"]);
    silent(&chosen, &["先后顺序", "先报先得", "候补", "递补", "任一类别", "一起参加"]);
    // Rules that serve a line say nothing where there is none.
    let all = under(|event| {
        offers(event);
        selects(event);
        event.rules.groups = Groups::Together;
        event.rules.waitlist = Some(20);
        event.rules.spill = Some(Spill { from: event.opens, to: "representative".to_owned() });
    });
    assert_eq!(all, chosen);
}

#[test]
fn where_places_are_offered_the_call_says_how_long_they_are_kept() {
    says(
        &under(offers),
        &["24小时", "22:00至次日7:00", "及时答复"],
        &["到期没有答复的，名额让给下一位", "活动开始前12小时内空出的名额，由工作人员联系安排"],
    );
    let at_once = under(|event| {
        offers(event);
        event.rules.promotion.late = true;
    });
    says(&at_once, &[], &["活动开始前12小时内空出的名额，直接递补并告知本人"]);
}

#[test]
fn groups_unused_places_and_substitutes_are_told_as_they_are_treated() {
    let together = under(|event| {
        event.rules.groups = Groups::Together;
        event.rules.spill =
            Some(Spill { from: at("2021-09-22T08:30:00+08:00"), to: "representative".to_owned() });
        event.rules.substitution = Substitution::Always;
    });
    says(
        &together,
        &["一并安排"],
        &[
            "名额不够时一并候补",
            "自2021年9月22日（星期三）8:30起，其他类别没有报满的名额，调剂给“企业及群众代表”",
            "写明代替人的姓名和联系电话",
        ],
    );
    let waits = under(|event| event.rules.substitution = Substitution::NobodyWaits);
    says(&waits, &[], &["没有人候补时，可以由他人代替参加"]);
    says(&under(|_| ()), &[], &["名额不得自行转让"]);
    let one = under(|event| event.categories.truncate(1));
    silent(&one, &["任一类别", "都愿意"]);
}

#[test]
fn who_may_come_and_how_many_of_one_unit_stands_beside_the_places() {
    let limited = under(|event| {
        let who = &mut event.rules.who;
        (who.youngest, who.oldest, who.once_per) = (Some(18), Some(75), Some(365));
        (who.per_organization, who.per_sender) = (Some(3), Some(5));
        let allow = Allow { people: Vec::new(), otherwise: Some("representative".to_owned()) };
        event.categories.first_mut().unwrap().allow = Some(allow);
    });
    says(
        &limited,
        &[
            "“政务公开义务监督员”只面向名单内的人员",
            "年满18周岁",
            "不超过75周岁",
            "365天之内每人只安排一次",
        ],
        &[
            "（一）“政务公开义务监督员”只面向名单内的人员；不在名单内的报名，按“企业及群众代表”登记。",
            "（四）同一单位（村组）报名不超过3人，同一邮箱报名不超过5人；超出的，列在最后，报名截止后仍有空余名额时再递补。",
        ],
    );
    let review = under(|event| {
        event.rules.who.per_organization = Some(3);
        event.rules.who.beyond = Beyond::Review;
        let allow = Allow { people: Vec::new(), otherwise: None };
        event.categories.first_mut().unwrap().allow = Some(allow);
    });
    says(&review, &[], &["由工作人员核实。", "不超过3人；超出的，由工作人员决定。"]);
    assert!(review.wechat.contains("同一单位（村组）最多3人"), "{}", review.wechat);
    silent(&review, &["同一邮箱", "周岁"]);
}

#[test]
fn a_mistake_in_a_template_of_the_call_is_refused_with_file_and_line() {
    check_templates(&Stationery::load(None).unwrap()).unwrap();
    let directory = tempfile::tempdir().unwrap();
    let source = "{% if call.rules.spill %}\n{{ call.rules.spill.form }}\n{% endif %}\n";
    std::fs::write(directory.path().join("announcement_rules.txt"), source).unwrap();
    let stationery = Stationery::load(Some(directory.path())).unwrap();
    let said = check_templates(&stationery).unwrap_err().to_string();
    assert!(said.contains("announcement_rules.txt:2: unknown variable"), "{said}");
}

#[test]
fn calls_are_drawn_for_the_eye() {
    let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/letters");
    std::fs::create_dir_all(folder).unwrap();
    let full = under(|event| {
        offers(event);
        let who = &mut event.rules.who;
        (who.youngest, who.once_per, who.per_organization) = (Some(18), Some(365), Some(3));
        let allow = Allow { people: Vec::new(), otherwise: Some("representative".to_owned()) };
        event.categories.first_mut().unwrap().allow = Some(allow);
    });
    for (name, call) in
        [("call", under(|_| ())), ("call-selection", under(selects)), ("call-full", full)]
    {
        std::fs::write(format!("{folder}/{name}.txt"), call.text).unwrap();
        std::fs::write(format!("{folder}/{name}.html"), call.html).unwrap();
        std::fs::write(format!("{folder}/{name}-wechat.txt"), call.wechat).unwrap();
    }
}
