//! Bytes to and from a server: TCP, TLS, and the strict stream that async-imap reads from.

mod fault;
mod fetch;
mod filter;
mod strict;
mod text;
mod tls;

#[cfg(test)]
mod tests;

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use super::error::{Error, Step};

pub(super) use fault::Fault;
pub(super) use strict::{Allowance, Strict};

/// The longest line without its literals: RFC 7162 §4 suggests 8,192 bytes to servers; capability
/// lists and status texts stay far below.
pub(super) const MAX_LINE: usize = 64 * 1024;

/// How long one address of a host may take to answer; then the next one is tried (a dead IPv6
/// route must not hide a working IPv4 one).
const ADDRESS_LIMIT: Duration = Duration::from_secs(10);

/// A connection, plain or encrypted.
pub(super) enum Wire {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Wire {
    /// Connects to the first address of the host that answers. `loopback_only` refuses every
    /// other one before anything is sent.
    pub(super) async fn connect(host: &str, port: u16, loopback_only: bool) -> Result<Self, Error> {
        let found = tokio::net::lookup_host((host, port)).await;
        let addresses: Vec<SocketAddr> = found
            .map_err(|error| {
                Error::network(Step::Connect, format!("{host} is not found: {error}"))
            })?
            .collect();
        if loopback_only && !addresses.iter().all(|address| address.ip().is_loopback()) {
            return Err(Error::Setup(format!(
                "{host} is on another machine: a connection without TLS would show the password \
                 to everybody on the way; set security to \"tls\" or \"starttls\""
            )));
        }
        let mut failure = format!("{host} has no address");
        for address in addresses {
            match tokio::time::timeout(ADDRESS_LIMIT, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => {
                    stream.set_nodelay(true).map_err(|e| Error::network(Step::Connect, e))?;
                    return Ok(Self::Plain(stream));
                }
                Ok(Err(error)) => failure = format!("{host}:{port} ({address}): {error}"),
                Err(_) => failure = format!("{host}:{port} ({address}) does not answer"),
            }
        }
        Err(Error::network(Step::Connect, failure))
    }

    /// Shakes hands; an encrypted connection stays as it is.
    pub(super) async fn encrypt(self, host: &str, extra_ca: Option<&Path>) -> Result<Self, Error> {
        match self {
            Self::Plain(stream) => {
                Ok(Self::Tls(Box::new(tls::handshake(stream, host, extra_ca).await?)))
            }
            encrypted @ Self::Tls(_) => Ok(encrypted),
        }
    }

    /// What is known of the connection, for `check`: `TLSv1_3`, or `without TLS`.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Plain(_) => "without TLS (loopback)".to_owned(),
            Self::Tls(stream) => stream
                .get_ref()
                .1
                .protocol_version()
                .map_or_else(|| "TLS".to_owned(), |version| format!("{version:?}")),
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(cx, buf),
            Self::Tls(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write(cx, buf),
            Self::Tls(stream) => Pin::new(stream).poll_write(cx, buf),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_flush(cx),
            Self::Tls(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
