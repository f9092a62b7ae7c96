//! What the strict stream refuses. It travels inside an `io::Error` through async-imap.

use std::io;
use std::time::Duration;

/// Why the strict stream gave up. None of them holds a byte of what the server sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::mailbox) enum Fault {
    #[error("nothing was heard for {} s", .0.as_secs())]
    Quiet(Duration),
    #[error("a line of more than {} bytes", super::MAX_LINE)]
    LongLine,
    #[error("a line that is no IMAP response")]
    Garbage,
    #[error("a literal of {announced} bytes where {limit} are allowed")]
    Literal { uid: Option<u64>, announced: u64, limit: u64 },
    #[error("more than {0} bytes for one command")]
    Flood(u64),
    #[error("the connection ended in the middle of an answer")]
    Truncated,
}

impl Fault {
    /// The fault that an error of the stream carries, when it is one of ours.
    pub(in crate::mailbox) fn of(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref::<Self>().copied()
    }
}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        let kind = match fault {
            Fault::Quiet(_) => io::ErrorKind::TimedOut,
            Fault::Truncated => io::ErrorKind::UnexpectedEof,
            _ => io::ErrorKind::InvalidData,
        };
        Self::new(kind, fault)
    }
}
