//! Several events open at once on one mailbox: told apart by number, words, tag or where the sender
//! is registered; where that is unclear, the writer is asked, and the answer completes it.

use baoming::roster::Status;

use crate::mails::{self, mail, mail_with};
use crate::replayed::differences;
use crate::stage::{Stage, at};

/// The open day, and a market day of the same bureau, both open.
async fn two() -> Stage {
    let mut stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    let first = std::fs::read_to_string(stage.path("event.toml")).unwrap();
    let second = first
        .replace("西吉县审批服务管理局“政府开放日”活动", "西吉县审批服务管理局“便民集市”活动")
        .replace("prefix = \"XJ21\"", "prefix = \"JS21\"")
        .replace("keywords = [\"政府开放日\", \"开放日\"]", "keywords = [\"便民集市\"]")
        .replace("#tag = \"kfr\"", "tag = \"jishi\"");
    std::fs::write(stage.path("market.toml"), second).unwrap();
    stage.change("baoming.toml", "[\"event.toml\"]", "[\"event.toml\", \"market.toml\"]");
    stage.restart().await;
    stage
}

fn data(n: usize) -> String {
    format!("本人报名参加。\n姓名：{}\n联系电话：{}\n", mails::name(n), mails::phone(n))
}

async fn numbers(stage: &Stage) -> Vec<String> {
    stage.roster().await.into_iter().map(|one| one.registration.number).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn words_tag_and_home_tell_two_open_events_apart() {
    let stage = two().await;
    stage.post(1, &mail(1, "政府开放日报名", &data(1)));
    stage.post(2, &mail(2, "报名", &format!("我想参加便民集市。\n{}", data(2))));
    stage.post(3, &mail_with(3, "Delivered-To: xjxspj+jishi@163.com\r\n", "报名", &data(3)));
    stage.round().await;
    assert_eq!(numbers(&stage).await, ["XJ21-001", "JS21-001", "JS21-002"]);
    // Without a word of which: where they are registered.
    stage.clock.set(at("2021-09-13T10:00:00"));
    stage.post(4, &mail(3, "取消", "我不能参加了，请取消我的报名。\n"));
    stage.round().await;
    let roster = stage.roster().await;
    assert_eq!(roster[2].registration.status, Status::Cancelled, "{:?}", stage.statuses().await);
    let differ = differences(&stage.vault.store, &stage.path("baoming.toml")).await;
    assert!(differ.is_empty(), "{differ:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_names_no_event_is_asked_once_and_the_answer_keeps_the_place_of_the_first_mail() {
    asked_once(|ours| ours).await;
    // The provider gave our letter another Message-ID: the sender is who was asked.
    asked_once(|_| "tencent_0A1B2C3D4E5F@qq.com").await;
}

async fn asked_once(known_as: fn(&str) -> &str) {
    let stage = two().await;
    stage.post(1, &mail(1, "报名", &data(1)));
    stage.round().await;
    assert!(numbers(&stage).await.is_empty(), "nothing is decided");
    let letters = stage.letters().await;
    assert_eq!(letters.len(), 1);
    let file = std::fs::read_dir(stage.path("letters")).unwrap().next().unwrap().unwrap();
    let raw = std::fs::read(file.path()).unwrap();
    let (subject, text) = (mails::subject(&raw), mails::text(&raw));
    assert!(subject.contains("请告知参加哪一场活动") && !subject.contains("开放日"), "{subject}");
    assert!(
        text.contains("“政府开放日”活动，2021年9月28日") && text.contains("“便民集市”活动，"),
        "{text}"
    );
    let page = stage.desk.digests.page("2021-09-13").await.unwrap();
    assert!(page.text.contains("已去信询问是哪一场活动"), "{}", page.text);

    // Somebody else is faster with a clear mail.
    stage.clock.set(at("2021-09-13T10:00:00"));
    stage.post(2, &mail(2, "便民集市报名", &data(2)));
    stage.round().await;
    stage.clock.set(at("2021-09-13T11:00:00"));
    let answer = format!("In-Reply-To: <{}>\r\n", known_as(&letters[0].message_id));
    stage.post(3, &mail_with(1, &answer, "Re: 请告知参加哪一场活动", "我参加便民集市。\n"));
    stage.round().await;
    let roster = stage.roster().await;
    assert_eq!(numbers(&stage).await, ["JS21-002", "JS21-001"], "in the order of the first mails");
    assert_eq!(
        roster[0].registration.key.arrived,
        at("2021-09-13T09:00:00") + jiff::SignedDuration::from_millis(1)
    );
    assert_eq!(roster[0].registration.get("phone"), Some(mails::phone(1).as_str()));
    let page = stage.desk.digests.page("2021-09-13").await.unwrap();
    assert!(!page.text.contains("已去信询问是哪一场活动"), "{}", page.text);
    let differ = differences(&stage.vault.store, &stage.path("baoming.toml")).await;
    assert!(differ.is_empty(), "{differ:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_still_names_no_event_goes_to_the_staff() {
    let stage = two().await;
    stage.post(1, &mail(1, "报名", &data(1)));
    stage.round().await;
    stage.clock.set(at("2021-09-13T11:00:00"));
    stage.post(2, &mail(1, "Re: 报名", &data(1)));
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Review"]);
    let asked = stage.vault.store.open_tasks().await.unwrap();
    assert_eq!(asked.len(), 2, "{asked:#?}");
}
