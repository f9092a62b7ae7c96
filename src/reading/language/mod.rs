//! The language itself: text made comparable, lists of words, numbers and marks as people type them.

pub(super) mod choice;
pub(super) mod dialect;
pub(super) mod digit_groups;
pub(super) mod kin;
pub(super) mod marks;
pub(super) mod number_words;
pub(super) mod run_on;
pub(super) mod text;
pub(super) mod words;
