//! What letters say of the rules: lists and offers, the staff's choice, an event that moves; and what
//! there is to add to an outcome.
use crate::answer;
use crate::desk::{at, event, item, office};
use crate::words::{check, corrected, one, says, written};

use baoming::reply::{Composed, Stationery};
use baoming::roster::{Item, Mode, Note, Outcome, Status};

fn standing(status: Status, position: Option<u32>) -> Outcome {
    Outcome::Standing { status, position }
}

/// The same letter with something to add.
fn noted(outcome: Outcome, remark: Note) -> Composed {
    let item = item("XJ21-007", "马希文", outcome);
    written(&answer(vec![Item { remarks: vec![remark], ..item }]))
}

#[test]
fn every_outcome_of_the_rules_has_its_headline_in_the_subject_and_says_what_matters() {
    check(vec![
        (standing(Status::Confirmed, None), "报名情况", &["已经报上，名额已经确认"]),
        (standing(Status::Waitlisted, Some(2)), "报名情况", &["候补第2位"]),
        (standing(Status::Cancelled, None), "报名情况", &["报名已经取消", "重新来信报名"]),
        (Outcome::LineFull, "名额和候补均已满", &["“企业及群众代表”的名额和候补名单"]),
        (Outcome::NotChosen, "本次未能安排", &["感谢您热情报名", "欢迎继续关注"]),
        (
            Outcome::Listed { told: at("2021-09-26T17:00:00+08:00") },
            "报名已登记",
            &["不论先后", "2021年9月26日（星期日）17:00以后", "不必重复报名"],
        ),
        (
            Outcome::Offered { until: at("2021-09-15T08:31:20+08:00") },
            "请确认名额",
            &["保留至2021年9月15日（星期三）8:31", "“确认参加”", "“取消报名”", "也可致电"],
        ),
        (Outcome::OfferExpired, "名额已让给下一位", &["敬请谅解", "排在候补末位"]),
        (
            Outcome::Reminder,
            "活动提醒",
            &["名额已经确认", "携带本人身份证", "也可致电0954-3018118"],
        ),
        (
            Outcome::Moved {
                status: Status::Confirmed,
                before: (at("2021-09-27T14:30:00+08:00"), "县文化馆".into()),
            },
            "活动安排有变",
            &[
                "原安排：2021年9月27日（星期一）14:30，县文化馆",
                "新安排：2021年9月28日（星期二）9:00—12:00，西吉县政务服务大厅",
                "名额仍然有效",
            ],
        ),
        (
            Outcome::CalledOff { reason: "因天气原因。".into() },
            "活动取消",
            &["十分抱歉", "请勿前往", "因天气原因。", "敬请谅解"],
        ),
    ]);
}

#[test]
fn what_there_is_to_add_is_said_in_the_sentences_of_the_outcome() {
    let until = at("2021-09-15T08:31:20+08:00");
    let asks = || Outcome::Incomplete { missing: vec!["phone".to_owned()], until: Some(until) };
    let kept = |position| Note::Kept { position };
    let fields = vec!["phone".to_owned()];
    let waits = || standing(Status::Waitlisted, None);
    let supervisor = || "supervisor".to_owned();
    let cases: Vec<(Outcome, Note, &str)> = vec![
        (asks(), kept(None), "名额已经为您预留，保留至2021年9月15日（星期三）8:31"),
        (asks(), kept(Some(2)), "目前为您保留候补第2位，保留至2021年9月15日"),
        (
            Outcome::UnderReview { advice: Vec::new(), kept: true },
            kept(Some(2)),
            "核实期间，为您保留候补第2位。",
        ),
        (
            standing(Status::Incomplete, None),
            Note::Lacks { fields: fields.clone() },
            "还缺少：联系电话。请直接回复本邮件",
        ),
        (corrected(Status::Confirmed, None), Note::Changed { fields }, "联系电话已经更正"),
        (Outcome::Cancelled, Note::Replaced, "改由他人参加"),
        (waits(), Note::Offer { until }, "名额为您保留至2021年9月15日"),
        (waits(), Note::Listed { told: until }, "结果将在2021年9月15日"),
        (
            Outcome::Waitlisted { position: 1 },
            Note::BothLines { category: supervisor(), position: 4 },
            "同时在“政务公开义务监督员”候补（第4位）",
        ),
        (Outcome::Waitlisted { position: 1 }, Note::Together, "一起安排"),
        (Outcome::Waitlisted { position: 1 }, Note::Anew, "重新排在末位"),
        (
            Outcome::Confirmed,
            Note::OtherWish { category: supervisor() },
            "“政务公开义务监督员”的名额已满，已按来信的意愿改报“企业及群众代表”",
        ),
        (Outcome::Confirmed, Note::Spilled { category: supervisor() }, "未报满的名额调剂而来"),
        (
            standing(Status::Confirmed, None),
            Note::Stays { category: supervisor() },
            "现有的登记保持不变",
        ),
    ];
    for (outcome, note, said) in cases {
        let composed = noted(outcome, note);
        says(&composed, &[said]);
        assert!(composed.text.matches("保留至").count() < 2, "{}", composed.text);
    }
}

#[test]
fn where_the_staff_choose_no_letter_speaks_of_a_line_or_promises_a_place() {
    let mut event = event();
    event.rules.mode = Mode::Selection { until: at("2021-09-26T17:00:00+08:00") };
    let until = Some(at("2021-09-15T08:31:20+08:00"));
    let missing = || vec!["phone".to_owned()];
    let before = (at("2021-09-27T14:30:00+08:00"), "县文化馆".to_owned());
    let outcomes = [
        Outcome::Listed { told: at("2021-09-26T17:00:00+08:00") },
        Outcome::Incomplete { missing: missing(), until },
        Outcome::UnderReview { advice: Vec::new(), kept: true },
        Outcome::Lapsed { missing: missing() },
        Outcome::Moved { status: Status::Waitlisted, before },
        standing(Status::Waitlisted, None),
        corrected(Status::Waitlisted, None),
        Outcome::Cancelled,
        Outcome::Confirmed,
    ];
    let stationery = Stationery::load(None).unwrap();
    for outcome in outcomes {
        let letter = answer(vec![item("XJ21-007", "马希文", outcome)]);
        let text = stationery.compose(&letter, &event, &office()).unwrap().text;
        for word in ["候补", "递补", "次序", "预留", "为您保留"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
}

#[test]
fn a_telephone_number_and_the_hours_stay_on_one_line() {
    let html = one(Outcome::Passed).html + &one(Outcome::Reminder).html;
    for text in ["0954-3018118", "9:00—12:00"] {
        let whole = format!("<span style=\"white-space:nowrap;\">{text}</span>");
        assert_eq!(html.matches(text).count(), html.matches(&whole).count(), "{html}");
    }
}

#[test]
fn who_is_asked_which_event_is_meant_sees_their_names_and_days() {
    let events = vec![(event().name, event().takes_place)];
    let composed = written(&answer(vec![Item::whole(Outcome::WhichEvent { events })]));
    assert_eq!(composed.subject, "【请告知参加哪一场活动】西吉县审批服务管理局");
    let name = "● 西吉县审批服务管理局“政府开放日”活动，2021年9月28日（星期二）";
    says(&composed, &[name, "写明活动名称", "以首次来信为准"]);
}
