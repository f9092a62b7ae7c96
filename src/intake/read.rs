//! Reading a window of messages, on all cores, outside any transaction.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError};

use jiff::Timestamp;

use crate::fault;
use crate::mailbox::Arrival;
use crate::reading::{Doubt, Kind, Read, Reading};
use crate::store::{Pending, Result};

use super::{Intake, Options, confined};

/// How many readers may end over one message before it is put into quarantine.
const ATTEMPTS: u32 = 3;

/// When the service has been started so often while a message waited, that message may be what ends
/// it: it is taken in hand alone from then on …
const SUSPECT: u32 = 3;

/// … and when the service has ended so often more with it in hand, it is put into quarantine. Nobody
/// who is killed by something else dies so often in the moments that one message takes.
const ENDINGS: u32 = 10;

/// How many bytes of raw mail one window holds at most, its first message aside: it bounds the
/// memory of a pass over a mailbox full of attachments.
const WINDOW_BYTES: u64 = 8 * 1024 * 1024;

/// The stack of a reading thread, in bytes: a debug build's HTML parser is deep.
const STACK: usize = 16 * 1024 * 1024;

/// Messages that have been read, by ledger id.
pub(super) type Readings = BTreeMap<String, Arc<Read>>;

/// What became of messages that were handed to readers.
#[derive(Default)]
pub(super) struct Tried {
    pub(super) read: Vec<(String, Timestamp, Read)>,
    /// Those that their reader did not live through.
    pub(super) lost: Vec<String>,
}

impl Intake {
    /// The service begins. What waits for a decision was left by one that ended: see [`SUSPECT`].
    pub async fn begin(&self) -> Result<()> {
        self.store.count_start(SUSPECT).await
    }

    /// Reads the first of the pending messages that may be read together, unless they were read
    /// ahead; `None` while the very first is just being read.
    pub(super) async fn read(&self, pending: &[Pending]) -> Result<Option<Readings>> {
        let Some(first) = pending.first() else { return Ok(None) };
        if self.ahead.holds(&first.id) && self.ahead.reading(&first.id).is_none() {
            return Ok(None);
        }
        if first.interrupted < SUSPECT {
            let line = pending.iter().take_while(|one| one.interrupted < SUSPECT);
            return self.read_line(&line.collect::<Vec<_>>()).await.map(Some);
        }
        if first.interrupted >= SUSPECT + ENDINGS {
            let reason = format!("程序处理这封邮件时中断了{ENDINGS}次，原始邮件已保存，请人工查看");
            self.store.quarantine(&first.id, &reason).await?;
            tracing::error!(message = first.id, "put into quarantine: the service ends over it");
            return Ok(Some(Readings::new()));
        }
        let readings = self.read_line(&[first]).await?;
        if !readings.is_empty() {
            self.take_alone(first).await?;
        }
        Ok(Some(readings))
    }

    /// The first of a line that were read ahead, or else as many as may be read together.
    async fn read_line(&self, line: &[&Pending]) -> Result<Readings> {
        let ahead =
            line.iter().map_while(|one| Some((one.id.clone(), self.ahead.reading(&one.id)?)));
        let ahead: Readings = ahead.collect();
        if !ahead.is_empty() {
            return Ok(ahead);
        }
        let mut ids = window(line);
        ids.retain(|id| !self.ahead.holds(id));
        let read = self.read_together(self.store.raw(&ids).await?).await?;
        Ok(read.into_iter().map(|(id, _, read)| (id, Arc::new(read))).collect())
    }

    /// Notes that a message is decided alone now, so that an end of the service is its own. Not
    /// before it is read: that takes a while in which somebody else may end the service, and no
    /// reading can.
    async fn take_alone(&self, one: &Pending) -> Result<()> {
        let before = {
            let mut alone = self.alone.lock().unwrap_or_else(PoisonError::into_inner);
            alone.replace(one.id.clone())
        };
        // A process ends once at most, however often it tries.
        if before.as_ref() == Some(&one.id) {
            return Ok(());
        }
        self.store.count_alone(&one.id).await
    }

    /// Reads messages side by side. One that its reader does not live through is left out: that
    /// counts as an attempt, and it leaves the line ([`read_aside`](Self::read_aside)).
    pub(super) async fn read_together(
        &self,
        raws: Vec<(String, Arrival)>,
    ) -> Result<Vec<(String, Timestamp, Read)>> {
        let tried = self.read_raw(raws, false).await?;
        if !tried.lost.is_empty() {
            self.store.count_attempt(&tried.lost).await?;
        }
        Ok(tried.read)
    }

    /// Reads the first message that left the line because its reader did not live through it: alone,
    /// and meanwhile the others are decided. Once it is read it has its place in the line again;
    /// after too many attempts it is put into quarantine. `false` when there is none.
    pub async fn read_aside(&self) -> Result<bool> {
        let Some(one) = self.store.set_aside(&self.ahead.back()).await? else { return Ok(false) };
        if one.attempts >= ATTEMPTS {
            let reason =
                format!("读取这封邮件时程序中断了{ATTEMPTS}次，原始邮件已保存，请人工查看");
            self.store.quarantine(&one.id, &reason).await?;
            tracing::warn!(message = one.id, "put into quarantine: it cannot be read");
            return Ok(true);
        }
        let id = std::slice::from_ref(&one.id);
        let tried = self.read_raw(self.store.raw(id).await?, true).await?;
        match tried.read.into_iter().next() {
            Some((id, arrived, read)) => self.ahead.bring_back(id, arrived, read),
            None => self.store.count_attempt(id).await?,
        }
        Ok(true)
    }

    pub(super) async fn read_raw(
        &self,
        raws: Vec<(String, Arrival)>,
        alone: bool,
    ) -> Result<Tried> {
        if let Some(pool) = &self.options.pool {
            let mut tried = confined::read(pool, raws, alone).await?;
            self.look(pool, &mut tried).await?;
            return Ok(tried);
        }
        let options = self.options.clone();
        let ids: Vec<_> = raws.iter().map(|(id, _)| id.clone()).collect();
        let read = tokio::task::spawn_blocking(move || read_all(&options, raws)).await;
        let read = read.unwrap_or_default();
        let lost = |id: &String| read.iter().all(|(read, ..)| read != id);
        Ok(Tried { lost: ids.into_iter().filter(lost).collect(), read })
    }
}

/// The ids of the messages to read together: as many as the bounds allow.
fn window(line: &[&Pending]) -> Vec<String> {
    let mut bytes = 0;
    let fitting = line.iter().take_while(|message| {
        let fits = bytes == 0 || bytes + message.size <= WINDOW_BYTES;
        bytes += message.size;
        fits
    });
    fitting.map(|message| message.id.clone()).collect()
}

/// Reads on as many threads as there are cores. A message whose reading panics is left out: it
/// leaves the line and comes again, alone.
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

    fn pending(sizes: &[u64]) -> Vec<Pending> {
        let one = |(uid, size): (u64, &u64)| Pending {
            id: uid.to_string(),
            key: OrderKey {
                arrived: jiff::Timestamp::UNIX_EPOCH,
                mailbox: String::new(),
                folder: String::new(),
                uidvalidity: 0,
                uid,
                place: 0,
            },
            attempts: 0,
            interrupted: 0,
            size: *size,
        };
        (0..).zip(sizes).map(one).collect()
    }

    #[test]
    fn a_window_ends_at_its_bytes_but_holds_one_message_however_large() {
        let ids = |sizes: &[u64]| window(&pending(sizes).iter().collect::<Vec<_>>());
        assert_eq!(ids(&[WINDOW_BYTES * 2, 1]), ["0"]);
        assert_eq!(ids(&[WINDOW_BYTES - 1, 1, 1]), ["0", "1"]);
    }
}
