//! Letters of ours that messages answer, are, or bring back.

use std::collections::{BTreeMap, BTreeSet};

use super::Intake;
use super::read::Readings;
use crate::message::{Email, mask_addresses};
use crate::reading::Read;
use crate::reply;
use crate::store::{CameBack, LetterRow, Result};

/// Our own letters by Message-ID, with the registration numbers that each speaks of.
pub(super) type Threads = BTreeMap<String, Thread>;

/// A letter of ours, and the registration numbers that it speaks of.
pub(super) struct Thread {
    pub(super) letter: String,
    pub(super) to: Email,
    pub(super) numbers: Vec<String>,
}

impl Intake {
    /// Our letters that the window's messages answer, or are, with the registration numbers that
    /// each speaks of.
    pub(super) async fn threads(&self, readings: &Readings) -> Result<Threads> {
        let named = readings.values().flat_map(|read| {
            thread_ids(read).chain(read.headers.message_id.as_ref()).chain(returned(read))
        });
        let ids: BTreeSet<_> = named.filter(|id| reply::may_be_ours(id)).cloned().collect();
        if ids.is_empty() {
            return Ok(Threads::new());
        }
        let letters = self.store.letters_by_message_id(&Vec::from_iter(ids)).await?;
        let thread = |letter: LetterRow| Thread {
            letter: letter.id,
            to: letter.to,
            numbers: letter.numbers,
        };
        Ok(letters.into_iter().map(|one| (one.message_id.clone(), thread(one))).collect())
    }
}

/// The ids of the mails that a bounce brings back.
fn returned(read: &Read) -> impl Iterator<Item = &String> {
    read.returned.iter().flat_map(|returned| &returned.ids)
}

/// The letter that a bounce brings back for good. One that is only late is none; one that names no
/// letter of ours changes nothing, whoever wrote it.
pub(super) fn came_back(read: &Read, threads: &Threads) -> Option<CameBack> {
    let back = read.returned.as_ref().filter(|back| back.lost)?;
    let thread = back.ids.iter().find_map(|id| threads.get(id))?;
    let reason = mask_addresses(&back.reason);
    tracing::warn!(letter = thread.letter, reason, "a letter came back");
    let why = match back.reason.as_str() {
        "" => "回信被对方邮箱退回".to_owned(),
        reason => format!("回信被对方邮箱退回：{reason}"),
    };
    Some(CameBack { letter: thread.letter.clone(), numbers: thread.numbers.clone(), why })
}

/// The ids of the messages that a message answers.
pub(super) fn thread_ids(read: &Read) -> impl Iterator<Item = &String> {
    read.headers.in_reply_to.iter().chain(&read.headers.references)
}
