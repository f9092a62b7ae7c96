//! Draws letters and digests into `target/tmp/letters/` for the eye: whoever changes a template looks
//! at them there. Each is a whole page that names the bureau.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::answer;
use crate::desk::{at, event, item, office};
use crate::facts;
use baoming::digest::write;
use baoming::reply::{Letter, Stationery};
use baoming::roster::{Cause, Item, Mode, Note, Offer, Outcome, Status};
use jiff::Timestamp;

/// Where the pages go.
const FOLDER: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/letters");

/// A letter with its file's name.
type Drawn = (&'static str, Letter);

#[test]
fn every_kind_of_letter_is_drawn_for_the_eye() {
    let kinds = [places(), unfinished(), answers(), waiting(), chosen(), refused(), whole()];
    let mut told = BTreeSet::new();
    for (name, letter) in kinds.into_iter().flatten() {
        told.extend(letter.owed.items.iter().map(|item| {
            serde_json::to_value(&item.outcome).unwrap()["is"].as_str().unwrap().to_owned()
        }));
        draw(name, &letter);
    }
    let layouts = ["digest.txt", "letter.txt", "remarks.txt", "subject.txt"];
    let layout = |name: &str| name.starts_with("announcement") || layouts.contains(&name);
    let sources = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/config/letters"));
    let names = sources.unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let outcomes = names.filter(|name| name.contains(".txt") && !layout(name));
    assert_eq!(told.len(), outcomes.count(), "one of {told:?} is not drawn");
}

fn draw(name: &str, letter: &Letter) {
    static BUILT_IN: LazyLock<Stationery> = LazyLock::new(|| Stationery::load(None).unwrap());
    let mut event = event();
    if name.starts_with("offer") {
        let promotion = &mut event.rules.promotion;
        promotion.offer = Some(Offer { lasts: std::time::Duration::from_hours(24), quiet: None });
    }
    if name.starts_with("selection") {
        event.rules.mode = Mode::Selection { until: told() };
    }
    std::fs::create_dir_all(FOLDER).unwrap();
    let composed = BUILT_IN.compose(letter, &event, &office()).unwrap();
    assert!(is_whole(&composed.html), "{name}");
    std::fs::write(format!("{FOLDER}/{name}.html"), &composed.html).unwrap();
    let head = format!("{}\n\n", composed.subject);
    let calendar = composed.calendar.unwrap_or_default();
    std::fs::write(format!("{FOLDER}/{name}.txt"), head + &composed.text + &calendar).unwrap();
}

/// A letter that answers a mail about one person.
fn one(name: &'static str, outcome: Outcome) -> Drawn {
    (name, answer(vec![item("XJ21-007", "马希文", outcome)]))
}

/// The same, with what there is to add.
fn noted(name: &'static str, outcome: Outcome, remarks: &[Note]) -> Drawn {
    let item = Item { remarks: remarks.to_vec(), ..item("XJ21-007", "马希文", outcome) };
    (name, answer(vec![item]))
}

/// A letter that comes of itself.
fn unasked(name: &'static str, when: Timestamp, items: Vec<Item>) -> Drawn {
    let mut letter = answer(items);
    letter.owed.cause = Cause::Promotion("XJ21-007".to_owned(), "01B".to_owned());
    (letter.thread.subject, letter.written) = (None, when);
    (name, letter)
}

fn told() -> Timestamp {
    at("2021-09-26T17:00:00+08:00")
}

fn soon() -> Timestamp {
    at("2021-09-15T08:31:20+08:00")
}

fn supervisor() -> String {
    "supervisor".to_owned()
}

/// Places and lines at once.
fn places() -> Vec<Drawn> {
    let waits = Outcome::Waitlisted { position: 3 };
    let missing = vec!["phone".to_owned()];
    let named = |serial, name: &str, outcome| item(&event().number(serial), name, outcome);
    let five = vec![
        named(7, "马希文", Outcome::Confirmed),
        named(8, "王秀英", waits.clone()),
        named(9, "李建国", Outcome::Incomplete { missing, until: Some(soon()) }),
        named(10, "买买提·艾力", Outcome::UnderReview { advice: vec![], kept: true }),
        named(11, "阿卜杜热合曼·玉素甫江·吐尔逊", Outcome::LineFull),
    ];
    let family = ["马希文", "王秀英", "马小军"].into_iter().zip(7..).map(|(name, serial)| Item {
        remarks: vec![Note::Together],
        ..named(serial, name, Outcome::Waitlisted { position: serial - 3 })
    });
    let spilled = Note::Spilled { category: supervisor() };
    let wish = Note::OtherWish { category: supervisor() };
    let both = Note::BothLines { category: supervisor(), position: 2 };
    vec![
        one("confirmed", Outcome::Confirmed),
        noted("confirmed-spilled", Outcome::Confirmed, &[spilled]),
        noted("confirmed-other-wish", Outcome::Confirmed, &[wish]),
        one("waitlisted", waits.clone()),
        noted("waitlisted-both-lines", waits.clone(), &[both]),
        noted("waitlisted-anew", waits.clone(), &[Note::Anew]),
        one("offers-waitlisted", waits),
        ("group-five", answer(five)),
        ("group-together", answer(family.collect())),
        one("line-full", Outcome::LineFull),
    ]
}

/// What is missing or in doubt.
fn unfinished() -> Vec<Drawn> {
    let missing = || vec!["phone".to_owned(), "category".to_owned()];
    let asks = |until| Outcome::Incomplete { missing: missing(), until };
    let check = "身份证号码的校验位不符，请核对后直接回复本邮件写明正确的号码。".to_owned();
    let list = "“政务公开义务监督员”只面向名单内的人员，需要核对名单。".to_owned();
    let limit = "同一单位的登记已达到3人的限额，需要工作人员决定。".to_owned();
    let review = |advice| Outcome::UnderReview { advice: vec![advice], kept: true };
    let nameless = Item {
        number: Some(event().number(9)),
        ..Item::whole(Outcome::Incomplete { missing: vec!["name".into()], until: None })
    };
    let late = unasked(
        "lapsed-after-closing",
        event().closes,
        vec![item("XJ21-009", "李建国", Outcome::Lapsed { missing: missing() })],
    );
    vec![
        noted("incomplete", asks(Some(soon())), &[Note::Kept { position: None }]),
        noted("incomplete-in-line", asks(Some(soon())), &[Note::Kept { position: Some(2) }]),
        ("incomplete-nameless", answer(vec![nameless])),
        noted("review", review(check), &[Note::Kept { position: None }]),
        one("review-allow-list", review(list)),
        one("review-limit", review(limit)),
        unasked("lapsed", soon(), late.1.owed.items.clone()),
        late,
        one("too-late", Outcome::TooLate { missing: missing() }),
    ]
}

/// Who writes again, asks, corrects, gives back, sends somebody else.
fn answers() -> Vec<Drawn> {
    let states = || {
        [
            (Status::Confirmed, None),
            (Status::Waitlisted, Some(2)),
            (Status::Incomplete, None),
            (Status::Review, None),
            (Status::Cancelled, None),
            (Status::Refused, None),
        ]
    };
    let already = ["already", "already-in-line", "already-incomplete", "already-in-review"];
    let already = already.into_iter().chain(["already-cancelled", "already-refused"]);
    let already = already.zip(states());
    let already =
        already.map(|(name, (status, position))| one(name, Outcome::Already { status, position }));
    let asked = ["status", "status-in-line", "status-incomplete", "status-in-review"];
    let asked = asked.into_iter().chain(["status-cancelled", "status-refused"]).zip(states());
    let asked =
        asked.map(|(name, (status, position))| one(name, Outcome::Standing { status, position }));
    let confirmed = Outcome::Corrected { status: Status::Confirmed, position: None };
    let waits = Outcome::Corrected { status: Status::Waitlisted, position: Some(2) };
    let moved = "改报类别后，先后次序以更改的时间为准。".to_owned();
    let open = Outcome::Standing { status: Status::Incomplete, position: None };
    let lacks = [Note::Lacks { fields: vec!["phone".to_owned()] }, Note::Kept { position: None }];
    let instead = vec![
        Item { remarks: vec![Note::Replaced], ..item("XJ21-007", "马希文", Outcome::Cancelled) },
        item("XJ21-032", "王秀英", Outcome::Confirmed),
    ];
    let held = Outcome::Standing { status: Status::Confirmed, position: None };
    let changed = Note::Changed { fields: vec!["phone".to_owned()] };
    let rest = vec![
        noted("corrected", confirmed, std::slice::from_ref(&changed)),
        noted("corrected-in-line", waits.clone(), &[changed]),
        ("corrected-category", answer(vec![item("XJ21-015", "苏玉梅", waits).noting([moved])])),
        noted("category-stays", held, &[Note::Stays { category: supervisor() }]),
        noted("status-lacks", open, &lacks),
        one("cancelled", Outcome::Cancelled),
        ("substituted", answer(instead)),
        ("passed", answer(vec![Item::whole(Outcome::Passed)])),
        one("passed-known", Outcome::Passed),
    ];
    already.chain(asked).chain(rest).collect()
}

/// Places that fall free.
fn waiting() -> Vec<Drawn> {
    let one = |outcome| vec![item("XJ21-031", "王秀英", outcome)];
    let offered = Outcome::Offered { until: at("2021-09-16T18:00:00+08:00") };
    let both = ["XJ21-031", "XJ21-032"].map(|number| item(number, "王秀英", offered.clone()));
    let after = at("2021-09-25T10:00:00+08:00");
    let open = Note::Offer { until: at("2021-09-16T18:00:00+08:00") };
    let asked = Outcome::Standing { status: Status::Waitlisted, position: None };
    vec![
        unasked("promoted", soon(), one(Outcome::Promoted)),
        unasked("offered", soon(), one(offered.clone())),
        unasked("offered-together", soon(), both.to_vec()),
        unasked("offer-expired", soon(), one(Outcome::OfferExpired)),
        unasked("offer-expired-after-closing", after, one(Outcome::OfferExpired)),
        noted("offered-status", asked, &[open]),
    ]
}

/// Where the staff choose.
fn chosen() -> Vec<Drawn> {
    let one = |outcome| vec![item("XJ21-031", "王秀英", outcome)];
    let listed = Note::Listed { told: told() };
    let asked = Outcome::Standing { status: Status::Waitlisted, position: None };
    let again = Outcome::Already { status: Status::Waitlisted, position: None };
    let missing = Outcome::Incomplete { missing: vec!["phone".into()], until: Some(soon()) };
    let review = Outcome::UnderReview { advice: Vec::new(), kept: true };
    let corrected = Outcome::Corrected { status: Status::Waitlisted, position: None };
    vec![
        ("selection-listed", answer(one(Outcome::Listed { told: told() }))),
        unasked("selection-chosen", told(), one(Outcome::Confirmed)),
        unasked("selection-not-chosen", told(), one(Outcome::NotChosen)),
        noted("selection-status", asked, std::slice::from_ref(&listed)),
        noted("selection-already", again, &[listed]),
        noted("selection-incomplete", missing, &[]),
        noted("selection-review", review, &[]),
        noted("selection-corrected", corrected, &[Note::Changed { fields: vec!["phone".into()] }]),
    ]
}

/// Limits and rules.
fn refused() -> Vec<Drawn> {
    let last = |of: &str| Outcome::LastInLine {
        position: 4,
        reason: format!("{of}的登记已达到3人的限额"),
    };
    let barred = |why: &str| Outcome::NotEligible { reason: why.to_owned() };
    let not_listed = "“政务公开义务监督员”只面向名单内的人员，名单中没有查到您的姓名，已按“企业及群众代表”登记。如您确在名单之内，请致电0954-3018118说明。".to_owned();
    let once =
        "为了让更多的人有机会参加，365天之内每人只安排一次；您已经参加过或已有名额参加另一场活动。";
    vec![
        one("last-organization", last("同一单位")),
        one("last-sender", last("同一邮箱")),
        one("too-young", barred("本次活动要求参加人在活动当天年满18周岁。")),
        one("too-old", barred("本次活动限活动当天75周岁及以下的人员参加。")),
        one("came-before", barred(once)),
        (
            "not-listed",
            answer(vec![item("XJ21-012", "丁学义", Outcome::Confirmed).noting([not_listed])]),
        ),
        one("rejected", Outcome::Rejected { reason: "所填电话无法接通，未能核实".to_owned() }),
        one("rejected-bare", Outcome::Rejected { reason: String::new() }),
        ("not-yet-open", answer(vec![Item::whole(Outcome::NotYetOpen)])),
        ("closed", answer(vec![Item::whole(Outcome::Closed { early: None })])),
        ("closed-early", closed_early(Some(at("2021-09-13T08:40:00+08:00")))),
        ("closed-and-open-again", closed_early(None)),
    ]
}

/// For a mail that came after an early close; `closed`: which is in force.
fn closed_early(closed: Option<Timestamp>) -> Letter {
    let early = Some(at("2021-09-13T08:40:00+08:00"));
    Letter { closed, ..answer(vec![Item::whole(Outcome::Closed { early })]) }
}

/// What concerns the event.
fn whole() -> Vec<Drawn> {
    let before = (at("2021-09-27T14:30:00+08:00"), "西吉县文化馆二楼会议室".to_owned());
    let moved = |status| Outcome::Moved { status, before: before.clone() };
    let one = |outcome| vec![item("XJ21-007", "马希文", outcome)];
    let day = at("2021-09-27T10:00:00+08:00");
    let two = ["XJ21-007", "XJ21-008"].map(|number| item(number, "马希文", Outcome::Reminder));
    let reason = "因疫情防控需要，近期不组织聚集性活动。".to_owned();
    let events = vec![
        (event().name, event().takes_place),
        (
            "云水县市场监督管理局“你点我检”食品安全开放日".to_owned(),
            at("2021-10-15T14:30:00+08:00"),
        ),
    ];
    vec![
        unasked("reminder", day, one(Outcome::Reminder)),
        unasked("reminder-two", day, two.to_vec()),
        unasked("moved", soon(), one(moved(Status::Confirmed))),
        unasked("moved-in-line", soon(), one(moved(Status::Waitlisted))),
        unasked("moved-in-review", soon(), one(moved(Status::Review))),
        unasked("called-off", soon(), one(Outcome::CalledOff { reason })),
        (
            "called-off-asked",
            answer(vec![Item::whole(Outcome::CalledOff { reason: String::new() })]),
        ),
        ("which-event", answer(vec![Item::whole(Outcome::WhichEvent { events })])),
    ]
}

#[test]
fn digests_are_drawn_for_the_eye() {
    let stationery = Stationery::load(None).unwrap();
    std::fs::create_dir_all(FOLDER).unwrap();
    let mut choice = facts::busy_day();
    for part in &mut choice.events {
        part.event.rules.mode = Mode::Selection { until: told() };
        part.to_call = [7, 8]
            .map(|serial| facts::registration(serial, "马国栋", Status::Confirmed, "13T09:00"))
            .into();
        part.state.told = Some((at("2021-09-27T14:30:00+08:00"), "县文化馆".to_owned()));
    }
    let days = [("busy", facts::busy_day()), ("quiet", facts::quiet_day()), ("choice", choice)];
    for (name, facts) in days {
        let page = write(&stationery, &facts, "西吉县审批服务管理局", &event().zone).unwrap();
        assert!(is_whole(&page.html), "{name}");
        std::fs::write(format!("{FOLDER}/digest-{name}.html"), page.html).unwrap();
        let text = format!("{}\n\n{}", page.subject, page.text);
        std::fs::write(format!("{FOLDER}/digest-{name}.txt"), text).unwrap();
    }
}

fn is_whole(page: &str) -> bool {
    page.starts_with("<!DOCTYPE html>")
        && page.trim_end().ends_with("</html>")
        && page.contains("西吉县审批服务管理局")
}
