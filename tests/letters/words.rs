//! What letters say: every outcome, on its own and mixed, and what strangers cannot make them say.
use crate::answer;
use crate::desk::{at, event, item, office};
use std::sync::LazyLock;

use baoming::reply::{Composed, Letter, Stationery};
use baoming::roster::{Cause, Item, Outcome, Status};

pub(crate) fn written(letter: &Letter) -> Composed {
    static BUILT_IN: LazyLock<Stationery> = LazyLock::new(|| Stationery::load(None).unwrap());
    BUILT_IN.compose(letter, &event(), &office()).unwrap()
}

pub(crate) fn one(outcome: Outcome) -> Composed {
    written(&answer(vec![item("XJ21-007", "马希文", outcome)]))
}

fn already(status: Status, position: Option<u32>) -> Outcome {
    Outcome::Already { status, position }
}

pub(crate) fn corrected(status: Status, position: Option<u32>) -> Outcome {
    Outcome::Corrected { status, position }
}

/// Both texts say each of `parts`.
pub(crate) fn says(composed: &Composed, parts: &[&str]) {
    let whole = "<span style=\"white-space:nowrap;\">";
    let html = composed.html.replace(whole, "").replace("</span>", "");
    for part in parts {
        assert!(composed.text.contains(part), "text lacks {part}:\n{}", composed.text);
        assert!(html.contains(part), "HTML lacks {part}:\n{}", composed.html);
    }
}

#[test]
fn every_outcome_has_its_headline_in_the_subject_and_says_what_matters() {
    let missing = || vec!["phone".to_owned(), "id_number".to_owned()];
    let until = Some(at("2021-09-15T08:31:20+08:00"));
    let advice = vec!["请写明联系电话。".to_owned()];
    let cases: Vec<(Outcome, &str, &[&str])> = vec![
        (Outcome::Confirmed, "报名成功", &["名额已经确认", "本人身份证", "9:00—12:00"]),
        (Outcome::Waitlisted { position: 3 }, "已列入候补", &["第3位", "递补"]),
        (
            Outcome::Incomplete { missing: missing(), until },
            "请补充资料",
            &["还缺少：联系电话、身份证号码", "直接回复本邮件", "2021年9月15日（星期三）8:31"],
        ),
        (Outcome::Incomplete { missing: missing(), until: None }, "请补充资料", &["尽快补充"]),
        (Outcome::UnderReview { advice, kept: true }, "正在核实", &["请写明联系电话。", "保留"]),
        (already(Status::Confirmed, None), "此前已经报名", &["不必重复报名", "名额已经确认"]),
        (already(Status::Waitlisted, Some(2)), "此前已经报名", &["候补第2位"]),
        (already(Status::Incomplete, None), "此前已经报名", &["资料还不齐全"]),
        (already(Status::Review, None), "此前已经报名", &["正在核实"]),
        (already(Status::Cancelled, None), "此前已经报名", &["已经取消", "0954-3018118"]),
        (already(Status::Refused, None), "此前已经报名", &["未予登记"]),
        (Outcome::Cancelled, "报名已取消", &["让给候补的报名人", "0954-3018118"]),
        (Outcome::Promoted, "候补成功", &["有名额空出", "名额已经确认"]),
        (Outcome::Lapsed { missing: missing() }, "登记已失效", &["联系电话", "重新来信报名"]),
        (
            Outcome::TooLate { missing: missing() },
            "未能办理登记",
            &["截止前收到", "联系电话、身份证号码", "0954-3018118"],
        ),
        (corrected(Status::Confirmed, None), "登记内容已更正", &["名额仍然有效", "9:00—12:00"]),
        (corrected(Status::Waitlisted, Some(2)), "登记内容已更正", &["候补第2位"]),
        (Outcome::NotYetOpen, "报名尚未开始", &["2021年9月13日（星期一）8:30", "再次来信"]),
        (
            Outcome::Closed { early: Some(at("2021-09-20T15:00:00+08:00")) },
            "报名已截止",
            &["已于2021年9月20日（星期一）15:00提前截止"],
        ),
        (Outcome::Closed { early: None }, "报名已截止", &["2021年9月24日（星期五）17:30"]),
        (Outcome::Rejected { reason: "不在邀请范围。".into() }, "未予登记", &["不在邀请范围。"]),
        (
            Outcome::LastInLine {
                position: 4, reason: "同一单位的登记已达到3人的限额".into()
            },
            "已列入候补",
            &["同一单位的登记已达到3人的限额", "第4位", "报名截止后仍有空余名额"],
        ),
        (
            Outcome::NotEligible {
                reason: "本次活动要求参加人在活动当天年满18周岁。".into()
            },
            "未能登记",
            &["感谢您的报名", "年满18周岁", "0954-3018118"],
        ),
        (Outcome::Passed, "来信已转工作人员", &["尽快答复", "请致电0954-3018118"]),
    ];
    check(cases);
}

/// Each says its headline in the subject, these parts in both texts, and what every letter says.
pub(crate) fn check(cases: Vec<(Outcome, &str, &[&str])>) {
    for (outcome, headline, parts) in cases {
        let composed = one(outcome);
        let subject = format!("【{headline}】XJ21-007 西吉县审批服务管理局“政府开放日”活动");
        assert_eq!(composed.subject, subject);
        says(&composed, parts);
        says(&composed, &["尊敬的马希文同志", "XJ21-007", "综合办公室 0954-3018118"]);
        says(&composed, &["西吉县审批服务管理局", "2021年9月13日", "来信主题：报名参加开放日"]);
    }
}

#[test]
fn several_people_in_one_letter_each_have_their_own_outcome() {
    let composed = written(&answer(vec![
        item("XJ21-007", "马希文", Outcome::Confirmed),
        item("XJ21-008", "王秀英", Outcome::Waitlisted { position: 1 }),
    ]));
    assert_eq!(composed.subject, "【办理结果】XJ21-007等2人 西吉县审批服务管理局“政府开放日”活动");
    says(&composed, &["尊敬的来信人", "马希文", "XJ21-007", "王秀英", "XJ21-008", "第1位"]);

    let both = ["XJ21-007", "XJ21-008"].map(|number| item(number, "马希文", Outcome::Confirmed));
    let subject = written(&answer(both.to_vec())).subject;
    assert_eq!(subject, "【报名成功】XJ21-007等2人 西吉县审批服务管理局“政府开放日”活动");
}

#[test]
fn only_those_who_may_come_are_told_the_day_and_how_to_cancel() {
    for outcome in [Outcome::Confirmed, Outcome::Promoted, Outcome::Waitlisted { position: 1 }] {
        says(&one(outcome), &["活动安排", "取消报名", "诚信承诺"]);
    }
    for outcome in
        [Outcome::Closed { early: None }, Outcome::NotYetOpen, Outcome::Cancelled, Outcome::Passed]
    {
        let text = one(outcome).text;
        assert!(!text.contains("活动安排") && !text.contains("取消报名”"), "{text}");
    }
}

#[test]
fn only_those_who_have_a_place_are_told_what_to_bring_and_whom_it_falls_to() {
    for outcome in [Outcome::Confirmed, Outcome::Promoted, already(Status::Confirmed, None)] {
        says(&one(outcome), &["本人身份证", "让给候补的报名人"]);
    }
    let waits = already(Status::Waitlisted, Some(1));
    for outcome in [Outcome::Waitlisted { position: 1 }, waits] {
        let text = one(outcome).text;
        assert!(!text.contains("本人身份证") && !text.contains("让给候补"), "{text}");
    }
}

#[test]
fn a_letter_without_a_number_does_not_ask_to_keep_one() {
    says(&one(Outcome::Closed { early: None }), &["请保留主题中的报名编号"]);
    let text = written(&answer(vec![Item::whole(Outcome::Closed { early: None })])).text;
    assert!(!text.contains("报名编号"), "{text}");
}

#[test]
fn a_lapse_after_the_closing_does_not_invite_to_register_again() {
    let lapsed = Outcome::Lapsed { missing: vec!["phone".to_owned()] };
    let mut letter = answer(vec![item("XJ21-007", "马希文", lapsed)]);
    letter.written = event().closes;
    let text = written(&letter).text;
    assert!(text.contains("已经截止") && !text.contains("重新来信"), "{text}");
}

#[test]
fn after_an_early_close_letters_go_by_its_moment_and_not_by_the_events_own_date() {
    let early = at("2021-09-13T15:00:00+08:00");
    let letter = |outcome| Letter { closed: Some(early), ..late(outcome) };
    let closed = written(&letter(Outcome::Closed { early: Some(early) })).text;
    let moment = "已于2021年9月13日（星期一）15:00提前截止";
    assert!(closed.contains(moment) && !closed.contains("9月24日"), "{closed}");
    let not_yet = written(&letter(Outcome::NotYetOpen)).text;
    assert!(not_yet.contains("至2021年9月13日（星期一）15:00"), "{not_yet}");
    let missing = vec!["phone".to_owned()];
    let cancelled = Outcome::Standing { status: Status::Cancelled, position: None };
    for outcome in [Outcome::Lapsed { missing }, Outcome::OfferExpired, cancelled] {
        let text = written(&letter(outcome.clone())).text;
        assert!(!text.contains("重新来信"), "{outcome:?}: {text}");
    }
}

#[test]
fn whoever_wrote_while_it_was_closed_hears_that_it_is_open_again() {
    let early = at("2021-09-13T15:00:00+08:00");
    let told = written(&late(Outcome::Closed { early: Some(early) }));
    let again = "现在报名已经恢复，至2021年9月24日（星期五）17:30截止。如仍愿参加，请再次来信";
    says(&told, &["2021年9月13日（星期一）15:00提前截止", again]);
    assert!(!written(&late(Outcome::Closed { early: None })).text.contains("恢复"));
}

/// A letter of the third day.
fn late(outcome: Outcome) -> Letter {
    let mut letter = answer(vec![item("XJ21-007", "马希文", outcome)]);
    letter.written = at("2021-09-15T10:00:00+08:00");
    letter
}

#[test]
fn a_promotion_does_not_pretend_to_answer_a_mail() {
    let mut letter = answer(vec![item("XJ21-007", "马希文", Outcome::Promoted)]);
    letter.owed.cause = Cause::Promotion("XJ21-007".to_owned(), "01B".to_owned());
    says(&written(&letter), &["关于您报名参加"]);
}

#[test]
fn a_confirmed_place_comes_with_a_calendar_file_and_nothing_else_does() {
    let calendar = one(Outcome::Confirmed).calendar.unwrap();
    for line in [
        "METHOD:PUBLISH\r\n",
        "UID:XJ21-007.xiji-open-day@163.com\r\n",
        "DTSTART:20210928T010000Z\r\n",
        "DTEND:20210928T040000Z\r\n",
        "DTSTAMP:20210913T003120Z\r\n",
        "SUMMARY:西吉县审批服务管理局“政府开放日”活动\r\n",
        "LOCATION:西吉县政务服务大厅\r\n",
    ] {
        assert!(calendar.contains(line), "{line} in {calendar}");
    }
    assert!(calendar.lines().all(|line| line.len() <= 75), "{calendar}");
    assert!(one(Outcome::Promoted).calendar.is_some());
    assert!(one(already(Status::Confirmed, None)).calendar.is_some());
    for outcome in [Outcome::Waitlisted { position: 1 }, Outcome::Cancelled, Outcome::Passed] {
        assert_eq!(one(outcome).calendar, None);
    }
}

#[test]
fn what_strangers_write_stays_text() {
    let hostile = "马{{ event.host }}<script>alert(1)</script>\r\nBcc: all@qq.com\u{202e}";
    let mut letter = answer(vec![item("XJ21-007", hostile, Outcome::Confirmed)]);
    letter.thread.subject = Some("{% raw %}<b>报名</b>\r\nX-Evil: 1".to_owned());
    letter.recipient = Some("马\r\nBcc: x".to_owned());
    let composed = written(&letter);
    for out in [&composed.subject, &composed.text, &composed.html] {
        assert!(!out.contains("Bcc: all@qq.com") && !out.contains('\u{202e}'), "{out}");
    }
    assert!(!composed.html.contains("<script>") && !composed.html.contains("<b>报名"));
    assert!(composed.html.contains("&lt;b&gt;报名"), "{}", composed.html);
    assert_eq!(composed.to.0.as_deref(), Some("马 Bcc: x"));
    assert!(!composed.subject.contains(['\r', '\n']));

    let braces = written(&answer(vec![item("XJ21-007", "马{{ event.host }}", Outcome::Confirmed)]));
    assert!(braces.text.contains("马{{ event.host }}"), "{}", braces.text);
}

#[test]
fn nobody_can_advertise_through_our_answers() {
    let mut letter = answer(vec![item("", "加QQ群 www.spam.example", Outcome::Passed)]);
    letter.thread.subject = Some("发票代开 http://spam.example/x".to_owned());
    letter.recipient = Some("spam.example.com".to_owned());
    let composed = written(&letter);
    for out in [&composed.text, &composed.html] {
        assert!(!out.contains("spam.example"), "{out}");
    }
    assert_eq!(composed.to.0, None);
}

#[test]
fn letters_hold_no_links_and_no_words_that_filters_hate() {
    let outcomes = [Outcome::Confirmed, Outcome::Waitlisted { position: 1 }, Outcome::Passed];
    for outcome in outcomes {
        let composed = one(outcome);
        for word in ["http", "www.", "点击", "恭喜", "免费", "优惠", "中奖", "发票", "<img", "<a "]
        {
            assert!(!composed.text.contains(word) && !composed.html.contains(word), "{word}");
        }
    }
}

#[test]
fn a_letter_without_anybody_in_it_is_still_a_letter() {
    let nobody = Item::whole(Outcome::Passed);
    let composed = written(&answer(vec![nobody]));
    assert_eq!(composed.subject, "【来信已转工作人员】西吉县审批服务管理局“政府开放日”活动");
    says(&composed, &["尊敬的来信人"]);
}

#[test]
fn a_field_that_only_the_event_knows_is_called_by_its_name() {
    let missing = vec!["shoe_size".to_owned(), "phone".to_owned()];
    let letter = answer(vec![item("XJ21-007", "", Outcome::Incomplete { missing, until: None })]);
    let mut office = office();
    office.fields.insert("shoe_size".to_owned(), "鞋码".to_owned());
    let composed = Stationery::load(None).unwrap().compose(&letter, &event(), &office).unwrap();
    says(&composed, &["还缺少：鞋码、联系电话"]);
}

#[test]
fn a_letter_about_very_many_people_counts_those_whom_it_does_not_list() {
    let items = (1..=120).map(|n| item(&event().number(n), "马希文", Outcome::Confirmed));
    let composed = written(&answer(items.collect()));
    says(&composed, &["XJ21-100", "另有20人"]);
    assert!(!composed.text.contains("XJ21-101"), "{}", composed.text);
    assert!(composed.subject.contains("XJ21-001等120人"), "{}", composed.subject);
}

#[test]
fn what_is_no_letter_stands_below_the_mark_that_mail_programs_know() {
    let text = one(Outcome::Confirmed).text;
    let (letter, below) = text.split_once("\n-- \n").unwrap();
    assert!(letter.ends_with("2021年9月13日\n"), "{letter}");
    assert!(below.starts_with("来信主题："), "{below}");
}
