//! The settings by which the code under test reaches the test's servers.

use std::time::Duration;

use baoming::mailbox::{Identity, ImapOptions, Limits, Security};

use super::PATIENCE;
use super::mailserver::MailServer;

/// An account behind a proxy, without TLS, patient.
pub fn through(port: u16, user: &str) -> ImapOptions {
    ImapOptions {
        mailbox: "bureau".into(),
        host: "127.0.0.1".into(),
        port,
        security: Security::None,
        extra_ca: None,
        user: user.into(),
        password: MailServer::password(user).into(),
        identity: Identity::default(),
        limits: Limits {
            message: 100_000,
            quiet: PATIENCE,
            noop_interval: Duration::from_millis(50),
            ..Limits::default()
        },
    }
}

/// An account on the server, over TLS, with limits that let a test see them.
pub fn imap_options(server: &MailServer, user: &str) -> ImapOptions {
    ImapOptions {
        mailbox: "bureau".into(),
        host: "localhost".into(),
        port: server.imaps_port,
        security: Security::Tls,
        extra_ca: Some(server.ca_pem()),
        user: user.into(),
        password: MailServer::password(user).into(),
        identity: Identity::default(),
        limits: Limits { noop_interval: Duration::from_millis(100), ..Limits::default() },
    }
}
