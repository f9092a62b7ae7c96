//! Reading a window of messages, on all cores, outside any transaction.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use jiff::Timestamp;

use crate::fault;
use crate::mailbox::Arrival;
use crate::reading::{Doubt, Kind, Read, Reading};
use crate::store::{Pending, Result};

use super::{Intake, Options, confined};

/// How often the reading of one message is begun before it is put aside.
const ATTEMPTS: u32 = 3;

/// How many bytes of raw mail one window holds at most, its first message aside: it bounds the
/// memory of a pass over a mailbox full of attachments.
const WINDOW_BYTES: u64 = 8 * 1024 * 1024;

/// The stack of a reading thread, in bytes: a debug build's HTML parser is deep.
const STACK: usize = 16 * 1024 * 1024;

/// Messages that have been read, by ledger id.
pub(super) type Readings = BTreeMap<String, Arc<Read>>;

impl Intake {
    /// Reads the first of the pending messages that may be read together, unless they were read
    /// ahead; `None` while the very first is just being read. A message whose reading was begun
    /// before is read alone, and put aside when it has brought its reader down too often.
    pub(super) async fn read(&self, pending: &[Pending]) -> Result<Option<Readings>> {
        let Some(first) = pending.first() else { return Ok(None) };
        let ahead =
            pending.iter().map_while(|one| Some((one.id.clone(), self.ahead.reading(&one.id)?)));
        let ahead: Readings = ahead.collect();
        if !ahead.is_empty() {
            return Ok(Some(ahead));
        }
        if self.ahead.holds(&first.id) {
            return Ok(None);
        }
        if first.attempts >= ATTEMPTS {
            let reason =
                format!("读取这封邮件时程序中断了{ATTEMPTS}次，原始邮件已保存，请人工查看");
            self.store.quarantine(&first.id, &reason).await?;
            tracing::warn!(message = first.id, "put into quarantine: it cannot be read");
            return Ok(Some(Readings::new()));
        }
        let mut ids = window(pending);
        ids.retain(|id| !self.ahead.holds(id));
        self.store.begin_attempt(&ids).await?;
        let raws = self.store.raw(&ids).await;
        let raws = self.excuse(&ids, raws).await?;
        let read = self.read_raw(raws).await;
        let read = self.excuse(&ids, read).await?;
        let readings: Readings =
            read.into_iter().map(|(id, _, read)| (id, Arc::new(read))).collect();
        // They wait behind one that was not read, and are not to blame for it.
        let behind = ids.iter().skip_while(|id| readings.contains_key(*id));
        let innocent: Vec<_> = behind.filter(|id| readings.contains_key(*id)).cloned().collect();
        if !innocent.is_empty() {
            let forgiven = self.store.forgive_attempt(&innocent).await;
            self.excuse(&innocent, forgiven).await?;
        }
        Ok(Some(readings))
    }

    /// Reads messages; one that brings its reader down is left out.
    pub(super) async fn read_raw(
        &self,
        raws: Vec<(String, Arrival)>,
    ) -> Result<Vec<(String, Timestamp, Read)>> {
        if let Some(pool) = &self.options.pool {
            return confined::read(pool, raws).await;
        }
        let options = self.options.clone();
        let read = tokio::task::spawn_blocking(move || read_all(&options, raws)).await;
        Ok(read.unwrap_or_default())
    }
}

/// The ids of the messages to read together: one alone after a failed attempt, else as many fresh
/// ones as the bounds allow.
fn window(pending: &[Pending]) -> Vec<String> {
    let mut bytes = 0;
    let fresh = pending.iter().take_while(|message| {
        let fits = bytes == 0 || bytes + message.size <= WINDOW_BYTES;
        bytes += message.size;
        message.attempts == 0 && fits
    });
    let mut ids: Vec<_> = fresh.map(|message| message.id.clone()).collect();
    if ids.is_empty() {
        ids.extend(pending.first().map(|message| message.id.clone()));
    }
    ids
}

/// Reads on as many threads as there are cores. A message whose reading panics is left out: it
/// stays undecided and comes again, alone.
fn read_all(options: &Options, raws: Vec<(String, Arrival)>) -> Vec<(String, Timestamp, Read)> {
    on_reading_threads(raws, |share| read_share(options, share))
}

/// Work on messages in as many shares as there are cores, each on a thread with a stack that is
/// deep enough to read; what a share gives stands in the order of the messages.
pub(crate) fn on_reading_threads<T: Send, R: Send>(
    all: Vec<T>,
    work: impl Fn(Vec<T>) -> Vec<R> + Sync,
) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let share = all.len().div_ceil(cores).max(1);
    let mut rest = all.into_iter();
    let shares: Vec<Vec<_>> = std::iter::repeat_with(|| rest.by_ref().take(share).collect())
        .take_while(|share: &Vec<_>| !share.is_empty())
        .collect();
    let work = &work;
    std::thread::scope(|scope| {
        let begun: Vec<_> = shares
            .into_iter()
            .filter_map(|share| {
                let thread = std::thread::Builder::new().stack_size(STACK);
                thread.spawn_scoped(scope, move || work(share)).ok()
            })
            .collect();
        begun.into_iter().filter_map(|thread| thread.join().ok()).flatten().collect()
    })
}

fn read_share(options: &Options, share: Vec<(String, Arrival)>) -> Vec<(String, Timestamp, Read)> {
    let one = |(id, arrival): (String, Arrival)| {
        let named = options.mailboxes.get(&arrival.key.mailbox);
        // A mailbox that the settings no longer name: its mail is read like another one's.
        let reader = &named.or_else(|| options.mailboxes.values().next())?.reader;
        let read = catch_unwind(AssertUnwindSafe(|| {
            fault::reader(&arrival.raw);
            reader.read(&arrival.raw)
        }));
        let Ok(mut read) = read else {
            tracing::error!(message = id, "the reader panicked");
            return None;
        };
        doubt_the_lack(&mut read.reading, Lack::of(&arrival));
        Some((id, arrival.arrived, read))
    };
    share.into_iter().filter_map(one).collect()
}

/// What is lacking of a message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lack {
    /// It was cut; its whole size.
    pub(super) cut_from: Option<u64>,
    /// There is not a byte of it.
    pub(super) empty: bool,
}

impl Lack {
    pub(crate) fn of(arrival: &Arrival) -> Self {
        Self { cut_from: arrival.cut_from, empty: arrival.raw.is_empty() }
    }
}

/// What is lacking of a message is a doubt. One without a byte is a delivery that broke off: nobody
/// knows who wrote it.
pub(crate) fn doubt_the_lack(reading: &mut Reading, lack: Lack) {
    doubt_the_cut(reading, lack.cut_from);
    if lack.empty {
        reading.doubts.push(Doubt {
            reason: "这封邮件是空的：投递时中断，发件人和内容都没有留下，请联系邮箱管理员查找"
                .to_owned(),
            advice: None,
            concerns: None,
        });
    }
}

/// A message that was too large to be taken whole (`cut_from`: its size) was read by its beginning
/// only.
fn doubt_the_cut(reading: &mut Reading, cut_from: Option<u64>) {
    let Some(size) = cut_from else { return };
    if matches!(reading.kind, Kind::Automatic | Kind::Bounce | Kind::Bulk) {
        return;
    }
    let megabytes = size.div_ceil(1024 * 1024);
    reading.doubts.push(Doubt {
        reason: format!("邮件约{megabytes}MB，超过上限，只读了开头部分，请到邮箱查看原件"),
        advice: Some("您的邮件太大，附件没有读到；请把图片缩小或分开发送".to_owned()),
        concerns: None,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::OrderKey;

    fn pending(sizes_and_attempts: &[(u64, u32)]) -> Vec<Pending> {
        let one = |(uid, (size, attempts)): (u64, &(u64, u32))| Pending {
            id: uid.to_string(),
            key: OrderKey {
                arrived: jiff::Timestamp::UNIX_EPOCH,
                mailbox: String::new(),
                folder: String::new(),
                uidvalidity: 0,
                uid,
                place: 0,
            },
            attempts: *attempts,
            size: *size,
        };
        (0..).zip(sizes_and_attempts).map(one).collect()
    }

    #[test]
    fn a_window_ends_at_its_bytes_but_holds_one_message_however_large() {
        assert_eq!(window(&pending(&[(WINDOW_BYTES * 2, 0), (1, 0)])), ["0"]);
        assert_eq!(window(&pending(&[(WINDOW_BYTES - 1, 0), (1, 0), (1, 0)])), ["0", "1"]);
    }

    #[test]
    fn a_message_that_was_begun_before_is_read_alone() {
        assert_eq!(window(&pending(&[(1, 1), (1, 1), (1, 0)])), ["0"]);
        assert_eq!(window(&pending(&[(1, 0), (1, 0), (1, 1), (1, 0)])), ["0", "1"]);
    }
}
