//! The closing report counts, and names nobody.
use std::collections::BTreeSet;

use baoming::reading::{Evidence, Field};
use baoming::report::{Paper, report};
use baoming::roster::{Channel, Event, OrderKey, Registration, Status};
use baoming::settings::Settings;
use baoming::store::Standing;

use crate::desk::{at, email};

fn event() -> Event {
    Settings::compiled_in().unwrap().event
}

fn person(
    serial: u32,
    category: &str,
    channel: Channel,
    came: bool,
    more: &[(&str, &str)],
) -> Standing {
    let arrived = at("2021-09-13T08:31:00+08:00");
    let names = ["马希文", "王秀英", "李建国", "杨志强", "苏玉梅", "韩淑芳"];
    let name = *names.get(serial as usize % names.len()).unwrap();
    let phone = format!("1389501{serial:04}");
    let values = [("name", name), ("phone", phone.as_str())];
    let field = |(id, value): &(&str, &str)| {
        ((*id).to_owned(), Field { value: (*value).to_owned(), evidence: Evidence::default() })
    };
    Standing {
        registration: Registration {
            id: format!("R{serial}"),
            event: "xiji-open-day".to_owned(),
            number: format!("XJ21-{serial:03}"),
            serial,
            status: if serial == 6 { Status::Waitlisted } else { Status::Confirmed },
            category: Some(category.to_owned()),
            also: None,
            place_of: None,
            together: BTreeSet::new(),
            asked: 0,
            seat: false,
            key: OrderKey {
                arrived,
                mailbox: String::new(),
                folder: String::new(),
                uidvalidity: 0,
                uid: 0,
                place: 0,
            },
            person: values.iter().chain(more).map(field).collect(),
            email: Some(email("a@example.test")),
            channel,
            hold_until: None,
            reason: String::new(),
            attended: (serial != 6).then_some(came),
            message: None,
            created: arrived,
            changed: arrived,
        },
        position: None,
        received: arrived,
    }
}

fn paper() -> Paper {
    let village = ("address", "西吉县吉强镇团结村三组");
    let rows = [
        person(1, "supervisor", Channel::Email, true, &[village]),
        person(
            2,
            "representative",
            Channel::Email,
            true,
            &[
                ("address", "西吉县吉强镇团结村五组12号"),
                ("suggestions", "窗口排队太久，韩淑芳也这样说，我是李建国，电话13895010002"),
            ],
        ),
        person(
            3,
            "representative",
            Channel::Phone,
            false,
            &[("organization", "西吉县为民农机合作社")],
        ),
        person(4, "representative", Channel::Onsite, true, &[("suggestions", "希望手机上也能办")]),
        person(5, "representative", Channel::Email, true, &[("suggestions", "多宣传")]),
        person(6, "representative", Channel::Email, false, &[]),
    ];
    report(&event(), &rows, at("2021-09-29T10:00:00+08:00"))
}

#[test]
fn the_report_counts_by_category_channel_village_and_attendance() {
    let text = paper().text();
    for said in [
        "共收到报名6人次，安排名额25个，确认5人，4人到场参加",
        "邮件报名4人，电话报名1人，现场报名1人",
        "企业及群众代表　17　5　4　1",
        "合计　25　6　5　1",
        "合计　5　4　1　80%",
        "西吉县吉强镇团结村2人，另有1人分别来自1个村（社区）或单位，2人未填写",
        "意见建议3条",
        "网上办事（1条）",
        "其他方面（1条）",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

#[test]
fn the_report_names_nobody_in_any_form() {
    let paper = paper();
    let mut docx = String::new();
    let bytes = paper.docx().unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut docx)
        .unwrap();
    for text in [paper.text(), paper.markdown(), paper.html(), docx] {
        assert!(text.contains("窗口排队太久"), "{text}");
        for personal in
            ["李建国", "韩淑芳", "马希文", "1389501", "XJ21-", "a@example.test", "三组", "合作社"]
        {
            assert!(!text.contains(personal), "{personal}\n{text}");
        }
    }
}

#[test]
fn reports_are_drawn_for_the_eye() {
    let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/letters");
    std::fs::create_dir_all(folder).unwrap();
    let paper = paper();
    std::fs::write(format!("{folder}/report.html"), paper.html()).unwrap();
    std::fs::write(format!("{folder}/report.docx"), paper.docx().unwrap()).unwrap();
    std::fs::write(format!("{folder}/report.md"), paper.markdown()).unwrap();
}
