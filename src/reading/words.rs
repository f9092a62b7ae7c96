//! Lists of words, sought in one pass.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use std::sync::LazyLock;

/// A compiled list.
#[derive(Debug)]
pub(super) struct Words {
    list: Vec<&'static str>,
    by_first: HashMap<char, Vec<&'static str>>,
    by_last: HashMap<char, Vec<&'static str>>,
    finder: Option<AhoCorasick>,
}

impl Words {
    /// Compiles a list of words divided by blanks.
    #[must_use]
    pub(super) fn new(list: &'static str) -> Self {
        let mut list: Vec<&'static str> = list.split_whitespace().collect();
        list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let finder = AhoCorasickBuilder::new().match_kind(MatchKind::Standard).build(&list).ok();
        let (mut by_first, mut by_last) = (HashMap::new(), HashMap::new());
        for word in &list {
            let ends = word.chars().next().zip(word.chars().next_back());
            if let Some((first, last)) = ends {
                by_first.entry(first).or_insert_with(Vec::new).push(*word);
                by_last.entry(last).or_insert_with(Vec::new).push(*word);
            }
        }
        Self { list, by_first, by_last, finder }
    }

    /// Whether any of them occurs.
    #[must_use]
    pub(super) fn found_in(&self, text: &str) -> bool {
        self.finder.as_ref().is_some_and(|finder| finder.is_match(text))
    }

    /// Where the first one begins.
    #[must_use]
    pub(super) fn first(&self, text: &str) -> Option<usize> {
        self.spans(text).map(|(start, _)| start).min()
    }

    /// All occurrences, also overlapping ones: start and end.
    pub(super) fn spans<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
        let finder = self.finder.as_ref();
        finder.into_iter().flat_map(move |finder| {
            finder.find_overlapping_iter(text).map(|found| (found.start(), found.end()))
        })
    }

    /// The longest word that the text begins with.
    #[must_use]
    pub(super) fn start(&self, text: &str) -> Option<&'static str> {
        let words = self.by_first.get(&text.chars().next()?)?;
        words.iter().copied().find(|word| text.starts_with(word))
    }

    /// The longest word that the text ends with.
    #[must_use]
    pub(super) fn end(&self, text: &str) -> Option<&'static str> {
        let words = self.by_last.get(&text.chars().next_back()?)?;
        words.iter().copied().find(|word| text.ends_with(word))
    }

    /// The words, longest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.list.iter().copied()
    }
}

/// Something whose words can be sought.
pub(super) trait Sought {
    /// Whether any of the words occurs.
    fn within(&self, text: &str) -> bool;
}

impl Sought for LazyLock<Words> {
    fn within(&self, text: &str) -> bool {
        self.found_in(text)
    }
}

impl<const N: usize> Sought for [&str; N] {
    fn within(&self, text: &str) -> bool {
        self.iter().any(|word| text.contains(word))
    }
}

/// Whether any of the words occurs in the text.
pub(super) fn contains(text: &str, words: &impl Sought) -> bool {
    words.within(text)
}

/// Declares a list of words.
macro_rules! words {
    ($($(#[$meta:meta])* $vis:vis $name:ident = $list:literal;)*) => {
        $($(#[$meta])* $vis static $name: std::sync::LazyLock<$crate::reading::words::Words> =
            std::sync::LazyLock::new(|| $crate::reading::words::Words::new($list));)*
    };
}
pub(super) use words;
