//! What surrounds the words: the letter below an answer, what was handed on, and all that a decision is made on.

pub(super) mod below;
pub(super) mod case;
pub(super) mod disowned;
pub(super) mod handed;
pub(super) mod letter;
