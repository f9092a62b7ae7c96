//! The bytes of a mail: pure ASCII, threaded, and read back as they were meant.
use crate::answer;
use crate::desk::{at, event, item, office};
use baoming::reply::{Letter, Stationery};
use baoming::roster::Outcome;
use mail_parser::{MessageParser, MimeHeaders};

fn mail(letter: &Letter) -> Vec<u8> {
    let composed = Stationery::load(None).unwrap().compose(letter, &event(), &office()).unwrap();
    composed.to_mail(at("2021-09-13T08:32:00+08:00"), &event().zone).unwrap()
}

fn confirmed() -> Letter {
    answer(vec![item("XJ21-007", "马希文", Outcome::Confirmed)])
}

/// The unfolded header `name`.
fn header(mail: &[u8], name: &str) -> String {
    let text = String::from_utf8(mail.to_vec()).unwrap();
    let head = text.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    let start = format!("{name}: ");
    head.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_default().to_owned()
}

#[test]
fn a_mail_is_pure_ascii_with_short_lines_and_the_same_every_time() {
    let bytes = mail(&confirmed());
    assert!(bytes.is_ascii());
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.split("\r\n").all(|line| line.len() <= 100 && !line.contains(['\r', '\n'])));
    assert_eq!(bytes, mail(&confirmed()));
}

#[test]
fn the_headers_say_who_when_in_answer_to_what_and_that_no_machine_shall_answer() {
    let mut letter = confirmed();
    letter.thread.references = vec!["m0@qq.com".to_owned()];
    let bytes = mail(&letter);
    assert_eq!(header(&bytes, "Message-ID"), format!("<{}>", letter.message_id));
    assert_eq!(header(&bytes, "In-Reply-To"), "<m1@qq.com>");
    assert_eq!(header(&bytes, "References"), "<m0@qq.com> <m1@qq.com>");
    assert_eq!(header(&bytes, "Date"), "Mon, 13 Sep 2021 08:32:00 +0800");
    assert_eq!(header(&bytes, "Auto-Submitted"), "auto-replied");
    assert_eq!(header(&bytes, "X-Auto-Response-Suppress"), "All");
    assert_eq!(String::from_utf8(bytes.clone()).unwrap().matches("\r\nDate: ").count(), 1);
    let read = MessageParser::new().parse(&bytes).unwrap();
    assert_eq!(read.subject(), Some("【报名成功】XJ21-007 西吉县审批服务管理局“政府开放日”活动"));
    let from = read.from().unwrap().first().unwrap();
    assert_eq!(from.name(), Some("西吉县审批服务管理局"));
    assert_eq!(from.address(), Some("xjxspj@163.com"));
    assert_eq!(read.to().unwrap().first().unwrap().address(), Some("maxiwen@qq.com"));
}

#[test]
fn text_html_and_calendar_arrive_as_they_were_written() {
    let letter = confirmed();
    let composed = Stationery::load(None).unwrap().compose(&letter, &event(), &office()).unwrap();
    let bytes = mail(&letter);
    let read = MessageParser::new().parse(&bytes).unwrap();
    assert_eq!(read.body_text(0).unwrap().replace("\r\n", "\n"), composed.text);
    assert_eq!(read.body_html(0).unwrap().replace("\r\n", "\n"), composed.html);
    let file = read.attachments().next().unwrap();
    assert_eq!(file.attachment_name(), Some("baoming.ics"));
    assert_eq!(file.text_contents().unwrap(), composed.calendar.unwrap());
    let kind = file.content_type().unwrap();
    assert_eq!((kind.ctype(), kind.subtype()), ("text", Some("calendar")));
    assert_eq!(kind.attribute("method"), Some("PUBLISH"));
    assert_eq!(kind.attribute("name"), Some("baoming.ics"));
}

#[test]
fn a_letter_without_a_confirmed_place_has_no_attachment() {
    let bytes = mail(&answer(vec![item("", "", Outcome::Closed { early: None })]));
    let read = MessageParser::new().parse(&bytes).unwrap();
    assert_eq!(read.attachment_count(), 0);
    assert_eq!(header(&bytes, "Content-Type").split(';').next().unwrap(), "multipart/alternative");
}

#[test]
fn no_header_can_be_smuggled_in() {
    let evil = "x\r\nBcc: all@qq.com\r\n\r\nbody";
    let mut letter = answer(vec![item("XJ21-007", evil, Outcome::Confirmed)]);
    letter.recipient = Some("马希文\r\nX-Evil: 1".to_owned());
    letter.thread.subject = Some(evil.to_owned());
    letter.thread.in_reply_to = Some("a@b\r\nX-Evil: 2".to_owned());
    letter.thread.references = vec!["c@d\r\nX-Evil: 3".to_owned(), "ok@qq.com".to_owned()];
    let bytes = mail(&letter);
    for name in ["Bcc", "X-Evil", "In-Reply-To"] {
        assert_eq!(header(&bytes, name), "", "{name}");
    }
    assert_eq!(header(&bytes, "References"), "<ok@qq.com>");
    let read = MessageParser::new().parse(&bytes).unwrap();
    assert_eq!(read.to().unwrap().clone().into_list().len(), 1);
}

#[test]
fn answers_go_where_the_settings_say() {
    let mut office = office();
    office.reply_to = baoming::message::Email::parse("answers@163.com");
    let composed = Stationery::load(None).unwrap().compose(&confirmed(), &event(), &office);
    let bytes = composed.unwrap().to_mail(event().opens, &event().zone).unwrap();
    assert_eq!(header(&bytes, "Reply-To"), "answers@163.com");
    assert_eq!(header(&mail(&confirmed()), "Reply-To"), "");
}
