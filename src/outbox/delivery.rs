//! How sending one letter ended, as seen on the wire.

use super::smtp::{Answer, Step, Trouble};

/// How sending one letter ended. What follows from it is [`next`](super::refusal::next)'s to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// `250` after the final dot: the provider has it.
    Sent {
        /// The answer, with the provider's id for the letter.
        answer: Answer,
    },
    /// The server said no, and the letter is certainly not on its way.
    Refused {
        /// To what.
        step: Step,
        /// Its words.
        answer: Answer,
    },
    /// Something broke before the text went out: the letter is certainly not on its way.
    NotSent {
        /// What broke.
        trouble: Trouble,
    },
    /// Something broke between the text's first byte and the answer: nobody knows.
    Uncertain {
        /// What broke.
        trouble: Trouble,
    },
}
