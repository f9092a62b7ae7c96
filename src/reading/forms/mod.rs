//! Forms and lists as they are laid out: labels with their values, tables, rows, headings, examples.

pub(super) mod examples;
pub(super) mod glued;
pub(super) mod grid;
pub(super) mod grid_lists;
mod grid_rows;
pub(super) mod heads;
mod label_sense;
pub(super) mod label_words;
pub(super) mod labels;
mod misspelt;
mod one_label;
pub(super) mod rows;
pub(super) mod sections;
pub(super) mod spaced;
pub(super) mod squared;
mod table_parts;
mod talk;
pub(super) mod tidied;
pub(super) mod typed;
