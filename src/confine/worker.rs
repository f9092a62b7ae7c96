//! One child as the pool sees it: what it was given, what it answered, how long it has taken.

use std::collections::VecDeque;
use std::fs;
use std::io::{self, IoSlice};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::buffer::spare_capacity;
use rustix::io::Errno;

use super::wire::{self, HEAD, Head, Kind, LONGEST_ANSWER, LONGEST_LETTER, Ready};
use super::{Lost, Options, Outcome};
use crate::fault;

/// How long a child may take to confine itself, compile the words and read its sample.
const START: Duration = Duration::from_mins(1);

/// The room of each pipe, in bytes: how far the two sides may run ahead of each other.
const PIPE: usize = 512 * 1024;

/// How much of a child's answers is taken at once, in bytes.
const GULP: usize = 128 * 1024;

/// How many pieces one system call writes.
const PIECES: usize = 64;

/// After so many answers it is looked how large a child has grown.
const LOOK: u64 = 64;

/// After so much time at work a child is replaced, long before its processor time ends.
const TIRED: Duration = Duration::from_mins(2);

/// A message in the pool: whose it is, and its bytes, kept until it is answered.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) job: u64,
    pub(super) place: usize,
    pub(super) words: u16,
    pub(super) raw: Vec<u8>,
}

/// What a child has brought.
pub(super) enum Brought {
    Ready(Ready),
    Answer(Task, Outcome),
}

/// Why a child is at its end.
#[derive(Debug)]
pub(super) enum End {
    /// Its pipe was closed: it died, or is about to.
    Gone,
    Late,
    Lied,
}

struct Given {
    head: [u8; HEAD],
    number: u64,
    task: Task,
}

/// A child with its pipes.
pub(super) struct Worker {
    child: Child,
    to: ChildStdin,
    from: ChildStdout,
    /// The first frame.
    hello: Vec<u8>,
    ready: bool,
    given: VecDeque<Given>,
    /// How many of `given` are written as a whole, and how many bytes of the next one (of the
    /// first frame, before it is ready).
    written: usize,
    partly: usize,
    came: Vec<u8>,
    next_number: u64,
    answered: u64,
    worked: Duration,
    /// When it began with what it has in hand.
    since: Instant,
    retires: bool,
    /// It does not take what is written.
    deaf: bool,
}

impl Worker {
    /// Starts a child. `hello` is its first frame.
    pub(super) fn start(options: &Options, hello: &[u8]) -> io::Result<Self> {
        let mut command = Command::new(&options.program);
        command.arg0("baoming").args(&options.arguments).env_clear();
        fault::pass_on(&mut command);
        // A terminal's Ctrl-C is for the service: it finishes what it has in hand.
        command.process_group(0);
        // What it complains of may hold a citizen's words.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        // A smaller pipe works as well.
        let _ = rustix::pipe::fcntl_setpipe_size(&to, PIPE);
        let _ = rustix::pipe::fcntl_setpipe_size(&from, PIPE);
        let worker = Self {
            child,
            to,
            from,
            hello: hello.to_vec(),
            ready: false,
            given: VecDeque::new(),
            written: 0,
            partly: 0,
            came: Vec::new(),
            next_number: 1,
            answered: 0,
            worked: Duration::ZERO,
            since: Instant::now(),
            retires: false,
            deaf: false,
        };
        rustix::io::ioctl_fionbio(&worker.to, true)?;
        rustix::io::ioctl_fionbio(&worker.from, true)?;
        Ok(worker)
    }

    pub(super) fn pipes(&self) -> (&ChildStdin, &ChildStdout) {
        (&self.to, &self.from)
    }

    pub(super) fn is_ready(&self) -> bool {
        self.ready
    }

    /// How many messages it has in hand.
    pub(super) fn in_hand(&self) -> usize {
        self.given.len()
    }

    /// It takes no more messages.
    pub(super) fn retires(&self) -> bool {
        self.retires || self.deaf
    }

    pub(super) fn has_to_write(&self) -> bool {
        !self.deaf && (!self.hello.is_empty() || self.written < self.given.len())
    }

    /// When it will have taken too long, if it is at work.
    pub(super) fn due(&self, patience: Duration) -> Option<Instant> {
        match (self.ready, self.given.is_empty()) {
            (false, _) => Some(self.since + START),
            (true, false) => Some(self.since + patience),
            (true, true) => None,
        }
    }

    /// Since when it has had nothing to do.
    pub(super) fn idle_since(&self) -> Option<Instant> {
        (self.ready && self.given.is_empty()).then_some(self.since)
    }

    /// Hands it a message; gives it back when no frame can hold it.
    pub(super) fn give(&mut self, task: Task) -> Result<(), Task> {
        let number = self.next_number;
        let (length, words) = (task.raw.len(), task.words);
        let head = Head { kind: Kind::Letter, words, length, number };
        let fits = length <= LONGEST_LETTER;
        let Some(head) = head.bytes().filter(|_| fits) else { return Err(task) };
        self.next_number += 1;
        if self.given.is_empty() {
            self.since = Instant::now();
        }
        self.given.push_back(Given { head, number, task });
        Ok(())
    }

    /// Writes what the pipe takes. One that does not hear any more gets nothing: what it has
    /// answered still counts, until its other pipe ends as well.
    pub(super) fn write(&mut self) {
        while self.has_to_write() {
            let written = if self.hello.is_empty() {
                let pieces: Vec<_> = self.pieces().collect();
                rustix::io::writev(&self.to, &pieces)
            } else {
                rustix::io::write(&self.to, self.hello.get(self.partly..).unwrap_or_default())
            };
            match written {
                Ok(bytes) => self.advance(bytes),
                Err(Errno::AGAIN) => return,
                Err(Errno::INTR) => {}
                Err(_) => self.deaf = true,
            }
        }
    }

    /// What is still to be written, from the byte on that comes next.
    fn pieces(&self) -> impl Iterator<Item = IoSlice<'_>> {
        let mut skip = self.partly;
        let parts = self.given.iter().skip(self.written).take(PIECES / 2);
        parts.flat_map(|given| [given.head.as_slice(), &given.task.raw]).map(move |part| {
            let from = skip.min(part.len());
            skip -= from;
            IoSlice::new(part.get(from..).unwrap_or_default())
        })
    }

    fn advance(&mut self, bytes: usize) {
        self.partly += bytes;
        if !self.hello.is_empty() {
            if self.partly >= self.hello.len() {
                self.hello = Vec::new();
                self.partly = 0;
            }
            return;
        }
        while let Some(given) = self.given.get(self.written) {
            let whole = HEAD + given.task.raw.len();
            if self.partly < whole {
                break;
            }
            self.partly -= whole;
            self.written += 1;
        }
    }

    /// Takes what has come; everything complete goes to `brought`.
    pub(super) fn read(&mut self, brought: &mut Vec<Brought>) -> Result<(), End> {
        self.came.reserve(GULP);
        match rustix::io::read(&self.from, spare_capacity(&mut self.came)) {
            Ok(0) => Err(End::Gone),
            Ok(_) => self.take_frames(brought),
            Err(Errno::AGAIN | Errno::INTR) => Ok(()),
            Err(_) => Err(End::Gone),
        }
    }

    fn take_frames(&mut self, brought: &mut Vec<Brought>) -> Result<(), End> {
        let came = std::mem::take(&mut self.came);
        let mut rest = came.as_slice();
        while let Some((head, behind)) = rest.split_first_chunk::<HEAD>() {
            let head = Head::parse(*head, LONGEST_ANSWER).ok_or(End::Lied)?;
            let Some((payload, behind)) = behind.split_at_checked(head.length) else { break };
            brought.push(self.frame(head, payload)?);
            rest = behind;
        }
        let used = came.len() - rest.len();
        self.came = came;
        self.came.drain(..used);
        Ok(())
    }

    fn frame(&mut self, head: Head, payload: &[u8]) -> Result<Brought, End> {
        if !self.ready {
            let ready = (head.kind == Kind::Ready).then(|| wire::decode(payload)).flatten();
            self.ready = ready.is_some();
            self.since = Instant::now();
            return ready.map(Brought::Ready).ok_or(End::Lied);
        }
        let outcome = match head.kind {
            Kind::Read => Ok(Box::new(wire::decode(payload).ok_or(End::Lied)?)),
            Kind::Panicked => {
                let place: String = wire::decode(payload).ok_or(End::Lied)?;
                Err(Lost::Panicked(plain(&place)))
            }
            _ => return Err(End::Lied),
        };
        // An answer to what was not asked, or not yet handed over, is none.
        let first = self.given.front().filter(|first| first.number == head.number);
        if first.is_none() || self.written == 0 {
            return Err(End::Lied);
        }
        let Some(given) = self.given.pop_front() else { return Err(End::Lied) };
        self.written -= 1;
        let now = Instant::now();
        self.worked += now - self.since;
        self.since = now;
        self.answered += 1;
        Ok(Brought::Answer(given.task, outcome))
    }

    /// Decides whether the child has done enough; each does something.
    pub(super) fn review(&mut self, options: &Options) {
        if self.answered == 0 {
            return;
        }
        self.retires |= self.answered >= options.retire_after || self.worked >= TIRED;
        if !self.retires && (self.answered.is_multiple_of(LOOK) || self.given.is_empty()) {
            self.retires = resident(self.child.id()).is_some_and(|now| now >= options.retire_at);
        }
    }

    /// Ends the child, and waits for it: no zombie remains. Gives back the message that it was at,
    /// when it may have looked at it, with its outcome; and those that it had not begun.
    pub(super) fn end(mut self, why: &End) -> (Option<(Task, Outcome)>, Vec<Task>) {
        // It may be dead already.
        let _ = self.child.kill();
        let how = self.child.wait();
        let begun = self.written > 0 || (self.hello.is_empty() && self.partly > 0);
        let mut tasks = self.given.into_iter().map(|given| given.task);
        let guilty = if begun { tasks.next() } else { None };
        let lost = match why {
            End::Gone => Lost::Died(how.map_or_else(|error| error.to_string(), described)),
            End::Late => Lost::Late,
            End::Lied => Lost::Lied,
        };
        (guilty.map(|task| (task, Err(lost))), tasks.collect())
    }
}

fn described(status: ExitStatus) -> String {
    match (status.signal(), status.code()) {
        (Some(signal), _) => format!("signal {signal}"),
        (None, Some(code)) => format!("exit code {code}"),
        (None, None) => "unknown".to_owned(),
    }
}

/// A place in the program, and nothing else: a child is not believed.
fn plain(place: &str) -> String {
    let fine = |c: &char| c.is_ascii_alphanumeric() || "/._:-".contains(*c);
    place.chars().filter(fine).take(200).collect()
}

/// The resident memory of a process, in bytes.
fn resident(pid: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}
