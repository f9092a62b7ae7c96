//! What is erased with which event where a bureau has several: mail that nobody can read, mail that did
//! not say which event it meant, and what once per period remembers.

use baoming::roster::OrderKind;

use crate::erasure::{connect, desk_with_people, sound, unreadable};
use crate::mails::{self, mail, mail_with};
use crate::stage::{Stage, at};

/// Another day of the same bureau, announced in the autumn, and how its file differs.
async fn with_another_day(stage: &mut Stage, more: &[(&str, &str)]) {
    let mut text = std::fs::read_to_string(stage.path("event.toml")).unwrap();
    let moved = [
        ("西吉县审批服务管理局“政府开放日”活动", "西吉县审批服务管理局“便民集市”活动"),
        ("prefix = \"XJ21\"", "prefix = \"JS21\""),
        ("keywords = [\"政府开放日\", \"开放日\"]", "keywords = [\"便民集市\"]"),
    ];
    for (from, to) in moved.iter().chain(more) {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    std::fs::write(stage.path("market.toml"), text).unwrap();
    stage.change("baoming.toml", "[\"event.toml\"]", "[\"event.toml\", \"market.toml\"]");
    stage.restart().await;
}

/// Three months later.
const LATER: [(&str, &str); 4] = [
    ("announced = \"2021-09-08 00:00\"", "announced = \"2021-12-01 00:00\""),
    ("opens = \"2021-09-13 08:30\"", "opens = \"2021-12-08 08:30\""),
    ("closes = \"2021-09-24 17:30\"", "closes = \"2022-01-20 17:30\""),
    ("takes_place = \"2021-09-28 09:00\"", "takes_place = \"2022-01-25 09:00\""),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_nobody_can_read_goes_by_order_or_with_the_last_event_that_it_may_mean() {
    let mut stage = desk_with_people().await;
    with_another_day(&mut stage, &LATER).await;
    let unread = || async { stage.vault.store.quarantined().await.unwrap().len() };
    stage.clock.set(at("2021-12-10T09:00:00"));
    let mine = unreadable(&stage, 9).await;
    unreadable(&stage, 10).await;
    assert_eq!(unread().await, 3);

    // Somebody says that they wrote it and want it forgotten.
    let intake = &stage.desk.intake;
    assert!(intake.erase_unread("office", "nothing", false).await.is_err());
    let rehearsed = intake.erase_unread("office", &mine, true).await.unwrap();
    assert_eq!((rehearsed.messages, unread().await), (1, 3));
    assert_eq!(intake.erase_unread("office", &mine, false).await.unwrap(), rehearsed);
    assert!(
        !stage.vault.store.reprocess(&mine, "office").await.unwrap(),
        "nothing is left to read"
    );
    sound(&stage).await;

    // Of the other two one came before the second day was announced.
    stage.clock.set(at("2021-12-27T12:00:00"));
    assert_eq!(intake.forget().await.unwrap(), ["event"]);
    assert_eq!(unread().await, 1);
    stage.clock.set(at("2022-04-25T12:00:00"));
    assert_eq!(intake.forget().await.unwrap(), ["market"]);
    assert_eq!(unread().await, 0);
    assert!(stage.vault.store.open_tasks().await.unwrap().is_empty());

    // One that comes in after that is kept for a week.
    unreadable(&stage, 11).await;
    assert_eq!(intake.forget().await.unwrap(), Vec::<String>::new());
    stage.clock.set(at("2022-05-02T12:00:00"));
    intake.forget().await.unwrap();
    assert_eq!(unread().await, 0);
    sound(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_was_asked_which_event_it_means_is_erased_with_the_event_of_the_answer() {
    let mut stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    with_another_day(&mut stage, &[]).await;
    let data = format!("本人报名参加。\n姓名：{}\n联系电话：{}\n", mails::name(1), mails::phone(1));
    for (n, answer) in [(1, "我参加便民集市。\n"), (2, "我参加政府开放日。\n")] {
        stage.post(10, &mail(n, "报名", &data.replace(&mails::name(1), &mails::name(n))));
        stage.round().await;
        let asked = stage.letters().await.remove(0);
        let thread = format!("In-Reply-To: <{}>\r\n", asked.message_id);
        stage.post(20, &mail_with(n, &thread, "Re: 请告知参加哪一场活动", answer));
        stage.round().await;
        stage.clock.set(stage.clock.now() + jiff::SignedDuration::from_hours(1));
    }
    let raw = || async {
        let rows = stage.vault.store.decisions(0, 99).await.unwrap();
        let ids = rows.iter().filter_map(|row| row.source.strip_prefix("message:"));
        let ids: Vec<_> = ids.map(str::to_owned).collect();
        assert_eq!(ids.len(), 4);
        stage.vault.store.raw(&ids).await.unwrap().len()
    };
    assert_eq!((stage.statuses().await.len(), raw().await), (2, 4));

    stage.clock.set(at("2021-09-28T13:00:00"));
    let erase = |event| stage.desk.intake.order("office", Some(event), OrderKind::EraseAll);
    let gone = erase("event").await.unwrap().erased.unwrap();
    assert_eq!((gone.registrations, gone.messages, raw().await), (1, 2, 2), "its own two");
    let letters = stage.letters().await;
    let to = |n| letters.iter().filter(|one| one.to.as_str() == mails::address(n)).count();
    assert_eq!((to(1), to(2)), (2, 0), "those to the other one stay");
    let person = OrderKind::Erase { number: "JS21-001".to_owned() };
    let gone = stage.desk.intake.order("office", None, person).await.unwrap().erased.unwrap();
    assert_eq!((gone.registrations, gone.messages, raw().await), (1, 2, 0));
    sound(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn once_per_period_holds_over_an_erasure_by_traces_that_end_with_the_period() {
    let once = ("hold = \"48h\"", "hold = \"48h\"\nonce_per = \"180d\"");
    let mut stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    stage.change("event.toml", once.0, once.1);
    with_another_day(&mut stage, &LATER).await;
    let person = |n: usize| {
        let id = ["642223196902140015", "642223196902140031"][n - 1];
        let (name, phone) = (mails::name(n), mails::phone(n));
        format!("本人报名参加。\n姓名：{name}\n联系电话：{phone}\n身份证号：{id}\n")
    };
    stage.post(1, &mail(1, "政府开放日报名", &person(1)));
    stage.post(2, &mail(2, "政府开放日报名", &person(2)));
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Confirmed", "Confirmed"]);
    stage.clock.set(at("2021-09-28T12:30:00"));
    let absent = OrderKind::Attend { number: "XJ21-002".to_owned(), present: false };
    stage.desk.intake.order("office", None, absent).await.unwrap();

    stage.clock.set(at("2021-12-27T12:00:00"));
    assert_eq!(stage.desk.intake.forget().await.unwrap(), ["event"]);
    stage.post(3, &mail(1, "便民集市报名", &person(1)));
    stage.post(4, &mail(2, "便民集市报名", &person(2)));
    stage.round().await;
    let why = |one: &baoming::store::Standing| one.registration.reason.clone();
    let roster = stage.roster().await;
    let market: Vec<_> =
        roster.iter().filter(|one| one.registration.event == "market").map(why).collect();
    assert_eq!(market, ["came-before", "place-free"], "who stayed away took nobody's turn");

    let traces = || async {
        let mut conn = connect(&stage).await;
        let found: i64 =
            sqlx::query_scalar("select count(*) from trace").fetch_one(&mut conn).await.unwrap();
        found
    };
    assert_eq!(traces().await, 2, "an identity number, a name with a telephone");
    stage.clock.set(at("2022-03-27T09:00:00"));
    stage.desk.intake.forget().await.unwrap();
    assert_eq!(traces().await, 0, "the period is over");
    sound(&stage).await;
}
