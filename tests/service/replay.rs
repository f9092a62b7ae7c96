//! I6: the journal, replayed into an empty database, gives the same roster.

use baoming::message::Email;
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
