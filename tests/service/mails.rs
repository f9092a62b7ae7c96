//! Mails of invented citizens. Each citizen has a number, and by it an address, a name, a phone.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::bureau::{DESK, STAFF};

const FAMILY: [&str; 10] = ["马", "王", "李", "张", "杨", "苏", "韩", "丁", "田", "陈"];
const GIVEN: [&str; 5] = ["建国", "玉梅", "志强", "淑芳", "彦龙"];

/// The address of a citizen.
pub(crate) fn address(n: usize) -> String {
    format!("c{n:02}@example.test")
}

/// The name of a citizen, another one for each number below fifty.
pub(crate) fn name(n: usize) -> String {
    format!("{}{}", FAMILY[n % 10], GIVEN[n / 10])
}

/// The telephone of a citizen.
pub(crate) fn phone(n: usize) -> String {
    format!("139950{n:05}")
}

/// The desk, the staff and so many citizens.
pub(crate) fn users(citizens: usize) -> Vec<String> {
    let citizens = (1..=citizens).map(address);
    citizens.chain([DESK.to_owned(), STAFF.to_owned()]).collect()
}

/// A complete registration.
pub(crate) fn form(n: usize) -> Vec<u8> {
    form_as(n, "企业及群众代表")
}

/// A complete registration in a category.
pub(crate) fn form_as(n: usize, category: &str) -> Vec<u8> {
    let (name, phone) = (name(n), phone(n));
    let text =
        format!("本人自愿报名参加。\n姓名：{name}\n联系电话：{phone}\n报名类别：{category}\n");
    mail(n, "政府开放日报名", &text)
}

/// Any mail of a citizen; each has a Message-ID of its own.
pub(crate) fn mail(n: usize, subject: &str, text: &str) -> Vec<u8> {
    mail_with(n, "", subject, text)
}

/// The same with more header lines, each with its CRLF.
pub(crate) fn mail_with(n: usize, more: &str, subject: &str, text: &str) -> Vec<u8> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let id = NEXT.fetch_add(1, Ordering::SeqCst);
    let from = address(n);
    format!(
        "From: {from}\r\nTo: {DESK}\r\nSubject: {subject}\r\nMessage-ID: <{id}.{n}@client.test>\r\n\
         {more}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n{}",
        text.replace('\n', "\r\n")
    )
    .into_bytes()
}

/// The decoded subject of a letter.
pub(crate) fn subject(raw: &[u8]) -> String {
    parsed(raw).subject().unwrap().to_owned()
}

/// The Message-ID of a letter.
pub(crate) fn id(raw: &[u8]) -> String {
    parsed(raw).message_id().unwrap().to_owned()
}

/// The text alternative of a letter.
pub(crate) fn text(raw: &[u8]) -> String {
    parsed(raw).body_text(0).unwrap().replace("\r\n", "\n")
}

fn parsed(raw: &[u8]) -> mail_parser::Message<'_> {
    mail_parser::MessageParser::default().parse(raw).unwrap()
}
