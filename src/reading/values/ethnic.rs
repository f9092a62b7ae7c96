//! The ethnic groups of China.

use crate::reading::language::text::Text;
use crate::reading::vocabulary::ETHNIC;

/// The ethnic group in its proper form, if the word names one.
#[must_use]
pub(crate) fn ethnicity(word: &str) -> Option<String> {
    let folded = Text::fold(word);
    let bare = folded.trim().trim_end_matches("民族");
    let bare = if bare.chars().count() > 1 { bare.trim_end_matches('族') } else { bare };
    ETHNIC.split(' ').find(|group| *group == bare).map(|group| format!("{group}族"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ethnic_groups_get_their_suffix() {
        assert_eq!(ethnicity("回").as_deref(), Some("回族"));
        assert_eq!(ethnicity("哈萨克族").as_deref(), Some("哈萨克族"));
        assert_eq!(ethnicity("中华民族"), None);
    }
}
