//! What a clerk reads after a command: what was noted, or what to type instead.

use std::process::Command;

use crate::bureau::{Done, done};
use crate::mails;
use crate::stage::{Stage, at};

fn run(stage: &Stage, arguments: &[&str]) -> Done {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baoming"));
    command.arg("--config").arg(stage.path("baoming.toml")).args(arguments).env("NO_COLOR", "1");
    done(command)
}

/// A desk with one person who has a place.
async fn with_one() -> Stage {
    let stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    stage.post(1, &mails::form(1));
    stage.round().await;
    stage
}

#[tokio::test]
async fn attend_says_what_was_noted_and_show_keeps_it() {
    let stage = with_one().await;
    for (command, noted) in
        [(&["attend", "XJ21-001"][..], "已签到"), (&["attend", "XJ21-001", "--absent"], "未到场")]
    {
        let said = run(&stage, command);
        assert_eq!(said.code, 0, "{}", said.text);
        assert!(said.text.contains(noted), "{}", said.text);
        let shown = run(&stage, &["show", "XJ21-001"]);
        assert!(shown.text.contains(noted), "{}", shown.text);
    }
}

#[tokio::test]
async fn an_unknown_category_is_refused_with_those_that_there_are() {
    let stage = with_one().await;
    let add = ["add", "--name", "张三丰", "--phone", "13700000002", "--category", "visitor"];
    for command in [&add[..], &["approve", "XJ21-001", "--set", "category=visitor"]] {
        let said = run(&stage, command);
        assert_eq!(said.code, 2, "{}", said.text);
        for words in ["visitor", "supervisor", "representative"] {
            assert!(said.text.contains(words), "{words} is missing: {}", said.text);
        }
    }
}

#[tokio::test]
async fn a_digest_of_a_day_to_come_is_refused_because_it_would_silence_the_real_one() {
    let stage = with_one().await;
    for command in
        [&["digest", "--date", "2999-01-01", "--send"][..], &["digest", "--date", "2999-01-01"]]
    {
        let said = run(&stage, command);
        assert_eq!(said.code, 2, "{}", said.text);
        assert!(said.text.contains("2999-01-01"), "{}", said.text);
    }
    assert_eq!(stage.vault.store.last_digest("").await.unwrap(), None);
}

#[tokio::test]
async fn the_digest_on_the_screen_ends_its_last_line() {
    let stage = with_one().await;
    let said = run(&stage, &["digest"]);
    assert!(said.text.ends_with('\n') && !said.text.ends_with("\n\n"), "{:?}", said.text);
}

#[tokio::test]
async fn before_the_first_start_a_command_says_that_there_is_no_database_yet() {
    let stage = with_one().await;
    stage.change("baoming.toml", "sqlite:baoming.db", "sqlite:other/baoming.db");
    for command in ["list", "status", "digest"] {
        let said = run(&stage, &[command]);
        assert_eq!(said.code, 1, "{}", said.text);
        assert!(said.text.contains("there is no database at"), "{}", said.text);
        assert!(said.text.contains("baoming once"), "{}", said.text);
    }
}

#[tokio::test]
async fn a_lost_key_is_told_apart_from_one_that_is_not_made_yet() {
    let stage = with_one().await;
    std::fs::remove_file(stage.path("baoming.key")).unwrap();
    for command in ["list", "check", "once"] {
        let said = run(&stage, &[command]);
        assert_eq!(said.code, 1, "{command}: {}", said.text);
        assert!(said.text.contains("put back"), "{command}: {}", said.text);
        assert!(!stage.path("baoming.key").exists(), "{command} makes no second key");
    }
}

#[tokio::test]
async fn an_event_that_the_settings_do_not_have_is_named_with_those_that_they_have() {
    let stage = with_one().await;
    let said =
        run(&stage, &["add", "--name", "张三丰", "--phone", "13700000002", "--event", "spring"]);
    assert_eq!(said.code, 2, "{}", said.text);
    assert!(said.text.contains("没有活动 spring") && said.text.contains("event"), "{}", said.text);
}

#[tokio::test]
async fn a_registration_under_review_is_not_settled_away_with_its_place() {
    let stage = Stage::set(3, at("2021-09-13T09:00:00")).await;
    let two = format!(
        "姓名：{}\n电话：{}\n身份证号：64222319880101123X\n身份证号：642223199101011233\n",
        mails::name(2),
        mails::phone(2)
    );
    stage.post(1, &mails::mail(2, "政府开放日报名", &two));
    stage.round().await;
    let said = run(&stage, &["settle", "1"]);
    assert_eq!(said.code, 1, "{}", said.text);
    assert!(said.text.contains("baoming approve XJ21-001"), "{}", said.text);
    assert_eq!(stage.vault.store.open_tasks().await.unwrap().len(), 1);
    assert_eq!(run(&stage, &["approve", "XJ21-001"]).code, 0);
    assert_eq!(stage.vault.store.open_tasks().await.unwrap().len(), 0);
}

#[tokio::test]
async fn the_digest_tells_nothing_of_whoever_was_erased_whatever_category_they_had() {
    let stage = with_one().await;
    assert!(run(&stage, &["digest"]).text.contains("XJ21-001"));
    let erased = run(&stage, &["erase", "--event", "event"]);
    assert_eq!(erased.code, 0, "{}", erased.text);
    let digest = run(&stage, &["digest"]);
    assert!(!digest.text.contains("XJ21-00"), "{}", digest.text);
    assert!(digest.text.contains("新报名 0"), "{}", digest.text);
}
