//! Letters and digests: what they say, what they look like on the wire, and what templates may do.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

#[path = "../support/desk.rs"]
mod desk;
mod facts;

mod announce;
mod digest;
mod form;
mod look;
mod mail;
mod report;
mod rules;
mod templates;
mod words;

use baoming::reply::{Letter, Thread};
use baoming::roster::{Cause, Item, Owed};

use crate::desk::{at, email, office};

/// An answer to the mail `<m1@qq.com>` with the subject 报名参加开放日.
fn answer(items: Vec<Item>) -> Letter {
    let owed = Owed {
        cause: Cause::Message("01A".to_owned()),
        to: email("maxiwen@qq.com"),
        items,
        not_before: None,
    };
    let thread = Thread {
        subject: Some("报名参加开放日".to_owned()),
        in_reply_to: Some("m1@qq.com".to_owned()),
        references: Vec::new(),
    };
    let letter = Letter::new(&office(), "xiji-open-day", owed, at("2021-09-13T08:31:20+08:00"));
    letter.answering(thread, Some("马希文".to_owned()))
}
