//! Registration that the staff close before its date: what is still taken, what later mail is told,
//! what the staff see, and that it can be taken back.

use baoming::roster::OrderKind;

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails::{self, form, mail, name, phone};
use crate::replayed::differences;
use crate::stage::{Stage, at};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::{skip, wait_until};

/// The texts of all letters that lie in the folder.
fn texts(stage: &Stage) -> String {
    let files = std::fs::read_dir(stage.path("letters")).unwrap();
    files.map(|one| mails::text(&std::fs::read(one.unwrap().path()).unwrap())).collect()
}

/// One with a place, one who forgot the telephone; closed, looked at, opened again.
async fn closed_and_opened(stage: Stage) {
    let order = |kind| stage.desk.intake.order("office", Some("event"), kind);
    let close = || OrderKind::Close { reason: "报名人数已远超名额".to_owned() };
    stage.post(1, &form(1));
    stage.post(2, &mail(2, "政府开放日报名", &format!("姓名：{}\n", name(2))));
    stage.round().await;
    stage.clock.set(at("2021-09-13T14:00:00"));
    stage.post(1, &form(3));
    stage.clock.set(at("2021-09-13T15:00:00"));
    let would = stage.desk.intake.rehearse("office", Some("event"), close()).await.unwrap();
    assert!(would.verdict.steps.is_empty() && would.verdict.letters.is_empty());
    order(close()).await.unwrap();
    let again = order(close()).await.unwrap_err().to_string();
    assert!(again.contains("已于 2021-09-13 15:00 提前截止"), "{again}");

    // One had arrived an hour before and is read now; the other comes too late.
    stage.clock.set(at("2021-09-13T15:10:00"));
    stage.post(1, &form(4));
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Confirmed", "Cancelled", "Confirmed"]);
    let told = texts(&stage);
    assert!(told.contains("报名已于2021年9月13日（星期一）15:00提前截止"), "{told}");
    assert!(told.contains("这次登记已经失效") && !told.contains("重新来信报名"), "{told}");
    let page = stage.desk.digests.page("2021-09-13").await.unwrap().text;
    let note = "报名已于2021年9月13日（星期一）15:00提前截止（原定2021年9月24日（星期五）17:30）";
    assert!(page.contains(note), "{page}");

    // What arrived meanwhile stays late, also when it is read only after the reopening.
    stage.clock.set(at("2021-09-13T16:00:00"));
    stage.post(1, &form(5));
    stage.clock.set(at("2021-09-13T17:00:00"));
    order(OrderKind::Reopen { reason: "增加了场次".to_owned() }).await.unwrap();
    stage.clock.set(at("2021-09-13T17:01:00"));
    stage.post(1, &form(6));
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Confirmed", "Cancelled", "Confirmed", "Confirmed"]);
    let told = texts(&stage);
    assert!(told.contains("现在报名已经恢复，至2021年9月24日（星期五）17:30截止"), "{told}");
    let page = stage.desk.digests.page("2021-09-13").await.unwrap().text;
    assert!(!page.contains("提前截止"), "{page}");
    let differ = differences(&stage.vault.store, &stage.path("baoming.toml")).await;
    assert!(differ.is_empty(), "{differ:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_early_close_holds_for_what_arrives_after_it_and_is_replayed_as_it_was() {
    closed_and_opened(Stage::set(5, at("2021-09-13T09:00:00")).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_early_close_holds_for_what_arrives_after_it_on_postgresql() {
    if let Some(stage) = Stage::on_postgres(5, at("2021-09-13T09:00:00")).await {
        closed_and_opened(stage).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_early_close_a_mail_that_names_no_event_means_the_one_that_is_open() {
    let mut stage = Stage::set(5, at("2021-09-13T09:00:00")).await;
    let market = std::fs::read_to_string(stage.path("event.toml")).unwrap();
    let market = market.replacen("prefix = \"XJ21\"", "prefix = \"JS21\"", 1);
    std::fs::write(stage.path("market.toml"), market).unwrap();
    stage.change("baoming.toml", "[\"event.toml\"]", "[\"event.toml\", \"market.toml\"]");
    stage.restart().await;
    let close = OrderKind::Close { reason: "报名人数已远超名额".to_owned() };
    stage.desk.intake.order("office", Some("event"), close).await.unwrap();
    stage.clock.set(at("2021-09-13T10:00:00"));
    let text = format!("本人报名参加。\n姓名：{}\n联系电话：{}\n", name(1), phone(1));
    stage.post(1, &mail(1, "报名", &text));
    stage.round().await;
    let numbers: Vec<_> =
        stage.roster().await.into_iter().map(|one| one.registration.number).collect();
    assert_eq!(numbers, ["JS21-001"]);
}

/// Mail is dated to the second, an order to the millisecond: the next mail shall be later.
fn next_second() {
    let now = jiff::Timestamp::now().as_second();
    wait_until("the next second has begun", || {
        (jiff::Timestamp::now().as_second() > now).then_some(())
    });
}

/// The text of the newest letter to a citizen.
fn newest(server: &MailServer, n: usize) -> String {
    mails::text(server.messages(&mails::address(n), "INBOX").last().unwrap())
}

#[test]
fn staff_close_registration_early_see_it_and_take_it_back() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(4));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.quotas(1, 1);
    server.deliver(DESK, &form(1));
    server.deliver(DESK, &form(2));
    bureau.well(&["once"]);
    let reason = ["--reason", "报名人数已远超名额"];
    let close = [&["event", "close", "event"][..], &reason].concat();

    let would = bureau.well(&close);
    assert!(would.contains("报名将从现在起截止；原定"), "{would}");
    assert!(would.contains("已确认 1 人、候补 1 人") && would.contains("待补充 0 人"), "{would}");
    assert!(would.contains("还没有截止") && would.contains("--yes"), "{would}");
    assert!(bureau.well(&["event", "list"]).contains("报名中"), "a rehearsal changes nothing");
    let unsaid = bureau.run(&["event", "close", "event", "--reason", " ", "--yes"]);
    assert!(unsaid.code == 1 && unsaid.text.contains("写明原因"), "{}", unsaid.text);
    assert_eq!(bureau.run(&["event", "close", "spring", "--reason", "x"]).code, 2);

    // What had arrived before the order is taken, although it is read after it.
    server.deliver(DESK, &form(3));
    next_second();
    bureau.well(&[&close[..], &["--yes"]].concat());
    next_second();
    server.deliver(DESK, &form(4));
    bureau.well(&["once"]);
    let statuses =
        || bureau.roster().iter().map(|row| row["status"].to_string()).collect::<String>();
    assert_eq!(statuses(), "\"confirmed\"\"waitlisted\"\"waitlisted\"");
    assert!(newest(&server, 3).contains("第2位"), "{}", newest(&server, 3));
    assert!(newest(&server, 4).contains("提前截止，此次来信未能登记"), "{}", newest(&server, 4));
    assert!(bureau.well(&["event", "list"]).contains("报名已截止（提前）"));
    let shown = bureau.well(&["event", "show", "event"]);
    assert!(
        shown.contains("提前截止（原定") && shown.contains("原因：报名人数已远超名额"),
        "{shown}"
    );
    let twice = bureau.run(&[&close[..], &["--yes"]].concat());
    assert!(twice.code == 1 && twice.text.contains("baoming event reopen"), "{}", twice.text);

    let reopen = ["event", "reopen", "event", "--reason", "增加了场次"];
    let would = bureau.well(&reopen);
    assert!(would.contains("不再改动") && would.contains("还没有恢复"), "{would}");
    next_second();
    bureau.well(&[&reopen[..], &["--yes"]].concat());
    let not_closed = bureau.run(&reopen);
    assert!(
        not_closed.code == 1 && not_closed.text.contains("没有提前截止"),
        "{}",
        not_closed.text
    );
    server.deliver(DESK, &form(4));
    bureau.well(&["once"]);
    assert_eq!(bureau.roster().len(), 4, "whoever writes again counts");
    let shown = bureau.well(&["event", "show", "event"]);
    assert!(shown.contains("曾提前截止") && !shown.contains("原定"), "{shown}");
    assert!(bureau.well(&["event", "list"]).contains("报名中"));
}
