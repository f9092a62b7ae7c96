//! A server to log in to: what mailboxes and sending have in common.

use std::net::IpAddr;
use std::path::PathBuf;

use secrecy::SecretString;

use super::rule;
use super::sources::Sources;
use super::table::Table;

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// TLS from the first byte.
    Tls,
    /// Plain until `STARTTLS`; a server that does not offer it is refused.
    Starttls,
    /// None: only to a server on this machine.
    None,
}

/// A server and the account on it.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Host name or IP address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// How the connection is protected.
    pub encryption: Encryption,
    /// A PEM file with certificates to trust beside the system's.
    pub ca_file: Option<PathBuf>,
    /// The account's name.
    pub user: String,
    /// Its password: with Chinese providers the 授权码, not the one for the web site.
    pub password: SecretString,
}

/// The usual ports, with TLS and without.
pub(super) struct Ports {
    pub(super) tls: u16,
    pub(super) plain: u16,
}

impl Connection {
    pub(super) fn read(table: &mut Table, sources: &Sources, ports: &Ports) -> Option<Self> {
        let words = &[
            ("tls", Encryption::Tls),
            ("starttls", Encryption::Starttls),
            ("none", Encryption::None),
        ];
        let host = table.required("host", &rule::host());
        let encryption = table.or("encryption", &rule::one_of(words), Encryption::Tls);
        let usual = if encryption == Some(Encryption::Tls) { ports.tls } else { ports.plain };
        let port = table.or("port", &rule::port(), usual);
        let ca_file = table.optional("ca_file", &rule::path()).map(|path| sources.beside(&path));
        let user = table.required("user", &rule::text());
        let password = sources.password(table, "password");
        if let (Some(host), Some(Encryption::None)) = (&host, encryption)
            && !on_this_machine(host)
        {
            let what = format!("would send the password readable to {host}");
            table.wrong("encryption", &what, "\"tls\" or \"starttls\"; \"none\" only to localhost");
        }
        if let Some(path) = ca_file.as_ref().filter(|path| !path.is_file()) {
            let what = format!("there is no file {}", path.display());
            table.wrong("ca_file", &what, "a PEM file with certificates");
        }
        Some(Self {
            host: host?,
            port: port?,
            encryption: encryption?,
            ca_file,
            user: user?,
            password: password?,
        })
    }
}

fn on_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
