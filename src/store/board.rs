//! The board: what a window of requests can touch, looked up in a few statements.

use super::{Result, Work};
use crate::roster::{Board, Event, Wants};

impl Work {
    /// Fills the board for a window of requests; see [`Board`] for what it holds.
    pub async fn board(&mut self, event: &Event, wants: &Wants) -> Result<Board> {
        super::pending()
    }
}
