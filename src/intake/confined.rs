//! Reading in confined processes, where the desk has them.

use super::Intake;
use super::read::{Lack, Tried, doubt_the_lack};
use crate::confine::{Letter, Pool, Strength};
use crate::mailbox::Arrival;
use crate::store::{Error, Result};

impl Intake {
    /// What confines the processes that read mail, once one was started.
    #[must_use]
    pub fn strength(&self) -> Option<Strength> {
        self.options.pool.as_ref()?.strength()
    }
}

/// Reads messages: `alone` those that brought a reader down before. An error is no message's fault.
pub(super) async fn read(pool: &Pool, raws: Vec<(String, Arrival)>, alone: bool) -> Result<Tried> {
    let mut letters = Vec::with_capacity(raws.len());
    let mut rest = Vec::with_capacity(raws.len());
    for (id, arrival) in raws {
        let empty = arrival.raw.is_empty();
        letters.push(Letter { words: pool.words_of(&arrival.key.mailbox), raw: arrival.raw });
        let lack = Lack { cut_from: arrival.cut_from, empty };
        rest.push((id, arrival.arrived, lack));
    }
    let outcomes = if alone { pool.read_alone(letters).await } else { pool.read(letters).await };
    let outcomes = outcomes.map_err(|error| Error::no_reader(Box::new(error)))?;
    let mut tried = Tried::default();
    for ((id, arrived, lack), outcome) in rest.into_iter().zip(outcomes) {
        match outcome {
            Ok(mut read) => {
                doubt_the_lack(&mut read.reading, lack);
                tried.read.push((id, arrived, *read));
            }
            Err(lost) => {
                tracing::error!(message = id, "a message was not read: {lost}");
                tried.lost.push(id);
            }
        }
    }
    Ok(tried)
}
