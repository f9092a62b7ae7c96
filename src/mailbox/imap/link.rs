//! One conversation with a server: a command goes out, its answers come in, and every way in which
//! that can end is either a tagged OK or an error.
//!
//! async-imap's own commands turn NO, BAD, BYE and the end of the connection into an empty success
//! (provider quirks B1–B6) and print the password into its trace log. Here it only splits and
//! parses; the commands are ours, and go past it.

use std::time::Duration;

use async_imap::Client;
use async_imap::imap_proto::{MailboxDatum, Response, ResponseCode, Status};
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

use super::options::Limits;
use crate::mailbox::error::{Error, Step};
use crate::mailbox::wire::{Allowance, Fault, Strict, Wire};
use crate::mailbox::{refusal, words};

/// Bytes that the answer to a command without bodies may have.
const SMALL_ANSWER: u64 = 4 * 1024 * 1024;

/// Bytes of a literal where none is expected: a folder's name.
const SMALL_LITERAL: u64 = 4 * 1024;

/// The most that a folder's listing may be: a million messages.
pub(super) const LISTING: u64 = 200 * 1024 * 1024;

/// How long a command may take and how much it may bring.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) time: Duration,
    pub(super) bytes: u64,
    pub(super) literal: u64,
}

/// How a command ended, if it ended as the protocol wants it.
#[derive(Debug)]
pub(super) enum Ended {
    Ok,
    /// The server's words.
    No(String),
    Bad(String),
}

pub(super) struct Link {
    client: Client<Strict<Wire>>,
    tag: u32,
    /// A command is under way, or was when its future was dropped: what comes next would be the
    /// answer to that one (quirk B14).
    busy: bool,
    limits: Limits,
    user: String,
    /// The last count of messages that the server told.
    exists: Option<u32>,
    /// Whether that count changed since the last listing: new mail may be there.
    pub(super) changed: bool,
}

impl Link {
    pub(super) fn new(wire: Wire, limits: Limits, user: &str) -> Self {
        let allowance =
            Allowance { bytes: SMALL_ANSWER, literal: SMALL_LITERAL, quiet: limits.quiet };
        Self {
            client: Client::new(Strict::new(wire, allowance)),
            tag: 0,
            busy: false,
            limits,
            user: user.to_owned(),
            exists: None,
            changed: false,
        }
    }

    /// Whether another command may be sent.
    pub(super) fn is_usable(&self) -> bool {
        !self.busy
    }

    /// The socket, for the TLS handshake: refused when the server has said more than asked
    /// (somebody in between may have; RFC 3501 §6.2.1 does not allow it).
    pub(super) fn into_socket(self) -> Result<Wire, Error> {
        self.client.into_inner().into_clean_socket().ok_or_else(|| {
            Error::protocol(Step::StartTls, "something was sent before the encryption began")
        })
    }

    /// Bounds of a command without bodies.
    pub(super) fn small(&self) -> Bounds {
        Bounds { time: self.limits.command, bytes: SMALL_ANSWER, literal: SMALL_LITERAL }
    }

    /// Reads the greeting.
    pub(super) async fn greeting(&mut self) -> Result<(), Error> {
        self.begin(Step::Greeting, self.small())?;
        let limit = self.limits.command;
        let greets =
            |response: &Response<'_>| matches!(response, Response::Data { status: Status::Ok, .. });
        let read = timeout(limit, self.read(Step::Greeting, greets)).await;
        if !read.map_err(|_| Error::Silent { step: Step::Greeting, limit })?? {
            return Err(Error::protocol(Step::Greeting, "the server does not greet with OK"));
        }
        self.busy = false;
        Ok(())
    }

    /// Runs a command and hands each untagged response to `on` as it comes. Anything but a tagged
    /// OK is an error; after every error but a tagged NO this link is useless.
    pub(super) async fn exec(
        &mut self,
        step: Step,
        command: &str,
        bounds: Bounds,
        on: impl FnMut(&Response<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        match self.try_exec(step, command, bounds, on).await? {
            Ended::Ok => Ok(()),
            Ended::No(words) => Err(no(step, words)),
            Ended::Bad(words) => {
                self.busy = true;
                Err(refusal::known(step, &words).unwrap_or_else(|| Error::protocol(step, words)))
            }
        }
    }

    /// As `exec`, for commands whose refusal is no failure.
    pub(super) async fn try_exec(
        &mut self,
        step: Step,
        command: &str,
        bounds: Bounds,
        on: impl FnMut(&Response<'_>) -> Result<(), Error>,
    ) -> Result<Ended, Error> {
        self.begin(step, bounds)?;
        let ended = match timeout(bounds.time, self.converse(step, command, on)).await {
            Ok(ended) => ended?,
            Err(_) => return Err(Error::Silent { step, limit: bounds.time }),
        };
        self.busy = false;
        Ok(ended)
    }

    pub(super) fn begin(&mut self, step: Step, bounds: Bounds) -> Result<(), Error> {
        if self.busy {
            return Err(Error::protocol(step, "the session broke off earlier"));
        }
        self.busy = true;
        let (bytes, literal) = (bounds.bytes, bounds.literal);
        self.client.get_mut().allow(Allowance { bytes, literal, quiet: self.limits.quiet });
        Ok(())
    }

    /// Ends what `begin` began.
    pub(super) fn end(&mut self) {
        self.busy = false;
    }

    async fn converse(
        &mut self,
        step: Step,
        command: &str,
        mut on: impl FnMut(&Response<'_>) -> Result<(), Error>,
    ) -> Result<Ended, Error> {
        let tag = self.send(step, command).await?;
        loop {
            let look = |response: &Response<'_>| match tagged(response, &tag) {
                None => on(response).map(|()| None),
                some => Ok(some),
            };
            if let Some(status) = self.read(step, look).await?? {
                return self.ended(step, status);
            }
        }
    }

    /// Writes a command under a new tag. NetEase chokes on tags of digits only (quirk A3).
    pub(super) async fn send(&mut self, step: Step, command: &str) -> Result<String, Error> {
        self.tag += 1;
        let tag = format!("B{:04}", self.tag);
        self.write(step, &format!("{tag} {command}\r\n")).await?;
        Ok(tag)
    }

    pub(super) async fn write(&mut self, step: Step, text: &str) -> Result<(), Error> {
        let stream = self.client.get_mut();
        let sent = async {
            stream.write_all(text.as_bytes()).await?;
            stream.flush().await
        };
        sent.await.map_err(|error| Error::network(step, error))
    }

    /// Reads the next response and looks at it. BYE and an untagged BAD are errors here: QQ sends
    /// the latter without a tagged line behind it (quirk A13).
    pub(super) async fn read<T>(
        &mut self,
        step: Step,
        look: impl FnOnce(&Response<'_>) -> T,
    ) -> Result<T, Error> {
        let read = self.client.read_response().await.map_err(|error| broken(step, &error))?;
        let Some(response) = read else {
            return Err(Error::network(step, "the server closed the connection"));
        };
        let bye = match response.parsed() {
            Response::Data { status: Status::Bye, .. } => true,
            Response::Data { status: Status::Bad, .. } => false,
            Response::MailboxData(MailboxDatum::Exists(count)) => {
                self.changed |= self.exists.is_some_and(|known| known != *count);
                self.exists = Some(*count);
                return Ok(look(response.parsed()));
            }
            other => return Ok(look(other)),
        };
        let words = self.words();
        Err(refusal::known(step, &words).unwrap_or_else(|| {
            if bye {
                Error::network(step, format!("the server says bye: {words}"))
            } else {
                Error::protocol(step, words)
            }
        }))
    }

    /// How the command ended.
    pub(super) fn ended(&self, step: Step, status: Tagged) -> Result<Ended, Error> {
        match status {
            Tagged::Ok => Ok(Ended::Ok),
            Tagged::No => Ok(Ended::No(self.words())),
            Tagged::Bad => Ok(Ended::Bad(self.words())),
            Tagged::Foreign => Err(Error::protocol(step, "the answer belongs to another command")),
        }
    }

    fn words(&self) -> String {
        let words = words::presentable(self.client.get_ref().words(), &self.user);
        if words.is_empty() { "nothing".to_owned() } else { words }
    }

    /// Lets the server be silent for so long: it is told to be, in IDLE.
    pub(super) fn allow_silence(&mut self, quiet: Duration) {
        self.client.get_mut().allow(Allowance {
            bytes: SMALL_ANSWER,
            literal: SMALL_LITERAL,
            quiet,
        });
    }

    /// Whether the server has told how many messages the open folder has.
    pub(super) fn knows_count(&self) -> bool {
        self.exists.is_some()
    }

    /// Forgets the count of the folder that was open before.
    pub(super) fn forget_count(&mut self) {
        self.exists = None;
        self.changed = false;
    }
}

/// The status of a tagged line.
#[derive(Clone, Copy, Debug)]
pub(super) enum Tagged {
    Ok,
    No,
    Bad,
    /// Its tag is not the one that we wait for.
    Foreign,
}

/// The status, if this response is a tagged line.
pub(super) fn tagged(response: &Response<'_>, ours: &str) -> Option<Tagged> {
    let Response::Done { tag, status, .. } = response else { return None };
    Some(match status {
        _ if tag.0 != ours => Tagged::Foreign,
        Status::Ok => Tagged::Ok,
        Status::No => Tagged::No,
        _ => Tagged::Bad,
    })
}

/// The parser's own errors hold everything that was in its buffer: their text is left out.
fn broken(step: Step, error: &std::io::Error) -> Error {
    match Fault::of(error) {
        Some(Fault::Quiet(limit)) => Error::Silent { step, limit },
        Some(Fault::Literal { uid, announced, limit }) => {
            Error::Oversized { uid, announced, limit }
        }
        Some(fault @ Fault::Truncated) => Error::network(step, fault),
        Some(fault) => Error::protocol(step, fault.to_string()),
        None if error.kind() == std::io::ErrorKind::Other => {
            Error::protocol(step, "a response that cannot be parsed")
        }
        None => Error::network(step, error.kind()),
    }
}

fn no(step: Step, words: String) -> Error {
    refusal::known(step, &words).unwrap_or(if step == Step::Login {
        Error::Credentials { words }
    } else {
        Error::Refused { step, words }
    })
}

/// The capabilities in a response, wherever they stand.
pub(super) fn capabilities(response: &Response<'_>) -> Option<Vec<String>> {
    use async_imap::imap_proto::Capability;
    let (Response::Capabilities(list)
    | Response::Data {
        outcome:
            async_imap::imap_proto::Outcome { code: Some(ResponseCode::Capabilities(list)), .. },
        ..
    }) = response
    else {
        return None;
    };
    let name = |capability: &Capability<'_>| match capability {
        Capability::Imap4rev1 => "IMAP4REV1".to_owned(),
        Capability::Auth(mechanism) => format!("AUTH={mechanism}"),
        Capability::Atom(name) => name.to_string(),
    };
    Some(list.iter().map(name).collect())
}
