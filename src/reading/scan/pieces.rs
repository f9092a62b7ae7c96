//! The pieces of a line: a label with its value, or words without one.

use std::rc::Rc;

use super::{carry, listing};
use crate::reading::Evidence;
use crate::reading::forms::labels::Piece;
use crate::reading::language::text::{Text, cut, until};
use crate::reading::prose::Around;
use crate::reading::scan::Scanner;
use crate::reading::vocabulary::Item;

/// Where a piece stands.
#[derive(Clone, Copy)]
pub(super) struct InLine<'a> {
    pub text: &'a Text,
    pub evidence: &'a Rc<Evidence>,
    pub around: Around,
    /// It is the last piece of the line.
    pub last: bool,
    /// It is the only one.
    pub alone: bool,
    /// The line is one of the last.
    pub ends: bool,
}

impl Scanner<'_> {
    /// Reads a piece.
    pub(super) fn piece(&mut self, piece: Piece, here: InLine<'_>) {
        let InLine { text, evidence, around, last, alone, ends } = here;
        let (items, label, range, firm) = match piece {
            Piece::Pair { items, label, value, firm } => (items, label, value, firm),
            Piece::Free(range) => {
                let last = around.last || ends && last;
                let around = Around { closing: around.closing && alone, last, ..around };
                self.free(&text.part(range), evidence, around);
                return;
            }
        };
        self.of_named(&label, evidence);
        let told = cut(&text.folded, range.clone()).trim_start();
        let before = until(&text.folded, range.start);
        let value = text.part(range.clone());
        let asks = items.iter().all(|item| !matches!(item, Item::Ignored | Item::Contact));
        let ignored = items == [Item::Ignored];
        if items == [Item::Position] && told.starts_with('在') {
            // 干什么的：在葫芦河市场卖菜: told as in a sentence.
            self.free_in_block(&value, evidence, around);
        } else if told.is_empty() && last && asks {
            self.pending = Some(items);
        } else if items == [Item::Contact] {
            self.contact(&value, evidence);
        } else if ignored && carry::remarks(&label, told) {
            self.free(&value, evidence, around);
        } else if ignored && !self.labels.knows(&label) {
            self.unknown_label(&label, &value, evidence, around);
        } else {
            let value = listing::option(&items, before, &value).unwrap_or(value);
            let last = ends && last;
            let from = self.stream.len();
            self.pair(&items, &value, firm, evidence, Around { last, ..around });
            self.of_writer(&label, from);
        }
    }
}
