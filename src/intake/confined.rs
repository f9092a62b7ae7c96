//! Reading in confined processes, where the desk has them.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

use super::Intake;
use super::read::{Lack, Tried, doubt_the_lack};
use crate::confine::{Letter, Pool, Strength};
use crate::fault;
use crate::mailbox::Arrival;
use crate::reading::Read;
use crate::store::{Error, Result};

/// How long the pictures of one window are looked at in all; meanwhile the others wait, so that it is
/// less than an answer may take. On a machine at its limits a picture takes ten seconds.
const LOOKING: Duration = Duration::from_secs(40);

impl Intake {
    /// What confines the processes that read mail, once one was started.
    #[must_use]
    pub fn strength(&self) -> Option<Strength> {
        self.options.pool.as_ref()?.strength()
    }

    /// Has pictures looked at, where a person must do so anyway: what is recognised helps them. It is
    /// nobody's due: when it takes too long or comes to nothing, the reading stays as it was.
    pub(super) async fn look(&self, pool: &Pool, tried: &mut Tried) -> Result<()> {
        let unseen = |(id, _, read): &(String, Timestamp, Read)| read.unseen.then(|| id.clone());
        let ids: Vec<_> = tried.read.iter().filter_map(unseen).collect();
        if ids.is_empty() || !pool.has_models() {
            return Ok(());
        }
        let deadline = Instant::now() + fault::patience(LOOKING, true);
        for (id, arrival) in self.store.raw(&ids).await? {
            let lack = Lack::of(&arrival);
            let letter = Letter { words: pool.words_of(&arrival.key.mailbox), raw: arrival.raw };
            let looked = tokio::time::timeout_at(deadline, pool.look(letter)).await;
            let why = match looked {
                Ok(Ok(Ok(looked))) => {
                    tried.replace(&id, *looked, lack);
                    continue;
                }
                Ok(Ok(Err(lost))) => lost.to_string(),
                Ok(Err(unavailable)) => unavailable.to_string(),
                Err(_) => "there was no time left".to_owned(),
            };
            tracing::warn!(message = id, why, "the pictures of a message were not looked at");
        }
        Ok(())
    }
}

impl Tried {
    fn replace(&mut self, id: &str, mut read: Read, lack: Lack) {
        doubt_the_lack(&mut read.reading, lack);
        if let Some((.., old)) = self.read.iter_mut().find(|(other, ..)| other == id) {
            *old = read;
        }
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
