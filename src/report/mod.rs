//! The closing report (活动总结) for the publicity that every open day ends with: who came, in
//! numbers, and what people said, by topics. It names nobody.
//!
//! [`report`] makes a [`Paper`] out of the roster; [`Paper::docx`], [`Paper::markdown`],
//! [`Paper::text`] and [`Paper::html`] write it down.

mod facts;
mod paper;
mod said;
mod write;

pub use paper::{Block, Paper};
pub use write::report;
