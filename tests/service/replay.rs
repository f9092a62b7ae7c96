//! I6: the journal, replayed into an empty database, gives the same roster.

use baoming::message::Email;
use baoming::reading::{Evidence, Field};
use baoming::roster::{Channel, OrderKind};

use crate::mails::{self, form, form_as, mail, mail_with};
use crate::replayed::{differences, told};
use crate::stage::{Stage, at};

/// Two weeks at a desk with three places: mails, answers, orders, a deadline, a raised quota.
async fn story() -> Stage {
    let mut stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    stage.post(1, &form(1));
    stage.post(2, &mail(2, "政府开放日报名", &format!("姓名：{}\n", mails::name(2))));
    for n in 3..=6 {
        stage.post(u32::try_from(n).unwrap(), &form(n));
    }
    stage.post(7, &form_as(7, "政务公开义务监督员"));
    stage.round().await;
    stage.clock.set(at("2021-09-13T11:00:00"));
    let letters = stage.letters().await;
    let to = |n: usize| letters.iter().find(|one| one.to.as_str() == mails::address(n)).unwrap();
    let answer = format!("In-Reply-To: <{}>\r\n", to(4).message_id);
    stage.post(8, &mail_with(4, &answer, "Re: 报名", "我不能参加了，请取消我的报名。\n"));
    stage.post(9, &mail(1, "取消报名", "我不能参加了，请取消我的报名。\n"));
    stage.post(10, &form(3));
    stage.round().await;
    stage.clock.set(at("2021-09-14T09:00:00"));
    let add = OrderKind::Add {
        channel: Channel::Phone,
        person: stage.roster().await[0].registration.person.clone(),
        email: Email::parse(&mails::address(1)),
        away: false,
    };
    stage.desk.intake.order("office", None, add).await.unwrap();
    stage.clock.set(at("2021-09-15T12:00:00"));
    stage.post(11, &form(8));
    stage.post(12, &form(9));
    assert_eq!(stage.round().await, 1, "the second one's time is over");
    stage.clock.set(at("2021-09-16T09:00:00"));
    stage.change("event.toml", "quota = 3", "quota = 4");
    stage.restart().await;
    let cancel = OrderKind::Cancel { number: "XJ21-005".into(), reason: "by telephone".into() };
    stage.desk.intake.order("office", None, cancel).await.unwrap();
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_replayed_into_an_empty_database_gives_the_same_roster() {
    let stage = story().await;
    let store = &stage.vault.store;
    let first = told(store).await;
    assert!(first.len() >= 9, "{first:#?}");
    let differ = differences(store, &stage.path("baoming.toml")).await;
    assert!(differ.is_empty(), "{differ:#?}");
}

/// An event with a list, limits and another event in the same year: what each rule decides.
async fn limited() -> Stage {
    let mut stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    let event = std::fs::read_to_string(stage.path("event.toml")).unwrap();
    let moved = [("XJ21", "SP21"), ("2021-09-08", "2021-03-08"), ("2021-09-13", "2021-03-13")];
    let moved =
        moved.into_iter().chain([("2021-09-24", "2021-03-24"), ("2021-09-28", "2021-03-28")]);
    let spring = moved.fold(event, |text, (from, to)| text.replace(from, to));
    // What is erased cannot be replayed.
    let spring = spring.replace("sender_cap = 5", "sender_cap = 5\nerase_after = \"never\"");
    std::fs::write(stage.path("spring.toml"), spring).unwrap();
    std::fs::write(stage.path("supervisors.csv"), format!("姓名\n{}\n", mails::name(1))).unwrap();
    stage.change("event.toml", "#allow = ", "allow = ");
    stage.change("event.toml", "#otherwise = ", "otherwise = ");
    let limits = "once_per = \"365d\"\nper_sender = 2\nyoungest = 18\nsender_cap = 5";
    stage.change("event.toml", "sender_cap = 5", limits);
    stage.change("baoming.toml", "\"event.toml\"", "\"event.toml\", \"spring.toml\"");
    stage.restart().await;
    let id_number = "64222319880101123X";
    let add = OrderKind::Add {
        channel: Channel::Phone,
        person: person(&[("name", "苏玉梅"), ("phone", "13995400001"), ("id_number", id_number)]),
        email: None,
        away: false,
    };
    stage.desk.intake.order("office", Some("spring"), add).await.unwrap();
    for n in 1..=2 {
        stage.post(u32::try_from(n).unwrap(), &form_as(n, "政务公开义务监督员"));
    }
    // One address registers three, one of whom was there in spring, and a child.
    let people = [
        format!("姓名：苏玉梅\n电话：13995400001\n身份证号：{id_number}\n"),
        "姓名：丁学义\n电话：13995400002\n".to_owned(),
        "姓名：韩博文\n电话：13995400003\n".to_owned(),
        "姓名：田桂英\n电话：13995400004\n".to_owned(),
        "姓名：马小军\n电话：13995400005\n身份证号：642223201001021215\n".to_owned(),
    ];
    for (text, at) in people.iter().zip(3..) {
        stage.post(at, &mail(3, "政府开放日报名", &format!("我要报名。\n{text}")));
    }
    stage.round().await;
    stage
}

/// Number, status and reason of everybody.
async fn standings(stage: &Stage) -> Vec<String> {
    let roster = stage.roster().await;
    let line = |one: &baoming::store::Standing| {
        let it = &one.registration;
        format!("{} {:?} {}", it.number, it.status, it.reason)
    };
    let mut lines: Vec<_> = roster.iter().map(line).collect();
    lines.sort();
    lines
}

fn person(values: &[(&str, &str)]) -> baoming::roster::Person {
    let value = |value: &str| Field { value: value.to_owned(), evidence: Evidence::default() };
    values.iter().map(|(name, text)| ((*name).to_owned(), value(text))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_goes_by_the_lists_and_limits_that_were_in_force() {
    let mut stage = limited().await;
    let mut expected = [
        "SP21-001 Confirmed after-closing",
        "XJ21-001 Confirmed place-free",
        "XJ21-002 Confirmed not-listed",
        "XJ21-003 Refused came-before",
        "XJ21-004 Confirmed place-free",
        "XJ21-005 Confirmed place-free",
        "XJ21-006 Waitlisted sender-limit",
        "XJ21-007 Refused too-young",
    ];
    assert_eq!(standings(&stage).await, expected);
    // A place is given back; whoever is beyond the limit is served after closing.
    stage.clock.set(at("2021-09-14T09:00:00"));
    stage.post(9, &mail(2, "取消报名", "我不能参加了，请取消我的报名。\n"));
    stage.round().await;
    expected[2] = "XJ21-002 Cancelled by-applicant";
    assert_eq!(standings(&stage).await, expected);
    stage.clock.set(at("2021-09-24T17:31:00"));
    stage.round().await;
    expected[6] = "XJ21-006 Confirmed first-in-line";
    assert_eq!(standings(&stage).await, expected);
    // Today's list is another one.
    std::fs::write(stage.path("supervisors.csv"), "姓名\n苏玉梅\n").unwrap();
    stage.restart().await;
    let differ = differences(&stage.vault.store, &stage.path("baoming.toml")).await;
    assert!(differ.is_empty(), "{differ:#?}");
}
