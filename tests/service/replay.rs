//! I6: the journal, replayed into an empty database, gives the same roster.

use std::collections::BTreeMap;

use baoming::intake::Intake;
use baoming::message::Email;
use baoming::roster::{Channel, OrderKind};
use baoming::settings::Settings;

use crate::mails::{self, form, form_as, mail, mail_with};
use crate::stage::{Stage, at};

/// What the roster says of everybody.
async fn told(stage: &Stage) -> Vec<String> {
    let rows = stage.roster().await;
    rows.iter()
        .map(|one| {
            let it = &one.registration;
            let values: BTreeMap<_, _> =
                it.person.iter().map(|(field, found)| (field, &found.value)).collect();
            format!(
                "{} {:?} {:?} seat {} place {:?} {:?} {:?} {} {:?} {:?}",
                it.number,
                it.status,
                it.category,
                it.seat,
                one.position,
                it.key.arrived,
                it.channel,
                it.reason,
                it.hold_until,
                values
            )
        })
        .collect()
}

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
    let mut again = Stage::set(3, at("2021-09-13T09:00:00")).await;
    let mut settings = None;
    for row in store.decisions(0, 10_000).await.unwrap() {
        println!("{} {} {}", row.seq, row.at, row.source);
        if settings.as_ref() != Some(&row.settings) {
            again.clock.set(row.at);
            let record = store.settings(&row.settings).await.unwrap().unwrap();
            let days = Settings::from_record(&record).unwrap();
            again.take_over(days).await;
            settings = Some(row.settings.clone());
        }
        again.clock.set(row.at);
        let intake = &again.desk.intake;
        match row.source.split_once(':') {
            Some(("message", id)) => message(&stage, intake, id).await,
            Some(("command", id)) => {
                let order = store.command(id).await.unwrap().unwrap().order;
                intake.order(&order.by, Some(&row.event), order.kind).await.unwrap();
            }
            _ => {
                again.look().await;
                intake.lapse().await.unwrap();
                intake.fill().await.unwrap();
            }
        }
    }
    let (first, second) = (told(&stage).await, told(&again).await);
    assert!(first.len() >= 9, "{first:#?}");
    assert_eq!(first, second);
    assert!(again.vault.store.verify_audit().await.unwrap().broken_at.is_none());
}

/// Takes one message in as it arrived, and decides it.
async fn message(from: &Stage, intake: &Intake, id: &str) {
    let raw = from.vault.store.raw(&[id.to_owned()]).await.unwrap();
    let arrivals: Vec<_> = raw.into_iter().map(|(_, arrival)| arrival).collect();
    assert_eq!(arrivals.len(), 1, "the bytes of message {id} are kept");
    intake.store().receive(&arrivals, jiff::Timestamp::MIN).await.unwrap();
    intake.decide_all().await.unwrap();
}
