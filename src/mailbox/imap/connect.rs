//! From a host name to a session that is logged in.

use secrecy::ExposeSecret;
use tokio::time::timeout;

use super::link::{Link, capabilities};
use super::options::{Options, Security};
use super::quoted;
use super::session::Session;
use crate::clock::Clock;
use crate::mailbox::error::{Error, Step};
use crate::mailbox::wire::Wire;

/// Connects, logs in and says who we are. Each step that went well is told to `report`.
pub(super) async fn connect(
    options: &Options,
    clock: &Clock,
    report: &mut (dyn FnMut(Step, String) + Send),
) -> Result<Session, Error> {
    let mut link = greeted(options, report).await?;
    login(&mut link, options).await?;
    report(Step::Login, "accepted".to_owned());
    // Servers offer other things after LOGIN than before it.
    let capabilities = read_capabilities(&mut link).await?;
    report(Step::Capability, capabilities.join(" "));
    if options.wants_id() || capabilities.iter().any(|name| name == "ID") {
        identify(&mut link, options, report).await?;
    }
    Ok(Session::new(link, options, clock.clone(), capabilities))
}

/// A connection, encrypted as the settings say, with the greeting read.
async fn greeted(
    options: &Options,
    report: &mut (dyn FnMut(Step, String) + Send),
) -> Result<Link, Error> {
    let limits = options.limits;
    let limit = limits.command;
    let loopback_only = options.security == Security::None;
    let connecting = Wire::connect(&options.host, options.port, loopback_only);
    let silent = |step| move |_| Error::Silent { step, limit };
    let mut wire = timeout(limit, connecting).await.map_err(silent(Step::Connect))??;
    report(Step::Connect, format!("{}:{}", options.host, options.port));
    if options.security == Security::StartTls {
        let mut link = Link::new(wire, limits, &options.user);
        link.greeting().await?;
        let bounds = link.small();
        link.exec(Step::StartTls, "STARTTLS", bounds, |_| Ok(())).await?;
        wire = link.into_socket()?;
    }
    if options.security != Security::None {
        let handshake = wire.encrypt(&options.host, options.extra_ca.as_deref());
        wire = timeout(limit, handshake).await.map_err(silent(Step::Tls))??;
    }
    report(Step::Tls, wire.describe());
    let mut link = Link::new(wire, limits, &options.user);
    if options.security != Security::StartTls {
        link.greeting().await?;
    }
    Ok(link)
}

/// `LOGIN` and nothing else: NetEase advertises SASL-IR and does not understand it (quirk A1).
async fn login(link: &mut Link, options: &Options) -> Result<(), Error> {
    let password = options.password.expose_secret();
    if !password.is_ascii() || !options.user.is_ascii() {
        return Err(Error::Setup(
            "IMAP's LOGIN takes only ASCII letters, digits and signs in name and password".into(),
        ));
    }
    let user = quoted("the login name", &options.user)?;
    let password = quoted("the password", password)?;
    let bounds = link.small();
    link.exec(Step::Login, &format!("LOGIN {user} {password}"), bounds, |_| Ok(())).await
}

async fn read_capabilities(link: &mut Link) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    let bounds = link.small();
    link.exec(Step::Capability, "CAPABILITY", bounds, |response| {
        found.extend(capabilities(response).unwrap_or_default());
        Ok(())
    })
    .await?;
    Ok(found)
}

/// Says who we are, on every connection, after LOGIN and before EXAMINE (quirk A2). A refusal is
/// no failure: EXAMINE will tell whether it mattered.
async fn identify(
    link: &mut Link,
    options: &Options,
    report: &mut (dyn FnMut(Step, String) + Send),
) -> Result<(), Error> {
    let who = &options.identity;
    let mut fields = Vec::new();
    let pairs = [
        ("name", &who.name),
        ("version", &who.version),
        ("vendor", &who.vendor),
        ("support-email", &who.support_email),
    ];
    for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
        fields.push(format!("\"{name}\" {}", quoted("the identity", value)?));
    }
    let command = format!("ID ({})", fields.join(" "));
    let bounds = link.small();
    let ended = link.try_exec(Step::Id, &command, bounds, |_| Ok(())).await?;
    tracing::debug!(mailbox = %options.mailbox, ?ended, "ID was sent");
    report(Step::Id, "sent".to_owned());
    Ok(())
}
