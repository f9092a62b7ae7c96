//! What can go wrong between us and a mailbox, and what happens next.

use std::path::PathBuf;
use std::time::Duration;

/// After a refused name or password no login before this: five refused mailboxes were banned for
/// logging in every 7–11 minutes (NetEase), and more attempts ban the address of the machine.
pub const CREDENTIALS_PAUSE: Duration = Duration::from_mins(30);

/// After "frequency limited", "busy" and the like: QQ let one in again after 15 minutes.
pub const THROTTLE_PAUSE: Duration = Duration::from_mins(15);

/// The longest pause that a server can ask for.
pub const LONGEST_PAUSE: Duration = Duration::from_hours(1);

/// What we were doing when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the name of its command or phase")]
pub enum Step {
    Connect,
    Tls,
    Greeting,
    StartTls,
    Login,
    Capability,
    Id,
    Folders,
    Examine,
    List,
    Fetch,
    Idle,
    Noop,
    Select,
    Mark,
    Move,
}

impl Step {
    /// What to look at when it is here that a connection fails again and again.
    fn advice(self) -> &'static str {
        match self {
            Self::Connect => {
                "; see that `host` and `port` in the settings are right and that this machine may \
                 connect there (firewall, name service)"
            }
            Self::Tls | Self::Greeting => {
                "; see that `port` and `tls` in the settings fit together"
            }
            _ => "",
        }
    }
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Connect => "connecting",
            Self::Tls => "the TLS handshake",
            Self::Greeting => "the greeting",
            Self::StartTls => "STARTTLS",
            Self::Login => "LOGIN",
            Self::Capability => "CAPABILITY",
            Self::Id => "ID",
            Self::Folders => "LIST",
            Self::Examine => "EXAMINE",
            Self::List => "listing a folder",
            Self::Fetch => "fetching messages",
            Self::Idle => "IDLE",
            Self::Noop => "NOOP",
            Self::Select => "SELECT",
            Self::Mark => "marking messages",
            Self::Move => "moving messages",
        })
    }
}

/// A failure of a mailbox. `words` are the server's own, decoded, cut and without names.
///
/// None of them ever means "there is no mail".
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages name the fields")]
pub enum Error {
    /// NetEase: `NO LOGIN Login error or password error` (provider quirk A10).
    #[error(
        "the server refuses the name or password (it says: {words}); check both, and for a NetEase \
         or QQ mailbox use the authorisation code (授权码) from its web page, not the web password"
    )]
    Credentials { words: String },

    /// NetEase: `NO SELECT Unsafe Login. Please contact kefu@188.com` although ID was sent (A2).
    #[error(
        "the provider blocks this account for mail programs (it says: {words}); log in to the web \
         mail, answer its security questions, and make a new authorisation code (授权码)"
    )]
    AccountBlocked { words: String },

    /// QQ: `login frequency limited, or system is busy` (A10, A.2); Exchange names a time.
    #[error("the server is too busy for us at {step} (it says: {words}); it is left alone for {} min", wait.as_secs() / 60)]
    Throttled { step: Step, words: String, wait: Duration },

    /// The certificate is not one we can trust; nothing was sent.
    #[error(
        "the certificate of {host} is not accepted: {reason}; check host name and port, or name the authority's file in the settings"
    )]
    Certificate { host: String, reason: String },

    /// The connection could not be made, or ended.
    #[error("no connection at {step}: {reason}{}", step.advice())]
    Network { step: Step, reason: String },

    /// The server stopped answering (the libraries would wait for ever: quirk B9).
    #[error("the server is silent at {step}; given up after {} s", limit.as_secs())]
    Silent { step: Step, limit: Duration },

    /// A folder cannot be opened or written to.
    #[error("the folder {folder} cannot be used (the server says: {words}); check its name")]
    Folder { folder: String, words: String },

    /// A plain NO to something that is no folder.
    #[error("the server refuses {step} (it says: {words})")]
    Refused { step: Step, words: String },

    /// What came is not IMAP, or not what was asked for.
    #[error("the server's answer at {step} makes no sense: {reason}")]
    Protocol { step: Step, reason: String },

    /// A literal larger than allowed was announced; nothing of it was read (quirk B13).
    #[error("a message of {announced} bytes was announced where {limit} are allowed")]
    Oversized { uid: Option<u64>, announced: u64, limit: u64 },

    /// The folder's UIDVALIDITY is another one now: the UIDs at hand name nothing.
    #[error("the folder {folder} was rebuilt by the server (its UIDVALIDITY changed)")]
    Stale { folder: String },

    /// The settings cannot work, whatever the server does.
    #[error("{0}")]
    Setup(String),

    /// A Maildir's file system.
    #[error("{} cannot be read or changed: {reason}", path.display())]
    Files { path: PathBuf, reason: std::io::Error },
}

/// What happens after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Drop the session and try again as [`Backoff`](super::Backoff) says.
    Retry,
    /// Drop the session and do not log in before this time has passed, not even after a restart.
    Pause(Duration),
}

impl Error {
    /// What happens next.
    #[must_use]
    pub fn next(&self) -> Next {
        match self {
            Self::Credentials { .. } | Self::AccountBlocked { .. } => {
                Next::Pause(CREDENTIALS_PAUSE)
            }
            Self::Throttled { wait, .. } => Next::Pause(*wait),
            _ => Next::Retry,
        }
    }

    /// Whether trying again cannot help: somebody has to do something.
    #[must_use]
    pub fn needs_person(&self) -> bool {
        matches!(
            self,
            Self::Credentials { .. }
                | Self::AccountBlocked { .. }
                | Self::Certificate { .. }
                | Self::Folder { .. }
                | Self::Setup(_)
        )
    }

    /// A short, stable name of the kind of failure, for the store, `status` and log fields.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Credentials { .. } => "credentials",
            Self::AccountBlocked { .. } => "account-blocked",
            Self::Throttled { .. } => "throttled",
            Self::Certificate { .. } => "certificate",
            Self::Network { .. } => "network",
            Self::Silent { .. } => "silent",
            Self::Folder { .. } => "folder",
            Self::Refused { .. } => "refused",
            Self::Protocol { .. } => "protocol",
            Self::Oversized { .. } => "oversized",
            Self::Stale { .. } => "stale",
            Self::Setup(_) => "setup",
            Self::Files { .. } => "files",
        }
    }

    pub(super) fn protocol(step: Step, reason: impl Into<String>) -> Self {
        Self::Protocol { step, reason: reason.into() }
    }

    pub(super) fn network(step: Step, reason: impl std::fmt::Display) -> Self {
        Self::Network { step, reason: format!("{reason}") }
    }
}
