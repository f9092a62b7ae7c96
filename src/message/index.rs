//! Words by their first character: many are sought in one pass over a text.

/// Words by the character that they begin (or end) with. Hardly any character of a text begins a
/// word of a list, so a small sieve of bits answers for most of them; where a bit is set, the count of
/// those before it is the place of its words.
#[derive(Debug)]
pub(crate) struct Index<T> {
    sieve: [u64; SIEVE],
    /// How many bits are set before each part of the sieve.
    before: [usize; SIEVE],
    /// By set bit: where its words begin, and at the end their number.
    starts: Vec<usize>,
    words: Vec<T>,
}

/// Sixty-four characters each: the common Han characters fall on different bits eight at a time.
const SIEVE: usize = 64;

impl<T> Index<T> {
    /// Files words under a character each; the order under one character is kept.
    pub(crate) fn new(words: impl IntoIterator<Item = (char, T)>) -> Self {
        let mut sorted: Vec<_> = words.into_iter().map(|(c, word)| (bit(c), word)).collect();
        sorted.sort_by_key(|(bit, _)| *bit);
        let (mut sieve, mut before) = ([0; SIEVE], [0; SIEVE]);
        let (mut starts, mut words, mut last) = (Vec::new(), Vec::new(), None);
        for (bit, word) in sorted {
            if last.replace(bit) != Some(bit) {
                starts.push(words.len());
            }
            if let Some(bits) = sieve.get_mut(bit.0) {
                *bits |= 1_u64 << bit.1;
            }
            words.push(word);
        }
        starts.push(words.len());
        let mut sum = 0;
        for (bits, before) in sieve.iter().zip(&mut before) {
            *before = sum;
            sum += bits.count_ones() as usize;
        }
        Self { sieve, before, starts, words }
    }

    /// The words under a character, and perhaps some of another one: whoever asks compares.
    #[inline]
    pub(crate) fn under(&self, c: char) -> &[T] {
        let (place, bit) = bit(c);
        self.of_bit(place, bit)
    }

    #[inline]
    fn of_bit(&self, place: usize, bit: u32) -> &[T] {
        let bits = self.sieve.get(place).copied().unwrap_or_default();
        if bits >> bit & 1 == 0 {
            return &[];
        }
        let below = (bits & ((1 << bit) - 1)).count_ones() as usize;
        let at = self.before.get(place).copied().unwrap_or_default() + below;
        match self.starts.get(at..at + 2) {
            Some([start, end]) => self.words.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The places of a text where words may begin: the rest of the text from there on, where it
    /// begins, and the words, as [`under`](Self::under) has them.
    pub(crate) fn places<'i, 't>(&'i self, text: &'t str) -> Places<'i, 't, T> {
        Places { index: self, text, at: 0 }
    }
}

/// See [`Index::places`].
pub(crate) struct Places<'i, 't, T> {
    index: &'i Index<T>,
    text: &'t str,
    at: usize,
}

impl<'i, 't, T> Iterator for Places<'i, 't, T> {
    type Item = (usize, &'t str, &'i [T]);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let at = self.at;
            // The last two bytes of a character (of three bytes, nearly always) are its place in the
            // sieve: hardly any need be put together.
            let (length, place, bit) = match *self.text.as_bytes().get(at..)? {
                [0xe0..=0xef, b, c, ..] => (3, b % 64, c % 64),
                [a @ 0..=0x7f, ..] => (1, a / 64, a % 64),
                [a @ 0..=0xdf, b, ..] => (2, a % 32, b % 64),
                [_, _, c, d, ..] => (4, c % 64, d % 64),
                _ => return None,
            };
            self.at += length;
            let words = self.index.of_bit(usize::from(place), u32::from(bit));
            if !words.is_empty() {
                return Some((at, self.text.get(at..)?, words));
            }
        }
    }
}

/// The same as [`str::starts_with`]: most words of a list that fit by their first character differ
/// in their last byte, and one byte is compared sooner than many.
#[inline]
pub(crate) fn begins(text: &str, word: &str) -> bool {
    let last = word.len().wrapping_sub(1);
    text.as_bytes().get(last) == word.as_bytes().get(last) && text.starts_with(word)
}

/// The same as [`str::ends_with`], by the second byte sooner than by all of them.
#[inline]
pub(crate) fn closes(text: &str, word: &str) -> bool {
    let start = text.len().checked_sub(word.len());
    start.is_some_and(|start| text.as_bytes().get(start + 1) == word.as_bytes().get(1))
        && text.ends_with(word)
}

#[inline]
fn bit(c: char) -> (usize, u32) {
    let code = u32::from(c);
    ((code >> 6) as usize % SIEVE, code % 64)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_whatever_its_character_is_made_of() {
        let words = ["a", "é", "报名", "𠮷", "Ω", "～", "\u{7f}", "\u{7ff}", "\u{ffff}"];
        let index = Index::of_firsts(words);
        let text = "b报名 é𠮷a，报Ω～x\u{7f}é\u{7ff}y\u{ffff}a";
        let expected: Vec<_> = text
            .char_indices()
            .filter(|(_, c)| words.iter().any(|word| word.starts_with(*c)))
            .map(|(at, _)| (at, text.get(at..).unwrap()))
            .collect();
        let found: Vec<_> = index.places(text).map(|(at, rest, _)| (at, rest)).collect();
        assert_eq!(found, expected);
    }
}
