//! Reads mails of one body each and tells what was read in a line.

#![expect(clippy::unwrap_used, reason = "a test stops where a mail cannot be built")]

use std::fmt::Write as _;

use baoming::reading::Reader;

/// Reads a mail with this body and tells it in a line: the kind, `?` where a person is asked, and of
/// each person name, telephone, employer and category.
pub fn said(body: &str) -> String {
    let (subject, body) = match body.strip_prefix("主题：") {
        Some(rest) => rest.split_once('\n').unwrap(),
        None => ("报名", body),
    };
    let mail = format!(
        "From: <somebody77@qq.com>\r\nTo: <xjxspj@163.com>\r\nSubject: {subject}\r\n\
         Date: Sat, 18 Sep 2021 10:00:00 +0800\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n",
        body.replace('\n', "\r\n")
    );
    let reading = Reader::default().read(mail.as_bytes()).reading;
    let mut told = serde_json::to_value(reading.kind).unwrap().as_str().unwrap().to_owned();
    if reading.review() {
        told.push('?');
    }
    for one in &reading.applicants {
        told.push_str(" |");
        for key in ["name", "phone", "organization", "category"] {
            if let Some(value) = one.get(key) {
                write!(told, " {value}").unwrap();
            }
        }
    }
    told
}

pub fn expect(cases: &[(&str, &str)]) {
    for (body, wanted) in cases {
        assert_eq!(said(body), *wanted, "{body}");
    }
}
