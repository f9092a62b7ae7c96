//! The ethnic groups of China.

use crate::reading::language::text::Text;
use crate::reading::vocabulary::ETHNIC;

/// Those that live in the north-west, as English writes them.
const LATIN: [(&str, &str); 12] = [
    ("han", "汉"),
    ("hui", "回"),
    ("manchu", "满"),
    ("mongol", "蒙古"),
    ("mongolian", "蒙古"),
    ("tibetan", "藏"),
    ("uygur", "维吾尔"),
    ("uyghur", "维吾尔"),
    ("kazak", "哈萨克"),
    ("kazakh", "哈萨克"),
    ("dongxiang", "东乡"),
    ("salar", "撒拉"),
];

/// The ethnic group in its proper form, if the word names one.
#[must_use]
pub(crate) fn ethnicity(word: &str) -> Option<String> {
    let folded = Text::fold(word);
    let bare = folded.trim().trim_end_matches("民族");
    let bare = if bare.chars().count() > 1 { bare.trim_end_matches('族') } else { bare };
    // 回民
    let bare = bare.strip_suffix('民').unwrap_or(bare);
    let latin = LATIN.iter().find(|(latin, _)| *latin == bare).map(|(_, group)| *group);
    let known = || ETHNIC.split(' ').find(|group| *group == bare);
    latin.or_else(known).map(|group| format!("{group}族"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ethnic_groups_get_their_suffix() {
        assert_eq!(ethnicity("回").as_deref(), Some("回族"));
        assert_eq!(ethnicity("哈萨克族").as_deref(), Some("哈萨克族"));
        assert_eq!(ethnicity("Hui").as_deref(), Some("回族"));
        assert_eq!(ethnicity("回民").as_deref(), Some("回族"));
        assert_eq!(ethnicity("中华民族"), None);
    }
}
