//! The stream between the socket and async-imap: it gives up on silence, counts bytes, refuses
//! large literals before anything is allocated for them, and hands out cleaned lines.

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

use super::MAX_LINE;
use super::fault::Fault;
use super::filter::{Filter, Then};

/// Bytes that are taken from the socket at once.
const CHUNK: usize = 64 * 1024;

/// From this size on the rest of a literal goes from the socket straight to the reader.
const DIRECT: u64 = 16 * 1024;

/// What one command may bring.
#[derive(Clone, Copy, Debug)]
pub(in crate::mailbox) struct Allowance {
    /// Bytes in all.
    pub(in crate::mailbox) bytes: u64,
    /// Bytes of one literal.
    pub(in crate::mailbox) literal: u64,
    /// How long the server may be silent.
    pub(in crate::mailbox) quiet: Duration,
}

/// See the module. At most one line is handed out at a time, so that nothing that was sent before
/// a TLS handshake can be waiting behind the answer that allowed it.
pub(in crate::mailbox) struct Strict<S> {
    socket: S,
    filter: Filter,
    /// Bytes from the socket: `start..end` are still to be looked at, up to `scanned` there is no
    /// line end.
    input: Vec<u8>,
    start: usize,
    end: usize,
    scanned: usize,
    /// Cleaned bytes that are still to be handed out, from `sent` on.
    ready: Vec<u8>,
    sent: usize,
    next: Then,
    left: u64,
    allowance: Allowance,
    alarm: Pin<Box<Sleep>>,
    alarm_set: bool,
}

impl<S> Strict<S> {
    pub(in crate::mailbox) fn new(socket: S, allowance: Allowance) -> Self {
        Self {
            socket,
            filter: Filter::new(allowance.literal),
            input: vec![0; CHUNK],
            start: 0,
            end: 0,
            scanned: 0,
            ready: Vec::with_capacity(256),
            sent: 0,
            next: Then::Line,
            left: allowance.bytes,
            allowance,
            alarm: Box::pin(tokio::time::sleep(allowance.quiet)),
            alarm_set: false,
        }
    }

    /// Sets what the next command may bring.
    pub(in crate::mailbox) fn allow(&mut self, allowance: Allowance) {
        self.left = allowance.bytes;
        self.filter.literal_limit = allowance.literal;
        self.alarm_set &= self.allowance.quiet == allowance.quiet;
        self.allowance = allowance;
    }

    /// The text of the last NO, BAD or BYE, as it came.
    pub(in crate::mailbox) fn words(&self) -> &[u8] {
        &self.filter.words
    }

    /// The socket, if nothing that came from it is still waiting to be read.
    pub(in crate::mailbox) fn into_clean_socket(self) -> Option<S> {
        let clean = self.start == self.end && self.sent == self.ready.len();
        (clean && self.next == Then::Line && self.filter.between_responses()).then_some(self.socket)
    }

    fn waiting(&self) -> &[u8] {
        self.input.get(self.start..self.end).unwrap_or_default()
    }

    fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
        self.scanned = self.scanned.max(self.start);
    }

    /// Hands out what is ready; whether there was anything.
    fn hand_out(&mut self, buf: &mut ReadBuf<'_>) -> bool {
        let ready = self.ready.get(self.sent..).unwrap_or_default();
        let count = ready.len().min(buf.remaining());
        buf.put_slice(ready.get(..count).unwrap_or_default());
        self.sent += count;
        count > 0
    }

    /// Cleans the next line when it is here in full; else more bytes are needed.
    fn take_line(&mut self) -> Result<bool, Fault> {
        let unseen = self.input.get(self.scanned..self.end).unwrap_or_default();
        let Some(at) = unseen.iter().position(|byte| *byte == b'\n') else {
            self.scanned = self.end;
            return if self.waiting().len() > MAX_LINE { Err(Fault::LongLine) } else { Ok(false) };
        };
        let length = self.scanned + at - self.start;
        self.ready.clear();
        self.sent = 0;
        let line = self.input.get(self.start..self.start + length).unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        self.next = self.filter.line(line, &mut self.ready)?;
        self.consume(length + 1);
        Ok(true)
    }

    /// Makes room for at least one more byte from the socket.
    fn make_room(&mut self) {
        if self.start == self.end {
            (self.start, self.end, self.scanned) = (0, 0, 0);
        } else if self.end == self.input.len() {
            self.input.copy_within(self.start..self.end, 0);
            self.scanned -= self.start;
            self.end -= self.start;
            self.start = 0;
            if self.end == self.input.len() {
                self.input.resize(self.end + CHUNK, 0);
            }
        }
    }

    fn count(&mut self, bytes: usize) -> Result<(), Fault> {
        let left = self.left.checked_sub(bytes as u64).ok_or(Fault::Flood(self.allowance.bytes))?;
        self.left = left;
        self.alarm_set = false;
        Ok(())
    }
}

impl<S: AsyncRead + Unpin> Strict<S> {
    /// Reads from the socket, but not longer than the server may be silent.
    fn poll_socket(
        socket: &mut S,
        into: &mut ReadBuf<'_>,
        (alarm, set, quiet): (&mut Pin<Box<Sleep>>, &mut bool, Duration),
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        let before = into.filled().len();
        if let Poll::Ready(read) = Pin::new(socket).poll_read(cx, into) {
            return Poll::Ready(read.map(|()| into.filled().len() - before));
        }
        if !*set {
            alarm.as_mut().reset(Instant::now() + quiet);
            *set = true;
        }
        alarm.as_mut().poll(cx).map(|()| Err(Fault::Quiet(quiet).into()))
    }

    /// Reads more input; 0 at the end of the connection.
    fn poll_fill(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        self.make_room();
        let mut room = ReadBuf::new(self.input.get_mut(self.end..).unwrap_or_default());
        let alarm = (&mut self.alarm, &mut self.alarm_set, self.allowance.quiet);
        let read = ready!(Self::poll_socket(&mut self.socket, &mut room, alarm, cx))?;
        self.end += read;
        self.count(read)?;
        Poll::Ready(Ok(read))
    }

    /// Passes on a part of a literal of which `left` bytes are missing.
    fn poll_literal(
        &mut self,
        left: u64,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(buf.remaining());
        if self.start == self.end {
            if left >= DIRECT {
                let mut part = ReadBuf::new(buf.initialize_unfilled_to(wanted));
                let alarm = (&mut self.alarm, &mut self.alarm_set, self.allowance.quiet);
                let read = ready!(Self::poll_socket(&mut self.socket, &mut part, alarm, cx))?;
                buf.advance(read);
                self.count(read)?;
                return Poll::Ready(self.literal_went_on(left, read));
            }
            if ready!(self.poll_fill(cx))? == 0 {
                return Poll::Ready(Err(Fault::Truncated.into()));
            }
        }
        let part = self.waiting();
        let count = part.len().min(wanted);
        buf.put_slice(part.get(..count).unwrap_or_default());
        self.consume(count);
        Poll::Ready(self.literal_went_on(left, count))
    }

    fn literal_went_on(&mut self, left: u64, count: usize) -> io::Result<()> {
        if count == 0 {
            return Err(Fault::Truncated.into());
        }
        let left = left - count as u64;
        self.next = if left == 0 { Then::Line } else { Then::Literal(left) };
        Ok(())
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Strict<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        loop {
            if buf.remaining() == 0 || this.hand_out(buf) {
                return Poll::Ready(Ok(()));
            }
            match this.next {
                Then::Literal(0) | Then::Skip(0) => this.next = Then::Line,
                Then::Literal(left) => return this.poll_literal(left, cx, buf),
                Then::Skip(left) if this.start < this.end => {
                    let here = this.waiting().len();
                    let count = usize::try_from(left).unwrap_or(usize::MAX).min(here);
                    this.consume(count);
                    this.next = Then::Skip(left - count as u64);
                }
                Then::Line | Then::Skip(_) => {
                    if this.next == Then::Line && this.take_line()? {
                        continue;
                    }
                    if ready!(this.poll_fill(cx))? == 0 {
                        let whole = this.next == Then::Line
                            && this.waiting().is_empty()
                            && this.filter.between_responses();
                        let end = if whole { Ok(()) } else { Err(Fault::Truncated.into()) };
                        return Poll::Ready(end);
                    }
                }
            }
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Strict<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

impl<S> fmt::Debug for Strict<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Strict").field("next", &self.next).finish_non_exhaustive()
    }
}
