//! An IMAP account: a strict session over async-imap.
//!
//! The commands are the few that every server of the field gets right: LOGIN, CAPABILITY, ID,
//! EXAMINE, `UID FETCH n:* (UID FLAGS INTERNALDATE RFC822.SIZE)`, `UID FETCH … (UID BODY.PEEK[])`
//! (and `[HEADER]`, of copies of what was sent), LIST, IDLE, NOOP. Never SEARCH, ENVELOPE, BODYSTRUCTURE, STATUS, UIDNEXT: servers lie there
//! (provider quirks A4, A6, A8).

mod after;
mod check;
mod connect;
mod fetch;
mod folders;
mod link;
mod options;
mod sent;
mod session;
mod set;
mod wait;

pub use options::{Identity, Limits, Options, Security};

pub(super) use after::settle;
pub(super) use check::check;
pub(super) use sent::{copies, mark};
pub(super) use session::Session;

use super::error::Error;

/// A quoted string of the protocol. What it cannot hold would need a literal, and no server's
/// login or folder name in modified UTF-7 has it.
fn quoted(what: &str, text: &str) -> Result<String, Error> {
    if text.chars().any(char::is_control) {
        return Err(Error::Setup(format!("{what} holds a control character")));
    }
    Ok(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}
