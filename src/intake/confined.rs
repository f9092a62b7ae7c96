//! Reading in confined processes, where the desk has them.

use jiff::Timestamp;

use super::Intake;
use super::read::{Lack, doubt_the_lack};
use crate::confine::{Letter, Pool, Strength};
use crate::mailbox::Arrival;
use crate::reading::Read;
use crate::store::{Error, Result};

impl Intake {
    /// What confines the processes that read mail, once one was started.
    #[must_use]
    pub fn strength(&self) -> Option<Strength> {
        self.options.pool.as_ref()?.strength()
    }
}

/// Reads messages; one that its reader did not live through is left out. An error is no message's
/// fault.
pub(super) async fn read(
    pool: &Pool,
    raws: Vec<(String, Arrival)>,
) -> Result<Vec<(String, Timestamp, Read)>> {
    let mut letters = Vec::with_capacity(raws.len());
    let mut rest = Vec::with_capacity(raws.len());
    for (id, arrival) in raws {
        let empty = arrival.raw.is_empty();
        letters.push(Letter { words: pool.words_of(&arrival.key.mailbox), raw: arrival.raw });
        let lack = Lack { cut_from: arrival.cut_from, empty };
        rest.push((id, arrival.arrived, lack));
    }
    let outcomes = pool.read(letters).await.map_err(|error| Error::no_reader(Box::new(error)))?;
    let mut readings = Vec::with_capacity(outcomes.len());
    for ((id, arrived, lack), outcome) in rest.into_iter().zip(outcomes) {
        match outcome {
            Ok(mut read) => {
                doubt_the_lack(&mut read.reading, lack);
                readings.push((id, arrived, *read));
            }
            Err(lost) => tracing::error!(message = id, "a message was not read: {lost}"),
        }
    }
    Ok(readings)
}
