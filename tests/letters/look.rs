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
