//! Reservations that run out, and the brake.

use std::time::Duration;

use baoming::intake::{Look, Receiver};

use crate::bureau::{Bureau, DESK, Setup};
use crate::mails::{self, form, mail};
use crate::stage::{Stage, at};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::skip;
use crate::table::Table;

/// A desk with one place, which an incomplete registration holds; another citizen waits for it.
async fn with_one_held_place() -> Stage {
    let stage = Stage::set(1, at("2021-09-13T09:00:00")).await;
    stage.post(1, &mail(1, "政府开放日报名", &format!("姓名：{}\n", mails::name(1))));
    stage.round().await;
    stage.post(2, &form(2));
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Incomplete", "Waitlisted"]);
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_place_goes_to_the_next_after_its_time_and_a_full_look() {
    let stage = with_one_held_place().await;
    stage.clock.set(at("2021-09-15T08:59:59"));
    assert_eq!(stage.round().await, 0, "its time has not come");
    stage.clock.set(at("2021-09-15T09:00:01"));
    assert_eq!(stage.desk.intake.lapse().await.unwrap(), 0, "nobody has looked since");
    assert_eq!(stage.round().await, 1);
    assert_eq!(stage.statuses().await, ["Cancelled", "Confirmed"]);
    let told: Vec<_> = stage.letters().await.iter().map(|one| one.to.as_str().to_owned()).collect();
    let count = |n| told.iter().filter(|to| **to == mails::address(n)).count();
    assert_eq!((count(1), count(2)), (2, 2), "both are told: {told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_forward_ends_no_hold() {
    let mut stage = with_one_held_place().await;
    // An hour later the clock jumps by three days, and the service is started again.
    stage.clock.set(at("2021-09-13T10:00:00"));
    stage.round().await;
    stage.clock.step(at("2021-09-16T10:00:00"));
    assert_eq!(stage.round().await, 0, "nobody had the time");
    stage.restart().await;
    stage.clock.set(at("2021-09-17T10:00:00"));
    assert_eq!(stage.round().await, 0, "25 hours have passed");
    // What is promised now ends by this clock.
    stage.clock.set(at("2021-09-18T08:58:00"));
    assert_eq!(stage.round().await, 0);
    stage.clock.set(at("2021-09-18T09:01:00"));
    assert_eq!(stage.round().await, 1, "48 hours have passed");
    assert_eq!(stage.statuses().await, ["Cancelled", "Confirmed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_forward_and_back_again_changes_nothing() {
    let stage = with_one_held_place().await;
    stage.clock.step(at("2021-09-16T09:00:00"));
    assert_eq!(stage.round().await, 0);
    stage.clock.set(at("2021-09-16T10:00:00"));
    assert_eq!(stage.round().await, 0);
    stage.clock.step(at("2021-09-13T10:00:00"));
    assert_eq!(stage.round().await, 0);
    stage.clock.set(at("2021-09-15T08:58:00"));
    assert_eq!(stage.round().await, 0);
    stage.clock.set(at("2021-09-15T09:01:00"));
    assert_eq!(stage.round().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_promised_after_a_step_of_the_clock_ends_by_the_new_time() {
    let stage = Stage::set(1, at("2021-09-13T09:00:00")).await;
    stage.round().await;
    stage.clock.step(at("2021-09-15T09:00:00"));
    stage.post(1, &mail(1, "政府开放日报名", &format!("姓名：{}\n", mails::name(1))));
    stage.round().await;
    assert_eq!(stage.statuses().await, ["Incomplete"]);
    stage.clock.set(at("2021-09-17T08:59:00"));
    assert_eq!(stage.round().await, 0);
    stage.clock.set(at("2021-09-17T09:01:00"));
    assert_eq!(stage.round().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_came_in_time_is_never_overtaken_by_the_deadline() {
    let stage = with_one_held_place().await;
    stage.clock.set(at("2021-09-15T08:59:00"));
    stage.post(3, &mail(1, "Re: 报名", &format!("我的电话是{}。\n", mails::phone(1))));
    stage.clock.set(at("2021-09-15T10:00:00"));
    stage.look().await;
    assert_eq!(stage.desk.intake.lapse().await.unwrap(), 0, "the answer waits for its decision");
    stage.desk.intake.decide_all().await.unwrap();
    assert_eq!(stage.desk.intake.lapse().await.unwrap(), 0);
    assert_eq!(stage.statuses().await, ["Confirmed", "Waitlisted"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_arrives_while_a_look_lasts_is_not_counted_as_looked_for() {
    let stage = with_one_held_place().await;
    stage.clock.set(at("2021-09-15T08:59:00"));
    // The look begins before the deadline; a new mail has it wait for the database.
    stage.post(9, &form(9));
    let busy = stage.vault.store.work().await.unwrap();
    let post = &stage.desk.posts[0];
    let mut session = post.source.connect(&stage.clock).await.unwrap();
    let mut receiver = Receiver::default();
    let intake = &stage.desk.intake;
    let looking = receiver.receive(intake, &mut session, "bureau", &post.folders, Look::All);
    tokio::pin!(looking);
    // It has listed the folder once it waits for the database.
    let waits = tokio::time::timeout(Duration::from_millis(500), &mut looking).await;
    assert!(waits.is_err(), "the look did not wait");
    // The answer comes in time, but behind the listing; then the deadline passes.
    stage.post(3, &mail(1, "Re: 报名", &format!("我的电话是{}。\n", mails::phone(1))));
    stage.clock.set(at("2021-09-15T09:30:00"));
    drop(busy);
    looking.await.unwrap();
    intake.decide_all().await.unwrap();
    assert_eq!(intake.lapse().await.unwrap(), 0, "the answer was overtaken by its deadline");
    stage.round().await;
    assert_eq!(stage.statuses().await[0], "Confirmed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_read_no_more_does_not_hold_up_the_deadlines() {
    let mut stage = with_one_held_place().await;
    stage.change("baoming.toml", "folders = [\"INBOX\", \"Junk\"]", "folders = [\"INBOX\"]");
    stage.restart().await;
    stage.clock.set(at("2021-09-16T09:00:00"));
    assert_eq!(stage.round().await, 1);
    assert_eq!(stage.statuses().await, ["Cancelled", "Confirmed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_was_never_seen_holds_up_the_deadlines() {
    let mut stage = with_one_held_place().await;
    stage.change("baoming.toml", "\"Junk\"]", "\"Junk\", \"Other\"]");
    stage.restart().await;
    stage.clock.set(at("2021-09-16T09:00:00"));
    let intake = &stage.desk.intake;
    stage
        .vault
        .store
        .note_pass("bureau", stage.clock.now(), &seen(&["INBOX", "Junk"]))
        .await
        .unwrap();
    assert_eq!(intake.lapse().await.unwrap(), 0);
    stage.vault.store.note_pass("bureau", stage.clock.now(), &seen(&["Other"])).await.unwrap();
    assert_eq!(intake.lapse().await.unwrap(), 1);
}

fn seen(folders: &[&str]) -> Vec<baoming::store::FolderPass> {
    let one = |folder: &&str| baoming::store::FolderPass {
        folder: (*folder).to_owned(),
        uidvalidity: 0,
        listed: 0,
        held: 0,
    };
    folders.iter().map(one).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_digest_is_written_once_a_day_over_restarts_and_caught_up_once() {
    let mut stage = Stage::set(1, at("2021-09-13T17:39:00")).await;
    let mut days = Vec::new();
    let hours = [
        "2021-09-13T17:39:59",
        "2021-09-13T17:40:00",
        "2021-09-13T23:00:00",
        "2021-09-14T17:39:00",
        "2021-09-14T18:00:00",
        // Three days of downtime, up again in the morning.
        "2021-09-18T09:00:00",
        "2021-09-18T17:41:00",
    ];
    for hour in hours {
        stage.clock.set(at(hour));
        for _ in 0..2 {
            stage.restart().await;
            days.extend(stage.desk.digests.post_if_due().await.unwrap());
        }
    }
    assert_eq!(days, ["2021-09-13", "2021-09-14", "2021-09-17", "2021-09-18"]);
    stage.desk.outbox.pass().await.unwrap();
    let letters = stage.letters().await;
    assert_eq!(letters.len(), 4, "one for each, although nothing happened");
    assert!(letters.iter().all(|letter| letter.state.to_string() == "sent"));
}

#[test]
fn the_brake_holds_back_the_answer_that_is_too_many_but_no_promotion() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(2));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    bureau.letters_to_folder();
    bureau.change("baoming.toml", "gap = \"0s\"", "gap = \"0s\"\nper_address = 3");
    bureau.quotas(8, 1);
    server.deliver(DESK, &form(1));
    server.deliver(DESK, &form(2));
    for line in 1..=4 {
        server.deliver(DESK, &mail(2, "请问", &format!("请问可以坐{line}路公交车吗？\n")));
    }
    bureau.well(&["once"]);
    let to = |n: usize| {
        let letters = bureau.letters();
        letters.iter().filter(|letter| letter["to"] == mails::address(n)).count()
    };
    assert_eq!((to(1), to(2)), (1, 3));
    let mut table = Table::of(&bureau);
    let braked = "select count(*) from decision where no_letter = 'braked' and letters = 0";
    assert_eq!(table.number(braked), 2);

    server.deliver(DESK, &mail(1, "取消报名", "我不能参加了，请取消我的报名。\n"));
    bureau.well(&["once"]);
    assert_eq!(bureau.roster()[1]["status"], "confirmed");
    assert_eq!((to(1), to(2)), (2, 4), "the promotion is told");
}
