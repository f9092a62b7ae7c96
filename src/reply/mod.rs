//! What is decided becomes a letter that a citizen likes to get.
//!
//! A [`Letter`] is facts only: to whom, about whom, what became of it, in which conversation. It is
//! kept as a row until the outbox sends it. [`Stationery`] holds the templates (those of
//! `config/letters/`, compiled in, unless a directory overrides them) and turns facts into a
//! [`Composed`] letter, text and HTML, with a calendar file when a place is confirmed;
//! [`Composed::to_mail`] makes the bytes that go over the wire.
//!
//! What a stranger wrote (a name, a subject, an id) is trimmed, stripped of control characters and
//! escaped on its way into a letter, and a subject that holds a link is not repeated at all: our
//! answers must not carry anybody's advertisements. Letters say no more about a person than the
//! name and the registration number.

mod calendar;
mod compose;
mod letter;
mod message_id;
mod mime;
mod page;
pub mod plain;
mod samples;
mod stationery;
mod view;
pub mod words;

pub use compose::Composed;
pub use letter::{Letter, Office, Thread};
pub use message_id::{SealKey, may_be_ours};
pub use mime::MailError;
pub(crate) use samples::{sample_event, sample_rules};
pub use stationery::{Stationery, TemplateError};
