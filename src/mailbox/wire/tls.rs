//! TLS with the system's authorities and, where the settings name one, an authority of the house.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, crypto};
use rustls_platform_verifier::Verifier;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::mailbox::error::{Error, Step};

/// Shakes hands over an open connection.
pub(super) async fn handshake(
    stream: TcpStream,
    host: &str,
    extra_ca: Option<&Path>,
) -> Result<TlsStream<TcpStream>, Error> {
    let config = config(extra_ca)?;
    let name = ServerName::try_from(host.to_owned())
        .map_err(|_| Error::Setup(format!("{host} is no host name or address")))?;
    TlsConnector::from(config).connect(name, stream).await.map_err(|error| failure(host, &error))
}

fn config(extra_ca: Option<&Path>) -> Result<Arc<ClientConfig>, Error> {
    let provider = Arc::new(crypto::ring::default_provider());
    let mut extra = Vec::new();
    if let Some(path) = extra_ca {
        let unreadable = |error: &dyn std::fmt::Display| {
            Error::Setup(format!("the authority's file {} cannot be used: {error}", path.display()))
        };
        for certificate in CertificateDer::pem_file_iter(path).map_err(|e| unreadable(&e))? {
            extra.push(certificate.map_err(|e| unreadable(&e))?);
        }
        if extra.is_empty() {
            return Err(unreadable(&"it holds no certificate"));
        }
    }
    let broken = |error: rustls::Error| {
        Error::Setup(format!(
            "TLS cannot be set up ({error}); is the package ca-certificates installed?"
        ))
    };
    let verifier = Verifier::new_with_extra_roots(extra, provider.clone()).map_err(broken)?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(broken)?
        // The library calls every verifier of one's own dangerous; this one is the platform's.
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(Arc::new(config))
}

fn failure(host: &str, error: &io::Error) -> Error {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(rustls::Error::InvalidCertificate(reason)) => {
            Error::Certificate { host: host.to_owned(), reason: reason.to_string() }
        }
        Some(rustls::Error::InvalidMessage(_)) => {
            Error::protocol(Step::Tls, "it does not speak TLS here; check port and security")
        }
        Some(other) => Error::protocol(Step::Tls, other.to_string()),
        None => Error::network(Step::Tls, error),
    }
}
