//! Lists of words, sought in one pass.

use std::sync::LazyLock;

/// Words by the character that they begin (or end) with. Hardly any character of a text begins a
/// word of a list, so a small sieve of bits answers for most of them.
#[derive(Debug)]
pub(super) struct Index<T> {
    sieve: [u64; SIEVE],
    words: Vec<(char, Vec<T>)>,
}

/// Sixty-four characters each: the common Han characters fall on different bits eight at a time.
const SIEVE: usize = 64;

impl<T> Index<T> {
    /// Files words under a character each; the order under one character is kept.
    pub(super) fn new(words: impl IntoIterator<Item = (char, T)>) -> Self {
        let mut index = Self { sieve: [0; SIEVE], words: Vec::new() };
        for (c, word) in words {
            let (place, bit) = bit(c);
            if let Some(bits) = index.sieve.get_mut(place) {
                *bits |= bit;
            }
            match index.words.binary_search_by_key(&c, |(key, _)| *key) {
                Ok(at) => {
                    if let Some((_, list)) = index.words.get_mut(at) {
                        list.push(word);
                    }
                }
                Err(at) => index.words.insert(at, (c, vec![word])),
            }
        }
        index
    }

    /// The words under a character.
    #[inline]
    pub(super) fn under(&self, c: char) -> &[T] {
        let (place, bit) = bit(c);
        if self.sieve.get(place).is_none_or(|bits| bits & bit == 0) {
            return &[];
        }
        let found = self.words.binary_search_by_key(&c, |(key, _)| *key).ok();
        found.and_then(|at| self.words.get(at)).map_or(&[], |(_, list)| list)
    }

    /// The places of a text where words may begin: the rest of the text from there on, where it
    /// begins, and the words.
    pub(super) fn places<'i, 't>(
        &'i self,
        text: &'t str,
    ) -> impl Iterator<Item = (usize, &'t str, &'i [T])> {
        text.char_indices().filter_map(move |(at, c)| {
            let words = self.under(c);
            (!words.is_empty()).then(|| (at, super::text::from(text, at), words))
        })
    }
}

#[inline]
fn bit(c: char) -> (usize, u64) {
    let code = u32::from(c);
    ((code >> 6) as usize % SIEVE, 1 << (code % 64))
}

/// A compiled list.
#[derive(Debug)]
pub(super) struct Words {
    list: Vec<&'static str>,
    by_first: Index<&'static str>,
    by_last: Index<&'static str>,
}

impl Words {
    /// Compiles a list of words divided by blanks.
    #[must_use]
    pub(super) fn new(list: &'static str) -> Self {
        let mut list: Vec<&'static str> = list.split_whitespace().collect();
        list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let by_first =
            Index::new(list.iter().filter_map(|word| Some((word.chars().next()?, *word))));
        let by_last =
            Index::new(list.iter().filter_map(|word| Some((word.chars().next_back()?, *word))));
        Self { list, by_first, by_last }
    }

    /// Whether any of them occurs.
    #[must_use]
    pub(super) fn found_in(&self, text: &str) -> bool {
        self.first(text).is_some()
    }

    /// Where the first one begins.
    #[must_use]
    pub(super) fn first(&self, text: &str) -> Option<usize> {
        let mut places = self.by_first.places(text);
        places.find(|(_, rest, words)| begins(rest, words)).map(|(at, _, _)| at)
    }

    /// All occurrences, also overlapping ones: start and end.
    pub(super) fn spans<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
        self.by_first.places(text).flat_map(|(at, rest, words)| {
            let here = words.iter().filter(move |word| rest.starts_with(**word));
            here.map(move |word| (at, at + word.len()))
        })
    }

    /// The longest word that the text begins with.
    #[must_use]
    pub(super) fn start(&self, text: &str) -> Option<&'static str> {
        let words = self.by_first.under(text.chars().next()?);
        words.iter().copied().find(|word| text.starts_with(word))
    }

    /// The longest word that the text ends with.
    #[must_use]
    pub(super) fn end(&self, text: &str) -> Option<&'static str> {
        let words = self.by_last.under(text.chars().next_back()?);
        words.iter().copied().find(|word| text.ends_with(word))
    }

    /// The words, longest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.list.iter().copied()
    }
}

fn begins(rest: &str, words: &[&str]) -> bool {
    words.iter().any(|word| rest.starts_with(word))
}

/// Several lists, sought together in one pass.
#[derive(Debug)]
pub(super) struct Chorus {
    lists: Vec<&'static LazyLock<Words>>,
    words: Index<(&'static str, u32)>,
}

impl Chorus {
    /// Joins lists, at most 32.
    #[must_use]
    pub(super) fn new(lists: &[&'static LazyLock<Words>]) -> Self {
        let marked = lists.iter().zip(0..u32::BITS).flat_map(|(list, place)| {
            list.iter().filter_map(move |word| Some((word.chars().next()?, (word, 1 << place))))
        });
        Self { words: Index::new(marked), lists: lists.to_vec() }
    }

    /// Which of the lists have a word in the text.
    #[must_use]
    pub(super) fn hear(&self, text: &str) -> Heard<'_> {
        let mut lists = 0;
        for (_, rest, words) in self.words.places(text) {
            for (word, list) in words {
                if lists & list == 0 && rest.starts_with(word) {
                    lists |= list;
                }
            }
        }
        Heard { chorus: self, lists }
    }
}

/// Which lists have a word in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heard<'c> {
    chorus: &'c Chorus,
    lists: u32,
}

impl Heard<'_> {
    /// Whether any word of this list occurs. A list that is not in the chorus is never heard.
    #[must_use]
    pub(super) fn has(self, list: &'static LazyLock<Words>) -> bool {
        let mut places = self.chorus.lists.iter().zip(0..u32::BITS);
        places.any(|(known, place)| std::ptr::eq(*known, list) && self.lists >> place & 1 == 1)
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
