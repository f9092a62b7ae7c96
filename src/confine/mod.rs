//! Reading in processes that can do nothing else.
//!
//! A stranger's file is taken apart by a lot of code. Should one of them find a way to run its own,
//! or to eat all memory, it finds itself in a child process of the same program that has no file,
//! no network, no database, no secret and no time to spare ([`cage`]), and that is thrown away. The
//! child gets a message's bytes and gives back a [`Read`], through two pipes, in a format whose
//! every length is bounded ([`wire`]). What comes back is not believed further than a mail is: the
//! decision sees the same types as ever.
//!
//! [`Pool`] keeps as many children as there are processors, hands them messages ahead of their
//! answers, and knows by the order of the answers which message a child died of. That one comes
//! back as [`Lost`]; those behind it are read by another child. What a lost message costs is
//! intake's to decide (`intake/read.rs`: it counts attempts). A message that was lost before is read
//! by a child of its own, beside the others, so that nobody waits for it. So are pictures looked at,
//! where the settings name models for that: by a child that holds them and may use more memory.

mod cage;
mod calls;
mod child;
mod keeper;
mod pool;
#[cfg(feature = "fault")]
mod probe;
mod wire;
mod worker;

use std::ffi::OsString;
use std::fmt;
use std::num::NonZero;
use std::path::PathBuf;
use std::time::Duration;

use crate::fault;
use crate::reading::Read;

pub use cage::{Landlock, Strength};
pub use child::serve;
pub use pool::Pool;
#[cfg(feature = "fault")]
pub use probe::probe;

/// The first argument of a reading process. It is no command: nobody needs to know it.
pub const ARGUMENT: &str = "read-confined";

/// The second argument of one that looks at pictures, too.
pub const PICTURES: &str = "pictures";

/// The most children, however many processors there are: each may take much memory for a moment.
const MOST: usize = 8;

/// How long one message may be read while others wait for it. The worst mail known takes less than
/// half of it.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long one message may be read that is read alone, or its pictures be looked at.
const LONG_PATIENCE: Duration = Duration::from_secs(20);

/// How the pool works.
#[derive(Clone, Debug)]
pub struct Options {
    /// The program that is started: this one, as it was when it was started itself, even when an
    /// upgrade has put another into its place.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// How many children there are at most.
    pub size: usize,
    /// How long one message may be read while others wait for it.
    pub patience: Duration,
    /// How long one message may be read that is read alone, or its pictures be looked at.
    pub long_patience: Duration,
    /// After how many messages a child is replaced.
    pub retire_after: u64,
    /// After how many bytes of resident memory a child is replaced.
    pub retire_at: u64,
}

impl Default for Options {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Self {
            program: PathBuf::from("/proc/self/exe"),
            arguments: vec![ARGUMENT.into()],
            size: cores.min(MOST),
            patience: fault::patience(PATIENCE, false),
            long_patience: fault::patience(LONG_PATIENCE, true),
            retire_after: 10_000,
            retire_at: 128 * 1024 * 1024,
        }
    }
}

/// A message to be read.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Which of the pool's vocabularies it is read with.
    pub words: usize,
    /// Its bytes.
    pub raw: Vec<u8>,
}

/// Why a message has no reading: its reader did not live through it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The reader ended, and how: a signal, an exit code.
    Died(String),
    /// The reader took too long and was ended.
    Late,
    /// The reader answered what no reader answers.
    Lied,
    /// The reader panicked, at this place of the program.
    Panicked(String),
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Died(how) => write!(f, "its reader died ({how})"),
            Self::Late => write!(f, "its reader took too long"),
            Self::Lied => write!(f, "its reader gave an answer that is none"),
            Self::Panicked(at) => write!(f, "its reader panicked at {at}"),
        }
    }
}

/// Why nothing can be read at present; no message is to blame.
#[derive(Clone, Debug, thiserror::Error)]
#[error("no process that reads mail can be started: {0}")]
pub struct Unavailable(pub String);

/// What became of a message.
pub type Outcome = Result<Box<Read>, Lost>;
