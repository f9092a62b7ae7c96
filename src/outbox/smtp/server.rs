//! The provider's server: where it is, how to log in, how long to wait for it.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

use crate::message::Email;

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte (port 465).
    Implicit,
    /// By STARTTLS (port 587 or 25).
    StartTls,
    /// Not at all: taken for loopback only.
    None,
}

/// What to log in with.
#[derive(Clone, Debug)]
pub struct Login {
    /// The account's name: at the providers its address.
    pub user: String,
    /// The authorisation code (授权码) or password.
    pub password: SecretString,
}

/// How long each step may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For the TCP connection and for the TLS handshake.
    pub connect: Duration,
    /// For the answer to each command.
    pub command: Duration,
    /// For the answer to the final dot: short, and letters that were taken become uncertain.
    pub text: Duration,
}

impl Default for Limits {
    /// Those of RFC 5321 §4.5.3.2, the ones before DATA shortened: a letter is simply tried again
    /// then.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            command: Duration::from_mins(1),
            text: Duration::from_mins(10),
        }
    }
}

/// The provider's SMTP server.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its name: looked up, and expected in its certificate.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// A file of certificates (PEM) to trust beside the system's.
    pub extra_ca: Option<PathBuf>,
    /// What to log in with; `None` where the server asks for nothing.
    pub login: Option<Login>,
    /// The sender: envelope and From are the login's address (at 163 anything else is `553 Mail
    /// from must equal authorized user` or `554 DT:SUM`).
    pub from: Email,
    /// The name in EHLO. Fixed: a machine's own name tells strangers about the bureau's network.
    pub ehlo: String,
    /// How long to wait.
    pub limits: Limits,
}

impl Server {
    /// Whether the host is this machine: only then may a connection go unprotected.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let ip = self.host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        self.host.eq_ignore_ascii_case("localhost") || ip.is_ok_and(|ip| ip.is_loopback())
    }
}
