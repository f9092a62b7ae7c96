//! A proxy before Dovecot that speaks as the providers of this country do, and fails as they fail.
//!
//! It knows lines and literals, so that it can leave out, rewrite and break off answers. Towards
//! the client it is plain TCP on loopback, or TLS with the test server's certificate.

mod conversation;
pub mod rules;
mod stream;

use std::path::Path;
use std::sync::{Arc, Mutex};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;

use super::mailserver::MailServer;
use rules::Rules;

/// A running proxy; it ends with this value.
pub struct Proxy {
    /// The loopback port on which it listens.
    pub port: u16,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// What the connections look at and write down.
struct Shared {
    rules: Mutex<Rules>,
    /// The commands of all connections, without their tags; a LOGIN without its password.
    commands: Mutex<Vec<String>>,
    upstream: u16,
    tls: Option<TlsAcceptor>,
}

impl Proxy {
    /// A proxy without TLS.
    pub fn start(server: &MailServer, rules: Rules) -> Self {
        Self::launch(server.imap_port, rules, None)
    }

    /// A proxy with TLS from the first byte, under the server's own certificate.
    pub fn start_tls(server: &MailServer, rules: Rules) -> Self {
        let (certificate, key) = server.cert_and_key();
        Self::launch(server.imap_port, rules, Some(acceptor(&certificate, &key)))
    }

    fn launch(upstream: u16, rules: Rules, tls: Option<TlsAcceptor>) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            rules: Mutex::new(rules),
            commands: Mutex::default(),
            upstream,
            tls,
        });
        let (stop, stopped) = oneshot::channel();
        let ours = Arc::clone(&shared);
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(async {
                tokio::select! {
                    () = accept(TcpListener::from_std(listener).unwrap(), ours) => {}
                    _ = stopped => {}
                }
            });
        });
        Self { port, shared, stop: Some(stop), thread: Some(thread) }
    }

    /// Changes the rules for all that comes from now on, also on open connections.
    pub fn set(&self, change: impl FnOnce(&mut Rules)) {
        change(&mut self.shared.rules.lock().unwrap());
    }

    /// The commands that have come so far, without tags and passwords.
    pub fn commands(&self) -> Vec<String> {
        self.shared.commands.lock().unwrap().clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        let Ok((client, _)) = listener.accept().await else { continue };
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            client.set_nodelay(true).unwrap();
            let Ok(server) = TcpStream::connect(("127.0.0.1", shared.upstream)).await else {
                return;
            };
            // How a connection ends is the client's business.
            match &shared.tls {
                None => drop(conversation::run(client, server, &shared).await),
                Some(tls) => {
                    let Ok(client) = tls.accept(client).await else { return };
                    drop(conversation::run(client, server, &shared).await);
                }
            }
        });
    }
}

fn acceptor(certificate: &Path, key: &Path) -> TlsAcceptor {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_file_iter(certificate).unwrap().collect();
    let key = PrivateKeyDer::from_pem_file(key).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain.unwrap(), key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}
