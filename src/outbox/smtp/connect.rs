//! From nothing to a stream that lettre can talk over: TCP, then TLS in one of its ways.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::server::{Server, Tls};
use super::step::{Answer, Fault, Step, Trouble, broken, within};
use super::wire::Wire;

/// Longest reply of the plain prelude, in bytes: an EHLO answer has a dozen lines.
const MOST_PRELUDE: u64 = 8192;

/// Connects, within the server's limits.
pub(super) async fn tcp(server: &Server) -> Result<TcpStream, Trouble> {
    if server.tls == Tls::None && !server.is_loopback() {
        let why =
            format!("{} is not this machine: set `encryption` to tls or starttls", server.host);
        return Err(broken(Step::Connect, why));
    }
    let host = server.host.trim_start_matches('[').trim_end_matches(']');
    let connecting = TcpStream::connect((host, server.port));
    let stream = within(Step::Connect, server.limits.connect, connecting).await?;
    let stream = stream.map_err(|error| {
        broken(Step::Connect, format!("{}:{}: {error}", server.host, server.port))
    })?;
    // A session is a conversation of small lines: none should wait for another.
    drop(stream.set_nodelay(true));
    Ok(stream)
}

/// Protects the connection as the server wants it.
pub(super) async fn protect(server: &Server, tcp: TcpStream) -> Result<Wire, Trouble> {
    let (tcp, greeted) = match server.tls {
        Tls::None => return Ok(Wire::plain(tcp)),
        Tls::Implicit => (tcp, false),
        Tls::StartTls => {
            let asked = within(Step::Tls, server.limits.command, starttls(server, tcp)).await?;
            (asked?, true)
        }
    };
    let host = server.host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let name = ServerName::try_from(host).map_err(|error| broken(Step::Tls, error))?;
    let connector = TlsConnector::from(Arc::new(config(server)?));
    let stream = within(Step::Tls, server.limits.connect, connector.connect(name, tcp)).await?;
    let stream = stream.map_err(|error| broken(Step::Tls, format!("{}: {error}", server.host)))?;
    Ok(Wire::tls(stream, greeted))
}

/// Asks for TLS in plain text (RFC 3207). Anything that a server says beyond the answer could have
/// been put there by somebody on the way: the connection is given up then.
async fn starttls(server: &Server, tcp: TcpStream) -> Result<TcpStream, Trouble> {
    let mut lines = BufReader::new(tcp);
    expect(&mut lines, 220).await?;
    say(&mut lines, &format!("EHLO {}\r\n", server.ehlo)).await?;
    let offers = expect(&mut lines, 250).await?;
    if !offers.lines().any(|offer| offer.trim().eq_ignore_ascii_case("STARTTLS")) {
        return Err(broken(
            Step::Tls,
            "the server does not offer STARTTLS: try `tls = \"implicit\"`",
        ));
    }
    say(&mut lines, "STARTTLS\r\n").await?;
    expect(&mut lines, 220).await?;
    if !lines.buffer().is_empty() {
        return Err(broken(Step::Tls, "the server said more than its answer to STARTTLS"));
    }
    Ok(lines.into_inner())
}

async fn say(lines: &mut BufReader<TcpStream>, words: &str) -> Result<(), Trouble> {
    lines.get_mut().write_all(words.as_bytes()).await.map_err(|error| broken(Step::Tls, error))
}

/// Reads one reply and gives back its texts, a line each.
async fn expect(lines: &mut BufReader<TcpStream>, wanted: u16) -> Result<String, Trouble> {
    let mut texts = Vec::new();
    let mut bounded = lines.take(MOST_PRELUDE);
    loop {
        let mut line = Vec::new();
        let read = bounded.read_until(b'\n', &mut line).await;
        if read.map_err(|error| broken(Step::Tls, error))? == 0 {
            return Err(broken(Step::Tls, "the server closed the connection"));
        }
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let (code, text) = line.split_at_checked(3).unwrap_or((&line, ""));
        let code = code.parse::<u16>().map_err(|_| broken(Step::Tls, "the answer is no SMTP"))?;
        texts.push(text.trim_start_matches([' ', '-']).to_owned());
        if !text.starts_with('-') {
            let text = texts.join("\n");
            let answer = Answer { code, text: text.replace('\n', " ") };
            let refused = Trouble { step: Step::Tls, fault: Fault::Answered(answer) };
            return if code == wanted { Ok(text) } else { Err(refused) };
        }
    }
}

/// The system's roots and the extra file's.
fn config(server: &Server) -> Result<ClientConfig, Trouble> {
    let mut extra = Vec::new();
    if let Some(path) = &server.extra_ca {
        let unreadable = |error: rustls::pki_types::pem::Error| {
            broken(Step::Tls, format!("{}: {error}", path.display()))
        };
        for certificate in CertificateDer::pem_file_iter(path).map_err(unreadable)? {
            extra.push(certificate.map_err(unreadable)?);
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier =
        rustls_platform_verifier::Verifier::new_with_extra_roots(extra, Arc::clone(&provider));
    let verifier = verifier.map_err(|error| broken(Step::Tls, error))?;
    let builder = ClientConfig::builder_with_provider(provider);
    let builder = builder.with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| broken(Step::Tls, error))?;
    let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
    Ok(builder.with_no_client_auth())
}
