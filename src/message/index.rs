//! Words by their first character: many are sought in one pass over a text.

/// Words by the character that they begin (or end) with. Hardly any character of a text begins a
/// word of a list, so a small sieve of bits answers for most of them.
#[derive(Debug)]
pub(crate) struct Index<T> {
    sieve: [u64; SIEVE],
    words: Vec<(char, Vec<T>)>,
}

/// Sixty-four characters each: the common Han characters fall on different bits eight at a time.
const SIEVE: usize = 64;

impl<T> Index<T> {
    /// Files words under a character each; the order under one character is kept.
    pub(crate) fn new(words: impl IntoIterator<Item = (char, T)>) -> Self {
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
    pub(crate) fn under(&self, c: char) -> &[T] {
        let (place, bit) = bit(c);
        if self.sieve.get(place).is_none_or(|bits| bits & bit == 0) {
            return &[];
        }
        let found = self.words.binary_search_by_key(&c, |(key, _)| *key).ok();
        found.and_then(|at| self.words.get(at)).map_or(&[], |(_, list)| list)
    }

    /// The places of a text where words may begin: the rest of the text from there on, where it
    /// begins, and the words.
    pub(crate) fn places<'i, 't>(
        &'i self,
        text: &'t str,
    ) -> impl Iterator<Item = (usize, &'t str, &'i [T])> {
        text.char_indices().filter_map(move |(at, c)| {
            let words = self.under(c);
            (!words.is_empty()).then(|| (at, text.get(at..).unwrap_or(""), words))
        })
    }
}

/// The same as [`str::starts_with`]: most words of a list that fit by their first character differ
/// in their last byte, and one byte is compared sooner than many.
#[inline]
pub(crate) fn begins(text: &str, word: &str) -> bool {
    let last = word.len().wrapping_sub(1);
    text.as_bytes().get(last) == word.as_bytes().get(last) && text.starts_with(word)
}

#[inline]
fn bit(c: char) -> (usize, u64) {
    let code = u32::from(c);
    ((code >> 6) as usize % SIEVE, 1 << (code % 64))
}

impl Index<&'static str> {
    /// Files each word under its first character.
    pub(crate) fn of_firsts(words: impl IntoIterator<Item = &'static str>) -> Self {
        Self::new(words.into_iter().filter_map(|word| Some((word.chars().next()?, word))))
    }

    /// The words that occur in a text, in its order, as often as they occur.
    pub(crate) fn found<'i>(&'i self, text: &'i str) -> impl Iterator<Item = &'static str> + 'i {
        self.places(text).flat_map(|(_, rest, words)| {
            words.iter().copied().filter(move |word| begins(rest, word))
        })
    }
}
