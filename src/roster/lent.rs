//! Unused places of a category that another one has: whoever is on one moves to the first place of
//! their own category that falls free.
//!
//! Nobody loses anything by it: they have a place before and after, and no letter is owed. The place
//! that they leave is free again: for its own line first, and while nobody stands there for the line
//! that it was lent to. So a category never lacks its own places while another has them to spare, and
//! the line that would have had the free place gets the other one instead, or has its share already.

use super::desk::Desk;
use super::verdict::Action;
use super::{Board, Registration, Status};

impl Desk<'_> {
    /// Free places of the category go to those of it who are on another's, in their order.
    pub(super) fn move_back(&mut self, category: &str) {
        while self.free(category) > 0 {
            let own = |one: &&Registration| one.category.as_deref() == Some(category);
            let Some(mut back) = self.board.lent.iter().find(own).cloned() else { return };
            self.freed.extend(back.place_of.take());
            if back.status == Status::Confirmed {
                "moved-back".clone_into(&mut back.reason);
            }
            self.record(Action::Promoted, back, "moved-back");
        }
    }
}

impl Board {
    /// Notes whether a registration is on another category's place now.
    pub(super) fn lend(&mut self, after: &Registration) {
        self.lent.retain(|one| one.id != after.id);
        if after.takes_seat() && after.place_of.is_some() {
            let at = self.lent.partition_point(|one| one.key < after.key);
            self.lent.insert(at, after.clone());
        }
    }
}
