//! Lists of words, sought in one pass.

use std::sync::LazyLock;

use crate::message::{Index, begins, closes};

/// A compiled list.
#[derive(Debug)]
pub(crate) struct Words {
    list: Vec<&'static str>,
    by_first: Index<&'static str>,
    by_last: Index<&'static str>,
}

impl Words {
    /// Compiles a list of words divided by blanks.
    #[must_use]
    pub(crate) fn new(list: &'static str) -> Self {
        Self::of(list.split_whitespace().collect())
    }

    /// Several lists as one.
    #[must_use]
    pub(crate) fn join(lists: &[&Self]) -> Self {
        Self::of(lists.iter().flat_map(|words| words.iter()).collect())
    }

    fn of(mut list: Vec<&'static str>) -> Self {
        list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let by_first =
            Index::new(list.iter().filter_map(|word| Some((word.chars().next()?, *word))));
        let by_last =
            Index::new(list.iter().filter_map(|word| Some((word.chars().next_back()?, *word))));
        Self { list, by_first, by_last }
    }

    /// Whether any of them occurs.
    #[must_use]
    pub(crate) fn found_in(&self, text: &str) -> bool {
        self.first(text).is_some()
    }

    /// Where the first one begins.
    #[must_use]
    pub(crate) fn first(&self, text: &str) -> Option<usize> {
        let mut places = self.by_first.places(text);
        places
            .find(|(_, rest, words)| words.iter().any(|word| begins(rest, word)))
            .map(|(at, _, _)| at)
    }

    /// All occurrences, also overlapping ones: start and end.
    pub(crate) fn spans<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
        self.by_first.places(text).flat_map(|(at, rest, words)| {
            let here = words.iter().filter(move |word| begins(rest, word));
            here.map(move |word| (at, at + word.len()))
        })
    }

    /// The longest word that the text begins with.
    #[must_use]
    pub(crate) fn start(&self, text: &str) -> Option<&'static str> {
        let words = self.by_first.under(text.chars().next()?);
        words.iter().copied().find(|word| begins(text, word))
    }

    /// The longest word that the text ends with.
    #[must_use]
    pub(crate) fn end(&self, text: &str) -> Option<&'static str> {
        self.ends(text).next()
    }

    /// All words that the text ends with, longest first.
    pub(crate) fn ends<'t>(&'t self, text: &'t str) -> impl Iterator<Item = &'static str> + 't {
        let last = text.chars().next_back();
        let words = last.map_or(&[][..], |last| self.by_last.under(last));
        words.iter().copied().filter(move |word| closes(text, word))
    }

    /// The words, longest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.list.iter().copied()
    }
}

/// Several lists, sought together in one pass.
#[derive(Debug)]
pub(crate) struct Chorus {
    lists: Vec<&'static LazyLock<Words>>,
    words: Index<(&'static str, u64)>,
}

impl Chorus {
    /// Joins lists, at most 64.
    #[must_use]
    pub(crate) fn new(lists: &[&'static LazyLock<Words>]) -> Self {
        let marked = lists.iter().zip(0..u64::BITS).flat_map(|(list, place)| {
            list.iter().filter_map(move |word| Some((word.chars().next()?, (word, 1 << place))))
        });
        Self { words: Index::new(marked), lists: lists.to_vec() }
    }

    /// Which of the lists have a word in the text.
    #[must_use]
    pub(crate) fn hear(&self, text: &str) -> Heard<'_> {
        let mut lists = 0;
        for (_, rest, words) in self.words.places(text) {
            for (word, list) in words {
                if lists & list == 0 && begins(rest, word) {
                    lists |= list;
                }
            }
        }
        Heard { chorus: self, lists }
    }
}

/// Which lists have a word in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heard<'c> {
    chorus: &'c Chorus,
    lists: u64,
}

impl Heard<'_> {
    /// Whether any word of this list occurs. A list that is not in the chorus is never heard.
    #[must_use]
    pub(crate) fn has(self, list: &'static LazyLock<Words>) -> bool {
        // Hardly any list is heard: only those are gone through.
        let mut heard = self.lists;
        while heard != 0 {
            let known = self.chorus.lists.get(heard.trailing_zeros() as usize);
            if known.is_some_and(|known| std::ptr::eq(*known, list)) {
                return true;
            }
            heard &= heard - 1;
        }
        false
    }
}

/// Something whose words can be sought.
pub(crate) trait Sought {
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
pub(crate) fn contains(text: &str, words: &impl Sought) -> bool {
    words.within(text)
}

/// Declares a list of words.
macro_rules! words {
    ($($(#[$meta:meta])* $vis:vis $name:ident = $list:literal;)*) => {
        $($(#[$meta])* $vis static $name: std::sync::LazyLock<$crate::reading::language::words::Words> =
            std::sync::LazyLock::new(|| $crate::reading::language::words::Words::new($list));)*
    };
}
pub(crate) use words;
