//! The digest of the real program.

use baoming::roster::Cause;
use jiff::ToSpan as _;
use jiff::tz::TimeZone;

use crate::bureau::{Bureau, STAFF, Setup};
use crate::mails::{self, form};
use crate::stage::{Stage, at};
use crate::support::mailserver::{MailServer, is_root};
use crate::support::{skip, wait_until};

#[test]
fn the_staff_get_one_digest_a_day_over_restarts_although_nothing_happened() {
    if !is_root() {
        return skip::left_out("Postfix runs as root only");
    }
    let server = MailServer::start(&mails::users(1));
    let bureau = Bureau::new(&server, &Setup::Sqlite, None);
    let shanghai = TimeZone::get("Asia/Shanghai").unwrap();
    let now = jiff::Timestamp::now().to_zoned(shanghai);
    // Due a minute ago; in the first minute of a day at its very beginning.
    let due = now.checked_sub(1.minute()).unwrap();
    let due =
        if due.date() == now.date() { due.strftime("%H:%M").to_string() } else { "00:00".into() };
    bureau.change("baoming.toml", "at = \"23:59\"", &format!("at = \"{due}\""));
    for _ in 0..2 {
        let mut service = bureau.start();
        service.until_quiet(1);
        service.until_well();
        service.stop();
    }
    bureau.well(&["once"]);
    let digests = wait_until("the digest has arrived", || {
        let found = server.messages(STAFF, "INBOX");
        (!found.is_empty()).then_some(found)
    });
    assert_eq!((digests.len(), bureau.letters().len()), (1, 1));
    let text = mails::text(&digests[0]);
    for words in ["名额 8 = 已确认 0", "没有待办事项", "未登记的来信：0 封"] {
        assert!(text.contains(words), "{words} is not in the digest:\n{text}");
    }
    let out = bureau.path("out");
    bureau.well(&["digest", "--out", out.to_str().unwrap(), "--date", &now.date().to_string()]);
    for ending in ["html", "txt"] {
        let page = std::fs::read_to_string(out.join(format!("{}.{ending}", now.date()))).unwrap();
        assert!(page.contains("报名日报"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_digest_goes_before_the_letters_that_wait() {
    let stage = Stage::set(3, at("2021-09-13T17:30:00")).await;
    for n in 1..=3 {
        stage.post(u32::try_from(n).unwrap(), &form(n));
    }
    stage.look().await;
    stage.desk.intake.decide_all().await.unwrap();
    stage.clock.set(at("2021-09-13T17:41:00"));
    stage.desk.digests.post_if_due().await.unwrap();
    let due = stage.vault.store.due_letters("", at("2021-09-13T17:41:00"), 2).await.unwrap();
    let causes: Vec<_> =
        due.iter().map(|letter| matches!(letter.cause, Cause::Digest(_))).collect();
    assert_eq!(causes, [true, false]);
}

#[tokio::test]
async fn whoever_writes_too_often_to_be_answered_is_telephoned() {
    let stage = Stage::set(17, at("2021-09-13T09:00:00")).await;
    // One address registers its neighbours, one mail each: the seventh answer is one too many.
    for n in 1..=7 {
        let text = format!("姓名：{}\n联系电话：{}\n", mails::name(n), mails::phone(n));
        stage.post(u32::try_from(n).unwrap(), &mails::mail(1, "政府开放日报名", &text));
    }
    stage.round().await;
    assert_eq!((stage.roster().await.len(), stage.letters().await.len()), (7, 6));
    let page = stage.desk.digests.page("2021-09-13").await.unwrap();
    let (_, undelivered) = page.text.split_once("【需要打电话】").expect(&page.text);
    for words in ["XJ21-007".to_owned(), mails::name(7), mails::phone(7)] {
        assert!(undelivered.contains(&words), "{words} is missing: {undelivered}");
    }
}
