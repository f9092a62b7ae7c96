//! Draws letters and digests into `target/tmp/letters/` for the eye: whoever changes a template looks
//! at them there. Each is a whole page that names the bureau.

use crate::answer;
use crate::desk::{at, event, item, office};
use crate::facts;
use baoming::digest::write;
use baoming::reply::Stationery;
use baoming::roster::{Outcome, Status};

#[test]
fn letters_are_drawn_for_the_eye() {
    let stationery = Stationery::load(None).unwrap();
    let until = Some(at("2021-09-15T08:31:20+08:00"));
    let mix = vec![
        item("XJ21-007", "马希文", Outcome::Confirmed),
        item("XJ21-008", "王秀英", Outcome::Waitlisted { position: 3 }),
        item("XJ21-009", "李建国", Outcome::Incomplete { missing: vec!["phone".into()], until }),
    ];
    let review = Outcome::UnderReview {
        advice: vec!["身份证号码的校验位不符，请核对后直接回复本邮件写明正确的号码。".to_owned()],
        kept: true,
    };
    let already = Outcome::Already { status: Status::Confirmed, position: None };
    let reason = "同一单位的登记已达到3人的限额".to_owned();
    let last = Outcome::LastInLine { position: 4, reason };
    let reason = "本次活动要求参加人在活动当天年满18周岁。".to_owned();
    let barred = Outcome::NotEligible { reason };
    let corrected = Outcome::Corrected { status: Status::Waitlisted, position: Some(2) };
    let letters = [
        ("confirmed", vec![item("XJ21-007", "马希文", Outcome::Confirmed)]),
        (
            "incomplete",
            vec![item(
                "XJ21-009",
                "李建国",
                Outcome::Incomplete { missing: vec!["phone".into(), "category".into()], until },
            )],
        ),
        ("waitlisted", vec![item("XJ21-031", "王秀英", Outcome::Waitlisted { position: 3 })]),
        ("mix", mix),
        ("review", vec![item("XJ21-010", "海玉兰", review)]),
        ("already", vec![item("XJ21-007", "马希文", already)]),
        ("closed", vec![item("", "", Outcome::Closed)]),
        ("not-listed", vec![item("XJ21-012", "丁学义", Outcome::Confirmed).noting([not_listed()])]),
        ("last-in-line", vec![item("XJ21-013", "韩博文", last)]),
        ("not-eligible", vec![item("XJ21-014", "马小军", barred)]),
        ("changed-category", vec![item("XJ21-015", "苏玉梅", corrected).noting([changed()])]),
    ];
    let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/letters");
    std::fs::create_dir_all(folder).unwrap();
    for (name, items) in letters {
        let composed = stationery.compose(&answer(items), &event(), &office()).unwrap();
        assert!(is_whole(&composed.html), "{name}");
        std::fs::write(format!("{folder}/{name}.html"), &composed.html).unwrap();
        let head = format!("{}\n\n", composed.subject);
        let calendar = composed.calendar.unwrap_or_default();
        std::fs::write(format!("{folder}/{name}.txt"), head + &composed.text + &calendar).unwrap();
    }
}

fn not_listed() -> String {
    "“政务公开义务监督员”只面向名单内的人员，名单中没有查到您的姓名，已按“企业及群众代表”登记。如您确在名单之内，请致电0954-3018118说明。".to_owned()
}

fn changed() -> String {
    "改报类别后，先后次序以更改的时间为准。".to_owned()
}

#[test]
fn digests_are_drawn_for_the_eye() {
    let stationery = Stationery::load(None).unwrap();
    let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/letters");
    std::fs::create_dir_all(folder).unwrap();
    for (name, facts) in [("busy", facts::busy_day()), ("quiet", facts::quiet_day())] {
        let page = write(&stationery, &facts, "西吉县审批服务管理局", &event().zone).unwrap();
        assert!(is_whole(&page.html), "{name}");
        std::fs::write(format!("{folder}/digest-{name}.html"), page.html).unwrap();
        let text = format!("{}\n\n{}", page.subject, page.text);
        std::fs::write(format!("{folder}/digest-{name}.txt"), text).unwrap();
    }
}

fn is_whole(page: &str) -> bool {
    page.starts_with("<!DOCTYPE html>")
        && page.trim_end().ends_with("</html>")
        && page.contains("西吉县审批服务管理局")
}
