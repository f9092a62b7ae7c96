//! What a careful clerk would still ask: what was passed over, what cannot be read, what is unsure.

pub(super) mod account;
pub(super) mod overlooked;
pub(super) mod papers;
pub(super) mod passed_over;
pub(super) mod pictures;
pub(super) mod unheard;
pub(super) mod unsure;
pub(super) mod versions;
