//! Which candidates count for a wish: what no longer holds, who does not come, what is only asked after.

use super::declined;
use super::older;
use super::on_behalf;
use super::signed;
use super::staying;
use crate::reading::Kind;
use crate::reading::context::case::Case;
use crate::reading::fact::Group;
use crate::reading::values::categories::Categories;

/// Marks and takes out what does not count.
pub(crate) fn weigh(kind: Kind, case: &Case, categories: &Categories, groups: &mut [Group]) {
    if kind == Kind::Registration {
        older::mark_dead(groups, &case.own);
        older::mark_slips(groups, &case.own);
        older::mark_superseded(groups);
        staying::only_named(groups, &case.out);
        signed::covering_card(groups, case);
        declined::mark(groups, &case.own, categories);
        on_behalf::settle(groups, &case.own);
        return;
    }
    if kind == Kind::Change {
        older::respelt(groups);
        older::mark_old(groups, &case.own);
        older::name_put_right(groups, &case.own);
    }
    older::keep_only_category(groups);
    signed::not_theirs(groups, &case.own_lines);
    if kind == Kind::Status {
        older::drop_open_categories(groups, case.wish.asks_which);
    }
}
