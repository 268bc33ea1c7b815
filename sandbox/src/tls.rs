//! TLS for clients that speak nothing else: a certificate that lives as long as the sandbox, for loopback names only.

use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// The names that the certificate is good for.
const NAMES: [&str; 2] = ["127.0.0.1", "localhost"];
/// Longest that a handshake may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most connections that wait to be served.
const WAITING: usize = 64;

/// Who the sandbox is.
pub(crate) struct Identity {
    /// The certificate, as PEM.
    pub(crate) certificate: String,
    config: Arc<ServerConfig>,
}

impl Identity {
    /// A new one, whose key nobody else has.
    pub(crate) fn new() -> Result<Self, String> {
        let why = |error: &dyn std::fmt::Display| format!("no certificate can be made: {error}");
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(NAMES.map(str::to_owned)).map_err(|it| why(&it))?;
        let chain = vec![CertificateDer::from(cert.der().to_vec())];
        let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|it| it.with_no_client_auth().with_single_cert(chain, key.into()))
            .map_err(|it| why(&it))?;
        Ok(Self {
            certificate: cert.pem(),
            config: Arc::new(config),
        })
    }
}

/// Connections whose handshake is done. Each shakes hands on its own, so that a client that says nothing holds up no other.
pub(crate) struct TlsListener {
    ready: mpsc::Receiver<(TlsStream<TcpStream>, std::net::SocketAddr)>,
    address: std::io::Result<std::net::SocketAddr>,
}

impl TlsListener {
    pub(crate) fn new(listener: TcpListener, identity: &Identity) -> Self {
        let address = listener.local_addr();
        let acceptor = TlsAcceptor::from(Arc::clone(&identity.config));
        let (sender, ready) = mpsc::channel(WAITING);
        tokio::spawn(async move {
            let mut listener = listener;
            loop {
                let (stream, peer) = Listener::accept(&mut listener).await;
                let _ = stream.set_nodelay(true);
                let (acceptor, sender) = (acceptor.clone(), sender.clone());
                tokio::spawn(async move {
                    if let Ok(Ok(stream)) = timeout(PATIENCE, acceptor.accept(stream)).await {
                        // Nobody takes it once the sandbox has stopped.
                        let _ = sender.send((stream, peer)).await;
                    }
                });
            }
        });
        Self { ready, address }
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = std::net::SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        match &self.address {
            Ok(address) => Ok(*address),
            Err(error) => Err(std::io::Error::new(error.kind(), error.to_string())),
        }
    }
}
