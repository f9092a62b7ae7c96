//! The reading process: confines itself, then answers one message after the other until its pipe
//! is closed.

use std::io::{self, Read as _, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use super::cage;
use super::wire::{self, HEAD, Head, Hello, Kind, LONGEST_LETTER, Ready};
use crate::fault;
use crate::message::picture::Models;
use crate::reading::Reader;

/// How much of the pipe is taken at once, in bytes.
const GULP: usize = 128 * 1024;

/// A payload larger than this is not kept room for, in bytes.
const USUAL: usize = 1024 * 1024;

/// Read before anything else: what can be compiled once is, and a machine on which reading cannot
/// work at all is told from a message that cannot be read.
const SAMPLE: &str = "From: =?UTF-8?B?6ams546J?= <a@example.cn>\r\nSubject: =?UTF-8?B?5oql5ZCN?=\r\n\
    MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>我要报名参加政府开放日。</p>\
    <table><tr><td>姓名</td><td>马玉</td></tr><tr><td>电话</td><td>13909540001</td></tr></table>\
    <p>报名类别：群众代表</p>\r\n";

/// Where the last panic was.
static PANICKED: Mutex<String> = Mutex::new(String::new());

/// Confines this process and reads for its parent; `pictures`: it looks at those, too, and has the
/// memory for it. It must have no other thread. Gives back whether it ended in order.
#[must_use]
pub fn serve(pictures: bool) -> bool {
    let Ok(strength) = cage::enter(pictures) else { return false };
    // The words of a panic can hold somebody's name: only its place is told.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|at| format!("{}:{}", at.file(), at.line()));
        *PANICKED.lock().unwrap_or_else(PoisonError::into_inner) = place.unwrap_or_default();
    }));
    let mut pipe = io::BufReader::with_capacity(GULP, io::stdin().lock());
    answer(&mut pipe, &mut Out(io::stdout()), Ready { strength }).is_some()
}

/// Standard output without the buffer for lines.
struct Out(io::Stdout);

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::write(&self.0, bytes)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn answer(from: &mut impl io::Read, to: &mut impl Write, ready: Ready) -> Option<()> {
    let mut payload = Vec::new();
    let first = receive(from, &mut payload)?;
    if first.kind != Kind::Hello {
        return None;
    }
    let Hello { words, models } = wire::decode(&payload)?;
    let recogniser = models.map(Models::recogniser).transpose().ok()?;
    let sighted = |reader: Reader| match &recogniser {
        Some(recogniser) => reader.with_recogniser(recogniser.clone()),
        None => reader,
    };
    let readers: Vec<_> = words.into_iter().map(|words| sighted(Reader::new(words))).collect();
    for reader in &readers {
        let _ = reader.read(SAMPLE.as_bytes());
    }
    let mut out = Vec::new();
    wire::encode(&mut out, Kind::Ready, 0, &ready)?;
    to.write_all(&out).ok()?;
    while let Some(head) = receive(from, &mut payload) {
        if head.kind != Kind::Letter {
            return None;
        }
        let reader = readers.get(usize::from(head.words))?;
        out.clear();
        read(reader, &payload, head.number, &mut out)?;
        // At once: what has no answer when a process dies is what killed it.
        to.write_all(&out).ok()?;
        for buffer in [&mut payload, &mut out] {
            if buffer.capacity() > USUAL {
                *buffer = Vec::new();
            }
        }
    }
    Some(())
}

/// The next frame; `None` at the end of the pipe, or when it is none.
fn receive(from: &mut impl io::Read, payload: &mut Vec<u8>) -> Option<Head> {
    let mut head = [0; HEAD];
    from.read_exact(&mut head).ok()?;
    let head = Head::parse(head, LONGEST_LETTER)?;
    payload.clear();
    let length = u64::try_from(head.length).ok()?;
    let came = from.take(length).read_to_end(payload).ok()?;
    (came == head.length).then_some(head)
}

fn read(reader: &Reader, raw: &[u8], number: u64, out: &mut Vec<u8>) -> Option<()> {
    let read = catch_unwind(AssertUnwindSafe(|| {
        fault::reader(raw);
        reader.read(raw)
    }));
    if let Some(lie) = fault::lie(raw) {
        out.extend(lie);
        return Some(());
    }
    if let Ok(read) = read {
        return wire::encode(out, Kind::Read, number, &read);
    }
    let place = PANICKED.lock().unwrap_or_else(PoisonError::into_inner).clone();
    wire::encode(out, Kind::Panicked, number, &place)
}
