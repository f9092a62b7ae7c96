//! Writes down what was decided: roster, letters, tasks, audit, journal and ledger together.

use super::{Decided, Result, Work};
use crate::roster::Event;

impl Work {
    /// Writes a window of decisions in the order given. Refused, with everything undone by the
    /// drop of the work, when a category would have more confirmed than its quota (I2).
    pub async fn record(&mut self, event: &Event, decided: &[Decided]) -> Result<()> {
        super::pending()
    }
}
