//! What a value is: names, numbers, employers, posts, places and categories, and the form each must have.

pub(super) mod bounds;
pub(super) mod categories;
pub(super) mod digits;
pub(super) mod dwelling;
pub(super) mod entry;
pub(super) mod ethnic;
pub(super) mod id_number;
mod name_words;
pub(super) mod names;
mod nothing;
pub(super) mod offices;
pub(super) mod places;
pub(super) mod plausible;
pub(super) mod posts;
pub(super) mod refused;
pub(super) mod schools;
mod several;
pub(super) mod behind_label;
