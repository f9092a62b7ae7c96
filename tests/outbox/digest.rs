//! The digest's way: once a day key, over restarts, into the same outbox.

use std::sync::Arc;

use baoming::digest::{Digests, Hour, Options};
use baoming::outbox::{Postman, Sent};
use baoming::reply::Stationery;
use jiff::civil::Time;

use crate::desk::{at, email, event, office};
use crate::office::Office;

fn digests(desk: &Office) -> Digests {
    let options = Options {
        hour: Hour { at: Time::constant(17, 40, 0, 0), zone: event().zone },
        staff: vec![email("one@163.com"), email("two@163.com")],
        office: office(),
        stationery: Arc::new(Stationery::load(None).unwrap()),
        events: vec![event()],
        mailboxes: None,
    };
    Digests::new(desk.store.clone(), desk.clock.clone(), options)
}

#[tokio::test]
async fn each_day_has_one_digest_for_each_of_the_staff_even_when_nothing_happened() {
    let desk = Office::open().await;
    let sent = Sent::default();
    assert_eq!(digests(&desk).post_if_due().await.unwrap(), None);
    desk.clock.set(digests(&desk).next());
    assert_eq!(digests(&desk).post_if_due().await.unwrap().unwrap(), "2021-09-13");
    assert_eq!(digests(&desk).post_if_due().await.unwrap(), None);
    let desk = desk.restarted().await;
    assert_eq!(digests(&desk).post_if_due().await.unwrap(), None);
    assert!(!digests(&desk).post("2021-09-13").await.unwrap());
    assert_eq!(desk.outbox(Postman::Memory(sent.clone())).pass().await.unwrap().sent, 2);
    let mail = String::from_utf8(sent.all().remove(0).mail).unwrap();
    assert!(mail.contains("\r\nAuto-Submitted: auto-generated\r\n"), "{mail}");
    let read = mail_parser::MessageParser::new().parse(mail.as_bytes()).unwrap();
    let subject = read.subject().unwrap();
    assert!(subject.starts_with("【报名日报】9月13日 已确认0/25 待办0件"), "{subject}");
    assert!(read.body_text(0).unwrap().contains("没有新邮件。"));
    assert_eq!(sent.all()[1].to, email("two@163.com"));
}

#[tokio::test]
async fn days_without_a_service_are_caught_up_by_one_digest() {
    let desk = Office::open().await;
    desk.clock.set(at("2021-09-13T17:40:00+08:00"));
    digests(&desk).post_if_due().await.unwrap().unwrap();
    desk.clock.set(at("2021-09-17T09:00:00+08:00"));
    assert_eq!(digests(&desk).post_if_due().await.unwrap().unwrap(), "2021-09-16");
    assert_eq!(digests(&desk).post_if_due().await.unwrap(), None);
    assert_eq!(desk.letters().await.len(), 4);
    assert_eq!(digests(&desk).next(), at("2021-09-17T17:40:00+08:00"));
}

#[tokio::test]
async fn what_is_told_once_is_not_new_again() {
    let desk = Office::open().await;
    desk.owes(&["one@qq.com"]).await;
    desk.clock.set(at("2021-09-13T17:40:00+08:00"));
    digests(&desk).post_if_due().await.unwrap();
    desk.clock.set(at("2021-09-14T10:00:00+08:00"));
    let page = digests(&desk).page("2021-09-14").await.unwrap();
    assert!(page.text.contains("09-13 17:40 至 09-14 10:00"), "{}", page.text);
    assert!(page.text.contains("待发回信：3 封"), "{}", page.text);
}

#[tokio::test]
async fn a_digest_is_written_into_a_folder_as_text_and_html() {
    let desk = Office::open().await;
    let folder = desk.folder.path().join("digests");
    digests(&desk).write_files("2021-09-13", &folder).await.unwrap();
    let html = std::fs::read_to_string(folder.join("2021-09-13.html")).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("企业及群众代表"), "{html}");
    assert!(std::fs::read_to_string(folder.join("2021-09-13.txt")).unwrap().contains("名额 17"));
    assert!(!desk.store.digest_done("2021-09-13").await.unwrap(), "looking is not posting");
}
