//! What concerns everybody of an event: reminders, a day that is moved, a day that is called off.

use baoming::message::Email;
use baoming::roster::{Channel, OrderKind};

use crate::mails::{self, form};
use crate::replayed::{differences, told};
use crate::stage::{Stage, at};

const MOVED: OrderKind = OrderKind::Moved { before: None };

/// Two places: two have them, one waits; one of the two came by telephone.
async fn town() -> Stage {
    let stage = Stage::set(2, at("2021-09-13T09:00:00")).await;
    stage.post(1, &form(1));
    stage.round().await;
    let mut person = stage.roster().await[0].registration.person.clone();
    "柳电话".clone_into(&mut person.get_mut("name").unwrap().value);
    "13700009999".clone_into(&mut person.get_mut("phone").unwrap().value);
    let add = OrderKind::Add { channel: Channel::Phone, person, email: None, away: false };
    stage.desk.intake.order("office", None, add).await.unwrap();
    stage.clock.set(at("2021-09-13T10:00:00"));
    stage.post(2, &form(2));
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Confirmed", "Confirmed", "Waitlisted"]);
    stage
}

/// The subjects of the letters to an address, the oldest first.
async fn subjects(stage: &Stage, to: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut letters = stage.letters().await;
    letters.reverse();
    for letter in letters.into_iter().filter(|one| one.to == Email::parse(to).unwrap()) {
        found.push(format!("{:?} {}", letter.state, letter.numbers.join(" ")));
    }
    found
}

/// The texts of all letters that lie in the folder, decoded.
fn texts(stage: &Stage) -> Vec<String> {
    let mut files: Vec<_> =
        std::fs::read_dir(stage.path("letters")).unwrap().map(|one| one.unwrap().path()).collect();
    files.sort();
    let parser = mail_parser::MessageParser::new();
    files
        .iter()
        .map(|path| {
            let bytes = std::fs::read(path).unwrap();
            let mail = parser.parse(&bytes).unwrap();
            format!("{}\n{}", mail.subject().unwrap(), mail.body_text(0).unwrap())
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_day_before_everybody_with_a_place_is_reminded_once_and_the_digest_says_whom_to_call()
 {
    let stage = town().await;
    let before = stage.letters().await.len();
    stage.clock.set(at("2021-09-27T09:59:00"));
    stage.round().await;
    assert_eq!(stage.letters().await.len(), before);
    stage.clock.set(at("2021-09-27T10:00:00"));
    for _ in 0..3 {
        stage.round().await;
    }
    assert_eq!(stage.letters().await.len(), before + 1);
    let last = texts(&stage).into_iter().find(|text| text.contains("活动提醒")).unwrap();
    assert!(last.contains("XJ21-001") && last.contains("请携带本人身份证"), "{last}");
    let page = stage.desk.digests.page("2021-09-27").await.unwrap();
    assert!(page.text.contains("请打电话提醒：\n    XJ21-002 柳电话 13700009999"), "{}", page.text);
    let differ = differences(&stage.vault.store, &stage.path("baoming.toml")).await;
    assert!(differ.is_empty(), "{differ:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_day_is_told_to_everybody_once_when_the_staff_say_so() {
    let mut stage = town().await;
    let order = |kind| stage.desk.intake.order("office", Some("event"), kind);
    let refused = order(MOVED).await.unwrap_err().to_string();
    assert!(refused.contains("没有变动"), "{refused}");
    stage.change(
        "event.toml",
        "takes_place = \"2021-09-28 09:00\"",
        "takes_place = \"2021-09-29 14:30\"",
    );
    stage.restart().await;
    stage.round().await;
    let before = stage.letters().await.len();
    let page = stage.desk.digests.page("2021-09-13").await.unwrap();
    assert!(page.text.contains("baoming event moved event"), "{}", page.text);
    let would = stage.desk.intake.rehearse("office", Some("event"), MOVED).await.unwrap();
    assert_eq!((would.verdict.letters.len(), would.verdict.tasks.len()), (2, 1));
    assert_eq!(stage.letters().await.len(), before, "a rehearsal sends nothing");
    stage.desk.intake.order("office", Some("event"), MOVED).await.unwrap();
    let again = stage.desk.intake.order("office", Some("event"), MOVED).await;
    assert!(again.is_err(), "nobody is told twice");
    stage.round().await;
    assert_eq!(stage.letters().await.len(), before + 2);
    let told_them = texts(&stage);
    let moved: Vec<_> = told_them.iter().filter(|text| text.contains("活动安排有变")).collect();
    assert_eq!(moved.len(), 2);
    for text in moved {
        assert!(text.contains("原安排：2021年9月28日（星期二）9:00，西吉县政务服务大厅"), "{text}");
        assert!(text.contains("新安排：2021年9月29日（星期三）14:30—17:30"), "{text}");
    }
    let page = stage.desk.digests.page("2021-09-13").await.unwrap();
    assert!(page.text.contains("活动时间或地点有变，没有邮箱，请打电话告知本人"), "{}", page.text);
    let differ = differences(&stage.vault.store, &stage.path("baoming.toml")).await;
    assert!(differ.is_empty(), "{differ:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_is_called_off_is_told_to_everybody_and_to_whoever_still_writes() {
    let stage = town().await;
    let before = stage.letters().await.len();
    let off =
        || OrderKind::CallOff { reason: "因天气原因，道路不便通行。".to_owned() };
    stage.desk.intake.order("office", Some("event"), off()).await.unwrap();
    let again = stage.desk.intake.order("office", Some("event"), off()).await.unwrap_err();
    assert!(again.to_string().contains("已经取消"), "{again}");
    stage.clock.set(at("2021-09-14T10:00:00"));
    stage.post(3, &form(3));
    stage.round().await;
    assert_eq!(stage.letters().await.len(), before + 3);
    assert_eq!(stage.roster().await.len(), 3, "nobody is registered any more");
    let told_them = texts(&stage);
    let off: Vec<_> = told_them.iter().filter(|text| text.contains("因故取消，请勿前往")).collect();
    assert_eq!(off.len(), 3);
    assert_eq!(off.iter().filter(|text| text.contains("道路不便通行")).count(), 2);
    // A place that is given back falls to nobody, and nobody is reminded.
    let cancel = OrderKind::Cancel { number: "XJ21-001".into(), reason: "by telephone".into() };
    stage.desk.intake.order("office", None, cancel).await.unwrap();
    stage.clock.set(at("2021-09-27T10:00:00"));
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Confirmed", "Cancelled", "Waitlisted"]);
    assert_eq!(subjects(&stage, &mails::address(2)).await.len(), 2);
    assert_eq!(told(&stage.vault.store).await.len(), 3);
    let differ = differences(&stage.vault.store, &stage.path("baoming.toml")).await;
    assert!(differ.is_empty(), "{differ:#?}");
}
