//! The registration form (报名表), made of the fields that an event asks for.
//!
//! [`form`] is a Word file to print or to fill in and send back, [`lines`] the same as lines of text
//! to be completed in an answer. Both say what the event file says and nothing else, and what people
//! fill in is read back by `reading` (a test fills the form in and reads it). [`Docx`] writes the Word
//! file, and other sheets of the office too.

mod docx;
mod entries;
mod paper;

pub use docx::{Cell, Docx, Style};
pub use entries::{Entry, SUGGESTIONS, entries, lines};
pub use paper::form;

/// What the file is called wherever it is handed out.
pub const FILE: &str = "报名表.docx";
