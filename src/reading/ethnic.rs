//! The ethnic groups of China.

use super::text::Text;
use super::vocabulary::ETHNIC;

/// The ethnic group in its proper form, if the word names one.
#[must_use]
pub(super) fn ethnicity(word: &str) -> Option<String> {
    let folded = Text::fold(word);
    let bare = folded.trim().trim_end_matches("民族");
    let bare = if bare.chars().count() > 1 { bare.trim_end_matches('族') } else { bare };
    ETHNIC.split(' ').find(|group| *group == bare).map(|group| format!("{group}族"))
}
