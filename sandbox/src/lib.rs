//! The sandbox: a vendor's API in memory, for demos and tests. It decides how such a server is started and stopped.
//!
//! It is described by `sandbox.json`: the endpoints and schemas of the spec, and `sandbox.yaml`, which says how each
//! operation behaves and what the records are. It judges every request against the spec and keeps its own state. It shares
//! no code with the runtime on purpose: what one encodes wrongly, the other must not decode by the same mistake.

mod serve;

mod tls;

mod vendor;

mod route;

mod judge;

mod decode;

mod form;

mod schema;

mod admit;

mod token;

mod lobby;

mod behaviour;

mod conditions;

mod filter;

mod paging;

mod order;

mod relations;

mod links;

mod references;

mod vendors;

mod store;

mod seed;

mod errors;

mod log;

mod switches;

mod description;

mod exchange;

mod path;

use std::sync::{Arc, Mutex, PoisonError};

pub use conditions::tree as conditions_tree;
use description::Description;
use switches::Switches;
use vendor::Vendor;

/// How a sandbox is to be.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// Every id and name follows from it.
    pub seed: u64,
    /// What it does otherwise than usual, each `NAME` or `NAME=VALUE`: see [`switch_names`].
    pub switches: &'a [String],
    /// Whether it serves TLS, with a certificate that is thrown away with it.
    pub tls: bool,
}

/// A sandbox that accepts connections. It lives until the process ends, or until [`Running::stop`].
pub struct Running {
    /// Where the vendor's API stands: `http://127.0.0.1:PORT` and the path of the spec's server.
    pub base_url: String,
    /// Each credential's name, and the value that is accepted.
    pub credentials: Vec<(String, String)>,
    /// With TLS: the certificate that a client must trust, as PEM.
    pub certificate: Option<String>,
    vendor: Arc<Mutex<Vendor>>,
    server: serve::Server,
}

/// Starts the sandbox that `description` (the text of `sandbox.json`) describes, on a loopback port of the system's
/// choosing and a thread of its own, and returns when it accepts connections.
///
/// # Errors
/// A description that cannot be served, or an unknown switch: what is wrong, and where.
pub fn start(description: &str, order: &Order<'_>) -> Result<Running, String> {
    let switches = Switches::read(order.switches)?;
    let vendor = Vendor::new(Description::read(description)?, order.seed, switches)?;
    let (server_path, credentials) = (vendor.server_path().to_owned(), vendor.credentials());
    let identity = order.tls.then(tls::Identity::new).transpose()?;
    let certificate = identity.as_ref().map(|it| it.certificate.clone());
    let scheme = if order.tls { "https" } else { "http" };
    let vendor = Arc::new(Mutex::new(vendor));
    let server = serve::serve(Arc::clone(&vendor), identity)?;
    Ok(Running {
        base_url: format!("{scheme}://127.0.0.1:{}{server_path}", server.port()),
        credentials,
        certificate,
        vendor,
        server,
    })
}

/// The switches that [`start`] knows, each with what it does.
#[must_use]
pub fn switch_names() -> Vec<(&'static str, &'static str)> {
    switches::KNOWN.to_vec()
}

impl Running {
    /// The newest 1000 requests, oldest first: `METHOD /path?query body`, as they came, but no more than 2 kB of a body.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.vendor
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .requests()
    }

    /// Ends the server, and returns when its port is free again.
    pub fn stop(self) {
        self.server.stop();
    }
}
