//! One known label at the beginning of a text.

use crate::reading::forms::labels::Labels;
use crate::reading::language::text::{from, is_han};
use crate::reading::vocabulary::Item;

impl Labels {
    /// The longest known label, blanks inside it allowed: what it means, and how long it is.
    pub(super) fn one_prefix(&self, folded: &str) -> Option<(Item, usize)> {
        if !folded.starts_with(|c| self.firsts.has(c)) {
            return None;
        }
        let mut bare = String::with_capacity(32);
        let mut length = 0;
        let mut best = None;
        let mut blanks = 0;
        for (at, c) in folded.char_indices() {
            if c == ' ' || c == '\t' {
                blanks += 1;
                if blanks > 8 || length > 1 && blanks > 2 {
                    break;
                }
                continue;
            }
            if !(is_han(c) || c.is_ascii_alphanumeric()) || length >= self.longest {
                break;
            }
            bare.push(c);
            length += 1;
            if length == 2 && !self.seconds.has(c) {
                break;
            }
            let word_ends = self.lasts.has(c)
                && (!c.is_ascii_alphanumeric()
                    || !from(folded, at + c.len_utf8())
                        .starts_with(|c: char| c.is_ascii_alphanumeric()));
            if word_ends && let Some(item) = self.known.get(&bare) {
                best = Some((*item, at + c.len_utf8()));
            }
        }
        best
    }

    /// `姓名=靳晓红/女/民族=汉族`: behind a slash a label of its own begins, a known one, or any where
    /// slashes divide the fields.
    pub(super) fn follows(&self, folded: &str, label: &str) -> bool {
        let fields = folded.split('/').filter(|part| part.contains(['=', '：', ':']));
        self.whole(label).is_some() || fields.count() >= 3
    }
}
