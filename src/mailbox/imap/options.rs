//! What has to be known of an IMAP account.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

/// How the connection is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (port 993).
    #[default]
    Tls,
    /// Plain at first, then STARTTLS (port 143); refused when the server does not offer it.
    StartTls,
    /// None: only to this machine itself.
    None,
}

/// Who we say we are in ID (RFC 2971). NetEase refuses EXAMINE to clients that do not say it
/// (provider quirk A2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The program's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Who made it.
    pub vendor: String,
    /// Where its operator can be reached: an address of the bureau.
    pub support_email: String,
}

impl Default for Identity {
    fn default() -> Self {
        Self {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            vendor: env!("CARGO_PKG_NAME").to_owned(),
            support_email: String::new(),
        }
    }
}

/// Bounds of one session. The defaults fit a provider on the internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest message that is taken whole, in bytes; of a larger one only the head is.
    pub message: u64,
    /// How long the server may be silent in the middle of an answer.
    pub quiet: Duration,
    /// How long a command without bodies may take. One with bodies has ten times as long.
    pub command: Duration,
    /// How long one IDLE may last before it is renewed: half-open connections behind a NAT are
    /// found out by that.
    pub idle_renewal: Duration,
    /// How long a server without IDLE is left alone before a NOOP.
    pub noop_interval: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message: 30 * 1024 * 1024,
            quiet: Duration::from_mins(1),
            command: Duration::from_secs(30),
            idle_renewal: Duration::from_mins(5),
            noop_interval: Duration::from_mins(2),
        }
    }
}

/// An IMAP account.
#[derive(Clone, Debug)]
pub struct Options {
    /// The mailbox's name in the settings.
    pub mailbox: String,
    /// The server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// The certificate (PEM) of an authority to be trusted besides the system's.
    pub extra_ca: Option<PathBuf>,
    /// The login name.
    pub user: String,
    /// The password or authorisation code.
    pub password: SecretString,
    /// What ID says.
    pub identity: Identity,
    /// Bounds.
    pub limits: Limits,
}

impl Options {
    /// Whether ID is sent even when the server does not offer it: NetEase's hosts.
    pub(super) fn wants_id(&self) -> bool {
        let host = self.host.to_ascii_lowercase();
        ["163.com", "126.com", "yeah.net", "188.com", "126.net", "netease.com"]
            .iter()
            .any(|domain| host == *domain || host.ends_with(&format!(".{domain}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn netease_is_told_who_we_are_even_when_it_does_not_ask() {
        let options = |host: &str| Options {
            mailbox: String::new(),
            host: host.to_owned(),
            port: 993,
            security: Security::Tls,
            extra_ca: None,
            user: String::new(),
            password: SecretString::from("secret-code"),
            identity: Identity::default(),
            limits: Limits::default(),
        };
        for host in ["imap.163.com", "IMAP.126.com", "imap.qiye.163.com", "imap.yeah.net"] {
            assert!(options(host).wants_id(), "{host}");
        }
        for host in ["imap.qq.com", "imap.my163.com", "localhost"] {
            assert!(!options(host).wants_id(), "{host}");
        }
        assert!(!format!("{:?}", options("imap.163.com")).contains("secret-code"));
    }
}
